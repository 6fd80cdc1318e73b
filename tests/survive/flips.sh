#!/usr/bin/env bash
# flips.sh NINDEX [COUNT]: COUNT (100) archives with one bit flipped.
#
# nindex check must notice each, and name the file.  nsearch and the search page
# may find that out or not, but they end with an exit code and a sentence, and
# with a whole answer, and never by a signal or in the words of a library.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
nindex=$(realpath "$1")
nsearch=${NSEARCH:-$(dirname "$nindex")/nsearch}
page=$(dirname "$nindex")/nsearch.cgi
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
printf '%s\n' "archive $work/archive" 'base_url http://a.example/' 'slots 0' \
    'soft_deadline 60000' 'hard_deadline 90000' 'cpu_seconds 60' >conf
declare -A answers

# The words of libraries and of the system.
raw='sqlite|fts5|SELECT|malformed|disk image|database|no such|syntax|zstd|error code'

ask_nsearch() {
    local status=0

    "$nsearch" -d archive "$1" >page 2>errors || status=$?
    [ "$status" -lt 128 ] || die "$what: nsearch died: $status"
    [ "$status" -le 1 ] || [ -s errors ] || die "$what: not a word"
    ! grep -iE "$raw" errors || die "$what: nsearch repeats a library"
}

visit_page() {
    local status=0 head

    env -i GATEWAY_INTERFACE=CGI/1.1 REQUEST_METHOD=GET QUERY_STRING="$1" \
        NSEARCH_CGI_CONFIG="$work/conf" "$page" >answer 2>errors || status=$?
    [ "$status" = 0 ] || die "$what: the page ends with $status"
    head=$(sed '/^\r$/q' answer | tr -d '\r')
    sed '1,/^\r$/d' answer >body
    [[ $head =~ ^'Status: '(200|404|500|503)' ' ]] || die "$what: the head is $head"
    answers[${BASH_REMATCH[1]}]=$((${answers[${BASH_REMATCH[1]}]:-0} + 1))
    is_whole answer || die "$what: an answer is cut off"
    [[ $head == *$'\nX-Content-Type-Options: nosniff'* ]] || die "$what: $head"
    [[ $head != *text/html* ]] || [ "$(tail -n 1 body)" = "</html>" ] ||
        die "$what: no whole page"
    ! grep -iE "$raw|seg-|$work" body || die "$what: the page tells too much"
    ! grep -iE "$raw" errors || die "$what: the page's log repeats a library"
    [ "$(wc -l <errors)" -le 1 ] || die "$what: more than a line in the log"
}

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
    what="flip $flip, $file at $at"
    status=0
    "$nindex" -q -d archive check 2>errors || status=$?
    [ "$status" = 6 ] || die "$what: check ends with $status"
    grep -q "$(basename "$file")" errors || die "$what: it is not named"
    for query in harbour '"strike at the harbour"' word7; do
        ask_nsearch "$query"
    done
    for query in 'q=harbour' 'q=word7&format=jsonl' 'q=day&article=n7' ''; do
        visit_page "$query"
    done
done
[ "${answers[200]:-0}" -gt 0 ] || die "no page was answered"
echo "$count flips, all noticed; answers of the page:" \
    "$(for code in "${!answers[@]}"; do echo "$code ${answers[$code]},"; done | sort | xargs)" \
    "none of them cut off"
