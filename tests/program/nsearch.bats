#!/usr/bin/env bats
# nsearch as a person, a script and another program meet it.
bats_require_minimum_version 1.5.0

setup_file() {
    export NSEARCH_ARCHIVE=$BATS_FILE_TMPDIR/archive
    cd "$BATS_FILE_TMPDIR" || return
    {
        article d1 "Ministers agree to delay Opcon transfer" "Kim Tae-gyu" 2014-10-24 \
            'The transfer of wartime operational control (Opcon) was put off.'
        article d2 "Opcon delay draws fire" "Park Ji-won" 2014-10-25 \
            'Transferring OPCON was called a matter of sovereignty, = "so" to speak.'
        article d3 "Allies keep command after Opcon transfer" "Lee Chi-dong" 2018-11-01 \
            'The command stays after the transfer of operational control.'
        article d4 "Café culture comes to Seoul" "Anne-Marie O'Brien" 1999-07-04 \
            'Bank transfers pay the rent. \u001b]0;bad\u0007 <script>alert(1)</script>'
        article d5 "=cmd: a formula" "" 2020-01-01 'A spreadsheet would run it, said \"one\", twice.'
    } >news.jsonl
    nindex -q news.jsonl
}

# article KEY HEADLINE BYLINE DAY BODY
article() {
    printf '{"key":"%s","headline":"%s","byline":"By %s","published":"%s","body":"%s","publication":"The Herald"}\n' \
        "$1" "$2" "$3" "$4" "${5//\"so\"/}"
}

@test "hits come with headline, facts, passage and file" {
    run -0 --separate-stderr nsearch Opcon transfer
    [[ ${lines[0]} == " 1. "*Opcon* ]]
    [[ $output == *"The Herald"* ]]
    [[ $output != *$'\033'* ]]
    [ -z "$stderr" ]
}

@test "words near the query's are counted, and compared with the archive" {
    cd "$BATS_TEST_TMPDIR"
    for i in 1 2 3 4; do
        article "n$i" "Item $i" "" 2020-01-01 \
            'The ferry captain slept. Far away, where nobody looked, a lantern was lit.'
        article "m$i" "Other $i" "" 2020-01-01 'A lantern and another lantern shone.'
    done >near.jsonl
    nindex -q -d near near.jsonl
    run -0 --separate-stderr nsearch -d near --collocates=3 --format csv ferry
    [ "${lines[0]}" = $'word,near,archive,likelihood\r' ]
    [[ $output == *"captain,4,4,"* ]]
    [[ $output != *lantern* ]] # too far
    [[ $output != *ferry* ]]
    nsearch -d near --collocates=20 --json ferry >out.json
    # Near, and no more often than elsewhere: 4 of 12.
    jq -e '.hits == [] and (.near | map(.word) | index("captain"))' out.json
    jq -e '.near | all(.near <= .archive and .likelihood > 0)' out.json
    nsearch -d near --collocates -n 1 --format jsonl ferry | jq -e '.near == 4'
    run -0 nsearch -d near --collocates ferry
    [[ ${lines[0]} == "likelihood    near  archive  word" ]]
    run -2 nsearch -d near --collocates --kwic ferry
    run -1 nsearch -d near --collocates zeppelin
    # The ratio is Dunning's: of 9 places near, 4; of the others, 0.
    run -0 nsearch -d near --collocates=1 --format tsv ferry
    [[ $output == *$'captain\t4\t4\t'* ]]
}

@test "the exit status tells found, nothing and trouble apart" {
    run -0 nsearch -q opcon
    [ -z "$output" ]
    run -1 nsearch -q zeppelin
    run -2 --separate-stderr nsearch
    [[ $stderr == "nsearch: what should be searched for?"* ]]
    run -2 --separate-stderr nsearch --sort sideways opcon
    [[ $stderr == *"rank, newest, oldest, longest, date, -date, words"* ]]
    run -2 --separate-stderr nsearch --nothing opcon
    [[ $stderr == *"no such option: --nothing"* ]]
    run -2 --separate-stderr nsearch -n many opcon
    [[ $stderr == *'not "many"'* ]]
}

@test "without an archive a sentence says how to make one" {
    run -2 --separate-stderr nsearch -d "$BATS_TEST_TMPDIR/none" opcon
    [[ $stderr == *nindex* ]]
    [ -z "$output" ]
}

@test "the segment of another archive is not searched" {
    local here="$BATS_TEST_TMPDIR" key

    for key in one two; do
        article "$key" "Opcon talks in $key" "Lee" 2014-10-24 "Talks ${key#one}" \
            >"$here/$key.jsonl"
        nindex -q -d "$here/$key" "$here/$key.jsonl"
    done
    run -0 nsearch -c -d "$here/one" opcon
    chmod u+w "$here/one/seg-000001.db"
    cp "$here/two/seg-000001.db" "$here/one/"
    run -2 --separate-stderr nsearch -d "$here/one" opcon
    [[ $stderr == *"seg-000001.db: is not the segment that the manifest lists"* ]]
    [ -z "$output" ]
}

