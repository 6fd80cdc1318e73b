#!/usr/bin/env bats
# nindex upgrade: an archive of every format that there ever was becomes one of
# the present, and nothing of it is lost.
#
# tests/data/upgrade has them, format-ARCHIVE-ANALYSIS.tar.gz, each made by the
# programs of its time in the same way: k1, k2, k3, k5, k6 by a first run, k2
# changed and k4 added by a second, k4 taken down.
bats_require_minimum_version 1.5.0

setup() {
    old=$TEST_DATA/upgrade
    cd "$BATS_TEST_TMPDIR" || return
}

# fetch NAME - the archive of that format.
fetch() {
    rm -rf archive
    tar -x -z -f "$old/$1.tar.gz"
}

# Everything about a folder that a command could change.
picture() {
    find "$1" -printf '%P %y %s %m\n' | sort
    find "$1" -type f -exec sha256sum {} + | sort
}

# is_new - the archive is sound, and says what it said.
is_new() {
    nindex -d archive check --full
    diff -u "$old/articles.jsonl" <(nindex -d archive dump | sort)
    for file in manifest deletions; do
        grep -E '^deleted [0-9a-f]{64} [0-9-]* a wish$' "archive/$file"
    done
}

@test "every format is brought up to date, and says what it said" {
    for archive in "$old"/format-*.tar.gz; do
        name=$(basename "$archive" .tar.gz)
        fetch "$name"
        run -2 nsearch -d archive harbour
        [[ $output == *"bring the archive up to date with: nindex upgrade" ]]
        run -0 --separate-stderr nindex -d archive upgrade
        [ "$output" = "archive: 2 segments brought up to date, 5 articles" ]
        # shellcheck disable=SC2154 # run sets it
        [[ $stderr == "nindex: archive: writing 2 segments anew, which needs up to "*" MB beside the old; "*" MB are free" ]]
        is_new
        run -0 nsearch -c -d archive quay
        [ "$output" = 2 ]
        # Nothing of what was replaced or taken down.
        run -1 grep -a -r -l -e secret -e "harbour was closed" archive
        # The catalog knows the files, and whose article it is.
        run -0 nindex -d archive info
        [[ $output == *"jsonl        2 files, 7 articles,"*" 1 deleted"* ]]
        run -0 nindex -d archive delete k3
        run -1 nsearch -d archive ouvriers
    done
}

@test "what was taken down does not come back after it" {
    fetch format-1-1
    nindex -q -d archive upgrade
    echo '{"key":"k4","headline":"Taken down","body":"A secret."}' >b.jsonl
    run -0 nindex -d archive b.jsonl
    [[ $output == *"deleted before 1"* ]]
    run -1 nsearch -d archive secret
}

@test "an archive of the present is up to date, and left alone" {
    echo '{"key":"k1","headline":"H","body":"The harbour."}' >a.jsonl
    nindex -q -d archive a.jsonl
    before=$(picture archive)
    run -0 nindex -d archive upgrade
    [ "$output" = "archive: up to date" ]
    diff <(echo "$before") <(picture archive)
    run -0 nindex -q -d archive upgrade
    [ -z "$output" ]
    run -2 nindex -d archive upgrade archive
    run -2 nindex -d nowhere upgrade
    [ ! -e nowhere ]
    # A ranked index can be of another version alone: its footer ends the file,
    # and the word behind its name is the version.
    size=$(stat -c %s archive/seg-000001.rank)
    name=$(grep -a -b -o newsrank archive/seg-000001.rank | tail -1 | cut -d: -f1)
    chmod u+w archive/seg-000001.rank
    printf '\001' | dd of=archive/seg-000001.rank bs=1 seek=$((name + 8)) \
        conv=notrunc status=none
    [ "$(stat -c %s archive/seg-000001.rank)" = "$size" ]
    run -0 nindex -d archive upgrade
    [ "$output" = "archive: 1 ranked index brought up to date" ]
    nindex -d archive check --full
}

@test "a damaged archive of an earlier format is left as it is" {
    fetch format-2-1
    segment=$(find archive -name 'seg-*.db' | sort | tail -1)
    chmod u+w "$segment"
    printf X | dd of="$segment" bs=1 seek=9000 conv=notrunc status=none
    before=$(picture archive)
    run -6 nindex -q -d archive upgrade
    [[ $output == *"$segment: damaged, so it is not brought up to date; "* ]]
    diff <(echo "$before") <(picture archive)
    rm "$segment"
    run -6 nindex -q -d archive upgrade
    [[ $output == *"$segment: is missing;"* ]]
    fetch format-2-1
    sed -i '1s/2/1/' archive/manifest
    run -6 nindex -q -d archive upgrade
    [[ $output == *"the checksum does not fit" ]]
}

@test "without the room for it nothing is begun" {
    [ "$(id -u)" -eq 0 ] || skip "only root can mount"
    mkdir small
    mount -t tmpfs -o size=1m none small 2>/dev/null ||
        skip "nothing can be mounted here"
    fetch format-1-1
    cp -a archive small/archive
    before=$(picture small/archive)
    run -4 nindex -d small/archive upgrade
    after=$(picture small/archive)
    umount small
    [[ $output == *"need "*" MB beside the old ones, and 0 MB are free" ]]
    diff <(echo "$before") <(echo "$after")
}

@test "killed at any system call that changes something it is old or new" {
    command -v strace || skip "strace is not here"
    # The leak checker cannot work under a tracer.
    export ASAN_OPTIONS=detect_leaks=0
    fetch format-2-2
    cp -a archive before
    picture before/ >old
    strace -o /dev/null -e trace=none true || skip "nothing can be traced here"
    seen_old='' seen_new='' n=0
    for call in fsync,fdatasync rename,renameat,renameat2 unlink,unlinkat \
        pwrite64,write ftruncate,openat; do
        for ((n = 1; ; n++)); do
            rm -rf archive
            cp -a before archive
            status=0
            strace -f -qq -o /dev/null -e "trace=$call" \
                -e "inject=$call:signal=KILL:when=$n" \
                nindex -q -d archive upgrade 2>/dev/null || status=$?
            [ "$status" != 0 ] || break
            ((n < 2000))
            # Some calls are many; there is no end of what they have in common.
            ((n < 12 || n % 7 == 0)) || continue
            if [ "$(head -n 1 archive/manifest)" = "nsearch archive 2" ]; then
                # All that the old manifest lists is as it was.
                while read -r sum file; do
                    [ "$(sha256sum <"${file/before/archive}")" = "$sum  -" ]
                done < <(grep -E '^[0-9a-f]{64} .*(seg-|manifest|deletions)' old)
                seen_old=yes
            else
                seen_new=yes
            fi
            nindex -q -d archive upgrade
            is_new
            # Nothing of the killed one is left.
            run -0 find archive -name '*.tmp'
            [ -z "$output" ]
            [ "$(find archive -name 'seg-*.db' | wc -l)" = 2 ]
        done
    done
    [ "$seen_old" ]
    [ "$seen_new" ]
}
