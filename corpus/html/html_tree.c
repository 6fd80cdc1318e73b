#include "corpus/html/html_tree.h"

#include <stdlib.h>
#include <string.h>

#include "corpus/base/mem.h"
#include "corpus/base/utf8.h"
#include "corpus/html/html_traits.h"

/*
 * Gumbo asks for many small pieces and cannot do without one of them, so
 * the arena has no limit of its own: the scan bounds the number of tags and
 * the reader the size of the page.
 */
struct html_arena {
    struct html_arena *older;
    size_t used, size;
};

enum {
    ARENA_CHUNK = 1 << 18,
    ARENA_ALIGN = 16
};

static size_t
arena_round(size_t size)
{
    return (size + ARENA_ALIGN - 1) / ARENA_ALIGN * ARENA_ALIGN;
}

static void *
arena_alloc(void *userdata, size_t size)
{
    struct html_arena **arena = userdata;
    const size_t head = arena_round(sizeof(**arena));
    struct html_arena *chunk = *arena;

    size = arena_round(size ? size : 1);
    if (!chunk || chunk->size - chunk->used < size) {
        const size_t need = size + head;
        const size_t room = need > ARENA_CHUNK ? need : ARENA_CHUNK;

        chunk = mem_alloc(room);
        *chunk = (struct html_arena){*arena, head, room};
        *arena = chunk;
    }
    chunk->used += size;
    return (char *)chunk + chunk->used - size;
}

static void
arena_free(void *userdata, void *data)
{
    (void)userdata;
    (void)data;
}

void
html_tree_release(struct html_tree *tree)
{
    while (tree->arena) {
        struct html_arena *older = tree->arena->older;

        free(tree->arena);
        tree->arena = older;
    }
    free(tree->node);
    *tree = HTML_TREE_INIT;
}

static const GumboVector *
children_of(const GumboNode *node)
{
    if (node->type == GUMBO_NODE_DOCUMENT)
        return &node->v.document.children;
    if (node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE)
        return &node->v.element.children;
    return NULL;
}

static uint32_t
visible_size(const char *text)
{
    uint32_t size = 0;

    for (; *text; text++)
        size += *text != ' ' && *text != '\n' && *text != '\t' && *text != '\r';
    return size;
}

static uint32_t
add_node(struct html_tree *tree, const GumboNode *gumbo, uint32_t parent)
{
    size_t room = tree->room;
    struct html_node *node;

    tree->node = mem_grow(tree->node, tree->count, &room, sizeof(*tree->node));
    tree->room = (uint32_t)room;
    node = &tree->node[tree->count];
    *node = (struct html_node){.gumbo = gumbo, .parent = parent};
    if (children_of(gumbo)) {
        node->tag = gumbo->v.element.tag;
        node->traits = html_traits_of(node);
    } else {
        node->tag = HTML_TEXT;
        if (gumbo->type == GUMBO_NODE_TEXT || gumbo->type == GUMBO_NODE_CDATA)
            node->text_size = visible_size(gumbo->v.text.text);
    }
    return tree->count++;
}

/* The next node of Gumbo's tree in document order.  `*up` counts the
 * elements that end before it. */
static const GumboNode *
next_node(const GumboNode *node, const GumboNode *root, unsigned *up)
{
    const GumboVector *children = children_of(node);

    *up = 0;
    if (children && children->length)
        return children->data[0];
    while (node != root) {
        const GumboVector *siblings = children_of(node->parent);
        size_t next = node->index_within_parent + 1;

        if (siblings && next < siblings->length)
            return siblings->data[next];
        node = node->parent;
        ++*up;
    }
    return NULL;
}

static void
add_sizes(struct html_tree *tree)
{
    for (uint32_t i = tree->count - 1; i > 0; i--) {
        struct html_node *node = &tree->node[i];
        struct html_node *parent = &tree->node[node->parent];

        if (node->tag == GUMBO_TAG_A)
            node->link_size = node->text_size;
        parent->text_size += node->text_size;
        parent->link_size += node->link_size;
    }
}

static void
copy_tree(struct html_tree *tree, const GumboNode *root)
{
    const GumboNode *gumbo = root;
    uint32_t last = add_node(tree, root, 0);
    unsigned up;

    while ((gumbo = next_node(gumbo, root, &up))) {
        const bool child = up == 0 && gumbo->parent == tree->node[last].gumbo;

        if (!child) {
            tree->node[last].end = tree->count;
            for (; up; up--) {
                last = tree->node[last].parent;
                tree->node[last].end = tree->count;
            }
            last = tree->node[last].parent;
        }
        last = add_node(tree, gumbo, last);
    }
    for (; last; last = tree->node[last].parent)
        tree->node[last].end = tree->count;
    tree->node[0].end = tree->count;
    add_sizes(tree);
}

