#!/usr/bin/env bats
# The module nsearch, and the schemas that describe what it and others read.
bats_require_minimum_version 1.5.0

setup() {
    top=$BATS_TEST_DIRNAME/../..
    # Debian's, which has the packages that the tests need.
    PATH=$BUILD:/usr/bin:$PATH
    command -v python3 >/dev/null || skip "python3 is not here"
    cd "$BATS_TEST_TMPDIR" || return
    mkdir -p modules/nsearch
    cp "$top/query/nsearch/nsearch.py" modules/nsearch/__init__.py
    export PYTHONPATH=$PWD/modules PYTHONDONTWRITEBYTECODE=1
    cp -r "$top/corpus/samples" .
    nindex -q -d archive samples
    printf 'archive %s\nslots 0\nbase_url https://archive.example/search\n' \
        "$PWD/archive" >conf
}

# page QUERY_STRING: what follows the head.
page() {
    env -i GATEWAY_INTERFACE=CGI/1.1 REQUEST_METHOD=GET QUERY_STRING="$1" \
        NSEARCH_CGI_CONFIG="$PWD/conf" "$BUILD/nsearch.cgi" >answer
    head=$(sed '/^\r$/q' answer | tr -d '\r')
    sed '1,/^\r$/d' answer
}

# valid SCHEMA FILE...: each is as the schema says, and has nothing that it does
# not name.
valid() {
    python3 - "$@" <<'END'
import json, sys
import jsonschema

def close(part):
    if isinstance(part, dict):
        if "properties" in part:
            part.setdefault("additionalProperties", False)
        for inner in part.values():
            close(inner)
    elif isinstance(part, list):
        for inner in part:
            close(inner)

schema = json.load(open(sys.argv[1]))
jsonschema.Draft202012Validator.check_schema(schema)
close(schema)
check = jsonschema.Draft202012Validator(schema)
for name in sys.argv[2:]:
    for line in [open(name).read()] if name.endswith(".json") else open(name):
        check.validate(json.loads(line))
END
}

needs_jsonschema() {
    python3 -c 'import jsonschema' 2>/dev/null ||
        skip "python3-jsonschema is not here"
}

@test "the module searches, counts, reads and dumps" {
    python3 - >got <<'END'
import nsearch

archive = nsearch.Archive("archive")
found = archive.search("opcon", limit=2, facets=["source", "year"])
print(found, found.total, found.articles, found.complete)
print([hit.date and hit.date.isoformat() for hit in found])
print(found[0].headline, found[0].headline_matches)
print(found.facets["year"], found.without_value)
print([hit.source for hit in archive.search(
    "opcon", only={"source": "Coast Wire"})])
print(archive.search("péniche")[0].snippet.marked("<", ">")[:40])
print(archive.search("opkon").suggestions)
article = archive.article(found[0].key)
print(article.paragraphs[0][:20], article.captions[0].credit)
print(archive.count("opcon"), sum(1 for _ in archive.dump()))
try:
    archive.article("no such key")
except KeyError as error:
    print("none", error)
for broken in (lambda: nsearch.Archive("nowhere").search("x"),
               lambda: list(nsearch.Archive("nowhere").dump())):
    try:
        broken()
    except nsearch.Error as error:
        print(error.status, error)
END
    cat >want <<'END'
<nsearch.Result 'opcon': 2 of 5 hits> 5 17 True
[None, '2024-03-18']
Ministers set new milestones for Opcon transfer [(33, 38)]
[Value(name='2024', count=4, about=False, held=10)] {'source': 3, 'year': 1}
['Coast Wire']
Une <péniche> transformée en boulangerie
['opcon']
Arvenia and the Cald HALDEN LEDGER
5 17
none 'no such key'
2 nsearch: nowhere: there is no archive here; make one with: nindex -d nowhere FOLDER
2 nindex: nowhere: there is no archive here; make one with: nindex -d nowhere FOLDER
END
    diff -u want got
}

