#!/usr/bin/env bats
# nindex as a person, a script and cron meet it.
bats_require_minimum_version 1.5.0

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    mkdir news
    article news/a.jsonl k1 "Harbour opens" "The harbour was opened on Monday."
    article news/b.jsonl k2 "Strike ends" "The strike at the zeppelinwharf ended."
    article news/c.jsonl k3 "Ferry delayed" "The ferry was delayed by fog."
    export NSEARCH_ARCHIVE=$PWD/archive
}

# article FILE KEY HEADLINE BODY: append one to a JSON Lines file.
article() {
    printf '{"key":"%s","headline":"%s","body":"%s","published":"2024-05-01"}\n' \
        "$2" "$3" "$4" >>"$1"
}

# What stands in the archive: one "key headline" a line, sorted.
standing() {
    nindex dump >dump.out
    jq -r '.key + " " + .headline' dump.out | sort
}

generation() {
    sed -n 's/^generation //p' archive/manifest
}

@test "the first run makes an archive and says what it did" {
    run -0 --separate-stderr nindex news
    [[ $output == "added 3; files read 3, unchanged 0, gone 0; archive has 3 articles; "* ]]
    [ -z "$stderr" ]
    [ "$(standing)" = $'k1 Harbour opens\nk2 Strike ends\nk3 Ferry delayed' ]
    run -0 nindex check --full
    [ "$output" = "$NSEARCH_ARCHIVE: sound" ]
}

# feed FILE: articles t1 to t8 as JSON Lines, larger than what is read at once,
# the second half of them when FILE is there.
feed() {
    local long i
    long=$(printf 'Text of the wire. %.0s' {1..40000})
    for i in {1..8}; do
        article /dev/stdout "t$i" "Article $i" "$long"
        while ((i == 4)) && [ ! -e "$1" ]; do sleep .1; done
    done
}

@test "a long run keeps what it has read on the way" {
    mkfifo wire
    feed half >wire 2>feed.err 3>&- &
    feeder=$!
    sleep 60 3>&- >wire 2>feed.err & # the pipe does not end
    sleeper=$!
    nindex -q --commit-every 1 - <wire 3>&- &
    run=$!
    for ((i = 0; i < 100; i++)); do
        [ ! -e archive/manifest ] || break
        sleep .1
    done
    sleep 1.5
    touch half # these come when the first were read a second ago
    for ((i = 0; i < 100; i++)); do
        [ "$(generation)" -lt 1 ] || break
        sleep .1
    done
    kill -9 "$run"
    kill -9 "$sleeper" "$feeder" || true
    wait "$run" || true
    [[ $(standing) == "t1 Article 1"* ]]
    run -0 nindex check --full
}

@test "a run that is asked to stop keeps what it has read, and says so" {
    mkfifo wire
    feed asked >wire 2>feed.err 3>&- &
    nindex - <wire 2>stderr >stdout 3>&- &
    run=$!
    for ((i = 0; i < 100; i++)); do
        [ ! -e archive/manifest ] || break
        sleep .1
    done
    sleep .5
    kill -TERM "$run"
    touch asked # it looks up at the next article
    code=0
    wait "$run" || code=$?
    [ "$code" -eq 143 ]
    [[ $(cat stderr) == "nindex: stopping; what has been read is being written (again: leave it)"$'\n'"nindex: stopped after 0 of 0 files; what was read, "[0-9]" new article"*" among it, is kept"* ]]
    [ ! -s stdout ]
    [[ $(standing) == "t1 Article 1"* ]]
    run -0 nindex check --full
}

# on_terminal COMMAND...: what a terminal is sent, a line for each time that
# the present line is taken away.
on_terminal() {
    script -qec "$*" /dev/null </dev/null | tr -d '\r' | sed 's/\x1b\[K/\n/g'
}

@test "progress moves on a terminal, and makes room for what is wrong" {
    printf '{"head' >news/half.jsonl
    # What is over at once shows no line; a pipe that is slow does.
    run -0 on_terminal nindex --workers 0 news
    [[ $output != *reading:* ]]
    [[ $output == *$'\n'"nindex: "*"/half.jsonl"* ]] ||
        [[ $output == "nindex: "*"/half.jsonl"* ]]
    touch there
    feed there >wire.jsonl
    run -0 on_terminal "(head -n 1 wire.jsonl; sleep 1.3; tail -n 7 wire.jsonl) | nindex -"
    [[ $output == *"reading: "[0-9]" articles"* ]]
    rm -r archive
    run -0 on_terminal nindex --workers 0 news
    [[ $output == *$'\n'"added 3, failed articles 1; files read 4,"* ]]
    for quiet in -q --cron; do
        run -0 on_terminal nindex --again $quiet news
        [[ $output == "nindex: "*"/half.jsonl"* ]]
        [ "${#lines[@]}" = 1 ]
    done
    run -0 --separate-stderr nindex --again news
    [[ $stderr == "nindex: "*"/half.jsonl"* ]]
    [[ $stderr != *$'\n'* ]]
}

@test "a second run on the same files writes nothing" {
    nindex -q news
    before=$(cd archive && sha256sum -- * && stat -c '%n %Y %i' -- *)
    run -0 --separate-stderr nindex news
    [[ $output == "nothing new; files read 0, unchanged 3, gone 0;"* ]]
    [ "$before" = "$(cd archive && sha256sum -- * && stat -c '%n %Y %i' -- *)" ]
}

@test "a touched file is noted and not read" {
    nindex -q news
    touch -d 2001-01-01 news/b.jsonl
    segments=$(echo archive/seg-*)
    run -0 nindex news
    [[ $output == "nothing new; files read 0, unchanged 3, gone 0;"* ]]
    [ "$(generation)" = 1 ]
    [ "$segments" = "$(echo archive/seg-*)" ]
}

@test "a changed file changes its articles and no others" {
    nindex -q news
    rm news/b.jsonl
    article news/b.jsonl k2 "Strike goes on" "No end in sight."
    article news/b.jsonl k4 "Talks" "Talks were held."
    run -0 nindex news
    [[ $output == "added 1, changed 1; files read 1, unchanged 2, gone 0; archive has 4 "* ]]
    [ "$(standing)" = $'k1 Harbour opens\nk2 Strike goes on\nk3 Ferry delayed\nk4 Talks' ]
}

@test "a removed file stays without --prune and goes with it" {
    nindex -q news
    rm news/b.jsonl
    nindex -q news
    [ "$(standing | wc -l)" = 3 ]
    run -0 nindex --prune news
    [[ $output == "removed 1; files read 0, unchanged 2, gone 1; archive has 2 "* ]]
    [ "$(standing)" = $'k1 Harbour opens\nk3 Ferry delayed' ]
}

