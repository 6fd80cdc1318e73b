/*
 * corpus/formats/reader_nitf.c - NITF files: one article in <nitf>, or several
 * below another root.
 */
#include <string.h>

#include "corpus/formats/formats.h"
#include "corpus/formats/nitf.h"
#include "corpus/formats/xml_items.h"
#include "corpus/story/story.h"

/* Another root is nobody's own, or the envelope of a format that is surer. */
static int
nitf_sniff(const char *head, size_t size)
{
    struct buf name = BUF_INIT;
    struct buf text = BUF_INIT;
    int sure = 0;

    if (xml_sniff(head, size, &name)) {
        buf_set(&text, head, size);
        if (!strcmp(name.data, "nitf"))
            sure = 95;
        else if (strstr(text.data, "<nitf>") || strstr(text.data, "<nitf "))
            sure = 60;
    }
    buf_release(&name);
    buf_release(&text);
    return sure;
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
        story_finish(article);
        nitf_add_abstract(article, item);
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
