#!/usr/bin/env bats
# Searches over time: --trend, --first, --last, and the page.
bats_require_minimum_version 1.5.0

setup_file() {
    export NSEARCH_ARCHIVE=$BATS_FILE_TMPDIR/archive
    cd "$BATS_FILE_TMPDIR" || return
    # 1990, 1991, none of 1992, 1993; and one that has no date.
    for i in {0..59}; do
        year=$((1990 + i % 3 + (i % 3 == 2)))
        words=harbour
        ((i % 4)) || words="harbour strike"
        ((i % 10)) || words="$words lockout"
        printf '{"key":"k%d","headline":"About %s","published":"%d-%02d-%02d","body":"x"}\n' \
            "$i" "$words" "$year" $((i % 12 + 1)) $((i % 28 + 1))
    done >news.jsonl
    echo '{"key":"u","headline":"A strike without a date","body":"x"}' >>news.jsonl
    nindex -q news.jsonl
}

# What SQL counts: by so many characters of the day, of headlines like this.
counted_by_sql() {
    sqlite3 -separator , "$NSEARCH_ARCHIVE"/seg-*.db \
        "SELECT substr(date(published, 'unixepoch'), 1, $1) AS at,
                sum(headline LIKE '%$2%'), count(*)
         FROM article WHERE published IS NOT NULL GROUP BY at ORDER BY at"
}

@test "the counts are those of plain SQL, by every unit" {
    local unit size word

    while read -r unit size; do
        for word in harbour strike lockout; do
            nsearch --trend "$word" --by "$unit" --format csv |
                awk -F, 'NR > 1 && $4 { print $2 "," $3 "," $4 }' >got
            counted_by_sql "$size" "$word" >all
            # Before its first and after its last there is no line.
            awk -F, '{ row[NR] = $0; if ($2) { if (!from) from = NR; to = NR } }
                     END { for (i = from; i <= to; i++) print row[i] }' all >wanted
            [ -s wanted ]
            cmp got wanted
        done
    done <<<'year 4
month 7
day 10'
}

@test "of a time of which nothing is held there is a gap and no nought" {
    # No spreadsheet computes what was searched for.
    [[ $(nsearch --trend '=strike' --format csv --by year) == *$'\n"\'=strike",'* ]]
    [[ $(nsearch --trend '=strike' --format tsv --by year) == *$'\n\'=strike\t'* ]]
    run -0 nsearch --trend strike lockout --format csv --by year
    [ "${lines[0]}" = query,year,articles,held,share ]
    [ "${lines[1]}" = strike,1990,5,20,0.250000 ]
    [ "${lines[3]}" = strike,1992,0,0, ]
    [ "${lines[4]}" = strike,1993,5,20,0.250000 ]
    [ "${lines[7]}" = lockout,1992,0,0, ]
    [ "${#lines[@]}" = 9 ]
    run -0 nsearch --trend strike --json --by year
    [ "$(jq -c '[.by, .trends[0].total, .trends[0].undated, .trends[0].counts]' \
        <<<"$output")" = '["year",16,1,[5,5,0,5]]' ]
    [ "$(jq -c '[.points[].held]' <<<"$output")" = '[20,20,0,20]' ]
}

@test "a line is drawn, with a gap in the line and in the axis" {
    run -0 --separate-stderr nsearch --trend strike 'harbour lockout' --by year \
        --width 51
    [ "${lines[0]}" = "strike  16 of 61 articles, 1 undated; share of what is held, by year" ]
    [ "${lines[1]}" = "   25.00% ⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉          ⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉" ]
    [ "${lines[5]}" = "    0.00% ────────────────────··········──────────" ]
    [ "${lines[6]}" = "          1990                1992            1993" ]
    [[ ${lines[7]} == "harbour lockout  6 of 61"* ]]
    [[ $output != *$'\033'* ]]
    run -0 nsearch --trend strike --color always
    [[ $output == *$'\033[1;31m'* ]]
}

@test "arguments, -e and lines of a file are searches of their own" {
    printf 'harbour\n\n  \nlockout\n' >"$BATS_TEST_TMPDIR/queries"
    run -0 nsearch --trend -e strike -f "$BATS_TEST_TMPDIR/queries" 'x y z' --json
    [ "$(jq -c '[.trends[].query]' <<<"$output")" = \
        '["strike","harbour","lockout","x y z"]' ]
}

@test "the unit suits the span" {
    [ "$(nsearch --trend strike --json | jq -r .by)" = year ]
    [ "$(nsearch --trend 'harbour date:1990' --json | jq -r .by)" = month ]
    [ "$(nsearch --trend 'harbour date:1990-01..1990-02' --json | jq -r .by)" = day ]
}

@test "nothing is no trend" {
    run -1 nsearch --trend zeppelin
    [[ $output == "zeppelin  0 of 61 articles"* ]]
    # Not that some of the words are somewhere.
    run -1 nsearch --trend 'strike zeppelin'
    run -2 --separate-stderr nsearch --by year strike
    # shellcheck disable=SC2154
    [[ $stderr == *"--by has no effect"* ]]
    run -2 --separate-stderr nsearch --trend -n 3 strike
    run -2 --separate-stderr nsearch --trend --format atom strike
}

@test "the first and the last mention are by date" {
    [ "$(nsearch --first strike --format tsv --fields key | tail -n 1)" = k0 ]
    [ "$(nsearch --first strike -n 2 --format tsv --fields key | tail -n 2 |
        tr '\n' ' ')" = "k0 k36 " ]
    [ "$(nsearch --last strike --format tsv --fields date | tail -n 1)" = \
        "$(sqlite3 "$NSEARCH_ARCHIVE"/seg-*.db \
            "SELECT date(max(published), 'unixepoch') FROM article
             WHERE headline LIKE '%strike%'")" ]
    run -1 nsearch --first undated strike
    run -2 --separate-stderr nsearch --first --last strike
    run -2 --separate-stderr nsearch --first --sort newest strike
    [[ $stderr == *"--sort has no effect with --first"* ]]
}

@test "the page draws them and has the table" {
    local page="$BATS_TEST_TMPDIR/page"

    GATEWAY_INTERFACE=CGI/1.1 REQUEST_METHOD=GET \
        QUERY_STRING='trend=strike%0D%0Alockout%0A%0A%3Cb%3E' nsearch.cgi |
        sed '1,/^\r*$/d' >"$page"
    grep -q '<th scope="row">1992</th><td>0</td><td>–</td><td>–</td>' "$page"
    grep -q '<th scope="row">1990</th><td>20</td><td>5 <small>25.00%</small>' "$page"
    grep -q '<a href="?q=lockout">lockout</a>' "$page"
    grep -q '&lt;b&gt;' "$page"
    # Two runs, with the gap between them.
    [ "$(sed -n '/<svg/,/<\/svg>/p' "$page" | sed '/<\/svg>/q' |
        grep -c '^<polyline points')" = 2 ]
    GATEWAY_INTERFACE=CGI/1.1 REQUEST_METHOD=GET QUERY_STRING='q=strike' \
        nsearch.cgi | grep -q 'href="?trend=strike"'
}
