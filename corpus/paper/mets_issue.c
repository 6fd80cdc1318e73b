#include "corpus/paper/mets_issue.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <libxml/tree.h>

#include "corpus/base/bisect.h"
#include "corpus/base/mem.h"
#include "corpus/base/utf8.h"
#include "corpus/input/input.h"
#include "corpus/input/issue.h"

enum {
    LINE_MOST = 1024,
    FRAME_MOST = 256 << 20,
    COMMON_BYTES = 1000, /* of what each article is given */
    TIMES_MOST = 8       /* that the text is given out */
};

/* --- frames --------------------------------------------------------------- */

/* "page 1234 alto/0001.xml" */
static bool
parse_frame(const struct buf *line, bool *page, size_t *size, const char **name)
{
    char *end;
    unsigned long long value;

    if (line->size < 8 || (strncmp(line->data, "page ", 5) != 0 &&
                           strncmp(line->data, "mets ", 5) != 0))
        return false;
    *page = line->data[0] == 'p';
    errno = 0;
    value = strtoull(line->data + 5, &end, 10);
    if (errno || end == line->data + 5 || *end != ' ' || value > FRAME_MOST)
        return false;
    *size = (size_t)value;
    *name = end + 1;
    return true;
}

static enum status
read_bytes(struct input *input, size_t size, struct buf *out, struct error *err)
{
    char some[16 * 1024];

    buf_clear(out);
    while (size > 0) {
        size_t want = size < sizeof(some) ? size : sizeof(some);
        size_t got;
        enum status status = input_read(input, some, want, &got, err);

        if (status)
            return status;
        if (got == 0)
            return error_set(err, STATUS_FORMAT, "%s: a page of it is cut off",
                             input_name(input));
        buf_add(out, some, got);
        size -= got;
    }
    return STATUS_OK;
}

/* A page that cannot be read leaves the articles without its text. */
static void
add_page(struct mets_issue *issue, const char *href, const struct buf *bytes,
         const char *name)
{
    struct error err = {0};
    struct buf whole = BUF_INIT;
    struct mets_page *page;

    issue->page = mem_grow(issue->page, issue->pages, &issue->page_room,
                           sizeof(*issue->page));
    page = &issue->page[issue->pages];
    *page = METS_PAGE_INIT;
    buf_printf(&whole, "%s, page %s", name, href);
    if (mets_page_read(page, bytes->data, bytes->size, whole.data, &err)) {
        list_add_text(&issue->problems, err.text);
    } else {
        buf_set_text(&page->href, href);
        issue->pages++;
    }
    buf_release(&whole);
}

static enum status
read_frames(struct mets_issue *issue, struct input *input, struct error *err)
{
    struct buf line = BUF_LIMITED(LINE_MOST);
    struct buf bytes = BUF_INIT;
    bool more = true;
    bool page;
    size_t size;
    const char *name;
    enum status status = input_line(input, &line, &more, err);

    while (!status && more) {
        status = input_line(input, &line, &more, err);
        if (status || !more || !parse_frame(&line, &page, &size, &name))
            break;
        status = read_bytes(input, size, &bytes, err);
        if (!status && page)
            add_page(issue, name, &bytes, input_name(input));
        else if (!status && !issue->doc) {
            issue->doc_size = bytes.size;
            status = xml_parse(&issue->doc, bytes.data, bytes.size, NULL,
                               input_name(input), err);
        }
    }
    buf_release(&line);
    buf_release(&bytes);
    if (!status && !issue->doc)
        status = error_set(err, STATUS_FORMAT, "%s: an issue without METS",
                           input_name(input));
    return status;
}

/* --- names and links ------------------------------------------------------ */

static int
compare_ids(const void *a, const void *b)
{
    const struct mets_id *left = a;
    const struct mets_id *right = b;

    return strcmp(left->id, right->id);
}

static void
read_ids(struct mets_issue *issue)
{
    const xmlNode *node = NULL;
    struct buf id = BUF_INIT;

    while ((node = xml_next(node, issue->root, NULL))) {
        if (!xml_attribute(&id, node, "ID"))
            continue;
        issue->id = mem_grow(issue->id, issue->ids, &issue->id_room,
                             sizeof(*issue->id));
        issue->id[issue->ids++] =
            (struct mets_id){mem_string(id.data), node, SIZE_MAX};
    }
    if (issue->ids)
        qsort(issue->id, issue->ids, sizeof(*issue->id), compare_ids);
    buf_release(&id);
}

