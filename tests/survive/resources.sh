#!/usr/bin/env bash
# resources.sh NINDEX [FILES]: what a run over FILES (2,000) files keeps open
# and in memory, looked at all the time, and the largest file it makes.
#
# Open files must not grow with the number of files, and memory must stay
# within what the manual says: that of --memory for each thread, and 96 MB.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
nindex=$(realpath "$1")
count=${2:-2000}
memory=32 threads=2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
# shellcheck source-path=SCRIPTDIR source=faults.bash
. "$here/faults.bash"

awk -v count="$count" 'BEGIN {
    for (i = 0; i < count; i++) {
        if (i % 500 == 0) system("mkdir -p news/" int(i / 500))
        file = "news/" int(i / 500) "/" i ".jsonl"
        printf "{\"key\":\"k%d\",\"headline\":\"Number %d\",\"body\":\"", i, i > file
        for (w = 0; w < 200; w++) printf "w%d ", (i * 7919 + w * w) % 50021 > file
        printf "\"}\n" > file
        close(file)
    }
}'

"$nindex" -q -d archive --memory "$memory" --threads "$threads" --workers 2 news &
pid=$!
open=0 most=0 samples=0
while kill -0 "$pid" 2>/dev/null; do
    now=$(find "/proc/$pid/fd" -mindepth 1 2>/dev/null | wc -l || true)
    ((now <= open)) || open=$now
    size=$(awk '/^VmHWM/ { print $2 }' "/proc/$pid/status" 2>/dev/null || true)
    ((${size:-0} <= most)) || most=$size
    samples=$((samples + 1))
    sleep 0.02
done
wait "$pid" || die "the run failed"
((samples > 3)) || die "too quick to be looked at"
((open <= 48)) || die "$open files open at once"
limit=$(((memory * threads + 96) * 1024))
((most <= limit)) || die "$most KiB of memory, the manual says $limit"
"$nindex" -q -d archive check --full || die "not sound"
largest=$(find archive -type f -printf '%s\n' | sort -n | tail -n 1)
whole=$(du -sb news | cut -f1)
((largest <= 4 * whole)) || die "a file of $largest bytes, of $whole that were read"
echo "$count files: at most $open open, $((most / 1024)) MiB," \
    "the largest file $((largest >> 10)) KiB of $((whole >> 10)) KiB read ($samples looks)"
