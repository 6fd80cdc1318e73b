# nsearch.cgi as a web server runs it: an environment in, an answer out.
#
# The archive holds an article whose every field tries to be markup, an
# article in German, and one too long for a pipe's buffer.

bats_require_minimum_version 1.5.0

setup_file() {
    local site=$BATS_FILE_TMPDIR
    mkdir "$site/in"
    cat >"$site/in/desk.jsonl" <<'END'
{"id": "hostile-1", "title": "&lt;script&gt;document.title='x'&lt;/script&gt; Opcon &amp; &lt;b&gt;bold&lt;/b&gt;", "author": "\"><img src=x onerror=alert(1)>", "date": "2014-10-24", "section": "'><svg onload=alert(1)>", "url": "javascript:alert(1)", "publication": "</title><script>alert(1)</script>", "body": "The Opcon transfer <script>alert(2)</script> was agreed.\n\nSecond paragraph &lt;b&gt; here."}
{"id": "plain-1", "title": "Harbour strike ends after nine days", "author": "Marta Ellingsen", "date": "2013-05-02", "section": "Business", "url": "https://ledger.example/strike", "publication": "The Halden Ledger", "body": "Dockers went back to work on Thursday. The harbour strike had lasted nine days.\n\nThe ferry sails again."}
{"id": "plain-2", "title": "Ferry to the islands sails again", "author": "Sunniva Holt", "date": "2014-05-03", "section": "Business", "url": "https://ledger.example/ferry", "publication": "The Halden Ledger", "body": "After the strike the ferry to the outer islands sails again from the harbour."}
END
    {
        printf '{"id": "long-1", "title": "The minutes in full", "date": "2012-01-01", "body": "'
        printf 'The council heard item %d and moved on to the next one at once. ' {1..4000}
        printf '"}\n'
    } >"$site/in/minutes.jsonl"
    nindex -d "$site/archive" "$site/in" 2>"$site/nindex.log"
    cat >"$site/conf" <<END
archive $site/archive
site_name The "Gazette" & <Sons>
base_url https://gazette.example/search
slots 0
END
}

# visit QUERY [NAME=VALUE...] - the answer's head in $head, body in $body (a
# file), its exit status in $status, what was logged in $log (a file).
visit() {
    local query=$1
    shift
    log=$BATS_TEST_TMPDIR/log
    body=$BATS_TEST_TMPDIR/body
    status=0
    env -i GATEWAY_INTERFACE=CGI/1.1 REQUEST_METHOD=GET QUERY_STRING="$query" \
        NSEARCH_CGI_CONFIG="$BATS_FILE_TMPDIR/conf" "$@" \
        "$BUILD/nsearch.cgi" >"$BATS_TEST_TMPDIR/answer" 2>"$log" || status=$?
    head=$(sed -n '/^\r$/q; s/\r//g; p' "$BATS_TEST_TMPDIR/answer")
    sed '1,/^\r$/d' "$BATS_TEST_TMPDIR/answer" >"$body"
    echo "$status" >>"$BATS_FILE_TMPDIR/ends"
}

# header NAME - the value of one header of the last answer.
header() {
    sed -n "s/^$1: //p" <<<"$head"
}

# lacks PATTERN FILE... - fail, and show the line, if the pattern is there.
lacks() {
    if grep -iE -- "$@"; then
        return 1
    fi
}

@test "a page of hits has marks, links and exactly these headers" {
    visit "q=harbour+strike"
    [ "$status" -eq 0 ]
    grep -q '<mark>[Hh]arbour</mark>' "$body"
    grep -q 'href="?q=harbour+strike&amp;article=' "$body"
    [ "$(header Status)" = "200 OK" ]
    [ "$(header Content-Length)" -eq "$(wc -c <"$body")" ]
    diff -u - <(grep -vE '^(Content-Length|ETag):' <<<"$head") <<'END'
Status: 200 OK
Content-Type: text/html; charset=utf-8
Vary: Accept-Language
Cache-Control: private, max-age=60
X-Robots-Tag: noindex
Content-Security-Policy: default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'
X-Content-Type-Options: nosniff
Referrer-Policy: no-referrer
Cross-Origin-Resource-Policy: same-origin
Cross-Origin-Opener-Policy: same-origin
END
    [ "$(wc -c <"$body")" -lt 20480 ]
    [ ! -s "$log" ]
}

@test "what an article holds never becomes markup" {
    local key
    visit "q=opcon"
    grep -q 'transfer &lt;script&gt;alert(2)&lt;/script&gt; was' "$body"
    key=$(grep -o 'article=[^"]*' "$body" | head -1)
    for query in "q=opcon" "q=opcon&$key" "q=&$key"; do
        visit "$query"
        [ "$(header Status)" = "200 OK" ]
        lacks '<(script|img|svg|b)[ >]' "$body"
        lacks 'href="javascript' "$body"
        lacks 'on(error|load)=[^&]*<' "$body"
    done
}

@test "what a visitor sends never becomes markup" {
    while read -r payload; do
        for query in "q=$payload" "q=zzyzx+$payload" "q=a&source=$payload" \
            "q=a&section=$payload&byline=$payload" "article=$payload" \
            "from=$payload" "sort=$payload" "page=$payload" "show=$payload" \
            "format=$payload" "$payload=1" "$payload"; do
            visit "$query" PATH_INFO= HTTP_HOST="$payload" \
                HTTP_REFERER="$payload" HTTP_USER_AGENT="$payload"
            [ "$status" -eq 0 ]
            # Ours has a viewBox and no other attribute that could come from it.
            lacks '<(script|img|svg/|svg on|iframe|body onload)' "$BATS_TEST_TMPDIR/answer"
            [ "$(header Content-Length)" -eq "$(wc -c <"$body")" ]
        done
    done <<'END'
<script>alert(1)</script>
%3Cscript%3Ealert(1)%3C/script%3E
%09%3Cscript%3Ealert(1)%3C/script%3E
"><img+src=x+onerror=alert(1)>
%22%3E%3Csvg/onload=alert(1)%3E
'%3E%3Ciframe+src=javascript:alert(1)%3E
%0d%0aSet-Cookie:+a=b%0d%0a%0d%0a%3Cscript%3E
+ADw-script+AD4-alert(1)+ADw-/script+AD4-
%C0%BCscript%C0%BEalert(1)
%00%3Cscript%3E
</title><script>alert(1)</script>
`id`
../../../../etc/passwd
-c+/etc/passwd
END
}

