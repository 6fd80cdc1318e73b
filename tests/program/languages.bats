# Thirty-eight languages in one archive: a word finds its article in other
# forms, without accents, in capitals, in a phrase, as it is and by its
# beginning, and finds no other.
#
# data/languages/words.tsv has a line a language: code, sentence, a word of it,
# another form of the word, the word as one types it without accents.

# shellcheck disable=SC2317 # each() calls what the tests define
# shellcheck disable=SC2154 # run --separate-stderr sets it

bats_require_minimum_version 1.5.0

setup_file() {
    cd "$BATS_FILE_TMPDIR" || return
    while IFS=$'\t' read -r code text _; do
        jq -cn --arg code "$code" --arg text "$text" \
            '{id: $code, language: $code, headline: ("Item " + $code), body: $text}'
    done <"$TEST_DATA/languages/words.tsv" >languages.jsonl
    nindex -q -d archive languages.jsonl
}

setup() {
    cd "$BATS_FILE_TMPDIR" || return
    asked=0
}

# finds CODE QUERY - the article of that language, and it alone.
finds() {
    local keys
    keys=$(nsearch -d archive --format jsonl -n 50 -e "$2" 2>errors | jq -r .key)
    if [ "$keys" != "$1" ]; then
        echo "$2 finds ${keys//$'\n'/ }, not $1"
        return 1
    fi
    asked=$((asked + 1))
}

# each COMMAND - for every line, with its columns.
each() {
    local code text word other plain
    while IFS=$'\t' read -r code text word other plain; do
        "$1"
    done <"$TEST_DATA/languages/words.tsv"
    [ "$asked" -ge 30 ]
}

@test "a word finds its other forms" {
    one() { finds "$code" "$other"; }
    each one
}

@test "a word is found as it is written, and quoted that very word" {
    one() { finds "$code" "$word" && finds "$code" "=\"$word\""; }
    each one
}

@test "a word is found without its accents" {
    one() { finds "$code" "$plain"; }
    each one
}

@test "a phrase is found" {
    one() {
        local phrase
        # The word and what stands before it.
        phrase=$(grep -oE "[^ ]+ $word" <<<"$text" || true)
        [ -z "$phrase" ] || finds "$code" "\"$phrase\""
    }
    each one
}

@test "a word is found in capitals" {
    one() {
        # A Turkish i has another capital.
        [ "$code" = tr ] || finds "$code" "${word^^}"
    }
    each one
}

@test "a word is found by its beginning" {
    one() {
        case $code in
        # One character and more is a word there.
        ja | ko | th | zh) asked=$((asked + 1)) ;;
        *) finds "$code" "${word:0:$((${#word} > 5 ? ${#word} - 2 : 3))}*" ;;
        esac
    }
    each one
}

# data/languages/questions.tsv has a line a language: code, question, and what
# of it is searched for.
@test "a question leaves out the small words of its own language" {
    while IFS=$'\t' read -r code question words; do
        run -0 --separate-stderr nsearch -d archive --explain --format jsonl -n 1 -e "$question"
        [ "$(jq -r .key <<<"$output")" = "$code" ]
        searched=$(sed -n 's/^searched  //p' <<<"$stderr")
        [ "${searched// OR/}" = "$words" ] || {
            echo "$question is searched as $searched"
            return 1
        }
    done <"$TEST_DATA/languages/questions.tsv"
}

@test "stems of two languages do not meet" {
    cat >pairs.jsonl <<'JSON'
{"id": "en-1", "language": "en", "headline": "One", "body": "Operating costs rose."}
{"id": "es-1", "language": "es", "headline": "Uno", "body": "La opera italiana."}
{"id": "en-2", "language": "en", "headline": "Two", "body": "Quoted prices fell."}
{"id": "pt-2", "language": "pt", "headline": "Dois", "body": "As quotas de pesca."}
{"id": "en-3", "language": "en", "headline": "Three", "body": "The medias met."}
{"id": "de-3", "language": "de", "headline": "Drei", "body": "Die Medien schwiegen."}
{"id": "en-4", "language": "en", "headline": "Four", "body": "Caring nurses went."}
{"id": "nl-4", "language": "nl", "headline": "Vier", "body": "De caravan reed weg."}
JSON
    nindex -q -d pairs pairs.jsonl
    run -0 nsearch -d pairs -c opera
    [ "$output" = 1 ]
    [ "$(nsearch -d pairs --format jsonl -e operate | jq -r .key)" = en-1 ]
    [ "$(nsearch -d pairs --format jsonl -e quota | jq -r .key)" = pt-2 ]
    [ "$(nsearch -d pairs --format jsonl -e quoting | jq -r .key)" = en-2 ]
}

@test "what the search took a word for is said, as far as articles have it" {
    run -0 --separate-stderr nsearch -d archive --explain -n 1 -e commission
    [[ $stderr == *"commiss:en | commission:it | commiss:fr  in about 3 articles"* ]]
    [[ $stderr != *":fi"* ]]
}

@test "Chinese is found in traditional and in simplified characters" {
    cat >han.jsonl <<'JSON'
{"id": "traditional", "language": "zh", "headline": "體育", "body": "國會選舉後，飛機場關閉。"}
{"id": "simplified", "language": "zh", "headline": "体育", "body": "国会选举后，飞机场关闭。"}
JSON
    nindex -q -d han han.jsonl
    for query in 國會 国会 選舉 选举 飛機 飞机 '"會選"' '=體育' '=体育' 关 關; do
        run -0 nsearch -d han -c -e "$query"
        [ "$output" = 2 ]
    done
    # What is shown is as it was written.
    run -0 nsearch -d han --format jsonl -e 选举
    [[ $output == *國會選舉後* && $output == *国会选举后* ]]
}

@test "a compound is found by its parts, as far as the archive knows them" {
    cat >compounds.jsonl <<'JSON'
{"id": "reform", "language": "de", "headline": "Eins", "body": "Die Steuerreformen sind gescheitert."}
{"id": "steuer", "language": "de", "headline": "Zwei", "body": "Jede Steuer braucht eine Reform."}
{"id": "steuerung", "language": "de", "headline": "Drei", "body": "Die Steuerung fiel aus."}
{"id": "english", "language": "en", "headline": "Four", "body": "Steering a ship is work."}
JSON
    nindex -q -d compounds compounds.jsonl
    found() { nsearch -d compounds --format jsonl "$@" | jq -r .key | sort | tr '\n' ' '; }
    [ "$(found Steuer)" = "reform steuer " ]
    [ "$(found Reform)" = "reform steuer " ]
    [ "$(found -e '=Steuer')" = "steuer " ]
    [ "$(found --no-compounds Steuer)" = "steuer " ]
    # What is marked is the compound.
    run -0 nsearch -d compounds -n 9 --format html Steuer
    [[ $output == *"<mark>Steuerreformen</mark>"* && $output == *"<mark>Steuer</mark>"* ]]
}
