#!/usr/bin/env bash
# copies.sh NINDEX [SECONDS]: copies of an archive that is at work, made as
# nindex(5) says, for so many seconds (6).
#
# Runs, take-downs and merges go on all the time, and many are killed.  Each
# copy must be sound, answer with a state that was published, and go on as an
# archive of its own: what is added to it comes to what it had.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
nindex=$(realpath "$1")
nsearch=${NSEARCH:-$(dirname "$nindex")/nsearch}
seconds=${2:-6}
RANDOM=${SEED:-1}
work=$(mktemp -d)
trap 'touch stop; wait; rm -rf "$work"' EXIT
cd "$work"
# shellcheck source-path=SCRIPTDIR source=faults.bash
. "$here/faults.bash"
# shellcheck source-path=SCRIPTDIR source=churn.bash
. "$here/churn.bash"

# The ways of the manual: the commands of its first, second and third example,
# to the letter but for the copy's name.
commands_of() {
    awk -v wanted="$1" '/^\.Ss / { copies = /Copies and backups/ }
        copies && /^\.Bd/ { example++ }
        copies && example == wanted && sub(/^\$ /, "")' "$here/../../indexer/nindex/nindex.5"
}
ways=(first second third)
declare -A commands
for n in 1 2 3; do
    way=${ways[n - 1]}
    commands[$way]=$(commands_of "$n" | sed "s/\<copy\>/$way/")
    [ -n "${commands[$way]}" ] || die "the manual has no example $n"
done

# deletions FILE - the hashes of the keys that it says are deleted.
deletions() {
    sed -n 's/^deleted \([0-9a-f]*\).*/\1/p' "$1" 2>/dev/null | sort
}

# noted COPY: how many articles in `before` only the copy's file of deletions
# tells of, as when it was copied behind the manifest: its next run takes them
# down.
noted() {
    local key count=0

    comm -13 <(deletions "$1/manifest") <(deletions "$1/deletions") >only
    while [ -s only ] && read -r key; do
        ! grep -q "^$(printf %s "$key" | sha256sum | cut -d ' ' -f 1)$" only ||
            count=$((count + 1))
    done < <(sed 's/^{"key":"\([^"]*\)".*/\1/' before)
    echo "$count"
}

# judge COPY WAY: note what it answers, and use it as an archive.
judge() {
    local standing leave

    "$nindex" -q -d "$1" check --full 2>told || die "$2: not sound: $(cat told)"
    "$nindex" -d "$1" dump >before
    "$nsearch" -d "$1" -n 1000 --format jsonl part >hits 2>/dev/null ||
        [ $? = 1 ] || die "$2: the copy cannot be searched"
    state_of <before >>copied
    state_of <hits >>copied
    standing=$(wc -l <before)
    leave=$(noted "$1")
    "$nindex" -q -d "$1" more || die "$2: the copy cannot be written to"
    "$nindex" -d "$1" dump >after
    [ "$(wc -l <after)" = $((standing + 1 - leave)) ] || die "$2: something else came or went"
    "$nindex" -q -d "$1" check --full || die "$2: the copy that goes on is not sound"
}

mkdir more
article more-1 "Of the copy" "What only the copy has." >more/a.jsonl
start_churning
copies=0
end=$((SECONDS + seconds))
while [ "$SECONDS" -lt "$end" ] || ((copies < 3)); do
    rm -rf first
    for way in "${ways[@]}"; do
        bash -ec "${commands[$way]}" || die "$way way: ended with $?"
        rm -rf used
        cp -a "$way" used
        judge used "$way way"
        copies=$((copies + 1))
    done
done
stop_churning
sort -u copied | comm -13 states - >others
[ ! -s others ] || die "a copy has a state that was never published"
# In the archive's place: the next run makes up for what a copy missed.  What
# was deleted since has to be deleted again, and nothing else may be there more.
"$nindex" -q -d archive --prune news
for way in "${ways[@]}"; do
    "$nindex" -q -d "$way" --prune news
    "$nindex" -q -d "$way" check --full || die "$way way: not sound in the end"
    comm -3 <(standing archive) <(standing "$way") >differ
    ! grep -v '^	*{"key":"f[0-9]*-1"' differ || die "$way way: another outcome"
done
echo "$copies copies, $(sort -u copied | wc -l) states; $(cat churned)"
