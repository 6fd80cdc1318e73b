#!/usr/bin/env bash
# rebuild.sh NINDEX [COUNT]: an archive that was kept up to date through COUNT
# (20) random changes of its files, with runs that were killed between, equals
# one that is made of them at once; and with NSEARCH, what is found in it is what
# a look at every article finds.  RANDOM starts with SEED (1).
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
nindex=$(realpath "$1")
count=${2:-20}
RANDOM=${SEED:-1}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
# shellcheck source-path=SCRIPTDIR source=faults.bash
. "$here/faults.bash"

mkdir -p news/sub
# Words that no stem has in common with another: w01x, w02x ...
words() {
    local i
    for ((i = 0; i < $1; i++)); do printf 'w%02dx ' $((RANDOM % 40)); done
}

# search_all ROUND: queries by chance against the texts themselves.
search_all() {
    local i one two

    "$nindex" -d kept dump >texts
    for ((i = 0; i < 8; i++)); do
        one=$(words 1) two=$(words 1)
        one=${one% } two=${two% }
        awk -v one="$one" -v two="$two" 'index($0, one) && index($0, two)' texts |
            sed "$keys" | sort >expected
        "$NSEARCH" -d kept -n 1000 --format jsonl "$one AND $two" 2>>errors |
            sed 's/.*"key": *"\([^"]*\)".*/\1/' | sort >found || true
        cmp -s expected found ||
            die "round $1: $one AND $two: $(diff expected found | head -3)"
    done
}

# A run that is killed somewhere, or was quick enough.
killed_run() {
    {
        timeout -s KILL "0.$(printf '%03d' $((RANDOM % 60 + 2)))" \
            "$nindex" -q --prune -d kept news || true
    } 2>>errors
    # A child that it was just starting has the lock until it closes its files.
    [ ! -e kept/lock ] || flock -w 10 kept/lock true
}
write() {
    local i
    for ((i = 0; i <= RANDOM % 4; i++)); do
        article "k$((RANDOM % 60))" "Headline $RANDOM" "A text: $(words 6)."
    done >"$1"
}
change() {
    local -a files
    mapfile -t files < <(find news -type f | sort)
    local file=${files[RANDOM % ${#files[@]}]}
    case $((RANDOM % 6)) in
    0 | 1) write "news/$RANDOM.jsonl" ;;
    2) write "$file" ;;
    3) touch "$file" ;;
    4) mv "$file" "news/sub/$RANDOM.jsonl" ;;
    5) [ "${#files[@]}" -lt 4 ] || rm "$file" ;;
    esac
}
keys='s/^{"key":"\([^"]*\)".*/\1/'
write news/first.jsonl
for ((round = 1; round <= count; round++)); do
    for ((i = 0; i <= RANDOM % 5; i++)); do change; done
    ((RANDOM % 2)) || killed_run
    "$nindex" -q --prune -d kept news
    rm -rf made
    "$nindex" -q -d made news
    "$nindex" -d kept dump | sed "$keys" | sort >kept.keys
    "$nindex" -d made dump | sed "$keys" | sort >made.keys
    cmp -s kept.keys made.keys || die "round $round: $(diff kept.keys made.keys | head -3)"
    [ -z "${NSEARCH:-}" ] || search_all "$round"
    before=$(head -n 2 kept/manifest)
    "$nindex" -q --prune -d kept news
    [ "$(head -n 2 kept/manifest)" = "$before" ] ||
        die "round $round: a run with nothing to do published something"
done
"$nindex" -q -d kept check --full || die "not sound"
echo "$count rounds: what was kept up equals what was made at once"
