#include "corpus/formats/xml_items.h"

#include <stdlib.h>

#include <libxml/tree.h>

#include "corpus/base/mem.h"
#include "corpus/formats/reader.h"
#include "corpus/input/input.h"

/* Parse all that is left of a reader's input. */
static enum status
xml_read(xmlDoc **doc, struct reader *reader, struct error *err)
{
    struct buf data = BUF_INIT;
    struct xml_source source = {.charset = reader->options.charset,
                                .name = input_name(reader->input)};
    enum status status = input_all(reader->input, &data, err);

    *doc = NULL;
    source.data = data.data;
    source.size = data.size;
    if (!status)
        status = xml_parse_items(doc, &source, &reader->damage, err);
    buf_release(&data);
    return status;
}

enum status
xml_items_open(struct reader *reader, struct error *err)
{
    reader->state = mem_zero(1, sizeof(struct xml_items));
    return xml_items_read(reader, err);
}

enum status
xml_items_read(struct reader *reader, struct error *err)
{
    struct xml_items *items = reader->state;

    return xml_read(&items->doc, reader, err);
}

void
xml_items_close(struct reader *reader)
{
    struct xml_items *items = reader->state;

    if (items)
        xmlFreeDoc(items->doc);
    free(items);
    reader->state = NULL;
}

const xmlNode *
xml_items_root(const struct reader *reader)
{
    const struct xml_items *items = reader->state;

    return xmlDocGetRootElement(items->doc);
}

const xmlNode *
xml_items_next(struct reader *reader, const char *name)
{
    struct xml_items *items = reader->state;

    if (!items->at)
        return xml_items_next_of_all(reader, name);
    items->at = xml_next_behind(items->at, xml_items_root(reader), name);
    return items->at;
}

const xmlNode *
xml_items_next_of_all(struct reader *reader, const char *name)
{
    struct xml_items *items = reader->state;
    const xmlNode *root = xml_items_root(reader);

    if (!items->at && (!name || xml_is(root, name)))
        items->at = root;
    else
        items->at = xml_next(items->at, root, name);
    return items->at;
}
