#include "corpus/syntax/xml.h"

#include <stdlib.h>
#include <string.h>

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/tree.h>

#include "corpus/base/mem.h"
#include "corpus/base/utf8.h"
#include "corpus/input/charset.h"
#include "corpus/syntax/xml_look.h"
#include "corpus/syntax/xml_mend.h"

enum {
    PARSE_OPTIONS = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                    XML_PARSE_NOCDATA | XML_PARSE_COMPACT,
    DATE_BYTES = 200,
    VALUE_BYTES =
        4000 /* of an attribute, which all in an element may ask for */
};

/* --- parsing -------------------------------------------------------------- */

/* What a document type declares; the parser's `_private`. */
struct declared {
    int defaults;
    const char *refused; /* what none should declare, or NULL */
};

static void
refuse(xmlParserCtxt *parser, const char *what)
{
    struct declared *declared = parser->_private;

    declared->refused = what;
    xmlStopParser(parser);
}

/*
 * Nothing that news comes in declares entities but to do harm; apart from
 * some agencies' reference to a DTD by a parameter entity, which is dropped
 * like the reference itself.
 */
static void
refuse_entity(void *context, const xmlChar *name, int type,
              const xmlChar *public_id, const xmlChar *system_id,
              /* NOLINTNEXTLINE(readability-non-const-parameter): libxml2's */
              xmlChar *content)
{
    (void)name;
    (void)public_id;
    (void)system_id;
    (void)content;
    if (type != XML_EXTERNAL_PARAMETER_ENTITY)
        refuse(context, "entities");
}

/* Attributes that a document type gives are given to each such element, be it
 * one of four bytes. */
static void /* NOLINTNEXTLINE(readability-function-size): libxml2's form */
count_defaults(void *context, const xmlChar *element, const xmlChar *name,
               int type, int kind, const xmlChar *value, xmlEnumeration *values)
{
    xmlParserCtxt *parser = context;
    struct declared *declared = parser->_private;

    xmlSAX2AttributeDecl(context, element, name, type, kind, value, values);
    if (value && ++declared->defaults > XML_DEFAULTS_MOST)
        refuse(parser, "many attributes for all elements of a name");
}

static void *
resize_bytes(void *old, size_t size)
{
    return mem_resize(old, size, 1);
}

/* The label in <?xml encoding="..."?>, or NULL. */
static const char *
declared_charset(const char *data, size_t size, struct buf *label)
{
    const char *at;
    char quote;

    buf_set(label, data, size < 200 ? size : 200);
    at = strstr(label->data, "?>");
    if (strncmp(label->data, "<?xml", 5) != 0 || !at)
        return NULL;
    buf_cut(label, (size_t)(at - label->data));
    at = strstr(label->data, "encoding");
    at = at ? strpbrk(at, "\"'") : NULL;
    if (!at)
        return NULL;
    quote = *at++;
    label->data[at - label->data +
                (long)strcspn(at, quote == '"' ? "\"" : "'")] = '\0';
    return at;
}

static enum status
parse_error(xmlParserCtxt *parser, const char *name, struct error *err)
{
    const xmlError *why = xmlCtxtGetLastError(parser);
    const struct declared *declared = parser->_private;
    struct buf reason = BUF_INIT;
    enum status status;

    if (declared->refused)
        return error_set(err, STATUS_FORMAT,
                         "%s: the XML declares %s, which news has no need of; "
                         "it was not read",
                         name, declared->refused);
    if (why && why->message)
        utf8_tidy(&reason, why->message, strlen(why->message), false);
    status = error_set(
        err, STATUS_FORMAT, "%s: line %d: not well-formed XML: %s", name,
        why ? why->line : 1, reason.size ? reason.data : "nothing in it");
    buf_release(&reason);
    return status;
}

/*
 * libxml2 goes on without what it got no memory for, as far as it looks at
 * all.  So it gets its memory where there always is some, which it wants to
 * be told before anything else.
 */
static void
share_memory(void)
{
    xmlFreeFunc release = NULL;
    xmlMallocFunc allocate = NULL;
    xmlReallocFunc resize = NULL;
    xmlStrdupFunc copy = NULL;

    if (!xmlMemGet(&release, &allocate, &resize, &copy) &&
        allocate == mem_alloc)
        return;
    (void)xmlMemSetup(free, mem_alloc, resize_bytes, mem_string);
}