@test "methods other than GET and HEAD are refused, with what they send" {
    for method in POST PUT DELETE OPTIONS TRACE get ''; do
        visit "q=harbour" REQUEST_METHOD="$method" \
            CONTENT_LENGTH=99999999999 </dev/zero
        [ "$(header Status)" = "405 Method Not Allowed" ]
        [ "$(header Allow)" = "GET, HEAD" ]
        [ "$(header Cache-Control)" = "no-store" ]
    done
}

@test "HEAD gets the headers of GET" {
    visit "q=harbour"
    local get=$head
    visit "q=harbour" REQUEST_METHOD=HEAD
    [ "$head" = "$get" ]
    [ ! -s "$body" ]
}

@test "without a web server it says what it is" {
    run -0 env -i "$BUILD/nsearch.cgi"
    [[ $output == *"--check-config"* ]]
    run -2 env -i "$BUILD/nsearch.cgi" --frobnicate
}

@test "whatever of the environment is missing, it does not fall over" {
    local page=$BATS_TEST_TMPDIR/page conf=NSEARCH_CGI_CONFIG=$BATS_FILE_TMPDIR/conf
    while IFS='|' read -r environment first; do
        # shellcheck disable=SC2086 # one variable a word
        env -i "$conf" $environment "$BUILD/nsearch.cgi" >"$page" </dev/null
        diff <(head -n 1 "$page" | tr -d '\r') - <<<"$first"
    done <<'END'
|This program answers a web server that speaks CGI; nsearch.cgi(8) says how to set it up.
QUERY_STRING=q=a|This program answers a web server that speaks CGI; nsearch.cgi(8) says how to set it up.
GATEWAY_INTERFACE=CGI/1.1|Status: 405 Method Not Allowed
GATEWAY_INTERFACE=CGI/1.1 REQUEST_METHOD=|Status: 405 Method Not Allowed
REQUEST_METHOD=GET|Status: 200 OK
REQUEST_METHOD=GET GATEWAY_INTERFACE=|Status: 200 OK
REQUEST_METHOD=GET QUERY_STRING=|Status: 200 OK
REQUEST_METHOD=HEAD PATH_INFO=|Status: 200 OK
REQUEST_METHOD=GET PATH_INFO=/|Status: 200 OK
REQUEST_METHOD=GET PATH_INFO=/x|Status: 404 Not Found
REQUEST_METHOD=GET CONTENT_LENGTH=-1|Status: 200 OK
REQUEST_METHOD=POST CONTENT_LENGTH=x|Status: 405 Method Not Allowed
REQUEST_METHOD=POST CONTENT_LENGTH=-1|Status: 405 Method Not Allowed
END
}

@test "what comes with a question is not read" {
    echo "still here" >"$BATS_TEST_TMPDIR/sent"
    exec 8<"$BATS_TEST_TMPDIR/sent"
    visit "q=harbour" CONTENT_LENGTH=11 <&8
    [ "$(header Status)" = "200 OK" ]
    read -r line <&8
    exec 8<&-
    [ "$line" = "still here" ]
}

@test "arguments are ignored once there is a web server" {
    visit "q=harbour"
    local page
    page=$(cat "$body")
    for argument in -c/etc/passwd --check-config --version -h; do
        run -0 env -i GATEWAY_INTERFACE=CGI/1.1 REQUEST_METHOD=GET \
            QUERY_STRING=q=harbour NSEARCH_CGI_CONFIG="$BATS_FILE_TMPDIR/conf" \
            "$BUILD/nsearch.cgi" "$argument" /etc/passwd
        [[ $output == *"$page"* ]]
    done
}

@test "a path behind the program's is not found and not repeated" {
    visit "q=harbour" PATH_INFO=/
    [ "$(header Status)" = "200 OK" ]
    for path in // /x '/<script>' /../../etc/passwd; do
        visit "q=harbour" PATH_INFO="$path"
        [ "$(header Status)" = "404 Not Found" ]
        lacks '<script>|passwd' "$body"
    done
}

@test "a bad date is told, and what was asked is kept" {
    visit "q=harbour&from=yesterday&source=The+Halden+Ledger"
    [ "$(header Status)" = "400 Bad Request" ]
    grep -q 'id="from"[^>]* aria-invalid="true" aria-describedby="wrong" value="yesterday"' "$body"
    grep -q 'id="q"[^>]* value="harbour"' "$body"
    grep -q 'name="source" value="The Halden Ledger"' "$body"
    grep -q '<p id="wrong" role="alert">A date is written as' "$body"
    [ "$(grep -c 'aria-invalid' "$body")" -eq 1 ]
    visit "q=harbour&from=2015&to=2014"
    grep -q 'The first of the two dates is after the second.' "$body"
    [ "$(grep -c 'aria-invalid' "$body")" -eq 2 ]
}

@test "a value that cannot be right is 400, a long address 414" {
    visit "page=0"
    [ "$(header Status)" = "400 Bad Request" ]
    [ "$(header Cache-Control)" = "no-store" ]
    visit "q=$(head -c 8191 /dev/zero | tr '\0' a)"
    [ "$(header Status)" = "414 URI Too Long" ]
    visit "article=no-such-article"
    [ "$(header Status)" = "404 Not Found" ]
}

@test "the last page and the longest query are shown, what is beyond is told" {
    visit "q=strike&page=50&n=50"
    [ "$(header Status)" = "200 OK" ]
    for query in "q=strike&page=51" "q=strike&n=51"; do
        visit "$query"
        [ "$(header Status)" = "400 Bad Request" ]
    done
    visit "q=$(printf 'a%.0s' {1..256})"
    lacks 'longer than is searched' "$body"
    visit "q=$(printf 'a%.0s' {1..257})"
    grep -q 'longer than is searched' "$body"
    visit "q=$(printf '+w%.0s' {1..13})"
    grep -q 'more words than are searched' "$body"
}

