#!/usr/bin/env bash
# rooms.sh [TREE] - does every file keep to what its room is for?
#
# Who may include whom is the business of walls.sh.  This looks at the calls
# that could get round the escaping of pages, at the tests' includes, and at what
# lies in the top folder, and prints each line that breaks a rule.
set -euo pipefail

cd "${1:-$(dirname "${BASH_SOURCE[0]}")/../..}"
broken=0

# forbid_call RULE PATTERN FILE... - no FILE may have a line like this.
forbid_call() {
    local rule=$1 pattern=$2 found
    shift 2
    found=$(grep -nE "$pattern" /dev/null "$@" || true)
    [ -n "$found" ] || return 0
    printf '%s\n    rule: %s\n' "$found" "$rule" >&2
    broken=1
}

shopt -s nullglob
query=(query/*/*.[ch])
if [ ${#query[@]} -eq 0 ]; then
    echo "rooms.sh: there is no query/ here: $PWD" >&2
    exit 1
fi

forbid_call "includes name the room, never the way there" \
    '^[[:space:]]*#[[:space:]]*include[[:space:]]*"\.\.?/' \
    tests/*/*.[ch] tests/unit/*/*.[ch] tools/*.[ch]

# Bytes get into a page by being escaped (query/render/markup.h), and out of the
# program by its main.
pages=(query/web/page*.c query/render/render_html.c query/render/render_feed.c)
silent=()
unescaped=()
for file in "${query[@]}"; do
    case $file in
    query/nsearch/*.c | query/web/nsearch_cgi.c) ;;
    *) silent+=("$file") ;;
    esac
    case $file in
    query/render/markup.[ch]) ;;
    *) unescaped+=("$file") ;;
    esac
done
forbid_call "only mains print" \
    '(^|[^a-z_])(v?f?printf|f?puts|f?putc|putchar|fwrite)\(' "${silent[@]}"
forbid_call "markup enters a page by MARKUP()" 'markup_literal' "${unescaped[@]}"
forbid_call "a page is written to by markup.h alone" \
    'buf_[a-z_]+\(&?[a-z]+(->|\.)out\b' "${pages[@]}"

for entry in *; do
    case $entry in
    corpus | indexer | query | tests | tools | CMakeLists.txt | README.md) ;;
    build*) ;;
    *)
        printf '%s\n    rule: nothing new in the top folder\n' "$entry" >&2
        broken=1
        ;;
    esac
done
exit $broken
