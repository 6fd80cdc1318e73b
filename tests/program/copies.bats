#!/usr/bin/env bats
# Hits that tell the same story.
bats_require_minimum_version 1.5.0

add() {
    printf '{"key":"%s","published":"%s","source":"%s","headline":"%s","body":"%s"}\n' "$@"
}

setup_file() {
    export NSEARCH_ARCHIVE=$BATS_FILE_TMPDIR/archive
    cd "$BATS_FILE_TMPDIR" || return
    local first='The harbour board of Elmstead voted on Tuesday to raise the fees for container ships by 12 percent, the first increase in nine years. Chairman Ruben Halloran said the money would pay for dredging the eastern channel.'
    local second='Shippers protested. Nordvik Bulk and two other lines said that they would rather call at Port Quay, where a ship pays 14,500 crowns less.'
    local own='Petra Holm, who runs the ferry kiosk in Westmark, said that nobody in her town would notice much of it before summer.'
    {
        add wire 2014-10-21 "North Wire" "Harbour fees to rise in Elmstead" "$first $second"
        add post 2014-10-22 "Westmark Post" "Harbour fees up" "ELMSTEAD (NW) - $first\\n$own\\n$second"
        add gazette 2014-10-22 "Gazette" "Harbour raises harbour fees" "$first"
        add again 2014-10-23 "Gazette" "Fees of the harbour" "$first $second"
        add later 2015-03-01 "Gazette" "A look back at harbour fees" "$first $second"
        add other 2014-10-22 "Gazette" "Harbour fees in Port Quay" 'The harbour board of Port Quay voted on Friday to lower the fees for tankers by 7 percent, the first decrease in four years. Director Ines Tarrega said that this would bring back crude oil to the northern pier.'
    } >news.jsonl
    nindex -q news.jsonl
    printf 'archive %s\n' "$NSEARCH_ARCHIVE" >conf
}

# The files that setup_file made are in its folder.
setup() {
    cd "$BATS_FILE_TMPDIR" || return
}

