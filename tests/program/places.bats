#!/usr/bin/env bats
# Where an archive may stand, whose it may be, and when: read-only, other
# people's, missing, no folder at all; under a clock that is wrong; of another
# version.  What each command says then, with which exit code, and that nothing
# is changed or left half done.
bats_require_minimum_version 1.5.0

# Programs and archives where a stranger can get at them.
setup_file() {
    export OPEN
    # In memory, if there is such a place: nothing here is about syncing.
    OPEN=$(mktemp -d -p /dev/shm 2>/dev/null || mktemp -d)
    chmod 755 "$OPEN"
    cp "$BUILD"/{nindex,nsearch,nsearch.cgi} "$OPEN"
}

teardown_file() {
    rm -rf "$OPEN"
}

setup() {
    place=$OPEN/$BATS_TEST_NUMBER
    mkdir "$place"
    cd "$place" || return
    mkdir news
    article k1 2024-05-01 "The harbour was opened." >news/a.jsonl
    article k2 2024-05-02 "The harbour was closed." >news/b.jsonl
    "$OPEN/nindex" -q -d archive news
    article k3 2024-05-03 "The harbour is quiet." >news/c.jsonl
    as=()
}

teardown() {
    ! mountpoint -q "$place/mount" || umount "$place/mount"
}

# article KEY DAY BODY: a line of JSON.
article() {
    printf '{"key":"%s","published":"%s","headline":"H","body":"%s"}\n' "$@"
}

# Everything about a folder that a command could change.
picture() {
    find "$1" -printf '%P %y %s %m %u %T@ %C@ %l\n' | sort
    find "$1" -type f -exec sha256sum {} + | sort
}

# says CODE PATTERN COMMAND...: as who is in `as`.  A word on the standard
# error is one line for each problem, and never about what is underneath.
says() {
    local code=$1 pattern=$2
    shift 2
    status=0
    "${as[@]}" "$OPEN/$1" "${@:2}" >"$BATS_TEST_TMPDIR/out" \
        2>"$BATS_TEST_TMPDIR/err" || status=$?
    said=$(cat "$BATS_TEST_TMPDIR/out" "$BATS_TEST_TMPDIR/err")
    # shellcheck disable=SC2053 # it is a pattern
    if [ "$status" != "$code" ] || [[ $said != $pattern ]]; then
        echo "$*: $status, not $code, or not as $pattern:"
        echo "$said"
        return 1
    fi
    ! grep -iE 'sqlite|database|no such|runtime error|Sanitizer' \
        "$BATS_TEST_TMPDIR/err"
}

# page STATUS PATTERN FOLDER: what a visit gets, and what the log says.
page() {
    printf 'archive %s\nslots 0\n' "$3" >"$place/conf"
    status=0
    "${as[@]}" env -i GATEWAY_INTERFACE=CGI/1.1 REQUEST_METHOD=GET \
        QUERY_STRING=q=harbour NSEARCH_CGI_CONFIG="$place/conf" \
        "$OPEN/nsearch.cgi" >"$BATS_TEST_TMPDIR/page" 2>"$BATS_TEST_TMPDIR/log"
    head -n 1 "$BATS_TEST_TMPDIR/page" | grep -F "Status: $1 "
    # shellcheck disable=SC2053 # it is a pattern
    [[ $(cat "$BATS_TEST_TMPDIR/log") == $2 ]]
    ! grep -F "$3" "$BATS_TEST_TMPDIR/page"
}

# Each command that writes ends with this, and has written nothing.
refuses_to_write() {
    local code=$1 pattern=$2 folder=$3 before command
    before=$(picture "$folder")
    for command in news "--cron news" "--prune news" "--again --dry-run news" \
        "delete k1" "delete --undelete k1" optimize \
        "optimize --rebuild-ranked" repair; do
        # shellcheck disable=SC2086
        says "$code" "$pattern" nindex -d "$folder" $command
    done
    diff <(echo "$before") <(picture "$folder")
}

# What needs no right to write works.
can_be_read() {
    local command
    for command in check "check --quick" "check --full"; do
        # shellcheck disable=SC2086
        says 0 "$1: sound" nindex -d "$1" $command
    done
    says 0 "*articles     2*" nindex -d "$1" info
    says 0 '{"key":"k1"*"k2"*' nindex -d "$1" dump
    says 0 2 nsearch -c -d "$1" harbour
    says 0 "*1. *2. *" nsearch -d "$1" harbour
    page 200 "" "$PWD/$1"
}

needs_root() {
    [ "$(id -u)" -eq 0 ] || skip "only root can $1"
}

