#include "corpus/formats/story_body.h"

#include <stdbool.h>
#include <string.h>

#include "corpus/article/article.h"
#include "corpus/base/ascii.h"
#include "corpus/base/utf8.h"
#include "corpus/html/html.h"
#include "corpus/story/paragraph.h"
#include "corpus/story/story.h"

enum {
    ABSTRACT_START = 40 /* bytes that are looked for */
};

/* Is there a tag in it: '<' and a letter or '/', and '>' later? */
static bool
has_markup(const struct buf *text)
{
    for (const char *at = strchr(text->data, '<'); at; at = strchr(at + 1, '<'))
        if (at[1] == '/' || at[1] == '!' || ascii_is_letter(at[1]))
            return strchr(at, '>') != NULL;
    return false;
}

void
story_add_body(struct article *article, const struct buf *text)
{
    if (has_markup(text))
        html_fragment(article, text->data, text->size, NULL);
    else
        paragraph_split(article, text->data, text->size);
}

/* Does `text` hold the abstract, or what it begins with? */
static bool
says(const struct buf *text, const char *abstract, size_t size)
{
    struct buf start = BUF_INIT;
    bool found;

    buf_set(&start, abstract, utf8_cut(abstract, size, ABSTRACT_START));
    found = strstr(text->data, start.data) != NULL;
    buf_release(&start);
    return found;
}

void
story_add_abstract(struct article *article, const struct buf *abstract)
{
    struct buf body = BUF_INIT;
    struct buf line = BUF_INIT;

    buf_swap(&body, &article->body);
    story_add_body(article, abstract);
    article_tidy(article);
    utf8_tidy(&line, article->body.data, article->body.size, false);
    if (line.size && !says(&body, line.data, line.size) &&
        !says(&article->headline, line.data, line.size)) {
        if (body.size)
            buf_add_byte(&article->body, '\n');
        buf_add(&article->body, body.data, body.size);
    } else {
        buf_swap(&body, &article->body);
    }
    story_take_headline(article);
    buf_release(&body);
    buf_release(&line);
}