@test "pruning one folder leaves another alone" {
    mkdir more
    article more/d.jsonl k4 "Elsewhere" "In another folder."
    nindex -q news more
    rm news/a.jsonl more/d.jsonl
    article more/e.jsonl k5 "New" "Text."
    nindex -q --prune news
    [ "$(standing)" = $'k2 Strike ends\nk3 Ferry delayed\nk4 Elsewhere' ]
}

@test "an archive below a folder of news is no news" {
    nindex -q -d news/old/archive news
    run -0 --separate-stderr nindex news
    [[ $output == "added 3; files read 3,"* ]]
    [ -z "$stderr" ]
    cp -r news/old/archive copy && rm copy/manifest
    run -0 --separate-stderr nindex copy
    [[ $stderr == *"/copy/catalog.db is an SQLite database"* ]]
}

@test "a file that was renamed or moved keeps its articles once" {
    printf 'Ferry aground\n\nThe ferry ran aground at Skellhaven.\n' >news/d.txt
    nindex -q news
    mv news/d.txt news/e.txt
    run -0 nindex news
    [[ $output == *"moved files 1"* ]]
    [ "$(nindex dump | grep -c Skellhaven)" -eq 1 ]
    mkdir news/older
    mv news/e.txt news/a.jsonl news/older
    nindex -q news
    [ "$(nindex dump | grep -c Skellhaven)" -eq 1 ]
    [ "$(standing | grep -c Harbour)" -eq 1 ]
    [ "$(nsearch -l Harbour)" = "$PWD/news/older/a.jsonl" ]
    # A copy is no move, and neither is what cannot be looked at.
    cp news/older/e.txt news/copy.txt
    nindex -q news
    [ "$(nindex dump | grep -c Skellhaven)" -eq 2 ]
    run -0 nindex check --full
}

