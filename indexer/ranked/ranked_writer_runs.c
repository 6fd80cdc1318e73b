/*
 * Runs: what memory could not hold, in a file without a name.
 *
 *     run      for each term in byte order
 *                u8 bytes of the term, the term, varint bytes of what follows,
 *                its forms (ranked_writer_parts.h), its byte string
 *                (ranked_collected.h)
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "corpus/base/bytes.h"
#include "corpus/base/mem.h"
#include "indexer/ranked/ranked_writer_parts.h"

enum {
    PART = 1 << 18
};

static void
fail(struct ranked_writer *writer, const char *what)
{
    if (!writer->status)
        writer->status =
            error_set(&writer->err, status_of_errno(errno), "%s: %s: %s",
                      writer->runs_path, what, strerror(errno));
}

static void
open_runs(struct ranked_writer *writer)
{
    writer->runs_fd =
        open(writer->runs_path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (writer->runs_fd < 0)
        fail(writer, "cannot be made");
    else
        unlink(writer->runs_path);
}

static void
flush(struct ranked_writer *writer, struct buf *out)
{
    const char *at = out->data;
    size_t left = out->size;

    while (left && !writer->status) {
        ssize_t written =
            pwrite(writer->runs_fd, at, left, (off_t)writer->runs_size);

        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0) {
            fail(writer, "cannot be written");
            break;
        }
        at += written;
        left -= (size_t)written;
        writer->runs_size += written;
    }
    buf_clear(out);
}

void
ranked_writer_spill(struct ranked_writer *writer)
{
    struct buf out = BUF_INIT;
    struct buf data = BUF_INIT;
    uint32_t *sorted = ranked_writer_sorted(writer);
    struct run run = {.start = writer->runs_size};

    if (writer->runs_fd < 0)
        open_runs(writer);
    for (size_t i = 0; i < writer->terms && !writer->status; i++) {
        const struct collected *term = &writer->term[sorted[i]];
        const char *text = writer->texts.data + term->text;

        ranked_writer_expect(writer, sorted, i);
        buf_clear(&data);
        ranked_writer_gather_forms(writer, term, &data);
        ranked_writer_gather(writer, term, &data);
        buf_add(&out, text, 1 + (size_t)(unsigned char)text[0]);
        ranked_put_varint(&out, data.size);
        buf_add(&out, data.data, data.size);
        if (out.size >= PART)
            flush(writer, &out);
    }
    flush(writer, &out);
    run.end = writer->runs_size;
    writer->run = mem_grow(writer->run, writer->runs, &writer->run_room,
                           sizeof(*writer->run));
    writer->run[writer->runs++] = run;
    ranked_writer_forget(writer);
    free(sorted);
    buf_release(&out);
    buf_release(&data);
}

/* Reads one run; `part` holds what comes next, from `at`. */
struct source {
    struct buf part;
    size_t at;
    int64_t next; /* in the file */
    int64_t end;
    char term[256];
    size_t term_size;
    bool more;
};

struct merge {
    struct ranked_writer *writer;
    struct source *source; /* one for each run, if there are runs */
    uint32_t *sorted;      /* else the present run, */
    size_t at;             /* and room for a term's forms */
    struct buf forms;
};

/* Have at least `size` bytes behind `at`, or what there is. */
static void
fill(struct ranked_writer *writer, struct source *source, size_t size)
{
    size_t left = source->part.size - source->at;
    size_t want = size > PART ? size : PART;

    if (left >= size || source->next == source->end)
        return;
    memmove(source->part.data, source->part.data + source->at, left);
    source->part.size = left;
    source->at = 0;
    if ((int64_t)(want - left) > source->end - source->next)
        want = left + (size_t)(source->end - source->next);
    buf_reserve(&source->part, want - left);
    while (source->part.size < want && !writer->status) {
        ssize_t got =
            pread(writer->runs_fd, source->part.data + source->part.size,
                  want - source->part.size, (off_t)source->next);

        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0) {
            errno = got ? errno : EIO;
            fail(writer, "cannot be read back");
            break;
        }
        source->part.size += (size_t)got;
        source->next += got;
    }
}

