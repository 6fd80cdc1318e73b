#include "corpus/mail/mail_box.h"

#include <string.h>
#include <strings.h>

#include "corpus/base/ascii.h"
#include "corpus/base/count.h"
#include "corpus/input/input.h"
#include "corpus/syntax/mime_header.h"

enum {
    FROM_LINE_MOST = 300, /* bytes */
    SNIFF_LINES = 2000,
    HEADER_MOST = 8192 /* bytes looked at below a From_ line */
};

/* What there is of a date in a line, a bit each. */
enum {
    DATE_CLOCK = 1,
    DATE_YEAR_SAID = 2,
    DATE_MONTH_SAID = 4,
    DATE_ALL = 7
};

static bool
is_clock(struct piece word)
{
    size_t colon = piece_find(word, ':');

    return colon > 0 && colon + 2 < word.size &&
           ascii_is_digit(word.text[colon - 1]) &&
           word.text[colon + 1] >= '0' && word.text[colon + 1] <= '5' &&
           ascii_is_digit(word.text[colon + 2]);
}

static unsigned
date_parts(struct piece word)
{
    static const char months[] = "janfebmaraprmayjunjulaugsepoctnovdec";

    if (is_clock(word))
        return DATE_CLOCK;
    if (word.size == 4 && ascii_is_digit(word.text[3]) &&
        (!memcmp(word.text, "19", 2) || !memcmp(word.text, "20", 2)))
        return DATE_YEAR_SAID;
    for (size_t i = 0; word.size == 3 && months[i]; i += 3)
        if (!strncasecmp(word.text, months + i, 3))
            return DATE_MONTH_SAID;
    return 0;
}

/*
 * "From ", who it is from, and a date in full: what a sentence at the start of
 * a line may lack.  `*sure` if the sender is an address, and no sentence has
 * one there.
 */
static bool
is_from_line(struct piece line, bool *sure)
{
    unsigned parts = 0;
    size_t at = 5;
    size_t end;

    if (line.size < 12 || line.size > FROM_LINE_MOST ||
        memcmp(line.text, "From ", 5) != 0)
        return false;
    *sure = memchr(line.text, '@', line.size) != NULL;
    for (bool first = true; at < line.size; first = false) {
        struct piece rest = {line.text + at, line.size - at};

        end = piece_find(rest, ' ');
        if (first && is_clock((struct piece){rest.text, end}))
            return false;
        if (!first)
            parts |= date_parts((struct piece){rest.text, end});
        at += end + 1;
    }
    return parts == DATE_ALL;
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

enum {
    POINTS_OF_MANY = 2, /* below a From_ line */
    POINTS_OF_ONE = 5   /* where nothing else says that it is mail */
};

/* What the headers from `line` on are worth, up to the empty line; 0 if there
 * is something else among them. */
static int
points_of_head(struct piece line, struct piece rest)
{
    int points = 0;

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
    return points;
}

int
mail_box_sniff(const char *head, size_t size)
{
    struct piece rest = {head, size};
    struct piece line = {head, 0};
    bool many;
    bool sure;
    int points;

    while (piece_line(&rest, &line) && !piece_trim(line).size)
        continue;
    many = is_from_line(piece_trim(line), &sure);
    if (many && !piece_line(&rest, &line))
        return 0;
    points = points_of_head(line, rest);
    if (many)
        return points >= POINTS_OF_MANY ? 98 : 0;
    return points >= POINTS_OF_ONE ? 96 : 0;
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

/* Does a message begin with this line?  A header stands below it; where no
 * blank line ended the message before, headers such as no text has: one that
 * was pasted into a text has fewer. */
static bool
is_first(const struct mail_box *box, struct input *input, bool blank)
{
    struct piece rest = {NULL, 0};
    struct piece line;
    bool sure = false;

    if (!is_from_line((struct piece){box->line.data, box->line.size}, &sure))
        return false;
    input_peek(input, HEADER_MOST, &rest.text, &rest.size);
    if (!piece_line(&rest, &line))
        return blank;
    if (!blank)
        return sure && points_of_head(line, rest) >= POINTS_OF_ONE;
    return mime_header_name(line) || *line.text == '>' ||
           !piece_trim(line).size;
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
    if (box->begun || is_first(box, input, true))
        box->many = true;
    else
        add_line(message, &box->line, false);
    box->begun = false;
    for (;;) {
        uint64_t offset = input_offset(input);

        status = input_line(input, &box->line, more, err);
        if (status || !*more)
            break;
        if (box->many && is_first(box, input, blank)) {
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
