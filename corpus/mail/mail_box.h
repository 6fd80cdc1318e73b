/*
 * corpus/mail/mail_box.h - the messages of a file, one at a time: a message by
 * itself, or a mailbox with many.
 *
 *     From desk@cwx.example Tue Mar 12 09:30:00 2024     begins a message
 *     Subject: ...
 *
 *     >From the harbour they went on.                    "From the harbour"
 *
 * Of the kinds of mailboxes, this reads mboxo and mboxrd, and mboxcl as far as
 * its texts have no line that looks like the first: lengths are not believed.
 * A folder of messages, maildir, needs nothing here: each is a file.
 */
#ifndef CORPUS_MAIL_BOX_H
#define CORPUS_MAIL_BOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "corpus/base/buf.h"
#include "corpus/base/error.h"

struct input;

enum {
    MAIL_MESSAGE_MOST = 32 << 20 /* bytes of a message with all in it */
};

struct mail_box {
    struct buf line; /* the one that was read last */
    bool many;       /* lines that begin with "From " are looked for */
    bool begun;      /* such a line has been read, its message not */
    uint64_t offset; /* where the message that was read last begins */
};

#define MAIL_BOX_INIT \
    ((struct mail_box){.line = BUF_LIMITED(MAIL_MESSAGE_MOST)})

/* How sure is it that the head of a file is that of a message or a mailbox? */
int mail_box_sniff(const char *head, size_t size);

/*
 * Read the next message into `message`, with '\n' at the ends of lines;
 * `*more` is false at the end.  STATUS_LIMIT with `*more` true for one that is
 * too large.  When the file cannot be read on, what was read of its message
 * comes first.
 */
enum status mail_box_next(struct mail_box *box, struct input *input,
                          struct buf *message, bool *more, struct error *err);
void mail_box_release(struct mail_box *box);

#endif
