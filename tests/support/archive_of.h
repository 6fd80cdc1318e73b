/*
 * tests/support/archive_of.h - a small archive out of articles written in a
 * test.
 *
 *     static const struct sample samples[] = {
 *         {.headline = "Opcon delay", .body = "One.\nTwo.", .day = 16367},
 *     };
 *     archive_of(dir, samples, 1, 1);
 */
#ifndef TESTS_ARCHIVE_OF_H
#define TESTS_ARCHIVE_OF_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "corpus/article/article.h"
#include "corpus/date/calendar.h"
#include "indexer/archive/manifest.h"
#include "indexer/archive/manifest_file.h"
#include "indexer/segment/segment_builder.h"

struct sample {
    const char *key; /* NULL: its number */
    const char *headline;
    const char *byline;
    const char *caption;
    const char *body;
    const char *source;
    const char *section;
    const char *language;
    int day; /* since 1970-01-01; 0: undated */
};

static inline void
set_if(struct buf *out, const char *text)
{
    if (text)
        buf_set_text(out, text);
}

static inline void
article_of(struct article *article, const struct sample *sample, size_t number)
{
    article_init(article);
    set_if(&article->key, sample->key);
    if (!sample->key)
        buf_printf(&article->key, "%04zu", number);
    set_if(&article->headline, sample->headline);
    set_if(&article->byline, sample->byline);
    set_if(&article->body, sample->body);
    set_if(&article->publication, sample->source);
    set_if(&article->section, sample->section);
    set_if(&article->language, sample->language);
    if (sample->caption)
        article_add_caption(article, sample->caption, strlen(sample->caption),
                            "", 0);
    if (sample->day) {
        article->published.seconds = (int64_t)sample->day * SECONDS_A_DAY;
        article->published.precision = DATE_DAY;
        article->published_from = DATE_FROM_FEED;
    }
}

/* Article i goes into segment i modulo `segments`. */
static inline void
archive_of(const char *dir, const struct sample *sample, size_t samples,
           size_t segments)
{
    struct manifest manifest = MANIFEST_INIT;
    struct error err = {0};

    strcpy(manifest.language, "en");
    for (size_t i = 0; i < segments; i++) {
        struct segment_builder *builder = segment_builder_new();
        struct segment_plan plan = {
            .dir = dir, .language = "en", .number = i + 1, .memory = 1 << 20};
        const struct segment_tag tag = {0};
        struct segment_tag *tags = NULL;

        for (size_t j = i; j < samples; j += segments) {
            struct article article;

            article_of(&article, &sample[j], j);
            segment_builder_add(builder, &article, "sample.txt", &tag);
            article_release(&article);
        }
        if (segment_builder_write(builder, &plan, manifest_add(&manifest),
                                  &tags, &err))
            fail_msg("%s", err.text);
        free(tags);
        segment_builder_free(builder);
    }
    manifest.generation = 1;
    manifest.next_segment = segments + 1;
    if (manifest_commit(&manifest, dir, &err))
        fail_msg("%s", err.text);
    manifest_release(&manifest);
}

/* A new folder under the temporary one; remove it with archive_remove(). */
static inline char *
archive_folder_new(void)
{
    char *dir = strdup("/tmp/nsearch-test-XXXXXX");

    assert_non_null(mkdtemp(dir));
    return dir;
}

static inline void
archive_remove(char *dir)
{
    char command[128];

    snprintf(command, sizeof(command), "rm -rf '%s'", dir);
    assert_int_equal(system(command), 0);
    free(dir);
}

#endif
