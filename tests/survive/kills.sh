#!/usr/bin/env bash
# kills.sh NINDEX [COUNT]: COUNT (100) runs that are killed, each at a random
# moment; those that end before theirs comes are made, too, and not counted.
#
# Each run adds one file, so that what stands must be the files of all runs
# that ended, and perhaps that of the killed one; never a part of a file.
# Every tenth run merges as well.  RANDOM starts with SEED (1).
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
nindex=$(realpath "$1")
count=${2:-100}
RANDOM=${SEED:-1}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
# shellcheck source-path=SCRIPTDIR source=faults.bash
. "$here/faults.bash"

mkdir news
killed=0 finished=0 held=0
latest=300 # milliseconds that a run may have
for ((i = 1; killed < count; i++)); do
    for part in 1 2 3; do
        article "k$i-$part" "Headline $i" "Part $part of the text of $i."
    done >"news/$((RANDOM % 40)).jsonl"
    command=(news) status=0
    ((i % 10)) || [ ! -e archive/manifest ] || command=(optimize)
    {
        at=$((RANDOM % latest + 5))
        # In braces, so that the shell's own word of the kill goes there, too.
        timeout -s KILL "$((at / 1000)).$(printf '%03d' $((at % 1000)))" \
            "$nindex" -q -d archive "${command[@]}" || status=$?
    } 2>>errors
    case $status in
    0) # The later half of the moments comes too late: kill earlier.
        finished=$((finished + 1))
        ((latest <= 10)) || latest=$((latest - latest / 10))
        ;;
    137)
        killed=$((killed + 1))
        latest=$((latest + latest / 10 + 1))
        ;;
    3) # A reader that was being made when its run was killed has the lock
        # until it has closed what it was born with.
        ((++held < 50)) || die "run $i: the lock is still held"
        sleep 0.1
        continue
        ;;
    *) die "run $i ends with $status: $(tail -n 1 errors)" ;;
    esac
    held=0
    [ -e archive/manifest ] || continue
    "$nindex" -q -d archive check --quick || die "kill $i: not sound"
    # All parts of a file or none.
    partial=$("$nindex" -d archive dump |
        sed -n 's/^{"key":"\(k[0-9]*\)-.*/\1/p' | sort | uniq -c |
        awk '$1 != 3')
    [ -z "$partial" ] || die "kill $i: a part of a file: $partial"
done
"$nindex" -q -d archive news
cat news/*.jsonl | sed 's/^{"key":"\([^"]*\)".*/\1/' | sort >expected
"$nindex" -d archive dump | sed 's/^{"key":"\([^"]*\)".*/\1/' | sort >got
cmp -s expected got || die "an article was lost, or came back: $(diff expected got | head -3)"
"$nindex" -q -d archive check --full || die "not sound at the end"
echo "$killed runs killed, $finished ended before; nothing lost"
