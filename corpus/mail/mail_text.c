#include "corpus/mail/mail_text.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "corpus/base/ascii.h"
#include "corpus/base/buf.h"
#include "corpus/base/count.h"
#include "corpus/base/piece.h"

enum {
    SIGNATURE_LINES = 40, /* a mark with more behind it marks something else */
    RULE_LEAST = 10,      /* hyphens and the like that are a rule */
    FOOTER_WITHIN = 4,    /* lines below a rule in which a footer shows */
    STORY_LEAST = 40,     /* letters of a text that says something */
    LINK_MOST = 2000,     /* bytes of a link */
    TAG_MOST = 40,        /* bytes of a list's tag */
    ATTRIBUTION_MOST = 200
};

static bool
begins(struct piece text, const char *with)
{
    return text.size >= strlen(with) &&
           !strncasecmp(text.text, with, strlen(with));
}

static bool
ends(struct piece text, const char *with)
{
    return text.size >= strlen(with) &&
           !strncasecmp(text.text + text.size - strlen(with), with,
                        strlen(with));
}

static bool
contains(struct piece text, const char *what)
{
    size_t size = strlen(what);

    for (size_t at = 0; at + size <= text.size; at++)
        if (!strncasecmp(text.text + at, what, size))
            return true;
    return false;
}

static size_t
count_letters(struct piece text)
{
    size_t letters = 0;

    for (size_t i = 0; i < text.size; i++)
        letters += ascii_is_letter(text.text[i]) ||
                   (unsigned char)text.text[i] >= 0x80;
    return letters;
}

/* Are there more lines than that? */
static bool
has_lines(struct piece text, size_t most)
{
    struct piece line;
    size_t lines = 0;

    while (lines <= most && piece_line(&text, &line))
        lines++;
    return lines > most;
}

/* --- where the story ends ------------------------------------------------- */

/* What begins the last lines of a mail, or stands at its top. */
static const char *const footers[] = {
    "To unsubscribe",
    "Unsubscribe",
    "Click here to unsubscribe",
    "If you no longer wish",
    "If you would like to unsubscribe",
    "You received this message because",
    "You are receiving this",
    "You have received this email because",
    "This email may contain",
    "This e-mail may contain",
    "This email and any",
    "This e-mail and any",
    "This e-mail is confidential",
    "This email is confidential",
    "This message is confidential",
    "This message and any attachment",
    "The information contained in this e",
    "The information in this e",
    "Please consider the environment",
    "Sent from my ",
    "Get Outlook for ",
    "View this email in your browser",
    "View in browser",
    "View online",
    "Having trouble viewing this",
    "If you cannot read this",
    "If you can't read this",
    "Diese E-Mail enth",
    "Ce message et toutes",
};

/* What a list's footer speaks of, below its rule. */
static const char *const below_rule[] = {
    "mailing list", "unsubscribe",        "listinfo",   "confidential",
    "this e-mail",  "intended recipient", "this email", "to post to this",
    "list archive", "abmelden",           "mailman",    "désabonner",
};

static bool
is_footer(struct piece line)
{
    for (size_t i = 0; i < COUNT(footers); i++)
        if (begins(line, footers[i]))
            return true;
    return false;
}

/* "____", "----", "====" or "****" and no more. */
static bool
is_rule(struct piece line)
{
    if (line.size < RULE_LEAST || !strchr("_-=*", *line.text))
        return false;
    for (size_t i = 1; i < line.size; i++)
        if (line.text[i] != *line.text)
            return false;
    return true;
}

static bool
is_ruled_footer(struct piece line, struct piece rest)
{
    if (!is_rule(line))
        return false;
    for (int i = 0; i < FOOTER_WITHIN && piece_line(&rest, &line); i++)
        for (size_t k = 0; k < COUNT(below_rule); k++)
            if (contains(line, below_rule[k]))
                return true;
    return false;
}

