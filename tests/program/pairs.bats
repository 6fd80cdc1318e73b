#!/usr/bin/env bats
# Options of nsearch that meet on one command line.
bats_require_minimum_version 1.5.0

setup_file() {
    export NSEARCH_ARCHIVE=$BATS_FILE_TMPDIR/archive
    cd "$BATS_FILE_TMPDIR" || return
    local i
    for ((i = 0; i < 40; i++)); do
        printf '{"key":"k%d","headline":"Harbour talks %d","byline":"By Ann %s","publication":"%s","section":"%s","url":"%s","published":"%d-0%d-11","body":"%s. The talks at the harbour went on, and the ferry sailed %s."}\n' \
            $i $((i % 9)) "$([ $((i % 2)) = 0 ] && echo Lee || echo Berg)" \
            "$([ $((i % 3)) = 0 ] && echo Herald || echo Wire)" \
            "$([ $((i % 4)) = 0 ] && echo News)" \
            "$([ $((i % 5)) = 0 ] && echo "https://a.example/$i")" \
            $((2000 + i % 7)) $((1 + i % 9)) \
            "$([ $((i % 6)) = 0 ] && echo 'Harbour, harbour, harbour' || echo Elsewhere)" \
            "$(seq -s ' ' $((i % 11)))" >>"news$((i % 3)).jsonl"
    done
    nindex -q news?.jsonl
    printf '#!/bin/sh\nexit 0\n' >browser
    chmod +x browser
    export BROWSER=$PWD/browser
}

# What a command line can ask for, and what can be said besides; one of these
# has an effect of its own on the query below, wherever it has any.
asks=('' '-1' '--kwic' '-l' '-0' '-c' '-q' '--related' '--show 2' '--show k5' '--open 1' '--values source')
formats=('' '--format json' '--format jsonl' '--format csv' '--format tsv' '--format rss'
    '--format atom' '--format ris' '--format bibtex' '--format csl-json' '--format html' '--json')
others=('-n 3' '--offset 2' '--sort oldest' '--recent' '--fields key' '--facet section'
    '--facet-limit 1' '--only source=Herald' '--snippet 40' '--explain' '--explain-score'
    '--time-limit 60000' '--exhaustive' '--width 50' '--color always' '--no-links'
    '--no-pager' '--format-version 1' '--kwic-sort left' '--format-string {key}' '--timing' '-e berg')

# What two command lines say, but for what changes with the clock.
said() {
    # shellcheck disable=SC2086 # options and their values
    nsearch $1 ${3:-harbour} 2>&1 | tr '\0' '@' | sed -E 's/[0-9]+\.[0-9]{3} ms/ms/'
    echo "status ${PIPESTATUS[0]}"
}

@test "of a hundred combinations none is silent" {
    RANDOM=21 # the same every time
    local i refused=0 done=0
    for ((i = 0; i < 100; i++)); do
        local ask=${asks[RANDOM % ${#asks[@]}]} form=${formats[RANDOM % ${#formats[@]}]}
        local other=${others[RANDOM % ${#others[@]}]} words=harbour
        [[ $ask == --values* ]] && words=' '
        said "$ask $form $other" '' "$words" >with
        if grep -q '^status 2$' with; then
            # The sentence names two of the things that were said.
            grep -qE '(has|have) no effect with|two different things|read it with' with
            refused=$((refused + 1))
            continue
        fi
        grep -qE '^status [01]$' with
        done=$((done + 1))
        case $other in
        # What the hits and their order are the same with, or a terminal shows.
        --exhaustive | --time-limit* | --no-links | --no-pager | --format-version*) continue ;;
        # These change the numbers or the order, not always what is listed.
        --recent) [[ "$form" == *json* ]] || continue ;;
        --snippet*) [[ "$form" == *bibtex* || "$form" == *csl* ]] && continue ;;
        esac
        [[ $ask == --show\ k5 && $other == '-e berg' ]] && continue
        [[ $ask == --open* || $ask == -q ]] && continue
        said "$ask $form" '' "$words" >without
        if cmp -s with without; then
            echo "nsearch $ask $form $other $words: no effect, and no word"
            false
        fi
    done
    [ "$refused" -gt 10 ]
    [ "$done" -gt 10 ]
}
