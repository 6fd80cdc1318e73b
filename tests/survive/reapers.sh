#!/usr/bin/env bash
# reapers.sh NINDEX [COUNT]: COUNT (20) runs, readers of which are killed, each
# at a random moment, by SIGKILL or SIGTERM; runs that end before that are
# made, too, and not counted.
#
# A run that loses a reader in the middle of a file says so and ends with 5; one
# that does not has read everything.  The next run makes up for it without a
# word: every article of every file is there, and none that is in no file any
# more.  RANDOM starts with SEED (1).
# shellcheck disable=SC2119 # is_whole takes nothing
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
nindex=$(realpath "$1")
count=${2:-20}
RANDOM=${SEED:-1}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
# shellcheck source-path=SCRIPTDIR source=faults.bash
. "$here/faults.bash"

mkdir news keys
mkfifo pause # nothing is ever written to it
text=$(printf 'The strike at the harbour went on on day %d, the office says. ' {1..15})

# write_file NUMBER STEP: so many articles that the reading takes a while.  Some
# files are packed, and one is a feed.
write_file() {
    local most=$((RANDOM % 1500 + 1))

    seq -f "f$1-$2-%.0f" "$most" >"keys/$1"
    case $1 in
    0)
        {
            echo '<rss version="2.0"><channel><title>Coast</title>'
            sed "s|.*|<item><guid>&</guid><title>Of &</title><description>$text</description></item>|" keys/0
            echo '</channel></rss>'
        } >news/0.rss
        ;;
    1) sed "s/.*/{\"key\":\"&\",\"headline\":\"Of &\",\"body\":\"$text\"}/" keys/1 | gzip >news/1.jsonl.gz ;;
    *) sed "s/.*/{\"key\":\"&\",\"headline\":\"Of &\",\"body\":\"$text\"}/" "keys/$1" >"news/$1.jsonl" ;;
    esac
}

# Are the articles of all files there, and no others?
is_whole() {
    cat keys/* | sort >expected
    "$nindex" -d archive dump | sed 's/^{"key":"\([^"]*\)".*/\1/' | sort >got
    cmp -s expected got
}

# The readers of the process $1; false if it has none.
find_readers() {
    readers=()
    read -r -a readers 2>/dev/null <"/proc/$1/task/$1/children" || true
    ((${#readers[@]}))
}

# Until the process $1 has readers, or has ended.
await_readers() {
    until find_readers "$1" || [ ! -e "/proc/$1/exe" ]; do
        :
    done
}

# Strike a reader of the process $1, if there is one.  Three times of four the
# process is held before that, so that its readers come to a halt where they
# have written what a pipe takes.
strike() {
    local signals=(KILL TERM)

    ((RANDOM % 4 == 0)) || kill -STOP "$1" 2>/dev/null || true
    if find_readers "$1" && kill -"${signals[RANDOM % 2]}" "${readers[RANDOM % ${#readers[@]}]}" 2>/dev/null; then
        struck=$((struck + 1))
    fi
    kill -CONT "$1" 2>/dev/null || true
}

for ((file = 0; file < 8; file++)); do
    write_file "$file" 0
done
reaped=0 idle=0 twice=0
latest=40 # milliseconds until the first strike
for ((step = 1; reaped < count; step++)); do
    for _ in 1 2 3 4; do
        write_file $((RANDOM % 8)) "$step"
    done
    struck=0 status=0
    "$nindex" -q --workers 2 -d archive news 2>errors &
    run=$!
    await_readers "$run"
    for ((strikes = RANDOM % 3; strikes >= 0; strikes--)); do
        read -r -t "0.$(printf %03d $((RANDOM % latest)))" <>pause || true
        strike "$run"
    done
    wait "$run" || status=$?
    case $status in
    0)
        [ ! -s errors ] || die "step $step: exit code 0, but $(cat errors)"
        is_whole || die "step $step: exit code 0 without a word, but not all is there: $(diff expected got | head -3)"
        idle=$((idle + 1))
        # Most of the moments come too late: strike earlier.
        ((latest <= 10)) || latest=$((latest - latest / 10))
        continue
        ;;
    5) ((struck)) || die "step $step: nobody was killed: $(cat errors)" ;;
    *) die "step $step: ends with $status: $(cat errors)" ;;
    esac
    ! grep -vE '/news/[0-9].*(had its reader (killed|ended)|was not read: ).*; ([0-9]+ articles?|nothing) of it w.*, it is read again with the next run$' errors >&2 ||
        die "step $step: says something else"
    reaped=$((reaped + 1))
    [ "$(wc -l <errors)" = 1 ] || twice=$((twice + 1))
    ((latest >= 300)) || latest=$((latest + latest / 10 + 1))
    "$nindex" -q -d archive news 2>errors || die "step $step: the next run ends with $?: $(cat errors)"
    [ ! -s errors ] || die "step $step: the next run says $(cat errors)"
    is_whole || die "step $step: not all is there after the next run: $(diff expected got | head -3)"
done
"$nindex" -q -d archive check --full || die "not sound in the end"
echo "$reaped runs lost readers, $twice of them more than one; $idle did not; everything is there"
