#!/usr/bin/env bash
# watch.sh NINDEX NSEARCH [COUNT]: COUNT (100) rounds of articles added, changed
# and taken down, and of a saved search that tells what is new, both killed at
# any moment; each article is told once.
#
# Told is by turns into a file and into a spool.  Half of the kills of nsearch
# come at a random moment, half before a random one of its system calls that
# write, so that none between two of them is left out.  RANDOM starts with
# SEED (1).
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
nindex=$(realpath "$1")
nsearch=$(realpath "$2")
count=${3:-100}
RANDOM=${SEED:-1}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
# shellcheck source-path=SCRIPTDIR source=faults.bash
. "$here/faults.bash"

export HOME=$work NSEARCH_ARCHIVE=$work/archive
unset XDG_CONFIG_HOME XDG_STATE_HOME
strace=$(command -v strace || true)
# LeakSanitizer, where it is, cannot work below strace.
export ASAN_OPTIONS=detect_leaks=0

# The rest of the line is a command that a kill may end.
killed=0
maybe_killed() {
    local status=0 calls=(write rename fsync unlink openat)
    local -a kill=()

    case $((RANDOM % 4)) in
    0) kill=(timeout -s KILL "0.0$((RANDOM % 30 + 1))") ;;
    1)
        [ -z "$strace" ] || kill=("$strace" -o /dev/null -e
            "inject=${calls[RANDOM % 5]}:signal=KILL:when=$((RANDOM % 12 + 1))")
        ;;
    esac
    # In braces, so that the shell's own word of the kill goes there, too.
    {
        "${kill[@]}" "$@" || status=$?
    } 2>>errors
    [ "$status" != 137 ] || killed=$((killed + 1))
    return "$status"
}

change() {
    local status=0 key=k$1 old
    local -a command=(news)

    case $((RANDOM % 8)) in
    [0-4]) article "$key" "Harbour $1" "The strike." >"news/$key.jsonl" ;;
    5) # An article that is changed is not new.
        old=k$((RANDOM % $1))
        [ ! -e "news/$old.jsonl" ] ||
            article "$old" "Harbour, again at $1" "Strike." >"news/$old.jsonl"
        ;;
    6) command=(delete "k$((RANDOM % $1))") ;;
    7) command=(optimize) ;;
    esac
    maybe_killed "$nindex" -q "${command[@]}" || status=$?
    case $status in
    0 | 2 | 3 | 137) ;;
    *) die "round $1: nindex ${command[*]}: $status: $(tail -n 1 errors)" ;;
    esac
}

tell() {
    local status=0
    local -a way=()

    ((RANDOM % 2)) || way=(--spool spool)
    maybe_killed "$nsearch" --new watch -1 "${way[@]}" >>told || status=$?
    case $status in
    0 | 1 | 137) ;;
    *) die "round $1: nsearch: $status: $(tail -n 1 errors)" ;;
    esac
    # Somebody takes the files away as soon as they are there.
    for file in spool/*.txt; do
        [ ! -e "$file" ] || { cat "$file" >>told.spool && rm "$file"; }
    done
}

mkdir news spool
touch told.spool
"$nsearch" --save watch harbour
article k0 "Harbour 0" "The strike." >news/k0.jsonl
"$nindex" -q news
for ((i = 1; i <= count; i++)); do
    change "$i"
    ((RANDOM % 3 == 0)) || tell "$i"
done
"$nindex" -q news || [ $? = 2 ]
while "$nsearch" --new watch -1 >>told 2>>errors; do :; done
tell last

# "undated  Harbour 7  k7"
sed -n 's/.*  //p' told told.spool | sort >keys
twice=$(uniq -d keys)
[ -z "$twice" ] || die "told twice: $twice"
"$nindex" dump | sed -n 's/^{"key":"\(k[0-9]*\)".*/\1/p' | sort >standing
missed=$(comm -13 keys standing)
[ -z "$missed" ] || die "not told: $missed"
strange=$(grep -vE '^k[0-9]+$' keys || true)
[ -z "$strange" ] || die "torn lines: $strange"
echo "$count rounds, $killed kills: $(wc -l <keys) articles told, each once"
