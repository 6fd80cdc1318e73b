/*
 * corpus/formats/reader_mail.c - messages: one, a mailbox of them, or a file of
 * a maildir.
 *
 * A message is an article, and so is each message in it, as in a digest or
 * when it was forwarded, and each article of an attachment that is of a
 * format of ours.  A text that is one itself (JSON, a telex message) is read
 * as such.  A message that only carries others is none.
 *
 * What is still to be read stands on a stack, so that messages in messages
 * need no recursion and their order stays that of the file.
 */
#include <stdlib.h>
#include <string.h>

#include "corpus/base/count.h"
#include "corpus/base/mem.h"
#include "corpus/formats/foreign.h"
#include "corpus/formats/formats.h"
#include "corpus/mail/mail.h"
#include "corpus/mail/mail_box.h"
#include "corpus/mail/mail_sender.h"
#include "corpus/syntax/mime_header.h"

enum {
    NESTED_MOST = 10,          /* messages in messages */
    COVER_WORDS = 40,          /* a text with fewer says what is attached */
    ATTACHED_TEXT_LEAST = 200, /* bytes */
    ATTACHED_RATIO = 50,       /* a message may hold a thousand .gz */
    HEAD_SIZE = 64 * 1024
};

/* The head of a message, for all that is attached to it. */
struct head {
    size_t users; /* attachments that are still to be read */
    struct buf bytes;
    bool read;             /* into `common` */
    struct article common; /* what it says of each article */
};

/* What is still to be read: a message, an attachment, or only a sentence on
 * what cannot be read. */
struct pending {
    struct buf bytes;
    size_t depth;        /* of a message */
    struct input *input; /* of an attachment, over `bytes` */
    const struct format *format;
    struct reader *reader; /* once it is being read */
    struct head *head;     /* of the message that it came in, or NULL */
    size_t number;         /* among the articles of the message, from 0 */
    struct buf note;
};

struct mail {
    struct mail_box box;
    struct buf message;
    struct pending *pending; /* a stack */
    size_t count;
    size_t room;
};

/* --- the stack ------------------------------------------------------------ */

static void
release_head(struct head *head)
{
    if (!head || --head->users)
        return;
    buf_release(&head->bytes);
    article_release(&head->common);
    free(head);
}

static void
pending_release(struct pending *pending)
{
    reader_close(pending->reader);
    input_close(pending->input);
    buf_release(&pending->bytes);
    release_head(pending->head);
    buf_release(&pending->note);
}

static struct pending *
push(struct mail *mail)
{
    mail->pending = mem_grow(mail->pending, mail->count, &mail->room,
                             sizeof(*mail->pending));
    mail->pending[mail->count] =
        (struct pending){.bytes = BUF_INIT, .note = BUF_INIT};
    return &mail->pending[mail->count++];
}

static void
pop(struct mail *mail)
{
    pending_release(&mail->pending[--mail->count]);
}

/* What was pushed in the order of the file comes off in it. */
static void
turn(struct mail *mail, size_t from)
{
    for (size_t to = mail->count; from + 1 < to; from++) {
        struct pending kept = mail->pending[from];

        to--;
        mail->pending[from] = mail->pending[to];
        mail->pending[to] = kept;
    }
}

/* --- a message's parts ---------------------------------------------------- */

/* A message that is being taken apart. */
struct open_message {
    struct reader *reader;
    struct mail *mail;
    struct mime mime;
    bool *chosen;
    struct head *head; /* once there is an attachment */
    size_t depth;
    size_t attachments;
};

static void
add_note(struct open_message *open, const char *what, const char *name)
{
    struct buf subject = BUF_INIT;

    mime_header_text(&subject, open->mime.part[0].head, "Subject");
    buf_printf(&push(open->mail)->note, "%s: in the message \"%.80s\" %s%s",
               input_name(open->reader->input), subject.data, name, what);
    buf_release(&subject);
}

/* Is it of a format that says more than that it is text? */
static bool
is_structured(const struct format *format)
{
    return format && format != &format_text && format != &format_html &&
           format != &format_mail;
}

/* May an attachment of this type be read as this format? */
static bool
is_wanted(const struct mime_part *part, const struct format *format,
          size_t size)
{
    if (format == &format_text)
        return mime_is(part, "text/plain") && size >= ATTACHED_TEXT_LEAST;
    if (format == &format_html)
        return mime_is(part, "text/html");
    return format != NULL;
}

/* Look at what `pending` holds, packed or not.  False if it is not ours. */
static const struct format *
recognise(struct pending *pending, const char *name)
{
    const struct input_limits limits = {.ratio = ATTACHED_RATIO};
    struct error err = {0};
    const char *head;
    size_t size;
    int sure;

    if (input_open_memory(&pending->input, pending->bytes.data,
                          pending->bytes.size, name, &limits, &err))
        return NULL;
    input_peek(pending->input, HEAD_SIZE, &head, &size);
    pending->format = size ? reader_recognise(head, size, name, &sure) : NULL;
    return pending->format;
}