/* "CWX me/ao": the agency, who wrote it and who read it. */
static bool
is_sign_off(struct piece line)
{
    size_t at = 0;
    size_t letters = 0;
    size_t slashes = 0;

    while (at < line.size && ascii_is_upper(line.text[at]))
        at++;
    if (at < 2 || at > 6 || at >= line.size || line.text[at] != ' ')
        return false;
    for (at++; at < line.size; at++) {
        if (line.text[at] == '/')
            slashes++;
        else if (ascii_is_lower(line.text[at]))
            letters++;
        else
            return false;
    }
    return slashes > 0 && letters > 0 && letters <= 8;
}

static bool
is_signature_mark(struct piece line, struct piece rest)
{
    return line.size == 2 && !memcmp(line.text, "--", 2) &&
           !has_lines(rest, SIGNATURE_LINES);
}

/* Cut the text where the story ends; a footer's line at the top is dropped. */
static void
cut_end(struct buf *text)
{
    struct buf out = BUF_INIT;
    struct piece rest = {text->data, text->size};
    struct piece line;
    size_t lines = 0;
    bool begun = false; /* there was a line of the story */

    while (piece_line(&rest, &line)) {
        struct piece trimmed = piece_trim(line);

        lines += trimmed.size > 0;
        if (is_footer(trimmed) && !begun && rest.size)
            continue;
        if (is_footer(trimmed) || is_ruled_footer(trimmed, rest))
            break;
        if (lines > 1 &&
            (is_signature_mark(trimmed, rest) || is_sign_off(trimmed)))
            break;
        begun = begun || count_letters(trimmed) >= STORY_LEAST;
        buf_add(&out, line.text, line.size);
        buf_add_byte(&out, '\n');
    }
    if (out.size)
        buf_swap(text, &out);
    buf_release(&out);
}

/* --- older messages ------------------------------------------------------- */

/* "On 12 March 2024, Ann Lee wrote:" and what it is elsewhere. */
static bool
is_attribution(struct piece line)
{
    static const char *const ways[] = {
        "wrote:",    "writes:", "schrieb:", "a écrit :", "écrit:",
        "escribió:", "skrev:",  "scrisse:", "schreef:"};

    if (line.size > ATTRIBUTION_MOST)
        return false;
    for (size_t i = 0; i < COUNT(ways); i++)
        if (ends(line, ways[i]))
            return true;
    return false;
}

static bool
is_forward_mark(struct piece line)
{
    return begins(line, "Begin forwarded message") ||
           (begins(line, "---") && (contains(line, "forwarded message") ||
                                    contains(line, "weitergeleitete") ||
                                    contains(line, "message transféré")));
}

static bool
is_reply_mark(struct piece line)
{
    return begins(line, "---") && (contains(line, "original message") ||
                                   contains(line, "ursprüngliche nachricht") ||
                                   contains(line, "message d'origine"));
}

/* Pass over the headers that a mail program prints of an older message. */
static void
skip_headers(struct piece *rest)
{
    static const char *const names[] = {
        "From:",  "Date:",    "Sent:", "To:",    "Cc:",
        "Reply-", "Subject:", "Von:",  "An:",    "Gesendet:",
        "Datum:", "Betreff:", "De :",  "De:",    "Envoyé :",
        "Objet:", "Objet :",  "À :",   "Date :", "Importance:",
    };
    struct piece next = *rest;
    struct piece line;

    while (piece_line(&next, &line)) {
        bool header = !piece_trim(line).size;

        line = piece_trim(line);
        while (line.size && (*line.text == '>' || *line.text == '*'))
            line = piece_trim((struct piece){line.text + 1, line.size - 1});
        for (size_t i = 0; i < COUNT(names); i++)
            header = header || begins(line, names[i]);
        if (!header)
            return;
        *rest = next;
    }
}