@test "copies are told of by the first of them" {
    run -0 --separate-stderr nsearch --sort oldest 'harbour fees'
    [[ ${lines[0]} == " 1. Harbour fees to rise in Elmstead" ]]
    [[ $output == *"    +3 copies in 2 papers, first 2014-10-21: "* ]]
    [[ $output == *" 6. A look back at harbour fees"* ]] # months later
    [[ $output == *"Harbour fees in Port Quay"* ]]       # another story
    [[ $output != *"Westmark Post"* ]]
    # The numbers are those of the hits.
    local numbers=${output#*first 2014-10-21: }
    numbers=${numbers%%$'\n'*}
    for number in ${numbers//,/}; do
        run -0 nsearch --sort oldest --show "$number" 'harbour fees'
        [[ $output == *"Ruben Halloran"* ]]
    done
}

@test "one copy is one copy" {
    run -0 --separate-stderr nsearch -n 2 --sort oldest 'harbour fees'
    [[ $output == *"    +1 copy in 1 paper, first 2014-10-21: 2"* ]]
    # The count is of articles.
    # shellcheck disable=SC2154 # --separate-stderr sets it
    [[ $stderr == *"1-2 of 6 matching articles"* ]]
}

@test "--copies show leaves each a hit of its own" {
    run -0 --separate-stderr nsearch --copies show --sort oldest 'harbour fees'
    [ "$(grep -c '^ *[0-9]\+\. ' <<<"$output")" = 6 ]
    [[ $output != *cop[iy]* ]]
    run -0 --separate-stderr nsearch --copies fold --sort oldest 'harbour fees'
    [ "$(grep -c '^ *[0-9]\+\. ' <<<"$output")" = 3 ]
    run -2 nsearch --copies some harbour
    run -2 nsearch --copies fold -1 harbour
    [[ $output == *"--copies has no effect"* ]]
}

@test "as JSON all hits are there, and say of which they are copies" {
    run -0 nsearch --json --sort oldest 'harbour fees'
    [ "$(jq -c '[.hits[] | [.key, .copies, .copy_of]]' <<<"$output")" = \
        '[["wire",3,null],["post",null,1],["other",null,null],["gazette",null,1],["again",null,1],["later",null,null]]' ]
    run -0 nsearch --json --sort oldest --offset 1 'harbour fees Halloran'
    [ "$(jq -c '[.hits[] | .copy_of] | map(select(. != null)) | unique' <<<"$output")" = "[2]" ]
    run -0 nsearch --json --copies show 'harbour fees'
    [ "$(jq '[.hits[] | select(.copies or .copy_of)] | length' <<<"$output")" = 0 ]
}

@test "the page has them below the first, as links" {
    local page
    page=$(env -i GATEWAY_INTERFACE=CGI/1.1 REQUEST_METHOD=GET \
        QUERY_STRING='q=harbour+fees&sort=oldest' \
        NSEARCH_CGI_CONFIG="$BATS_FILE_TMPDIR/conf" "$BUILD/nsearch.cgi")
    [[ $page == *'<details class="copies"><summary>The same story: 3</summary>'* ]]
    [ "$(grep -c '<h2' <<<"$page")" -ge 3 ]
    [ "$(grep -c '<li value="' <<<"$page")" = 3 ]
    for key in wire post gazette again later other; do
        [[ $page == *"article=$key"* ]]
    done
}

@test "--diff says what the second paper printed otherwise" {
    run -0 nsearch --diff wire post
    [ "${lines[0]}" = "--- 2014-10-21  North Wire  Harbour fees to rise in Elmstead" ]
    [ "${lines[1]}" = "+++ 2014-10-22  Westmark Post  Harbour fees up" ]
    [[ $output == *"{+ELMSTEAD (NW) - +}The harbour board of Elmstead"* ]]
    [[ $output == *"{+Petra Holm"*"before summer."* ]]
    [[ $output != *"[-"*[a-z]*"-]"* ]] # nothing is out but the end of a line
    run -0 nsearch --diff post wire
    [[ $output == *"[-ELMSTEAD (NW) - -]The harbour"* ]]
    run -0 nsearch --color always --diff wire post
    [[ $output == *$'\e[32mELMSTEAD (NW) - \e[0mThe harbour'* ]]
    run -0 --separate-stderr nsearch --diff wire again
    [[ $stderr == *"both have the same text"* ]]
    [[ $output != *"[-"* && $output != *"{+"* ]]
}

@test "--diff wants two keys that are there" {
    run -2 nsearch --diff wire
    [[ $output == "nsearch: --diff wants the keys of two articles" ]]
    run -2 nsearch --diff wire nobody
    [[ $output == "nsearch: nobody: the archive has no article of that name" ]]
    run -2 nsearch --diff --json wire post
    run -2 nsearch --diff -n 3 wire post
}

@test "--like leaves copies out, and folds those of others" {
    {
        cat news.jsonl
        for i in {1..60}; do
            add "filler$i" 2014-10-2$((i % 10)) "Orchard" "Apples $i" "Apples number$i grow in orchards of word$i and thing$((i * 7)), farmers say."
        done
        for key in first second; do
            add "tolls-$key" 2014-10-24 "Paper $key" "Fees of ports" 'Three lines asked the harbour board of Elmstead to take back its new fees for container ships, and said that Port Quay was cheaper. Chairman Ruben Halloran promised to listen, and to tell them in November what the dredging of the eastern channel costs.'
        done
    } >more.jsonl
    nindex -q -d more more.jsonl
    run -0 nsearch -d more --like wire
    [[ $output == *" 2. Fees of ports"* ]]
    [[ $output == *"+1 copy in 1 paper, first 2014-10-24: 3"* ]]
    [[ $output != *"North Wire"* && $output != *"Westmark Post"* ]]
    run -0 nsearch -d more --like wire --format tsv --fields key
    [[ $output != *post* && $output != *gazette* && $output != *again* ]]
}