static enum status
parse(xmlDoc **doc, const struct buf *text, int more_options, const char *name,
      struct error *err)
{
    struct declared declared = {0};
    enum status status = STATUS_OK;
    xmlParserCtxt *parser;

    share_memory();
    parser = xmlNewParserCtxt();
    if (!parser)
        return error_set(err, STATUS_MEMORY, "%s: no memory to parse it", name);
    parser->_private = &declared;
    parser->sax->entityDecl = refuse_entity;
    parser->sax->attributeDecl = count_defaults;
    /* It would print what it thinks of a document type. */
    parser->vctxt.error = NULL;
    parser->vctxt.warning = NULL;
    *doc = xmlCtxtReadMemory(parser, text->data, (int)text->size, NULL, "UTF-8",
                             PARSE_OPTIONS | more_options);
    if (!*doc || declared.refused || !xmlDocGetRootElement(*doc)) {
        status = parse_error(parser, name, err);
        xmlFreeDoc(*doc);
        *doc = NULL;
    }
    xmlFreeParserCtxt(parser);
    return status;
}

/* The bytes as UTF-8, without blanks before the declaration. */
static enum status
decode(struct buf *text, const struct xml_source *source, struct error *err)
{
    const char *charset = source->charset;
    struct buf decoded = BUF_INIT;
    struct buf label = BUF_INIT;
    size_t skip = 0;

    if (!charset)
        charset = declared_charset(source->data, source->size, &label);
    charset_decode(&decoded, source->data, source->size, charset);
    buf_release(&label);
    while (skip < decoded.size && strchr(" \t\r\n", decoded.data[skip]) &&
           decoded.data[skip])
        skip++;
    if (skip)
        buf_set(text, decoded.data + skip, decoded.size - skip);
    else
        buf_swap(text, &decoded);
    buf_release(&decoded);
    if (text->size > (size_t)1 << 30)
        return error_set(err, STATUS_LIMIT, "%s: too large to parse as XML",
                         source->name);
    return xml_look(text->data, text->size, source->name, err);
}

/* An item in its root. */
static void
wrap(struct buf *text, const char *root, size_t root_size,
     const struct buf *piece)
{
    buf_set(text, root, root_size);
    buf_add(text, piece->data, piece->size);
    buf_printf(text, "</%.*s>", (int)strcspn(root + 1, " \t\r\n/>"), root + 1);
}

/* Append what libxml2 makes of an item by all means. */
static void
add_recovered(struct buf *out, const struct buf *wrapped)
{
    xmlBuffer *dump = NULL;
    xmlDoc *doc = NULL;
    xmlNode *item = NULL;

    if (!parse(&doc, wrapped, XML_PARSE_RECOVER, "", NULL))
        item = xmlFirstElementChild(xmlDocGetRootElement(doc));
    dump = item ? xmlBufferCreate() : NULL;
    if (dump && xmlNodeDump(dump, doc, item, 0, 0) > 0)
        buf_add_text(out, (const char *)xmlBufferContent(dump));
    xmlBufferFree(dump);
    xmlFreeDoc(doc);
}

/* Append one item as it is if it is well formed, else with its tags mended,
 * else what can be recovered of it. */
static void
mend_item(struct buf *out, const char *root, size_t root_size, const char *text,
          size_t size)
{
    struct buf piece = BUF_INIT;
    struct buf wrapped = BUF_INIT;
    xmlDoc *doc = NULL;
    enum status status;

    buf_set(&piece, text, size);
    wrap(&wrapped, root, root_size, &piece);
    status = parse(&doc, &wrapped, 0, "", NULL);
    if (status) {
        buf_clear(&piece);
        xml_mend_tags(&piece, text, size);
        wrap(&wrapped, root, root_size, &piece);
        status = parse(&doc, &wrapped, 0, "", NULL);
    }
    if (status)
        add_recovered(out, &wrapped);
    else
        buf_add(out, piece.data, piece.size);
    xmlFreeDoc(doc);
    buf_release(&piece);
    buf_release(&wrapped);
}

