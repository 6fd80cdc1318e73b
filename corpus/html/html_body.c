#include <stdlib.h>
#include <string.h>

#include "corpus/base/ascii.h"
#include "corpus/base/count.h"
#include "corpus/base/fnv.h"
#include "corpus/base/mem.h"
#include "corpus/html/html_page.h"
#include "corpus/html/html_traits.h"
#include "corpus/story/byline.h"

/*
 * Of the blocks inside the element that holds the article, those that are
 * its text: no boilerplate, no lists of links, no headline again, no byline
 * or date line.  A heading stays if text follows it.  The standfirst, which
 * often stands apart between headline and text, belongs.
 */

enum {
    LABELS = TRAIT_BYLINE | TRAIT_DATE | TRAIT_META, /* short ones go */
    LABEL_BYTES = 200,
    LINKED_SENTENCE = 100,
    DATE_LINE_BYTES = 120,
    SHORT_DATE_BYTES = 30,
    REPEATED_LEAST = 60,
    REPEATED_SLOTS = 4096,
    BODY_LEAST = 300,
    STATED_LEAST = 300, /* bytes of an articleBody that is a text */
    DEK_LEAST = 40,
    DEK_MOST = 800
};

enum verdict {
    VERDICT_DROP,
    VERDICT_KEEP,
    VERDICT_HEADING /* kept if text follows */
};

/* Traits of the elements from `i` up to but not including `root`. */
static uint32_t
traits_below(const struct html_blocks *blocks, uint32_t i, uint32_t root)
{
    uint32_t traits = 0;

    for (; i && i != root; i = blocks->tree->node[i].parent)
        traits |= blocks->own[i];
    return traits;
}

static bool
is_heading(GumboTag tag)
{
    return tag >= GUMBO_TAG_H1 && tag <= GUMBO_TAG_H6;
}

static bool
repeats_headline(const struct html_page *page, size_t b)
{
    const struct html_block *block = &page->blocks.block[b];

    return block->size < 400 &&
           html_text_likeness(&page->said, html_block_text(&page->blocks, b),
                              block->size) >= 90;
}

/* "It closed on 12 March 2019.": words go on in small letters before the date,
 * and a full stop ends them. */
static bool
is_short_sentence(const struct html_page *page, size_t b)
{
    const struct html_block *block = &page->blocks.block[b];
    const char *text = html_block_text(&page->blocks, b);
    size_t small = 0;

    for (size_t i = 1; i < block->size && !ascii_is_digit(text[i]); i++)
        small += text[i - 1] == ' ' && ascii_is_lower(text[i]);
    return small > 1 && text[block->size - 1] == '.' &&
           !(block->traits & LABELS);
}

/* Does a line say when or by whom, and little else? */
static bool
is_label(const struct html_page *page, size_t b)
{
    const struct html_block *block = &page->blocks.block[b];
    const char *text = html_block_text(&page->blocks, b);
    struct date date;
    size_t start;

    if (block->size >= DATE_LINE_BYTES)
        return false;
    if (byline_look(text, block->size) == BYLINE_SURE)
        return true;
    if (block->size >= DATE_LINE_BYTES / 2 || is_short_sentence(page, b))
        return false;
    return date_find(text, block->size, false, &date, &start) * 3 >
               block->size ||
           (block->size < SHORT_DATE_BYTES &&
            html_find_short_date(text, block->size, &date));
}

/* A figure may hold a quotation, which is text. */
static bool
is_figure_quote(const struct html_blocks *blocks,
                const struct html_block *block)
{
    const uint32_t quote =
        html_ancestor(blocks->tree, block->first, GUMBO_TAG_BLOCKQUOTE);

    return quote && html_ancestor(blocks->tree, quote, GUMBO_TAG_FIGURE);
}

/* Traits that make the block boilerplate.  A post from elsewhere that the
 * article quotes is no sharing button, whatever its box is called. */