be_a_stranger() {
    needs_root "be somebody else"
    as=(setpriv --reuid=65534 --regid=65534 --clear-groups)
}

@test "a read-only file system is searched and checked, and left alone" {
    needs_root "mount"
    mkdir mount
    mount --bind archive mount 2>/dev/null || skip "nothing can be mounted here"
    mount -o remount,bind,ro mount
    can_be_read mount
    refuses_to_write 5 \
        "nindex: mount/lock: cannot be opened for writing: Read-only file system" \
        mount
    # An archive that is to be made there.
    says 5 "nindex: mount/new: cannot be made: Read-only file system" \
        nindex -d mount/new news
    umount mount
    says 0 "added 1;*" nindex -d archive news
}

@test "other people's archive is searched and checked, and left alone" {
    be_a_stranger
    can_be_read archive
    refuses_to_write 5 \
        "nindex: archive/lock: cannot be opened for writing: Permission denied" \
        archive
    # One that was closed to everybody else.
    chmod 700 archive
    for command in news "delete k1" check info dump optimize repair upgrade; do
        # shellcheck disable=SC2086
        says 5 "nindex: archive/manifest: cannot be opened: Permission denied" \
            nindex -d archive $command
    done
    says 2 "nsearch: archive/manifest: cannot be opened: Permission denied" \
        nsearch -d archive harbour
    page 500 "nsearch.cgi: *archive/manifest: cannot be opened: Permission denied" \
        "$PWD/archive"
}

@test "a file that may not be read is not called damaged" {
    be_a_stranger
    chmod 600 archive/seg-000001.db
    says 5 "nindex: archive/seg-000001.db: cannot be opened: Permission denied; let a user *nindex: archive: 1 of its files could not be looked at" \
        nindex -d archive check
    says 2 "nsearch: archive/seg-000001.db: cannot be opened: Permission denied" \
        nsearch -d archive harbour
    page 500 "nsearch.cgi: *.db: cannot be opened: Permission denied" "$PWD/archive"
    chmod 600 archive/seg-000001.rank
    says 5 "*archive: 2 of its files could not be looked at" nindex -d archive check
    chmod 444 archive/seg-000001.db
    # It only takes longer without the ranked index.
    says 0 2 nsearch -c -d archive harbour
    # Damage is damage, whatever else may not be read.
    truncate -s 5000 archive/seg-000001.db
    says 6 "*nindex: archive: damaged, 2 findings" nindex -d archive check
}

@test "an archive of which some files are other people's is not written to" {
    be_a_stranger
    # The folder and the lock are one's own, the catalog is not.
    chown 65534 archive archive/lock
    before=$(picture archive)
    for command in news "delete k1" "delete --undelete k1" optimize repair upgrade; do
        # shellcheck disable=SC2086
        says 5 "nindex: archive/catalog.db: may not be written to" \
            nindex -d archive $command
    done
    chmod 600 archive/catalog.db
    says 5 "nindex: archive/catalog.db: Permission denied" nindex -d archive news
    chmod 644 archive/catalog.db
    diff <(grep -v '^catalog' <<<"$before" | cut -d' ' -f1-6) \
        <(picture archive | grep -v '^catalog' | cut -d' ' -f1-6)
    # All files are one's own but the folder is not.
    chown 65534 archive/*
    chown 0 archive
    before=$(picture archive)
    says 5 "nindex: archive/catalog.db: no file may be made beside it" \
        nindex -d archive news
    says 5 "nindex: archive/seg-*: cannot be made" nindex -d archive delete k1
    diff <(echo "$before") <(picture archive)
    as=()
    says 0 "archive: sound" nindex -d archive check --full
    says 0 "added 1;*" nindex -d archive news
}

@test "a folder that is not there is named, and made by a run only" {
    for command in check info dump "delete k1" optimize repair upgrade; do
        # shellcheck disable=SC2086
        says 2 "nindex: no/such: there is no archive here; make one with: nindex -d no/such FOLDER" \
            nindex -d no/such $command
    done
    says 2 "nsearch: no/such: there is no archive here; make one with: nindex -d no/such FOLDER" \
        nsearch -d no/such harbour
    page 503 "nsearch.cgi: *: there is no archive here; *" "$PWD/no/such"
    [ ! -e no ]
    says 0 "added 3;*" nindex -d no/such news
    be_a_stranger
    says 5 "nindex: none: cannot be made: Permission denied" nindex -d none news
    [ ! -e none ]
}

@test "what stands in the place of the folder is left alone" {
    echo text >file
    ln -s nowhere dangling
    ln -s loop loop
    before=$(picture .)
    for command in news check info dump "delete k1" optimize repair upgrade; do
        # shellcheck disable=SC2086
        says 2 "nindex: file: this is not a folder, so no archive" \
            nindex -d file $command
        # shellcheck disable=SC2086
        says 5 "nindex: loop/manifest: cannot be opened: Too many levels *" \
            nindex -d loop $command
    done
    says 2 "nsearch: file: this is not a folder, so no archive" \
        nsearch -d file harbour
    says 2 "nindex: dangling: this is a link that leads to no folder" \
        nindex -d dangling news
    says 2 "nindex: dangling: there is no archive here; *" nindex -d dangling check
    diff <(echo "$before") <(picture .)
    page 500 "nsearch.cgi: *file: this is not a folder, so no archive" "$PWD/file"
    page 500 "nsearch.cgi: *loop/manifest: cannot be opened: *" "$PWD/loop"
}

@test "a link to the folder is as good as the folder" {
    ln -s archive link
    can_be_read link
    says 0 "added 1;*" nindex -d link news
    says 0 "k1: deleted" nindex -d link delete k1
    says 0 "archive: sound" nindex -d archive check --full
    says 0 2 nsearch -c -d archive harbour
}

# Set the clock back, as far as files can tell: all that has been written until
# now is from a later year.
set_clock_back() {
    find archive news -exec touch -h -d 2094-05-06 {} +
    sed -i "/^deleted/s/ 20[0-9-]*/ 2094-05-06/; /^end /d" archive/manifest
    seal_manifest archive
    touch -d 2094-05-06 archive/manifest
}

