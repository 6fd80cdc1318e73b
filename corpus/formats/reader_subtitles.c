/*
 * Subtitles of a film, SubRip and WebVTT: one article, without the times.
 *
 *     WEBVTT - Gates fail             1
 *                                     00:00:01,000 --> 00:00:04,000
 *     00:01.000 --> 00:04.000         Both gates failed
 *     <v Anna>Both gates failed       on Monday.
 *
 * What speech is cut into is put together again: a paragraph ends where a
 * sentence ends and nothing is said for a while, or somebody else speaks.
 * Captions that roll up say each line two or three times; it is read once.
 */
#include <stdlib.h>
#include <string.h>

#include "corpus/article/article.h"
#include "corpus/base/ascii.h"
#include "corpus/base/piece.h"
#include "corpus/formats/formats.h"
#include "corpus/html/html_plain.h"
#include "corpus/input/charset.h"

enum {
    PARAGRAPH_BYTES = 600, /* from here on the end of a sentence is enough */
    PAUSE = 2000           /* milliseconds of silence between paragraphs */
};

struct cues {
    struct buf paragraph;
    struct buf last; /* the line before */
    long end;        /* of the cue before, in milliseconds */
};

/* "01:02:03,456" or "02:03.456" in milliseconds; -1 if it is none. */
static long
read_time(struct piece text)
{
    long value = 0;
    long part = 0;
    int parts = 0;
    bool digits = false;

    for (size_t i = 0; i < text.size && part < 100000; i++) {
        const char byte = text.text[i];

        if (ascii_is_digit(byte)) {
            part = part * 10 + (byte - '0');
            digits = true;
        } else if ((byte == ':' || byte == ',' || byte == '.') && digits) {
            value = value * 60 + part;
            part = 0;
            parts++;
            digits = false;
            if (byte != ':')
                return i + 3 < text.size && parts >= 2 && value < 1000000
                           ? value * 1000 +
                                 strtol(text.text + i + 1, NULL, 10) % 1000
                           : -1;
        } else {
            return -1;
        }
    }
    return -1;
}

/* "00:00:01,000 --> 00:00:04,000 align:start" */
static bool
is_times(struct piece line, long *start, long *end)
{
    static const char arrow[] = "-->";
    const char *at = NULL;
    struct piece before;
    struct piece after;

    for (size_t i = 0; i + 3 <= line.size && !at; i++)
        if (memcmp(line.text + i, arrow, 3) == 0)
            at = line.text + i;
    if (!at)
        return false;
    before = piece_trim((struct piece){line.text, (size_t)(at - line.text)});
    after = piece_trim(
        (struct piece){at + 3, line.size - (size_t)(at - line.text) - 3});
    after.size = piece_find(after, ' ');
    *start = read_time(before);
    *end = read_time(after);
    return *start >= 0 && *end >= 0;
}

static int
subtitles_sniff(const char *head, size_t size)
{
    struct piece rest = {head, size};
    struct piece line;
    long start;
    long end;

    if (size >= 3 && memcmp(head, "\xef\xbb\xbf", 3) == 0)
        rest = (struct piece){head + 3, size - 3};
    if (rest.size >= 6 && memcmp(rest.text, "WEBVTT", 6) == 0)
        return 98;
    for (int i = 0; i < 3 && piece_line(&rest, &line); i++)
        if (is_times(piece_trim(line), &start, &end))
            return 95;
    return 0;
}

static void
end_paragraph(struct article *article, struct cues *cues)
{
    article_add_paragraph(article, cues->paragraph.data, cues->paragraph.size);
    buf_clear(&cues->paragraph);
}

static bool
ends_sentence(const struct buf *text)
{
    return text->size && strchr(".!?", text->data[text->size - 1]);
}

/* Without "<i>", "<c.yellow>", "<00:00:04.000>". */
static void
add_untagged(struct buf *out, struct piece line)
{
    bool tag = false;

    for (size_t i = 0; i < line.size; i++) {
        if (line.text[i] == '<')
            tag = true;
        else if (line.text[i] == '>' && tag)
            tag = false;
        else if (!tag)
            buf_add_byte(out, line.text[i]);
    }
}