/* The document from what can be made of its items, or of all of it. */
static enum status
recover(xmlDoc **doc, const struct buf *text, const char *name,
        struct error *damage, const struct error *why)
{
    struct buf mended = BUF_INIT;
    enum status status;

    if (!xml_mend_items(&mended, text->data, text->size, mend_item))
        buf_set(&mended, text->data, text->size);
    status = parse(doc, &mended, XML_PARSE_RECOVER, name, NULL);
    buf_release(&mended);
    if (status)
        return status;
    return error_set(damage, STATUS_OK, "%s; the rest was read", why->text);
}

static enum status
parse_somehow(xmlDoc **doc, const struct buf *text, const char *name,
              struct error *damage, struct error *err)
{
    struct buf mended = BUF_INIT;
    struct error why = {0};
    struct error still = {0};
    enum status status = parse(doc, text, 0, name, &why);

    if (status == STATUS_FORMAT) {
        xml_mend(&mended, text->data, text->size);
        status = parse(doc, &mended, 0, name, &still);
        if (status == STATUS_FORMAT && damage)
            status = recover(doc, &mended, name, damage, &still);
    }
    buf_release(&mended);
    return status ? error_set(err, status, "%s", why.text) : STATUS_OK;
}

enum status
xml_parse_items(xmlDoc **doc, const struct xml_source *source,
                struct error *damage, struct error *err)
{
    struct buf text = BUF_INIT;
    enum status status = decode(&text, source, err);

    *doc = NULL;
    if (!status)
        status = parse_somehow(doc, &text, source->name, damage, err);
    buf_release(&text);
    return status;
}

enum status
xml_parse(xmlDoc **doc, const char *data, size_t size, const char *charset,
          const char *name, struct error *err)
{
    const struct xml_source source = {data, size, charset, name};

    return xml_parse_items(doc, &source, NULL, err);
}

/* --- sniffing ------------------------------------------------------------- */

/* Where `mark` ends behind `at`, or `end`. */
static const char *
behind(const char *at, const char *end, const char *mark)
{
    size_t size = strlen(mark);

    for (; at + size <= end; at++)
        if (!memcmp(at, mark, size))
            return at + size;
    return end;
}

/* The end of a DOCTYPE, whose internal subset may hold '>'. */
static const char *
behind_doctype(const char *at, const char *end)
{
    int depth = 0;

    for (; at < end; at++) {
        if (*at == '[')
            depth++;
        else if (*at == ']')
            depth--;
        else if (*at == '>' && depth <= 0)
            return at + 1;
    }
    return end;
}

static bool
starts(const char *at, const char *end, const char *with)
{
    return (size_t)(end - at) >= strlen(with) &&
           !memcmp(at, with, strlen(with));
}

bool
xml_sniff(const char *head, size_t size, struct buf *name)
{
    const char *at = head;
    const char *end = head + size;

    buf_clear(name);
    if (starts(at, end, "\xEF\xBB\xBF"))
        at += 3;
    while (at < end) {
        if (*at == ' ' || *at == '\t' || *at == '\r' || *at == '\n')
            at++;
        else if (starts(at, end, "<?"))
            at = behind(at, end, "?>");
        else if (starts(at, end, "<!--"))
            at = behind(at, end, "-->");
        else if (starts(at, end, "<!"))
            at = behind_doctype(at, end);
        else
            break;
    }
    if (at >= end || *at++ != '<')
        return false;
    for (; at < end && *at != '\0' && !strchr(" \t\r\n/>", *at); at++) {
        if (*at == ':')
            buf_clear(name);
        else
            buf_add_byte(name, *at);
    }
    return name->size > 0;
}

/* --- walking -------------------------------------------------------------- */

bool
xml_is(const xmlNode *node, const char *name)
{
    return node && node->type == XML_ELEMENT_NODE &&
           !strcmp((const char *)node->name, name);
}

/* The node behind `node` in document order that is not inside it. */
static const xmlNode *
behind_node(const xmlNode *node, const xmlNode *root)
{
    while (node != root && !node->next)
        node = node->parent;
    return node == root ? NULL : node->next;
}

/* Only elements are entered: what an entity reference points at is shared
 * by all that refer to it. */
