#!/usr/bin/env bats
# What is like an article: --like, and below the article on the page.
bats_require_minimum_version 1.5.0

setup_file() {
    export NSEARCH_ARCHIVE=$BATS_FILE_TMPDIR/archive
    cd "$BATS_FILE_TMPDIR" || return
    local strike='Dockers at the harbour went on strike over night shifts. The
union of the dockers asked the harbour board for shorter shifts, and ferries
stood still. The board called the strike unlawful.'
    {
        add strike1 2014-10-20 "Dockers on strike" "$strike"
        add copy1 2014-10-21 "Dockers strike over shifts" "$strike"
        add near 2014-10-21 "Harbour still" 'No ferry left the harbour on
Tuesday: the dockers, whose union wants shorter night shifts, stay on strike.
Talks with the harbour board failed.'
        add far 1999-03-01 "An old strike" 'Dockers of the harbour once stayed
away from their night shifts: their union led that strike against the board,
and no ferry left.'
        for i in {1..60}; do
            add "other$i" 2014-10-2$((i % 10)) "Story $i" "Apples number$i grow
in orchards of word$i and thing$((i * 7)), farmers say."
        done
    } >news.jsonl
    nindex -q news.jsonl
}

add() {
    printf '{"key":"%s","published":"%s","headline":"%s","body":"%s"}\n' \
        "$1" "$2" "$3" "${4//$'\n'/ }"
}

@test "other reports of the event come first, and no copies" {
    run -0 nsearch --like strike1 --format tsv --fields key
    [ "${lines[1]}" = near ]
    [ "${lines[2]}" = far ]
    [[ $output != *copy1* && $output != *strike1* ]]
    [[ $output != *other* ]]
    run -0 nsearch --like strike1 -n 1 --offset 1 --json
    [ "$(jq -c '[.total, .hits[].key]' <<<"$output")" = '[2,"far"]' ]
}

@test "one that stands alone has none, and none is no article" {
    add alone 2014-10-20 "Zeppelin" "Quartz vexed jumbo lynx." >alone.jsonl
    nindex -q -d alone alone.jsonl
    run -1 nsearch -d alone --like alone
    run -1 --separate-stderr nsearch --like nothing
    # shellcheck disable=SC2154
    [[ $stderr == *"no article of that name"* ]]
    run -2 nsearch --like strike1 words
    run -2 nsearch --like strike1 --sort newest
}

@test "the page of an article has links to them" {
    local page

    page=$(GATEWAY_INTERFACE=CGI/1.1 REQUEST_METHOD=GET \
        QUERY_STRING='article=strike1' nsearch.cgi)
    [[ $page == *'<h2 id="like">More like this</h2>'* ]]
    [[ $page == *'<a href="?article=near"'* ]]
    [[ $page != *'article=copy1'* ]]
}
