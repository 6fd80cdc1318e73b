#!/usr/bin/env bash
# cppcheck.sh [FILE...] - cppcheck on the wings, or on these files.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/../.."
[ $# -gt 0 ] || set -- corpus indexer query
exec cppcheck --quiet --error-exitcode=1 --inline-suppr \
    --enable=warning,performance,portability --std=c11 --language=c -j2 -I. \
    -D_POSIX_C_SOURCE=200809L "$@"
