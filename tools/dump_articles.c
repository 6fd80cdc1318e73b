/*
 * dump_articles [-f FORMAT] [-w WORKERS] [-q] FILE... - what the readers make
 * of files: one line of JSON an article on the standard output, with the
 * file's path as its first member; what went wrong on the standard error.
 * With -q only the counts.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "corpus/article/article.h"
#include "corpus/intake/intake.h"

static void
print_article(const char *path, const struct article *article, struct buf *out)
{
    json_t *name = json_string(path);
    char *quoted = json_dumps(name, JSON_ENCODE_ANY);

    buf_clear(out);
    article_print_json(article, out);
    printf("{\"path\":%s,%s", quoted ? quoted : "null", out->data + 1);
    free(quoted);
    json_decref(name);
}

static int
dump(struct intake *intake, bool quiet)
{
    struct intake_event event;
    struct buf out = BUF_INIT;
    unsigned long long articles = 0;
    unsigned long long characters = 0;
    int failed = 0;

    while (intake_next(intake, &event)) {
        if (event.kind == INTAKE_ARTICLE) {
            articles++;
            characters += event.article->body.size;
            if (!quiet)
                print_article(event.path, event.article, &out);
        } else if (event.error.status) {
            fprintf(stderr, "dump_articles: %s\n", event.error.text);
            failed = 1;
        }
    }
    if (quiet)
        printf("%llu articles, %llu bytes of body\n", articles, characters);
    buf_release(&out);
    return failed;
}

int
main(int argc, char **argv)
{
    struct intake_options options = {.workers = 0};
    struct intake *intake = NULL;
    struct error err = {0};
    bool quiet = false;
    int first = 1;
    int failed;

    for (; first < argc && argv[first][0] == '-' && argv[first][1]; first++) {
        if (strcmp(argv[first], "-q") == 0)
            quiet = true;
        else if (strcmp(argv[first], "-f") == 0 && first + 1 < argc)
            options.reader.format = argv[++first];
        else if (strcmp(argv[first], "-w") == 0 && first + 1 < argc)
            options.workers = (int)strtol(argv[++first], NULL, 10);
    }
    if (intake_open(&intake, &options, &err)) {
        fprintf(stderr, "dump_articles: %s\n", err.text);
        return 2;
    }
    for (int i = first; i < argc; i++)
        intake_add(intake, argv[i]);
    failed = dump(intake, quiet);
    intake_close(intake);
    return failed;
}
