#!/usr/bin/env bash
# readers.sh NINDEX [SECONDS]: two readers beside an archive that is at work,
# for so many seconds (8): nsearch, and the search page; as root, they are
# somebody who may write nowhere.
#
# Runs, take-downs and merges go on all the time, and many are killed.  No
# reader may see an error, and each answer is a state that was published.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
build=$(dirname "$(realpath "$1")")
seconds=${2:-8}
RANDOM=${SEED:-1}
work=$(mktemp -d)
trap 'touch stop; wait; rm -rf "$work"' EXIT
cd "$work"
# shellcheck source-path=SCRIPTDIR source=faults.bash
. "$here/faults.bash"
# shellcheck source-path=SCRIPTDIR source=churn.bash
. "$here/churn.bash"

# Where a stranger gets at them.
chmod 755 .
mkdir bin
cp "$build"/{nindex,nsearch,nsearch.cgi} bin
nindex=$work/bin/nindex
stranger=()
[ "$(id -u)" != 0 ] ||
    stranger=(setpriv --reuid=65534 --regid=65534 --clear-groups)

# Time is no matter here, however much else the machine has to do.
printf '%s\n' "archive $work/archive" 'slots 0' 'soft_deadline 60000' \
    'hard_deadline 90000' 'cpu_seconds 60' >conf

# Both leave what they found in the file `found`.
ask_nsearch() {
    local status=0

    "${stranger[@]}" bin/nsearch -d archive -n 1000 --format jsonl part \
        >found 2>said || status=$?
    [ "$status" = 0 ] || { [ "$status" = 1 ] && [ ! -s found ]; } ||
        die "nsearch ends with $status: $(cat said)"
}

ask_page() {
    local head

    "${stranger[@]}" env -i GATEWAY_INTERFACE=CGI/1.1 REQUEST_METHOD=GET \
        QUERY_STRING='q=part&n=50&format=jsonl' NSEARCH_CGI_CONFIG="$work/conf" \
        bin/nsearch.cgi >answer 2>said || die "the page ends with $?: $(cat said)"
    head=$(head -n 1 answer | tr -d '\r')
    [[ $head == "Status: 200 OK" && ! -s said ]] ||
        die "the page answers $head: $(cat said)"
    sed '1,/^\r$/d' answer >found
}

# read_on ASK: until there is a file `stop`.  In a folder of its own, which in
# the end has the number of its reads, and all answers that differ.
read_on() {
    local reads=0 sum

    mkdir -p "$1/seen"
    cd "$1"
    ln -s ../archive ../bin .
    until [ -e ../stop ]; do
        "$1"
        sum=$(cksum <found)
        mv found "seen/${sum/ /-}"
        reads=$((reads + 1))
    done
    echo "$reads" >reads
}

start_churning
readers=()
for ask in ask_nsearch ask_page; do
    read_on "$ask" &
    readers+=($!)
done
end=$((SECONDS + seconds))
# A slow machine takes longer to give them something to read.
while { [ "$SECONDS" -lt "$end" ] || [ "$(sort -u published | wc -l)" -lt 9 ]; } &&
    kill -0 "${readers[@]}" "$churning" 2>/dev/null; do
    sleep 0.2
done
stop_churning
wait "${readers[0]}" || die "nsearch has failed"
wait "${readers[1]}" || die "the page has failed"
for ask in ask_nsearch ask_page; do
    for answer in "$ask"/seen/*; do
        state_of <"$answer"
    done | sort -u >states-seen
    comm -13 states states-seen >others
    [ ! -s others ] || die "$ask: a state that was never published"
    [ "$(wc -l <states-seen)" -gt 2 ] || die "$ask: nothing went on beside it"
done
"$nindex" -q -d archive check --full || die "not sound in the end"
echo "$(cat ask_nsearch/reads) reads by nsearch, $(cat ask_page/reads) by the" \
    "page, $(wc -l <states) states; $(cat churned)"
