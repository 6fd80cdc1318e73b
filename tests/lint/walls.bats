# The walls hold: what breaks one is found, with its line and the wall.
#
# In a copy of the sources, as they are.

bats_require_minimum_version 1.5.0

setup() {
    top=$BATS_TEST_DIRNAME/../..
    cd "$BATS_TEST_TMPDIR" || return
    mkdir -p tests/lint
    cp "$top"/tests/lint/walls{,.sh} tests/lint/
    cp -r "$top"/{corpus,indexer,query} .
    walls=$PWD/tests/lint/walls.sh
}

@test "the sources keep to the walls" {
    run -0 "$walls"
    [ -z "$output" ]
}

@test "a header of a room that may not be used is named with its line" {
    sed -i '1i #include "indexer/segment/segment.h"' query/render/render_csv.c
    run -1 "$walls"
    [[ $output == *"query/render/render_csv.c:1: indexer/segment/segment.h"* ]]
    [[ $output == *"wall: query/render may not use indexer/segment"* ]]
}

@test "a library's header is the business of its rooms" {
    sed -i '1i #include <sqlite3.h>' corpus/story/credit.c
    sed -i '1i #  include <libxml/parser.h>' corpus/html/html.c
    run -1 "$walls"
    [[ $output == *"corpus/story/credit.c:1: <sqlite3.h>"* ]]
    [[ $output == *"wall: corpus/html may not use <libxml/>"* ]]
}

@test "a header that is named opens no other of its room" {
    sed -i '1i #include "indexer/archive/manifest.h"' query/nsearch/nsearch.c
    run -1 "$walls"
    [ "$output" = "query/nsearch/nsearch.c:1: indexer/archive/manifest.h
    wall: query/nsearch may not use indexer/archive" ]
}

@test "the parts of a module are for those who are named with them" {
    printf '#include "%s"\n' query/archive/deadline.h query/match/match.h >query/match/match_parts.h
    sed -i '1i #include "query/match/match_parts.h"' query/match/plan.c query/search/run.c
    run -1 "$walls"
    [ "$output" = "query/search/run.c:1: query/match/match_parts.h
    wall: query/search may not use query/match/match_parts.h" ]
    sed -i 's|^query/search .*|& query/match/match_parts.h|' tests/lint/walls
    run -0 "$walls"
}

@test "a wing does not use what stands above it" {
    sed -i '1i #include "query/search/search.h"' indexer/bits/sql.c
    run -1 "$walls"
    [[ $output == *"wall: indexer/bits may not use query/search"* ]]
}

@test "a folder is a room, and a file stands in one" {
    mkdir corpus/attic
    echo 'int attic;' >corpus/attic/attic.c
    echo 'int stray;' >query/stray.c
    run -1 "$walls"
    [[ $output == *"corpus/attic/attic.c: its folder is in no line of"* ]]
    [[ $output == *"query/stray.c: stands in no room"* ]]
}

@test "the file says no more than is so" {
    sed -i 's/^corpus\/date$/& corpus\/command/' tests/lint/walls
    echo 'corpus/cellar' >>tests/lint/walls
    run -1 "$walls"
    [[ $output == *": corpus/date does not use corpus/command"* ]]
    [[ $output == *": there is no room corpus/cellar"* ]]
}

@test "a room uses only what stands above it in the file" {
    sed -i 's/^corpus\/input$/& query\/search/' tests/lint/walls
    run -1 "$walls"
    [[ $output == *": corpus/input may use query/search, which is no room above it"* ]]
}
