#!/usr/bin/env bats
# What becomes of a file whose reader, the process that parses it, does not
# come to its end.
bats_require_minimum_version 1.5.0

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    mkdir in
    export NSEARCH_ARCHIVE=$PWD/archive
    # Where there is a sanitizer: it cannot look for leaks below strace, and a
    # signal that ends a reader is not its to report.
    export ASAN_OPTIONS=detect_leaks=0:handle_segv=0
    big=$PWD/in/big.jsonl
    make_big 60000
    printf '{"key":"z","headline":"After it","body":"Text."}\n' >in/z.jsonl
}

make_big() {
    count=$1
    awk -v count="$1" 'BEGIN {
        for (i = 0; i < count; i++)
            printf "{\"key\":\"k%d\",\"headline\":\"Number %d\",\"body\":\"The text of %d, on %d lines and in %d words.\"}\n", i, i, i, i % 7, i % 97
    }' >"$big"
}

# The reader of the process $1 that has the big file open.
reader_of() {
    local child

    for child in $(pgrep -P "$1"); do
        if readlink /proc/"$child"/fd/* 2>/dev/null | grep -qF "$big"; then
            echo "$child"
            return 0
        fi
    done
    return 1
}

# strike SIGNAL: a run, the reader of which meets this signal in the middle of
# the big file: it waits for the run to take what it has written, and the run
# is stopped.  Leaves the exit code in `status` and what was said in `errors`.
# A reader that was through with the file before is not struck: then again, and
# with more to read, for the machine has other things to do.
strike() {
    until strike_once "$1"; do
        rm -rf archive
        make_big $((count < 500000 ? count * 2 : count))
    done
}

strike_once() {
    local run reader before=x now=y struck=0

    nindex -q --workers 1 in 2>errors 3>&- &
    run=$!
    until reader=$(reader_of "$run"); do
        kill -0 "$run" || break
    done
    kill -STOP "$run" || true
    until [ "$before" = "$now" ]; do
        before=$now
        sleep 0.1
        now=$(cut -d ' ' -f 3,14,15 "/proc/$reader/stat" 2>/dev/null) || true
    done
    # Z: it has ended and nobody has looked.
    case $now in
    '' | Z*) struck=1 ;;
    *) kill -"$1" "$reader" || struck=1 ;;
    esac
    kill -CONT "$run" || true
    status=0
    wait "$run" || status=$?
    return $struck
}

# The articles that stand, and no other.
standing() {
    nindex dump | jq -r .key | sort >standing.out
    wc -l <standing.out
}

# interrupted WORDS: that is said of the file, with how much of it is there,
# and the next run makes up for it.
interrupted() {
    [ "$status" = 5 ]
    kept=$(nindex dump | grep -c '"key":"k')
    [ "$kept" -gt 0 ]
    [ "$kept" -lt "$count" ]
    diff errors - <<<"nindex: $big $1; $kept articles of it were kept, it is read again with the next run"
    nindex dump | grep -q '"key":"z"'
    nindex info --failures | diff - <(sed 's/^nindex: //' errors)
    nindex -q check --full
    run -0 --separate-stderr nindex in
    [ -z "$stderr" ]
    [[ $output == "added $((count - kept)), same $kept; files read 1, unchanged 1,"* ]]
    [ "$(standing)" = $((count + 1)) ]
    run -0 nindex info --failures
    [ -z "$output" ]
}

@test "a reader that is killed leaves its file to the next run" {
    strike KILL
    interrupted "had its reader killed, perhaps for want of memory"
}

@test "a reader that somebody ends leaves its file to the next run" {
    strike TERM
    interrupted "had its reader ended from outside"
    # That its time is up has to be true.
    rm -r archive
    strike XCPU
    interrupted "had its reader ended from outside"
}

@test "a reader that its file has crashed is not sent there again" {
    strike SEGV
    [ "$status" = 0 ]
    kept=$(nindex dump | grep -c '"key":"k')
    diff errors - <<<"nindex: $big crashed its reader; $kept articles of it were kept, it is read again when it changes, by another version or with --again"
    run -0 --separate-stderr nindex in
    [ -z "$stderr" ]
    [[ $output == "nothing new; files read 0, unchanged 2,"* ]]
    nindex -q --again in
    [ "$(standing)" = $((count + 1)) ]
}

@test "a file that is away for a moment is not forgotten" {
    nindex -q in/z.jsonl
    run -0 --separate-stderr strace -f -qq -o trace -e trace=openat2 \
        -e inject=openat2:error=ENOENT:when=1..2 nindex -q --workers 1 in
    [[ $stderr == *"$big: No such file or directory" ]]
    run -0 nindex in
    [ "$(standing)" = $((count + 1)) ]
}

# hard NAME TENTHS: a file of one article that takes its reader so many tenths
# of a second of CPU time.
hard() {
    printf '{"burn":%d,"key":"%s","headline":"Hard","body":"Hard to read."}\n' "$2" "$1" >"hard/$1.jsonl"
}

# burning COMMAND...: with what makes such files hard to read.
burning() {
    LD_PRELOAD=$BUILD/tests/libburner.so "$@"
}

needs_burner() {
    [ -e "$BUILD/tests/libburner.so" ] || skip "a sanitizer takes its own time"
    mkdir hard
}

@test "a file that takes too long is read again when it may take longer" {
    needs_burner
    hard a 60
    hard b 60
    hard c 0
    local too_long="took too much time; nothing of it was kept, it is read again when it changes, with a higher limit or with --again"
    run -0 --separate-stderr burning nindex -q --file-time 1 hard
    [ "$stderr" = "nindex: $PWD/hard/a.jsonl $too_long
nindex: $PWD/hard/b.jsonl $too_long" ]
    [ "$(standing)" = 1 ]
    run -0 --separate-stderr burning nindex --file-time 1 hard
    [[ $output == "nothing new; files read 0, unchanged 3,"* ]]
    [ -z "$stderr" ]
    # Another version of the program may do better.
    sqlite3 archive/catalog.db "UPDATE met_limit SET program='0.9' WHERE
        file=(SELECT id FROM file WHERE path LIKE '%/a.jsonl')"
    run -0 --separate-stderr burning nindex --file-time 1 hard
    [[ $output == "failed files 1; files read 1, unchanged 2,"* ]]
    # So may more time, and this process, which has no limit.
    run -0 --separate-stderr burning nindex --file-time 20 hard/a.jsonl
    [[ $output == "added 1; files read 1, unchanged 0,"* ]]
    run -0 --separate-stderr nindex --workers 0 hard
    [[ $output == "added 1; files read 1, unchanged 2,"* ]]
    run -0 nindex info --failures
    [ -z "$output" ]
    run -0 nindex hard
    [[ $output == "nothing new;"* ]]
}

@test "a file that needs too much memory is read again when it may have more" {
    grep -q __asan_init "$BUILD/nindex" && skip "a sanitizer has its own memory"
    {
        printf '{"key":"first","headline":"First","body":"Text."}\n'
        printf '{"key":"large","headline":"Large","body":"'
        yes 'Words and more words.' | head -c 30000000 | tr '\n' ' '
        printf '"}\n{"key":"last","headline":"Last","body":"Text."}\n'
    } >in/z.jsonl
    rm "$big"
    run -0 --separate-stderr nindex -q --file-memory 64 in
    [ "$stderr" = "nindex: $PWD/in/z.jsonl needed more memory than a reader is given; nothing of it was kept, it is read again when it changes, with a higher limit or with --again" ]
    run -0 --separate-stderr nindex --file-memory 64 in
    [[ $output == "nothing new;"* ]]
    run -0 --separate-stderr nindex --file-memory 512 in
    [[ $output == "added 3; files read 1,"* ]]
    [ -z "$stderr" ]
}

@test "files that take too long do not hold up the others for long" {
    needs_burner
    # Of 2 seconds each, there is time for one of them.
    local patient=(--workers 1 --file-time 2 --patience 2)
    local too_long="took too much time; nothing of it was kept, it is read again when it changes, with a higher limit or with --again"
    local given_up="took longer than there was time for, after others had taken too long; nothing of it was kept, it is read again with the next run"
    hard bad1 1000000
    hard bad2 1000000
    hard bad3 1000000
    for i in {1..30}; do
        hard "good$i" 0
    done
    run -0 --separate-stderr burning nindex "${patient[@]}" hard
    [[ $output == "added 30, failed files 1, left for the next run 2; files read 33,"* ]]
    [ "$stderr" = "nindex: $PWD/hard/bad1.jsonl $too_long
nindex: $PWD/hard/bad2.jsonl $given_up
nindex: $PWD/hard/bad3.jsonl $given_up" ]
    # shellcheck disable=SC2001 # of every line
    nindex info --failures | diff - <(sed 's/^nindex: //' <<<"$stderr")
    # The next one comes back to them, but is not made to wait twice.
    run -1 --separate-stderr burning nindex --strict "${patient[@]}" hard
    [[ $output == "failed files 1, left for the next run 1; files read 1, unchanged 31,"* ]]
    [ "$stderr" = "nindex: $PWD/hard/bad2.jsonl $too_long
nindex: 1 more file took too long before and is left to the next run" ]
    run -0 --separate-stderr burning nindex "${patient[@]}" hard
    [ "$stderr" = "nindex: $PWD/hard/bad3.jsonl $too_long" ]
    run -0 --separate-stderr burning nindex "${patient[@]}" hard
    [[ $output == "nothing new; files read 0, unchanged 33,"* ]]
    [ -z "$stderr" ]
}

# under INJECTION... - what nindex says, with the options `options`, of a small
# file on a kernel where strace makes these system calls fail.
under() {
    local injections=()

    for injection in "$@"; do
        injections+=(-e "inject=$injection")
    done
    rm -rf archive
    run --separate-stderr strace -f -qq -o trace -e trace=landlock_create_ruleset,seccomp \
        "${injections[@]}" nindex -q --workers 2 "${options[@]}" in/z.jsonl
}

no_landlock=landlock_create_ruleset:error=ENOSYS
no_seccomp=seccomp:error=ENOSYS

needs_sandbox() {
    ! grep -q __asan_init "$BUILD/nindex" || skip "this build has a sanitizer"
    options=()
}

@test "a kernel that lacks half of the sandbox is named in one line" {
    needs_sandbox
    under "$no_landlock"
    [ "$status" = 0 ]
    [ "$stderr" = "nindex: half a sandbox: this kernel has no Landlock; only seccomp is left" ]
    [ "$(standing)" = 1 ]
    # Where there is nothing to read there is nothing to say.
    run -0 --separate-stderr strace -f -qq -o trace -e inject="$no_landlock" nindex --cron in/z.jsonl
    [ -z "$output$stderr" ]
    under "$no_seccomp"
    [ "$status" = 0 ]
    [ "$stderr" = "nindex: half a sandbox: this kernel has no seccomp; only Landlock is left" ]
    [ "$(standing)" = 1 ]
    options=(--explain)
    under "$no_landlock"
    [ "$status" = 0 ]
    [ "$stderr" = "nindex: half a sandbox: this kernel has no Landlock; only seccomp is left" ]
}

@test "without a sandbox nothing is read" {
    needs_sandbox
    under "$no_landlock" "$no_seccomp"
    [ "$status" = 5 ]
    [ "$stderr" = "nindex: no sandbox: this kernel has neither Landlock nor seccomp; nothing was read" ]
    [ "$(standing)" = 0 ]
    # The next run, on another kernel, has everything to do.
    run -0 nindex in/z.jsonl
    [[ $output == "added 1; files read 1,"* ]]
}

@test "readers that must be locked in are not started where they cannot be" {
    needs_sandbox
    options=(--require-sandbox)
    under
    [ "$status" = 0 ]
    [ -z "$stderr" ]
    [ "$(standing)" = 1 ]
    for kernel in "$no_landlock" "$no_seccomp" "$no_landlock $no_seccomp"; do
        # shellcheck disable=SC2086 # an injection has no blanks in it
        under $kernel
        [ "$status" = 5 ]
        [[ $stderr == "nindex: "*" a sandbox: "*"; nothing was read" || $stderr == "nindex: no sandbox: "* ]]
        [ "$(wc -l <<<"$stderr")" = 1 ]
        [ "$(standing)" = 0 ]
    done
    # What this process reads itself is read in no sandbox.
    run -2 --separate-stderr nindex --require-sandbox --workers 0 in/z.jsonl
    run -2 --separate-stderr nindex --require-sandbox - <in/z.jsonl
    [ "$stderr" = "nindex: --require-sandbox: nindex itself, which reads the standard input, is in none" ]
}
