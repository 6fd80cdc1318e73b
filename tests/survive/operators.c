/*
 * operators [KIND ...] - what an operator finds hardest in an article, or in a
 * question: without any of it, some of it and four times as much.
 *
 * scaling.sh counts the instructions of measured(), which is called once for
 * each; the standard output has a line for each call, in their order:
 *
 *     KIND BYTES HITS ERRORS
 *
 * A kind belongs here if what answers it once took the square of something, or
 * would if it compared each with each.
 */
#include "corpus/base/count.h"
#include "query/search/search.h"
#include "tests/support/archive_of.h"

enum {
    KIB = 1024,
    TIMES = 4
};

/* An article of `unit` again and again, and the question; a question that
 * grows itself has its `unit`, too, and the article stays small. */
struct kind {
    const char *name;
    int size; /* KiB */
    const char *article;
    const char *question;
    const char *again; /* NULL: the article grows */
};

#define SHORT "oil went up and price down, said bank five.\n"
#define LONG "oil went up and price down said Bank "

static const struct kind kinds[] = {
    {"sentence.short", 32, SHORT, "oil w/s price", NULL},
    {"sentence.long", 32, LONG, "oil w/s price", NULL},
    {"paragraph.short", 32, SHORT, "oil w/p price", NULL},
    {"paragraph.long", 32, LONG, "oil w/p price", NULL},
    {"paragraph.nested", 32, SHORT, "(oil w/p price) w/p (down w/p bank)",
     NULL},
    {"paragraph.absent", 32, LONG, "oil w/p price w/p said pre/1 oil", NULL},
    {"paragraph.apart", 32, SHORT, "oil NOT w/p absent", NULL},
    {"paragraph.itself", 32, LONG, "oil w/p oil", NULL},
    {"near.few", 32, LONG, "oil NEAR/3 price", NULL},
    {"near.many", 32, LONG, "oil NEAR/255 price", NULL},
    {"near.nested", 32, LONG, "(oil NEAR/255 price) NEAR/255 (up PRE/9 down)",
     NULL},
    {"near.apart", 32, LONG, "oil NOT NEAR/255 (price PRE/1 oil)", NULL},
    {"capitals", 32, LONG, "caps(bank) w/p nocaps(oil)", NULL},
    {"exact", 32, LONG, "=oil NEAR/5 =price", NULL},
    {"atleast", 32, LONG, "atleast50(oil OR price OR bank)", NULL},
    {"pattern", 32, LONG, "*an* w/p p?ice", NULL},
    {"fuzzy", 32, LONG, "prise~ NEAR/9 oli~", NULL},
    {"lead", 32, LONG, "hlead(oil NEAR/5 price) major(bank)", NULL},
    {"phrase", 32, LONG, "\"oil went\" w/p \"said bank\"", NULL},
    {"question.any", 1, SHORT, "oil", " OR word#"},
    {"question.all", 1, SHORT, "oil", " word#"},
    {"question.same", 1, SHORT, "oil", " oil"},
    {"question.near", 1, SHORT, "oil", " NEAR/5 word#"},
    {"question.phrase", 1, SHORT, "oil", " \"said bank\""},
    {"question.deep", 1, SHORT, "oil", " OR (oil AND (price"},
};

static void
add_again(struct buf *out, const char *unit, size_t size)
{
    const size_t end = out->size + size;

    for (int number = 0; out->size < end; number++) {
        for (const char *at = unit; *at; at++) {
            if (*at == '#')
                buf_printf(out, "%d", number);
            else
                buf_add_byte(out, *at);
        }
    }
}

void measured(struct search *search, const char *question, uint64_t *hits,
              int *errors);

/* What is counted: from the question to the marked passage. */
__attribute__((noinline)) void
measured(struct search *search, const char *question, uint64_t *hits,
         int *errors)
{
    struct search_request request = SEARCH_REQUEST_INIT;
    struct search_result result = SEARCH_RESULT_INIT;
    struct error err = {0};

    request.text = question;
    *errors = search_run(search, &request, &result, &err) != STATUS_OK;
    *hits = result.total;
    search_result_release(&result);
}

static void
run_size(const struct kind *kind, size_t size)
{
    struct buf body = BUF_INIT;
    struct buf question = BUF_INIT;
    struct sample sample = {.headline = "Prices", .language = "en"};
    struct search *search = NULL;
    struct error err = {0};
    char *dir = archive_folder_new();
    uint64_t hits = 0;
    int errors = 1;

    add_again(&body, kind->article, kind->again ? KIB : KIB + size);
    buf_set_text(&question, kind->question);
    if (kind->again)
        add_again(&question, kind->again, size);
    sample.body = body.data;
    archive_of(dir, &sample, 1, 1);
    if (search_open(&search, dir, &err) == STATUS_OK)
        measured(search, question.data, &hits, &errors);
    printf("%s %zu %d %d\n", kind->name, body.size + question.size, (int)hits,
           errors);
    search_close(search);
    archive_remove(dir);
    buf_release(&body);
    buf_release(&question);
}

int
main(int argc, char **argv)
{
    for (size_t i = 0; i < COUNT(kinds); i++) {
        bool wanted = argc < 2;
        const size_t size = (size_t)kinds[i].size * KIB;

        for (int k = 1; k < argc; k++)
            wanted =
                wanted || strncmp(kinds[i].name, argv[k], strlen(argv[k])) == 0;
        if (!wanted)
            continue;
        run_size(&kinds[i], 0);
        run_size(&kinds[i], size);
        run_size(&kinds[i], size * TIMES);
    }
    return 0;
}
