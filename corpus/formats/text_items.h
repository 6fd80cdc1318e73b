/*
 * corpus/formats/text_items.h - a reader's walk over the items of a text file:
 * the state that the wire formats of the teleprinter age share.  Debian 12 has
 * no library for any of them.
 */
#ifndef CORPUS_TEXT_ITEMS_H
#define CORPUS_TEXT_ITEMS_H

#include <stdbool.h>
#include <stddef.h>

#include "corpus/base/error.h"
#include "corpus/base/piece.h"

struct reader;

/* Read the whole input into reader->state as valid UTF-8, with '\n' at the
 * ends of lines. */
enum status text_items_open(struct reader *reader, struct error *err);
void text_items_close(struct reader *reader);

/* What has not been taken; borrowed until text_items_close(). */
struct piece text_items_rest(const struct reader *reader);

/* Take `size` bytes of it. */
void text_items_take(struct reader *reader, size_t size);

/*
 * A message of the teleprinter lines, which control characters take apart:
 *
 *     SOH header STX body ETX trailer EOT
 */
struct message {
    struct piece header;
    struct piece body;
    struct piece trailer;
};

/* Take the next message; parts that are missing are empty.  False at the end
 * of the text.  A message that was cut off ends where the next one begins. */
bool text_items_message(struct reader *reader, struct message *message);

#endif
