#!/usr/bin/env bash
# rebuild.sh NINDEX [COUNT]: an archive that was kept up to date through COUNT
# (20) random changes of its files equals one that is made of them at once.
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
write() {
    local i
    for ((i = 0; i <= RANDOM % 4; i++)); do
        article "k$((RANDOM % 60))" "Headline $RANDOM" "A text, $RANDOM."
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
write news/first.jsonl
for ((round = 1; round <= count; round++)); do
    for ((i = 0; i <= RANDOM % 5; i++)); do change; done
    "$nindex" -q --prune -d kept news
    rm -rf made
    "$nindex" -q -d made news
    keys='s/^{"key":"\([^"]*\)".*/\1/'
    "$nindex" -d kept dump | sed "$keys" | sort >kept.keys
    "$nindex" -d made dump | sed "$keys" | sort >made.keys
    cmp -s kept.keys made.keys || die "round $round: $(diff kept.keys made.keys | head -3)"
    before=$(head -n 2 kept/manifest)
    "$nindex" -q --prune -d kept news
    [ "$(head -n 2 kept/manifest)" = "$before" ] ||
        die "round $round: a run with nothing to do published something"
done
"$nindex" -q -d kept check --full || die "not sound"
echo "$count rounds: what was kept up equals what was made at once"
