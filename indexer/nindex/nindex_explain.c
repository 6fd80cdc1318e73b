/* nindex --explain FILE: what is read from it, and from where in it. */
#include <stdio.h>
#include <string.h>

#include "corpus/article/article.h"
#include "corpus/intake/intake.h"
#include "indexer/nindex/nindex.h"
#include "indexer/nindex/origins.h"

/* Bytes of a value that are shown; the line of JSON above has all of it. */
#define SHOWN 60

static void
print_origins(const struct article *article)
{
    struct buf value = BUF_INIT;

    for (int i = 0; i < MEMBER_COUNT; i++) {
        enum article_member member = (enum article_member)i;
        const struct origin *origin = &article->origin[i];

        if (!origin->rule)
            continue;
        buf_clear(&value);
        origins_add_value(article, member, SHOWN, &value);
        printf("  %-12s %s\n%15sfrom %s%s%s\n", article_members[member].name,
               value.data, "", origin->rule, origin->place[0] ? ", " : "",
               origin->place);
    }
    buf_release(&value);
}

static void
print_article(const struct article *article)
{
    struct buf line = BUF_INIT;

    article_print_json(article, &line);
    fwrite(line.data, 1, line.size, stdout);
    print_origins(article);
    if (!article_kind_kept(article->kind))
        printf("  this is no article (%s) and would be left out\n",
               article_kind_name(article->kind));
    buf_release(&line);
}

int
nindex_explain(const struct nindex *nindex)
{
    struct intake_options options = {
        .reader = {.format = nindex->format,
                   .charset = nindex->charset,
                   .map = nindex->map,
                   .latest = nindex_latest(nindex->dir.data)},
        .workers = nindex->workers ? 1 : 0,
        .require_sandbox = nindex->require_sandbox,
        .cpu = (int)nindex->file_time,
        .memory = nindex->file_memory};
    struct intake *intake = NULL;
    struct intake_event event;
    struct error err = {0};
    int code = EXIT_GOOD;

    if (intake_open(&intake, &options, &err)) {
        intake_close(intake);
        return nindex_failed(&err);
    }
    if (intake_gap(intake))
        nindex_say(intake_gap(intake));
    intake_add(intake, nindex->explain);
    while (intake_next(intake, &event)) {
        if (event.kind == INTAKE_ARTICLE)
            print_article(event.article);
        else if (event.kind == INTAKE_BAD)
            nindex_say(event.error.text);
        else if (event.kind == INTAKE_END && event.error.status)
            code = nindex_failed(&event.error);
        else if (event.kind == INTAKE_END)
            printf("  read as %s\n", event.format ? event.format : "nothing");
    }
    intake_close(intake);
    return code ? code : nindex_flush();
}
