#include "query/nsearch/nsearch_put.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "corpus/base/utf8.h"

int
put_trouble(const char *sentence)
{
    put_note(sentence);
    return EXIT_TROUBLE;
}

int
put_write_failed(void)
{
    fprintf(stderr, "nsearch: cannot write the results: %s\n", strerror(errno));
    return EXIT_TROUBLE;
}

void
put_note(const char *note)
{
    struct buf plain = BUF_INIT;

    utf8_plain(&plain, note, strlen(note));
    fprintf(stderr, "nsearch: %s\n", plain.data);
    buf_release(&plain);
}

void
put_terminal_size(size_t *columns, size_t *lines)
{
    struct winsize size;

    *columns = 0;
    *lines = 0;
    if (!isatty(STDOUT_FILENO) ||
        ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || !size.ws_col)
        return;
    *columns = size.ws_col;
    *lines = size.ws_row;
}

static size_t
count_lines(const struct buf *text)
{
    size_t lines = 0;

    for (size_t i = 0; i < text->size; i++)
        lines += text->data[i] == '\n';
    return lines;
}

/* Whoever leaves the pager early has seen enough; but one that could not be
 * run, or gave up, has shown nothing. */
static bool
put_through_pager(const struct buf *out)
{
    const char *pager = getenv("NSEARCH_PAGER");
    FILE *pipe = NULL;

    if (!pager || !*pager)
        pager = getenv("PAGER");
    if (!pager || !*pager)
        pager = "less -FRX";
    fflush(stdout);
    pipe = popen(pager, "w");
    if (pipe) {
        fwrite(out->data, 1, out->size, pipe);
        if (pclose(pipe) == 0)
            return true;
    }
    fprintf(stderr, "nsearch: the pager \"%s\" failed; here is all of it\n",
            pager);
    return false;
}

int
put_out(const struct buf *out, size_t lines)
{
    if (lines && count_lines(out) >= lines && put_through_pager(out))
        return EXIT_FOUND;
    if (fwrite(out->data, 1, out->size, stdout) != out->size ||
        fflush(stdout) != 0)
        return put_write_failed();
    return EXIT_FOUND;
}
