#include "corpus/mail/mail_box.h"

#include <string.h>
#include <strings.h>

#include "corpus/base/ascii.h"
#include "corpus/base/count.h"
#include "corpus/input/input.h"
#include "corpus/syntax/mime_header.h"

enum {
    FROM_LINE_MOST = 300, /* bytes */
    SNIFF_LINES = 2000
};

/* "From ", an address, and a time of day somewhere: a sentence at the start
 * of a line has none. */
static bool
is_from_line(struct piece line)
{
    if (line.size < 12 || line.size > FROM_LINE_MOST ||
        memcmp(line.text, "From ", 5) != 0)
        return false;
    for (size_t i = 6; i + 2 < line.size; i++)
        if (line.text[i] == ':' && ascii_is_digit(line.text[i - 1]) &&
            line.text[i + 1] >= '0' && line.text[i + 1] <= '5' &&
            ascii_is_digit(line.text[i + 2]))
            return true;
    return false;
}

/* --- recognising ---------------------------------------------------------- */

/* What headers say about being mail, or news as Usenet has it. */
static const struct {
    const char *name;
    int points;
} marks[] = {
    {"Received", 3},      {"Return-Path", 3},  {"Delivered-To", 3},
    {"Message-ID", 3},    {"MIME-Version", 2}, {"From", 2},
    {"Date", 1},          {"Subject", 1},      {"To", 1},
    {"Newsgroups", 2},    {"Sender", 1},       {"Content-Type", 1},
    {"Reply-To", 1},      {"Cc", 1},           {"List-Id", 2},
    {"X-Mailer", 1},      {"User-Agent", 1},   {"Content-Transfer-Encoding", 1},
    {"DKIM-Signature", 3}};

static int
points_of(struct piece line, size_t name)
{
    for (size_t i = 0; i < COUNT(marks); i++)
        if (strlen(marks[i].name) == name &&
            !strncasecmp(marks[i].name, line.text, name))
            return marks[i].points;
    return 0;
}

int
mail_box_sniff(const char *head, size_t size)
{
    struct piece rest = {head, size};
    struct piece line = {head, 0};
    int points = 0;
    bool many;

    while (piece_line(&rest, &line) && !piece_trim(line).size)
        continue;
    many = is_from_line(piece_trim(line));
    if (many && !piece_line(&rest, &line))
        return 0;
    for (int i = 0; i < SNIFF_LINES; i++) {
        size_t name = mime_header_name(line);

        if (!piece_trim(line).size)
            break;
        if (name)
            points += points_of(line, name);
        else if (*line.text != ' ' && *line.text != '\t' && *line.text != '>' &&
                 rest.size)
            return 0; /* and it is not the line at which the head is cut */
        if (!piece_line(&rest, &line))
            break;
    }
    if (many)
        return points >= 2 ? 98 : 0;
    return points >= 5 ? 96 : 0;
}

/* --- reading -------------------------------------------------------------- */

/* Undo the '>' that kept a line from looking like the first of a message. */
static void
add_line(struct buf *message, const struct buf *line, bool many)
{
    size_t quoted = 0;

    while (many && line->data[quoted] == '>')
        quoted++;
    quoted = quoted && !strncmp(line->data + quoted, "From ", 5) ? 1 : 0;
    buf_add(message, line->data + quoted, line->size - quoted);
    buf_add_byte(message, '\n');
}

/* Over blank lines to the first of a message, which stays in box->line. */
static enum status
find_first(struct mail_box *box, struct input *input, bool *more,
           struct error *err)
{
    enum status status = STATUS_OK;

    do {
        box->offset = input_offset(input);
        status = input_line(input, &box->line, more, err);
    } while (!status && *more &&
             !piece_trim((struct piece){box->line.data, box->line.size}).size);
    return status;
}

enum status
mail_box_next(struct mail_box *box, struct input *input, struct buf *message,
              bool *more, struct error *err)
{
    bool blank = true;
    enum status status = STATUS_OK;

    buf_clear(message);
    *more = true;
    if (!box->begun)
        status = find_first(box, input, more, err);
    if (status || !*more)
        goto done;
    if (box->begun ||
        is_from_line((struct piece){box->line.data, box->line.size}))
        box->many = true;
    else
        add_line(message, &box->line, false);
    box->begun = false;
    for (;;) {
        uint64_t offset = input_offset(input);

        status = input_line(input, &box->line, more, err);
        if (status || !*more)
            break;
        if (box->many && blank &&
            is_from_line((struct piece){box->line.data, box->line.size})) {
            box->begun = true;
            break;
        }
        if (message->size == 0)
            box->offset = offset;
        blank = box->line.size == 0;
        add_line(message, &box->line, box->many);
    }
done:
    if (status && !message->size)
        *more = false;
    else if (message->size)
        *more = true;
    if (message->over) {
        message->over = false;
        return error_set(err, STATUS_LIMIT,
                         "%s: the message at byte %llu is larger than %d MiB "
                         "and was left out",
                         input_name(input), (unsigned long long)box->offset,
                         MAIL_MESSAGE_MOST >> 20);
    }
    return message->size ? STATUS_OK : status;
}

void
mail_box_release(struct mail_box *box)
{
    buf_release(&box->line);
}