/* Note which of the names are files that are pages. */
static void
find_pages(struct mets_issue *issue)
{
    struct seen hrefs = SEEN_INIT;
    struct buf value = BUF_INIT;
    struct buf href = BUF_INIT;

    for (size_t i = 0; i < issue->pages; i++)
        seen_number(&hrefs, issue->page[i].href.data, issue->page[i].href.size);
    for (size_t i = 0; i < issue->ids; i++) {
        const xmlNode *file = issue->id[i].node;
        size_t page = SIZE_MAX;

        if (xml_is(file, "file") &&
            xml_attribute(&value, xml_find(file, "FLocat"), "href") &&
            issue_href(&href, value.data, value.size))
            page = seen_find(&hrefs, href.data, href.size);
        issue->id[i].page = page < issue->pages ? page : SIZE_MAX;
    }
    seen_release(&hrefs);
    buf_release(&value);
    buf_release(&href);
}

static const struct mets_id *
find_id(const struct mets_issue *issue, const char *id)
{
    struct mets_id wanted = {.id = NULL};
    const struct mets_id *found;
    char *name = mem_string(*id == '#' ? id + 1 : id);

    wanted.id = name;
    found = issue->ids ? bsearch(&wanted, issue->id, issue->ids,
                                 sizeof(*issue->id), compare_ids)
                       : NULL;
    free(name);
    return found;
}

const xmlNode *
mets_issue_find(const struct mets_issue *issue, const char *id)
{
    const struct mets_id *found = find_id(issue, id);

    return found ? found->node : NULL;
}

const struct mets_page *
mets_issue_page_of(const struct mets_issue *issue, const char *id)
{
    const struct mets_id *found = find_id(issue, id);

    return found && found->page != SIZE_MAX ? &issue->page[found->page] : NULL;
}

/* The logical map; NULL if there is none. */
static const xmlNode *
find_map(const struct mets_issue *issue)
{
    const xmlNode *map = NULL;
    struct buf type = BUF_INIT;
    bool found = false;

    while (!found && (map = xml_next(map, issue->root, "structMap")))
        found = xml_attribute(&type, map, "TYPE") &&
                !strncasecmp(type.data, "logical", 7);
    buf_release(&type);
    return map;
}

static void
add_link(struct mets_issue *issue, const xmlNode *from, const xmlNode *to)
{
    if (!from || !to)
        return;
    issue->link = mem_grow(issue->link, issue->links, &issue->link_room,
                           sizeof(*issue->link));
    issue->link[issue->links] = (struct mets_link){from, to, issue->links};
    issue->links++;
}

static const xmlNode *
attribute_id(const struct mets_issue *issue, const xmlNode *node,
             const char *name)
{
    struct buf value = BUF_INIT;
    const xmlNode *found = NULL;

    if (xml_attribute(&value, node, name))
        found = mets_issue_find(issue, value.data);
    buf_release(&value);
    return found;
}

/* Of a group, the first locator is the logical division, the others are the
 * places of its text. */
static void
read_group(struct mets_issue *issue, const xmlNode *group)
{
    const xmlNode *locator = NULL;
    const xmlNode *from = NULL;

    while ((locator = xml_next(locator, group, "smLocatorLink"))) {
        const xmlNode *node = attribute_id(issue, locator, "href");

        if (!from)
            from = node;
        else
            add_link(issue, from, node);
    }
}

/* Where the divisions lie has no meaning, but an order. */
static int
compare_links(const void *a, const void *b)
{
    const struct mets_link *left = a;
    const struct mets_link *right = b;
    uintptr_t x = (uintptr_t)left->from;
    uintptr_t y = (uintptr_t)right->from;

    if (x != y)
        return x < y ? -1 : 1;
    return left->number < right->number ? -1 : 1;
}

