#!/usr/bin/env bats
# Many writers of one archive at once: one works, the others are told so.
bats_require_minimum_version 1.5.0

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    mkdir news
    printf '{"key":"k1","headline":"H","body":"The harbour."}\n' >news/a.jsonl
    nindex -q -d archive news
    # What comes through this pipe comes when the test says so, and whoever
    # waits for it has the lock.  Held open, until it is let_go.
    mkfifo tap
    exec 8<>tap
}

teardown() {
    exec 8>&-
    local pids
    pids=$(jobs -p)
    # shellcheck disable=SC2086 # there may be several
    [ -z "$pids" ] || kill -9 $pids 2>/dev/null || true
}

# crowd N COMMAND...: so many at once, each with its exit code in a file of its
# own, and what it said.
crowd() {
    local count=$1 i
    shift
    for ((i = 0; i < count; i++)); do
        {
            status=0
            nindex -d archive "$@" <tap >"out.$i" 2>"err.$i" || status=$?
            echo "$status" >"code.$i.new"
            mv "code.$i.new" "code.$i"
        } 8>&- 3>&- &
    done
}

# Wait, but not for ever, until the command succeeds.
wait_until() {
    local try
    for ((try = 0; try < 2000; try++)); do
        ! "$@" || return 0
        sleep 0.05
    done
    echo "waited in vain: $*"
    return 1
}

have_ended() {
    [ "$(find . -maxdepth 1 -name 'code.*[0-9]' | wc -l)" -ge "$1" ]
}

is_locked() {
    ! flock -n archive/lock true
}

let_go() {
    printf '{"key":"k2","headline":"H","body":"The harbour."}\n' >&8
    exec 8>&-
    wait
}

# The sole one that goes on, its number in `one`.
find_the_one() {
    local i
    one=
    for ((i = 0; i < $1; i++)); do
        [ ! -e "code.$i" ] || continue
        [ -z "$one" ]
        one=$i
    done
    [ -n "$one" ]
}

@test "of fifty runs at once one works and the others say so" {
    crowd 50 -
    wait_until have_ended 49
    find_the_one 50
    [ "$(cat code.*[0-9] | sort | uniq -c | xargs)" = "49 3" ]
    [ "$(cat err.*[0-9] | sort | uniq -c | xargs)" = \
        "49 nindex: archive: another nindex is already running here" ]
    # Who only reads is not kept out.
    nindex -q -d archive check
    [ "$(nsearch -c -d archive harbour)" = 1 ]
    let_go
    [ "$(cat "code.$one")" = 0 ]
    [[ $(cat out.*[0-9]) == "added 1;"* ]]
    [ "$(nindex -d archive dump | wc -l)" = 2 ]
    nindex -q -d archive check --full
}

@test "from cron the others end without a word" {
    crowd 50 --cron -
    wait_until have_ended 49
    find_the_one 50
    [ "$(cat code.*[0-9] | sort | uniq -c | xargs)" = "49 0" ]
    let_go
    [ "$(cat "code.$one")" = 0 ]
    [ -z "$(cat out.*[0-9] err.*[0-9])" ]
    [ "$(sed -n 's/^generation //p' archive/manifest)" = 2 ]
    [ "$(nindex -d archive dump | wc -l)" = 2 ]
}

@test "a first run for which fifty compete makes one archive" {
    rm -r archive
    crowd 50 --cron -
    wait_until have_ended 49
    find_the_one 50
    [ "$(cat code.*[0-9] | sort | uniq -c | xargs)" = "49 0" ]
    let_go
    [ -z "$(cat out.*[0-9] err.*[0-9])" ]
    [ "$(nindex -d archive dump | wc -l)" = 1 ]
    nindex -q -d archive check --full
}

# Two first runs, one of which stops between its look at the empty folder and
# the lock until the other is done.
@test "a first run that comes late does not begin the archive again" {
    rm -r archive
    printf '{"key":"k2","headline":"H","body":"The harbour."}\n' >late.jsonl
    # The leak checker cannot work under a tracer.
    ASAN_OPTIONS=detect_leaks=0 strace -o trace -P archive/lock -e trace=openat \
        -e inject=openat:signal=SIGSTOP \
        nindex -q -d archive --workers 0 late.jsonl 3>&- &
    wait_until grep -qs 'stopped by SIGSTOP' trace
    [ ! -e archive/manifest ]
    nindex -q -d archive news
    kill -CONT "$(pgrep -P $!)"
    wait $!
    [ "$(nindex -d archive dump | wc -l)" = 2 ]
    nindex -q -d archive check --full
}

@test "every command that writes is kept out, and let in when the run is killed" {
    nindex -q -d archive --workers 2 - <tap 8>&- 3>&- &
    holder=$!
    wait_until is_locked
    before=$(cd archive && sha256sum -- *)
    for command in news "delete k1" "delete --undelete k1" optimize \
        "optimize --rebuild-ranked" repair; do
        # shellcheck disable=SC2086
        run -3 --separate-stderr nindex -d archive $command
        # shellcheck disable=SC2154 # --separate-stderr sets it
        [ "$stderr" = "nindex: archive: another nindex is already running here" ]
        [ -z "$output" ]
    done
    [ "$before" = "$(cd archive && sha256sum -- *)" ]
    kill -9 "$holder"
    wait "$holder" || true
    run -0 nindex -d archive delete k1
    [ "$output" = "k1: deleted" ]
    nindex -q -d archive check --full
}
