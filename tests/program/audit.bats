#!/usr/bin/env bats
# What an archive lacks: nindex audit.
bats_require_minimum_version 1.5.0

# An archive of a year and two papers with a rhythm of their own: ten gaps of
# one to four days, and a template that broke for a month.  With "whole" as
# its argument nothing is missing.
make_archive() {
    command -v python3 >/dev/null || skip "no python3"
    python3 - "${1:-}" <<'END' | nindex -q -d "$BATS_TEST_TMPDIR/archive" -
import datetime, json, random, sys
whole = sys.argv[1] == "whole"
chance = random.Random(7)
gaps = [("The Herald", None, 30, 30), ("Gazette", None, 60, 62),
        (None, None, 90, 90), ("The Herald", "Sport", 120, 123),
        ("Gazette", None, 150, 150), (None, None, 180, 183),
        ("The Herald", None, 200, 201), ("Gazette", None, 227, 228),
        ("The Herald", "News", 260, 262), (None, None, 300, 300)]
rhythm = {"The Herald": [30, 32, 30, 31, 36, 40, 14],
          "Gazette": [24, 24, 25, 24, 26, 22, 0]}
number = 0
for t in range(365):
    day = datetime.date(2020, 1, 1) + datetime.timedelta(t)
    for paper, usual in rhythm.items():
        for i in range(usual[day.weekday()] + chance.randint(-3, 3)
                       if usual[day.weekday()] else 0):
            section = ["News", "Sport"][i % 2]
            if not whole and any(
                    p in (None, paper) and s in (None, section) and a <= t <= b
                    for p, s, a, b in gaps):
                continue
            words = int(chance.lognormvariate(4.5, .5)) + 5
            byline = "By Ana Ruiz"
            if not whole and paper == "Gazette" and 95 <= t <= 125:
                words, byline = 6, ""
            number += 1
            print(json.dumps({"key": f"k{number}", "headline": "H",
                              "published": str(day), "publication": paper,
                              "section": section, "byline": byline,
                              "body": "word " * words}))
END
}

@test "ten gaps and a broken template are found, and nothing else" {
    make_archive
    run -0 nindex -d "$BATS_TEST_TMPDIR/archive" audit
    [ "$(grep -c ^gap <<<"$output")" = 10 ]
    grep -q '^gap      2020-01-31              The Herald: 0 of about 3[0-9] articles' <<<"$output"
    grep -q '^gap      2020-03-01..2020-03-03  Gazette: 0 of' <<<"$output" ||
        grep -q '^gap      2020-03-02..2020-03-03  Gazette: 0 of' <<<"$output"
    grep -q '^gap      2020-03-31              all: 0 of' <<<"$output"
    grep -q '^gap      2020-04-30..2020-05-03  The Herald / Sport: 0 of' <<<"$output"
    grep -q '^gap      2020-06-29..2020-07-02  all: 0 of' <<<"$output"
    grep -q '^gap      2020-09-17..2020-09-19  The Herald / News: 0 of' <<<"$output"
    grep -q '^length   2020-04-0[56]..2020-05-05  Gazette: about 6 words instead of' <<<"$output"
    grep -q '^bylines  2020-04-0[56]..2020-05-05  Gazette: 0% have bylines instead of 100%' <<<"$output"
    [ "$(grep -cE '^(gap|pause|length|bylines)' <<<"$output")" = 12 ]
}

@test "where nothing is missing nothing is found" {
    make_archive whole
    run -0 nindex -d "$BATS_TEST_TMPDIR/archive" audit
    [ "${#lines[@]}" = 2 ]
    [[ ${lines[0]} == "articles "*", without a date 0, date inferred 0, without a byline 0" ]]
}

@test "JSON and the calendar say the same" {
    make_archive
    run -0 nindex -d "$BATS_TEST_TMPDIR/archive" audit --json
    [ "$(jq '[.findings[] | select(.kind == "gap")] | length' <<<"$output")" = 10 ]
    [ "$(jq -c '[.findings[] | select(.first == "2020-01-31")][0] |
        [.kind, .last, .publication, .section, .there]' <<<"$output")" = \
        '["gap","2020-01-31","The Herald",null,0]' ]
    nindex -d "$BATS_TEST_TMPDIR/archive" audit --svg >"$BATS_TEST_TMPDIR/c.svg"
    python3 -c 'import sys, xml.dom.minidom as m; m.parse(sys.argv[1])' \
        "$BATS_TEST_TMPDIR/c.svg"
    [ "$(grep -c '<rect' "$BATS_TEST_TMPDIR/c.svg")" = 365 ]
    grep -q '2020-03-31: 0, a gap' "$BATS_TEST_TMPDIR/c.svg"
}

@test "what is missing of articles is counted" {
    {
        echo '{"key":"a","headline":"H","body":"x","captions":["Two boats. [Agency]"]}'
        echo '{"key":"b","headline":"H","published":"2020-01-01","byline":"By Ana Ruiz","body":"x"}'
    } | nindex -q -d "$BATS_TEST_TMPDIR/few" -
    run -0 nindex -d "$BATS_TEST_TMPDIR/few" audit
    [ "${lines[0]}" = "articles 2, without a date 1, date inferred 0, without a byline 1" ]
    run -2 nindex -d "$BATS_TEST_TMPDIR/nowhere" audit
}