/* An attachment's articles take from the message what they do not have. */
static void
keep_head(struct open_message *open, struct pending *pending)
{
    struct piece head = open->mime.part[0].head;

    if (!open->head) {
        open->head = mem_zero(1, sizeof(*open->head));
        open->head->users = 1; /* this message, as long as it is open */
        open->head->bytes = BUF_INIT;
        article_init(&open->head->common);
        buf_add(&open->head->bytes, head.text,
                head.size < HEAD_SIZE ? head.size : HEAD_SIZE);
    }
    open->head->users++;
    pending->head = open->head;
}

/* What the head says; it is read once, be there a million articles. */
static const struct article *
common_of(struct head *head)
{
    struct mime_part message = {.head = {head->bytes.data, head->bytes.size}};

    if (!head->read) {
        mail_headers(&head->common, &message);
        mail_sender(&head->common, message.head);
        article_shorten(&head->common);
        head->read = true;
    }
    return &head->common;
}

static void
push_message(struct open_message *open, const struct mime_part *part)
{
    struct pending *pending;

    if (open->depth >= NESTED_MOST) {
        add_note(open, "are more messages in messages than are read", "there ");
        return;
    }
    pending = push(open->mail);
    mime_bytes(&pending->bytes, part);
    pending->depth = open->depth + 1;
}

/* An attachment that turned out to hold messages. */
static void
turn_to_message(struct open_message *open, struct pending *pending)
{
    struct buf bytes = BUF_INIT;
    struct error err = {0};

    input_all(pending->input, &bytes, &err);
    input_close(pending->input);
    pending->input = NULL;
    buf_swap(&pending->bytes, &bytes);
    buf_release(&bytes);
    pending->depth = open->depth + 1;
    if (pending->depth > NESTED_MOST) {
        pop(open->mail);
        add_note(open, "are more messages in messages than are read", "there ");
    }
}

/* Say that a document cannot be read, in place of the pending attachment. */
static void
turn_to_note(struct open_message *open, const struct pending *pending,
             const char *name)
{
    const char *advice = "";
    const char *foreign = foreign_name(
        pending->bytes.data,
        pending->bytes.size < HEAD_SIZE ? pending->bytes.size : HEAD_SIZE,
        &advice);
    struct buf what = BUF_INIT;
    struct buf title = BUF_INIT;

    if (foreign && strncmp(advice, "convert", 7) == 0) {
        buf_printf(&what, " is %s; %s", foreign, advice);
        buf_printf(&title, "the attachment \"%.80s\"", name);
    }
    pop(open->mail);
    if (what.size)
        add_note(open, what.data, title.data);
    buf_release(&what);
    buf_release(&title);
}

static void
push_attachment(struct open_message *open, const struct mime_part *part)
{
    struct pending *pending = push(open->mail);
    struct buf name = BUF_INIT;

    mime_file_name(&name, part);
    mime_bytes(&pending->bytes, part);
    keep_head(open, pending);
    recognise(pending, name.data);
    if (!is_wanted(part, pending->format, pending->bytes.size))
        turn_to_note(open, pending, name.data);
    else if (pending->format == &format_mail)
        turn_to_message(open, pending);
    else
        pending->number = open->attachments++;
    buf_release(&name);
}

/* A text that is of a structured format is read as an attachment. */
static void
push_text(struct open_message *open, size_t at)
{
    struct pending *pending = push(open->mail);
    char first;

    mail_part_text(&pending->bytes, &open->mime.part[at]);
    buf_trim(&pending->bytes);
    first = pending->bytes.data[0];
    /* Mail breaks lines where JSON allows no break. */
    for (size_t i = 0;
         (first == '{' || first == '[') && i < pending->bytes.size; i++)
        if (pending->bytes.data[i] == '\n')
            pending->bytes.data[i] = ' ';
    keep_head(open, pending);
    if (is_structured(recognise(pending, input_name(open->reader->input)))) {
        pending->number = open->attachments++;
        open->chosen[at] = false;
    } else {
        pop(open->mail);
    }
}

static void
push_part(struct open_message *open, size_t at)
{
    static const char *const silent[] = {"multipart/",
                                         "image/",
                                         "audio/",
                                         "video/",
                                         "text/calendar",
                                         "text/vcard",
                                         "text/x-vcard",
                                         "text/x-amp-html",
                                         "message/delivery-status",
                                         "message/partial",
                                         "message/external-body",
                                         "application/pgp-signature",
                                         "application/pkcs7-signature",
                                         "application/x-pkcs7-signature"};
    const struct mime_part *part = &open->mime.part[at];

    for (size_t i = 0; i < COUNT(silent); i++)
        if (mime_is(part, silent[i]))
            return;
    if (open->chosen[at]) {
        if (mime_is(part, "text/plain"))
            push_text(open, at);
    } else if (mime_is(part, "message/rfc822")) {
        push_message(open, part);
    } else if (part->attached ||
               (!mime_is(part, "text/plain") && !mime_is(part, "text/html"))) {
        push_attachment(open, part);
    }
}

static size_t
count_words(const struct buf *text)
{
    size_t words = 0;

    for (size_t i = 0; i < text->size; i++)
        words += (unsigned char)text->data[i] > ' ' &&
                 (i == 0 || (unsigned char)text->data[i - 1] <= ' ');
    return words;
}

