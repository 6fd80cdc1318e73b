#!/usr/bin/env bash
# kills.sh NINDEX [COUNT]: runs that are killed at COUNT (100) random moments.
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
killed=0 finished=0
for ((i = 1; i <= count; i++)); do
    for part in 1 2 3; do
        article "k$i-$part" "Headline $i" "Part $part of the text of $i."
    done >"news/$((RANDOM % 40)).jsonl"
    command=(news)
    ((i % 10)) || command=(optimize)
    {
        timeout -s KILL "0.$(printf '%03d' $((RANDOM % 300 + 5)))" \
            "$nindex" -q -d archive "${command[@]}" && finished=$((finished + 1)) ||
            killed=$((killed + 1))
    } 2>>errors
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
