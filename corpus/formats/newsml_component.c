#include "corpus/formats/newsml_component.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <libxml/tree.h>

#include "corpus/base/mem.h"
#include "corpus/base/utf8.h"
#include "corpus/story/story.h"

enum {
    TEXT_BYTES = 1000 /* of what is remembered */
};

static const char *const line_names[NEWSML_LINES] = {
    [NEWSML_HEADLINE] = "HeadLine",     [NEWSML_BYLINE] = "ByLine",
    [NEWSML_CREDITLINE] = "CreditLine", [NEWSML_DATELINE] = "DateLine",
    [NEWSML_SLUGLINE] = "SlugLine",     [NEWSML_KEYWORDLINE] = "KeywordLine"};

void
newsml_memory_release(struct newsml_memory *memory)
{
    for (size_t i = 0; i < memory->items; i++) {
        article_release(&memory->item[i].common);
        buf_release(&memory->item[i].label);
    }
    free(memory->item);
    free(memory->around);
    seen_release(&memory->nodes);
    list_release(&memory->texts);
    *memory = (struct newsml_memory){0};
}

/* --- what a component is -------------------------------------------------- */

bool
newsml_has_role(const xmlNode *component, const char *name)
{
    struct buf role = BUF_INIT;
    bool has;

    xml_attribute(&role, xml_path(component, "Role"), "FormalName");
    has = !strcasecmp(role.data, name);
    buf_release(&role);
    return has;
}

bool
newsml_is_side(const xmlNode *component)
{
    static const char *const roles[] = {
        "caption",       "thumbnail", "preview",   "stylesheet", "image",
        "picture",       "photo",     "quicklook", "clip",       "audio",
        "video preview", "graphic",   "title",     "supporting", "logo",
        "headline",      "tweettext", NULL};
    struct buf role = BUF_INIT;
    bool side = false;

    xml_attribute(&role, xml_path(component, "Role"), "FormalName");
    for (size_t i = 0; roles[i]; i++)
        side = side || !strcasecmp(roles[i], role.data);
    buf_release(&role);
    return side;
}

static bool
has_headline(const xmlNode *component)
{
    struct buf text = BUF_INIT;
    bool has = xml_text(&text, xml_path(component, "NewsLines/HeadLine"));

    buf_release(&text);
    return has;
}

/* Children that are stories of their own. */
static size_t
count_stories(const xmlNode *component)
{
    size_t count = 0;

    for (const xmlNode *child = component->children; child; child = child->next)
        count += xml_is(child, "NewsComponent") && has_headline(child) &&
                 !newsml_is_side(child) &&
                 xml_find(child, "DataContent") != NULL;
    return count;
}

/* Does it leave its text to the stories in it? */
static bool
is_wrapper(const xmlNode *component)
{
    size_t stories =
        xml_is(component, "NewsComponent") ? count_stories(component) : 0;

    return stories > 1 || (stories == 1 && has_headline(component) &&
                           !xml_path(component, "ContentItem"));
}

/* --- items ---------------------------------------------------------------- */

static size_t
count_colons(const struct buf *text)
{
    size_t count = 0;

    for (size_t i = 0; i < text->size; i++)
        count += text->data[i] == ':';
    return count;
}

/* The revision in a public identifier may end in what the revision does:
 * ":2A" appends, ":1N" is new. */
static void
drop_update(struct buf *key, const struct buf *version)
{
    size_t size = version->size;

    if (size && key->size > size + 2 &&
        strchr("NUAD", key->data[key->size - 1]) &&
        key->data[key->size - size - 2] == ':' &&
        !memcmp(key->data + key->size - size - 1, version->data, size))
        buf_cut(key, key->size - 1);
}

static void
read_identity(struct newsml_item *item, const xmlNode *id)
{
    struct buf key = BUF_INIT;
    struct buf part = BUF_INIT;
    struct buf version = BUF_INIT;

    xml_text(&version, xml_path(id, "RevisionId"));
    xml_text(&part, xml_path(id, "NewsItemId"));
    /* urn:newsml:PROVIDER:DATE:ITEM:REVISION; some name the provider only. */
    if (!xml_text(&key, xml_path(id, "PublicIdentifier")) ||
        count_colons(&key) < 4) {
        xml_text(&key, xml_path(id, "ProviderId"));
        if (part.size)
            buf_printf(&key, ":%s", part.data);
    }
    drop_update(&key, &version);
    story_set_identity(&item->common, &key, &version);
    item->named = count_colons(&key) >= 4;
    buf_release(&key);
    buf_release(&part);
    buf_release(&version);
}