static void
read_links(struct mets_issue *issue)
{
    const xmlNode *node = NULL;

    while ((node = xml_next(node, issue->root, "smLink")))
        add_link(issue, attribute_id(issue, node, "from"),
                 attribute_id(issue, node, "to"));
    while ((node = xml_next_behind(node, issue->root, "smLinkGrp")))
        read_group(issue, node);
    if (issue->links)
        qsort(issue->link, issue->links, sizeof(*issue->link), compare_links);
}

void
mets_issue_links(const struct mets_issue *issue, const xmlNode *from,
                 size_t *first, size_t *end)
{
    struct bisect half = bisect_between(0, issue->links);

    while (bisect_next(&half))
        bisect_go(&half,
                  (uintptr_t)issue->link[half.middle].from < (uintptr_t)from);
    *first = (size_t)half.low;
    *end = *first;
    while (*end < issue->links && issue->link[*end].from == from)
        ++*end;
}

/* --- what is said of the issue -------------------------------------------- */

/* The first description that has a date is that of the issue. */
static const xmlNode *
find_description(const struct mets_issue *issue)
{
    const xmlNode *node = NULL;

    while ((node = xml_next(node, issue->root, "dmdSec")))
        if (xml_find(node, "dateIssued"))
            return node;
    return NULL;
}

static void
read_title(struct mets_issue *issue, const xmlNode *about)
{
    const xmlNode *node = NULL;
    struct buf type = BUF_INIT;

    xml_text(&issue->title, xml_find(xml_find(about, "titleInfo"), "title"));
    while ((node = xml_next(node, about, "relatedItem"))) {
        struct buf title = BUF_INIT;

        xml_attribute(&type, node, "type");
        if (!strcasecmp(type.data, "host") &&
            xml_text(&title, xml_find(xml_find(node, "titleInfo"), "title")))
            buf_swap(&issue->title, &title);
        buf_release(&title);
    }
    buf_cut(&issue->title,
            utf8_cut(issue->title.data, issue->title.size, COMMON_BYTES));
    while (issue->title.size && issue->title.data[issue->title.size - 1] == '.')
        buf_cut(&issue->title, issue->title.size - 1);
    buf_release(&type);
}

/* "0002647/1824-02-17": some name all issues of a paper alike. */
static void
read_identity(struct mets_issue *issue, const xmlNode *about)
{
    if (!xml_attribute(&issue->identity, issue->root, "OBJID"))
        xml_text(&issue->identity, xml_find(about, "identifier"));
    buf_cut(&issue->identity,
            utf8_cut(issue->identity.data, issue->identity.size, COMMON_BYTES));
    if (issue->identity.size && issue->date.precision) {
        buf_add_byte(&issue->identity, '/');
        date_print(&issue->date, &issue->identity);
    }
}

static void
set_budget(struct mets_issue *issue)
{
    for (size_t i = 0; i < issue->pages; i++)
        issue->budget += issue->page[i].text.size + issue->page[i].words;
    issue->budget *= TIMES_MOST;
    issue->budget += issue->doc_size;
}

enum status
mets_issue_read(struct mets_issue *issue, struct input *input,
                struct error *err)
{
    enum status status = read_frames(issue, input, err);
    const xmlNode *about;

    if (status)
        return status;
    issue->root = xmlDocGetRootElement(issue->doc);
    read_ids(issue);
    find_pages(issue);
    set_budget(issue);
    read_links(issue);
    issue->map = find_map(issue);
    about = find_description(issue);
    xml_date(&issue->date, xml_find(about, "dateIssued"));
    read_title(issue, about);
    read_identity(issue, about);
    return STATUS_OK;
}

void
mets_issue_release(struct mets_issue *issue)
{
    for (size_t i = 0; i < issue->pages; i++)
        mets_page_release(&issue->page[i]);
    for (size_t i = 0; i < issue->ids; i++)
        free(issue->id[i].id);
    for (size_t i = 0; i < issue->abouts.count; i++)
        article_release(&issue->about[i]);
    seen_release(&issue->abouts);
    free(issue->about);
    free(issue->page);
    free(issue->id);
    free(issue->link);
    list_release(&issue->problems);
    buf_release(&issue->identity);
    buf_release(&issue->title);
    xmlFreeDoc(issue->doc);
    *issue = METS_ISSUE_INIT;
}