static uint32_t
bad_traits(const struct html_blocks *blocks, const struct html_block *block,
           uint32_t root)
{
    const uint32_t traits = traits_below(blocks, block->named, root);
    const bool quoted =
        (traits & TRAIT_EMBED) &&
        html_ancestor(blocks->tree, block->first, GUMBO_TAG_BLOCKQUOTE);

    return traits & HTML_BOILERPLATE &
           ~(quoted ? (uint32_t)(TRAIT_SHARE | TRAIT_ASIDE | TRAIT_FIGURE)
                    : 0) &
           ~(is_figure_quote(blocks, block) ? (uint32_t)TRAIT_FIGURE : 0);
}

/* Is the block made of links?  A long sentence may be to two thirds. */
static bool
is_linked(const struct html_page *page, size_t b)
{
    const struct html_block *block = &page->blocks.block[b];

    if (block->links * 2 <= block->size)
        return false;
    return block->size < LINKED_SENTENCE ||
           block->links * 3 > block->size * 2 ||
           !html_block_is_sentence(&page->blocks, b);
}

/* A sentence in a bare <p>, without a link to follow: an invitation has one.
 * Copyright is a sentence, too, but begins with a sign. */
static bool
is_plain_sentence(const struct html_page *page, size_t b)
{
    const struct html_block *block = &page->blocks.block[b];
    const struct html_node *node = &page->tree.node[block->node];
    const char *text = html_block_text(&page->blocks, b);

    return node->tag == GUMBO_TAG_P && !html_attribute(node, "class") &&
           block->links == 0 && block->strong == 0 && ascii_is_letter(*text) &&
           text[block->size - 1] == '.' && page->headline;
}

static enum verdict
judge(const struct html_page *page, size_t b, uint32_t root)
{
    const struct html_blocks *blocks = &page->blocks;
    const struct html_block *block = &blocks->block[b];
    const GumboTag tag = blocks->tree->node[block->node].tag;
    const uint32_t traits = traits_below(blocks, block->named, root);

    if (block->caption || bad_traits(blocks, block, root) ||
        ((traits & LABELS) && block->size < LABEL_BYTES) ||
        is_linked(page, b) || repeats_headline(page, b) ||
        (html_is_phrase(html_block_text(blocks, b), block->size) &&
         !is_plain_sentence(page, b)))
        return VERDICT_DROP;
    return is_heading(tag) ? VERDICT_HEADING : VERDICT_KEEP;
}

/* What the page states as its description. */
struct descriptions {
    struct html_wording text[3];
};

static void
find_descriptions(struct descriptions *stated, const struct html_page *page)
{
    const char *const texts[] = {html_meta(page, "description"),
                                 html_meta(page, "og:description"),
                                 page->stated.description.data};

    for (size_t i = 0; i < COUNT(texts); i++)
        html_wording_of(&stated->text[i], texts[i] ? texts[i] : "",
                        texts[i] ? strlen(texts[i]) : 0);
}

static bool
is_description(const struct html_page *page, size_t b,
               const struct descriptions *stated)
{
    struct html_wording wording;

    html_wording_of(&wording, html_block_text(&page->blocks, b),
                    page->blocks.block[b].size);
    for (size_t i = 0; i < COUNT(stated->text); i++) {
        if (html_likeness(&stated->text[i], &wording) >= 90)
            return true;
    }
    return false;
}

/* Is it named or stated, or a sentence of some length?  "Teaser" and "intro
 * box" are names for standfirsts as well. */
static bool
is_dek(const struct html_page *page, size_t b,
       const struct descriptions *stated)
{
    const uint32_t traits = page->blocks.block[b].traits;

    if ((traits & TRAIT_DEK) || is_description(page, b, stated))
        return !(traits & (HTML_BOILERPLATE & ~(uint32_t)TRAIT_RELATED));
    return page->blocks.block[b].prose &&
           html_block_is_sentence(&page->blocks, b) &&
           !(traits & (HTML_BOILERPLATE | LABELS));
}

