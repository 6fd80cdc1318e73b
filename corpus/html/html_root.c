#include <stdlib.h>
#include <string.h>

#include "corpus/base/ascii.h"
#include "corpus/base/fnv.h"
#include "corpus/base/mem.h"
#include "corpus/html/html_page.h"
#include "corpus/html/html_traits.h"

/*
 * The element that holds the article's text.
 *
 * It is one that says so (itemprop="articleBody", a class such as
 * "entry-content"), if it holds enough of the page's prose; else the one
 * that collects most from its paragraphs: each gives its size to its parent,
 * half of it to the parent's parent.
 *
 * Many templates wrap each few paragraphs in a box of its own.  So the
 * choice climbs as long as what it gains is built like what it has: blocks
 * at the same depth, in elements of the same tags and classes.
 */

enum {
    SHAPES_MOST = 64 /* kinds of paragraphs told apart in one body */
};

struct choice {
    const struct html_page *page;
    uint32_t *good;  /* per node: bytes of prose that is not boilerplate */
    uint32_t *score; /* per node: what its paragraphs gave it */
    uint32_t *shape; /* per block: how it is built */
};

static bool
is_good(const struct html_block *block)
{
    return block->prose && !(block->traits & HTML_BOILERPLATE);
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
        if (!(tree->node[i].traits & TRAIT_BODY) || !choice->good[i] ||
            tree->node[i].tag == GUMBO_TAG_BODY)
            continue;
        if (!best || choice->good[i] > choice->good[best] ||
            (i < tree->node[best].end &&
             choice->good[i] >= choice->good[best] / 20 * 19))
            best = i;
    }
    return best;
}

/* What tells the elements of one kind: tag and class, but for numbers. */
static uint32_t
kind_of(const struct html_node *node)
{
    const char *class = html_attribute(node, "class");
    uint32_t hash = fnv_add(FNV_START, (uint32_t)node->tag);

    for (; class && *class; class ++) {
        if (!ascii_is_digit(*class))
            hash = fnv_add(hash, (unsigned char)*class);
    }
    return hash;
}

/* How a block is built: its depth, and the kinds of its element and the two
 * around it. */
static uint32_t
shape_of(const struct html_tree *tree, uint32_t i, const uint32_t *kind,
         const uint32_t *depth)
{
    uint32_t hash = fnv_add(FNV_START, depth[i]);

    for (unsigned level = 0; level < 3 && i; level++) {
        hash = fnv_add(hash, kind[i]);
        i = tree->node[i].parent;
    }
    return hash;
}

/* Each element is looked at once, however many blocks are in it. */
static void
find_all_shapes(struct choice *choice)
{
    const struct html_blocks *blocks = &choice->page->blocks;
    const struct html_tree *tree = blocks->tree;
    uint32_t *kind = mem_zero(tree->count, sizeof(*kind));
    uint32_t *depth = mem_zero(tree->count, sizeof(*depth));

    for (uint32_t i = 1; i < tree->count; i++) {
        kind[i] = kind_of(&tree->node[i]);
        depth[i] = depth[tree->node[i].parent] + 1;
    }
    for (size_t b = 0; b < blocks->count; b++)
        choice->shape[b] = shape_of(tree, blocks->block[b].node, kind, depth);
    free(kind);
    free(depth);
}

struct shapes {
    uint32_t shape[SHAPES_MOST];
    size_t count;
};

static bool
has_shape(const struct shapes *shapes, uint32_t shape)
{
    for (size_t i = 0; i < shapes->count; i++) {
        if (shapes->shape[i] == shape)
            return true;
    }
    return false;
}

static void
find_shapes(const struct choice *choice, uint32_t root, struct shapes *shapes)
{
    const struct html_blocks *blocks = &choice->page->blocks;
    const struct html_tree *tree = blocks->tree;

    for (size_t b = 0; b < blocks->count; b++) {
        const struct html_block *block = &blocks->block[b];
        const uint32_t shape = choice->shape[b];

        if (block->node < root || block->node >= tree->node[root].end ||
            !is_good(block))
            continue;
        if (shapes->count < SHAPES_MOST && !has_shape(shapes, shape))
            shapes->shape[shapes->count++] = shape;
    }
}

