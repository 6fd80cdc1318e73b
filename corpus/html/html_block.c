#include "corpus/html/html_block.h"

#include <stdlib.h>
#include <string.h>

#include "corpus/base/ascii.h"
#include "corpus/base/count.h"
#include "corpus/base/fnv.h"
#include "corpus/base/mem.h"
#include "corpus/base/utf8.h"
#include "corpus/html/html_traits.h"

enum {
    KINDS = 512,         /* of classes told apart */
    OUTSIDE_BYTES = 500, /* of prose outside the comments */
    PROSE_BYTES = 80,    /* shorter text is not prose by itself */
    BAR_BYTES = 1000,    /* of prose: more than bars and boxes hold */
    TRAITS_BARS = TRAIT_SHARE | TRAIT_TAGS | TRAIT_CREDIT | TRAIT_CAPTION |
                  TRAIT_FIGURE | TRAIT_ADVERT | TRAIT_NAV,
    /* What boxes are called that may hold a part of a story as well. */
    TRAITS_WEAK = TRAIT_ASIDE | TRAIT_NEWSLETTER | TRAIT_RELATED | TRAIT_HIDDEN,
    TRAITS_GOOD = TRAIT_BODY | TRAIT_ARTICLE | TRAIT_HEADLINE | TRAIT_DEK
};

/* The block that is being put together. */
struct draft {
    struct html_blocks *blocks;
    struct buf raw;
    struct html_block block;
    bool open;  /* it has a letter */
    bool blank; /* a <br> came last */
};

void
html_blocks_release(struct html_blocks *blocks)
{
    free(blocks->block);
    free(blocks->prose);
    free(blocks->credible);
    free(blocks->own);
    free(blocks->inherited);
    buf_release(&blocks->text);
    *blocks = HTML_BLOCKS_INIT;
}

const char *
html_block_text(const struct html_blocks *blocks, size_t i)
{
    return blocks->text.data + blocks->block[i].at;
}

bool
html_block_is_sentence(const struct html_blocks *blocks, size_t i)
{
    static const char *const ends[] = {
        ".",  "!",  "?",  ":",  "\"", "”", "’", "…", "»",
        "。", "！", "？", "」", "।",  "؟", "'", ")", "“",
    };
    const struct html_block *block = &blocks->block[i];
    const char *text = html_block_text(blocks, i);

    for (size_t k = 0; k < COUNT(ends); k++) {
        const size_t size = strlen(ends[k]);

        if (block->size >= size &&
            !memcmp(text + block->size - size, ends[k], size))
            return true;
    }
    return false;
}

/* A capital that stands alone before small letters is the first of their
 * paragraph: a drop cap in an element of its own. */
static void
join_initial(struct html_blocks *blocks, struct html_block *block)
{
    const char *text = blocks->text.data + block->at;
    const struct html_block *last;

    if (!blocks->count || !block->size || !ascii_is_lower(*text))
        return;
    last = &blocks->block[blocks->count - 1];
    if (last->size != 1 || !ascii_is_upper(blocks->text.data[last->at]) ||
        last->at + last->size != block->at)
        return;
    block->at = last->at;
    block->size += last->size;
    blocks->count--;
}

/* The draft ends: keep it if it has text. */
static void
end_block(struct draft *draft)
{
    struct html_blocks *blocks = draft->blocks;
    struct html_block *block = &draft->block;
    const size_t at = blocks->text.size;

    if (draft->open) {
        utf8_tidy(&blocks->text, draft->raw.data, draft->raw.size, false);
        block->at = (uint32_t)at;
        block->size = (uint32_t)(blocks->text.size - at);
        block->prose =
            block->size >= PROSE_BYTES && block->links * 2 < block->size;
        block->named =
            blocks->tree->node[block->named].text_size * 2 >= block->size
                ? block->first
                : block->node;
        join_initial(blocks, block);
        if (block->size) {
            blocks->block = mem_grow(blocks->block, blocks->count,
                                     &blocks->room, sizeof(*blocks->block));
            blocks->block[blocks->count++] = *block;
        }
    }
    buf_clear(&draft->raw);
    *block = (struct html_block){0};
    draft->open = false;
    draft->blank = false;
}

static bool
is_inside(const struct html_tree *tree, uint32_t i, GumboTag tag)
{
    while (!html_is_block(tree->node[i].tag)) {
        if (tree->node[i].tag == tag)
            return true;
        i = tree->node[i].parent;
    }
    return false;
}

