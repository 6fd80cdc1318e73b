# Shared by the tests of faults: sourced by each after it has set nindex.
# shellcheck shell=bash disable=SC2154

# An article as a line of JSON: key, headline, body.
article() {
    printf '{"key":"%s","headline":"%s","body":"%s"}\n' "$1" "$2" "$3"
}

# What stands in an archive, in an order of its own.
standing() {
    "$nindex" -d "$1" dump | sort
}

die() {
    echo "$(basename "$0"): $*" >&2
    exit 1
}

# check_archive FOLDER WHAT OLD [NEW]: after the fault WHAT the archive is
# sound and holds what the file OLD says, or what NEW says.
check_archive() {
    "$nindex" -q -d "$1" check --full || die "$2: the archive is not sound"
    standing "$1" >got
    cmp -s got "$3" || cmp -s got "${4:-$3}" ||
        die "$2: the archive holds neither the old nor the new"
}