/* The standfirst: between the headline and the text, and named or stated. */
static void
find_dek(const struct html_page *page, uint32_t root, enum verdict *verdicts)
{
    const struct html_blocks *blocks = &page->blocks;
    struct descriptions stated;

    find_descriptions(&stated, page);
    for (size_t b = 0; b < blocks->count; b++) {
        const struct html_block *block = &blocks->block[b];

        if (block->first <= page->headline || block->size < DEK_LEAST ||
            block->size > DEK_MOST || block->links * 2 > block->size)
            continue;
        if (block->first >= root)
            return;
        if (is_dek(page, b, &stated) && !block->caption &&
            !repeats_headline(page, b))
            verdicts[b] = VERDICT_KEEP;
    }
}

/* Drop what stands twice: some pages carry their text for small screens and
 * for large ones. */
static void
drop_repeated(const struct html_page *page, enum verdict *verdicts)
{
    const struct html_blocks *blocks = &page->blocks;
    uint32_t *seen = mem_zero(REPEATED_SLOTS, sizeof(*seen));

    for (size_t b = 0; b < blocks->count; b++) {
        const struct html_block *block = &blocks->block[b];
        uint32_t hash;

        if (verdicts[b] != VERDICT_KEEP || block->size < REPEATED_LEAST)
            continue;
        hash =
            fnv_add_bytes(FNV_START, html_block_text(blocks, b), block->size);
        if (seen[hash % REPEATED_SLOTS] == hash)
            verdicts[b] = VERDICT_DROP;
        seen[hash % REPEATED_SLOTS] = hash;
    }
    free(seen);
}

/* Is the block like those that are kept: the same element in the same kind of
 * parent? */
static bool
is_like(const struct html_page *page, size_t a, size_t b)
{
    const struct html_node *node = page->tree.node;
    const struct html_node *left = &node[page->blocks.block[a].node];
    const struct html_node *right = &node[page->blocks.block[b].node];
    const char *left_class = html_attribute(&node[left->parent], "class");
    const char *right_class = html_attribute(&node[right->parent], "class");

    return left->tag == right->tag && left->tag == GUMBO_TAG_P &&
           node[left->parent].tag == node[right->parent].tag &&
           !strcmp(left_class ? left_class : "",
                   right_class ? right_class : "");
}

/* A sentence that is all link, between paragraphs of the text that are built as
 * it is, belongs to them: titles of other stories end without a stop. */
static void
keep_linked(const struct html_page *page, enum verdict *verdicts)
{
    const struct html_blocks *blocks = &page->blocks;
    size_t last = SIZE_MAX; /* kept before */

    for (size_t b = 0; b + 1 < blocks->count; b++) {
        const struct html_block *block = &blocks->block[b];
        size_t next = b + 1;

        if (verdicts[b] == VERDICT_KEEP && block->prose) {
            last = b;
            continue;
        }
        while (next < blocks->count && next < b + 3 &&
               verdicts[next] != VERDICT_KEEP)
            next++;
        if (last == SIZE_MAX || verdicts[b] != VERDICT_DROP ||
            block->size < LINKED_SENTENCE || !is_linked(page, b) ||
            html_block_text(blocks, b)[block->size - 1] != '.' ||
            bad_traits(blocks, block, page->body) || block->caption ||
            next >= blocks->count || verdicts[next] != VERDICT_KEEP ||
            !is_like(page, last, b) || !is_like(page, b, next))
            continue;
        verdicts[b] = VERDICT_KEEP;
    }
}

static void
judge_all(const struct html_page *page, uint32_t root, enum verdict *verdicts)
{
    const struct html_blocks *blocks = &page->blocks;
    bool prose = false;

    for (size_t b = 0; b < blocks->count; b++) {
        const struct html_block *block = &blocks->block[b];

        if (block->first < root || block->first >= blocks->tree->node[root].end)
            continue;
        verdicts[b] = judge(page, b, root);
        if (verdicts[b] == VERDICT_KEEP && !prose && is_label(page, b))
            verdicts[b] = VERDICT_DROP;
        prose |= verdicts[b] == VERDICT_KEEP && block->prose;
    }
}

/* What stands above the headline inside the same element is no text of the
 * article: a kicker, a menu. */
