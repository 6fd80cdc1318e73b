#!/usr/bin/env bash
# memory.sh NINDEX NSEARCH LEAN [POINTS]: a run, its reader, a take-down, a merge,
# a search and a visit of the page to which memory is refused, at POINTS (40; 0:
# each) of the allocations of each, once and from there on.
#
# Whatever the point: no signal ends them, what they say is true, the archive is
# sound and what it was before or after, and no page is cut off.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
nindex=$(realpath "$1") nsearch=$(realpath "$2") lean=$(realpath "$3")
points=${4:-40}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
# shellcheck source-path=SCRIPTDIR source=faults.bash
. "$here/faults.bash"
tried=0

make_before
article k4 Four "The fourth text." >news/c.jsonl
rm news/b.jsonl
# The libraries that parse these want memory, too.
cat >news/page.html <<'HTML'
<html lang="en"><head><title>Ferry late</title>
<meta property="article:published_time" content="2024-05-01"></head>
<body><article><h1>Ferry late</h1><p>The ferry to Lowmoor was late again on
Friday, the harbour office says.<p>It waited for the post.</article></body>
HTML
cat >news/wire.rss <<'RSS'
<?xml version="1.0"?><rss version="2.0"><channel><title>Coast</title>
<item><title>Bridge shut</title><guid>b1</guid><description>The bridge is shut
&amp; stays so.</description></item></channel></rss>
RSS
gzip >news/packed.jsonl.gz < <(article k6 Six "The sixth text.")
{
    printf 'WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/late\r\n'
    { printf 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n' && gzip <news/page.html; } >record
    printf 'Content-Length: %d\r\n\r\n' "$(wc -c <record)"
    cat record
    printf '\r\n\r\n'
} >news/pages.warc

fresh() {
    rm -rf archive
    cp -a before archive
}

# refuse WHICH COMMAND...: its exit code is left in `status`.
refuse() {
    local which=$1

    shift
    status=0
    LEAN=$which LD_PRELOAD=$lean "$@" >output 2>errors || status=$?
    ((status < 128)) || die "$*: LEAN=$which: died with exit code $status: $(cat errors)"
    ((status == 0)) || [ -s errors ] || die "$*: LEAN=$which: $status without a word"
    tried=$((tried + 1))
}

# places COMMAND...: the numbers of the allocations to refuse.
places() {
    local count

    LEAN_COUNT=1 LD_PRELOAD=$lean "$@" >/dev/null 2>count
    count=$(tail -n 1 count)
    if ((points == 0 || count <= points)); then
        seq "$count"
    else
        seq 1 $((count / points)) "$count"
    fi
}

# write_each COMMAND...: with each refusal, on a copy of the old archive.  The
# file `part`, where there is one, says what stands when a folder could not be
# read: that is told, and the next run makes up for it.
write_each() {
    local place which
    local -a states

    fresh
    "$nindex" "$@"
    standing archive >new
    fresh
    for place in $(places "$nindex" "$@"); do
        for which in "$place" "$place+"; do
            fresh
            refuse "$which" "$nindex" "$@"
            # What is refused is memory, and nothing else is to be blamed.
            ((status == 0 || status == 70)) ||
                die "$*: LEAN=$which: exit code $status: $(cat errors)"
            states=(old new)
            [ ! -s errors ] || [ ! -e part ] || states+=(part)
            check_archive archive "$*: LEAN=$which" "${states[@]}"
            ((status != 0)) || [ -s errors ] || cmp -s got new ||
                die "$*: LEAN=$which: exit code 0, but not done"
        done
    done
}

# read_each COMMAND...: with each refusal to the reader of this run.  That it
# lacks memory is no fault of a file, so it is told and left to the next run.
read_each() {
    local place which

    fresh
    "$nindex" "$@"
    standing archive >new
    fresh
    export LEAN_FORKED=1
    for place in $(places "$nindex" "$@"); do
        for which in "$place" "$place+"; do
            fresh
            refuse "$which" "$nindex" "$@"
            ((status == 0 || status == 5)) ||
                die "$*: its reader has LEAN=$which: exit code $status: $(cat errors)"
            "$nindex" -q -d archive check --full || die "its reader has LEAN=$which: not sound"
            standing archive >got
            if ((status == 0)); then
                [ ! -s errors ] || die "its reader has LEAN=$which: 0, but $(cat errors)"
                cmp -s got new || die "its reader has LEAN=$which: 0, but not done"
            fi
            "$nindex" "$@" 2>errors || die "its reader had LEAN=$which: the next run: $(cat errors)"
            [ ! -s errors ] || die "its reader had LEAN=$which: the next run: $(cat errors)"
            standing archive >got
            cmp -s got new || die "its reader had LEAN=$which: the next run does not make up for it"
        done
    done
    unset LEAN_FORKED
}

common=(-q -d archive --memory 8)
read_each --workers 1 --threads 1 --prune "${common[@]}" news
grep -v '"key":"k2"' old >part
write_each --workers 0 --threads 1 --prune "${common[@]}" news
rm part
write_each delete "${common[@]}" k2
write_each optimize "${common[@]}"
write_each optimize "${common[@]}" --rebuild-ranked

# Nothing found is an answer, too, and would be a wrong one.
fresh
"$nsearch" -d archive text >whole
for place in $(places "$nsearch" -d archive text); do
    for which in "$place" "$place+"; do
        refuse "$which" "$nsearch" -d archive text
        case $status in
        0) cmp -s output whole || grep -q memory errors ;;
        *) grep -q memory errors ;;
        esac || die "nsearch: LEAN=$which: another answer, and no word of memory"
    done
done

# Of the page, too: all of it, or none and a word in the log; it can do without
# the tag that browsers keep it by.  It is nsearch's neighbour.
printf '%s\n' "archive $work/archive" 'slots 0' >conf
export GATEWAY_INTERFACE=CGI/1.1 REQUEST_METHOD=GET QUERY_STRING=q=text
export NSEARCH_CGI_CONFIG=$work/conf
page=$(dirname "$nsearch")/nsearch.cgi
"$page" | grep -av '^ETag' >whole
for place in $(places "$page"); do
    for which in "$place" "$place+"; do
        refuse "$which" "$page"
        cmp -s <(grep -av '^ETag' output) whole || grep -q memory errors ||
            die "the page: LEAN=$which: another one, and no word of memory"
        [ ! -s output ] || is_whole output ||
            die "the page: LEAN=$which: it is cut off"
    done
done
echo "$tried refusals, none harmful"
