#include "corpus/formats/text_items.h"

#include <stdlib.h>

#include "corpus/base/buf.h"
#include "corpus/base/mem.h"
#include "corpus/formats/reader.h"
#include "corpus/input/charset.h"

struct text_items {
    struct buf text;
    size_t at;
};

/* Make "\r\n", "\n\r" and a lone '\r' a '\n'. */
static void
unify_lines(struct buf *text)
{
    size_t to = 0;

    for (size_t from = 0; from < text->size; from++) {
        char byte = text->data[from];
        const int after = from + 1 < text->size ? text->data[from + 1] : ' ';

        if ((byte == '\r' && after == '\n') || (byte == '\n' && after == '\r'))
            from++;
        text->data[to++] = byte;
        if (byte == '\r')
            text->data[to - 1] = '\n';
    }
    buf_cut(text, to);
}

enum status
text_items_open(struct reader *reader, struct error *err)
{
    struct text_items *items = mem_zero(1, sizeof(*items));
    struct buf raw = BUF_INIT;
    enum status status;

    items->text = BUF_INIT;
    reader->state = items;
    status = input_all(reader->input, &raw, err);
    if (!status) {
        charset_decode(&items->text, raw.data, raw.size,
                       reader->options.charset);
        unify_lines(&items->text);
    }
    buf_release(&raw);
    return status;
}

void
text_items_close(struct reader *reader)
{
    struct text_items *items = reader->state;

    if (items)
        buf_release(&items->text);
    free(items);
    reader->state = NULL;
}

struct piece
text_items_rest(const struct reader *reader)
{
    const struct text_items *items = reader->state;

    return (struct piece){items->text.data + items->at,
                          items->text.size - items->at};
}

void
text_items_take(struct reader *reader, size_t size)
{
    struct text_items *items = reader->state;

    items->at += size;
}

/* What stands before `byte`; `rest` moves behind it. */
static struct piece
part_before(struct piece *rest, char byte)
{
    struct piece part = {rest->text, piece_find(*rest, byte)};
    size_t taken = part.size + (part.size < rest->size);

    rest->text += taken;
    rest->size -= taken;
    return part;
}

bool
text_items_message(struct reader *reader, struct message *message)
{
    enum {
        SOH = 1,
        STX = 2,
        ETX = 3,
        EOT = 4
    };
    struct piece all = text_items_rest(reader);
    struct piece rest = all;

    do
        part_before(&rest, SOH);
    while (rest.size && *rest.text == SOH); /* of none that came through */
    if (!rest.size)
        return false;
    /* In this order: of a thousand messages none may have an EOT. */
    rest.size = piece_find(rest, SOH);
    rest.size = piece_find(rest, EOT);
    text_items_take(reader, (size_t)(rest.text - all.text) + rest.size);
    message->header = part_before(&rest, STX);
    message->body = part_before(&rest, ETX);
    message->trailer = rest;
    return true;
}
