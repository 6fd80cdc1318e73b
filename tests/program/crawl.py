#!/usr/bin/env python3
"""crawl.py PROGRAM PAGES SEED [WORD...]: walk through the search page.

PROGRAM answers requests as nsearch.cgi does, in the environment that this runs
in.  From the start page and a search for each WORD on, links are followed in an
order that SEED makes, until PAGES pages have been seen.  Told are, a line each:

    dead        a link that is not answered with 200, or a page without a hit
    differs     a count beside a link, and the hits behind the link
    repeats     a link to where one is, or to a page that shows the same

The examples of the help are not followed: what they find is the archive's.
Exit 0: none of these.
"""
import html
import os
import random
import re
import subprocess
import sys
from urllib.parse import parse_qs, quote_plus

PROGRAM, PAGES, SEED = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])


def fetch(link):
    env = dict(os.environ, GATEWAY_INTERFACE="CGI/1.1", REQUEST_METHOD="GET",
               QUERY_STRING=link.lstrip("?"))
    out = subprocess.run([PROGRAM], env=env, stdout=subprocess.PIPE,
                         check=False).stdout
    head, _, body = out.partition(b"\r\n\r\n")
    status = int(re.search(rb"Status: (\d+)", head).group(1))
    return status, body


def number(text):
    digits = re.sub(r"[^0-9]", "", text)
    return int(digits) if digits else 0


def total_of(page):
    """What the page of hits says that there are."""
    title = re.search(r"<h1>(.*?)</h1>", page, re.S).group(1)
    return number(re.sub(r"<q.*", "", title, flags=re.S))


# Each way in which a count stands beside a link.
COUNTED = [
    re.compile(r'<li><a href="(?P<link>\?[^"]*)"[^>]*>(?:(?!</li>).)*?</a> '
               r'<span class="count">(?P<count>[^<]*)</span>'),
    re.compile(r'<a href="(?P<link>\?[^"]*)"><rect[^>]*/><text[^>]*>'
               r'<tspan>[^<]*</tspan>(?P<count>[^<]*)</text></a>'),
    re.compile(r'<p class="way">.*?<a href="(?P<link>\?[^"]*)">'
               r'(?P<count>[^<]*)</a></p>', re.S),
    re.compile(r'<p><a href="(?P<link>\?[^"]*)">(?:(?!</p>).)*?</a> '
               r'<span class="count">(?P<count>[^<]*)</span></p>'),
    re.compile(r'<h2>(?P<count>[^<]*)<q[^>]*><a href="(?P<link>\?[^"]*)"'),
]

# What a page has that shows something: one of hits, one over time.
SHOWS = ['<ol class="hits"', "<tbody>"]


def main_of(page):
    """What a page shows: the hits, without what leads on from them."""
    found = re.search(r'<main id="main">(.*)</main>', page, re.S)
    text = found.group(1) if found else page
    text = re.sub(r'<(nav|section|footer)\b.*?</\1>', "", text, flags=re.S)
    return re.sub(r'href="[^"]*"', "", text)


def records(link, body):
    """How many hits a file has."""
    kind = parse_qs(link.lstrip("?"))["format"][0]
    text = body.decode()
    return {"csv": lambda: text.count("\r\n") - 1,
            "jsonl": lambda: text.count("\n"),
            "ris": lambda: len(re.findall(r"^TY  - ", text, re.M)),
            "bibtex": lambda: len(re.findall(r"^@article\{", text, re.M)),
            "csl-json": lambda: text.count('{"id":')}[kind]()


def main():
    chance = random.Random(SEED)
    todo = ["?"] + ["?q=" + quote_plus(word) for word in sys.argv[4:]]
    seen, faults, counts, files = {}, [], 0, 0
    queued = set(todo)

    def page_of(link):
        if link not in seen:
            status, body = fetch(link)
            seen[link] = (status, body)
        return seen[link]

    walked = 0
    while todo and walked < PAGES:
        link = todo.pop(chance.randrange(len(todo)))
        status, body = page_of(link)
        walked += 1
        if status != 200:
            faults.append(f"dead {link} {status}")
            continue
        if "format=" in link:
            continue
        page = body.decode()
        others = ("article=", "show=", "trend=")
        is_hits = link != "?" and not any(o in link for o in others)
        if is_hits and link not in ["?q=" + quote_plus(w) for w in sys.argv[4:]]:
            if SHOWS[link.startswith("?trend=")] not in page:
                faults.append(f"dead {link} without a hit")
        if "show=help" in link:
            continue
        shown = main_of(page)
        links = {html.unescape(m) for m in
                 re.findall(r'<a [^>]*?href="(\?[^"]*)"', page)}
        for target in sorted(links):
            if target == link:
                faults.append(f"repeats {link}")
            if target not in queued:
                queued.add(target)
                todo.append(target)
        for pattern in COUNTED:
            for match in pattern.finditer(page):
                target, told = html.unescape(match["link"]), match["count"]
                if "about" in told or "article=" in target:
                    continue
                counts += 1
                status, behind = page_of(target)
                if status != 200:
                    faults.append(f"dead {target} {status}")
                    continue
                behind = behind.decode()
                if total_of(behind) != number(told):
                    faults.append(f"differs {link} says {number(told)}, "
                                  f"{target} has {total_of(behind)}")
                if is_hits and main_of(behind) == shown:
                    faults.append(f"repeats {link} is {target}")
        for target in sorted(links):
            if "n=all" in target and chance.random() < 0.1:
                files += 1
                status, behind = page_of(target)
                has = records(target, behind) if status == 200 else -1
                most = number(re.search(r'id="all">([^<]*)<', page).group(1))
                if has != (most or total_of(page)):
                    faults.append(f"differs {link} has {total_of(page)}, "
                                  f"{target} {has} ({status})")
    for fault in faults:
        print(fault)
    print(f"{walked} pages, {counts} counts, {files} files, "
          f"{len(faults)} faults", file=sys.stderr)
    return 1 if faults else 0


sys.exit(main())