static uint32_t
block_of(const struct html_tree *tree, uint32_t i)
{
    while (i && !html_is_block(tree->node[i].tag))
        i = tree->node[i].parent;
    return i;
}

/* The outermost inline element around a node, in its block. */
static uint32_t
inline_around(const struct html_tree *tree, uint32_t i)
{
    uint32_t around = i;

    for (i = tree->node[i].parent; i && !html_is_block(tree->node[i].tag);
         i = tree->node[i].parent)
        around = i;
    return around;
}

/* "coast.<a href="#note-1">1</a>": a number that leads to a note is no part of
 * the word before it. */
static bool
is_note(const struct html_tree *tree, uint32_t i)
{
    const char *text = tree->node[i].gumbo->v.text.text;
    const char *href;
    uint32_t link;

    if (tree->node[i].text_size > 5) /* as most are */
        return false;
    link = html_ancestor(tree, i, GUMBO_TAG_A);
    href = link ? html_attribute(&tree->node[link], "href") : NULL;
    return href && *href == '#' && tree->node[link].text_size <= 5 &&
           text[strspn(text, "0123456789[]()*\xe2\x80\xa0 \t\r\n")] == '\0';
}

/* How often something was shared or commented, at the start of a paragraph. */
static bool
is_counter(const struct html_tree *tree, uint32_t i)
{
    const char *text = tree->node[i].gumbo->v.text.text;

    return tree->node[i].text_size > 0 &&
           text[strspn(text, "0123456789 \t\r\n")] == '\0' &&
           tree->node[inline_around(tree, i)].traits &
               (TRAIT_COMMENTS | TRAIT_SHARE);
}

static void
add_text(struct draft *draft, uint32_t i)
{
    const struct html_tree *tree = draft->blocks->tree;
    const struct html_node *node = &tree->node[i];

    if ((draft->open && node->text_size && is_note(tree, i)) ||
        is_counter(tree, i))
        return;
    buf_add_text(&draft->raw, node->gumbo->v.text.text);
    if (!node->text_size)
        return;
    draft->blank = false;
    if (!draft->open) {
        draft->open = true;
        draft->block.first = i;
        draft->block.node = block_of(tree, i);
        draft->block.named = inline_around(tree, i);
    }
    if (html_ancestor(tree, i, GUMBO_TAG_A))
        draft->block.links += node->text_size;
    if (is_inside(tree, i, GUMBO_TAG_MARK))
        draft->block.strong += node->text_size;
}

static void
add_node(struct draft *draft, uint32_t i)
{
    const struct html_node *node = &draft->blocks->tree->node[i];

    if (node->tag == HTML_TEXT) {
        add_text(draft, i);
    } else if (node->tag == GUMBO_TAG_BR) {
        if (draft->blank)
            end_block(draft);
        else
            buf_add_byte(&draft->raw, ' ');
        draft->blank = draft->open;
    } else if (html_is_block(node->tag)) {
        end_block(draft);
    } else if (html_starts_apart(node)) {
        buf_add_byte(&draft->raw, ' ');
    }
}

static void
cut_into_blocks(struct html_blocks *blocks)
{
    const struct html_tree *tree = blocks->tree;
    struct draft draft = {.blocks = blocks, .raw = BUF_INIT};
    uint32_t open = 0; /* the innermost block element around the draft */

    for (uint32_t i = 0; i < tree->count; i++) {
        while (open && i >= tree->node[open].end) {
            end_block(&draft);
            open = block_of(tree, tree->node[open].parent);
        }
        if (tree->node[i].tag == GUMBO_TAG_HEAD) {
            i = tree->node[i].end - 1;
            continue;
        }
        add_node(&draft, i);
        if (tree->node[i].tag != GUMBO_TAG_BR &&
            html_is_block(tree->node[i].tag) && tree->node[i].end > i + 1)
            open = i;
    }
    end_block(&draft);
    buf_release(&draft.raw);
}

static void
add_prose(struct html_blocks *blocks)
{
    const struct html_tree *tree = blocks->tree;

    for (size_t b = 0; b < blocks->count; b++) {
        if (blocks->block[b].prose)
            blocks->prose[blocks->block[b].node] += blocks->block[b].size;
    }
    for (uint32_t i = tree->count - 1; i > 0; i--)
        blocks->prose[tree->node[i].parent] += blocks->prose[i];
}

static uint32_t
hash_class(const struct html_node *node)
{
    const char *class = html_attribute(node, "class");

    return fnv_add_bytes(FNV_START, class, class ? strlen(class) : 0) % KINDS;
}

