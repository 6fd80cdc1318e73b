#!/usr/bin/env bats
# Files that lie, break off, explode, never end or are no files: each has its
# line, and the good one among them is read.
bats_require_minimum_version 1.5.0

setup() {
    cd "$BATS_TEST_TMPDIR" || return
    mkdir in
    printf '{"key":"good","headline":"Good","body":"Read all the same."}\n' >in/zz.jsonl
    export NSEARCH_ARCHIVE=$PWD/archive
}

# said NAME SENTENCE: the run says this about the file, in one line.
said() {
    grep -qF -- "nindex: $PWD/in/$1$2" errors && return
    echo "nothing like this about $1 in:"
    cat errors
    return 1
}

# The run ends well, says what it has to say, and has read the good file.
read_all() {
    timeout 300 nindex -d archive in >summary 2>errors
    nindex dump >dump.out
    [ "$(jq -r 'select(.key == "good").headline' dump.out)" = Good ]
    nindex -q check --full
    # It is remembered: the next run says nothing and reads nothing.
    run -0 --separate-stderr nindex --cron in
    [ -z "$output$stderr" ]
}

nitf() {
    printf '<?xml version="1.0"?>%s<nitf><body><body.head><hedline><hl1>%s' "$1" "$2"
    printf '</hl1></hedline></body.head><body.content><p>Text.</p></body.content></body></nitf>'
}

@test "compressed data that explodes, lies or breaks off" {
    head -c 300000000 /dev/zero | gzip >in/bomb.gz
    { printf 'Headline\n\n'; yes "The same words again." | head -c 60000000; } | gzip -9 >in/wordy.txt.gz
    printf '{"headline":"H","body":"b"}\n' | gzip | gzip | gzip >in/nested.gz
    { printf '{"headline":"Trail","body":"text"}\n' | gzip; echo rest; } >in/trail.jsonl.gz
    printf '{"headline":"Sum","body":"text"}\n' | gzip >in/sum.jsonl.gz
    printf 'XXXX' | dd of=in/sum.jsonl.gz bs=1 seek=$(($(stat -c %s in/sum.jsonl.gz) - 8)) conv=notrunc status=none
    printf '{"headline":"Cut","body":"text"}\n' | gzip | head -c 30 >in/cut.jsonl.gz
    printf '\037\213\010\0\0\0\0\0\0\003\003\0\0\0\0\0\0\0\0\0%.0s' {1..3000} >in/members.gz
    read_all
    said bomb.gz " is binary data of an unknown kind"
    said wordy.txt.gz ": "
    said nested.gz " is gzip data inside gzip data"
    said trail.jsonl.gz ": bytes that are no gzip data follow the gzip data"
    said sum.jsonl.gz ": damaged gzip data"
    said cut.jsonl.gz ": the gzip data ends in the middle"
    said members.gz " is empty"
    jq -r .headline dump.out | sort >headlines
    grep -qx Trail headlines
    grep -qx Sum headlines
}

@test "XML that declares entities, or has no end" {
    nitf '<!DOCTYPE nitf [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>' '&b;&b;' >in/laughs.xml
    nitf '<!DOCTYPE nitf [<!ENTITY x SYSTEM "file:///etc/passwd">]>' 'Leak &x;' >in/leak.xml
    nitf '' 'Endless' | head -c 60 >in/endless.xml
    nitf '' "$(printf '<a>%.0s' {1..5000})" >in/nested.xml
    read_all
    said laughs.xml ": the XML declares entities"
    said leak.xml ": the XML declares entities"
    said endless.xml ": line 1: not well-formed XML"
    said nested.xml ": "
    run -1 grep -rq root: archive
}

@test "pages and texts that are too deep, too long or never closed" {
    { printf '<html><body><h1>Deep</h1>'; printf '<div>%.0s' {1..100000}; printf 'inside'; } >in/deep.html
    { printf '<html><body '; seq -f 'a%.0f=1' 100000 | tr '\n' ' '; printf '><h1>Many</h1><p>text</p>'; } >in/attributes.html
    printf '<html><h1>Comment</h1><!-- never closed <p>text' >in/comment.html
    printf '<html><h1>Nul\0l</h1><p>With a \0 in it.</p>' >in/nul.html
    printf '<html><h1>No &#x110000; &#0; &#xD800;</h1><p>Entities.</p>' >in/references.html
    head -c 2000000 /dev/zero | tr '\0' a >in/word.txt
    { printf '{"headline":"Long","body":"'; yes 'word after word' | head -c 5000000 | tr '\n' ' '; printf '"}\n'; } >in/line.jsonl
    printf '[%.0s' {1..100000} >in/deep.json
    printf x >in/one.html
    : >in/empty.html
    read_all
    said deep.json ": article 1 has neither a headline nor a body"
    said word.txt ": article 1 has neither a headline nor a body"
    said one.html ": article 1 has neither a headline nor a body"
    said empty.html " is empty"
    jq -r .headline dump.out | sort >headlines
    for headline in Deep Many Comment Null Long; do
        grep -qx "$headline" headlines
    done
    run -1 grep -qP '\\u0000|\xed\xa0' dump.out
}