static const xmlNode *
step(const xmlNode *node, const xmlNode *root)
{
    if (node->type == XML_ELEMENT_NODE && node->children)
        return node->children;
    return behind_node(node, root);
}

/* The first from `node` on that is an element of this name. */
static const xmlNode *
first_of(const xmlNode *node, const xmlNode *root, const char *name)
{
    for (; node; node = step(node, root))
        if (node->type == XML_ELEMENT_NODE &&
            (!name || !strcmp((const char *)node->name, name)))
            return node;
    return NULL;
}

const xmlNode *
xml_next(const xmlNode *node, const xmlNode *root, const char *name)
{
    return root ? first_of(step(node ? node : root, root), root, name) : NULL;
}

const xmlNode *
xml_next_behind(const xmlNode *node, const xmlNode *root, const char *name)
{
    return node ? first_of(behind_node(node, root), root, name)
                : xml_next(NULL, root, name);
}

const xmlNode *
xml_find(const xmlNode *root, const char *name)
{
    return xml_next(NULL, root, name);
}

static const xmlNode *
child(const xmlNode *node, const char *name, size_t size)
{
    for (node = node->children; node; node = node->next)
        if (node->type == XML_ELEMENT_NODE &&
            strlen((const char *)node->name) == size &&
            !memcmp(node->name, name, size))
            return node;
    return NULL;
}

const xmlNode *
xml_path(const xmlNode *root, const char *path)
{
    while (root && *path) {
        size_t size = strcspn(path, "/");

        root = child(root, path, size);
        path += size + (path[size] == '/');
    }
    return root;
}

bool
xml_has_elements(const xmlNode *node)
{
    return node && xml_next(NULL, node, NULL) != NULL;
}

/* --- values --------------------------------------------------------------- */

static void
add_value(struct buf *out, const char *text)
{
    size_t size = strnlen(text, VALUE_BYTES + 1);

    utf8_tidy(out, text, utf8_cut(text, size, VALUE_BYTES), false);
}

bool
xml_attribute(struct buf *out, const xmlNode *node, const char *name)
{
    const xmlAttr *attribute =
        node && node->type == XML_ELEMENT_NODE ? node->properties : NULL;

    buf_clear(out);
    for (; attribute; attribute = attribute->next) {
        if (strcmp((const char *)attribute->name, name) != 0)
            continue;
        for (const xmlNode *text = attribute->children; text; text = text->next)
            if (text->content)
                add_value(out, (const char *)text->content);
    }
    return out->size > 0;
}

void
xml_raw_text(struct buf *out, const xmlNode *node)
{
    for (const xmlNode *root = node; node; node = step(node, root)) {
        if ((node->type == XML_TEXT_NODE ||
             node->type == XML_CDATA_SECTION_NODE) &&
            node->content)
            buf_add_text(out, (const char *)node->content);
        else if (node->type == XML_ENTITY_REF_NODE)
            xml_add_entity(out, node);
    }
}

void
xml_add_entity(struct buf *out, const xmlNode *reference)
{
    const char *name = (const char *)reference->name;

    if (!xml_letter(out, name, strlen(name)))
        buf_add_byte(out, ' ');
}

bool
xml_text(struct buf *out, const xmlNode *node)
{
    struct buf raw = BUF_INIT;

    buf_clear(out);
    if (node)
        xml_raw_text(&raw, node);
    utf8_tidy(out, raw.data, raw.size, false);
    buf_release(&raw);
    return out->size > 0;
}

static bool
take_date(struct date *date, const struct buf *text)
{
    struct date found;

    if (text->size > DATE_BYTES ||
        !date_parse(text->data, text->size, false, &found))
        return false;
    *date = found;
    return true;
}

bool
xml_date(struct date *date, const xmlNode *node)
{
    struct buf text = BUF_INIT;
    bool found = xml_text(&text, node) && take_date(date, &text);

    buf_release(&text);
    return found;
}

bool
xml_attribute_date(struct date *date, const xmlNode *node, const char *name)
{
    struct buf text = BUF_INIT;
    bool found = xml_attribute(&text, node, name) && take_date(date, &text);

    buf_release(&text);
    return found;
}
