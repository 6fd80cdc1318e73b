#include "corpus/article/keywords.h"

#include <stdbool.h>
#include <string.h>

#include "corpus/article/article.h"
#include "corpus/base/buf.h"
#include "corpus/base/count.h"
#include "corpus/base/utf8.h"

enum {
    KEYWORDS_MOST = 100, /* of an article; more are a site's whole index */
    KEYWORD_BYTES = 200  /* longer is a sentence */
};

void
keywords_add(struct article *article, const char *text, size_t size)
{
    struct buf clean = BUF_INIT;

    if (article->keywords.count >= KEYWORDS_MOST)
        return;
    utf8_tidy(&clean, text, size, false);
    if (clean.size > 0 && clean.size <= KEYWORD_BYTES)
        list_add(&article->keywords, clean.data, clean.size);
    buf_release(&clean);
}

/* The marks of one strength, each a string. */
static const char *const marks[][6] = {
    {"\n"},
    {";", "\xef\xbc\x9b", "\xd8\x9b"},
    {"|", "\xef\xbd\x9c"},
    {",", "\xef\xbc\x8c", "\xe3\x80\x81", "\xd8\x8c"},
};

/* The length of the mark that stands at `at`, or 0. */
static size_t
mark_at(const char *const *mark, const char *at, const char *end)
{
    for (; *mark; mark++) {
        const size_t size = strlen(*mark);

        if ((size_t)(end - at) >= size && !memcmp(at, *mark, size))
            return size;
    }
    return 0;
}

static const char *
find_mark(const char *const *mark, const char *at, const char *end)
{
    while (at < end && !mark_at(mark, at, end))
        at++;
    return at;
}

void
keywords_split(struct article *article, const char *text, size_t size)
{
    const char *const end = text + size;
    size_t strength = 0;

    while (strength + 1 < COUNT(marks) &&
           find_mark(marks[strength], text, end) == end)
        strength++;
    while (text < end) {
        const char *stop = find_mark(marks[strength], text, end);

        keywords_add(article, text, (size_t)(stop - text));
        text = stop + (stop < end ? mark_at(marks[strength], stop, end) : 0);
    }
}