@test "web archives whose lengths are not true" {
    for length in -5 9223372036854775808 99999999999 ""; do
        printf 'WARC/1.0\r\nWARC-Type: response\r\nContent-Length: %s\r\n\r\nHTTP/1.1 200 OK\r\n\r\n<p>x' \
            "$length" >"in/length$length.warc"
    done
    printf 'WARC/1.0\r\nX: %s' "$(head -c 200000 /dev/zero | tr '\0' y)" >in/head.warc
    read_all
    said length-5.warc ": the record before byte 53 has no length that makes sense"
    said length9223372036854775808.warc ": the record before byte"
    said length99999999999.warc ": the file ends in the middle of a record"
    said length.warc ": the record before byte"
    said head.warc ": the record before byte"
}

@test "what is no file, or one without end" {
    mkfifo in/pipe.html
    ln -s /etc/passwd in/link.html
    ln -s loop.html in/loop.html
    mkdir in/folder.html
    ln -s .. in/folder.html/up
    perl -MIO::Socket::UNIX -e 'IO::Socket::UNIX->new(Local => "in/socket.html", Listen => 1)'
    truncate -s 1T in/sparse.html || skip "no file may be so large here"
    printf '{"key":"begun","headline":"Begun","body":"Text."}\n' >in/torn.jsonl
    truncate -s 1T in/torn.jsonl
    read_all
    said sparse.html " begins with a hole of 1099511627776 bytes, which nobody has written; the file should be fetched again"
    said torn.jsonl " has a hole of 10995116"
    grep -q "torn.jsonl .*; what came before was read, the file should be fetched again; 1 article of it was kept, it is read again when it changes or with --again$" errors
    [ "$(grep -vc torn.jsonl errors)" = 1 ]
    [ "$(wc -l <dump.out)" = 2 ]
    for name in pipe loop socket; do
        run --separate-stderr nindex -d other "in/$name.html"
        ((status < 6))
        [[ $stderr == *"in/$name.html"* ]]
    done
}

@test "names with anything in them" {
    long=$(head -c 249 /dev/zero | tr '\0' n)
    for name in $'new\nline' $'tab\there' $'\e]0;title\a' -dash $'\377\376' "$long" "it's \"quoted\""; do
        printf '{"headline":"In a name","body":"Text of %d."}\n' "${#name}" >"in/$name.jsonl"
        [ "$name" = "$long" ] || printf '{"head' >"in/$name.bad.jsonl"
    done
    read_all
    [ "$(jq -r .headline dump.out | grep -c 'In a name')" = 7 ]
    [ "$(wc -l <errors)" = 6 ]
    run -1 grep -P '[\x00-\x09\x0b-\x1f]' errors
    mkdir -p deep
    (cd deep && for _ in $(seq 40); do
        mkdir "$(head -c 200 /dev/zero | tr '\0' d)"
        cd d*
    done && printf '{"headline":"Down","body":"Text."}\n' >down.jsonl)
    run -0 --separate-stderr nindex -d archive deep in
    [[ $stderr == *"File name too long"* ]]
}

@test "files that go, come and grow while they are read" {
    for n in $(seq 200); do
        printf '{"headline":"Number %d","body":"Text."}\n' "$n" >"in/$n.jsonl"
    done
    (for n in $(seq 200); do
        rm "in/$n.jsonl"
        printf '{"headline":"Late %d","body":"Text."}\n' "$n" >"in/late$n.jsonl"
        printf '{"headline":"Grown %d","body":"Text."}\n' "$n" >>in/grown.jsonl
    done) 3>&- &
    timeout 300 nindex -q --prune -d archive in 2>errors
    wait $!
    nindex -q check --full
    nindex -q --prune -d archive in
    nindex dump | jq -r .headline | sort >got
    { printf 'Grown %d\n' {1..200}; printf 'Late %d\n' {1..200}; echo Good; } | sort >wanted
    diff got wanted
}

@test "what may not be read is named and does not stop the run" {
    mkdir in/closed
    printf '{"headline":"Secret","body":"Text."}\n' >in/secret.jsonl
    chmod 0 in/secret.jsonl in/closed
    as=()
    if [ "$(id -u)" = 0 ]; then
        # For root nothing is closed, and bats' folder is closed to others.
        open=$(mktemp -d)
        chmod 777 "$open"
        mv in "$open"
        cd "$open"
        NSEARCH_ARCHIVE=$open/archive
        as=(setpriv --reuid=65534 --regid=65534 --clear-groups)
        "${as[@]}" nindex --version >/dev/null 2>&1 || skip "the program is closed to others"
    fi
    run -0 --separate-stderr "${as[@]}" nindex -q -d archive in
    [[ $stderr == *"in/closed: Permission denied"* ]]
    [[ $stderr == *"in/secret.jsonl: Permission denied"* ]]
    [ "$(nindex dump | jq -r .headline)" = Good ]
    [ -z "${open:-}" ] || rm -rf "$open"
}
