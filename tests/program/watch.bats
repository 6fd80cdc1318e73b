#!/usr/bin/env bats
# Saved searches, and what is new to them.
bats_require_minimum_version 1.5.0

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    export HOME=$PWD NSEARCH_ARCHIVE=$PWD/archive
    unset XDG_CONFIG_HOME XDG_STATE_HOME
    # LeakSanitizer, where it is, cannot work below strace.
    export ASAN_OPTIONS=detect_leaks=0
}

# add KEY HEADLINE [DAY]: an article that is in the archive from now on.
add() {
    printf '{"key":"%s","headline":"%s","published":"%s","body":"Text."}\n' \
        "$1" "$2" "${3:-2014-10-24}" >"$1.jsonl"
    nindex -q "$1.jsonl"
}

@test "a query has a name until it is forgotten" {
    add d1 "Opcon delay"
    nsearch --save delays 'opcon delay'
    nsearch --save other -e -transfer
    [ "$(nsearch --saved)" = $'delays\topcon delay\nother\t-transfer' ]
    [ "$(nsearch -c --saved delays)" = 1 ]
    nsearch --save delays 'nothing like it'
    [ "$(nsearch --saved)" = $'other\t-transfer\ndelays\tnothing like it' ]
    nsearch --forget delays
    [ "$(nsearch --saved)" = $'other\t-transfer' ]
    run -2 --separate-stderr nsearch --forget delays
    [[ $stderr == *'no query of the name "delays"'* ]]
    nsearch --forget other
    run -1 nsearch --saved
    [ -z "$(ls .local/state/nsearch)" ]
}

@test "what a person wrote among the saved searches stays" {
    mkdir -p .config/nsearch
    printf '# Mine.\nmine  a b\n' >.config/nsearch/saved
    nsearch --save more 'c
d'
    [ "$(cat .config/nsearch/saved)" = $'# Mine.\nmine  a b\nmore  c d' ]
    echo alone >.config/nsearch/saved
    run -2 --separate-stderr nsearch opcon
    [[ $stderr == *'/saved:1: a line is a name and a query'* ]]
}

@test "a name is one for a file" {
    local name

    for name in ../x 'a b' -x .x '' "$(printf 'x%.0s' {1..65})"; do
        run -2 --separate-stderr nsearch "--save=$name" opcon
        [[ $stderr == *"a query's name has letters"* ]]
    done
    nsearch --save häfen-2.1 harbour
}

@test "what came since is told once, newest first" {
    add d1 "Opcon delay"
    nsearch --save watch opcon
    run -1 nsearch --new watch
    [ -z "$output" ]
    add d2 "Opcon talks" 2014-10-25
    add d3 "Opcon in Seoul" 2014-10-26
    add d4 "Harbour strike" 2014-10-26
    run -0 nsearch --new watch -1
    [ "$output" = "$(nsearch -1 --sort newest -n 2 opcon)" ]
    run -1 nsearch --new watch
    [ -z "$output" ]
}

@test "an article that is changed, merged or comes back is not new" {
    nsearch --save watch opcon
    add d1 "Opcon delay"
    add d2 "Opcon talks"
    run -0 nsearch --new watch
    add d1 "Opcon delay is over"
    nindex -q optimize
    nindex -q delete d2
    run -1 nsearch --new watch
    nindex -q delete --undelete d2
    nindex -q d2.jsonl
    run -1 nsearch --new watch
    rm -r archive
    nindex -q d1.jsonl d2.jsonl
    run -1 nsearch --new watch
    # One that the query finds only now is.
    add d3 "Harbour strike"
    run -1 nsearch --new watch
    add d3 "Opcon strike"
    run -0 nsearch --new watch --format tsv --fields key
    [ "$output" = $'key\nd3' ]
}

@test "only what has all that is asked for is new" {
    add d1 "Opcon delay"
    nsearch --save watch 'opcon harbour'
    add d2 "Opcon talks"
    run -1 nsearch --new watch
    add d3 "Opcon talks in the harbour"
    run -0 nsearch --new watch --format tsv --fields key
    [ "$output" = $'key\nd3' ]
}

@test "more than a few at once are told whole" {
    local i

    for i in {1..300}; do
        printf '{"key":"a%d","headline":"Opcon %d","body":"x","published":"2014-%02d-%02d"}\n' \
            "$i" "$i" $((i % 12 + 1)) $((i % 28 + 1))
    done >many.jsonl
    awk 'NR % 2' many.jsonl >half.jsonl
    nindex -q half.jsonl
    nsearch --save watch opcon
    nindex -q many.jsonl
    nsearch --new watch --format tsv --fields key | sort >got
    { echo key && awk '!(NR % 2)' many.jsonl | sed 's/.*"key":"\([^"]*\).*/\1/'; } |
        sort >wanted
    cmp got wanted
}

