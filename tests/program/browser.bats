# The search page in a browser: nothing that an article holds or a visitor
# types is ever run.
#
# Chromium reads most pages from files, where no header protects them, so it
# is escaping alone that is tried; the last test has the headers as well.

bats_require_minimum_version 1.5.0

setup_file() {
    local site=$BATS_FILE_TMPDIR
    mkdir "$site/in"
    jq -cR '{id: "xss-\(input_line_number)", title: "\(.) hostile",
             author: ., section: ., publication: ., url: ., language: .,
             date: "2014-10-24", dateline: ., captions: [.],
             body: "Hostile \(.) hostile.\n\n\(.)"}' \
        "$TEST_DATA/xss/payloads" >"$site/in/hostile.jsonl"
    nindex -d "$site/archive" "$site/in" 2>"$site/nindex.log"
    printf '%s\n' "archive $site/archive" 'slots 0' 'hits 50' \
        'query_bytes 2048' 'soft_deadline 60000' 'hard_deadline 90000' \
        'cpu_seconds 90' >"$site/conf"
}

# visit QUERY FILE - the page without its headers.
visit() {
    env -i GATEWAY_INTERFACE=CGI/1.1 REQUEST_METHOD=GET QUERY_STRING="$1" \
        NSEARCH_CGI_CONFIG="$BATS_FILE_TMPDIR/conf" "$BUILD/nsearch.cgi" \
        >"$BATS_TEST_TMPDIR/answer"
    sed '1,/^\r$/d' "$BATS_TEST_TMPDIR/answer" >"$2"
}

# runs FILE-OR-ADDRESS - does a script in this page run?
runs() {
    local address=$1
    [[ $address == http:* ]] || address=file://$address
    chromium --headless --no-sandbox --disable-gpu --disable-dev-shm-usage \
        --user-data-dir="$BATS_TEST_TMPDIR/profile" --timeout=20000 \
        --virtual-time-budget=3000 --dump-dom "$address" \
        >"$BATS_TEST_TMPDIR/dom" 2>"$BATS_TEST_TMPDIR/chromium.log" || {
        tail -3 "$BATS_TEST_TMPDIR/chromium.log"
        return 2
    }
    grep -q '</html>' "$BATS_TEST_TMPDIR/dom" || return 2
    grep -q '<html[^>]* id="hit"' "$BATS_TEST_TMPDIR/dom"
}

# Without this the tests below could not fail.
@test "a page that does not escape is seen to run scripts" {
    local page=$BATS_TEST_TMPDIR/control.html
    printf '<!DOCTYPE html>\n<html><title>x</title><body>\n' >"$page"
    cat "$TEST_DATA/xss/payloads" >>"$page"
    runs "$page"
    visit "q=hostile" "$page"
    sed -i 's/&lt;/</g; s/&gt;/>/g; s/&#39;/'"'"'/g; s/&quot;/"/g' "$page"
    runs "$page"
}

@test "hits of a hostile archive run nothing" {
    for query in "q=hostile" "q=hostile&page=2" "q=hostile&sort=oldest"; do
        visit "$query" "$BATS_TEST_TMPDIR/page.html"
        grep -q 'hostile</mark>' "$BATS_TEST_TMPDIR/page.html"
        run -1 runs "$BATS_TEST_TMPDIR/page.html"
    done
}

# One file of many pages: a script of any of them would run.
@test "hostile articles run nothing" {
    local all=$BATS_TEST_TMPDIR/all.html
    for page in 1 2; do
        visit "q=hostile&page=$page" "$BATS_TEST_TMPDIR/hits.html"
        grep -o 'q=hostile[^"]*article=[^"]*' "$BATS_TEST_TMPDIR/hits.html" |
            sed 's/&amp;/\&/g' >>"$BATS_TEST_TMPDIR/links"
    done
    # A comment that never ends takes its own article's words away.
    [ "$(sort -u "$BATS_TEST_TMPDIR/links" | wc -l)" -ge \
        "$(grep -vc '^<!' "$TEST_DATA/xss/payloads")" ]
    while read -r link; do
        visit "$link" "$BATS_TEST_TMPDIR/page.html"
        grep -q '<article' "$BATS_TEST_TMPDIR/page.html"
        cat "$BATS_TEST_TMPDIR/page.html" >>"$all"
    done <"$BATS_TEST_TMPDIR/links"
    run -1 runs "$all"
}

@test "hostile questions run nothing" {
    local all=$BATS_TEST_TMPDIR/all.html
    while read -r payload; do
        payload=$(jq -rn --arg text "$payload" '$text | @uri')
        for query in "q=zzyzx+AND+$payload&source=$payload&section=$payload" \
            "article=$payload&q=$payload" "page=$payload&$payload=$payload"; do
            visit "$query" "$BATS_TEST_TMPDIR/page.html"
            cat "$BATS_TEST_TMPDIR/page.html" >>"$all"
        done
    done <"$TEST_DATA/xss/payloads"
    run -1 runs "$all"
}

# serve FILE - at $server: the file as /control, the same with the headers of
# the page as /guarded, and the page.
serve() {
    local site=$BATS_TEST_TMPDIR policy port=$((20000 + RANDOM % 20000))
    while (: <"/dev/tcp/127.0.0.1/$port") 2>"$site/probe"; do
        port=$((port + 1))
    done
    visit "show=help" "$site/help.html"
    policy=$(tr -d '\r' <"$site/answer" | sed -n 's/^Content-Security-Policy: //p')
    [ -n "$policy" ]
    mkdir "$site/root"
    cp "$1" "$site/root/control.html"
    cp "$1" "$site/root/guarded.html"
    cat >"$site/server.conf" <<END
server.document-root = "$site/root"
server.bind = "127.0.0.1"
server.port = $port
server.errorlog = "$site/error.log"
server.modules = ("mod_alias", "mod_cgi", "mod_setenv")
mimetype.assign = (".html" => "text/html; charset=utf-8")
\$HTTP["url"] =~ "^/guarded" {
    setenv.add-response-header = ("Content-Security-Policy" => "$policy")
}
\$HTTP["url"] =~ "^/search" {
    alias.url = ("/search" => "$BUILD/nsearch.cgi")
    cgi.assign = ("" => "")
    setenv.set-environment =
        ("NSEARCH_CGI_CONFIG" => "$BATS_FILE_TMPDIR/conf")
}
END
    /usr/sbin/lighttpd -D -f "$site/server.conf" 3>&- &
    pid=$!
    server=http://127.0.0.1:$port
    curl -sS --retry 100 --retry-delay 0 --retry-max-time 30 \
        --retry-connrefused -o "$site/first" "$server/control.html"
}

teardown() {
    [ -z "${pid:-}" ] || kill "$pid"
}

@test "behind a server the policy alone would do, and the page needs none" {
    local page=$BATS_TEST_TMPDIR/control.html payload
    printf '<!DOCTYPE html>\n<html><title>x</title><body>\n' >"$page"
    cat "$TEST_DATA/xss/payloads" >>"$page"
    serve "$page"
    runs "$server/control.html"
    run -1 runs "$server/guarded.html"
    payload=$(jq -rn '"\"><script>document.documentElement.id=\u0027hit\u0027</script>" | @uri')
    for address in "?q=hostile" "?q=hostile&page=2" "?q=zzyzx+AND+$payload" \
        "?article=$payload&q=$payload" "?page=$payload" "/$payload"; do
        run -1 runs "$server/search$address"
    done
}
