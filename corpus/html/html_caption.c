#include <stdint.h>
#include <string.h>

#include "corpus/html/html_page.h"
#include "corpus/html/html_traits.h"
#include "corpus/story/credit.h"

/*
 * The captions of the article's pictures.
 *
 * A caption is a <figcaption> or an element that is named for one; else a
 * short text that repeats the picture's alt or title; else a short text that
 * shares a small box with a picture and with nothing else.  JSON-LD's
 * captions come last: they often repeat what is shown.
 *
 * Blocks that are found to be captions are marked, and so are blocks that
 * say once more what a caption says; the body leaves them out.
 */

enum {
    CAPTIONS_MOST = 300,
    CAPTION_BYTES = 1500, /* a longer text is none */
    BOXED_BYTES = 300,    /* a longer text beside a picture is none */
    BOXED_LEAST = 12,
    BOX_LEVELS = 5, /* around the text in which its picture is looked for */
    BOX_MORE = 80,  /* bytes of other text in the box: a credit */
    NODES_ABOVE = 200,
    NODES_BELOW = 50,
    CREDIT_BYTES = 100,
    ALT_LEAST = 40,
    ALT_MOST = 600,
    ALT_LETTERS = 20,  /* fewer do not tell */
    NODES_AROUND = 40, /* between a picture and its text */
    ELSEWHERE = TRAIT_RELATED | TRAIT_COMMENTS | TRAIT_NAV | TRAIT_FOOTER |
                TRAIT_ADVERT | TRAIT_NEWSLETTER | TRAIT_BIO
};

static bool
is_image(const struct html_node *node)
{
    return node->tag == GUMBO_TAG_IMG ||
           (node->tag == GUMBO_TAG_UNKNOWN &&
            !strncmp(node->gumbo->v.element.original_tag.data, "<amp-img", 8));
}

/* Is the node where the article's pictures are: with headline and body, or
 * close above or below them? */
static bool
is_near(const struct html_page *page, uint32_t i)
{
    return i + NODES_ABOVE >= page->story &&
           i < page->tree.node[page->story].end + NODES_BELOW &&
           !(page->blocks.inherited[i] & ELSEWHERE);
}

/* The element named for a caption that the node stands in, or 0.  Of several
 * it is the outermost, so that no text is said once for each of them. */
static uint32_t
caption_element(const struct html_blocks *blocks, uint32_t i)
{
    const struct html_tree *tree = blocks->tree;
    uint32_t figcaption = 0;
    uint32_t found = 0;

    for (; i; i = tree->node[i].parent) {
        if (tree->node[i].text_size > CAPTION_BYTES)
            break;
        if (tree->node[i].tag == GUMBO_TAG_FIGCAPTION)
            figcaption = i;
        if (blocks->own[i] & TRAIT_CAPTION)
            found = i;
    }
    return figcaption ? figcaption : found;
}

/* The credit inside a caption. */
static void
find_credit(const struct html_tree *tree, uint32_t i, struct buf *out)
{
    for (uint32_t k = i + 1; k < tree->node[i].end && !out->size; k++) {
        if (tree->node[k].traits & TRAIT_CREDIT)
            html_text(tree, k, 0, out);
    }
}

/* Add a caption.  Each is compared with all before it, so a page of ten
 * thousand is cut short. */
static void
add(struct html_page *page, const char *text, size_t size, const char *credit,
    size_t credit_size)
{
    if (page->article->captions < CAPTIONS_MOST)
        article_add_caption(page->article, text, size, credit, credit_size);
}

static void
add_element(struct html_page *page, uint32_t i, const char *rule)
{
    struct buf text = BUF_INIT;
    struct buf credit = BUF_INIT;

    html_text(&page->tree, i, TRAIT_CREDIT | TRAIT_HIDDEN, &text);
    find_credit(&page->tree, i, &credit);
    add(page, text.data, text.size, credit.data, credit.size);
    if (page->article->captions == 1)
        html_origin(page, MEMBER_CAPTIONS, rule, i);
    buf_release(&text);
    buf_release(&credit);
}

