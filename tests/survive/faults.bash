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

# An archive of two runs, in `before`; its files, in `news`; and what stands in
# it, in `old`.
make_before() {
    mkdir news
    article k1 One "The first text." >news/a.jsonl
    article k2 Two "The second text." >news/b.jsonl
    "$nindex" -q -d before news
    article k5 Five "The fifth text." >news/d.jsonl
    "$nindex" -q -d before news
    standing before >old
}

die() {
    echo "$(basename "$0"): $*" >&2
    exit 1
}

# check_archive FOLDER WHAT STATE...: after the fault WHAT the archive is sound
# and holds what one of the files STATE says: the old, the new.
check_archive() {
    local folder=$1 what=$2 state

    shift 2
    "$nindex" -q -d "$folder" check --full || die "$what: the archive is not sound"
    standing "$folder" >got
    for state; do
        ! cmp -s got "$state" || return 0
    done
    die "$what: the archive holds neither the old nor the new"
}

# Is an answer of the page, in a file, as long as its head says?
is_whole() {
    [ "$(sed '/^\r$/q' "$1" | tr -d '\r' | sed -n 's/^Content-Length: //p')" = \
        "$(sed '1,/^\r$/d' "$1" | wc -c)" ]
}