/* A line of a cue, whose tags are no text. */
static void
add_line(struct article *article, struct cues *cues, struct piece line)
{
    struct buf plain = BUF_INIT;
    const bool speaker = line.size > 3 && (!memcmp(line.text, "<v ", 3) ||
                                           !memcmp(line.text, "- ", 2) ||
                                           !memcmp(line.text, ">> ", 3));

    while (line.size && strchr("->", *line.text))
        line = piece_trim((struct piece){line.text + 1, line.size - 1});
    add_untagged(&plain, line);
    if (strchr(plain.data, '&')) {
        struct buf decoded = BUF_INIT;

        html_plain(&decoded, plain.data, plain.size, NULL);
        buf_swap(&plain, &decoded);
        buf_release(&decoded);
    }
    buf_trim(&plain);
    if (plain.size && !buf_equal(&plain, &cues->last)) {
        if (cues->paragraph.size &&
            (speaker || (ends_sentence(&cues->paragraph) &&
                         cues->paragraph.size > PARAGRAPH_BYTES)))
            end_paragraph(article, cues);
        if (cues->paragraph.size)
            buf_add_byte(&cues->paragraph, ' ');
        buf_add(&cues->paragraph, plain.data, plain.size);
        buf_swap(&cues->last, &plain);
    }
    buf_release(&plain);
}

/* The title that may stand behind the mark: "WEBVTT - Gates fail". */
static void
take_title(struct article *article, struct piece line)
{
    line = piece_trim((struct piece){line.text + 6, line.size - 6});
    while (line.size && *line.text == '-')
        line = piece_trim((struct piece){line.text + 1, line.size - 1});
    buf_set(&article->headline, line.text, line.size);
}

/* A block of lines up to the next blank one; what has no times is a note, a
 * style or a header, of which YouTube's names the language. */
static void
take_block(struct article *article, struct cues *cues, struct piece block)
{
    static const char language[] = "Language:";
    struct piece line;
    bool text = false;
    long start = 0;
    long end = 0;

    while (piece_line(&block, &line)) {
        line = piece_trim(line);
        if (text) {
            add_line(article, cues, line);
        } else if (is_times(line, &start, &end)) {
            text = true;
            if (start > cues->end + PAUSE && ends_sentence(&cues->paragraph))
                end_paragraph(article, cues);
            cues->end = end;
        } else if (line.size > 6 && !memcmp(line.text, "WEBVTT", 6)) {
            take_title(article, line);
        } else if (line.size > sizeof(language) &&
                   !memcmp(line.text, language, sizeof(language) - 1)) {
            line = piece_trim((struct piece){line.text + sizeof(language) - 1,
                                             line.size - sizeof(language) + 1});
            buf_set(&article->language, line.text, line.size);
            article_code_language(&article->language);
        }
    }
}

/* The bytes up to the next blank line; `rest` moves behind it. */
static struct piece
next_block(struct piece *rest)
{
    struct piece block = {rest->text, 0};
    struct piece line;

    while (piece_line(rest, &line)) {
        if (!piece_trim(line).size)
            break;
        block.size = (size_t)(line.text + line.size - block.text);
    }
    return block;
}

static enum status
subtitles_next(struct reader *reader, struct article *article, bool *more,
               struct error *err)
{
    struct buf bytes = BUF_INIT;
    struct buf text = BUF_INIT;
    struct cues cues = {.paragraph = BUF_INIT, .last = BUF_INIT};
    struct piece rest;
    enum status status = STATUS_OK;

    *more = !reader->items;
    if (!*more)
        return STATUS_OK;
    status = input_all(reader->input, &bytes, err);
    charset_decode(&text, bytes.data, bytes.size, reader->options.charset);
    rest = (struct piece){text.data, text.size};
    while (!status && rest.size)
        take_block(article, &cues, next_block(&rest));
    end_paragraph(article, &cues);
    if (status)
        *more = false;
    buf_release(&cues.paragraph);
    buf_release(&cues.last);
    buf_release(&bytes);
    buf_release(&text);
    return status;
}

const struct format format_subtitles = {
    .name = "subtitles",
    .about = "the subtitles of a film, SubRip or WebVTT",
    .suffixes = "srt vtt",
    .sniff = subtitles_sniff,
    .next = subtitles_next,
};