@test "a folder that is empty all of a sudden is not pruned" {
    nindex -q news
    rm news/*
    run -0 --separate-stderr nindex --prune news
    [[ $stderr == *"nothing at all is left"*"--prune=all"* ]]
    [ "$(standing | wc -l)" = 3 ]
    nindex -q --prune=all news
    [ "$(standing | wc -l)" = 0 ]
}

@test "a path that does not exist makes nothing" {
    run -2 --separate-stderr nindex news no/such/folder
    [ "$stderr" = "nindex: no/such/folder: there is no such file or folder" ]
    [ ! -e archive ]
}

@test "wrong use is told with exit code 2" {
    for arguments in "" "--nonsense news" "--prune=some news" "--workers x news" \
        "--language klingon news" "--format nosuch news" \
        "--charset utf-7 news" "check news" "--full news" "delete"; do
        # shellcheck disable=SC2086
        run -2 --separate-stderr nindex $arguments
        [ -n "$stderr" ]
        [ -z "$output" ]
        [ ! -e archive ]
    done
}

@test "no archive yet is told with what to do" {
    for command in info dump check "delete k1" optimize repair; do
        # shellcheck disable=SC2086
        run -2 --separate-stderr nindex $command
        [[ $stderr == *"there is no archive here; make one with: nindex -d "* ]]
    done
}

@test "the language of an archive is settled once" {
    nindex -q --language french news
    nindex -q --language fr news
    run -2 --separate-stderr nindex --language en news
    [[ $stderr == *'the language of this archive is "fr"'* ]]
}

@test "two at once: one works, the other says so" {
    nindex -q news
    exec 9>archive/lock
    flock 9
    run -3 --separate-stderr nindex news
    [ "$stderr" = "nindex: $NSEARCH_ARCHIVE: another nindex is already running here" ]
    run -0 --separate-stderr nindex --cron news
    [ -z "$output$stderr" ]
    run -0 nindex check
    run -0 nindex dump
}

@test "cron hears nothing unless something is wrong" {
    run -0 --separate-stderr nindex --cron news
    [ -z "$output$stderr" ]
    head -c 300 /dev/zero >news/x.bin
    run -0 --separate-stderr nindex --cron news
    [ -z "$output" ]
    [[ $stderr == "nindex: $PWD/news/x.bin"* ]]
    # It is remembered, and tried again only when it changes.
    run -0 --separate-stderr nindex --cron news
    [ -z "$output$stderr" ]
    run -0 nindex info --failures
    [[ $output == "$PWD/news/x.bin"* ]]
}

@test "cron hears once of a file that cannot be read, and others each time" {
    # Root may read everything; somebody else may not, nor get to bats' folder.
    as=()
    [ "$(id -u)" -ne 0 ] || as=(setpriv --reuid 65534 --regid 65534 --clear-groups)
    place=$(mktemp -d)
    cp -r news "$BUILD/nindex" "$place"
    chmod 777 "$place"
    chmod 000 "$place/news/b.jsonl"
    nindex=("${as[@]}" "$place/nindex" -d "$place/archive")
    run -0 --separate-stderr "${nindex[@]}" --cron "$place/news"
    [[ $stderr == "nindex: $place/news/b.jsonl: Permission denied"* ]]
    run -0 --separate-stderr "${nindex[@]}" --cron "$place/news"
    [ -z "$output$stderr" ]
    run -0 --separate-stderr "${nindex[@]}" "$place/news"
    [[ $stderr == "nindex: $place/news/b.jsonl: Permission denied"* ]]
    chmod 644 "$place/news/b.jsonl"
    "${nindex[@]}" --cron "$place/news"
    run -0 nsearch -d "$place/archive" -c zeppelinwharf
    rm -rf "$place"
}

@test "bad files are named, and the rest of the run is unharmed" {
    : >news/empty.jsonl
    head -c 4000 /dev/zero >news/zeros
    printf '{"key":"half","headline":"Half","bo' >news/half.jsonl
    gzip -c news/a.jsonl | head -c 60 >news/cut.jsonl.gz
    printf '%%PDF-1.4 nothing' >news/paper.pdf
    mkfifo news/pipe
    ln -s /etc/passwd news/link
    article news/d.jsonl k4 "After them" "Still read."
    run -0 --separate-stderr nindex news
    for name in empty.jsonl zeros half.jsonl cut.jsonl.gz paper.pdf; do
        [[ $stderr == *"$PWD/news/$name"* ]]
    done
    [[ $output == "added 4, "* ]]
    [ "$(standing | wc -l)" = 4 ]
    rm news/zeros
    run -1 --separate-stderr nindex --strict --again news
    run -0 nindex check --full
}

@test "a file name cannot play with the terminal" {
    # C0, C1 by itself and as UTF-8 has it, an override, DEL.
    local evil=$'\e]0;title\a-\x9b31m-\xc2\x9b31m-\xe2\x80\xae-\x7f' commands
    local plain=" ]0;title - 31m- 31m- - "
    commands=$'\x1b|\x07|\x9b|\xe2\x80\xae|\x7f'
    head -c 40 /dev/zero >"news/$evil.txt"
    printf '{"headline":"Evil","body":"Text."}\n' >"news/$evil.jsonl"
    nindex news >/dev/null 2>said.0
    nindex info --failures >said.1
    nindex --again -q news 2>said.2
    nindex info --since-last >said.3
    nindex --again -q --report - news >said.4 2>&1
    nindex dump >said.5
    for said in said.*; do
        run -1 env LC_ALL=C grep -aP "$commands" "$said"
    done
    for said in said.[0-4]; do
        grep -F "news/$plain." "$said"
    done
    # What is for programs has it all the same.
    [[ "$(jq -r 'select(.headline == "Evil").key' said.5)" == *$'%9B31m-\xc2\x9b31m-\xe2\x80\xae-\x7f.jsonl#0' ]]
}

@test "a dry run says what would be done and does nothing" {
    run -0 nindex --dry-run news
    [[ $output == "would read 3 new and 0 changed files"* ]]
    [[ $output =~ jsonl\ +3\ +3 ]]
    [[ $output =~ headline\ +[^$'\n']+\ 3 ]]
    [[ $output =~ byline\ +'(none)'\ +3 ]]
    [ ! -e archive ]
    nindex -q news
    rm news/a.jsonl
    article news/b.jsonl k9 "More" "More."
    run -0 nindex --dry-run --prune news
    [[ $output == "would read 0 new and 1 changed files"*"drop 1; 1 are unchanged"* ]]
    [ "$(standing | wc -l)" = 3 ]
}

@test "a dry run counts pages that are no articles, and says what they are" {
    mkdir pages
    echo "<title>Page not found</title><h1>Sorry</h1><p>Nothing is here." \
        > pages/gone.html
    echo "<meta property=og:type content=video><h1>The launch</h1><p>Watch." \
        > pages/video.html
    echo "<h1>Light lit</h1><p>The light at Lowmoor is lit again since Friday." \
        > pages/brief.html
    run -0 nindex --dry-run pages
    [[ ${lines[1]} == "of these: left out 2 (video 1, not-found 1)" ]]
    run -0 nindex pages
    [[ $output == "added 1, left out 2 (video 1, not-found 1);"* ]]
}

@test "every format is explained, gzipped or not" {
    local data=$BATS_TEST_DIRNAME/../data format

    for format in html/stated text/page nitf/byline-in-body feed/atom \
        newsml/slug newsmlg2/message ninjs/german anpa/two iptc7901/two \
        agency/release alto/page csv/quoted hocr/page markdown/yaml \
        mhtml/blink pagexml/page subtitles/web docx/german odt/french epub/newspaper; do
        gzip -c "$data/$format.in" > packed.gz
        run -0 nindex --explain "$data/$format.in"
        [[ $output == *"read as ${format%%/*}" ]]
        [[ $output == *$'\n  body  '*$'\n               from '* ]]
        run -0 nindex --explain packed.gz
        [[ $output == *"read as ${format%%/*}" ]]
    done
}

@test "files in an archive are read as what they are" {
    cp "$BATS_TEST_DIRNAME/../data/packed/zip.in" pages.zip
    run -0 nindex pages.zip
    [[ $output == "added 3"* ]]
    cp "$BATS_TEST_DIRNAME/../data/packed/bomb.in" bomb.xz
    run -1 --separate-stderr nindex --strict bomb.xz
    [[ $stderr == *"unpacks to more than 200 times its size"* ]]
}

@test "columns of a table are what --map says" {
    printf 'Titel;Datum;Inhalt\nTore brechen;02.04.2024;Beide Tore brachen.\n' \
        >table.csv
    run -0 nindex --format csv \
        --map Titel=headline,Datum=published,Inhalt=body --explain table.csv
    [[ $output == *'"headline":"Tore brechen"'*'"published":"2024-04-02"'* ]]
    [[ $output == *'"body":["Beide Tore brachen."]'* ]]
    run -0 nindex --map Titel=headline,Datum=published,Inhalt=body \
        --format csv table.csv
    [[ $output == "added 1"* ]]
    run -2 --separate-stderr nindex --map Titel table.csv
    [[ $stderr == *"--map wants column=name"* ]]
}

@test "what is read from where is explained" {
    run -0 nindex --explain news/a.jsonl
    [ "$(jq -r .headline <<<"${lines[0]}")" = "Harbour opens" ]
    [[ $output == *"headline"*"from"* ]]
    [[ $output == *"read as jsonl"* ]]
    [ ! -e archive ]
}

@test "a report has a line for each part that was read" {
    printf '{"headline":"Tab\\there","body":"%s"}\n' "$(printf 'é%.0s' {1..90})" \
        >news/$'odd\nname.jsonl'
    run -0 nindex -q --report parts.tsv news
    [ "$(head -n 1 parts.tsv)" = $'file\tarticle\tfield\trule\tplace\tvalue' ]
    [ "$(awk -F '\t' 'NF != 6' parts.tsv)" = "" ]
    grep -q $'/a.jsonl\t1\theadline\t.*\tHarbour opens$' parts.tsv
    grep -q $'/odd name.jsonl\t1\theadline\t.*\tTab here$' parts.tsv
    grep -q $'/odd name.jsonl\t1\tbody\t.*\té*…$' parts.tsv
    run -0 nindex --again --dry-run --report - news
    [[ $output == *$'\theadline\t'*"would read"* ]]
    run -5 nindex --report nowhere/parts.tsv news
    [[ $output == *"nowhere/parts.tsv"* ]]
}

@test "articles come through a pipe as well" {
    run -0 nindex - <news/a.jsonl
    [[ $output == "added 1;"* ]]
    nindex -q - <news/b.jsonl
    [ "$(standing)" = $'k1 Harbour opens\nk2 Strike ends' ]
}

@test "an archive inside the folder is not read itself" {
    nindex -q -d news/archive news
    run -0 --separate-stderr nindex -d news/archive news
    [[ $output == "nothing new; files read 0, unchanged 3,"* ]]
    [ -z "$stderr" ]
}

@test "a deleted article leaves no byte and does not come back" {
    nindex -q news
    article news/b.jsonl k5 "Other" "In the same file."
    nindex -q news
    run -0 nindex delete --reason "wish of the author" k2
    [ "$output" = "k2: deleted" ]
    run -1 grep -ri zeppelin archive
    run -0 grep "wish of the author" archive/manifest
    nindex -q --again news
    [ "$(standing)" = $'k1 Harbour opens\nk3 Ferry delayed\nk5 Other' ]
    run -1 grep -ri zeppelin archive
    run -0 nindex check --full
    run -2 nindex delete k2
    nindex -q delete --undelete k2
    nindex -q news
    [ "$(standing | grep -c '^k2 ')" = 1 ]
}

@test "a deleted article stays away, whatever of its traces is lost" {
    nindex -q news
    cp -r archive before
    nindex -q delete --reason "court order" k2
    cp -r archive whole
    for lost in manifest catalog.db deletions "manifest catalog.db" \
        "manifest deletions" "catalog.db deletions"; do
        rm -rf archive
        cp -r whole archive
        for file in $lost; do
            rm "archive/$file"
        done
        [ -e archive/manifest ] || nindex -q repair
        nindex -q --again news
        [ "$(standing)" = $'k1 Harbour opens\nk3 Ferry delayed' ]
        run -1 grep -ri zeppelin archive
        grep -q "^deleted .* court order$" archive/manifest
        cmp archive/deletions whole/deletions
        run -0 nindex check --full
    done
    # A segment of that name is what a killed take-down has left.
    rm archive/manifest archive/catalog.db
    cp before/seg-* archive/
    nindex -q repair
    nindex -q news
    [ "$(standing)" = $'k1 Harbour opens\nk3 Ferry delayed' ]
    # Nothing is left but this.
    rm archive/manifest archive/seg-* archive/catalog.db
    nindex -q news
    [ "$(standing)" = $'k1 Harbour opens\nk3 Ferry delayed' ]
    nindex -q delete --undelete k2
    [ ! -e archive/deletions ]
}

@test "deletions that only their file knows are taken down by the next run" {
    nindex -q news
    cp -a archive before
    nindex -q delete --reason "court order" k2
    # An archive from a backup, with the file of today.
    cp archive/deletions today
    for command in "news" "optimize" "delete k1"; do
        rm -rf archive
        cp -a before archive
        cp today archive/deletions
        # shellcheck disable=SC2086
        nindex -q $command
        cmp <(grep '^deleted' archive/manifest) \
            <(grep '^deleted' archive/deletions)
        grep -q "^deleted .* court order$" archive/manifest
        run -1 grep -ri zeppelin archive
        run -0 nindex check --full
    done
    # A run that changes nothing does not, nor does one that only reads.
    rm -rf archive
    cp -a before archive
    cp today archive/deletions
    nindex -q --dry-run news
    nindex check
    cmp before/manifest archive/manifest
    cmp today archive/deletions
    # One that was undone is in neither.
    nindex -q news
    nindex -q delete --undelete k2
    [ ! -e archive/deletions ]
    run -1 grep '^deleted' archive/manifest
}

@test "kept damaged segments do not hide what was deleted" {
    nindex -q news
    segment=$(echo archive/seg-*.db)
    kept=archive/damaged-$(basename "$segment")
    chmod u+w "$segment"
    printf X | dd of="$segment" bs=1 seek=9000 conv=notrunc status=none
    nindex -q repair
    nindex -q news
    run -0 grep -qri zeppelin "$kept"
    run -1 --separate-stderr nindex delete k2
    [ "$output" = "k2: deleted" ]
    [ "$stderr" = "nindex: $PWD/$kept: kept by a repair, and what was deleted may still be in there; remove it" ]
    run -1 nindex -q delete k1
    run -2 --separate-stderr nindex delete k1
    [[ $stderr == *": kept by a repair, "* ]]
    run -0 --separate-stderr nindex delete --undelete k1
    [ -z "$stderr" ]
    run -2 nindex delete --undelete --remove-damaged k2
    [ -e "$kept" ]
    # Whether there is such an article or not.
    run -2 --separate-stderr nindex delete --remove-damaged k2
    [ "$stderr" = "nindex: k2: no article in the archive has this key or URL" ]
    run -1 grep -ri zeppelin archive
    nindex -q news
    run -0 --separate-stderr nindex delete --remove-damaged k1
    [ -z "$stderr" ]
    run -1 grep -riE 'zeppelin|opened' archive
}

@test "an old manifest does not bring a deleted article back" {
    nindex -q news
    cp -r archive before
    nindex -q delete --reason "court order" k2
    cp before/manifest archive/
    run -6 nindex check
    nindex -q repair
    nindex -q --again news
    [ "$(standing)" = $'k1 Harbour opens\nk3 Ferry delayed' ]
    # It is put back with its segments and notes.
    cp before/* archive/
    nindex -q repair
    [ "$(standing)" = $'k1 Harbour opens\nk3 Ferry delayed' ]
    run -1 grep -ri zeppelin archive
    run -0 grep "court order" archive/manifest
    run -0 nindex check --full
}

@test "what only the catalog's copy lists does not live on" {
    nindex -q news
    printf '{"key":"k9","headline":"Alone","body":"A lonelywharf."}\n' >news/z.jsonl
    nindex -q news
    cp -r archive before
    nindex -q delete k9
    # Killed right after its commit; then the manifest is lost, or damaged in
    # an archive that an older program has made.
    cp -r archive after
    for how in lost damaged; do
        rm -rf archive
        cp -r after archive
        cp before/seg-* before/catalog.db archive/
        case $how in
        lost) rm archive/manifest ;;
        damaged)
            rm archive/deletions
            sed -i 's/^language en/language fr/' archive/manifest
            ;;
        esac
        nindex -q repair
        [ "$(standing)" = $'k1 Harbour opens\nk2 Strike ends\nk3 Ferry delayed' ]
        run -1 grep -ri lonelywharf archive
    done
}

@test "an article goes by its URL, with the earlier versions of it" {
    printf '{"key":"s1","url":"%s","headline":"H","body":"%s"}\n' \
        https://example.com/old "An oldwharf." >news/s.jsonl
    for n in $(seq 8); do
        printf '{"key":"r%s","headline":"R","body":"Rest."}\n' "$n"
    done >>news/s.jsonl
    nindex -q news
    printf '{"key":"s1","url":"%s","headline":"H","body":"%s"}\n' \
        https://example.com/new "A newwharf." >news/t.jsonl
    sed -i 1d news/s.jsonl
    nindex -q --prune news
    [ "$(find archive -name 'seg-*.db' | wc -l)" = 2 ]
    cp -r archive older
    run -2 --separate-stderr nindex delete https://example.com/none
    [[ $stderr == *"no article in the archive has this key or URL"* ]]
    for url in old new; do
        run -0 nindex -d "$PWD/archive" delete "https://example.com/$url"
        run -1 grep -rE 'oldwharf|newwharf' archive
        run -0 nindex check --full
        rm -rf archive
        cp -r older archive
    done
    # A catalog of an older program knows no URLs.
    sqlite3 archive/catalog.db "DROP TABLE link; DELETE FROM state WHERE key='links'"
    nindex -q delete https://example.com/new
    run -1 grep -rE 'oldwharf|newwharf' archive
    rm -rf archive older/catalog.db
    cp -r older archive
    nindex -q delete https://example.com/new
    run -1 grep -rE 'oldwharf|newwharf' archive
}

@test "several articles are taken down in one go" {
    nindex -q news
    run -2 --separate-stderr nindex delete k1 nobody k2 k1
    [[ $stderr == "nindex: nobody: no article "* ]]
    [ "$output" = $'k1: deleted\nk2: deleted\nk1: deleted' ]
    run -1 grep -riE 'zeppelin|opened' archive
    [ "$(generation)" = 2 ]
    [ "$(find archive -name 'seg-*.db')" = archive/seg-000002.db ]
    [ "$(grep -c '^deleted' archive/manifest)" = 2 ]
    run -0 nindex check --full
}

@test "what a killed take-down has left is told and removed" {
    nindex -q news
    cp archive/seg-000001.db archive/seg-000001.rank .
    nindex -q delete k2
    cp seg-000001.db seg-000001.rank archive/
    run -0 --separate-stderr nindex check
    [[ $stderr == *"/seg-000001."*" and 1 more: left by a run that was killed; "* ]]
    [ "$output" = "$NSEARCH_ARCHIVE: sound" ]
    # A run at work has files of its own there.
    exec 9>archive/lock
    flock 9
    run -0 --separate-stderr nindex check
    [ -z "$stderr" ]
    exec 9>&-
    nindex --cron news
    run -1 grep -ri zeppelin archive
    run -0 --separate-stderr nindex check
    [ -z "$stderr" ]
}

@test "optimize merges to one segment and loses nothing" {
    for n in 1 2 3 4; do
        article "news/more$n.jsonl" "m$n" "Number $n" "Text $n."
        nindex -q news
    done
    before=$(standing)
    run -0 nindex optimize
    [ "$output" = "$NSEARCH_ARCHIVE: 7 articles in 1 segment" ]
    [ "$(find archive -name 'seg-*.db' | wc -l)" = 1 ]
    [ "$before" = "$(standing)" ]
    run -0 nindex check --full
}

# Let the manifest say of the only segment and its ranked index what its files
# are, with a checksum that fits: gzip knows the CRC-32, low byte first.
adopt() {
    local bytes sha crc kind file
    sed '/^end /d' archive/manifest >lines
    for file in archive/seg-*; do
        bytes=$(stat -c %s "$file")
        sha=$(sha256sum "$file" | cut -d' ' -f1)
        case $file in
        *.rank) kind=ranked ;;
        *) kind="segment ${file#*/}" ;;
        esac
        sed -i "s/^$kind .*/$kind bytes $bytes sha256 $sha/" lines
    done
    crc=$(gzip -c lines | tail -c 8 | head -c 4 | od -An -tx1 |
        awk '{ print $4 $3 $2 $1 }')
    { cat lines && echo "end $crc"; } >archive/manifest
}

