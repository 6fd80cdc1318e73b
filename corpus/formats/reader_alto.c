/*
 * corpus/formats/reader_alto.c - ALTO: the text of a scanned page, word by
 * word.
 *
 *     Page / PrintSpace / TextBlock / TextLine / String CONTENT="..."
 *
 * A page is an article; a block of text is a paragraph.  A word that was
 * broken at the end of a line is put together again:
 *
 *     String CONTENT="indus" SUBS_TYPE="HypPart1" SUBS_CONTENT="industry"
 *
 * Which blocks make a story is said by the METS file of the issue, if there
 * is one: then it is read by corpus/formats/reader_mets.c and its pages with
 * it.
 */
#include <string.h>

#include "corpus/article/article.h"
#include "corpus/formats/formats.h"
#include "corpus/formats/xml_items.h"
#include "corpus/paper/alto.h"
#include "corpus/story/story.h"

enum {
    DAY_DIGITS = 8 /* "18240217" in a file's name */
};

static int
alto_sniff(const char *head, size_t size)
{
    struct buf name = BUF_INIT;
    int sure = xml_sniff(head, size, &name) && !strcmp(name.data, "alto");

    buf_release(&name);
    return sure ? 95 : 0;
}

static enum status
alto_open(struct reader *reader, struct error *err)
{
    enum status status = xml_items_open(reader, err);

    if (status || xml_find(xml_items_root(reader), "Page"))
        return status;
    return error_set(err, STATUS_FORMAT, "%s: ALTO without a page",
                     input_name(reader->input));
}

/* `*goes_on` from one word to the next: is the last one broken? */
static void
add_word(struct buf *text, const xmlNode *string, bool *goes_on)
{
    struct buf word = BUF_INIT;

    if (alto_word(string, &word)) {
        alto_add_word(text, word.data, word.size, *goes_on);
        *goes_on = alto_is_broken(string);
    }
    buf_release(&word);
}

static void
add_block(struct article *article, const xmlNode *block)
{
    const xmlNode *string = NULL;
    struct buf text = BUF_INIT;
    bool goes_on = false;

    while ((string = xml_next(string, block, "String")))
        add_word(&text, string, &goes_on);
    if (alto_has_word(&text))
        article_add_paragraph(article, text.data, text.size);
    if (xml_attribute(&text, block, "LANG") ||
        xml_attribute(&text, block, "language"))
        story_set_language(article, &text);
    buf_release(&text);
}

/* A scan says nowhere of what day it is, but its file's name does by
 * custom. */
static void
set_published(struct article *article, const char *path)
{
    const char *name = strrchr(path, '/');
    struct date date;

    for (name = name ? name + 1 : path; *name; name++) {
        size_t digits = strspn(name, "0123456789");

        if (digits == DAY_DIGITS &&
            date_parse(name, DAY_DIGITS, false, &date)) {
            article->published = date;
            article->published_from = DATE_FROM_FILENAME;
            article_set_origin(article, MEMBER_PUBLISHED, "filename", "%s", "");
            return;
        }
        name += digits ? digits - 1 : 0;
    }
}

static enum status
alto_next(struct reader *reader, struct article *article, bool *more,
          struct error *err)
{
    const xmlNode *page = xml_items_next(reader, "Page");
    const xmlNode *block = NULL;

    (void)err;
    *more = page != NULL;
    if (!page)
        return STATUS_OK;
    while ((block = xml_next_behind(block, page, "TextBlock")))
        add_block(article, block);
    article_set_origin(article, MEMBER_BODY, "alto", "%s", "");
    set_published(article, input_name(reader->input));
    return STATUS_OK;
}

const struct format format_alto = {
    .name = "alto",
    .about = "ALTO, the text of scanned newspaper pages",
    .suffixes = "xml alto",
    .sniff = alto_sniff,
    .open = alto_open,
    .next = alto_next,
    .close = xml_items_close,
};