@test "an answer is not sent twice while the archive stays as it is" {
    local tag
    cp -r "$BATS_FILE_TMPDIR/archive" "$BATS_TEST_TMPDIR/archive"
    sed "s|^archive .*|archive $BATS_TEST_TMPDIR/archive|" \
        "$BATS_FILE_TMPDIR/conf" >"$BATS_TEST_TMPDIR/conf"
    conf=NSEARCH_CGI_CONFIG=$BATS_TEST_TMPDIR/conf
    visit "q=harbour" "$conf"
    grep -qE '<p class="legend"[^>]*>nsearch [0-9.]+, 20[0-9-]{8}: ' "$body"
    tag=$(header ETag)
    [ -n "$tag" ]
    visit "q=harbour" "$conf" HTTP_IF_NONE_MATCH="\"0\", $tag"
    [ "$(header Status)" = "304 Not Modified" ]
    [ "$(header ETag)" = "$tag" ]
    [ ! -s "$body" ]
    visit "q=ferry" "$conf" HTTP_IF_NONE_MATCH="$tag"
    [ "$(header Status)" = "200 OK" ]
    echo '{"id": "new-1", "title": "New harbour", "date": "2015-01-01", "body": "A new harbour opens."}' \
        >"$BATS_TEST_TMPDIR/new.jsonl"
    nindex -d "$BATS_TEST_TMPDIR/archive" "$BATS_TEST_TMPDIR/new.jsonl"
    visit "q=harbour" "$conf" HTTP_IF_NONE_MATCH="$tag"
    [ "$(header Status)" = "200 OK" ]
    [ "$(header ETag)" != "$tag" ]
    grep -q 'New <mark>harbour</mark>' "$body"
}

@test "filters narrow, and each can be taken away again" {
    visit "q=strike&from=2014&to=2014"
    grep -q '<h1>1 article for' "$body"
    grep -q 'from <strong><bdi>2014</bdi></strong> <a href="?q=strike&amp;to=2014">' "$body"
    visit "source=The+Halden+Ledger&section=Business"
    grep -q '<h1>2 articles</h1>' "$body"
    visit "q=(strike&byline=Marta+Ellingsen"
    grep -q '<h1>1 article for' "$body"
}

@test "nothing found comes with ways out" {
    visit "q=harbour+AND+qqqxyz&from=2013"
    grep -q '<h1>No articles for' "$body"
    grep -q 'Without <bdi>qqqxyz</bdi>: <a href="?q=harbour&amp;from=2013">2 articles</a>' "$body"
    # Without the date there is nothing either, so that is not offered.
    lacks 'Without the date' "$body"
    visit "q=harbour&from=2030"
    grep -q 'Without the date: <a href="?q=harbour">2 articles</a>' "$body"
    visit "q=harbour&source=Nobody"
    grep -q 'Without Source <bdi>Nobody</bdi>: <a href="?q=harbour">2 articles</a>' "$body"
    visit "q=zzzqqq+qqqzzz"
    lacks '<a href="?q=' "$body"
}

@test "an article page says what is known of it and links to the original" {
    local key
    visit "q=dockers"
    key=$(grep -o 'article=[^"]*' "$body" | head -1)
    visit "q=dockers&$key"
    grep -q '<h1[^>]* dir="auto">Harbour strike ends after nine days</h1>' "$body"
    grep -q '<mark>Dockers</mark> went back' "$body"
    grep -q 'href="https://ledger.example/strike"' "$body"
    grep -q '<time datetime="2013-05-02' "$body"
}

@test "an article page has the pictures' credits, and says what is missing" {
    local own=$BATS_TEST_TMPDIR
    cat >"$own/desk.jsonl" <<'END'
{"key": "k1", "published": "2013-05-02", "seen": "2020-02-03", "language": "nn", "captions": [{"text": "The quay <at dawn>", "credit": "Lia & Brandt"}, {"text": "The gate", "credit": ""}], "body": "Dockers went back."}
{"key": "k2", "headline": "Undated", "body": "Ferries sail."}
END
    nindex -q -d "$own/archive" "$own/desk.jsonl"
    echo "archive $own/archive" >"$own/conf"
    visit "article=k1" NSEARCH_CGI_CONFIG="$own/conf"
    grep -qF '<h1 lang="nn" dir="auto">(no headline)</h1>' "$body"
    grep -qF '<p lang="nn" dir="auto">Dockers went back.</p>' "$body"
    grep -qF '(dated by the feed)' "$body"
    grep -qF '<li lang="nn" dir="auto">The quay &lt;at dawn&gt; <span class="credit">Lia &amp; Brandt</span></li>' "$body"
    grep -qF '<li lang="nn" dir="auto">The gate</li>' "$body"
    grep -q 'Our copy was made on <time datetime="2020-02-03"' "$body"
    lacks 'The original' "$body"
    visit "article=k2" NSEARCH_CGI_CONFIG="$own/conf"
    grep -q '<h1[^>]* dir="auto">Undated</h1>' "$body"
    lacks 'dated by|Our copy|captions' "$body"
}

@test "the way back from an article leads to where one came from" {
    visit "q=strike&section=Business&from=2013&sort=oldest&n=1&page=2"
    key=$(grep -o 'article=[^"]*' "$body" | head -1)
    visit "q=strike&section=Business&from=2013&sort=oldest&n=1&page=2&$key"
    grep -q '<li><a href="?q=strike&amp;section=Business&amp;from=2013[^"]*&amp;page=2">Back to' "$body"
}

# An archive of its own with its settings, in $own.
own_archive() {
    own=$BATS_TEST_TMPDIR
    nindex -q -d "$own/archive" "$@"
    printf 'archive %s\nbase_url https://a.example/s\n' "$own/archive" >"$own/conf"
}