@test "what a segment says is looked at in full, though its digest fits" {
    nindex -q news
    segment=$(echo archive/seg-*.db)
    chmod u+w "$segment"
    cp "$segment" kept
    run -0 nindex check --full
    while read -r change finding; do
        cp kept "$segment"
        sqlite3 "$segment" "${change//_/ }"
        adopt
        run -0 nindex check --quick
        run -6 --separate-stderr nindex check --full
        [[ $stderr == *"$segment: $finding; put it back from a backup, or rescue what is left with: nindex repair"* ]]
    done <<'CHANGES'
UPDATE_article_SET_headline='Other'_WHERE_id=2 article 2: the text does not fit its checksum
DELETE_FROM_article_WHERE_id=3 has 2 articles where the manifest says 3
CHANGES
    cp kept "$segment"
    adopt
    run -0 nindex check --full
}

@test "a lost or damaged ranked index is found and made again" {
    nindex -q news
    article news/d.jsonl k4 "Storm warning" "A storm is on its way."
    nindex -q news
    nindex -q optimize
    rank=$(echo archive/seg-*.rank)
    cp "$rank" kept
    rm "$rank"
    run -6 nindex check
    [[ $output == *"$rank: is missing; make it again with: nindex optimize --rebuild-ranked"* ]]
    run -0 nindex optimize --rebuild-ranked
    [ "$output" = "$NSEARCH_ARCHIVE: 4 articles in 1 segment" ]
    cmp kept "$rank"
    run -0 nindex check --full
    chmod u+w "$rank"
    printf 'x' | dd of="$rank" bs=1 seek=20 conv=notrunc status=none
    run -6 nindex check
    [[ $output == *"$rank: its bytes have changed; make it again with"* ]]
    nindex -q optimize --rebuild-ranked
    cmp kept "$rank"
    run -0 nindex check
    run -2 nindex news --rebuild-ranked
}