@test "a search of the settings is watched from its first time on" {
    mkdir -p .config/nsearch
    echo 'saved watch opcon' >.config/nsearch/config
    add d1 "Opcon delay"
    run -1 --separate-stderr nsearch --new watch
    [[ $stderr == *"watched from now on"* ]]
    add d2 "Opcon talks"
    run -0 --separate-stderr nsearch --new watch
    [[ $output == *"Opcon talks"* && $output != *delay* ]]
    [ -z "$stderr" ]
}

@test "a spool gets a file for each batch" {
    nsearch --save watch opcon
    add d1 "Opcon delay"
    run -0 nsearch --new watch --spool spool
    [ -z "$output" ]
    add d2 "Opcon talks"
    run -0 nsearch --new watch --spool spool --json
    run -1 nsearch --new watch --spool spool
    [ "$(ls -A spool)" = $'watch-000001.txt\nwatch-000002.json' ]
    [[ $(cat spool/watch-000001.txt) == *"Opcon delay"* ]]
    [ "$(jq -r '.hits[].key' spool/watch-000002.json)" = d2 ]
}

# What a kill before the Nth call of one name leaves, on the way into a file.
killed_before() {
    local call=$1 at=$2

    strace -o /dev/null -e "inject=$call:signal=KILL:when=$at" \
        nsearch --new watch -1 >>told 2>/dev/null
}

@test "a kill before any call neither loses nor doubles an article" {
    local call at n=0

    command -v strace >/dev/null || skip "no strace(1)"
    nsearch --save watch opcon
    for call in write fsync rename unlink; do
        for at in 1 2 3 4 5; do
            add "k$((++n))" "Opcon $n"
            run killed_before "$call" "$at"
            ((status == 137 || status == 0))
        done
    done
    run nsearch --new watch -1
    [ -z "$output" ] || echo "$output" >>told
    [ "$(wc -l <told)" = "$n" ]
    [ "$(sed 's/.*  //' told | sort -u | wc -l)" = "$n" ]
}

@test "a batch in a file is brought to its end, or is there already" {
    local size

    command -v strace >/dev/null || skip "no strace(1)"
    nsearch --save watch opcon
    add k1 "Opcon one"
    add k2 "Opcon two"
    cp -r .local notes
    echo before >told
    nsearch --new watch -1 >>told
    cp told whole
    # The first call of fsync after the text is out, of four.
    for size in $(wc -c <whole) 20 7; do
        rm -r .local && cp -r notes .local
        head -c 7 whole >told
        run strace -o /dev/null -e inject=fsync:signal=KILL:when=3 \
            sh -c 'exec nsearch --new watch -1 >>told'
        [ "$status" = 137 ]
        compgen -G '.local/state/nsearch/watch-*/batch'
        cmp told whole
        head -c "$size" whole >told.part && cat told.part >told
        run nsearch --new watch -1
        [ -z "$output" ] || echo "$output" >>told
        cmp told whole
    done
}

@test "options that say what is told have no effect" {
    nsearch --save watch opcon
    add d1 "Opcon delay"
    run -2 --separate-stderr nsearch --new watch delay
    [[ $stderr == *"further words have no effect"* ]]
    run -2 --separate-stderr nsearch --new watch -n 3
    [[ $stderr == *"-n has no effect with --new"* ]]
    run -2 --separate-stderr nsearch --spool there opcon
    [[ $stderr == *"--spool has no effect with no --new"* ]]
    run -0 nsearch --new watch
}

@test "the page has a feed of each" {
    add d1 "Opcon delay"
    add d2 "Harbour strike"
    nsearch --save watch opcon
    printf 'archive %s\nsaved %s/.config/nsearch/saved\n' "$NSEARCH_ARCHIVE" \
        "$PWD" >page.conf
    export NSEARCH_CGI_CONFIG=$PWD/page.conf GATEWAY_INTERFACE=CGI/1.1
    export REQUEST_METHOD=GET
    run -0 env QUERY_STRING=saved=watch nsearch.cgi
    [[ $output == *"application/atom+xml"* && $output == *"Opcon delay"* ]]
    [[ $output != *Harbour* ]]
    run -0 env QUERY_STRING='saved=watch&format=csv' nsearch.cgi
    [[ $output == *"text/csv"* ]]
    run -0 env QUERY_STRING=saved=none nsearch.cgi
    [[ $output == *"400"* && $output == *"no saved search of that name"* ]]
    echo 'saved /nowhere' >>page.conf
    run -1 --separate-stderr env -u GATEWAY_INTERFACE -u REQUEST_METHOD \
        nsearch.cgi --check-config page.conf
    [[ $stderr == *"/nowhere"* ]]
}