/* Messages that hold no story, by their type. */
static const char *
refusal(const struct mime_part *message)
{
    if (mime_is(message, "multipart/report"))
        return "a mail server reports on a delivery; there is no article in it";
    if (mime_is(message, "multipart/encrypted") ||
        mime_is(message, "application/pkcs7-mime"))
        return "the text is encrypted; decrypt it first";
    return NULL;
}

/* Take the message on the stack apart.  True if it is an article itself. */
static bool
take_message(struct reader *reader, struct article *article)
{
    struct mail *mail = reader->state;
    struct open_message open = {.reader = reader, .mail = mail};
    struct buf bytes = BUF_INIT;
    const char *refused;
    size_t from;
    bool own = false;

    buf_swap(&bytes, &mail->pending[mail->count - 1].bytes);
    open.depth = mail->pending[mail->count - 1].depth;
    pop(mail);
    from = mail->count;
    mime_read(&open.mime, bytes.data, bytes.size);
    open.chosen = mem_zero(open.mime.count, sizeof(*open.chosen));
    refused = refusal(&open.mime.part[0]);
    if (refused) {
        add_note(&open, refused, "");
    } else {
        mail_choose(&open.mime, open.chosen);
        for (size_t i = 0; i < open.mime.count; i++)
            push_part(&open, i);
        if (open.mime.over)
            add_note(&open, "are more parts than are read", "there ");
        mail_article(article, &open.mime, open.chosen);
        own = mail->count == from ||
              (count_words(&article->body) >= COVER_WORDS &&
               !mime_is(&open.mime.part[0], "multipart/digest"));
        /* The first article has the message's identity, others more. */
        for (size_t i = from; own && i < mail->count; i++)
            mail->pending[i].number++;
        turn(mail, from);
    }
    free(open.chosen);
    release_head(open.head);
    mime_release(&open.mime);
    buf_release(&bytes);
    return own;
}

/* The next article of the attachment on the stack; `*found` is false and the
 * attachment gone behind its last. */
static enum status
take_attached(struct reader *reader, struct article *article, bool *found,
              struct error *err)
{
    struct mail *mail = reader->state;
    struct pending *top = &mail->pending[mail->count - 1];
    struct reader_options options = {.format = top->format->name,
                                     .latest = reader->options.latest};
    enum status status = STATUS_OK;
    bool keyed;
    size_t item;

    if (!top->reader)
        status = reader_open(&top->reader, top->input, &options, err);
    if (!status)
        status = reader_next(top->reader, article, found, err);
    else
        *found = false;
    if (!*found)
        pop(mail);
    if (status || !*found)
        return status;
    keyed = article->key.size > 0;
    item = (size_t)article->item;
    article_complete(article, common_of(top->head));
    if (!keyed && article->key.size && top->number + item > 0)
        buf_printf(&article->key, "#%zu.%zu", top->number, item);
    return STATUS_OK;
}

static enum status
mail_open(struct reader *reader, struct error *err)
{
    struct mail *mail = mem_zero(1, sizeof(*mail));

    (void)err;
    mail->box = MAIL_BOX_INIT;
    mail->message = BUF_LIMITED(MAIL_MESSAGE_MOST);
    reader->state = mail;
    return STATUS_OK;
}

static void
mail_close(struct reader *reader)
{
    struct mail *mail = reader->state;

    if (!mail)
        return;
    while (mail->count > 0)
        pop(mail);
    free(mail->pending);
    buf_release(&mail->message);
    mail_box_release(&mail->box);
    free(mail);
    reader->state = NULL;
}

/* Put the file's next message on the stack. */
static enum status
read_message(struct reader *reader, bool *more, struct error *err)
{
    struct mail *mail = reader->state;
    struct pending *top;
    enum status status =
        mail_box_next(&mail->box, reader->input, &mail->message, more, err);

    if (status || !*more || !mail->message.size)
        return status;
    top = push(mail);
    buf_add(&top->bytes, mail->message.data, mail->message.size);
    return STATUS_OK;
}

static enum status
mail_next(struct reader *reader, struct article *article, bool *more,
          struct error *err)
{
    struct mail *mail = reader->state;
    enum status status = STATUS_OK;
    bool found = false;

    while (!found && !status) {
        struct pending *top;

        article_clear(article);
        *more = true;
        if (mail->count == 0) {
            status = read_message(reader, more, err);
            if (!*more)
                return status;
            continue;
        }
        top = &mail->pending[mail->count - 1];
        if (top->note.size) {
            status = error_set(err, STATUS_FORMAT, "%s", top->note.data);
            pop(mail);
        } else if (top->input) {
            status = take_attached(reader, article, &found, err);
        } else {
            found = take_message(reader, article);
        }
    }
    article->offset = mail->box.offset;
    return status;
}

const struct format format_mail = {
    .name = "mail",
    .about = "e-mail: a message, a mailbox (mbox) or a file of a maildir",
    .suffixes = "eml mbox mbx mail msg",
    .sniff = mail_box_sniff,
    .open = mail_open,
    .next = mail_next,
    .close = mail_close,
};
