#!/usr/bin/env bash
# faults.sh NINDEX: a run, a take-down and a merge that are killed, or refused
# something, at every STEP-th system call of each kind (STEP=17 unless set).
#
# After each fault the archive must be sound and hold either what it held
# before or what the command was to make of it; and the same command again,
# undisturbed, must make exactly that.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
nindex=$(realpath "$1")
step=${STEP:-17}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
# The leak checker cannot work under a tracer.
export ASAN_OPTIONS=detect_leaks=0
# shellcheck source-path=SCRIPTDIR source=faults.bash
. "$here/faults.bash"

points=0

make_before
mkdir again
cp news/b.jsonl again/
# The files as they are now.
{
    article k1 One "Another text."
    article k3 Three "A third one."
} >news/a.jsonl
rm news/b.jsonl
article k4 Four "The fourth text." >news/c.jsonl

# A take-down that was done, and then manifest and catalog are lost: the article
# does not come back, be it in segments that were left or in its source.
check_loss() {
    [ "$verb" = delete ] && ! grep -q '"key":"k2"' got || return 0
    rm -rf lost
    cp -a archive lost
    rm lost/manifest lost/catalog.db
    "$nindex" -q -d lost repair || die "$1: no repair"
    "$nindex" -q -d lost again
    ! standing lost | grep -q '"key":"k2"' ||
        die "$1: manifest and catalog are lost, and it comes back"
}

# fault CALL ACTION: the command with this fault, in a copy of the old
# archive.  Returns 1 when there are no more such calls.
fault() {
    local status=0 where="$verb: $1 $2"
    local -a states

    rm -rf archive
    cp -a before archive
    # In a group, so that the shell's own "Killed" goes there, too.
    {
        strace -f -o trace -e "trace=$1" -e "inject=$1:$2" \
            "$nindex" "${command[@]}" || status=$?
    } 2>errors
    grep -q 'INJECTED\|killed by SIGKILL' trace || return 1
    points=$((points + 1))
    if [[ $2 == error=* && $status != 0 ]]; then
        # Where no write works, the sentence cannot be written either.
        [ -s errors ] || [ "$1" = write ] || die "$where: exit code $status without a word"
        ((status < 128)) || die "$where: died with exit code $status"
    fi
    # A file that could not be read is named and does not stop the run.
    states=(old new)
    [[ $2 != error=* || $status != 0 || ! -s errors ]] || states+=(mixed-*)
    check_archive archive "$where" "${states[@]}"
    if [[ $2 == error=* && $status == 0 && ! -s errors ]]; then
        cmp -s got new || die "$where: exit code 0, but not all was done"
    fi
    check_loss "$where"
    # A take-down that was done before it was killed has nothing left to do.
    "$nindex" "${command[@]}" 2>errors || cmp -s got new ||
        die "$where: the next run fails: $(cat errors)"
    check_archive archive "$where, and again" new
    ! compgen -G 'archive/*.tmp*' >/dev/null || die "$where: leftovers stay"
}

# What stands when some of the files were read and others could not be.
mix() {
    local a b c

    rm -f mixed-*
    [ "$verb" = run ] || return 0
    for a in old new; do
        for b in k2 none; do
            for c in k4 none; do
                {
                    grep '"key":"k[13]"' "$a"
                    grep "\"key\":\"$b\"" old || true
                    grep "\"key\":\"$c\"" new || true
                    grep '"key":"k5"' new
                } | sort >"mixed-$a-$b-$c"
            done
        done
    done
}

sweep() {
    local call=$1 action=$2 open_end=$3 when

    for ((when = 1; ; when += step)); do
        fault "$call" "$action:when=$when$open_end" || break
    done
}

sweep_all() {
    local call

    rm -rf archive
    cp -a before archive
    "$nindex" "${command[@]}"
    standing archive >new
    mix
    for call in pwrite64 write fsync fdatasync rename unlink ftruncate openat; do
        sweep "$call" signal=SIGKILL ""
    done
    for call in pwrite64 write; do
        sweep "$call" error=ENOSPC +
        sweep "$call" error=ENOSPC ""
        sweep "$call" error=EIO ""
        sweep "$call" error=EIO +
        sweep "$call" error=EINTR ""
    done
    for call in fsync fdatasync rename ftruncate unlink; do
        sweep "$call" error=EIO ""
        sweep "$call" error=EIO +
    done
    for call in read pread64; do
        sweep "$call" error=EIO ""
        sweep "$call" error=EINTR ""
    done
    sweep openat error=EMFILE ""
    sweep openat error=EMFILE +
    sweep openat error=EINTR ""
}

common=(-q -d archive --memory 8)
for verb in ${VERBS:-run delete optimize}; do
    case $verb in
    run) command=(--workers 0 --threads 1 --prune "${common[@]}" news) ;;
    delete) command=(delete "${common[@]}" k2) ;;
    optimize) command=(optimize "${common[@]}") ;;
    esac
    sweep_all
done
echo "$points faults, none harmful"