/* Go to the term behind the byte string that was taken. */
static void
next_term(struct ranked_writer *writer, struct source *source)
{
    fill(writer, source, sizeof(source->term) + 16);
    source->more = !writer->status && source->at < source->part.size;
    if (!source->more)
        return;
    source->term_size = (unsigned char)source->part.data[source->at++];
    memcpy(source->term, source->part.data + source->at, source->term_size);
    source->at += source->term_size;
}

static void
take_data(struct ranked_writer *writer, struct source *source,
          struct merged *merged)
{
    const char *forms;
    const char *at = source->part.data + source->at;
    size_t size = ranked_take_varint(&at);

    source->at = (size_t)(at - source->part.data);
    fill(writer, source, size);
    if (writer->status)
        return;
    forms = source->part.data + source->at;
    at = forms;
    merged_add_forms(merged, &at);
    buf_add(&merged->data, at, size - (size_t)(at - forms));
    source->at += size;
    next_term(writer, source);
}

struct merge *
merge_new(struct ranked_writer *writer)
{
    struct merge *merge = mem_zero(1, sizeof(*merge));

    merge->writer = writer;
    merge->forms = BUF_INIT;
    if (writer->runs == 0) {
        merge->sorted = ranked_writer_sorted(writer);
        return merge;
    }
    if (writer->terms)
        ranked_writer_spill(writer);
    /* Everything is in the file: what lists take may come in its place. */
    ranked_writer_give_back(writer);
    merge->source = mem_zero(writer->runs, sizeof(*merge->source));
    for (size_t i = 0; i < writer->runs; i++) {
        merge->source[i].part = BUF_INIT;
        merge->source[i].next = writer->run[i].start;
        merge->source[i].end = writer->run[i].end;
        next_term(writer, &merge->source[i]);
    }
    return merge;
}

void
merge_free(struct merge *merge)
{
    if (!merge)
        return;
    for (size_t i = 0; merge->source && i < merge->writer->runs; i++)
        buf_release(&merge->source[i].part);
    buf_release(&merge->forms);
    free(merge->source);
    free(merge->sorted);
    free(merge);
}

static void
end_string(struct merged *merged)
{
    merged->end = mem_grow(merged->end, merged->strings, &merged->string_room,
                           sizeof(*merged->end));
    merged->end[merged->strings++] = merged->data.size;
}

static bool
next_in_memory(struct merge *merge, struct merged *merged)
{
    struct ranked_writer *writer = merge->writer;
    const struct collected *term;
    const char *forms;

    if (merge->at == writer->terms)
        return false;
    ranked_writer_expect(writer, merge->sorted, merge->at);
    term = &writer->term[merge->sorted[merge->at++]];
    merged->term = writer->texts.data + term->text + 1;
    merged->term_size = (unsigned char)merged->term[-1];
    buf_clear(&merge->forms);
    ranked_writer_gather_forms(writer, term, &merge->forms);
    forms = merge->forms.data;
    merged_add_forms(merged, &forms);
    ranked_writer_gather(writer, term, &merged->data);
    end_string(merged);
    return true;
}

static int
compare_terms(const struct source *a, const char *term, size_t size)
{
    return bytes_compare(a->term, a->term_size, term, size);
}

static const struct source *
first_term(const struct merge *merge)
{
    const struct source *first = NULL;

    for (size_t i = 0; i < merge->writer->runs; i++) {
        const struct source *source = &merge->source[i];

        if (source->more && (!first || compare_terms(source, first->term,
                                                     first->term_size) < 0))
            first = source;
    }
    return first;
}

bool
merge_next(struct merge *merge, struct merged *merged)
{
    struct ranked_writer *writer = merge->writer;
    const struct source *first;

    merged_clear(merged);
    if (writer->status)
        return false;
    if (merge->sorted)
        return next_in_memory(merge, merged);
    first = first_term(merge);
    if (!first)
        return false;
    merged->term_size = first->term_size;
    buf_set(&merged->spelled, first->term, first->term_size);
    merged->term = merged->spelled.data;
    for (size_t i = 0; i < writer->runs; i++) {
        struct source *source = &merge->source[i];

        if (!source->more ||
            compare_terms(source, merged->term, merged->term_size) != 0)
            continue;
        take_data(writer, source, merged);
        end_string(merged);
    }
    return !writer->status;
}