/* Of the good prose in `outer` but not in `inner`, the bytes that have one of
 * the shapes. */
static uint32_t
gain_of_shape(const struct choice *choice, uint32_t outer, uint32_t inner,
              const struct shapes *shapes)
{
    const struct html_blocks *blocks = &choice->page->blocks;
    const struct html_node *node = blocks->tree->node;
    uint32_t gain = 0;

    for (size_t b = 0; b < blocks->count; b++) {
        const struct html_block *block = &blocks->block[b];

        if (block->node >= outer && block->node < node[outer].end &&
            (block->node < inner || block->node >= node[inner].end) &&
            is_good(block) && has_shape(shapes, choice->shape[b]))
            gain += block->size;
    }
    return gain;
}

/* Is the block a bare paragraph without a link, of which boxes of other stories
 * have none? */
static bool
is_bare(const struct html_page *page, const struct html_block *block)
{
    const struct html_node *node = &page->tree.node[block->node];

    return node->tag == GUMBO_TAG_P && block->links == 0 &&
           !html_attribute(node, "class");
}

/* Of the good prose in `outer` but not in `inner`, the bytes in bare
 * paragraphs; 0 if the prose in `inner` is other. */
static uint32_t
gain_of_bare(const struct choice *choice, uint32_t outer, uint32_t inner)
{
    const struct html_blocks *blocks = &choice->page->blocks;
    const struct html_node *node = blocks->tree->node;
    uint32_t gain = 0;

    for (size_t b = 0; b < blocks->count; b++) {
        const struct html_block *block = &blocks->block[b];
        const bool within =
            block->node >= inner && block->node < node[inner].end;

        if (block->node < outer || block->node >= node[outer].end ||
            !is_good(block))
            continue;
        if (within && !is_bare(choice->page, block))
            return 0;
        if (!within && is_bare(choice->page, block))
            gain += block->size;
    }
    return gain;
}

/* Is this element a whole of its own, beyond which there is another story? */
static bool
is_whole(const struct html_node *node)
{
    return node->tag == GUMBO_TAG_ARTICLE || node->tag == GUMBO_TAG_BODY ||
           node->tag == GUMBO_TAG_MAIN;
}

static uint32_t
climb(const struct choice *choice, uint32_t root)
{
    const struct html_tree *tree = &choice->page->tree;
    struct shapes shapes = {.count = 0};
    uint32_t best = root;

    find_shapes(choice, root, &shapes);
    for (uint32_t i = root; i && !is_whole(&tree->node[i]);) {
        uint32_t more;

        i = tree->node[i].parent;
        more = choice->good[i] - choice->good[best];
        if (more && (gain_of_shape(choice, i, best, &shapes) * 2 > more ||
                     gain_of_bare(choice, i, best) == more))
            best = i;
    }
    return best;
}

/* The smallest element around the headline and the body. */
static uint32_t
around_both(const struct html_page *page)
{
    const struct html_node *node = page->tree.node;
    uint32_t i = page->body;

    while (i && page->headline &&
           (page->headline < i || page->headline >= node[i].end))
        i = node[i].parent;
    return i;
}

void
html_root(struct html_page *page)
{
    const uint32_t count = page->tree.count;
    struct choice choice = {
        .page = page,
        .good = mem_zero(count, sizeof(*choice.good)),
        .score = mem_zero(count, sizeof(*choice.score)),
        .shape = mem_zero(page->blocks.count + 1, sizeof(*choice.shape)),
    };
    uint32_t named;
    uint32_t root;

    find_all_shapes(&choice);
    give_scores(&choice);
    named = best_by_name(&choice);
    root = best_by_score(&choice);
    if (named && choice.good[named] * 2 >= choice.good[root])
        root = named;
    root = climb(&choice, root);
    free(choice.good);
    free(choice.score);
    free(choice.shape);
    page->body = root;
    page->story = around_both(page);
}
