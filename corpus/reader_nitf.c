/*
 * corpus/reader_nitf.c - NITF files: one article in <nitf>, or several below
 * another root.
 */
#include <string.h>

#include "corpus/formats.h"
#include "corpus/nitf.h"
#include "corpus/wire.h"
#include "corpus/xml_items.h"

static int
nitf_sniff(const char *head, size_t size)
{
    struct buf name = BUF_INIT;
    int sure = xml_sniff(head, size, &name) && !strcmp(name.data, "nitf");

    buf_release(&name);
    return sure ? 95 : 0;
}

static enum status
nitf_next(struct reader *reader, struct article *article, bool *more,
          struct error *err)
{
    const xmlNode *item = xml_items_next(reader, "nitf");

    (void)err;
    *more = item != NULL;
    if (item) {
        nitf_to_article(article, item);
        wire_finish(article);
    }
    return STATUS_OK;
}

const struct format format_nitf = {
    .name = "nitf",
    .about = "NITF, the News Industry Text Format",
    .suffixes = "nitf xml",
    .sniff = nitf_sniff,
    .open = xml_items_open,
    .next = nitf_next,
    .close = xml_items_close,
};
