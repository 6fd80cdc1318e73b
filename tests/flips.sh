#!/usr/bin/env bash
# flips.sh NINDEX [COUNT]: COUNT (100) archives with one bit flipped.
#
# nindex check must notice each, and name the file.  nsearch may find that out
# or not, but it ends with an exit code and a sentence, not by a signal.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
nindex=$(realpath "$1")
nsearch=${NSEARCH:-$(dirname "$nindex")/nsearch}
count=${2:-100}
RANDOM=${SEED:-1}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
# shellcheck source-path=SCRIPTDIR source=faults.bash
. "$here/faults.bash"

mkdir news
for ((i = 0; i < 50; i++)); do
    article "n$i" "Harbour $i" "The strike at the harbour, day $i. Word$i was said."
done >news/a.jsonl
"$nindex" -q -d before news
for ((flip = 1; flip <= count; flip++)); do
    rm -rf archive
    cp -a before archive
    files=(archive/manifest archive/seg-*)
    file=${files[RANDOM % ${#files[@]}]}
    chmod u+w "$file"
    size=$(stat -c %s "$file")
    at=$(((RANDOM << 15 | RANDOM) % size))
    byte=$(od -An -tu1 -j "$at" -N 1 "$file")
    printf '%b' "\\x$(printf %02x $((byte ^ 1 << RANDOM % 8)))" |
        dd of="$file" bs=1 seek="$at" conv=notrunc status=none
    status=0
    "$nindex" -q -d archive check 2>errors || status=$?
    [ "$status" = 6 ] || die "flip $flip, $file at $at: check ends with $status"
    grep -q "$(basename "$file")" errors || die "flip $flip: $file is not named"
    for query in harbour '"strike at the harbour"' word7; do
        status=0
        "$nsearch" -d archive "$query" >page 2>errors || status=$?
        [ "$status" -lt 128 ] || die "flip $flip, $file at $at: nsearch died: $status"
        [ "$status" -le 1 ] || [ -s errors ] || die "flip $flip: not a word"
    done
done
echo "$count flips, all noticed"
