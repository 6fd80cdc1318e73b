/* What nindex says in the end, and the code that it exits with. */
#include <stdio.h>
#include <string.h>

#include "corpus/base/count.h"
#include "corpus/base/utf8.h"
#include "indexer/nindex/nindex.h"

/* A file may be named to do things to a terminal. */
static void
print(FILE *out, const char *who, const char *text)
{
    struct buf plain = BUF_INIT;

    utf8_plain(&plain, text, strlen(text));
    fprintf(out, "%s%s", who, plain.data);
    buf_release(&plain);
}

void
nindex_say(const char *text)
{
    print(stderr, "nindex: ", text);
    fputc('\n', stderr);
}

void
nindex_show(const char *text)
{
    print(stdout, "", text);
}

static const struct {
    enum status status;
    int code;
} exit_codes[] = {
    {STATUS_USAGE, EXIT_WRONG_USE},    {STATUS_ABSENT, EXIT_WRONG_USE},
    {STATUS_LOCKED, EXIT_LOCKED},      {STATUS_FULL, EXIT_DISK_FULL},
    {STATUS_DAMAGED, EXIT_DAMAGED},    {STATUS_VERSION, EXIT_DAMAGED},
    {STATUS_FORMAT, EXIT_SOME_FAILED}, {STATUS_LIMIT, EXIT_SOME_FAILED},
    {STATUS_KILLED, EXIT_SOME_FAILED}, {STATUS_MEMORY, EXIT_NO_MEMORY},
};

int
nindex_failed(const struct error *err)
{
    nindex_say(err->text);
    for (size_t i = 0; i < COUNT(exit_codes); i++)
        if (exit_codes[i].status == err->status)
            return exit_codes[i].code;
    return EXIT_SYSTEM;
}

int
nindex_flush(void)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return EXIT_GOOD;
    nindex_say("the output could not be written");
    return EXIT_SYSTEM;
}
