#!/usr/bin/env bash
# startup.sh NSEARCH.CGI [COUNT]: what it costs to start the page and to
# confine it, beside a program that does nothing.
#
# COUNT (200) times each, by turns: /bin/true, and a visit that is answered
# without a search.  Prints the medians, by the clock and of the processor.
# The page is to need at most 5 ms more; what fails is 8 ms of the processor,
# for a busy machine makes both longer.
set -euo pipefail

cgi=$(realpath "$1")
count=${2:-200}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{"id": "1", "title": "Harbour", "body": "A strike."}' |
    "$(dirname "$cgi")/nindex" -q -d archive -
printf '%s\n' "archive $work/archive" 'require_sandbox yes' >conf

# timed FILE COMMAND... - run it, and add how many milliseconds it took: by
# the clock, of the processor.
timed() {
    local file=$1 TIMEFORMAT='%R %U %S'
    shift
    { time "$@" >answer; } 2>took
    awk '{ print $1 * 1000, ($2 + $3) * 1000 }' took >>"$file"
}

# median FILE COLUMN
median() {
    cut -d ' ' -f "$2" "$1" | sort -n | sed -n "$((count / 2 + 1))p"
}

export GATEWAY_INTERFACE=CGI/1.1 REQUEST_METHOD=GET QUERY_STRING=show=help
export NSEARCH_CGI_CONFIG=$work/conf
for ((i = 0; i < count; i++)); do
    timed bare /bin/true
    timed page "$cgi"
    grep -q '^Status: 200' answer
done
echo "median of $count in ms: bare process $(median bare 1), page $(median page 1);" \
    "of the processor $(median bare 2) and $(median page 2)"
[ $(($(median page 2) - $(median bare 2))) -le 8 ]
