#!/usr/bin/env bats
# The tutorial, typed in; and what the page for the sysadmin has to type.
bats_require_minimum_version 1.5.0

# shellcheck source-path=SCRIPTDIR source=../support/page_commands.bash
. "$BATS_TEST_DIRNAME/../support/page_commands.bash"

setup() {
    top=$BATS_TEST_DIRNAME/../..
    cd "$BATS_TEST_TMPDIR" || return
}

@test "nsearch-tutorial(7) says what happens" {
    cp -r "$top/corpus/samples" news
    page_examples "$top/indexer/nindex/nsearch-tutorial.7" >want
    page_run <want >got
    diff -u want got
}

@test "the move of nsearch-admin(8) takes the deletions along" {
    echo '{"key":"k1","headline":"H","body":"A secret harbour."}' >a.jsonl
    cp a.jsonl again.jsonl
    echo '{"key":"k2","headline":"H","body":"The harbour."}' >>a.jsonl
    nindex -q -d archive a.jsonl
    nindex -q -d archive delete k1
    page_examples "$top/indexer/nindex/nsearch-admin.8" >want
    page_run <want >got
    [ "$(grep '^\$' got)" = "$(cat want)" ]
    run -0 nindex -d new again.jsonl
    [[ $output == *"deleted before 1"* ]]
    run -0 nsearch -d new -c harbour
    [ "$output" = 1 ]
}
