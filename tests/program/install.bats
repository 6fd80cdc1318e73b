# cmake --install, into a folder to look at.

bats_require_minimum_version 1.5.0

setup() {
    DESTDIR=$BATS_TEST_TMPDIR/root cmake --install "$BUILD" --prefix /usr \
        >"$BATS_TEST_TMPDIR/log"
    cd "$BATS_TEST_TMPDIR/root/usr" || return
}

@test "programs, pages and the extension are where Debian has them" {
    for program in bin/nindex bin/nsearch lib/cgi-bin/nsearch.cgi; do
        [ -x "$program" ]
    done
    for page in "$BATS_TEST_DIRNAME"/../../{indexer,query}/*/*.[1-8]; do
        [ -f "share/man/man${page##*.}/${page##*/}" ]
    done
    run -0 find lib -name fts5_news.so
    [[ $output == lib/*nsearch/fts5_news.so ]]
}

@test "the examples name the places of this installation" {
    for name in apache.conf datasette.json httpd.conf lighttpd.conf \
        nginx.conf nindex.default nindex.service \
        nindex.timer nsearch.cgi.conf; do
        [ -s "share/doc/nsearch/examples/$name" ]
    done
    run -1 grep -r '@' share/doc/nsearch/examples
    grep -q '/lib/cgi-bin/nsearch.cgi"' share/doc/nsearch/examples/apache.conf
}

@test "nothing else is installed, and nothing elsewhere" {
    cd .. || return
    run -0 find . -type f -not -path './usr/bin/n*' -not -path './usr/lib/*' \
        -not -path './usr/share/man/man?/n*' -not -path './usr/share/*n*index*' \
        -not -path './usr/share/*n*search*'
    [ -z "$output" ]
}

@test "an installed program runs from its new place" {
    run -0 bin/nsearch --version
    run -0 bin/nindex --version
    run -0 lib/cgi-bin/nsearch.cgi --version
}

@test "what the programs are linked with is what running needs" {
    # glibc is everywhere, and the sanitizers are in no package of ours.
    for library in $(readelf -d bin/n* lib/cgi-bin/nsearch.cgi lib/nsearch/*.so |
        sed -n 's/.*NEEDED.*\[\(.*\)\]/\1/p' | sort -u); do
        dpkg -S "*/lib/*-linux-gnu/$library" | sed 's/:.*//' | head -1
    done | sort -u |
        grep -vE '^(libc6|lib(a|ub)san[0-9]+|libgcc-s1|libstdc\+\+6)$' >linked
    diff linked <("$BATS_TEST_DIRNAME"/../../tools/setup --list run | sort)
}

@test "whoever runs the page can change nothing of what is installed" {
    cd .. || return
    # Neither the group nor others, whoever owns it.
    run -0 find . ! -type l -perm /022
    [ -z "$output" ]
    run -0 find . -perm /6000
    [ -z "$output" ]
    [ "$(id -u)" -eq 0 ] || skip "only root can be somebody else"
    # In a folder that a stranger can enter.
    root=$(mktemp -d)
    chmod 755 "$root"
    cp -a . "$root/installed"
    echo '{"id": "1", "title": "Harbour", "body": "A strike."}' |
        "$root/installed/usr/bin/nindex" -q -d "$root/archive" -
    run -0 setpriv --reuid=65534 --regid=65534 --clear-groups \
        find "$root" -writable
    looked_at=$(find "$root" | wc -l)
    rm -rf "$root"
    [ -z "$output" ]
    [ "$looked_at" -gt 20 ]
}