@test "what is typed is a query and never an option" {
    # shellcheck disable=SC2016 # no shell is to expand it
    run -0 python3 -c 'import nsearch
print(len(nsearch.Archive("archive").search("--help")))
print(nsearch.Archive("archive").count("-opcon; echo $HOME"))'
    [ "${lines[0]}" = 0 ]
}

@test "hits are a table for those who have pandas" {
    python3 -c 'import pandas' 2>/dev/null || skip "pandas is not here"
    run -0 python3 -c 'import nsearch
frame = nsearch.Archive("archive").search("opcon").to_dataframe()
print(len(frame), frame["date"].dt.year.max(), list(frame.columns)[:3])
print(len(nsearch.Archive("archive").search("qqqq").to_dataframe()))'
    [ "${lines[0]}" = "5 2024.0 ['rank', 'key', 'headline']" ]
    [ "${lines[1]}" = 0 ]
}

@test "what the programs answer is as the schemas say" {
    needs_jsonschema
    nindex -d archive dump >dump.jsonl
    valid "$top/indexer/nindex/article.schema.json" dump.jsonl
    cd archive || return
    search() { nsearch --no-pager -d . --json "$@" || [ $? = 1 ]; }
    search opcon >../1.json
    search --facet source --facet year --facet byline opcon >../2.json
    search opkon zzz 2>/dev/null >../3.json
    search --kwic -n 3 ferry >../4.json
    search --show 1 opcon >../5.json
    search -c opcon >../6.json
    search 'opcon source:"No Such Paper"' 2>/dev/null >../7.json
    search --explain-score ferry >../8.json
    search '(((' 2>/dev/null >../9.json
    cd .. || return
    valid "$top/query/render/answer.schema.json" [1-9].json
    # The schemas do refuse.
    jq '.hits[0].rank = 0' 1.json >bad.json
    run ! valid "$top/query/render/answer.schema.json" bad.json
    jq '.surprise = 1' 1.json >bad.json
    run ! valid "$top/query/render/answer.schema.json" bad.json
}

@test "the page answers as its description says" {
    needs_jsonschema
    api=$top/query/web/openapi.json
    get='.paths["/search"].get'
    # Its parameters are those of the manual.
    diff <(jq -r "$get.parameters[].name" "$api" | sort) \
        <(sed -n '/^\.Ss Parameters/,/^\.Ss Servers/s/^\.It Ic //p' \
            "$top/query/web/nsearch.cgi.8" | sed 's/ , /\n/g' | sort)
    page 'q=opcon&format=json&source=&n=3' >1.json
    page 'q=opkon&format=json' >2.json
    page 'q=opcon&format=json&from=2024&to=2024-03&sort=newest&page=1' >3.json
    valid "$top/query/render/answer.schema.json" [123].json
    # Each format is answered as one of the described types, and each value of
    # an enumeration is taken.
    for format in $(jq -r "$get.parameters[] | select(.name == \"format\") | .schema.enum[]" "$api"); do
        page "q=opcon&format=$format" >/dev/null
        [[ $head == *"Status: 200 OK"* ]]
        type=$(sed -n 's/^Content-Type: \([^;]*\).*/\1/p' <<<"$head")
        jq -e --arg type "$type" "$get.responses[\"200\"].content[\$type]" "$api"
    done
    for sort in $(jq -r "$get.parameters[] | select(.name == \"sort\") | .schema.enum[]" "$api"); do
        page "q=opcon&sort=$sort" >/dev/null
        [[ $head == *"Status: 200 OK"* ]]
    done
    for show in $(jq -r "$get.parameters[] | select(.name == \"show\") | .schema.enum[]" "$api"); do
        page "show=$show" >/dev/null
        # Some are there only if a setting names them.
        [[ $head == *"Status: 200 OK"* || $head == *"Status: 404 "* ]]
    done
    for wrong in "400 n=99" "400 sort=x" "400 from=when" "404 article=none"; do
        page "q=opcon&${wrong#* }" >/dev/null
        [[ $head == *"Status: ${wrong% *} "* ]]
        jq -e "$get.responses[\"${wrong% *}\"]" "$api"
    done
}
