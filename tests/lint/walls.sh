#!/usr/bin/env bash
# walls.sh [TREE] - does every #include keep to the walls?
#
# The file `walls` beside this one says which room, that is which folder of a
# wing, may include which, and which may include a library's header.  Printed
# is each line that breaks a wall, and the wall; and each permission that
# nobody uses, each room that is not there, and each folder that is no room, so
# that the file stays true.
set -euo pipefail

walls=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/walls
cd "${1:-$(dirname "$walls")/../..}"
shopt -s nullglob
sources=(corpus/*/*.[ch] indexer/*/*.[ch] query/*/*.[ch])
stray=(corpus/*.[ch] indexer/*.[ch] query/*.[ch])
if [ ${#sources[@]} -eq 0 ]; then
    echo "walls.sh: there are no rooms here: $PWD" >&2
    exit 1
fi
broken=0
for file in "${stray[@]}"; do
    echo "$file: stands in no room" >&2
    broken=1
done

awk -v walls="$walls" '
    function say(text) {
        print text >"/dev/stderr"
        broken = 1
    }
    # The room of a room, or of a header.
    function room_of(name) {
        if (name ~ /\.[ch]$/)
            sub("/[^/]*$", "", name)
        return name
    }
    function read_walls(    line, word, n, i) {
        while ((getline line <walls) > 0) {
            number++
            n = split(line, word, " ")
            if (n == 0 || word[1] ~ /^#/)
                continue
            if (word[1] ~ /^</) {
                library[word[1]] = number
                for (i = 2; i <= n; i++)
                    may[word[i], word[1]] = number
                continue
            }
            if (word[1] in room)
                say(walls ":" number ": " word[1] " a second time")
            room[word[1]] = number
            for (i = 2; i <= n; i++) {
                if (!(room_of(word[i]) in room))
                    say(walls ":" number ": " word[1] " may use " word[i] \
                        ", which is no room above it")
                may[word[1], word[i]] = number
            }
        }
        if (!number)
            say(walls ": cannot be read")
    }
    # The entry of a library that this header belongs to, or "".
    function library_of(header,    name) {
        for (name in library) {
            if (header == name ||
                (name ~ /\/>$/ &&
                 index(header, substr(name, 1, length(name) - 1)) == 1))
                return name
        }
        return ""
    }
    function check(from, to, header) {
        if (from == to)
            return
        if (header ~ /_parts\.h$/ || (from, header) in may)
            to = header
        if (to == "corpus/base")
            return
        if ((from, to) in may)
            used[from, to] = 1
        else
            say(FILENAME ":" FNR ": " header "\n    wall: " from \
                " may not use " to)
    }
    BEGIN { read_walls() }
    FNR == 1 {
        from = room_of(FILENAME)
        seen[from] = 1
        if (!(from in room) && !(from in unknown)) {
            unknown[from] = 1
            say(FILENAME ": its folder is in no line of " walls)
        }
    }
    /^[[:space:]]*#[[:space:]]*include[[:space:]]*"/ {
        split($0, part, "\"")
        check(from, room_of(part[2]), part[2])
    }
    /^[[:space:]]*#[[:space:]]*include[[:space:]]*</ {
        header = $0
        sub(/^[^<]*/, "", header)
        sub(/>.*/, ">", header)
        to = library_of(header)
        if (to != "")
            check(from, to, header)
    }
    END {
        for (name in room)
            if (!(name in seen))
                say(walls ":" room[name] ": there is no room " name)
        for (pair in may) {
            if (pair in used)
                continue
            split(pair, part, SUBSEP)
            say(walls ":" may[pair] ": " part[1] " does not use " part[2])
        }
        exit broken
    }' "${sources[@]}" || broken=1
exit $broken
