#include <string.h>
#include <strings.h>

#include "corpus/base/ascii.h"
#include "corpus/base/count.h"
#include "corpus/formats/formats.h"
#include "corpus/html/html.h"
#include "corpus/input/input.h"

/*
 * A saved web page: one article a file.  It is known by its doctype or by
 * the name of its first element.
 */

enum {
    PROLOG_MOST = 32 /* declarations and comments before the first element */
};

/* Does `text` begin with `word`, in any case, and then end as a name does? */
static bool
begins(const char *text, size_t size, const char *word)
{
    const size_t length = strlen(word);

    return size > length && !strncasecmp(text, word, length) &&
           (ascii_is_blank(text[length]) || text[length] == '>' ||
            text[length] == '/');
}

/* Pass over one comment or declaration at `*text`. */
static void
skip_declaration(const char **text, size_t *size)
{
    const char *at = *text;
    const char *const end = at + *size;

    if (*size > 4 && !memcmp(at, "<!--", 4)) {
        for (at += 4; at < end && (end - at < 3 || memcmp(at, "-->", 3) != 0);)
            at++;
    }
    while (at < end && *at != '>')
        at++;
    at += at < end;
    while (at < end && ascii_is_blank(*at))
        at++;
    *size = (size_t)(end - at);
    *text = at;
}

static int
html_sniff(const char *head, size_t size)
{
    static const char *const first[] = {
        "<html",   "<head",   "<body",    "<title",   "<meta",   "<link",
        "<script", "<base",   "<article", "<main",    "<div",    "<h1",
        "<h2",     "<p",      "<span",    "<section", "<table",  "<center",
        "<style",  "<header", "<nav",     "<ul",      "<iframe", "<noscript",
    };

    if (size >= 3 && !memcmp(head, "\xEF\xBB\xBF", 3)) {
        head += 3;
        size -= 3;
    }
    while (size && ascii_is_blank(*head)) {
        head++;
        size--;
    }
    for (int i = 0; i < PROLOG_MOST && size > 2 && *head == '<' &&
                    (head[1] == '!' || head[1] == '?');
         i++) {
        if (begins(head, size, "<!doctype html"))
            return 95;
        skip_declaration(&head, &size);
    }
    for (size_t i = 0; i < COUNT(first); i++) {
        if (begins(head, size, first[i]))
            return i < 3 ? 90 : 60;
    }
    return 0;
}

static enum status
html_next(struct reader *reader, struct article *article, bool *more,
          struct error *err)
{
    struct buf page = BUF_INIT;
    enum status status = STATUS_OK;

    *more = !reader->items;
    if (!*more)
        return STATUS_OK;
    status = input_all(reader->input, &page, err);
    if (status)
        *more = false;
    else
        status = html_article(article, page.data, page.size,
                              reader->options.charset, NULL, err);
    buf_release(&page);
    return status;
}

const struct format format_html = {
    .name = "html",
    .about = "a web page as it was saved",
    .suffixes = "html htm xhtml shtml",
    .sniff = html_sniff,
    .next = html_next,
};