/* The prose of each kind of elements. */
struct kinds {
    uint16_t *kind; /* per node that has traits: of its class */
    uint32_t prose[KINDS];
};

/* Each element's class is hashed once, however many others are in it. */
static void
find_kinds(struct kinds *kinds, const struct html_tree *tree)
{
    kinds->kind = mem_zero(tree->count, sizeof(*kinds->kind));
    for (uint32_t i = 1; i < tree->count; i++) {
        if (tree->node[i].traits && tree->node[i].tag != HTML_TEXT)
            kinds->kind[i] = (uint16_t)hash_class(&tree->node[i]);
    }
}

/* The prose in all elements of each class, for classes that say something. */
static void
add_kinds(struct kinds *kinds, const struct html_blocks *blocks)
{
    const struct html_tree *tree = blocks->tree;

    for (uint32_t i = 1; i < tree->count; i++) {
        const struct html_node *node = &tree->node[i];
        const uint16_t kind = kinds->kind[i];

        if (!node->traits || node->tag == HTML_TEXT || !blocks->prose[i])
            continue;
        if (!tree->node[node->parent].traits ||
            kinds->kind[node->parent] != kind)
            kinds->prose[kind] += blocks->prose[i];
    }
}

/* The traits of an element that are believed. */
static uint32_t
believed(const struct html_blocks *blocks, uint32_t i,
         const struct kinds *kinds)
{
    const struct html_node *node = &blocks->tree->node[i];
    const uint32_t all = blocks->prose[0];
    uint32_t good = TRAITS_GOOD;
    uint32_t traits = node->traits;
    uint32_t most; /* prose in it, or in all of its class */

    if (node->tag == GUMBO_TAG_BODY || node->tag == GUMBO_TAG_HTML)
        return 0;
    if (!(node->traits & ~good) || !blocks->prose[i])
        return node->traits;
    /* Bars of buttons and boxes of pictures hold no whole texts. */
    if (blocks->prose[i] > BAR_BYTES)
        traits &= ~(uint32_t)TRAITS_BARS;
    /* Readers may write more than the article has, never all. */
    if (all - blocks->prose[i] >= OUTSIDE_BYTES)
        good |= TRAIT_COMMENTS;
    most = html_attribute(node, "class") ? kinds->prose[kinds->kind[i]] : 0;
    if (most < blocks->prose[i])
        most = blocks->prose[i];
    if (most > all / 2)
        traits &= good;
    else if (most > all / 4 && blocks->prose[i] >= node->text_size &&
             !node->link_size)
        traits &= ~(uint32_t)TRAITS_WEAK;
    return traits;
}

/* Hand down to each node what is believed of those around it. */
static void
hand_down(struct html_blocks *blocks)
{
    const struct html_tree *tree = blocks->tree;

    for (uint32_t i = 0; i < tree->count; i++)
        blocks->inherited[i] =
            blocks->own[i] | (i ? blocks->inherited[tree->node[i].parent] : 0);
    for (size_t b = 0; b < blocks->count; b++)
        blocks->block[b].traits = blocks->inherited[blocks->block[b].named];
}

void
html_blocks_believe(struct html_blocks *blocks, uint32_t traits)
{
    for (uint32_t i = 0; i < blocks->tree->count; i++)
        blocks->own[i] = blocks->credible[i] & traits;
    for (size_t b = 0; b < blocks->count; b++)
        blocks->block[b].caption = false;
    hand_down(blocks);
}

static void
inherit(struct html_blocks *blocks)
{
    const struct html_tree *tree = blocks->tree;
    struct kinds kinds = {.kind = NULL};

    find_kinds(&kinds, tree);
    add_kinds(&kinds, blocks);
    for (uint32_t i = 0; i < tree->count; i++)
        blocks->credible[i] = believed(blocks, i, &kinds);
    free(kinds.kind);
    html_blocks_believe(blocks, UINT32_MAX);
}

void
html_blocks_build(struct html_blocks *blocks, const struct html_tree *tree)
{
    blocks->tree = tree;
    blocks->prose = mem_zero(tree->count, sizeof(*blocks->prose));
    blocks->credible = mem_zero(tree->count, sizeof(*blocks->credible));
    blocks->own = mem_zero(tree->count, sizeof(*blocks->own));
    blocks->inherited = mem_zero(tree->count, sizeof(*blocks->inherited));
    cut_into_blocks(blocks);
    add_prose(blocks);
    inherit(blocks);
}
