/*
 * dump_articles [-f FORMAT] FILE... - what the readers make of files: one
 * line of JSON an article on the standard output, with the file's path as
 * its first member; what went wrong on the standard error.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "corpus/article.h"
#include "corpus/input.h"
#include "corpus/reader.h"

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
dump_file(const char *path, const struct reader_options *options,
          struct buf *out)
{
    struct input *input = NULL;
    struct reader *reader = NULL;
    struct article article;
    struct error err = {0};
    bool more = true;
    int failed = 0;
    enum status status = input_open(&input, path, NULL, &err);

    article_init(&article);
    if (!status)
        status = reader_open(&reader, input, options, &err);
    while (reader && more) {
        status = reader_next(reader, &article, &more, &err);
        if (!status && more)
            print_article(path, &article, out);
        if (status && more) {
            fprintf(stderr, "dump_articles: %s\n", err.text);
            failed = 1;
        }
    }
    if (status) {
        fprintf(stderr, "dump_articles: %s\n", err.text);
        failed = 1;
    }
    reader_close(reader);
    input_close(input);
    article_release(&article);
    return failed;
}

int
main(int argc, char **argv)
{
    struct reader_options options = {0};
    struct buf out = BUF_INIT;
    int failed = 0;
    int first = 1;

    if (argc > 2 && strcmp(argv[1], "-f") == 0) {
        options.format = argv[2];
        first = 3;
    }
    for (int i = first; i < argc; i++)
        failed |= dump_file(argv[i], &options, &out);
    buf_release(&out);
    return failed;
}
