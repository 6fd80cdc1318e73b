#!/usr/bin/env bash
# faults.sh NINDEX - a run that is killed, or refused something, at every
# STEP-th system call of each kind (STEP=7 unless set).
#
# After each fault the archive must be sound and hold either what it held
# before or what the run was to make of it; and the next run, undisturbed,
# must make exactly that.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
nindex=$(realpath "$1")
step=${STEP:-7}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
# The leak checker cannot work under a tracer.
export ASAN_OPTIONS=detect_leaks=0
points=0

# shellcheck source-path=SCRIPTDIR source=faults.bash
. "$here/faults.bash"

# The archive as it was, in `before`, and the files as they are now.
mkdir news
article k1 One "The first text." >news/a.jsonl
article k2 Two "The second text." >news/b.jsonl
"$nindex" -q -d before news
standing before >old
{
    article k1 One "Another text."
    article k3 Three "A third one."
} >news/a.jsonl
rm news/b.jsonl
article k4 Four "The fourth text." >news/c.jsonl
run=(--workers 0 --threads 1 -q --prune -d archive news)
cp -a before archive
"$nindex" "${run[@]}"
standing archive >new
cmp -s old new && die "the run changes nothing; it would prove nothing"

# fault CALL ACTION: the run with this fault, in a copy of the old archive.
# Returns 1 when there are no more such calls.
fault() {
    local status=0

    rm -rf archive
    cp -a before archive
    # In a group, so that the shell's own "Killed" goes there, too.
    {
        strace -f -o trace -e "trace=$1" -e "inject=$1:$2" \
            "$nindex" "${run[@]}" || status=$?
    } 2>errors
    grep -q 'INJECTED\|killed by SIGKILL' trace || return 1
    points=$((points + 1))
    if [[ $2 == error=* && $status != 0 ]]; then
        # Where no write works, the sentence cannot be written either.
        [ -s errors ] || [ "$1" = write ] || die "$1 $2: exit code $status without a word"
        ((status < 128)) || die "$1 $2: died with exit code $status"
    fi
    check_archive archive "$1 $2" old new
    if [[ $2 == error=* && $status == 0 ]]; then
        cmp -s got new || die "$1 $2: exit code 0, but not all was done"
    fi
    "$nindex" "${run[@]}" || die "$1 $2: the next run fails"
    check_archive archive "$1 $2, and the run after it" new
    ! compgen -G 'archive/*.tmp*' >/dev/null || die "$1 $2: leftovers stay"
}

sweep() {
    local call=$1 action=$2 open_end=$3 when

    for ((when = 1; ; when += step)); do
        fault "$call" "$action:when=$when$open_end" || break
    done
}

for call in pwrite64 write fsync fdatasync rename unlink ftruncate openat; do
    sweep "$call" signal=SIGKILL ""
done
for call in pwrite64 write; do
    sweep "$call" error=ENOSPC +
    sweep "$call" error=EIO ""
done
for call in fsync fdatasync rename; do
    sweep "$call" error=EIO ""
done
echo "$points faults, none harmful"