enum status
html_tree_build(struct html_tree *tree, const struct buf *html,
                struct error *err)
{
    GumboOptions options = kGumboDefaultOptions;
    const GumboOutput *output;

    options.allocator = arena_alloc;
    options.deallocator = arena_free;
    options.userdata = &tree->arena;
    options.max_errors = 0;
    output = gumbo_parse_with_options(&options, html->data, html->size);
    if (!output || !output->root)
        return error_set(err, STATUS_FORMAT,
                         "the page has no HTML element that could be read");
    copy_tree(tree, output->root);
    return STATUS_OK;
}

bool
html_is_block(GumboTag tag)
{
    switch ((int)tag) {
    case HTML_TEXT:
    case GUMBO_TAG_A:
    case GUMBO_TAG_ABBR:
    case GUMBO_TAG_ACRONYM:
    case GUMBO_TAG_BDI:
    case GUMBO_TAG_BDO:
    case GUMBO_TAG_CITE:
    case GUMBO_TAG_DATA:
    case GUMBO_TAG_DEL:
    case GUMBO_TAG_DFN:
    case GUMBO_TAG_IMG:
    case GUMBO_TAG_INS:
    case GUMBO_TAG_KBD:
    case GUMBO_TAG_LABEL:
    case GUMBO_TAG_MARK:
    case GUMBO_TAG_Q:
    case GUMBO_TAG_RB:
    case GUMBO_TAG_RP:
    case GUMBO_TAG_RT:
    case GUMBO_TAG_RUBY:
    case GUMBO_TAG_SAMP:
    case GUMBO_TAG_SPAN:
    case GUMBO_TAG_SUB:
    case GUMBO_TAG_SUP:
    case GUMBO_TAG_TIME:
    case GUMBO_TAG_VAR:
    case GUMBO_TAG_WBR:
        return false;
    default:
        return true;
    }
}

static bool
has_class(const GumboNode *gumbo)
{
    return gumbo_get_attribute(&gumbo->v.element.attributes, "class");
}

/* Does the text of an element begin with a mark that follows a word? */
static bool
begins_with_stop(const GumboNode *gumbo)
{
    const GumboVector *children = children_of(gumbo);
    const GumboNode *first =
        children && children->length ? children->data[0] : NULL;

    return first && first->type == GUMBO_NODE_TEXT && *first->v.text.text &&
           strchr(".,;:!?)", *first->v.text.text);
}

bool
html_starts_apart(const struct html_node *node)
{
    const GumboNode *gumbo = node->gumbo;
    const GumboVector *siblings;
    const GumboNode *before;

    if (node->tag != HTML_TEXT && html_is_block(node->tag))
        return true;
    siblings = gumbo->parent ? children_of(gumbo->parent) : NULL;
    if (!gumbo->index_within_parent || !siblings)
        return false;
    before = siblings->data[gumbo->index_within_parent - 1];
    if (!children_of(before))
        return false;
    return html_is_block(before->v.element.tag) ||
           (node->tag != HTML_TEXT && has_class(before) && has_class(gumbo) &&
            !begins_with_stop(gumbo));
}

void
html_text(const struct html_tree *tree, uint32_t i, uint32_t without,
          struct buf *out)
{
    const uint32_t end = tree->node[i].end;
    struct buf text = BUF_INIT;

    while (i < end) {
        const struct html_node *node = &tree->node[i];

        if (html_starts_apart(node))
            buf_add_byte(&text, ' ');
        if (node->tag == HTML_TEXT)
            buf_add_text(&text, node->gumbo->v.text.text);
        i = (node->traits & without) ? node->end : i + 1;
    }
    utf8_tidy(out, text.data, text.size, false);
    buf_release(&text);
}

uint32_t
html_ancestor(const struct html_tree *tree, uint32_t i, GumboTag tag)
{
    while (i && tree->node[i].tag != tag)
        i = tree->node[i].parent;
    return i;
}

void
html_place(const struct html_tree *tree, uint32_t i, struct buf *out)
{
    const struct html_node *node = &tree->node[i];
    const char *class = html_attribute(node, "class");
    const char *id = html_attribute(node, "id");

    buf_add_text(out, gumbo_normalized_tagname(node->tag));
    if (class && *class) {
        buf_add_byte(out, '.');
        buf_add(out, class, strcspn(class, " \t\r\n"));
    } else if (id && *id) {
        buf_add_byte(out, '#');
        buf_add_text(out, id);
    }
}