# A checksum that fits: gzip knows the CRC-32, low byte first.
seal_manifest() {
    echo "end $(gzip -c "$1/manifest" | tail -c 8 | head -c 4 | od -An -tx1 |
        awk '{ print $4 $3 $2 $1 }')" >>"$1/manifest"
}

# ends COMMAND...: somehow, and by itself.  Who reads a FIFO that nobody writes
# into waits for ever.
ends() {
    local status=0
    timeout 60 "$OPEN/$1" "${@:2}" >"$BATS_TEST_TMPDIR/out" 2>&1 || status=$?
    [ "$status" -lt 124 ]
}

@test "a FIFO or a folder in the place of a file stops nobody" {
    local make file command

    for make in mkfifo mkdir; do
        for file in manifest lock catalog.db seg-000001.db seg-000001.rank; do
            for command in "nsearch -d odd harbour" "nindex -d odd check" \
                "nindex -d odd info" "nindex -d odd dump" "nindex -d odd news" \
                "nindex -d odd delete k1" "nindex -d odd optimize" \
                "nindex -d odd repair"; do
                rm -rf odd
                cp -a archive odd
                rm "odd/$file"
                $make "odd/$file"
                # shellcheck disable=SC2086
                ends $command
            done
        done
    done
    rm -rf odd
    cp -a archive odd
    rm odd/seg-000001.db odd/catalog.db
    mkfifo odd/seg-000001.db odd/catalog.db
    says 2 "nsearch: odd/seg-000001.db: is not a file; *" nsearch -d odd harbour
    says 6 "*seg-000001.db: has 0 bytes where the manifest says *" \
        nindex -d odd check
    page 500 "nsearch.cgi: *seg-000001.db: is not a file; *" "$PWD/odd"
}

@test "a catalog that is damaged is made again, and not what a deletion ends with" {
    for make in "mkfifo" "cp $OPEN/nindex"; do
        rm archive/catalog.db
        $make archive/catalog.db
        says 2 "nindex: x: no article *" nindex -d archive delete x
        rm archive/catalog.db
        $make archive/catalog.db
        says 0 "added 1*" nindex -d archive news
        rm news/c.jsonl
        says 0 "*" nindex -d archive --prune news
        article k3 2024-05-03 "The harbour is quiet." >news/c.jsonl
        can_be_read archive
    done
    rm archive/catalog.db
    mkdir archive/catalog.db
    says 6 "nindex: archive/catalog.db: is not a file; move it away *" \
        nindex -d archive news
}

