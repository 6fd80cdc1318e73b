#include "corpus/formats/reader.h"

#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "corpus/base/ascii.h"
#include "corpus/base/mem.h"
#include "corpus/formats/foreign.h"
#include "corpus/formats/formats.h"
#include "corpus/input/charset.h"
#include "corpus/story/language.h"

enum {
    HEAD_SIZE = 64 * 1024,
    SURE = 50 /* from here on a format's word counts more than foreign_name() */
};

/* Order matters only where two are equally sure and no suffix decides. */
static const struct format *const formats[] = {&format_agency,
                                               &format_agencyxml,
                                               &format_alto,
                                               &format_anpa,
                                               &format_csv,
                                               &format_docx,
                                               &format_epub,
                                               &format_feed,
                                               &format_hocr,
                                               &format_html,
                                               &format_iptc7901,
                                               &format_jsonl,
                                               &format_mail,
                                               &format_markdown,
                                               &format_mets,
                                               &format_metspage,
                                               &format_mhtml,
                                               &format_newsml,
                                               &format_newsmlg2,
                                               &format_ninjs,
                                               &format_nitf,
                                               &format_odt,
                                               &format_packed,
                                               &format_pagexml,
                                               &format_sgml,
                                               &format_subtitles,
                                               &format_text,
                                               &format_warc,
                                               NULL};

const struct format *const *
reader_formats(void)
{
    return formats;
}

/* Does the name end in one of the suffixes, ".gz" apart? */
static bool
has_suffix(const char *name, const char *suffixes)
{
    size_t size = strlen(name);
    const char *dot;

    if (size > 3 && strcmp(name + size - 3, ".gz") == 0)
        size -= 3;
    dot = name + size;
    while (dot > name && *dot != '.' && *dot != '/')
        dot--;
    if (*dot != '.')
        return false;
    dot++;
    size -= (size_t)(dot - name);
    while (*suffixes) {
        size_t length = strcspn(suffixes, " ");

        if (length == size) {
            size_t same = 0;

            while (same < size && ascii_lower(dot[same]) == suffixes[same])
                same++;
            if (same == size)
                return true;
        }
        suffixes += length;
        suffixes += strspn(suffixes, " ");
    }
    return false;
}

const struct format *
reader_recognise(const char *head, size_t size, const char *name, int *sure)
{
    const struct format *best = NULL;
    struct buf decoded = BUF_INIT;
    int best_score = 0;

    /* The formats know bytes that mean ASCII; UTF-16 has to become such. */
    if (size >= 2 && (memcmp(head, "\xff\xfe", 2) == 0 ||
                      memcmp(head, "\xfe\xff", 2) == 0)) {
        charset_decode(&decoded, head, size, NULL);
        head = decoded.data;
        size = decoded.size;
    }
    *sure = 0;
    for (size_t i = 0; formats[i]; i++) {
        int sniffed = formats[i]->sniff(head, size);
        int score =
            sniffed * 2 + (has_suffix(name, formats[i]->suffixes) ? 1 : 0);

        if (sniffed > 0 && score > best_score) {
            best_score = score;
            best = formats[i];
            *sure = sniffed;
        }
    }
    buf_release(&decoded);
    return best;
}

enum status
reader_format_named(const struct format **format, const char *name,
                    struct error *err)
{
    struct buf names = BUF_INIT;
    enum status status;

    for (size_t i = 0; formats[i]; i++) {
        if (strcmp(formats[i]->name, name) == 0) {
            *format = formats[i];
            buf_release(&names);
            return STATUS_OK;
        }
        buf_printf(&names, "%s%s", i ? ", " : "", formats[i]->name);
    }
    status = error_set(err, STATUS_USAGE,
                       "there is no format \"%s\"; the formats are %s", name,
                       names.data);
    buf_release(&names);
    return status;
}

/* `*format` stays NULL after a failure. */
static enum status
choose_format(const struct format **format, struct input *input,
              const struct reader_options *options, struct error *err)
{
    const struct format *found;
    const char *name = input_name(input);
    const char *head;
    const char *foreign;
    const char *advice;
    size_t size;
    int sure;

    input_peek(input, HEAD_SIZE, &head, &size);
    if (size == 0) {
        char byte;
        enum status status = input_read(input, &byte, 1, &size, err);

        /* Nothing came out: because of an error, or there is nothing. */
        return status ? status
                      : error_set(err, STATUS_ABSENT, "%s is empty", name);
    }
    if (options->format)
        return reader_format_named(format, options->format, err);
    found = reader_recognise(head, size, name, &sure);
    foreign = sure < SURE ? foreign_name(head, size, &advice) : NULL;
    if (foreign)
        return error_set(err, STATUS_FORMAT, "%s is %s; %s", name, foreign,
                         advice);
    if (!found)
        return error_set(err, STATUS_FORMAT,
                         "%s: no article was recognised in it; name its "
                         "format if you know it",
                         name);
    *format = found;
    return STATUS_OK;
}