@test "a value that is part of another one is not that" {
    own=$BATS_TEST_TMPDIR
    cat >"$own/desk.jsonl" <<'END'
{"key": "a1", "headline": "Ferry", "body": "x", "byline": "By Ana Ruiz", "publication": "The Gazette", "section": "News", "published": "2020-01-01"}
{"key": "a2", "headline": "Ferry", "body": "x", "byline": "By Ana Ruiz Molina", "publication": "Harbour Gazette", "section": "Local News", "published": "2020-01-01"}
{"key": "a3", "headline": "Ferry", "body": "x", "byline": "By Bo Lund", "publication": "Gazette", "section": "Sport", "published": "2020-01-02"}
{"key": "a4", "headline": "Ferry", "body": "x", "byline": "By Ana Ruiz", "publication": "The Gazette", "section": "C++ / \"Tech\"", "published": "2020-01-01"}
END
    own_archive "$own/desk.jsonl"
    while read -r total filter; do
        visit "q=ferry&$filter" NSEARCH_CGI_CONFIG="$own/conf"
        grep -q "<h1>$total article" "$body"
        visit "$filter" NSEARCH_CGI_CONFIG="$own/conf"
        grep -q "<h1>$total article" "$body"
    done <<'END'
1 source=Gazette
2 source=The+Gazette
1 section=News
1 byline=Ana+Ruiz+Molina
2 byline=Ana+Ruiz
1 section=C%2B%2B+/+%22Tech%22
END
}