static void
drop_above(const struct html_page *page, enum verdict *verdicts)
{
    const struct html_blocks *blocks = &page->blocks;

    for (size_t b = 0;
         b < blocks->count && blocks->block[b].first < page->headline; b++) {
        if (!blocks->block[b].prose)
            verdicts[b] = VERDICT_DROP;
    }
}

/* Headings behind which no text comes have lost theirs. */
static void
drop_last_headings(const struct html_page *page, enum verdict *verdicts)
{
    for (size_t b = page->blocks.count; b > 0; b--) {
        if (verdicts[b - 1] == VERDICT_KEEP)
            return;
        verdicts[b - 1] = VERDICT_DROP;
    }
}

static void
keep_blocks(struct html_page *page, uint32_t root)
{
    const struct html_blocks *blocks = &page->blocks;
    enum verdict *verdicts = mem_zero(blocks->count + 1, sizeof(*verdicts));

    html_wording_of(&page->said, page->article->headline.data,
                    page->article->headline.size);
    judge_all(page, root, verdicts);
    keep_linked(page, verdicts);
    if (page->headline && root)
        find_dek(page, root, verdicts);
    drop_above(page, verdicts);
    drop_repeated(page, verdicts);
    drop_last_headings(page, verdicts);
    for (size_t b = 0; b < blocks->count; b++) {
        if (verdicts[b] != VERDICT_DROP)
            article_add_paragraph(page->article, html_block_text(blocks, b),
                                  blocks->block[b].size);
    }
    free(verdicts);
}

/* JSON-LD may carry a text that the page does not show, or that no rule here
 * found. */
static bool
use_stated(struct html_page *page)
{
    const struct buf *stated = &page->stated.body;
    const char *at = stated->data;

    if (stated->size < STATED_LEAST ||
        page->article->body.size * 2 > stated->size)
        return false;
    buf_clear(&page->article->body);
    while (*at) {
        const size_t size = strcspn(at, "\n");

        article_add_paragraph(page->article, at, size);
        at += size + (at[size] != '\0');
    }
    article_set_origin(page->article, MEMBER_BODY, "jsonld", "script %u",
                       page->stated.script);
    return true;
}

/*
 * Where hardly any text was found, names may have misled: slides whose text
 * is their caption, an article inside a box for sharing.  Look again and
 * believe less of them.
 */
static void
look_again(struct html_page *page)
{
    static const uint32_t steps[] = {
        TRAIT_NAV | TRAIT_FOOTER | TRAIT_COMMENTS | TRAIT_RELATED |
            TRAIT_NEWSLETTER | TRAIT_HIDDEN | TRAIT_ADVERT | TRAIT_BODY |
            TRAIT_ARTICLE | TRAIT_DEK,
        TRAIT_NAV | TRAIT_FOOTER | TRAIT_COMMENTS | TRAIT_BODY | TRAIT_ARTICLE,
    };
    struct buf *body = &page->article->body;
    struct buf first = BUF_INIT;

    for (size_t i = 0; i < COUNT(steps) && body->size < BODY_LEAST; i++) {
        buf_set(&first, body->data, body->size);
        buf_clear(body);
        html_blocks_believe(&page->blocks, steps[i]);
        html_root(page);
        keep_blocks(page, page->body);
        if (body->size < first.size * 2 || body->size < BODY_LEAST)
            buf_swap(body, &first);
    }
    html_blocks_believe(&page->blocks, UINT32_MAX);
    buf_release(&first);
}

void
html_body(struct html_page *page)
{
    uint32_t root;

    keep_blocks(page, page->body);
    if (use_stated(page))
        return;
    look_again(page);
    root = page->body;
    html_origin(page, MEMBER_BODY,
                page->tree.node[root].traits & TRAIT_BODY ? "body element"
                                                          : "most text",
                root);
}

void
html_body_whole(struct html_page *page)
{
    keep_blocks(page, 0);
    article_set_origin(page->article, MEMBER_BODY, "fragment", "%s", "");
}