static void
read_item(struct newsml_item *item, const xmlNode *node)
{
    const xmlNode *identification = xml_path(node, "Identification");
    const xmlNode *id = xml_path(identification, "NewsIdentifier");
    const xmlNode *management = xml_path(node, "NewsManagement");
    struct article *common = &item->common;
    struct date date = {0};

    article_init(common);
    item->label = BUF_INIT;
    read_identity(item, id);
    if (xml_date(&date, xml_path(management, "FirstCreated")) ||
        xml_date(&date, xml_path(management, "ThisRevisionCreated")))
        story_set_published(common, &date, "NewsManagement");
    if (xml_text(&common->publication, xml_path(id, "ProviderId")))
        article_set_origin(common, MEMBER_PUBLICATION, "Provider", "%s", "");
    xml_text(&item->label, xml_path(identification, "NameLabel"));
    buf_cut(&item->label,
            utf8_cut(item->label.data, item->label.size, TEXT_BYTES));
    article_shorten(common);
}

static size_t
add_item(struct newsml_memory *memory, const xmlNode *node)
{
    memory->item = mem_grow(memory->item, memory->items, &memory->item_room,
                            sizeof(*memory->item));
    read_item(&memory->item[memory->items], node);
    return memory->items++;
}

/* --- what is around ------------------------------------------------------- */

static const char *
keep(struct newsml_memory *memory, const struct buf *text)
{
    list_add(&memory->texts, text->data,
             utf8_cut(text->data, text->size, TEXT_BYTES));
    return memory->texts.item[memory->texts.count - 1];
}

static void
read_lines(struct newsml_memory *memory, struct newsml_around *around,
           const xmlNode *node)
{
    const xmlNode *lines = xml_path(node, "NewsLines");
    struct buf text = BUF_INIT;

    for (int i = 0; lines && i < NEWSML_LINES; i++)
        if (xml_text(&text, xml_path(lines, line_names[i])))
            around->line[i] = keep(memory, &text);
    buf_release(&text);
}

static struct newsml_around
look_around(struct newsml_memory *memory, const xmlNode *node,
            const struct newsml_around *outer)
{
    struct newsml_around around = *outer;
    struct buf language = BUF_INIT;

    around.counted = NULL;
    around.before = 0;
    around.wrapper = is_wrapper(node);
    if (xml_is(node, "NewsItem"))
        around.item = add_item(memory, node);
    if (xml_attribute(&language, node, "lang") &&
        article_code_language(&language))
        around.language = keep(memory, &language);
    if (xml_is(node, "NewsComponent"))
        read_lines(memory, &around, node);
    else /* lines are looked for in components around components only */
        for (int i = 0; i < NEWSML_LINES; i++)
            around.line[i] = "";
    buf_release(&language);
    return around;
}

/* What is around the components in `node`, which takes from what is around
 * that.  Borrowed until the next call. */
static struct newsml_around *
around_of(struct newsml_memory *memory, const xmlNode *node)
{
    size_t number = seen_find_thing(&memory->nodes, node);
    struct newsml_around outer = {.item = SIZE_MAX, .language = ""};
    struct newsml_around made;

    if (number != SIZE_MAX)
        return &memory->around[number];
    for (int i = 0; i < NEWSML_LINES; i++)
        outer.line[i] = "";
    if (node->parent && node->parent->type == XML_ELEMENT_NODE)
        outer = *around_of(memory, node->parent);
    made = look_around(memory, node, &outer);
    memory->around = mem_grow(memory->around, memory->arounds,
                              &memory->around_room, sizeof(*memory->around));
    number = seen_thing(&memory->nodes, node);
    memory->around[memory->arounds++] = made;
    return &memory->around[number];
}

bool
newsml_is_story(struct newsml_memory *memory, const xmlNode *component)
{
    if (is_wrapper(component))
        return false;
    return xml_is(component->parent, "NewsItem") ||
           (xml_is(component->parent, "NewsComponent") &&
            around_of(memory, component->parent)->wrapper &&
            has_headline(component) && !newsml_is_side(component));
}

size_t
newsml_number(struct newsml_memory *memory, const xmlNode *component)
{
    struct newsml_around *around = around_of(memory, component->parent);
    const xmlNode *node =
        around->counted ? around->counted : component->parent->children;

    for (; node && node != component; node = node->next)
        around->before += xml_is(node, "NewsComponent");
    around->counted = component;
    return around->before;
}

bool
newsml_line(struct newsml_memory *memory, struct buf *out,
            const xmlNode *component, enum newsml_line line)
{
    const xmlNode *node = NULL;

    while ((node = xml_next(node, component, line_names[line])))
        if (xml_text(out, node))
            return true;
    buf_clear(out);
    if (xml_is(component->parent, "NewsComponent"))
        buf_set_text(out, around_of(memory, component->parent)->line[line]);
    return out->size > 0;
}

void
newsml_language(struct newsml_memory *memory, struct buf *out,
                const xmlNode *component)
{
    if (!xml_attribute(out, component, "lang") || !article_code_language(out))
        buf_set_text(out, around_of(memory, component->parent)->language);
}

const struct newsml_item *
newsml_item_of(struct newsml_memory *memory, const xmlNode *component)
{
    size_t item = around_of(memory, component->parent)->item;

    return item == SIZE_MAX ? NULL : &memory->item[item];
}