@test "a ranked index that says other than FTS5 is found and made again" {
    nindex -q news
    nindex -q optimize
    rank=$(echo archive/seg-*.rank)
    cat news/*.jsonl | sed 's/fog/mist/' >other.jsonl
    nindex -q -d other other.jsonl
    mv -f other/seg-*.rank "$rank"
    adopt
    run -0 nindex check --quick
    run -6 nindex check
    [[ $output == *"$rank: of \"fog:en\" it has fewer articles than FTS5; make it again with: nindex optimize --rebuild-ranked"* ]]
    nindex -q -d fewer news/a.jsonl
    mv -f fewer/seg-*.rank "$rank"
    adopt
    run -6 nindex check
    [[ $output == *"$rank: has 1 articles, the segment has 3; make it again"* ]]
    nindex -q optimize --rebuild-ranked
    run -0 nindex check --full
}

# pairs_of FILE BODY: as many articles as make a word a common one, all of them
# the same, and one that says BODY.
pairs_of() {
    local n
    for n in $(seq 130); do
        article "$1" "p$n" Alpha "alpha beta"
    done
    article "$1" p131 Alpha "$2"
}

@test "a ranked index with wrong pairs of common words is found" {
    pairs_of news/pairs.jsonl "beta alpha"
    nindex -q news/pairs.jsonl
    rank=$(echo archive/seg-*.rank)
    run -0 nindex check
    # The same words in the same articles, and once in another order.
    pairs_of more.jsonl "alpha beta"
    nindex -q -d more more.jsonl
    mv -f more/seg-*.rank "$rank"
    adopt
    run -6 nindex check
    [[ $output == *"$rank: of \"alpha:en beta:en\" it has other articles than FTS5; make it again with: nindex optimize --rebuild-ranked"* ]]
    # And in another order in all of them: the pair is not there.
    sed 's/alpha beta/beta alpha/' news/pairs.jsonl >never.jsonl
    nindex -q -d never never.jsonl
    mv -f never/seg-*.rank "$rank"
    adopt
    run -6 nindex check
    [[ $output == *"$rank: of \"alpha:en beta:en\" it has fewer articles than FTS5;"* ]]
    nindex -q optimize --rebuild-ranked
    run -0 nindex check --full
}

@test "a dump is an archive again" {
    nindex -q news
    nindex dump >one.jsonl
    nindex -q -d second one.jsonl
    nindex dump -d second >two.jsonl
    diff -u one.jsonl two.jsonl
}

@test "damage is found and named" {
    nindex -q news
    segment=$(echo archive/seg-*.db)
    cp "$segment" kept
    chmod u+w "$segment"
    printf X | dd of="$segment" bs=1 seek=9000 conv=notrunc status=none
    run -6 --separate-stderr nindex check
    [[ $stderr == *"$segment: its bytes have changed"* ]]
    truncate -s 5000 "$segment"
    run -6 --separate-stderr nindex check --quick
    [[ $stderr == *"has 5000 bytes where the manifest says"* ]]
    rm "$segment"
    run -6 --separate-stderr nindex check --quick
    [[ $stderr == *"$segment: is missing"* ]]
    cp kept "$segment"
    run -0 nindex check --full
    sed -i 's/^language en/language fr/' archive/manifest
    run -6 --separate-stderr nindex check
    run -6 --separate-stderr nindex news
    [[ $stderr == *"archive/manifest: "* ]]
}

@test "a missing segment is a damage, whoever wants it" {
    nindex -q news
    article news/d.jsonl k4 "Storm warning" "A storm is on its way."
    nindex -q news
    rm archive/seg-000001.db
    for command in "delete k1" "delete k4 k1" optimize \
        "optimize --rebuild-ranked"; do
        # shellcheck disable=SC2086
        run -6 --separate-stderr nindex $command
        [[ $stderr == *"archive/seg-000001.db: is missing; look with: nindex check" ]]
        [ -z "$output" ]
    done
    run -6 nindex dump
    # Nothing was taken for the absence of what is named.
    run -1 grep deleted archive/manifest
}

@test "a segment of fewer articles than are listed gets no ranked index" {
    nindex -q news
    segment=$(echo archive/seg-*.db)
    chmod u+w "$segment"
    sqlite3 "$segment" "DELETE FROM article WHERE id=2"
    run -6 --separate-stderr nindex optimize --rebuild-ranked
    [[ $stderr == *"$segment: its articles are not all there; look with: nindex check" ]]
    # And one that cannot be read is not one that has none.
    printf 'nothing' | dd of="$segment" conv=notrunc status=none
    run -6 --separate-stderr nindex optimize --rebuild-ranked
    [[ $stderr == *"$segment: contradicts itself, or could not be read; look with: nindex check" ]]
    run -1 compgen -G 'archive/*.tmp*'
}

# The manifest once more, as if the segment had been written as it is now.
vouch_for() {
    local sum end
    sum=$(sha256sum <"$1" | cut -d' ' -f1)
    sed -i '$d' archive/manifest
    sed -i "/^segment/s/sha256 .*/sha256 $sum/" archive/manifest
    end=$(gzip -c <archive/manifest | tail -c 8 | od -An -tx4 -N4)
    echo "end$end" >>archive/manifest
}

