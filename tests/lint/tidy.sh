#!/usr/bin/env bash
# tidy.sh BUILD - clang-tidy on every source file of the three rooms.
#
# One process per file, as many at a time as there are processors; silent
# about files that are clean.
set -euo pipefail

build=$1
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
[ -f "$build/compile_commands.json" ] || {
    echo "tidy.sh: $build has no compile_commands.json" >&2
    exit 1
}
export build

one() {
    local found
    found=$(clang-tidy --quiet -p "$build" "$1" 2>&1) && return 0
    printf '%s\n' "$found"
    return 1
}
export -f one

# shellcheck disable=SC2016 # the inner shell expands it
jq -r '.[].file' "$build/compile_commands.json" | sort -u |
    grep -E "^$PWD/(corpus|indexer|query)/" |
    xargs -d '\n' -P "$(nproc)" -I{} bash -c 'one "$1"' one {}
