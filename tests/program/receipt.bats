#!/usr/bin/env bats
# What was searched: --receipt, --receipt-check, and the foot of the page.
bats_require_minimum_version 1.5.0

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    export NSEARCH_ARCHIVE=$PWD/archive
    add d1 "Opcon delay"
    add d2 "Opcon talks"
}

add() {
    printf '{"key":"%s","headline":"%s","publication":"The Herald","body":"x"}\n' \
        "$1" "$2" >"$1.jsonl"
    nindex -q "$1.jsonl"
}

@test "a receipt says what was searched, and where, and what came of it" {
    run -0 --separate-stderr nsearch -c --receipt 'opcon AND NOT harbour'
    [ "${lines[0]}" = 2 ]
    [ "${lines[1]}" = receipt ]
    [[ $output == *$'\n  query      opcon AND NOT harbour\n'* ]]
    [[ $output == *$'\n  archive    archive\n  generation 2-'* ]]
    [[ $output == *$'\n  articles   2\n  found      2\n  set        '* ]]
    [[ $output == *$'\n  program    nsearch '* ]]
    [[ $output =~ 'time       20'[0-9-]*T[0-9:]*Z ]]
}

@test "it stands in JSON and in the notes of citations" {
    local sentence

    run -0 --separate-stderr nsearch --json --receipt --only 'source=The Herald' opcon
    [ "$(jq -c '[.receipt.query, .receipt.found, .receipt.archive, .receipt.only]' \
        <<<"$output")" = '["opcon","2",["archive"],["source=The Herald"]]' ]
    sentence='2 of 2 articles, opcon, generation 2-'
    [ "$(nsearch --format ris --receipt opcon | grep -c "^N1  - .*$sentence")" = 2 ]
    [ "$(nsearch --format bibtex --receipt opcon | grep -c "note = {.*$sentence")" = 2 ]
    [[ $(nsearch --format csl-json --receipt opcon | jq -r '.[0].note') == *"$sentence"* ]]
    run -2 nsearch --format csv --receipt opcon
}

@test "searched again, nothing or something has changed" {
    nsearch --receipt opcon >then.txt
    run -0 nsearch --receipt-check then.txt
    [ "$output" = "the same 2 articles" ]
    # What has to do with other articles changes nothing.
    add h1 "Harbour strike"
    run -0 nsearch --receipt-check then.txt
    add d3 "Opcon again"
    run -1 nsearch --receipt-check - <then.txt
    [[ $output == *"articles found: 2 then, 3 now"* ]]
    [[ $output == *"articles in the archive: 2 then, 4 now"* ]]
    nindex -q delete d1
    run -1 nsearch --receipt-check then.txt
    [[ $output == *"as many articles are found, but not the same ones"* ]]
    nindex -q optimize
    nindex -q delete d3
    nindex -q delete --undelete d1
    nindex -q d1.jsonl
    run -0 nsearch --receipt-check then.txt
}

@test "what narrowed the search narrows it again" {
    nsearch --receipt --no-compounds --only source=Nobody opcon >then.txt || [ $? = 1 ]
    run -0 nsearch --receipt-check then.txt
    [ "$output" = "the same 0 articles" ]
}

@test "what was not found whole has no set to compare" {
    seq 30000 | sed 's/.*/{"headline":"No &","body":"a&b c&d e&f g&h"}/' |
        nindex -q -d large -
    run -3 nsearch -d large -c --receipt --time-limit 1 'a* w/5 *h AND NOT q*z'
    [[ $output == *"  unfinished "* ]]
    [[ $output != *"  set "* ]]
}

@test "what is no receipt is told" {
    echo nothing >then.txt
    run -2 --separate-stderr nsearch --receipt-check then.txt
    # shellcheck disable=SC2154
    [[ $stderr == *"then.txt: has no receipt"* ]]
    printf 'receipt\n  query\n' >then.txt
    run -2 nsearch --receipt-check then.txt
    run -2 nsearch --receipt-check nowhere
}

@test "the page has it at its foot" {
    GATEWAY_INTERFACE=CGI/1.1 REQUEST_METHOD=GET QUERY_STRING='q=opcon' \
        nsearch.cgi | grep -q 'lang="en".*2 of 2 articles, opcon, generation 2-'
}
