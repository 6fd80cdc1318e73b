#!/usr/bin/env bash
# tidy.sh BUILD [FILE...] - clang-tidy on every source of the wings, or on these.
#
# One process per file, as many at a time as there are processors, the longest
# file first.  Silent about files that are clean, and notes these in BUILD/tidy,
# with all that the verdict rests on: the hashes of the file and of each header
# it includes, how it is compiled, .clang-tidy, clang-tidy itself and the
# system's headers.  A file whose note still holds is not looked at again.
set -euo pipefail
shopt -s globstar

build=$(realpath "$1")
shift
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
[ -f "$build/compile_commands.json" ] || {
    echo "tidy.sh: $build has no compile_commands.json" >&2
    exit 1
}
export build notes=$build/tidy

# one NOTE - look at the file in its first word.
one() {
    local found
    found=$(clang-tidy --quiet -p "$build" "${1%%$'\t'*}" 2>&1) || {
        printf '%s\n' "$found"
        return 1
    }
    [[ $1 != *$'\t'* ]] || printf '%s\n' "$1" >>"$notes"
}
export -f one

# Look at each file or note on stdin.
look() {
    # shellcheck disable=SC2016 # the inner shell expands it
    xargs -d '\n' -P "$(nproc)" -I{} bash -c 'one "$1"' one {}
}

if [ $# -gt 0 ]; then
    printf '%s\n' "$@" | look
    exit
fi

sources=({corpus,indexer,query}/**/*.[ch])

# What every verdict rests on.
common=$({
    clang-tidy --version
    cat .clang-tidy
    sed -n 's/^ *# *include *\(<.*>\).*/#include \1/p' "${sources[@]}" | sort -u |
        clang -std=c11 -D_POSIX_C_SOURCE=200809L -isystem /usr/include/libxml2 \
            -E -dD -C -x c - 2>&1
} | sha256sum)

# The note of each file, the longest file first.
current=$(awk -v common="${common%% *}" '
    FNR == 1 { input++ }
    input == 1 { hash[$2] = substr($1, 1, 16); next }
    input == 2 {
        file = substr($0, 1, index($0, "\t") - 1)
        command[file] = command[file] substr($0, length(file) + 1)
        next
    }
    { size[FILENAME] += length($0) }
    /^[ \t]*#[ \t]*include[ \t]*"/ {
        split($0, part, "\"")
        includes[FILENAME] = includes[FILENAME] " " part[2]
    }

    function gather(file,    header, headers, i) {
        if (file in gathered)
            return
        gathered[file]
        note = note " " hash[file]
        headers = split(includes[file], header, " ")
        for (i = 1; i <= headers; i++)
            gather(header[i])
    }

    END {
        for (file in size) {
            if (!(file in command))
                continue
            split("", gathered)
            note = file "\t" common
            gather(file)
            print size[file] "\t" note command[file]
        }
    }' <(sha256sum "${sources[@]}") <(jq -r --arg top "$PWD/" \
    '.[] | [(.file | ltrimstr($top)), .command] | @tsv' \
    "$build/compile_commands.json") "${sources[@]}" | sort -rn | cut -f 2-)

# Notes that no longer hold are dropped, lest they grow without end.
touch "$notes"
kept=$(grep -Fxf - "$notes" <<<"$current" || true)
printf '%s\n' "$kept" >"$notes"
{ grep -vFxf "$notes" <<<"$current" || true; } | look