@test "that each article has its strongest terms is checked in full" {
    nindex -q news
    segment=$(echo archive/seg-*.db)
    chmod u+w "$segment"
    sqlite3 "$segment" "DELETE FROM likeness"
    vouch_for "$segment"
    nindex check --quick
    run -6 nindex check --full
    [[ $output == *"$segment: has the strongest terms of 0 articles and not of all"* ]]
}

@test "what is left of a damaged segment is rescued, the rest read again" {
    local words
    words=$(seq -s ' ' 40)
    for n in $(seq 200); do
        article news/many.jsonl "n$n" "Number $n" "Text $n $words"
    done
    nindex -q news
    before=$(standing)
    segment=$(echo archive/seg-*.db)
    chmod u+w "$segment"
    # A page of articles, far from the first one, which holds the schema.
    dd if=/dev/zero of="$segment" bs=4096 seek=12 count=1 conv=notrunc status=none
    run -6 nindex check
    run -0 nindex repair
    [[ $output == "$NSEARCH_ARCHIVE: 1 damaged, "*" rescued, "*" lost;"* ]]
    run -0 nindex check --full
    [ -e "archive/damaged-$(basename "$segment")" ]
    nindex -q news
    [ "$before" = "$(standing)" ]
    run -0 nindex repair
    [ "$output" = "$NSEARCH_ARCHIVE: nothing to repair" ]
    # Nothing at all is left of it, nor of the catalog.
    rm archive/seg-*.db archive/catalog.db
    run -6 nindex -q news
    run -0 nindex repair
    run -0 nindex check
    nindex -q news
    [ "$before" = "$(standing)" ]
}

# Three generations: one article replaced, one deleted, one pruned.
three_generations() {
    nindex -q news
    article news/d.jsonl k4 "Fourth" "The fourth article."
    article news/d.jsonl k5 "Fifth" "The fifth article is quelled."
    rm news/a.jsonl
    article news/a.jsonl k1 "Harbour closes" "The harbour was closed on Friday."
    nindex -q news
    nindex -q delete --reason "a wish" k5
    rm news/c.jsonl
    nindex -q --prune news
    standing >before
    [ "$(cat before)" = $'k1 Harbour closes\nk2 Strike ends\nk4 Fourth' ]
}

@test "a lost manifest is put back from its copy" {
    three_generations
    cp archive/manifest kept
    for how in lost damaged empty; do
        case $how in
        lost) rm archive/manifest ;;
        damaged) sed -i 's/^language en/language fr/' archive/manifest ;;
        empty) : >archive/manifest ;;
        esac
        run -6 --separate-stderr nindex check
        [[ $stderr == *"make it again with: nindex"*" repair"* ]]
        run -6 --separate-stderr nindex news
        run -0 --separate-stderr nindex repair
        [ "$output" = "$NSEARCH_ARCHIVE: the manifest was put back from the catalog's copy" ]
        [ -z "$stderr" ]
        run -0 nindex check --full
        diff <(grep -v '^generation\|^end' kept) <(grep -v '^generation\|^end' archive/manifest)
        diff before <(standing)
        nindex -q news
        diff before <(standing)
    done
    [ -s archive/damaged-manifest ]
}

