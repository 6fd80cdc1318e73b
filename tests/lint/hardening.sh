#!/usr/bin/env bash
# hardening.sh PROGRAM... - were the shipped programs built to resist?
#
# Reads each program's ELF: position independent, relocations read-only and
# resolved at start, no executable stack, stack protector, checked libc calls.
set -euo pipefail

[ $# -gt 0 ] || {
    echo "hardening.sh: name the programs" >&2
    exit 1
}
export LC_ALL=C
broken=0
for program in "$@"; do
    elf=$(readelf --wide --file-header --program-headers --dynamic \
        --dyn-syms "$program")
    # expect WHAT PATTERN
    expect() {
        grep -qE -- "$2" <<<"$elf" && return 0
        echo "$program: no sign of $1" >&2
        broken=1
    }
    expect "a position independent executable" 'Type: +DYN \(Position-Independent'
    expect "read-only relocations (RELRO)" ' GNU_RELRO '
    expect "binding at start (BIND_NOW)" 'FLAGS.*(BIND_NOW|NOW)'
    expect "a stack that is not executable" ' GNU_STACK .* RW +0x'
    expect "the stack protector" '__stack_chk_fail'
    expect "checked libc calls (FORTIFY)" '__[a-z]+_chk'
done
exit $broken
