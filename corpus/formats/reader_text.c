/*
 * corpus/formats/reader_text.c - plain text: a dump of a page, or a typed
 * article.
 *
 * The last resort: what no other format claims and is text comes here.
 */
#include <string.h>

#include "corpus/formats/formats.h"
#include "corpus/formats/reader.h"
#include "corpus/input/charset.h"
#include "corpus/plain/block.h"
#include "corpus/plain/layout.h"
#include "corpus/story/byline.h"
#include "corpus/story/credit.h"
#include "corpus/story/dateline.h"
#include "corpus/story/marker.h"

/* Text that nobody else wants: no NUL, few control characters. */
static int
text_sniff(const char *head, size_t size)
{
    size_t controls = 0;

    for (size_t i = 0; i < size; i++) {
        unsigned char byte = (unsigned char)head[i];

        if (byte == 0)
            return 0;
        controls += byte < 0x20 && !strchr("\t\n\r\f\x1b", byte);
    }
    return controls * 50 <= size ? 1 : 0;
}

static void
add_caption(struct article *article, const struct block *block,
            const struct block *credit)
{
    static const char label[] = "image caption,";
    const char *name = "";
    size_t name_size = 0;
    size_t from = 0;
    size_t size = credit_find(block->text, block->size, &name, &name_size);

    if (credit) {
        name = credit->text;
        name_size = credit->size;
        credit_find(credit->text, credit->size, &name, &name_size);
    }
    if (marker_of(block->text, block->size) == MARKER_CAPTION &&
        size > sizeof(label))
        from = sizeof(label) - 1;
    article_add_caption(article, block->text + from, size - from, name,
                        name_size);
}

/* Of a caption that stands twice, the copy with typographic quotes is the
 * one that was edited, and the one with a credit behind it has more to say;
 * both have more bytes. */
static bool
has_better_copy(const struct blocks *blocks, const struct layout *layout,
                size_t at)
{
    const struct block *block = &blocks->item[at];

    for (size_t i = at + 1; i < blocks->count && i <= at + 2; i++) {
        const struct block *other = &blocks->item[i];

        if (layout->role[i] == ROLE_CAPTION && other->size > block->size &&
            (block_same(block, other) ||
             memcmp(block->text, other->text, block->size) == 0))
            return true;
    }
    return false;
}

/* The block with the credit of the caption at `at`: below it, or above where
 * the credit there is of no other caption. */
static const struct block *
credit_of(const struct blocks *blocks, const struct layout *layout, size_t at)
{
    const enum role *role = layout->role;

    if (at + 1 < blocks->count && role[at + 1] == ROLE_CREDIT)
        return &blocks->item[at + 1];
    if (at > 0 && role[at - 1] == ROLE_CREDIT &&
        (at == 1 || role[at - 2] != ROLE_CAPTION))
        return &blocks->item[at - 1];
    return NULL;
}

static void
set_dates(struct article *article, const struct blocks *blocks,
          const struct layout *layout)
{
    if (layout->published.precision) {
        article->published = layout->published;
        article->published_from = DATE_FROM_TEXT;
        article_set_origin(article, MEMBER_PUBLISHED, "text", "line %zu",
                           blocks->item[layout->published_at].line);
    }
    if (layout->seen.precision) {
        article->seen = layout->seen;
        article_set_origin(article, MEMBER_SEEN, "masthead", "line %zu",
                           blocks->item[layout->seen_at].line);
    }
}

static void
add_block(struct article *article, const struct blocks *blocks,
          const struct layout *layout, size_t at)
{
    const struct block *block = &blocks->item[at];

    switch (layout->role[at]) {
    case ROLE_HEADLINE:
        if (article->headline.size) /* its second line */
            buf_add_byte(&article->headline, ' ');
        buf_add(&article->headline, block->text, block->size);
        article_set_origin(article, MEMBER_HEADLINE, "layout", "line %zu",
                           block->line);
        break;
    case ROLE_BYLINE:
        byline_to_article(article, block->text, block->size);
        article_set_origin(article, MEMBER_BYLINE, "layout", "line %zu",
                           block->line);
        break;
    case ROLE_CAPTION:
        if (has_better_copy(blocks, layout, at))
            break;
        add_caption(article, block, credit_of(blocks, layout, at));
        article_set_origin(article, MEMBER_CAPTIONS, "layout", "line %zu",
                           block->line);
        break;
    case ROLE_BODY:
        if (!article->body.size)
            article_set_origin(article, MEMBER_BODY, "layout", "line %zu",
                               block->line);
        article_add_paragraph(article, block->text, block->size);
        break;
    case ROLE_CREDIT:
    case ROLE_NONE:
        break;
    }
}

/* Lines of the old Macintosh end with CR alone. */
static void
end_lines(struct buf *text)
{
    if (memchr(text->data, '\n', text->size))
        return;
    for (size_t i = 0; i < text->size; i++)
        if (text->data[i] == '\r')
            text->data[i] = '\n';
}

static enum status
text_next(struct reader *reader, struct article *article, bool *more,
          struct error *err)
{
    struct buf raw = BUF_INIT;
    struct buf text = BUF_INIT;
    struct blocks blocks = BLOCKS_INIT;
    struct layout layout = {0};
    enum status status = STATUS_OK;

    if (reader->items > 0) {
        *more = false;
        return STATUS_OK;
    }
    status = input_all(reader->input, &raw, err);
    if (status) {
        *more = false;
        goto done;
    }
    charset_decode(&text, raw.data, raw.size, reader->options.charset);
    end_lines(&text);
    buf_release(&raw);
    if (!blocks_read(&blocks, text.data, text.size)) {
        *more = false;
        status = error_set(err, STATUS_LIMIT,
                           "%s: more than %d lines, which is a list or a log "
                           "and no article",
                           input_name(reader->input), BLOCK_LINES_MOST);
        goto done;
    }
    layout_find(&layout, &blocks);
    for (size_t i = 0; i < blocks.count; i++)
        add_block(article, &blocks, &layout, i);
    set_dates(article, &blocks, &layout);
    dateline_to_article(article);
done:
    layout_release(&layout);
    blocks_release(&blocks);
    buf_release(&text);
    buf_release(&raw);
    return status;
}

const struct format format_text = {
    .name = "text",
    .about = "plain text: a page dump or a typed article",
    .suffixes = "txt text",
    .sniff = text_sniff,
    .next = text_next,
};
