# The search page behind real web servers, with the settings for them that
# are installed: the same questions to each.

bats_require_minimum_version 1.5.0

# A server may run the program as somebody else, so all of it is in a folder
# that anybody can read.
setup() {
    site=$(mktemp -d)
    chmod 755 "$site"
    mkdir "$site/empty"
    cp "$BUILD/nsearch.cgi" "$site/nsearch.cgi"
    cat >"$site/desk.jsonl" <<'END'
{"id": "1", "title": "Harbour strike ends", "author": "Marta Ellingsen", "date": "2013-05-02", "url": "https://ledger.example/strike", "body": "Dockers went back to work on Thursday. The harbour strike had lasted nine days."}
{"id": "2", "title": "A hostile snippet", "author": "", "body": "The hostile snippet <script>alert(1)</script> is by nobody."}
END
    nindex -d "$site/archive" "$site/desk.jsonl" 2>"$site/nindex.log"
    cat >"$site/conf" <<END
archive $site/archive
base_url https://gazette.example/search
END
    port=$((20000 + RANDOM % 20000))
    while (: <"/dev/tcp/127.0.0.1/$port") 2>"$site/probe"; do
        port=$((port + 1))
    done
    page=http://127.0.0.1:$port/search
    servers=()
}

teardown() {
    for server in "${servers[@]}"; do
        kill "$server" || true
        wait "$server" || true
    done
    rm -rf "$site"
}

# settings SERVER - what is installed for it, with the paths of this test.
settings() {
    sed -e "s|@CMAKE_INSTALL_PREFIX@/lib/cgi-bin|$site|" \
        -e "s|@CMAKE_INSTALL_FULL_SYSCONFDIR@/nsearch.cgi.conf|$site/conf|" \
        -e "s|/run/fcgiwrap.socket|$site/fcgiwrap|" \
        "$BATS_TEST_DIRNAME/../../query/web/servers/$1.conf.in"
}

# start COMMAND... - in the background, until the test ends.
start() {
    "$@" >"$site/out" 2>&1 3>&- &
    servers+=("$!")
}

# ask CURL-ARGUMENT... - status in $status, head in $site/head, body in
# $site/body.
ask() {
    rm -f "$site/body"
    status=$(curl -sS --globoff --max-time 20 -D "$site/head" -o "$site/body" \
        -w '%{http_code}' "$@")
    tr -d '\r' <"$site/head" >"$site/plain"
}

# header PATTERN - the answer's head has it.
header() {
    grep -qiE "^$1\$" "$site/plain" || {
        cat "$site/plain"
        return 1
    }
}

lacks() {
    if grep -iE -- "$@"; then
        return 1
    fi
}

