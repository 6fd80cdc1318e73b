#!/usr/bin/env bats
# nsearch-sql(7): the extension and the export, in the programs that people
# open them with.
bats_require_minimum_version 1.5.0

# shellcheck source-path=SCRIPTDIR source=../support/page_commands.bash
. "$BATS_TEST_DIRNAME/../support/page_commands.bash"

setup() {
    top=$BATS_TEST_DIRNAME/../..
    # Debian's: it alone is sure to load extensions.
    PATH=/usr/bin:$PATH
    PATH=$BUILD:$PATH
    cd "$BATS_TEST_TMPDIR" || return
    cp -r "$top/corpus/samples" .
}

# What the page has, with the places of this build.
examples() {
    page_examples "$top/indexer/extension/nsearch-sql.7" |
        sed "s|/usr/lib/nsearch/|$BUILD/|
             s|/usr/share/doc/nsearch/examples/|$top/indexer/extension/|"
}

# article KEY DAY KEYWORDS BODY: a line of JSON.
article() {
    printf '{"key":"%s","published":"%s","headline":"H","keywords":%s,' \
        "$1" "$2" "$3"
    printf '"authors":["Ann Bo","Cy Du"],"body":"%s"}\n' "$4"
}

@test "the extension needs no SQLite but that of the program that loads it" {
    # One that is sanitized brings names of its own.
    run -0 bash -c "nm -D --undefined-only '$BUILD/fts5_news.so' | grep sqlite3_ || true"
    [ -z "$output" ]
}

@test "the examples of nsearch-sql(7) do what they say" {
    command -v python3 sqlite3 || skip "python3 or sqlite3 is not here"
    examples >want
    # Datasette comes from PyPI, not from Debian.
    command -v datasette ||
        sed -i '/^\$ datasette/,$d' want
    ! grep -q fsanitize "$BUILD/build.ninja" ||
        skip "python3 is not sanitized"
    page_run <want >got
    diff -u want got
}

@test "an export has the living articles of all segments" {
    article k1 2024-05-01 '["Ferries","Ports"]' "The harbour was opened." >a.jsonl
    article k2 2024-05 '[]' "The harbour was closed." >b.jsonl
    nindex -q -d archive a.jsonl
    nindex -q -d archive b.jsonl
    article k1 2024-05-03 '["Ports","O\"Hara \\n"]' "The quay was opened." >a.jsonl
    nindex -q -d archive a.jsonl
    run -0 nindex -d archive export out.db
    [ "$output" = "out.db: 2 articles" ]
    run -0 sqlite3 out.db "SELECT key, published, year, authors, keywords, body
        FROM article ORDER BY key"
    [ "$output" = 'k1|2024-05-03|2024|["Ann Bo","Cy Du"]|["O\"Hara \\n","Ports"]|The quay was opened.
k2|2024-05|2024|["Ann Bo","Cy Du"]|[]|The harbour was closed.' ]
    run -0 sqlite3 out.db "SELECT count(*) FROM article_fts('harbour')"
    [ "$output" = 1 ]
    run -0 sqlite3 out.db "SELECT key, value FROM export"
    [ "$output" = "articles|2
generation|3
language|en" ]
    run -0 sqlite3 out.db "PRAGMA integrity_check; PRAGMA foreign_key_check;
        INSERT INTO article_fts(article_fts, rank) VALUES('integrity-check', 1)"
    [ "$output" = ok ]
    # Every member that has a column elsewhere has one here.
    run -0 sqlite3 archive/seg-000002.db "SELECT name FROM
        pragma_table_info('article') WHERE name NOT IN ('item', 'offset',
        'more_names', 'emails', 'precision', 'zone', 'crc', 'signature')
        ORDER BY name"
    segment=$output
    run -0 sqlite3 out.db "SELECT name FROM pragma_table_info('article')
        WHERE name != 'year' ORDER BY name"
    diff <(echo "$segment") <(echo "$output")
}

@test "an export takes the place of an earlier one, and of nothing else" {
    nindex -q -d archive samples
    nindex -q -d archive export out.db
    before=$(sha256sum out.db)
    nindex -q -d archive export out.db
    [ "$(sha256sum out.db)" = "$before" ]
    echo text >mine
    run -2 nindex -d archive export mine
    [ "$output" = "nindex: mine: is there already, and is no earlier export; move it away or name another file" ]
    [ "$(cat mine)" = text ]
    run -2 nindex -d archive export archive/seg-000001.db
    run -2 nindex -d archive export
    run -2 nindex -d archive export a b
    run -2 nindex -d nowhere export new.db
    [ ! -e new.db ]
    run -2 nindex -d archive export no/such/new.db
    # What fails on its way leaves nothing, and what was there stays.
    rm archive/seg-000001.db
    run -6 nindex -d archive export out.db
    [ "$(sha256sum out.db)" = "$before" ]
    [ "$(ls -d out.db*)" = out.db ]
}
