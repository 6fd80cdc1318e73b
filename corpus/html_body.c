#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "corpus/html_page.h"
#include "corpus/html_traits.h"
#include "corpus/mem.h"

/*
 * The body is chosen in two steps: the element that holds the article's
 * text, and of the blocks inside it those that are the article's.
 *
 * The element is one that says so (itemprop="articleBody", a class such as
 * "entry-content"), if it holds enough of the page's prose; else the one
 * that collects most from its paragraphs: each gives its size to its parent,
 * half of it to the parent's parent.
 */

enum {
    BOILERPLATE = TRAIT_NAV | TRAIT_FOOTER | TRAIT_SHARE | TRAIT_RELATED |
                  TRAIT_ADVERT | TRAIT_NEWSLETTER | TRAIT_COMMENTS |
                  TRAIT_CAPTION | TRAIT_CREDIT | TRAIT_HIDDEN | TRAIT_BIO |
                  TRAIT_ASIDE | TRAIT_FIGURE | TRAIT_TAGS,
    LABELS = TRAIT_BYLINE | TRAIT_DATE | TRAIT_META, /* short ones go */
    LABEL_BYTES = 200
};

struct choice {
    struct html_page *page;
    uint32_t *good;  /* per node: bytes of prose that is not boilerplate */
    uint32_t *score; /* per node: what its paragraphs gave it */
};

static bool
is_good(const struct html_block *block)
{
    return block->prose && !(block->traits & BOILERPLATE);
}

static bool
is_paragraph(GumboTag tag)
{
    return tag == GUMBO_TAG_P || tag == GUMBO_TAG_LI ||
           tag == GUMBO_TAG_BLOCKQUOTE || tag == GUMBO_TAG_PRE ||
           (tag >= GUMBO_TAG_H1 && tag <= GUMBO_TAG_H6);
}

static void
give_scores(struct choice *choice)
{
    const struct html_blocks *blocks = &choice->page->blocks;
    const struct html_tree *tree = blocks->tree;

    for (size_t b = 0; b < blocks->count; b++) {
        const struct html_block *block = &blocks->block[b];
        uint32_t to = block->node;

        if (!is_good(block))
            continue;
        choice->good[block->node] += block->size;
        if (is_paragraph(tree->node[to].tag))
            to = tree->node[to].parent;
        choice->score[to] += block->size;
        to = tree->node[to].parent;
        choice->score[to] += block->size / 2;
        to = tree->node[to].parent;
        choice->score[to] += block->size / 4;
    }
    for (uint32_t i = tree->count - 1; i > 0; i--)
        choice->good[tree->node[i].parent] += choice->good[i];
}

static uint32_t
best_by_score(const struct choice *choice)
{
    const struct html_tree *tree = &choice->page->tree;
    uint32_t best = 0;
    uint64_t most = 0;

    for (uint32_t i = 1; i < tree->count; i++) {
        const struct html_node *node = &tree->node[i];
        const uint64_t score = node->text_size
                                   ? (uint64_t)choice->score[i] *
                                         (node->text_size - node->link_size) /
                                         node->text_size
                                   : 0;

        if (score > most) {
            most = score;
            best = i;
        }
    }
    return best;
}

/* The innermost element that says it is the body and holds the most. */
static uint32_t
best_by_name(const struct choice *choice)
{
    const struct html_tree *tree = &choice->page->tree;
    uint32_t best = 0;

    for (uint32_t i = 1; i < tree->count; i++) {
        if (!(tree->node[i].traits & TRAIT_BODY) || !choice->good[i])
            continue;
        if (!best || choice->good[i] > choice->good[best] ||
            (i < tree->node[best].end &&
             choice->good[i] >= choice->good[best] / 20 * 19))
            best = i;
    }
    return best;
}

static uint32_t
choose_root(const struct choice *choice)
{
    const uint32_t named = best_by_name(choice);
    const uint32_t scored = best_by_score(choice);

    if (named && (choice->good[named] * 2 >= choice->good[scored]))
        return named;
    return scored;
}

/* Traits of the elements from `i` up to but not including `root`. */
static uint32_t
traits_below(const struct html_blocks *blocks, uint32_t i, uint32_t root)
{
    const struct html_tree *tree = blocks->tree;
    uint32_t traits = 0;

    for (; i && i != root; i = tree->node[i].parent) {
        if (blocks->prose[i] <= blocks->prose[0] / 2)
            traits |= tree->node[i].traits;
    }
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
    const struct buf *headline = &page->article->headline;
    const struct html_block *block = &page->blocks.block[b];

    return block->size < 400 &&
           html_likeness(headline->data, headline->size,
                         html_block_text(&page->blocks, b), block->size) >= 90;
}

/* Is the block part of the body, by itself? */
static bool
belongs(const struct html_page *page, size_t b, uint32_t root)
{
    const struct html_blocks *blocks = &page->blocks;
    const struct html_block *block = &blocks->block[b];
    const GumboTag tag = blocks->tree->node[block->node].tag;
    const uint32_t traits = traits_below(blocks, block->first, root);

    if (traits & BOILERPLATE)
        return false;
    if ((traits & LABELS) && block->size < LABEL_BYTES)
        return false;
    if (block->links * 2 > block->size)
        return false;
    if (tag == GUMBO_TAG_H1 || repeats_headline(page, b))
        return false;
    return true;
}

static void
keep_blocks(struct html_page *page, uint32_t root)
{
    const struct html_blocks *blocks = &page->blocks;
    const uint32_t end = blocks->tree->node[root].end;
    size_t heading = blocks->count; /* a heading waiting for its text */

    for (size_t b = 0; b < blocks->count; b++) {
        const struct html_block *block = &blocks->block[b];

        if (block->first < root || block->first >= end ||
            !belongs(page, b, root))
            continue;
        if (is_heading(blocks->tree->node[block->node].tag)) {
            heading = b;
            continue;
        }
        if (heading < blocks->count)
            article_add_paragraph(page->article,
                                  html_block_text(blocks, heading),
                                  blocks->block[heading].size);
        heading = blocks->count;
        article_add_paragraph(page->article, html_block_text(blocks, b),
                              block->size);
    }
}

void
html_body(struct html_page *page)
{
    const uint32_t count = page->tree.count;
    struct choice choice = {
        .page = page,
        .good = mem_zero(count, sizeof(*choice.good)),
        .score = mem_zero(count, sizeof(*choice.score)),
    };
    uint32_t root;

    give_scores(&choice);
    root = choose_root(&choice);
    page->body = root;
    keep_blocks(page, root);
    html_origin(page, MEMBER_BODY,
                page->tree.node[root].traits & TRAIT_BODY ? "body element"
                                                          : "most text",
                root);
    free(choice.good);
    free(choice.score);
}

void
html_body_whole(struct html_page *page)
{
    keep_blocks(page, 0);
    article_set_origin(page->article, MEMBER_BODY, "fragment", "%s", "");
}