wait_until_it_serves() {
    curl -sS --retry 100 --retry-delay 0 --retry-max-time 30 \
        --retry-connrefused -o "$site/first" "http://127.0.0.1:$port/" \
        2>"$site/probe" || {
        cat "$site/probe" "$site"/out "$site"/*log
        return 1
    }
}

serves_pages() {
    ask "$page?q=harbour+strike"
    [ "$status" = 200 ] || { cat "$site/plain" "$site"/*log; return 1; }
    header "content-type: text/html; charset=utf-8"
    header "content-security-policy: default-src 'none';.*"
    header "x-content-type-options: nosniff"
    grep -q '<mark>Harbour</mark> <mark>strike</mark>' "$site/body"
    ask "$page?show=style"
    header "content-type: text/css.*"
    ask "$page?q=harbour&format=atom"
    header "content-type: application/atom\+xml.*"
    ask "$page"
    [ "$status" = 200 ]
}

keeps_to_http() {
    ask "$page?q=harbour"
    local tag
    tag=$(sed -n 's/^etag: //Ip' "$site/plain")
    [ -n "$tag" ]
    ask -H "If-None-Match: $tag" "$page?q=harbour"
    [ "$status" = 304 ]
    [ ! -s "$site/body" ]
    ask -I "$page?q=harbour"
    [ "$status" = 200 ]
    ask -d body=1 "$page?q=harbour"
    [ "$status" = 405 ]
    header "allow: GET, HEAD"
    ask "$page/etc/passwd?q=harbour"
    [ "$status" = 404 ]
    ask "$page?page=0"
    [ "$status" = 400 ]
}

# Each of these was once a hole in somebody's search page: what it is known
# as, what it was, what is sent.
holes() {
    cat <<'END'
CVE-2001-0834|arguments from the address|?-c+/etc/passwd
CVE-2001-0834|arguments from the address|?-h
CVE-2001-0834|arguments from the address|?--check-config
CVE-2012-4548|arguments in a value|?q=--output=/tmp/x&article=--help
CVE-2000-0208|a file between backticks|?q=%60/etc/passwd%60&source=%60id%60
CVE-2000-1191|a path in the error|?config=nowhere&show=nowhere
CVE-2002-2010|markup in the query|?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E
CVE-2005-0085|markup in the error|?page=%3Cscript%3E&sort=%3Cscript%3E
CVE-2009-2947|markup in the error|?from=%3Cscript%3Ex
CVE-2004-1318|a tab before markup|?q=%09%3Cscript%3E
CVE-2018-0499|markup in a snippet|?q=hostile+snippet
CVE-2008-1468|UTF-7|?q=+ADw-script+AD4-
CVE-2009-5028|empty fields|?q=&source=&from=&article=
CVE-2009-5028|an empty address|?article=
CVE-2012-4465|an empty author|?q=nobody&byline=
CVE-2011-4711|a way up in a value|?source=../../../etc/passwd&format=../../etc/passwd
CVE-2011-4711|a way up in a value|?article=../../../etc/passwd&show=../../../etc/passwd
CVE-2018-14912|a way up in the path|/../../../../etc/passwd
CVE-2018-14912|a way up in the path|/%2e%2e/%2e%2e/etc/passwd?q=a
CVE-2016-1900|a header in a value|?q=%0d%0aSet-Cookie:+a=b
CVE-2016-1899|a page in a value|?q=%0d%0a%0d%0a%3Cscript%3E
-|an overlong character|?q=%C0%BCscript%3E
-|a character of value 0|?q=%00%3Cscript%3E
-|a name that is markup|?%3Cscript%3E=1
-|a name given twice|?q=a&q=%3Cscript%3E
-|markup in the path|/%3Cscript%3E?q=a
END
}

withstands() {
    local cve hole address
    while IFS='|' read -r cve hole address; do
        ask --path-as-is -H 'Referer: <script>' -A '<script>' "$page$address"
        [[ $status =~ ^(200|400|403|404)$ ]] || {
            echo "$cve, $hole: $status"
            return 1
        }
        [ -s "$site/body" ]
        lacks '<script|root:|/nowhere|uid=' "$site/body" || return 1
        lacks '^set-cookie|<script' "$site/plain" || return 1
    done < <(holes)
    ask "$page?q=$(head -c 20000 /dev/zero | tr '\0' a)"
    [[ $status =~ ^(400|414|431)$ ]]
    ask -X POST -H 'Content-Length: 0' "$page?q=harbour"
    [ "$status" = 405 ]
    # CVE-2016-1901: a length that no number holds.
    ask -X POST -H 'Content-Length: 18446744073709551617' "$page?q=harbour"
    [[ $status =~ ^4..$ ]]
    ask "$page?q=harbour"
    [ "$status" = 200 ]
}

answers_as_it_should() {
    wait_until_it_serves
    serves_pages
    keeps_to_http
    withstands
}

@test "behind lighttpd" {
    {
        cat <<END
server.document-root = "$site/empty"
server.bind = "127.0.0.1"
server.port = $port
server.errorlog = "$site/error.log"
END
        settings lighttpd
    } >"$site/server.conf"
    start /usr/sbin/lighttpd -D -f "$site/server.conf"
    answers_as_it_should
}

@test "behind Apache" {
    {
        cat <<END
ServerName 127.0.0.1
ServerRoot $site
Listen 127.0.0.1:$port
PidFile $site/pid
ErrorLog $site/error.log
User www-data
Group www-data
DocumentRoot $site/empty
END
        for module in mpm_event authz_core alias env cgid; do
            echo "LoadModule ${module}_module" \
                "/usr/lib/apache2/modules/mod_$module.so"
        done
        echo "ScriptSock $site/cgid"
        settings apache
    } >"$site/server.conf"
    start /usr/sbin/apache2 -D FOREGROUND -f "$site/server.conf"
    answers_as_it_should
}

@test "behind nginx and fcgiwrap" {
    {
        cat <<END
pid $site/pid;
error_log $site/error.log;
events {}
http {
    access_log off;
    client_body_temp_path $site/temp1;
    proxy_temp_path $site/temp2;
    fastcgi_temp_path $site/temp3;
    uwsgi_temp_path $site/temp4;
    scgi_temp_path $site/temp5;
    server {
        listen 127.0.0.1:$port;
        root $site/empty;
END
        settings nginx | sed 's|include fastcgi|include /etc/nginx/fastcgi|'
        echo '    }'
        echo '}'
    } >"$site/server.conf"
    [ "$(id -u)" -ne 0 ] || sed -i '1i user root;' "$site/server.conf"
    start /usr/sbin/fcgiwrap -s "unix:$site/fcgiwrap"
    start /usr/sbin/nginx -e "$site/error.log" -c "$site/server.conf" \
        -g 'daemon off;'
    answers_as_it_should
}