@test "what is not an archive is not searched" {
    mkdir "$BATS_TEST_TMPDIR/odd"
    echo nonsense >"$BATS_TEST_TMPDIR/odd/manifest"
    run -2 --separate-stderr nsearch -d "$BATS_TEST_TMPDIR/odd" opcon
    [[ $stderr != *SQL* ]]
}

@test "nothing typed is an error" {
    while IFS= read -r query; do
        run --separate-stderr nsearch -c -e "$query"
        [ "$status" -le 1 ]
        [[ $stderr != *fts5* && $stderr != *SQL* && $stderr != *syntax* ]]
    done <<'QUERIES'
tae-gyu
O'Brien
U.S.
C++
50%
what is opcon?
Opcon: delay
-transfer
opcon AND
*fer
wom?n
(opcon
"opcon
kim@news.invalid
'; DROP TABLE article; --
NEAR/3
((((((((((((((((((((((((((((((((((((((((
a OR (b AND (c OR (d AND (e OR (f AND (g OR (h AND (i OR (j AND k)))))))))
QUERIES
}

@test "counts are those of the language" {
    [ "$(nsearch -c 'opcon -delay')" = 1 ]
    [ "$(nsearch -c cafe)" = 1 ]
    [ "$(nsearch -c obrien)" = 1 ]
    [ "$(nsearch -c taegyu)" = 1 ]
    [ "$(nsearch -c '*fer')" = 2 ]
    [ "$(nsearch -c 'date:2014')" = 2 ]
    [ "$(nsearch -c 'NOT opcon')" = 2 ]
}

@test "a mistyped word gets an offer, not another search" {
    run -1 --separate-stderr nsearch opcn
    [[ $stderr == *'Did you mean "opcon"'* ]]
    [ -z "$output" ]
}

@test "json is json with offsets of the matches" {
    nsearch --json 'opcon transfer' >out.json
    [ "$(jq -r '.version' out.json)" = 1 ]
    [ "$(jq -r '.total' out.json)" = 3 ]
    [ "$(jq -r '.hits[0] | .headline[.headline_matches[0].start:.headline_matches[0].end]' out.json)" = Opcon ]
    nsearch --format jsonl opcon | jq -e .key >/dev/null
}

# match N: the bytes that are the Nth keyword's match, by the offsets of it.
match() {
    local start end
    start=$(jq ".hits[0].keywords[$1].matches[0].start" out.json)
    end=$(jq ".hits[0].keywords[$1].matches[0].end" out.json)
    jq -j ".hits[0].keywords[$1].text" out.json | head -c "$end" |
        tail -c $((end - start))
}

@test "every match stands in the middle of its line" {
    cd "$BATS_TEST_TMPDIR"
    # Context is counted in bytes, and letters of two are not cut in half.
    long=$(printf 'é%.0s' $(seq 60))
    printf '{"headline":"Fog, and fog","body":"%s fog at %s\\nThe fog lifted."}\n' \
        "$long" "$long" >fog.jsonl
    nindex -q -d fog fog.jsonl
    run -0 --separate-stderr nsearch -d fog --kwic fog
    [ "${#lines[@]}" = 4 ]
    for line in "${lines[@]}"; do
        # Date, source and 40 columns before each, blanks or not.
        [[ ${line:66:3} = [Ff]og ]]
    done
    run -0 nsearch -d fog --kwic --width 100 fog
    for line in "${lines[@]}"; do
        [[ ${line:45:3} = [Ff]og ]]
    done
    nsearch -d fog --kwic --json fog >out.json
    [ "$(jq -c '[.hits[0].keywords[] | [.cut_before, .cut_after]]' out.json)" = \
        '[[false,false],[false,false],[true,true],[true,false]]' ]
    [ "$(match 0) $(match 1) $(match 2) $(match 3)" = "Fog fog fog fog" ]
    [ "$(jq -r '.hits[0].keywords[1].text' out.json)" = "Fog, and fog" ]
    [[ "$(jq -r '.hits[0].keywords[3].text' out.json)" =~ ^é+" The fog lifted."$ ]]
    nsearch -d fog --json fog >out.json
    [ "$(jq '.hits[0] | has("keywords")' out.json)" = false ]
}

@test "lines of matches can be sorted, and are a table" {
    lines_of() {
        nsearch -n 50 --kwic --format tsv "$@" opcon | cut -f 4-7
    }
    nsearch --kwic --format tsv opcon >table
    [ "$(head -n 1 table)" = $'rank\tdate\tsource\tkey\tleft\tmatch\tright' ]
    [ "$(lines_of --kwic-sort right | tail -n +2 | cut -f 4 | tr '[:upper:]' '[:lower:]' | sed 's/^[^a-z]*//')" = \
        "$(lines_of | tail -n +2 | cut -f 4 | tr '[:upper:]' '[:lower:]' | sed 's/^[^a-z]*//' | LC_ALL=C sort)" ]
    [ "$(lines_of --kwic-sort left | tail -n +2 | awk -F '\t' '{gsub(/[^A-Za-z]+/, " ", $2); n = split($2, w, " "); print tolower(w[n])}')" = \
        "$(lines_of | tail -n +2 | awk -F '\t' '{gsub(/[^A-Za-z]+/, " ", $2); n = split($2, w, " "); print tolower(w[n])}' | LC_ALL=C sort)" ]
    nsearch --kwic --kwic-sort date --format csv opcon >dates.csv
    [ "$(tail -n +2 dates.csv | cut -d , -f 2)" = "$(tail -n +2 dates.csv | cut -d , -f 2 | sort)" ]
    run -2 nsearch --kwic-sort left opcon
    run -0 nsearch --kwic opcon
    [[ ${lines[0]} == ????-??-??"  The Herald  "*"Opcon"*"  d"? ]]
}

@test "json tells values, offers and reasons, if they are asked for" {
    nsearch -n 0 --json --facet byline --facet year opcon >out.json
    [ "$(jq -c '[.facets.year[] | [.name, .count]]' out.json)" = '[["2014",2],["2015",0],["2016",0],["2017",0],["2018",1]]' ]
    [ "$(jq '.facets.byline | length' out.json)" = 3 ]
    run -1 nsearch --json opcn
    [ "$(jq -c '.suggestions' <<<"$output")" = \
        '[{"word":"opcn","better":"opcon","query":"opcon"}]' ]
    nsearch -n 1 --json --explain-score opcon >out.json
    [[ $(jq -r '.hits[0].explanation' out.json) == *"opcon: "*" headline, "*" body"* ]]
    nsearch -n 1 --json opcon >out.json
    [ "$(jq '.hits[0] | has("explanation")' out.json)" = false ]
}

@test "a version that is not written has an exit status of its own" {
    run -21 nsearch --json --format-version 2 opcon
    run -20 nsearch --json --format-version 0 opcon
}

@test "csv is quoted, and no formula runs" {
    run -0 nsearch --format csv --fields headline,snippet formula
    [[ ${lines[0]} == $'headline,snippet\r' ]]
    [[ ${lines[1]} == "\"'=cmd: a formula\",\"A spreadsheet would run it, said \"\"one\"\", twice.\""* ]]
    run -2 --separate-stderr nsearch --format csv --fields headline,nothing formula
    [[ $stderr == *'no "nothing"'* ]]
}

@test "a template says how a hit is printed" {
    [ "$(nsearch -n 1 --sort oldest --format-string '<{key}|{date}|{source}>\n' opcon)" = '<d1|2014-10-24|The Herald>' ]
    nsearch --format-string '{key}\0' opcon | tr '\0' '@' >keys
    [[ $(cat keys) =~ ^(d[123]@){3}$ ]]
    [[ $(nsearch --show d2 --format-string '{body}') == "Transferring OPCON"* ]]
    run -2 --separate-stderr nsearch --format-string '{key} {nothing}' opcon
    [[ $stderr == *'no "{nothing}"'* ]]
    run -2 --separate-stderr nsearch --format-string '{key}' --json opcon
    [[ $stderr == *"--format-string has no effect with --format json"* ]]
    run -2 --separate-stderr nsearch --format-string '{key}' --facet year opcon
}

@test "feeds and pages escape what articles say, once" {
    for format in rss atom html; do
        run -0 nsearch --format "$format" cafe
        [[ $output == *Café*culture* ]]
        [[ $output != *"<script>"* ]]
        # What RSS has is HTML.
        if [ "$format" = rss ]; then
            [[ $output == *"&amp;lt;script&amp;gt;"* ]]
        else
            [[ $output != *"&amp;lt;"* ]]
            [[ $output == *"&lt;script&gt;"* ]]
        fi
    done
}

@test "feeds are well-formed" {
    command -v python3 >/dev/null || skip "no python3"
    for format in rss atom; do
        nsearch --format "$format" 'opcon OR cafe OR formula' >"feed.$format"
        python3 -c 'import sys, xml.etree.ElementTree as t; t.parse(sys.argv[1])' "feed.$format"
    done
}

@test "citations have their records" {
    run -0 nsearch --format ris opcon
    [ "$(grep -c '^TY  - NEWS' <<<"$output")" = 3 ]
    [[ $output == *$'DA  - 2018/11/01/\r'* ]]
    run -0 nsearch --format bibtex opcon
    [ "$(grep -c '^@article{' <<<"$output")" = 3 ]
    [[ $output == *"author = {Kim, Tae-gyu}"* ]]
    [[ $output == *$'year = {2014},\n  month = oct,\n  day = {24}'* ]]
    [[ $output == *"title = {{Opcon delay draws fire}}"* ]]
    run -0 nsearch --format ris opcon
    [[ $output == *$'AU  - Kim, Tae-gyu\r'* ]]
    [[ $output == *$'AU  - Park, Ji-won\r'* ]]
    run -0 nsearch --format csl-json opcon
    [ "$(jq -c '.[] | select(.title == "Opcon delay draws fire") | [.author[0], .issued, .type]' <<<"$output")" = \
        '[{"family":"Park","given":"Ji-won"},{"date-parts":[[2014,10,25]]},"article-newspaper"]' ]
}

# keys QUERY - the citation key of each article that it finds.
keys() {
    nsearch -n 50 --format csl-json "$1" >keys.json
    nsearch -n 50 --format bibtex "$1" | sed -n 's/^@article{\(.*\),$/\1/p' |
        diff - <(jq -r '.[].id' keys.json)
    jq -r '.[] | .id + " " + .title' keys.json
}

@test "a citation key is one article's, whatever it was found by" {
    for query in opcon transfer 'opcon OR cafe' 'date:2014' 'NOT opcon' formula; do
        keys "$query" >>all.keys
    done
    [ "$(sort -u all.keys | wc -l)" -eq 5 ]
    [ "$(cut -d ' ' -f 1 all.keys | sort -u | wc -l)" -eq 5 ]
}

@test "control characters of an article never get out" {
    for format in text json csv tsv rss html; do
        run -0 nsearch --format "$format" 'bank transfers'
        [[ $output != *$'\a'* ]]
        [[ $output != *$'\033]0'* ]]
    done
}

# Bytes below a blank but the end of a line, DEL, and U+0080 to U+009F.
controls() {
    sed 's/\r$//' | LC_ALL=C grep -aqP '[\x00-\x09\x0b-\x1f\x7f]|\xc2[\x80-\x9f]'
}

@test "no part of an article and no file name can play with the terminal" {
    local dir=$BATS_TEST_TMPDIR/evil
    local evil='\u001b]0;owned\u0007\u001b[2J\r\u009b31m\u0085\u0008\u007f'
    mkdir "$dir"
    printf '{"id":"evil%s","title":"Evil %s one","author":"Evil %s","section":"%s x","publication":"%s y","dateline":"%s z","url":"https://a.example/%s","captions":["Evil %s"],"body":"The evil %s one.\\n%s"}\n' \
        "$evil" "$evil" "$evil" "$evil" "$evil" "$evil" "$evil" "$evil" "$evil" "$evil" \
        >"$dir/"$'\e]0;owned\a\r\xc2\x9b31m.jsonl'
    run -0 --separate-stderr nindex -d "$dir/archive" "$dir"
    run -1 controls <<<"$output$stderr"
    # The other way round: the check sees them.
    run -0 controls <<<$'\xc2\x9b'
    run -0 controls <<<$'a\rb'
    for option in '' --explain --explain-score --one-line '--format html' '--format csv' \
        '--format rss' '--format atom' '--format ris' '--format bibtex'; do
        # shellcheck disable=SC2086 # an option and its value
        run -0 --separate-stderr nsearch -d "$dir/archive" --color never $option evil
        [[ $output == *vil* ]]
        run -1 controls <<<"$output$stderr"
    done
    run -0 nsearch -d "$dir/archive" --color always evil
    run -1 controls < <(sed -E $'s/\e\\[[0-9;]*m//g; s/\e]8;[^\a\e]*\e\\\\//g' <<<"$output")
    nsearch -d "$dir/archive" --format json evil | jq -e '.hits | length == 1'
    run nsearch -d "$dir/archive" --color never $'\e]0;owned\a\xc2\x9bzzz'
    run -1 controls <<<"$output"
}

@test "an article is read by its key or as a hit" {
    run -0 --separate-stderr nsearch --show d4
    [[ ${lines[0]} == "Café culture comes to Seoul" ]]
    [[ ${lines[1]} == "By Anne-Marie O'Brien" ]]
    [[ ${lines[2]} == "1999-07-04 (dated by the feed) · The Herald · "*" words" ]]
    [[ $output == *"Bank transfers pay the rent."* ]]
    [[ $output == *$'\nkey   d4\n'*news.jsonl* ]]
    [[ $output != *$'\033'* ]]
    # The second hit is what the list has as the second.
    second=$(nsearch --format tsv --fields key opcon | sed -n 3p)
    run -0 nsearch --show 2 --color always opcon
    [[ $output == *"key   $second"* ]]
    [[ $output == *$'\033[1;31mOpcon\033[0m'* ]]
    [ "$(nsearch --show 2 --json opcon | jq -r '.hits[0].key')" = "$second" ]
    [[ $(nsearch --show d1 --json opcon | jq -r '.hits[0] |
        .body[.body_matches[0].start:.body_matches[0].end]') == Opcon ]]
    run -1 --separate-stderr nsearch --show nosuchkey
    [[ $stderr == *'no article with the key or address "nosuchkey"'* ]]
    run -1 --separate-stderr nsearch --show 9 opcon
    [[ $stderr == *"there is no hit 9: 3 articles match"* ]]
}

@test "an article is broken at the width" {
    nsearch --show d1 --width 30 >shown
    run -1 grep -nE '^.{31,}' <(sed '/^key/,$d' shown)
    [ "$(tr -s '\n' ' ' <shown)" = "$(nsearch --show d1 | tr -s '\n' ' ')" ]
}

@test "one article comes in every format" {
    for format in json jsonl csv tsv rss atom ris bibtex html; do
        run -0 nsearch --show d2 --format "$format"
        [[ $output == *"Opcon delay draws fire"* ]]
    done
    run -0 nsearch --show d2 --format tsv --fields key,body
    [[ ${lines[1]} == d2$'\t'"Transferring OPCON"* ]]
}

@test "what text names an article by, nindex takes" {
    cd "$BATS_TEST_TMPDIR"
    article kept One A 2020-01-01 Harbour >two.jsonl
    article gone Two B 2020-01-01 Harbour >>two.jsonl
    nindex -q -d two two.jsonl
    line=$(nsearch -d two harbour | grep -o '^    gone')
    [ "$(nsearch -d two -1 Two | sed 's/.*  //')" = gone ]
    [ "$(nindex -d two dump "${line##* }" | jq -r .headline)" = Two ]
    run -2 --separate-stderr nindex -d two dump nothing kept
    [ "$(jq -r .key <<<"$output")" = kept ]
    [[ $stderr == *"no article with this key"* ]]
    nindex -q -d two delete "${line##* }"
    [ "$(nsearch -d two -c harbour)" = 1 ]
}

@test "an article is opened where it came from" {
    cd "$BATS_TEST_TMPDIR"
    # shellcheck disable=SC2016 # it is the script's
    printf '#!/bin/sh\nprintf "%%s\n" "$1" >opened\n' >browser
    chmod +x browser
    printf '{"key":"u","headline":"Ferry","url":"https://a.example/1","body":"x"}\n' |
        nindex -q -d web -
    BROWSER=./browser:other nsearch -d web --open 1 ferry
    [ "$(cat opened)" = https://a.example/1 ]
    rm opened
    BROWSER=./browser nsearch -d web --open https://a.example/1
    [ "$(cat opened)" = https://a.example/1 ]
    BROWSER=./nothing run -2 --separate-stderr nsearch -d web --open 1 ferry
    [[ $stderr == *"BROWSER may name another program"* ]]
    run -2 --separate-stderr nsearch --open d2
    [[ $stderr == *"read it with nsearch --show d2"* ]]
}

@test "a pager that fails loses nothing" {
    command -v script >/dev/null || skip "no script(1)"
    for pager in nosuchpager false; do
        # A terminal of a few lines, so that a pager is wanted.
        run -0 script -qec "stty rows 3 cols 80; NSEARCH_PAGER=$pager nsearch opcon" /dev/null
        [[ $output == *"the pager \"$pager\" failed"* ]]
        [[ $output == *d1*d2*d3* || $output == *d3* ]]
    done
}

@test "a time limit that strikes is told" {
    cd "$BATS_TEST_TMPDIR"
    seq 30000 | sed 's/.*/{"headline":"No &","body":"a&b c&d e&f g&h"}/' |
        nindex -q -d large -
    run -3 --separate-stderr nsearch -d large -n 1 --time-limit 1 'a* w/5 *h AND NOT q*z'
    [[ $stderr == *"not finished: the time limit struck; at least "* ]]
}

@test "a word to leave out is told from an option" {
    run -2 --separate-stderr nsearch ferry -quay
    [[ $stderr == *'no such option: -u in "-quay"'*"nsearch -- WORDS -quay"* ]]
    run -2 --separate-stderr nsearch ferry -dock
    [[ $stderr == *'"-dock" was read as the option -d'*"nsearch -- WORDS -dock"* ]]
    run -2 --separate-stderr nsearch ferry -nine
    [[ $stderr == *"nsearch -- WORDS -nine"* ]]
    run -2 --separate-stderr nsearch --nothing ferry
    [[ $stderr != *"WORDS"* ]]
    [ "$(nsearch -c -- opcon -delay)" = 1 ]
}

@test "the names of files come as they are" {
    cd "$BATS_TEST_TMPDIR"
    printf '{"headline":"Ferry","body":"x"}\n' >$'caf\xe9.jsonl'
    nindex -q -d latin $'caf\xe9.jsonl'
    nsearch -d latin -l ferry >names
    [ -e "$(cat names)" ]
}

@test "counts are of whole values, with those that have none" {
    run -0 --separate-stderr nsearch -n 0 --facet byline --facet section --facet year 'NOT zeppelin'
    [[ $output == *$'byline  5 articles\n'* ]]
    [[ $output == *"       5  100.0%  (none)"* ]]
    # Of all in 2014 all match, and years without any are there.
    [[ $output == *"       2   40.0%  100.00%  2014  ####"* ]]
    [[ $output == *"       0    0.0%    0.00%  2016"* ]]
    run -0 nsearch -c --facet source opcon
    [[ ${lines[0]} == 3 ]]
    [[ ${lines[2]} == "       3  100.0%  The Herald  ####"* ]]
    run -0 nsearch -n 0 --facet byline --facet-limit 1 opcon
    [[ $output == *"and 2 more; --facet-limit 0 shows all"* ]]
    [ "$(nsearch -c --only 'source=The Herald' opcon)" = 3 ]
    [ "$(nsearch -c --only 'source=Herald' opcon || true)" = 0 ]
    [ "$(nsearch -c --only 'byline=Kim Tae-gyu' opcon)" = 1 ]
    run -2 --separate-stderr nsearch --only year=2014 opcon
    [[ $stderr == *"--only wants source=VALUE"* ]]
}

@test "counts come as tables and lines" {
    run -0 nsearch --format csv --facet year --facet section opcon
    [[ ${lines[0]} == $'facet,value,count,per_cent,held\r' ]]
    [[ ${lines[1]} == $'section,"",3,100.00,\r' ]]
    [[ ${lines[2]} == $'year,2014,2,66.67,2\r' ]]
    [[ ${lines[3]} == $'year,2015,0,0.00,0\r' ]]
    [ "$(nsearch --format tsv --facet year opcon | wc -l)" = 6 ]
    nsearch --format jsonl --facet year --facet section opcon >lines.jsonl
    [ "$(jq -sc '.[0], .[1]' lines.jsonl)" = \
        '{"facet":"section","name":null,"count":3}
{"facet":"year","name":"2014","count":2,"held":2}' ]
    [ "$(nsearch --json --facet section opcon | jq -c .without_value)" = '{"section":3}' ]
}

# hits ARGUMENT... - what is found, without what says where.
hits() {
    nsearch --json --facet source --facet year -n 50 "$@" |
        jq -S 'del(.hits[].archive, .hits[].path, .hits[].offset)'
}

@test "several archives are searched as if they were one" {
    cd "$BATS_TEST_TMPDIR"
    local i query desks=("The Herald" "Wire" "")
    for ((i = 0; i < 90; i++)); do
        printf '{"key":"k%d","headline":"Talks %d on %s","publication":"%s","published":"%d-05-01","body":"The %s of %s %s, %s."}\n' \
            $i $((i % 11)) "$([ $((i % 3)) = 0 ] && echo opcon || echo ferries)" "${desks[i % 3]}" \
            $((2000 + i % 7)) "$([ $((i % 5)) = 0 ] && echo transfer || echo delay)" \
            "$([ $((i % 2)) = 0 ] && echo harbour || echo Seoul)" "again $(seq -s ' ' $((i % 9)))" \
            "$([ $((i % 13)) = 0 ] && echo 'sovereignty and command' || echo command)"
    done >all.jsonl
    split -n r/3 all.jsonl part.
    # One archive, read in as many runs.
    for i in aa ab ac; do
        nindex -q -d one "part.$i"
        nindex -q -d "of.$i" "part.$i"
    done
    for query in opcon ferries 'talks transfer' 'harbour -opcon' 'soverei* command' '"talks 3"' \
        'hd:talks date:2003' 'delay OR sovereignty' 'comand' 'zeppelin AND opcon' 'opcon w/5 harbour'; do
        diff <(hits -d one "$query" 2>&1) <(hits -d of.aa -d of.ab -d of.ac "$query" 2>&1)
    done
    nsearch -d of.aa -d of.ab -n 50 'opcon OR ferries' >found
    grep -q '  in of.aa$' found
    grep -q '  in of.ab$' found
    [ "$(nsearch -d of.aa -d of.ab -n 1 --format tsv --fields archive opcon | tail -n 1 | cut -c 1-3)" = of. ]
    nsearch -d of.ac -d of.ab --show k1 | grep -q '^in    of.a'
    run -2 --separate-stderr nsearch -d of.aa -d nothing opcon
    [[ $stderr == *nothing* ]]
}

@test "settings say what is wanted every time" {
    cd "$BATS_TEST_TMPDIR"
    export XDG_CONFIG_HOME=$PWD
    mkdir nsearch
    nindex -q -d two - <<<'{"key":"x1","headline":"Opcon elsewhere","body":"x"}'
    cat >nsearch/config <<END
# Mine.
archive $NSEARCH_ARCHIVE
archive $PWD/two
sort    oldest
limit   2
saved   delays  (delay OR put) opcon
END
    archive=$NSEARCH_ARCHIVE
    unset NSEARCH_ARCHIVE
    [ "$(nsearch -c opcon)" = 4 ]
    [ "$(nsearch --format tsv --fields key opcon | tr '\n' ' ')" = "key d1 d2 " ]
    [ "$(nsearch --sort newest -n 1 --format tsv --fields key opcon | tail -n 1)" = d3 ]
    [ "$(nsearch -c --saved delays)" = 2 ]
    [ "$(nsearch -c --saved delays sovereignty)" = 1 ]
    [ "$(nsearch -c -d two opcon)" = 1 ]
    [ "$(NSEARCH_ARCHIVE=$archive nsearch -c opcon)" = 3 ]
    run -2 --separate-stderr nsearch --saved nothing
    [[ $stderr == *'no query of the name "nothing"'* ]]
    for line in 'colour always' 'sort sideways' limit 'saved x' 'format json'; do
        echo "$line" >nsearch/config
        run -2 --separate-stderr nsearch opcon
        [[ $stderr == "nsearch: $PWD/nsearch/config:1: "* ]]
    done
}

@test "headlines are links to where the article is" {
    command -v script >/dev/null || skip "no script(1)"
    # A link is for a terminal.
    on_terminal() {
        script -qec "stty rows 50 cols 90; nsearch --color always $*" /dev/null
    }
    run -0 on_terminal -n 1 opcon
    [[ $output == *$'\e]8;;file://'*/news.jsonl$'\e\\'* ]]
    run -0 on_terminal -n 1 --hyperlink-format 'x-news:{key}' opcon
    [[ $output == *$'\e]8;;x-news:d'[1-3]$'\e\\'* ]]
    for none in --no-links '--hyperlink-format none'; do
        run -0 on_terminal -n 1 "$none" opcon
        [[ $output != *$'\e]8;;'* ]]
    done
}

@test "colour only where it is wanted" {
    run -0 nsearch --color always opcon
    [[ $output == *$'\033[1;31mOpcon'* ]]
    run -0 nsearch --color never opcon
    [[ $output != *$'\033'* ]]
}

@test "explain prints a form that means the same" {
    run -0 --separate-stderr nsearch --explain 'what is opcon w/3 (transfer OR delay)'
    canonical=$(sed -n 's/^query     //p' <<<"$stderr")
    [ "$canonical" = "what is opcon NEAR/3 (transfer OR delay)" ]
    run -0 --separate-stderr nsearch --explain -e "$canonical"
    [ "$(sed -n 's/^query     //p' <<<"$stderr")" = "$canonical" ]
    [[ $stderr == *"left out: a small word"* ]]
    run -0 nsearch --explain-score -n 1 opcon
    [[ $output == *"in all"* && $output == *"opcon: 1 headline"* ]]
}

@test "where the time goes is told by step, and only on demand" {
    local step
    run -0 --separate-stderr nsearch --timing Opcon
    for step in start open search read render; do
        [[ $stderr =~ nsearch:\ +[0-9]+\.[0-9]{3}\ ms\ $step ]]
    done
    [[ $output != *" ms "* ]]
    run -0 --separate-stderr nsearch Opcon
    [[ $stderr != *" ms "* ]]
}

@test "a full disk is trouble" {
    run -2 --separate-stderr bash -c 'nsearch opcon >/dev/full'
    [[ $stderr == *"cannot write"* ]]
}

@test "a query comes from a file, from stdin, from several words" {
    echo 'opcon -delay' >query.txt
    [ "$(nsearch -c -f query.txt)" = 1 ]
    [ "$(echo 'opcon -delay' | nsearch -c -f -)" = 1 ]
    [ "$(nsearch -c opcon -e -delay)" = 1 ]
    run -2 --separate-stderr nsearch -f nowhere.txt
    [[ $stderr == *nowhere.txt* ]]
}

@test "the examples of the manual pages run" {
    run -0 nsearch Opcon transfer
    run -0 nsearch -1 --sort date by:kim
    [[ $output == "2014-10-24  The Herald  "* ]]
    [ "$(nsearch -c '"operational control" date:2014')" = 1 ]
    [ "$(nsearch --json opcon | jq -r '.hits[].headline' | wc -l)" = 3 ]
    [ "$(nsearch -n 1000 --format csv --fields date,headline,byline opcon | wc -l)" = 4 ]
    run -0 nsearch -n 0 --facet byline --facet year opcon
    [[ $output == *"2014"* ]]
    [ "$(nsearch -c 'operational NEAR/3 transfer')" = 2 ]
    [ "$(nsearch -c 'hlead(opcon w/5 transfer) AND date > 2014')" = 1 ]
    [ "$(nsearch -c 'trans* NOT w/s opcon')" -ge 1 ]
}

@test "articles are found by the day on which they were added" {
    local day month
    day=$(sqlite3 "$NSEARCH_ARCHIVE"/seg-000001.db 'SELECT max(added) FROM article')
    month=${day%-*}
    [[ $day == 20??-??-?? ]]
    [ "$(nsearch -c "added:$day")" = 5 ]
    [ "$(nsearch -c "added:${month/-/} opcon")" = 3 ]
    [ "$(nsearch -c "opcon added:$month..")" = 3 ]
    [ "$(nsearch -c --exhaustive "opcon added:$month..")" = 3 ]
    [ "$(nsearch -c "opcon added:-7d..")" = 3 ]
    run -1 --separate-stderr nsearch -c "opcon added:..2025 added:..2024"
    [ "$(grep -c 'is known from 2026 on\.$' <<<"$stderr")" = 1 ]
    run -1 nsearch -c "opcon NOT added:$month"
    # A merge keeps it, and so does another run over the same files.
    cp -r "$NSEARCH_ARCHIVE" "$BATS_TEST_TMPDIR/archive"
    nindex -q -d "$BATS_TEST_TMPDIR/archive" optimize
    [ "$(nsearch -c -d "$BATS_TEST_TMPDIR/archive" "added:$day")" = 5 ]
}

@test "fields that are not in the ranked index hold beside words" {
    [ "$(nsearch -c 'opcon key:d3')" = 1 ]
    [ "$(nsearch -c 'opcon (language:en OR language:xx)')" = 3 ]
    [ "$(nsearch -c --exhaustive 'opcon (language:en OR language:xx)')" = 3 ]
}

@test "the words that keep company with those of a query are told" {
    local i
    cd "$BATS_TEST_TMPDIR"
    for i in 1 2 3; do
        article "f$i" "Ferry leaves the Harbour" "" "2014-10-0$i" \
            "The ferry left the harbour with islanders of $i villages, they said."
    done >some.jsonl
    for i in 4 5 6 7 8 9; do
        article "m$i" "Mayor says no" "" "2014-10-0$i" "The mayor said so on day $i."
    done >>some.jsonl
    nindex -q -d archive some.jsonl
    run -0 --separate-stderr nsearch -d archive --related ferry
    [[ ${lines[0]} == *$'\t3' ]]
    [[ $output == *$'Harbour\t3'* || $output == *$'harbour\t3'* ]]
    [[ $output == *$'islanders\t3'* ]]
    # Neither the word itself, nor what all have, nor small words and numbers.
    [[ $output != *[Ff]erry* && $output != *said* && $output != *with* && $output != *2* ]]
    [[ $stderr == *"words of 3 articles, of 3 that match"* ]]
    [ "$(nsearch -d archive --related -n 1 ferry 2>/dev/null | wc -l)" -eq 1 ]
    run -1 --separate-stderr nsearch -d archive --related zeppelin
    [ -z "$output" ]
    [[ $stderr == *'No article has'* ]]
}

@test "completions can ask for the values of a facet" {
    run -0 nsearch --values source
    [ "$output" = "The Herald" ]
}

@test "when nothing is found it is said why, and what less would find" {
    run -1 --separate-stderr nsearch 'opcon AND zeppelin'
    [[ $stderr == *'No article has the word "zeppelin".'* ]]
    [[ $stderr == *"Without zeppelin: 3 articles.  nsearch 'opcon'"* ]]
    run -1 --separate-stderr nsearch "=O'Briens w/2 seoul"
    [[ $stderr == *"nsearch 'seoul'"* ]]
    run -1 --separate-stderr nsearch 'hd:sovereignty'
    [[ $stderr == *"With sovereignty instead of headline:sovereignty: 1 article. "* ]]
    [[ $(nsearch --json 'hd:sovereignty' | jq -r '.ways[0].query') == sovereignty ]]
    run -1 --separate-stderr nsearch -q 'hd:sovereignty'
    [ -z "$stderr" ]
}

@test "a command that is offered can be pasted" {
    run -1 --separate-stderr nsearch "O'Brien AND date:2014"
    [[ $stderr == *"nsearch 'O'\''Brien'"* ]]
    run -1 --separate-stderr nsearch -e '-opcon AND NOT date:1999 AND NOT date:2020'
    [[ $stderr == *"nothing found in 5 articles"* ]]
}
