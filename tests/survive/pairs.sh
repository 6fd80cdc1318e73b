#!/usr/bin/env bash
# pairs.sh NINDEX [COUNT]: COUNT (10) times a run, a take-down or a merge that
# is killed at a random system call, and then, while the next one sets that
# right, another kill or a refusal at a random call.  RANDOM starts with SEED
# (1).
#
# After each the archive is sound and holds what it held before or what it was
# to hold; and undisturbed it holds that.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
nindex=$(realpath "$1")
count=${2:-10}
RANDOM=${SEED:-1}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
# The leak checker cannot work under a tracer.
export ASAN_OPTIONS=detect_leaks=0
# shellcheck source-path=SCRIPTDIR source=faults.bash
. "$here/faults.bash"

make_before
article k1 One "Another text." >news/a.jsonl
rm news/b.jsonl
article k4 Four "The fourth text." >news/c.jsonl

calls=(openat read pread64 write pwrite64 fsync fdatasync ftruncate rename unlink)
actions=(signal=SIGKILL signal=SIGKILL error=EIO error=ENOSPC error=EMFILE)

# hit ACTION: the command with this fault at a call chosen by chance.
hit() {
    local call=${calls[RANDOM % ${#calls[@]}]} made when
    made=$(grep -c "$call(" trace.whole || true)
    when=$((RANDOM % (made + 1) + 1))
    where="$1 at $call $when of $made"
    status=0
    {
        strace -f -o trace -e "trace=$call" \
            -e "inject=$call:$1:when=$when" \
            "$nindex" "${command[@]}" || status=$?
    } 2>>errors
}

first=0 second=0
for ((i = 1; i <= count; i++)); do
    common=(-q -d archive --memory 8)
    case $((RANDOM % 3)) in
    0) command=(--workers 0 --threads 1 --prune "${common[@]}" news) ;;
    1) command=(delete "${common[@]}" k2) ;;
    2) command=(optimize "${common[@]}") ;;
    esac
    rm -rf archive
    cp -a before archive
    strace -f -o trace.whole -e "trace=$(IFS=, && echo "${calls[*]}")" \
        "$nindex" "${command[@]}"
    standing archive >new
    rm -rf archive
    cp -a before archive
    hit signal=SIGKILL
    one=$where
    ((status < 128)) || first=$((first + 1))
    hit "${actions[RANDOM % ${#actions[@]}]}"
    two="pair $i (${command[*]}): $one, then $where"
    ((status == 0)) || second=$((second + 1))
    check_archive archive "$two" old new
    # A take-down that was done has nothing left to do.
    "$nindex" "${command[@]}" 2>errors || cmp -s got new ||
        die "$two: the next run fails: $(cat errors)"
    check_archive archive "$two, and again" new
    ! compgen -G 'archive/*.tmp*' >/dev/null || die "$two: leftovers stay"
done
echo "$count pairs: $first first kills struck, $second second faults; none harmful"