@test "a clock that was set back hides nothing and costs nothing" {
    article k4 2024-05-04 "The harbour is for sale." >news/d.jsonl
    says 0 "*" nindex -q -d archive news
    says 0 "k2: deleted" nindex -d archive delete --reason "a wish" k2
    set_clock_back
    says 0 "archive: sound" nindex -d archive check --full
    says 0 "*archive has 3 articles*" nindex -d archive news
    # Of a file with a deleted article only, nothing is kept to know it by.
    says 0 "deleted before 1; files read 1, unchanged 3, gone 0; *" \
        nindex -d archive news
    # What is changed now is older than what the catalog knows of it.
    article k1 2024-05-01 "The harbour was barred." >news/a.jsonl
    article k2 2024-05-02 "The harbour is closed again." >news/b.jsonl
    article k5 2024-05-05 "The harbour is sold." >news/e.jsonl
    rm news/d.jsonl
    says 0 "added 1, changed 1, removed 1, deleted before 1; files read 3, *" \
        nindex -d archive --prune news
    says 0 "deleted before 1; files read 1, unchanged 3, gone 0; *" \
        nindex -d archive --prune news
    says 0 3 nsearch -c -d archive harbour
    grep '^deleted [0-9a-f]* 2094-05-06 a wish$' archive/manifest
    says 0 "k2: may come back*" nindex -d archive delete --undelete k2
    says 0 "added 1;*" nindex -d archive news
    says 0 "*1. *4. *" nsearch -d archive --recent harbour
    says 0 "archive: sound" nindex -d archive check --full
}

@test "a clock that was set back takes no article's date" {
    # Nothing was published after today; today is what is known to have been.
    article k6 2094-05-04 "The harbour of tomorrow." >news/f.jsonl
    says 0 "added 2;*" nindex -d archive news
    says 1 "0*" nsearch -c -d archive harbour date:2094
    # The file was written later than now, and this is no slip then.
    touch -d 2094-05-06 news/f.jsonl
    says 0 "changed 1,*" nindex -d archive --again news
    says 0 1 nsearch -c -d archive harbour date:2094
    says 0 '*"published":"2094-05-04"*' nindex --explain news/f.jsonl
    # And so when it is not the file but the archive that is later.
    touch -d 2094-05-06 archive/manifest
    article k7 2094-05-07 "The harbour of the day after." >news/g.jsonl
    article k8 2094-05-27 "The harbour of some day." >news/h.jsonl
    says 0 "added 2;*" nindex -d archive news
    says 0 2 nsearch -c -d archive harbour date:2094
}

# Make the archive's segment one of another version, and let the manifest say
# that it is as it should be.
alter_segment() {
    local segment=$1/seg-000001.db
    chmod u+w "$segment"
    sqlite3 "$segment" "$2"
    sed -i "s/^segment .*/segment seg-000001.db bytes $(stat -c %s "$segment") sha256 $(
        sha256sum "$segment" | cut -d' ' -f1)/; /^end /d" "$1/manifest"
    seal_manifest "$1"
}

# is_refused FOLDER FILE WHAT: by every command, with what to do.
is_refused() {
    local before command what="*$1/$2: made with $3"
    before=$(picture "$1")
    for command in news "--cron news" check "check --quick" dump "delete k1" \
        optimize "optimize --rebuild-ranked" repair; do
        # shellcheck disable=SC2086
        says 6 "$what" nindex -d "$1" $command
        run ! grep rescue "$BATS_TEST_TMPDIR/err"
    done
    says 2 "$what" nsearch -d "$1" harbour
    diff <(echo "$before" | grep -v '^lock') <(picture "$1" | grep -v '^lock')
    page 500 "nsearch.cgi: $what" "$PWD/$1"
}

@test "another version is refused with what brings it up to date" {
    again="index the sources again: nindex -d NEW-FOLDER SOURCE..., *"
    for version in 0 1 99; do
        cp -a archive other
        sed -i "1s/[0-9]*\$/$version/" other/manifest
        case $version in
        0) update=$again ;;
        1) update="bring the archive up to date with: nindex upgrade*" ;;
        99) update="update the programs, or $again" ;;
        esac
        is_refused other manifest "archive format $version, *$update"
        says 6 "*" nindex -d other info
        rm -r other
        cp -a archive other
        alter_segment other "PRAGMA user_version=$version"
        is_refused other seg-000001.db "archive format $version, *$update"
        rm -r other
        cp -a archive other
        alter_segment other "UPDATE meta SET value='$version' WHERE key='analysis'"
        is_refused other seg-000001.db "analysis $version, *$update"
        rm -r other
    done
    # The commands that are named do it; upgrade.bats has the other.
    cp -a archive other
    sed -i '1s/[0-9]*$/0/' other/manifest
    says 6 "*archive format 0, *$again" nindex -d other upgrade
    says 0 "added 3;*" nindex -d new news
    mv other old
    mv new other
    says 0 3 nsearch -c -d other harbour
}
