#!/usr/bin/env bash
# rooms.sh [TREE] - does every file keep to its room?
#
# The rooms build on each other in one direction, query -> indexer -> corpus,
# and some headers are the business of a few files only.  This looks at the
# #include lines, at the calls that could get round the escaping of pages, and at
# what lies in the top folder, and prints each line that breaks a rule.
set -euo pipefail

cd "${1:-$(dirname "${BASH_SOURCE[0]}")/../..}"
broken=0

# forbid RULE HEADERS FILE... - no FILE may include what matches HEADERS.
forbid() {
    local rule=$1 headers=$2 found
    shift 2
    [ $# -gt 0 ] || return 0
    found=$(grep -nE "^[[:space:]]*#[[:space:]]*include[[:space:]]*[<\"]($headers)[>\"]" \
        /dev/null "$@" || true)
    [ -n "$found" ] || return 0
    printf '%s\n    rule: %s\n' "$found" "$rule" >&2
    broken=1
}

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
corpus=(corpus/*/*.[ch])
indexer=(indexer/*/*.[ch])
query=(query/*/*.[ch])
unstemmed=()
for file in "${corpus[@]}" "${indexer[@]}" "${query[@]}" tests/*/*.[ch] tests/unit/*/*.[ch] tools/*.[ch]; do
    case $file in
    indexer/analysis/*.c) ;;
    *) unstemmed+=("$file") ;;
    esac
done
if [ ${#corpus[@]} -eq 0 ]; then
    echo "rooms.sh: there is no corpus/ here: $PWD" >&2
    exit 1
fi

forbid "corpus/ uses neither indexer/ nor query/" '(indexer|query)/.*' "${corpus[@]}"
forbid "indexer/ does not use query/" 'query/.*' "${indexer[@]}"
forbid "no room uses tests/ or tools/" '(tests|tools)/.*' \
    "${corpus[@]}" "${indexer[@]}" "${query[@]}"
forbid "query/ reads archives and never writes them" \
    'indexer/(writer|care|catalog)/.*' "${query[@]}"
forbid "corpus/ knows no SQL" 'sqlite3(ext)?\.h' "${corpus[@]}"
forbid "stems are made by indexer/analysis/ only" 'libstemmer\.h' "${unstemmed[@]}"
forbid "includes name the room, never the way there" '\.\.?/.*' \
    "${corpus[@]}" "${indexer[@]}" "${query[@]}" tests/*/*.[ch] tests/unit/*/*.[ch]

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
