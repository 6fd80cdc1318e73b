# What lint.tidy has found clean is not looked at again, but nothing that could
# change the verdict is overlooked.
#
# In a tree of three files, with a clang-tidy that notes what it is asked about
# and dislikes the word "bad".

bats_require_minimum_version 1.5.0

setup() {
    mkdir -p "$BATS_TEST_TMPDIR"/tree/{tests/lint,corpus/base,indexer/bits,query/web,build,bin}
    cd "$BATS_TEST_TMPDIR/tree" || return
    cp "$BATS_TEST_DIRNAME/tidy.sh" tests/lint/
    echo 'Checks: all' >.clang-tidy
    echo 'int ascii;' >corpus/base/ascii.h
    printf '#include <stddef.h>\n#include "corpus/base/ascii.h"\n' >indexer/bits/word.h
    echo '#include "indexer/bits/word.h"' >query/web/page.c
    echo '#include "corpus/base/ascii.h"' >corpus/base/ascii.c
    echo 'int bits;' >indexer/bits/bits.c
    compile -O1
    cat >bin/clang-tidy <<'SH'
#!/bin/sh
[ "$1" != --version ] || { cat version; exit; }
for file; do :; done
echo "$file" >>asked
! grep bad "$file"
SH
    chmod +x bin/clang-tidy
    echo 14 >version
    PATH=$PWD/bin:$PATH
}

# compile OPTION - as cmake would say that it does.
compile() {
    printf '%s\n' query/web/page.c corpus/base/ascii.c indexer/bits/bits.c |
        jq -nR --arg top "$PWD/" --arg option "$1" \
            '[inputs | {file: ($top + .), command: ("cc " + $option + " " + .)}]' \
            >build/compile_commands.json
}

# looked - what a run looks at, in the order of names, in $looked.
look() {
    : >asked
    status=0
    tests/lint/tidy.sh build >out 2>&1 || status=$?
    looked=$(sort asked | tr '\n' ' ')
}

all="corpus/base/ascii.c indexer/bits/bits.c query/web/page.c "

@test "everything is looked at once" {
    look
    [ "$looked" = "$all" ]
    look
    [ "$status" -eq 0 ]
    [ "$looked" = "" ]
}

@test "a file that changes is looked at, and whoever includes it" {
    look
    echo 'int more;' >>indexer/bits/bits.c
    look
    [ "$looked" = "indexer/bits/bits.c " ]
    echo 'int more;' >>indexer/bits/word.h
    look
    [ "$looked" = "query/web/page.c " ]
    echo 'int more;' >>corpus/base/ascii.h
    look
    [ "$looked" = "corpus/base/ascii.c query/web/page.c " ]
    look
    [ "$looked" = "" ]
}

@test "an include that is new counts from the start" {
    look
    echo '#include "corpus/base/ascii.h"' >>indexer/bits/bits.c
    look
    echo 'int more;' >>corpus/base/ascii.h
    look
    [ "$looked" = "$all" ]
}

@test "what is not clean is found each time" {
    echo 'int bad;' >>indexer/bits/bits.c
    for run in 1 2; do
        : "$run"
        look
        [ "$status" -ne 0 ]
        grep -q 'int bad' out
    done
    [ "$looked" = "indexer/bits/bits.c " ]
    echo 'int good;' >indexer/bits/bits.c
    look
    [ "$status" -eq 0 ]
}

@test "other rules, options, headers or another clang-tidy: all is looked at" {
    look
    echo 'Checks: more' >.clang-tidy
    look
    [ "$looked" = "$all" ]
    compile -O2
    look
    [ "$looked" = "$all" ]
    echo 15 >version
    look
    [ "$looked" = "$all" ]
    echo '#include <stdio.h>' >>indexer/bits/bits.c
    look
    [ "$looked" = "$all" ]
}

@test "files that are named are looked at, whatever is noted" {
    look
    : >asked
    tests/lint/tidy.sh build query/web/page.c
    [ "$(cat asked)" = query/web/page.c ]
}