@test "no link of the pages leads nowhere, and no count is another's" {
    command -v python3 >/dev/null || skip "no python3"
    local i places=(Halden Corve "Corve Sands" Marn) desks=(News "Local News" Sport '')
    own=$BATS_TEST_TMPDIR
    for ((i = 0; i < 240; i++)); do
        printf '{"key":"k%d","headline":"The ferry of %s","body":"Harbour talks%s ended, item %d. %s","publication":"%s Gazette","section":"%s","author":"Ana %s","published":"%d-%02d-%02d"}\n' \
            $i "${places[i % 4]}" "$([ $((i % 5)) -eq 0 ] && echo ' and strikes')" \
            $i "$([ $((i % 7)) -eq 0 ] && echo 'Opcon.')" "${places[i % 3]}" \
            "${desks[i % 4]}" "${places[i % 2]}" $((1990 + i % 13)) \
            $((1 + i % 12)) $((1 + i % 28))
    done >"$own/desk.jsonl"
    own_archive "$own/desk.jsonl"
    export NSEARCH_CGI_CONFIG=$own/conf
    words=(ferry 'harbour strike' 'opcon zeppelin' 'talks -strikes' corve)
    run -0 --separate-stderr python3 "$BATS_TEST_DIRNAME/crawl.py" "$BUILD/nsearch.cgi" 60 5 "${words[@]}"
    [ -z "$output" ]
    # shellcheck disable=SC2154 # run sets it
    [[ $stderr == *" 0 faults" ]]
    counts=${stderr#* pages, }
    [ "${counts%% counts*}" -gt 100 ]
}

@test "all hits can be taken along, and one article in every format" {
    visit "q=harbour&n=all&format=csv"
    [ "$(header Status)" = "200 OK" ]
    [ "$(header Content-Length)" -eq "$(wc -c <"$body")" ]
    [ "$(head -c 3 "$body" | od -An -tx1)" = ' ef bb bf' ]
    [ "$(wc -l <"$body")" -eq 3 ]
    visit "q=harbour&n=all&format=csl-json"
    [ "$(jq -c '[.[].id] | length' "$body")" = 2 ]
    visit "q=harbour&n=all&format=ris"
    [ "$(grep -c '^TY' "$body")" -eq 2 ]
    visit "q=harbour&n=all&format=json"
    [ "$(header Status)" = "400 Bad Request" ]
    { grep -v '^slots' "$BATS_FILE_TMPDIR/conf"; printf 'export 1\n'; } >"$BATS_TEST_TMPDIR/conf"
    visit "q=harbour" NSEARCH_CGI_CONFIG="$BATS_TEST_TMPDIR/conf"
    grep -q 'The first 1 hits as' "$body"
    visit "q=harbour&n=all&format=jsonl" NSEARCH_CGI_CONFIG="$BATS_TEST_TMPDIR/conf"
    [ "$(wc -l <"$body")" -eq 1 ]
    for format in json jsonl csv tsv ris bibtex csl-json; do
        visit "article=plain-1&format=$format"
        [ "$(header Status)" = "200 OK" ]
        grep -q 'Harbour strike ends' "$body"
        lacks '<html' "$body"
    done
    visit "article=plain-1"
    grep -q '<a href="?format=ris&amp;article=plain-1">RIS</a>' "$body"
}

@test "from an article one goes to the next hit, and to those of its day" {
    visit "q=harbour&sort=oldest"
    link=$(grep -o '?q=[^"]*&amp;hit=1' "$body" | head -1 | sed 's/&amp;/\&/g')
    visit "${link#?}"
    grep -q 'Hit 1 of 2' "$body"
    grep -q '<a href="?q=harbour&amp;sort=oldest&amp;article=plain-2&amp;hit=2" rel="next">' "$body"
    lacks 'rel="prev"' "$body"
    # An address that lies about the number is an article all the same.
    visit "${link#?}0"
    [ "$(header Status)" = "200 OK" ]
    lacks 'Hit 1|rel="next"' "$body"
}

@test "an article of any size comes in parts, and ends" {
    own=$BATS_TEST_TMPDIR
    python3 - >"$own/huge.jsonl" <<'END' || skip "no python3"
import json
body = "\n".join("Paragraph %d of the log. " % i + "word " * 40 for i in range(2000))
print(json.dumps({"key": "huge", "headline": "The log", "body": body}))
print(json.dumps({"key": "one", "headline": "One word", "body": "é" * 150000}))
END
    own_archive "$own/huge.jsonl"
    local part=0 all=""
    while :; do
        visit "article=huge&part=$((++part))" NSEARCH_CGI_CONFIG="$own/conf"
        [ "$(header Status)" = "200 OK" ] || break
        [ "$(tail -c 8 "$body")" = '</html>' ]
        [ "$(wc -c <"$body")" -lt 200000 ]
        all+=$(grep -o 'Paragraph [0-9]* of' "$body" | grep -o '[0-9]*')$'\n'
    done
    [ "$(header Status)" = "404 Not Found" ]
    [ "$part" -gt 4 ]
    [ "$(sed '/^$/d' <<<"$all")" = "$(seq 0 1999)" ]
    visit "article=one&part=2" NSEARCH_CGI_CONFIG="$own/conf"
    grep -q '<p[^>]*>é*</p>' "$body"
}

@test "a feed has the newest first, and a link for each" {
    own=$BATS_TEST_TMPDIR
    for i in {1..30}; do
        printf '{"key":"k%d","headline":"Ferry %d","body":"%s <b>a</b> & c","published":"2020-01-%02d"}\n' \
            "$i" "$i" "$([ "$i" -eq 30 ] && echo 'One ferry in a long text of other things' || echo 'Ferry, ferry, ferry')" "$i"
    done >"$own/desk.jsonl"
    own_archive "$own/desk.jsonl"
    visit "q=ferry" NSEARCH_CGI_CONFIG="$own/conf"
    grep -q 'rel="alternate" type="application/rss+xml"' "$body"
    for format in rss atom; do
        visit "q=ferry&format=$format" NSEARCH_CGI_CONFIG="$own/conf"
        [ "$(grep -o 'Ferry [0-9]*<' "$body" | head -2 | tr -d '\n')" = "Ferry 30<Ferry 29<" ]
        grep -q 'https://a.example/s?article=k30' "$body"
        grep -q 'rel="self" href="https://a.example/s?q=ferry&amp;format='"$format" "$body"
        grep -q 'https://a.example/s?q=ferry[<"]' "$body"
    done
    grep -q '<summary type="text">[^<]*&lt;b&gt;a&lt;/b&gt; &amp; c' "$body"
    visit "q=ferry&format=rss" NSEARCH_CGI_CONFIG="$own/conf"
    grep -q '<description>[^<]*&amp;lt;b&amp;gt;a&amp;lt;/b&amp;gt; &amp;amp; c' "$body"
}

@test "the pages speak the visitor's language, or the site's" {
    visit "q=harbour" HTTP_ACCEPT_LANGUAGE='nl, de-CH;q=0.8, en;q=0.5'
    grep -q '<html lang="de">' "$body"
    grep -q '<h1>2 Artikel zu <q dir="auto">harbour</q></h1>' "$body"
    grep -q '2\. Mai' "$body" || grep -q '3\. Mai' "$body" || grep -q '2\..Mai' "$body"
    visit "q=harbour" HTTP_ACCEPT_LANGUAGE='ar'
    grep -q '<html lang="ar" dir="rtl">' "$body"
    grep -q 'مقالتان' "$body"
    for language in '' 'xx' '*;q=0.1' ',,;;q=' 'de;q=0'; do
        visit "q=harbour" HTTP_ACCEPT_LANGUAGE="$language"
        grep -q '<html lang="en">' "$body"
    done
    { cat "$BATS_FILE_TMPDIR/conf"; echo 'language ko'; } >"$BATS_TEST_TMPDIR/conf"
    visit "q=harbour" HTTP_ACCEPT_LANGUAGE=de NSEARCH_CGI_CONFIG="$BATS_TEST_TMPDIR/conf"
    grep -q '<html lang="ko">' "$body"
    [ -z "$(header Vary)" ]
}

@test "a site has its own style, logo and footer" {
    own=$BATS_TEST_TMPDIR
    echo ':root { --bar: green; }' >"$own/site.css"
    echo '<svg xmlns="http://www.w3.org/2000/svg"/>' >"$own/logo.svg"
    {
        cat "$BATS_FILE_TMPDIR/conf"
        printf 'style %s/site.css\nlogo %s/logo.svg\nfooter A & B\n' "$own" "$own"
        printf 'footer_link /imprint Imprint <1>\nfooter_link https://b.example/p Privacy\n'
    } >"$own/conf"
    visit "" NSEARCH_CGI_CONFIG="$own/conf"
    grep -q '<a href="/imprint">Imprint &lt;1&gt;</a>' "$body"
    grep -q '<a href="https://b.example/p">Privacy</a>' "$body"
    grep -q '<p>A &amp; B</p>' "$body"
    logo=$(grep -o '?show=logo[^"]*' "$body" | sed 's/&amp;/\&/')
    sheet=$(grep -o '?show=site-style[^"]*' "$body" | sed 's/&amp;/\&/')
    visit "${logo#?}" NSEARCH_CGI_CONFIG="$own/conf"
    [ "$(header Content-Type)" = image/svg+xml ]
    cmp "$body" "$own/logo.svg"
    visit "${sheet#?}" NSEARCH_CGI_CONFIG="$own/conf"
    cmp "$body" "$own/site.css"
    visit "show=logo"
    [ "$(header Status)" = "404 Not Found" ]
    for wrong in 'logo /etc/passwd' 'footer_link javascript:alert(1) x' 'footer_link /x' \
        'language xx' "style $own/nothing.css"; do
        { cat "$BATS_FILE_TMPDIR/conf"; echo "$wrong"; } >"$own/conf"
        run -1 env -i "$BUILD/nsearch.cgi" --check-config "$own/conf"
    done
}

@test "today is the site's" {
    own=$BATS_TEST_TMPDIR
    day=$(TZ=Pacific/Kiritimati date +%F)
    printf '{"key":"k","headline":"Rain","body":"x","published":"%s"}\n' "$day" >"$own/desk.jsonl"
    own_archive "$own/desk.jsonl"
    echo 'time_zone Pacific/Kiritimati' >>"$own/conf"
    visit "q=rain+date:today" NSEARCH_CGI_CONFIG="$own/conf"
    grep -q '<h1>1 article' "$body"
    [ "$(TZ=Pacific/Kiritimati nsearch -d "$own/archive" -c 'rain date:today')" = 1 ]
}

@test "one begins with what there is" {
    visit ""
    grep -q '<h1>Articles in the archive: 4</h1>' "$body"
    grep -q '<a href="?section=Business">' "$body"
    grep -q '<a href="?from=2013&amp;to=2013">' "$body"
    grep -q '<a[^>]* dir="auto" href="?article=hostile-1">' "$body"
    lacks 'href="[?]"' "$body"
}

@test "the style sheet is kept for ever, under an address that changes" {
    visit ""
    local style
    style=$(grep -o '?show=style[^"]*' "$body" | sed 's/&amp;/\&/')
    visit "${style#?}"
    [ "$(header Content-Type)" = "text/css; charset=utf-8" ]
    [[ $(header Cache-Control) == *immutable* ]]
    grep -q 'prefers-color-scheme: dark' "$body"
}

@test "the OpenSearch description names the configured address" {
    visit "show=opensearch" HTTP_HOST=evil.example SCRIPT_NAME=/evil
    [ "$(header Content-Type)" = "application/opensearchdescription+xml" ]
    grep -q 'template="https://gazette.example/search?q={searchTerms}' "$body"
    lacks evil "$BATS_TEST_TMPDIR/answer"
}

@test "a feed says where it is, with its filters" {
    visit "q=harbour&from=2013&format=atom" HTTP_HOST=evil.example
    grep -q 'rel="self" href="https://gazette.example/search?q=harbour&amp;from=2013&amp;format=atom"' "$body"
    visit "section=Business&format=rss" HTTP_HOST=evil.example
    grep -q 'rel="self" href="https://gazette.example/search?section=Business&amp;format=rss"' "$body"
    grep -q '<title>All articles</title>' "$body"
}

@test "without an archive the page is busy, the log says why, the page not" {
    echo "archive $BATS_TEST_TMPDIR/nowhere" >"$BATS_TEST_TMPDIR/conf"
    conf=NSEARCH_CGI_CONFIG=$BATS_TEST_TMPDIR/conf
    visit "q=harbour" "$conf"
    [ "$(header Status)" = "503 Service Unavailable" ]
    [ "$(header Retry-After)" = "2" ]
    lacks nowhere "$BATS_TEST_TMPDIR/answer"
    grep -q nowhere "$log"
    visit "show=style" "$conf"
    [ "$(header Status)" = "200 OK" ]
}

@test "settings that are wrong are named by --check-config, not by the page" {
    printf 'archive /srv/news\nhits many\n' >"$BATS_TEST_TMPDIR/conf"
    visit "q=harbour" NSEARCH_CGI_CONFIG="$BATS_TEST_TMPDIR/conf"
    [ "$(header Status)" = "500 Internal Server Error" ]
    lacks "$BATS_TEST_TMPDIR" "$BATS_TEST_TMPDIR/answer"
    run -1 env -i "$BUILD/nsearch.cgi" --check-config "$BATS_TEST_TMPDIR/conf"
    [[ $output == *"conf:2: hits must be a whole number from 1 to 50" ]]
    run -0 env -i "$BUILD/nsearch.cgi" --check-config "$BATS_FILE_TMPDIR/conf"
}

@test "where the time goes is told on demand" {
    visit "q=harbour"
    [ -z "$(header Server-Timing)" ]
    { cat "$BATS_FILE_TMPDIR/conf"; echo "timing yes"; } >"$BATS_TEST_TMPDIR/conf"
    visit "q=harbour" NSEARCH_CGI_CONFIG="$BATS_TEST_TMPDIR/conf"
    [[ $(header Server-Timing) =~ ^start\;dur=[0-9.]+,\ open\;dur=[0-9.]+,\ search\;dur=[0-9.]+,\ read\;dur=[0-9.]+,\ render\;dur=[0-9.]+$ ]]
}

@test "a log line is one line of ASCII, and queries only on demand" {
    visit "q=a%0aforged%1b[2J%C3%A9"
    [ ! -s "$log" ]
    { cat "$BATS_FILE_TMPDIR/conf"; echo "log_queries yes"; } >"$BATS_TEST_TMPDIR/conf"
    visit "q=a%0aforged%1b[2J%C3%A9" NSEARCH_CGI_CONFIG="$BATS_TEST_TMPDIR/conf"
    [ "$(wc -l <"$log")" -eq 1 ]
    LC_ALL=C lacks '[^ -~]' "$log"
}

# Take the only slot of the settings in $1, as another visit would.
hold_slot() {
    python3 - "$1" <<'END' &
import os, socket, sys, time
archive = [line.split()[1] for line in open(sys.argv[1]) if line.startswith("archive")][0]
number = 5381
for byte in archive.encode():
    number = (number * 33 + byte) & 0xffffffffffffffff
taken = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
taken.bind("\0nsearch.cgi/%d/%x/0" % (os.getuid(), number))
open(sys.argv[1] + ".held", "w").close()
time.sleep(60)
END
    until [ -e "$1.held" ]; do sleep 0.02; done
}

# Start a visit that blocks in the middle of its answer, and wait until it
# has begun.  Its process is $!, its reader descriptor 9.
blocked_visit() {
    mkfifo "$BATS_TEST_TMPDIR/fifo"
    exec 9<>"$BATS_TEST_TMPDIR/fifo"
    env -i GATEWAY_INTERFACE=CGI/1.1 REQUEST_METHOD=GET \
        QUERY_STRING="article=long-1" NSEARCH_CGI_CONFIG="$1" \
        "$BUILD/nsearch.cgi" >"$BATS_TEST_TMPDIR/fifo" 2>/dev/null 9>&- 3>&- &
    read -r -t 20 -N 1 -u 9 _
}

@test "when all slots are taken, the next one is told to come back" {
    { grep -v '^slots' "$BATS_FILE_TMPDIR/conf"; printf 'slots 1\nslot_wait 20\n'; } \
        >"$BATS_TEST_TMPDIR/conf"
    visit "q=harbour" NSEARCH_CGI_CONFIG="$BATS_TEST_TMPDIR/conf"
    [ "$(header Status)" = "200 OK" ]
    hold_slot "$BATS_TEST_TMPDIR/conf"
    visit "q=harbour" NSEARCH_CGI_CONFIG="$BATS_TEST_TMPDIR/conf"
    [ "$(header Status)" = "503 Service Unavailable" ]
    [ "$(header Content-Length)" -eq "$(wc -c <"$body")" ]
    kill "$!"
    wait "$!" || true
    visit "q=harbour" NSEARCH_CGI_CONFIG="$BATS_TEST_TMPDIR/conf"
    [ "$(header Status)" = "200 OK" ]
}

@test "who takes an answer slowly keeps nobody waiting, and not for ever" {
    { grep -v '^slots' "$BATS_FILE_TMPDIR/conf"
      printf 'slots 1\nslot_wait 20\nsoft_deadline 50\nhard_deadline 100\nwrite_deadline 3000\n'; } \
        >"$BATS_TEST_TMPDIR/conf"
    # The deadline of the work is long over when the reader goes on.
    blocked_visit "$BATS_TEST_TMPDIR/conf"
    visit "q=harbour" NSEARCH_CGI_CONFIG="$BATS_TEST_TMPDIR/conf"
    [ "$(header Status)" = "200 OK" ]
    sleep 0.3
    kill -0 "$!"
    # Nobody reads any more: the process ends by itself.
    wait "$!" || true
}

@test "slots in a folder are nobody else's to take" {
    local slots="$BATS_TEST_TMPDIR/slots" conf="$BATS_TEST_TMPDIR/conf"

    mkdir -m 700 "$slots"
    {
        grep -v '^slots' "$BATS_FILE_TMPDIR/conf"
        printf 'slots 1\nslot_wait 20\nslot_folder %s\n' "$slots"
    } >"$conf"
    run "$BUILD/nsearch.cgi" --check-config "$conf"
    [ "$status" -eq 0 ]
    [ -z "$(ls "$slots")" ]
    visit "q=harbour" NSEARCH_CGI_CONFIG="$conf"
    [ "$(header Status)" = "200 OK" ]
    exec 9<"$slots/slot-0"
    flock -n 9
    visit "q=harbour" NSEARCH_CGI_CONFIG="$conf"
    [ "$(header Status)" = "503 Service Unavailable" ]
    exec 9>&-
    visit "q=harbour" NSEARCH_CGI_CONFIG="$conf"
    [ "$(header Status)" = "200 OK" ]
    [ "$(stat -c %a "$slots/slot-0")" = 600 ]

    chmod 755 "$slots"
    run "$BUILD/nsearch.cgi" --check-config "$conf"
    [ "$status" -eq 1 ]
    [[ $output == *"$slots: others may enter it"*"chmod 0700 $slots" ]]
    rm -r "$slots"
    visit "q=harbour" NSEARCH_CGI_CONFIG="$conf"
    [ "$(header Status)" = "500 Internal Server Error" ]
    run "$BUILD/nsearch.cgi" --check-config "$conf"
    [ "$status" -eq 1 ]
}

@test "a reader that does not read is not waited for" {
    { cat "$BATS_FILE_TMPDIR/conf"; printf 'soft_deadline 400\nhard_deadline 500\nwrite_deadline 1000\n'; } \
        >"$BATS_TEST_TMPDIR/conf"
    blocked_visit "$BATS_TEST_TMPDIR/conf"
    wait "$!"
}

@test "closed and full descriptors do not hurt" {
    env=(env -i GATEWAY_INTERFACE=CGI/1.1 REQUEST_METHOD=GET
        QUERY_STRING=q=harbour NSEARCH_CGI_CONFIG="$BATS_FILE_TMPDIR/conf")
    "${env[@]}" "$BUILD/nsearch.cgi" >/dev/full
    "${env[@]}" "$BUILD/nsearch.cgi" >&-
    "${env[@]}" "$BUILD/nsearch.cgi" <&- >"$BATS_TEST_TMPDIR/a" 2>&-
    grep -q '<mark>' "$BATS_TEST_TMPDIR/a"
    "${env[@]}" "$BUILD/nsearch.cgi" <&- >&- 2>&-
    # A reader that leaves in the middle of an article.
    "${env[@]}" QUERY_STRING=article=long-1 "$BUILD/nsearch.cgi" | head -c 1
    [ "${PIPESTATUS[0]}" -eq 0 ]
    # None of it went into the archive.
    nindex -q -d "$BATS_FILE_TMPDIR/archive" check --full
}

@test "no format says in which file of the server an article was" {
    for format in html json jsonl csv tsv rss atom ris bibtex; do
        visit "q=harbour&format=$format"
        [ "$(header Status)" = "200 OK" ]
        grep -qi harbour "$body"
        lacks "$BATS_FILE_TMPDIR|desk.jsonl" "$body"
    done
}

@test "whatever is asked, the page speaks of nothing below it" {
    for query in 'q="' 'q=(((((' 'q=-' 'q=NOT' 'q=*' 'q=foo:bar' 'q=a-b' \
        'q=%00' 'q=NEAR(' 'q=%27%3b+DROP+TABLE' 'q=AND+OR+NOT' 'q=~' \
        'q="a"*"b' 'q=a*b*c*d*' 'q=^a' 'q={a+b}:c' "q=$(head -c 300 /dev/zero | tr '\0' '(')"; do
        visit "$query"
        [ "$status" -eq 0 ]
        [[ $(header Status) == 200* ]]
        lacks 'sqlite|fts5|no such|syntax error|malformed|errno|/tmp' "$body"
    done
}

@test "every page is valid HTML" {
    local key
    visit "q=opcon"
    key=$(grep -o 'article=[^"]*' "$body" | head -1)
    for query in '' 'q=opcon' 'q=strike&sort=newest&from=2010' 'q=zzyzx+a' \
        "q=opcon&$key" 'show=help' 'page=0' 'q=the&page=9'; do
        visit "$query"
        run tidy -q -e --show-warnings no "$body"
        [ -z "$output" ]
    done
}

# A build with a sanitizer cannot be confined.
needs_sandbox() {
    if grep -q __asan_init "$BUILD/nsearch.cgi"; then
        skip "this build has a sanitizer"
    fi
}

# visit_under INJECTION... - a visit on a kernel where strace makes these
# system calls fail.
visit_under() {
    local injections=()
    for injection in "$@"; do
        injections+=(-e "inject=$injection")
    done
    log=$BATS_TEST_TMPDIR/log
    status=0
    env -i GATEWAY_INTERFACE=CGI/1.1 REQUEST_METHOD=GET \
        QUERY_STRING=q=harbour NSEARCH_CGI_CONFIG="$BATS_TEST_TMPDIR/conf" \
        strace -qq -f -o "$BATS_TEST_TMPDIR/trace" "${injections[@]}" \
        "$BUILD/nsearch.cgi" >"$BATS_TEST_TMPDIR/answer" 2>"$log" || status=$?
    head=$(sed -n '/^\r$/q; s/\r//g; p' "$BATS_TEST_TMPDIR/answer")
}

no_landlock=landlock_create_ruleset:error=ENOSYS
no_seccomp=seccomp:error=ENOSYS

@test "a kernel that lacks half of the sandbox is named in one line" {
    needs_sandbox
    cp "$BATS_FILE_TMPDIR/conf" "$BATS_TEST_TMPDIR/conf"
    visit_under "$no_landlock"
    [ "$(header Status)" = "200 OK" ]
    diff "$log" - <<<"nsearch.cgi: half a sandbox: this kernel has no Landlock; only seccomp is left"
    visit_under "$no_seccomp"
    [ "$(header Status)" = "200 OK" ]
    diff "$log" - <<<"nsearch.cgi: half a sandbox: this kernel has no seccomp; only Landlock is left"
    visit_under "$no_landlock" "$no_seccomp"
    [ "$(header Status)" = "200 OK" ]
    diff "$log" - <<<"nsearch.cgi: no sandbox: this kernel has neither Landlock nor seccomp"
}

@test "a page that must be confined is refused where it cannot be" {
    needs_sandbox
    { cat "$BATS_FILE_TMPDIR/conf"; echo "require_sandbox yes"; } >"$BATS_TEST_TMPDIR/conf"
    visit_under
    [ "$(header Status)" = "200 OK" ]
    [ ! -s "$log" ]
    for kernel in "$no_landlock" "$no_seccomp" "$no_landlock $no_seccomp"; do
        # shellcheck disable=SC2086 # an injection has no blanks in it
        visit_under $kernel
        [ "$(header Status)" = "500 Internal Server Error" ]
        [ "$(wc -l <"$log")" -eq 1 ]
    done
}

# intrude AS... - every attempt of break_in.h from inside the page, run by
# somebody.
intrude() {
    local number status
    for ((number = 0; ; number++)); do
        rm -rf "${site:?}/yard"
        mkdir -m 777 "$site/yard"
        touch "$site/yard/file"
        chmod 666 "$site/yard/file"
        status=0
        "$@" env -i INTRUDER="$number" INTRUDER_FOLDER="$site/yard" \
            LD_PRELOAD="$site/libintruder.so" \
            GATEWAY_INTERFACE=CGI/1.1 REQUEST_METHOD=GET \
            QUERY_STRING=q=harbour NSEARCH_CGI_CONFIG="$site/conf" \
            "$site/nsearch.cgi" >"$site/answer" 2>"$site/what" || status=$?
        [ "$status" -ne 77 ] || break
        # Refused, or ended by SIGSYS.
        if [ "$status" -ne 3 ] && [ "$status" -ne 159 ]; then
            echo "$(cat "$site/what"): ended with $status"
            return 1
        fi
    done
    [ "$number" -gt 25 ]
}

@test "who takes the page over can do nothing with it" {
    needs_sandbox
    # Where a stranger can read it.
    site=$(mktemp -d)
    chmod 755 "$site"
    cp "$BUILD/nsearch.cgi" "$BUILD/tests/libintruder.so" "$site"
    nindex -q -d "$site/archive" "$BATS_FILE_TMPDIR/in/desk.jsonl"
    printf '%s\n' "archive $site/archive" 'slots 0' >"$site/conf"
    intrude env
    if [ "$(id -u)" -eq 0 ]; then
        intrude setpriv --reuid=65534 --regid=65534 --clear-groups
    fi
    rm -rf "$site"
}

# Whatever is on the other end, nothing is tried that the sandbox refuses.
@test "the sandbox refuses nothing that a visit needs" {
    needs_sandbox
    local trace=$BATS_TEST_TMPDIR/trace out=$BATS_TEST_TMPDIR/out
    for query in '' 'q=harbour+strike' 'q=harbour~+str*&from=2010' 'show=help' \
        'q=harbour&format=rss' 'article=nix' 'page=0'; do
        page=(env -i GATEWAY_INTERFACE=CGI/1.1 REQUEST_METHOD=GET
            QUERY_STRING="$query" NSEARCH_CGI_CONFIG="$BATS_FILE_TMPDIR/conf"
            strace -qq -f -o "$trace" -e status=failed "$BUILD/nsearch.cgi")
        "${page[@]}" | cat >"$out"
        lacks 'EPERM|SIGSYS' "$trace"
        "${page[@]}" >"$out.file"
        lacks 'EPERM|SIGSYS' "$trace"
        cmp "$out" "$out.file"
        "${page[@]}" >/dev/null
        lacks 'EPERM|SIGSYS' "$trace"
        perl -MSocket -e 'socketpair(A, B, AF_UNIX, SOCK_STREAM, PF_UNSPEC);
            if (!fork) { open(STDOUT, ">&A"); close A; close B; exec @ARGV }
            close A; print while <B>; wait; exit $? >> 8' "${page[@]}" >"$out.socket"
        lacks 'EPERM|SIGSYS' "$trace"
        cmp "$out" "$out.socket"
    done
}

# The kernel ends who tries what is never needed: 159 is SIGSYS.
@test "no visit of these tests was ended by a signal" {
    [ "$(wc -l <"$BATS_FILE_TMPDIR/ends")" -gt 200 ]
    run sort -u "$BATS_FILE_TMPDIR/ends"
    [ "$output" = 0 ]
}
