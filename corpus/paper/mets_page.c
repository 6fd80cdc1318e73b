#include "corpus/paper/mets_page.h"

#include <stdlib.h>
#include <string.h>

#include <libxml/tree.h>

#include "corpus/base/bisect.h"
#include "corpus/base/mem.h"
#include "corpus/paper/alto.h"
#include "corpus/syntax/xml.h"

enum {
    DEPTH_MOST = 60 /* of blocks in blocks */
};

static void
add_word(struct mets_page *page, const xmlNode *string)
{
    struct buf word = BUF_INIT;

    if (alto_word(string, &word)) {
        page->word = mem_grow(page->word, page->words, &page->word_room,
                              sizeof(*page->word));
        page->word[page->words++] = (struct mets_word){
            page->text.size, word.size, page->blocks, alto_is_broken(string)};
        buf_add(&page->text, word.data, word.size);
    }
    buf_release(&word);
}

/* Note the name of an element whose words are going to be added. */
static size_t
add_mark(struct mets_page *page, const xmlNode *node)
{
    struct buf id = BUF_INIT;
    size_t number = page->marks;

    if (xml_attribute(&id, node, "ID")) {
        page->mark = mem_grow(page->mark, page->marks, &page->mark_room,
                              sizeof(*page->mark));
        page->mark[page->marks++] =
            (struct mets_mark){page->ids.size, page->words, page->words};
        buf_add(&page->ids, id.data, id.size + 1);
    }
    buf_release(&id);
    return number;
}

static void
add_element(struct mets_page *page, const xmlNode *node, int depth)
{
    size_t before = page->marks;
    size_t mark = add_mark(page, node);
    bool named = page->marks > before;

    if (xml_is(node, "String"))
        add_word(page, node);
    if (xml_is(node, "TextBlock")) {
        page->blocks++;
        if (!page->language.size &&
            !xml_attribute(&page->language, node, "LANG"))
            xml_attribute(&page->language, node, "language");
    }
    for (const xmlNode *child = node->children; child && depth < DEPTH_MOST;
         child = child->next)
        if (child->type == XML_ELEMENT_NODE)
            add_element(page, child, depth + 1);
    if (named)
        page->mark[mark].end = page->words;
}

/* The names come first in what is sorted, for want of a comparison that is
 * given the page. */
struct named {
    const char *id;
    struct mets_mark mark;
};

static int
compare_names(const void *a, const void *b)
{
    const struct named *left = a;
    const struct named *right = b;
    int order = strcmp(left->id, right->id);

    return order ? order
                 : (left->mark.id > right->mark.id) -
                       (left->mark.id < right->mark.id);
}

static void
sort_marks(struct mets_page *page)
{
    struct named *named = mem_zero(page->marks + 1, sizeof(*named));

    for (size_t i = 0; i < page->marks; i++)
        named[i] =
            (struct named){page->ids.data + page->mark[i].id, page->mark[i]};
    qsort(named, page->marks, sizeof(*named), compare_names);
    for (size_t i = 0; i < page->marks; i++)
        page->mark[i] = named[i].mark;
    free(named);
}

enum status
mets_page_read(struct mets_page *page, const char *data, size_t size,
               const char *name, struct error *err)
{
    xmlDoc *doc = NULL;
    enum status status = xml_parse(&doc, data, size, NULL, name, err);
    const xmlNode *layout;

    if (status)
        return status;
    layout = xml_find(xmlDocGetRootElement(doc), "Layout");
    if (layout)
        add_element(page, layout, 0);
    sort_marks(page);
    xmlFreeDoc(doc);
    return STATUS_OK;
}

void
mets_page_release(struct mets_page *page)
{
    buf_release(&page->href);
    buf_release(&page->text);
    buf_release(&page->ids);
    buf_release(&page->language);
    free(page->word);
    free(page->mark);
    *page = METS_PAGE_INIT;
}

static const struct mets_mark *
find_mark(const struct mets_page *page, const char *id)
{
    struct bisect half = bisect_between(0, page->marks);

    while (bisect_next(&half))
        bisect_go(&half,
                  strcmp(page->ids.data + page->mark[half.middle].id, id) < 0);
    if (half.low < page->marks &&
        strcmp(page->ids.data + page->mark[half.low].id, id) == 0)
        return &page->mark[half.low];
    return NULL;
}

bool
mets_page_find(const struct mets_page *page, const char *begin, const char *end,
               size_t *first, size_t *behind)
{
    const struct mets_mark *from = find_mark(page, begin);
    const struct mets_mark *to = find_mark(page, end);

    if (!from)
        return false;
    *first = from->first;
    *behind = to && to->end >= from->end ? to->end : from->end;
    return true;
}

void
mets_page_block(const struct mets_page *page, size_t *first, size_t end,
                struct buf *out)
{
    size_t from = *first;
    bool goes_on = false;

    while (*first < end && page->word[*first].block == page->word[from].block) {
        const struct mets_word *word = &page->word[(*first)++];

        if (!word->size)
            continue;
        alto_add_word(out, page->text.data + word->at, word->size, goes_on);
        goes_on = word->goes_on;
    }
}
