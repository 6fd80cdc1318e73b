#!/usr/bin/env bash
# scaling.sh SCALING [KIND ...]: four times as much is four times the work.
#
# Counts the instructions that readers need for what they find hardest, in two
# sizes (scaling.c has the kinds), by valgrind, so that neither the machine nor
# what else it does makes a difference.  Beyond what an input without any of it
# costs, four times the size may cost at most 5.5 times the work; the square of
# a part of it is 16 times that part.
#
# Prints for each kind the bytes, the instructions in millions and how many
# times they are.  Exit 1 if a kind costs more.
set -euo pipefail

scaling=$(realpath "$1")
shift
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# A dump each time that measured() returns, of what was counted inside it.
valgrind -q --tool=callgrind --callgrind-out-file="$work/count" \
    --toggle-collect=measured --dump-after=measured --combine-dumps=no \
    "$scaling" "$@" >"$work/calls" 2>"$work/log" || {
    cat "$work/log" >&2
    exit 1
}
calls=$(wc -l <"$work/calls")
[ "$calls" -gt 0 ]
for ((i = 1; i <= calls; i++)); do
    sed -n 's/^totals: *//p' "$work/count.$i"
done >"$work/counts"

paste -d ' ' "$work/calls" "$work/counts" | awk '
    NF != 5 { print "no count: " $0; bad = 1; next }
    $1 != kind { kind = $1; bare = $5; next }
    !small { small = $5 - bare; bytes = $2; next }
    {
        times = ($5 - bare) / small
        wrong = times > 5.5
        printf "%-22s %7d %7d bytes  %6.1f %6.1f million  x %5.2f%s\n", kind,
            bytes, $2, small / 1e6, ($5 - bare) / 1e6, times,
            wrong ? "  more than linear" : ""
        bad = bad || wrong
        small = 0
    }
    END { exit bad }'
