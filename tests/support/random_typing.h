/*
 * tests/support/random_typing.h - what anybody may type, the same from the same
 * seed.
 */
#ifndef TESTS_RANDOM_TYPING_H
#define TESTS_RANDOM_TYPING_H

#include "corpus/base/buf.h"
#include "corpus/base/count.h"
#include "tests/support/random_expr.h"

/* What the language is made of, and what other languages are. */
static const char *const random_pieces[] = {"opcon",
                                            "transfer",
                                            "Tae-gyu",
                                            "caf\xc3\xa9",
                                            "*",
                                            "?",
                                            "\"",
                                            "(",
                                            ")",
                                            " AND ",
                                            " OR ",
                                            " NOT ",
                                            " NEAR/3 ",
                                            " w/s ",
                                            " pre/2 ",
                                            " NOT w/p ",
                                            "hd:",
                                            "hlead(",
                                            "first5(",
                                            "atleast2(",
                                            "allcaps(",
                                            "major(",
                                            "date:",
                                            "2014",
                                            "..",
                                            "-7",
                                            "since:",
                                            "date from ",
                                            " to ",
                                            "wc>",
                                            "~",
                                            "~2",
                                            "^",
                                            "^2.5",
                                            "=",
                                            "+",
                                            "-",
                                            "\\",
                                            "'",
                                            "`",
                                            ";",
                                            "--",
                                            "/*",
                                            "%",
                                            "_",
                                            "{",
                                            "}",
                                            ":",
                                            "src:",
                                            ", ",
                                            "!",
                                            "&",
                                            "|",
                                            "$",
                                            "#",
                                            "@",
                                            "<b>",
                                            "\x01",
                                            "\x02fr\x02",
                                            "\x1b[31m",
                                            "\n",
                                            "\t",
                                            "\xff",
                                            "\xe4\xb8\xad",
                                            "\xed\xa0\x80",
                                            "\xf4\x90",
                                            "article_fts MATCH",
                                            "' OR 1=1 --",
                                            "NEAR(",
                                            "rowid",
                                            "9999999999999999999",
                                            "1e309",
                                            "date:2014-13-45",
                                            "date:..",
                                            "\xe2\x80\x9c",
                                            "\xe2\x80\x9d"};

static void
type_anything(struct random_expr *random, struct buf *out)
{
    size_t parts = 1 + random_below(random, 12);
    bool wild = random_below(random, 4) == 0;

    buf_clear(out);
    for (size_t i = 0; i < parts; i++) {
        if (wild || random_below(random, 6) == 0)
            buf_add_byte(out, (char)(1 + random_below(random, 255)));
        else
            buf_add_text(
                out, random_pieces[random_below(random, COUNT(random_pieces))]);
    }
}

#endif