/* The text without quotations, or, for `quoted`, with their marks off. */
static void
drop_quotes(struct buf *out, const struct buf *text, bool quoted)
{
    struct piece rest = {text->data, text->size};
    struct piece line;

    while (piece_line(&rest, &line)) {
        struct piece trimmed = piece_trim(line);

        if (is_reply_mark(trimmed) && !quoted)
            return;
        if (is_forward_mark(trimmed) || is_reply_mark(trimmed)) {
            skip_headers(&rest);
            continue;
        }
        if (is_attribution(trimmed))
            continue;
        if (begins(trimmed, ">From ")) {
            line = trimmed; /* the mark of a mailbox, not of a quotation */
            line.text++;
            line.size--;
        } else if (trimmed.size && *trimmed.text == '>') {
            if (!quoted)
                continue;
            while (trimmed.size && *trimmed.text == '>')
                trimmed = piece_trim(
                    (struct piece){trimmed.text + 1, trimmed.size - 1});
            line = trimmed;
        }
        buf_add(out, line.text, line.size);
        buf_add_byte(out, '\n');
    }
}

/* Drop the addresses of links in brackets, which stand for links in the HTML
 * that the text was made from. */
static void
drop_links(struct buf *text)
{
    size_t to = 0;

    for (size_t from = 0; from < text->size; from++) {
        struct piece rest = {text->data + from + 1, text->size - from - 1};
        char open = text->data[from];
        size_t end;

        if ((open == '<' || open == '[') &&
            (begins(rest, "http://") || begins(rest, "https://") ||
             begins(rest, "mailto:") || begins(rest, "cid:"))) {
            if (rest.size > LINK_MOST)
                rest.size = LINK_MOST;
            end = piece_find(rest, open == '<' ? '>' : ']');
            if (end < rest.size && end < piece_find(rest, ' ')) {
                from += end + 1;
                continue;
            }
        }
        text->data[to++] = open;
    }
    buf_cut(text, to);
}

void
mail_text_strip(struct buf *text)
{
    struct buf own = BUF_INIT;
    struct buf all = BUF_INIT;

    drop_links(text);
    drop_quotes(&own, text, false);
    cut_end(&own);
    if (count_letters((struct piece){own.data, own.size}) >= STORY_LEAST) {
        buf_swap(text, &own);
    } else {
        drop_quotes(&all, text, true);
        cut_end(&all);
        buf_swap(text, &all);
    }
    buf_release(&own);
    buf_release(&all);
}

/* --- subjects ------------------------------------------------------------- */

/* The length of what stands before the subject proper, or 0. */
static size_t
tag_size(struct piece subject)
{
    static const char *const marks[] = {"re", "fwd", "fw", "aw", "wg",  "tr",
                                        "rv", "sv",  "vs", "vb", "antw"};

    if (subject.size && *subject.text == '[') {
        size_t end = piece_find(subject, ']');

        return end < subject.size && end <= TAG_MOST ? end + 1 : 0;
    }
    for (size_t i = 0; i < COUNT(marks); i++) {
        size_t size = strlen(marks[i]);

        if (!begins(subject, marks[i]))
            continue;
        if (size + 2 < subject.size && subject.text[size] == '[' &&
            ascii_is_digit(subject.text[size + 1]))
            size += piece_find((struct piece){subject.text + size,
                                              subject.size - size},
                               ']') +
                    1;
        if (size < subject.size && subject.text[size] == ' ')
            size++; /* "TR : ", as the French have it */
        if (size < subject.size && subject.text[size] == ':')
            return size + 1;
    }
    return 0;
}

void
mail_text_subject(struct buf *subject)
{
    struct piece rest =
        piece_trim((struct piece){subject->data, subject->size});
    size_t size;

    while ((size = tag_size(rest)) > 0 && size < rest.size) {
        struct piece next =
            piece_trim((struct piece){rest.text + size, rest.size - size});

        if (!next.size)
            break;
        rest = next;
    }
    if (rest.size && rest.text > subject->data)
        memmove(subject->data, rest.text, rest.size);
    buf_cut(subject, rest.size);
}