enum status
reader_open(struct reader **reader, struct input *input,
            const struct reader_options *options, struct error *err)
{
    static const struct reader_options none = {0};
    const struct format *format = NULL;
    enum status status;

    *reader = NULL;
    /* Or what there is no memory for would pass for what is no JSON, and its
     * file would not be tried again. */
    json_set_alloc_funcs(mem_alloc, free);
    if (!options)
        options = &none;
    status = choose_format(&format, input, options, err);
    if (!format) /* nobody knows it */
        return status;
    *reader = mem_zero(1, sizeof(**reader));
    (*reader)->format = format;
    (*reader)->input = input;
    (*reader)->options = *options;
    /* A clock that was set back must not cost every date. */
    if (options->latest && input_written(input) > options->latest)
        (*reader)->options.latest = input_written(input);
    if ((*reader)->format->open)
        status = (*reader)->format->open(*reader, err);
    if (status) {
        reader_close(*reader);
        *reader = NULL;
    }
    return status;
}

void
reader_close(struct reader *reader)
{
    if (!reader)
        return;
    if (reader->format->close)
        reader->format->close(reader);
    free(reader);
}

static void
drop_future_date(struct article *article, int64_t latest)
{
    if (!latest || article->published.precision == DATE_NONE ||
        article->published.seconds <= latest)
        return;
    article->published = (struct date){0};
    article->published_from = DATE_FROM_NOWHERE;
    article->origin[MEMBER_PUBLISHED] = (struct origin){0};
}

/* Items that are numbered from 1 in one file are so in the next: such a number
 * names nothing outside its file.  An address does. */
static void
qualify_number(struct article *article)
{
    enum {
        DIGITS_MOST = 6 /* longer ones number an archive and not a file */
    };
    struct buf key = BUF_INIT;

    if (!article->key.size || article->key.size > DIGITS_MOST ||
        strspn(article->key.data, "0123456789") != article->key.size)
        return;
    if (article->url.size)
        buf_set(&key, article->url.data, article->url.size);
    else
        buf_printf(&key, "#id=%s", article->key.data);
    buf_swap(&article->key, &key);
    buf_release(&key);
}

/* A part that a format has but one place for needs no rule to be found; it
 * goes by the format's name. */
static void
name_origins(struct article *article, const char *format)
{
    for (enum article_member i = 0; i < MEMBER_COUNT; i++) {
        bool found = member_is_set(article, i);

        if (i == MEMBER_BYLINE)
            found = found || article->authors.count;
        if (found && article_members[i].traced && !article->origin[i].rule)
            article_set_origin(article, i, format, "%s", "");
    }
}

enum status
reader_next(struct reader *reader, struct article *article, bool *more,
            struct error *err)
{
    enum status status;

    article_clear(article);
    *more = true;
    status = reader->format->next(reader, article, more, err);
    if (!status && !*more && *reader->damage.text) {
        status = error_set(err, STATUS_FORMAT, "%s", reader->damage.text);
        *reader->damage.text = '\0';
    }
    if (status || !*more) {
        reader->items += *more ? 1 : 0;
        return status;
    }
    if (article->authors.count > ARTICLE_MOST_NAMES ||
        article->emails.count > ARTICLE_MOST_NAMES ||
        article->captions > ARTICLE_MOST_NAMES)
        return error_set(err, STATUS_LIMIT,
                         "%s: article %llu has more than %d names or captions",
                         input_name(reader->input),
                         (unsigned long long)++reader->items,
                         ARTICLE_MOST_NAMES);
    article_tidy(article);
    qualify_number(article);
    drop_future_date(article, reader->options.latest);
    language_of_article(article);
    name_origins(article, reader->format->name);
    article->item = reader->items++;
    if (article->headline.size == 0 && article->body.size == 0 &&
        article->captions == 0)
        return error_set(err, STATUS_FORMAT,
                         "%s: article %llu has neither a headline nor a body",
                         input_name(reader->input),
                         (unsigned long long)article->item + 1);
    return STATUS_OK;
}