static void
find_named(struct html_page *page)
{
    struct html_blocks *blocks = &page->blocks;
    uint32_t last = 0;

    for (size_t b = 0; b < blocks->count; b++) {
        const uint32_t i = caption_element(blocks, blocks->block[b].first);

        if (!i)
            continue;
        blocks->block[b].caption = true;
        if (i != last && is_near(page, i))
            add_element(page, i, "caption element");
        last = i;
    }
}

/* Does a short line say who took the picture? */
static bool
is_credit_line(const char *text, size_t size)
{
    return size <= CREDIT_BYTES && credit_is_line(text, size);
}

/* May the block be a caption by its looks? */
static bool
is_candidate(const struct html_page *page, size_t b)
{
    const struct html_block *block = &page->blocks.block[b];
    const GumboTag tag = page->tree.node[block->node].tag;

    return !block->caption && block->size >= BOXED_LEAST &&
           block->links * 2 < block->size &&
           !(tag >= GUMBO_TAG_H1 && tag <= GUMBO_TAG_H6) &&
           tag != GUMBO_TAG_LI &&
           !html_ancestor(&page->tree, block->node, GUMBO_TAG_BLOCKQUOTE) &&
           !is_credit_line(html_block_text(&page->blocks, b), block->size) &&
           is_near(page, block->first) &&
           !(block->traits &
             (TRAIT_BYLINE | TRAIT_DATE | TRAIT_META | TRAIT_HEADLINE));
}

/* Is there a picture between the start of node `box` and node `end`? */
static bool
has_image(const struct html_tree *tree, uint32_t box, uint32_t end)
{
    for (uint32_t i = box; i < end; i++) {
        if (is_image(&tree->node[i]))
            return true;
    }
    return false;
}

/* Does the block share a small box with a picture before it? */
static bool
is_boxed(const struct html_page *page, size_t b)
{
    const struct html_tree *tree = &page->tree;
    const struct html_block *block = &page->blocks.block[b];
    const uint32_t own = tree->node[block->node].text_size;
    uint32_t i = block->node;

    if (block->size > BOXED_BYTES || own > BOXED_BYTES)
        return false;
    for (int level = 0; level < BOX_LEVELS && i; level++) {
        i = tree->node[i].parent;
        if (tree->node[i].text_size > own + BOX_MORE)
            return false;
        if (has_image(tree, i, block->node))
            return true;
    }
    return false;
}

/* Does one of the texts, by its letters, make up most of the other? */
static bool
is_same(const struct buf *a, const struct buf *b)
{
    const struct buf *less = a->size < b->size ? a : b;
    const struct buf *more = a->size < b->size ? b : a;

    return less->size >= ALT_LETTERS && less->size * 3 > more->size &&
           strstr(more->data, less->data);
}

static bool
says_the_same(const struct html_node *image, const char *name,
              const struct buf *letters)
{
    const char *value = html_attribute(image, name);
    struct buf said = BUF_INIT;
    bool same;

    if (value)
        html_letters(value, strlen(value), &said);
    same = is_same(&said, letters);
    buf_release(&said);
    return same;
}

/* Does the block repeat what a picture close to it says for the blind? */
static bool
repeats_image(const struct html_page *page, size_t b)
{
    const struct html_tree *tree = &page->tree;
    const struct html_block *block = &page->blocks.block[b];
    const uint32_t start =
        block->node > NODES_AROUND ? block->node - NODES_AROUND : 0;
    struct buf letters = BUF_INIT;
    bool found = false;

    if (block->size > ALT_MOST)
        return false;
    html_letters(html_block_text(&page->blocks, b), block->size, &letters);
    for (uint32_t i = start; i < block->node && !found; i++) {
        if (is_image(&tree->node[i]))
            found = says_the_same(&tree->node[i], "alt", &letters) ||
                    says_the_same(&tree->node[i], "title", &letters);
    }
    buf_release(&letters);
    return found;
}