@test "a manifest is drawn up from the segments, and nothing comes back" {
    three_generations
    mkdir leftover
    cp archive/seg-*.db leftover/
    nindex -q optimize
    # What a kill right after the commit would have left.
    cp leftover/* archive/
    sed -i 's/^generation .*/generation x/' archive/manifest
    rm archive/catalog.db
    run -6 nindex check --quick
    run -0 nindex repair
    [[ $output == "$NSEARCH_ARCHIVE: the manifest was made again from "*" 0 lost;"* ]]
    run -0 nindex check --full
    standing >after
    # The pruned one was in a leftover: the sources settle that.
    diff before <(grep -v '^k3 ' after)
    grep -q "a wish" archive/manifest
    nindex -q --prune news
    diff before <(standing)
    run -1 compgen -G 'archive/damaged-seg-*'
    run -0 nindex check --full

    # One segment does not open any more, and what it held is read again.
    rm archive/manifest archive/catalog.db
    segment=$(find archive -name 'seg-*.db' | sort | tail -n 1)
    chmod u+w "$segment"
    printf 'nothing' | dd of="$segment" conv=notrunc status=none
    run -0 --separate-stderr nindex repair
    [[ $stderr == *": kept by a repair, "* ]]
    run -0 nindex check --full
    [ -e "archive/damaged-$(basename "$segment")" ]
    nindex -q news
    diff <(cut -d' ' -f1 before) <(standing | grep -v k5 | cut -d' ' -f1)

    # Neither segments nor manifest: there is nothing to be made of that.
    rm -rf archive/manifest archive/*seg-* archive/catalog.db
    run -2 --separate-stderr nindex repair
    [[ $stderr == *"there is no archive here"* ]]
}

@test "a manifest is drawn up over many articles" {
    # More than the table of keys begins with, most of them twice.
    seq 1500 | sed 's/.*/{"key":"n&","headline":"Number &","body":"Text &."}/' \
        >news/many.jsonl
    nindex -q news
    sed 's/Text/Words/; 1~4d' news/many.jsonl >news/more.jsonl
    nindex -q news
    standing >before
    nindex dump | sort >whole
    run ! grep -q '"n2".*Text' whole
    cp archive/seg-*.db .
    nindex -q optimize
    cp seg-*.db archive/
    rm archive/manifest archive/catalog.db
    run -0 nindex repair
    run -0 nindex check --full
    nindex dump | sort | diff whole -
}

@test "two files that number their articles from 1 keep both" {
    printf '{"id": 1, "title": "%s", "body": "Words."}\n' One >news/one.jsonl
    printf '{"id": 1, "title": "%s", "body": "Words."}\n' Two >news/two.jsonl
    nindex -q news
    [ "$(standing | sed -n "s,^$PWD/,,p")" = \
        $'news/one.jsonl#id=1 One\nnews/two.jsonl#id=1 Two' ]
    printf '{"id": 1, "title": "%s", "body": "Words."}\n' Three >news/two.jsonl
    run -0 nindex news
    [[ $output == "changed 1; "* ]]
}

@test "an archive of another version is refused" {
    nindex -q news
    sed -i '1s/[0-9]*$/7/' archive/manifest
    for command in news info check dump optimize "delete k1"; do
        # shellcheck disable=SC2086
        run -6 --separate-stderr nindex $command
        [[ $stderr == *"archive format 7"*"nindex -d NEW-FOLDER SOURCE"* ]]
    done
}

@test "a folder of other things is not made an archive" {
    mkdir archive
    echo hello >archive/letter.txt
    run -6 --separate-stderr nindex news
    [[ $stderr == *"there are other files in it"* ]]
    [ "$(ls archive)" = letter.txt ]
    touch file
    run -2 --separate-stderr nindex -d file/archive news
    run -2 --separate-stderr nindex -d file news
}

