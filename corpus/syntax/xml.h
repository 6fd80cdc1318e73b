/*
 * corpus/syntax/xml.h - XML as a tree that can be trusted to be small and
 * quiet.
 *
 * libxml2 with everything dangerous off: no network, no DTD is loaded, a
 * declared entity is an error, and libxml2's own limits on depth and length
 * stay on.  Names are local names: "{anything}headline" is "headline".
 *
 *     const xmlNode *item = NULL;
 *
 *     while ((item = xml_next(item, root, "newsItem")))
 *         ...
 */
#ifndef CORPUS_XML_H
#define CORPUS_XML_H

#include <stdbool.h>
#include <stddef.h>

#include "corpus/base/buf.h"
#include "corpus/base/error.h"
#include "corpus/date/date.h"

/* libxml2's; only who looks into one includes <libxml/tree.h>. */
typedef struct _xmlNode xmlNode;
typedef struct _xmlDoc xmlDoc;

/*
 * Parse `size` bytes.  Text that is valid UTF-8 is read as such whatever the
 * declaration says; `charset` (may be NULL) goes before the declaration.
 * What is not well formed is mended (xml_mend.h).  STATUS_FORMAT with `name`,
 * the line and the reason if that does not help.  `*doc` is NULL after a
 * failure, else for xmlFreeDoc().
 */
enum status xml_parse(xmlDoc **doc, const char *data, size_t size,
                      const char *charset, const char *name, struct error *err);

/* A document's bytes, and what xml_parse() is told of them. */
struct xml_source {
    const char *data;
    size_t size;
    const char *charset; /* or NULL */
    const char *name;
};

/* As xml_parse(), of a document whose items are worth reading though others
 * are broken.  If some of it may be lost `damage` says so, and else is left
 * alone. */
enum status xml_parse_items(xmlDoc **doc, const struct xml_source *source,
                            struct error *damage, struct error *err);

/* The local name of the first element in the head of a file, for sniffing;
 * false if it is no XML. */
bool xml_sniff(const char *head, size_t size, struct buf *name);

bool xml_is(const xmlNode *node, const char *name);

/* The next element called `name` (or any, for NULL) behind `node` in document
 * order inside `root`; the first if `node` is NULL.  NULL at the end. */
const xmlNode *xml_next(const xmlNode *node, const xmlNode *root,
                        const char *name);

/* The same of those that are not inside `node`. */
const xmlNode *xml_next_behind(const xmlNode *node, const xmlNode *root,
                               const char *name);

/* The first element anywhere below `root` that has this name; NULL if there
 * is none or `root` is NULL. */
const xmlNode *xml_find(const xmlNode *root, const char *name);

/* The first at the end of a path of children: "NewsLines/HeadLine". */
const xmlNode *xml_path(const xmlNode *root, const char *path);

/* Set `out` to an attribute (to 4,000 bytes of it), or to all text of an
 * element, tidy and in one line.  False, and empty, if there is none.  `node`
 * may be NULL. */
bool xml_attribute(struct buf *out, const xmlNode *node, const char *name);
bool xml_text(struct buf *out, const xmlNode *node);

/* Append the text as it stands, line ends and all. */
void xml_raw_text(struct buf *out, const xmlNode *node);

/* Append the letter that a reference to an entity of a DTD stands for, which
 * is a node of the tree; a blank if it is none of HTML's. */
void xml_add_entity(struct buf *out, const xmlNode *reference);

/* A date from an element's text or an attribute. */
bool xml_date(struct date *date, const xmlNode *node);
bool xml_attribute_date(struct date *date, const xmlNode *node,
                        const char *name);

/* Does it have child elements? */
bool xml_has_elements(const xmlNode *node);

#endif
