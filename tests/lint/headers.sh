#!/usr/bin/env bash
# headers.sh COMPILER [TREE] - does every header compile alone?  One that has
# macros only needs something beside it: no C program is empty.
set -euo pipefail

compiler=$1
cd "${2:-$(dirname "${BASH_SOURCE[0]}")/../..}"
broken=0
for header in corpus/*/*.h indexer/*/*.h query/*/*.h; do
    [ -f "$header" ] || continue
    printf '#include "%s"\n#include "%s"\ntypedef int something;\n' \
        "$header" "$header" |
        "$compiler" -std=c11 -D_POSIX_C_SOURCE=200809L -Wall -Wextra -Werror \
            -Wpedantic -I. -fsyntax-only -x c - || {
        echo "$header does not stand alone" >&2
        broken=1
    }
done
exit $broken