@test "a full disk is told with exit code 4, and what was there stays" {
    local words
    words=$(seq -s ' ' 1200)
    nindex -q news
    for n in $(seq 400); do
        article news/big.jsonl "big$n" "Number $n" "${words:n}"
    done
    run -4 --separate-stderr bash -c 'ulimit -f 200; exec nindex news'
    [[ $stderr == *archive/* ]]
    [ "$(standing | wc -l)" = 3 ]
    run -0 nindex check --full
    nindex -q news
    [ "$(standing | wc -l)" = 403 ]
}

@test "output that cannot be written is an error" {
    nindex -q news
    run -5 --separate-stderr bash -c 'nindex dump >/dev/full'
    [ "$stderr" = "nindex: the output could not be written" ]
}

@test "who may read an archive is for the umask to say" {
    local umask file mode

    for umask in 022 027 077; do
        rm -rf archive
        mkdir archive
        (umask "$umask" && nindex -q news)
        article news/more.jsonl "k$umask" "More" "More of it."
        (umask "$umask" && nindex -q news && nindex -q optimize && nindex -q delete "k$umask")
        for file in archive/*; do
            mode=$(stat -c %a "$file")
            (((8#$mode & 8#$umask) == 0))
            case $file in
            *.db | *.rank) [[ $file == */catalog.db ]] || (((8#$mode & 8#222) == 0)) ;;
            esac
            # And the owner may, and with 022 everybody.
            (((8#$mode & 8#400) == 8#400))
            [ "$umask" != 022 ] || (((8#$mode & 8#444) == 8#444))
        done
        compgen -G 'archive/seg-*.rank' >/dev/null
        nindex -q check --full
    done
    # A folder of its own is as closed.
    rm -rf archive
    (umask 077 && nindex -q news)
    [ "$(stat -c %a archive)" = 700 ]
}

@test "the catalog can be lost" {
    nindex -q news
    rm archive/catalog.db
    run -0 nindex news
    [[ $output == "same 3; files read 3, unchanged 0, gone 0;"* ]]
    [ "$(generation)" = 1 ]
    run -0 nindex news
    [[ $output == "nothing new;"* ]]
}

@test "what the last run has read is listed" {
    nindex -q news
    run -0 nindex info --since-last
    [ "${#lines[@]}" = 3 ]
    article news/b.jsonl k5 "More" "Of the strike."
    printf '{"head' >news/half.jsonl
    nindex -q news 2>/dev/null
    # A run that reads nothing, a file that was only touched and a merge
    # change nothing about it.
    touch -d 2001-01-01 news/a.jsonl
    nindex -q news
    nindex -q optimize
    run -0 nindex info --since-last
    [ "${#lines[@]}" = 2 ]
    [ "${lines[0]}" = "$PWD/news/b.jsonl: 2 articles" ]
    [[ ${lines[1]} == "$PWD/news/half.jsonl: 0 articles; "* ]]
    nindex -q delete k5 k2
    run -1 grep -q strike <(nindex info --since-last)
}

@test "info counts what is there, by format" {
    nindex -q news
    run -0 nindex info
    [[ $output == *$'\n'"articles     3"$'\n'* ]]
    [[ $output == *$'\n'"jsonl        3 files, 3 articles, 0 failed,"* ]]
}

@test "a mail that is read moves within its folder and stays what it is" {
    mkdir -p mails/{cur,new,tmp}
    tr -d '\r' <"$TEST_DATA/mail/wire.in" >mails/new/1710261898.M1.host
    cp mails/new/1710261898.M1.host mails/tmp/half
    gzip -c "$TEST_DATA/mail/mailbox.in" >mails/old.gz
    run -0 --separate-stderr nindex mails
    [[ $output == "added 4; files read 2,"* ]]
    mv mails/new/1710261898.M1.host mails/cur/1710261898.M1.host:2,S
    run -0 --separate-stderr nindex --prune mails
    [[ $output == *"archive has 4 articles;"* ]]
    nsearch --format jsonl cranes >hits.out
    [ "$(jq -r .key hits.out)" = "<20240312.4711@coastwire.example>" ]
}

@test "an issue and its pages are read together, and again when one changes" {
    mkdir old
    cp -r "$TEST_DATA/issue" old/issue
    run -0 --separate-stderr nindex old
    [[ $output == "added 3; files read 3, unchanged 0,"* ]]
    [ "$(standing | cut -d' ' -f1)" = $'halden-ledger/1901-03-04#A1\nhalden-ledger/1901-03-04#A2\nhalden-ledger/1901-03-04#A3' ]
    run -0 nindex info
    [[ $output == *"mets-page    2 files, 0 articles, 0 failed"* ]]
    run -0 nindex old
    [[ $output == "nothing new; files read 0, unchanged 3,"* ]]

    # The same number of bytes in one page: its issue is read again.
    sed -i 's/stoker/farmer/' old/issue/alto/0002.xml
    run -0 nindex old
    [[ $output == "changed 1, same 2; files read 1, unchanged 2,"* ]]
    run -0 nsearch farmer
    [[ $output == *"The new quay is opened"* ]]

    # Without the issue, its pages are articles.
    mv old/issue/mets.xml mets.xml
    run -0 nindex --prune old
    [[ $output == *"archive has 2 articles;"* ]]
    run -0 nsearch farmer
    [[ $output == *"0002.xml"* ]]

    # It comes back, and they are its again.
    mv mets.xml old/issue/mets.xml
    run -0 nindex old
    [[ $output == *"archive has 3 articles;"* ]]

    # An issue that names no articles leaves the pages alone.
    sed -i 's/TYPE="ARTICLE"/TYPE="OTHER"/' old/issue/mets.xml
    run -0 --separate-stderr nindex old
    [[ $stderr == *"names no articles"* ]]
    run -0 nindex info
    [[ $output == *"alto         2 files, 2 articles, 0 failed"* ]]
}

@test "info is one object for programs" {
    mkdir odd
    printf 'x' | gzip | head -c 10 >odd/cut.gz
    nindex -q news odd || true
    nindex -q delete k2
    nindex info --json >got
    jq -e '.version == 1 and .articles >= 1 and .deleted == 1 and
        .first <= .last and (.languages | index("en")) and .bytes > 1000 and
        ([.formats[].with_reason] | add) == 1' got
    for name in generation articles replaced words segments bytes; do
        grep -E "^$name +$(jq ".$name" got)\$" <(nindex info)
    done
    run -2 nindex info --json --failures
    # Nothing in it, and no date.
    mkdir none
    nindex -q -d empty none
    nindex -d empty info --json | jq -e '.articles == 0 and .first == null and
        .last == null and .formats == {} and .languages == []'
    # A run is at work.
    sqlite3 archive/catalog.db "BEGIN EXCLUSIVE;" ".shell $BUILD/nindex info --json >got"
    jq -e '.formats == null' got
}

@test "the examples of nindex(1) do what they say" {
    run -0 nindex -d archive news
    rm news/c.jsonl
    run -0 nindex -d archive --prune news
    [[ $output == "removed 1;"* ]]
    nindex --cron --prune -d archive news
    cp "$TEST_DATA/../../corpus/samples/harbour-strike.html" news/page.html
    run -0 nindex --explain news/page.html
    [[ $output == *"headline"*"from"* ]]
    printf '{"headline":"H","body":"B","url":"https://example.com/story"}\n' >news/u.jsonl
    nindex -q -d archive news
    run -0 nindex -d archive delete --reason 'court order' https://example.com/story
    [ "$output" = "https://example.com/story: deleted" ]
    mkdir new && cp archive/deletions new
    nindex -d archive dump | nindex -q -d new -
    for archive in archive new; do
        # Where a date was found is now an export.
        nindex -d "$archive" dump | jq -c 'del(.published_from)' | sort >"$archive.out"
    done
    diff archive.out new.out
}

@test "the example of nindex(5) asks a segment by hand" {
    nindex -q news
    run sqlite3 :memory: ".load $BUILD/fts5_news"
    # gcc's runtime says so, clang's symbols are missing.
    [[ $output != *"ASan runtime"* && $output != *__asan_* ]] || skip "the extension is sanitized, sqlite3 is not"
    run -0 sqlite3 archive/seg-000001.db ".load $BUILD/fts5_news" \
        "SELECT headline FROM article WHERE id IN
         (SELECT rowid FROM article_fts WHERE article_fts MATCH 'harbour')"
    [ "$output" = "Harbour opens" ]
}

@test "a copy is an archive, read-only or elsewhere" {
    nindex -q news
    cp -r archive copy
    run -0 nindex -d copy check --full
    chmod -R a-w copy
    run -0 nindex -d copy check
    [ "$(nindex -d copy dump)" = "$(nindex dump)" ]
    chmod -R u+w copy
    article news/d.jsonl k4 "Later" "In the copy only."
    run -0 nindex -d copy news
    [[ $output == "added 1; files read 1, unchanged 3,"* ]]
}

@test "the manual page has every name that a record may use" {
    local source=$BATS_TEST_DIRNAME/../../corpus/formats/record.c name missing=
    page=$(sed -n '/^.Ss Records/,/^.Ss Options/s/^.Ql \([^ ]*\).*/\1/p' \
        "$BATS_TEST_DIRNAME/../../indexer/nindex/nindex.1" | sed 's,[\],,g')
    names=$(sed -n 's/^    {MEMBER_[A-Z]*, "\([^"]*\)", set.*/\1/p' "$source")
    [ "$(wc -l <<<"$names")" -gt 50 ]
    while read -r name; do
        grep -qxF -- "$name" <<<"$page" || missing="$missing $name"
    done <<<"$names"
    [ -z "$missing" ]
}