/* Mark lines that are credits; one behind a caption is that caption's. */
static void
find_credits(struct html_page *page)
{
    struct html_blocks *blocks = &page->blocks;

    for (size_t b = 0; b < blocks->count; b++) {
        struct html_block *block = &blocks->block[b];
        const char *text = html_block_text(blocks, b);

        if (block->caption || !is_near(page, block->first) ||
            !is_credit_line(text, block->size))
            continue;
        block->caption = true;
        if (b && blocks->block[b - 1].caption)
            add(page, html_block_text(blocks, b - 1), blocks->block[b - 1].size,
                text, block->size);
    }
}

static void
find_unnamed(struct html_page *page)
{
    struct html_blocks *blocks = &page->blocks;

    for (size_t b = 0; b < blocks->count; b++) {
        if (!is_candidate(page, b) ||
            (!is_boxed(page, b) && !repeats_image(page, b)))
            continue;
        blocks->block[b].caption = true;
        add(page, html_block_text(blocks, b), blocks->block[b].size, "", 0);
        if (page->article->captions == 1)
            html_origin(page, MEMBER_CAPTIONS, "beside picture",
                        blocks->block[b].node);
    }
}

static void
add_stated(struct html_page *page)
{
    const struct html_jsonld *stated = &page->stated;

    for (size_t i = 0; i < stated->captions.count; i++) {
        add(page, stated->captions.item[i], strlen(stated->captions.item[i]),
            stated->credits.item[i], strlen(stated->credits.item[i]));
        if (page->article->captions == 1)
            article_set_origin(page->article, MEMBER_CAPTIONS, "jsonld",
                               "script %u", stated->script);
    }
}

/*
 * What the first picture says for the blind, if it is a sentence of its own.
 * Only for pages that show no caption at all.
 */
static void
add_alternative(struct html_page *page)
{
    const struct html_tree *tree = &page->tree;
    struct html_wording headline;

    html_wording_of(&headline, page->article->headline.data,
                    page->article->headline.size);
    for (uint32_t i = 0; i < tree->count; i++) {
        const char *alt = is_image(&tree->node[i]) && is_near(page, i)
                              ? html_attribute(&tree->node[i], "alt")
                              : NULL;
        const size_t size = alt ? strlen(alt) : 0;

        if (size < ALT_LEAST || size > ALT_MOST ||
            html_text_likeness(&headline, alt, size) > 50)
            continue;
        add(page, alt, size, "", 0);
        html_origin(page, MEMBER_CAPTIONS, "alt", i);
        return;
    }
}

/* The letters of each caption that has enough of them. */
static void
list_letters(const struct article *article, struct seen *said)
{
    struct buf letters = BUF_INIT;

    for (size_t c = 0; c < article->captions; c++) {
        buf_clear(&letters);
        html_letters(article->caption[c].text.data,
                     article->caption[c].text.size, &letters);
        if (letters.size >= ALT_LETTERS)
            seen_number(said, letters.data, letters.size);
    }
    buf_release(&letters);
}

/* Mark the blocks that say what a caption says. */
static void
mark_repeats(struct html_page *page)
{
    struct html_blocks *blocks = &page->blocks;
    struct buf letters = BUF_INIT;
    struct seen said = SEEN_INIT;

    list_letters(page->article, &said);
    for (size_t b = 0; b < blocks->count && said.count; b++) {
        struct html_block *block = &blocks->block[b];

        if (block->size > CAPTION_BYTES)
            continue;
        buf_clear(&letters);
        html_letters(html_block_text(blocks, b), block->size, &letters);
        block->caption |=
            seen_find(&said, letters.data, letters.size) != SIZE_MAX;
    }
    buf_release(&letters);
    seen_release(&said);
}

void
html_captions(struct html_page *page)
{
    find_named(page);
    find_unnamed(page);
    find_credits(page);
    add_stated(page);
    if (!page->article->captions)
        add_alternative(page);
    mark_repeats(page);
}
