#include "corpus/base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "corpus/base/mem.h"

char buf_empty[1];

void
buf_release(struct buf *buf)
{
    if (buf->room)
        free(buf->data);
    *buf = BUF_LIMITED(buf->limit);
}

void
buf_clear(struct buf *buf)
{
    buf_cut(buf, 0);
    buf->over = false;
}

void
buf_cut(struct buf *buf, size_t size)
{
    if (size >= buf->size)
        return;
    buf->size = size;
    buf->data[size] = '\0';
}

void
buf_reserve(struct buf *buf, size_t more)
{
    size_t need = buf->size + more + 1;
    size_t room = buf->room ? buf->room : 32;

    if (need <= buf->room)
        return;
    while (room < need)
        room += room / 2 + 32;
    buf->data = mem_resize(buf->room ? buf->data : NULL, room, 1);
    buf->data[buf->size] = '\0';
    buf->room = room;
}

void
buf_add(struct buf *buf, const void *data, size_t size)
{
    if (buf->limit && size > buf->limit - buf->size) {
        size = buf->limit - buf->size;
        buf->over = true;
    }
    if (!size)
        return;
    buf_reserve(buf, size);
    memcpy(buf->data + buf->size, data, size);
    buf->size += size;
    buf->data[buf->size] = '\0';
}

void
buf_add_byte(struct buf *buf, char byte)
{
    if (buf->limit || buf->room - buf->size < 2) {
        buf_add(buf, &byte, 1);
        return;
    }
    buf->data[buf->size++] = byte;
    buf->data[buf->size] = '\0';
}

void
buf_add_text(struct buf *buf, const char *text)
{
    buf_add(buf, text, strlen(text));
}

void
buf_printf(struct buf *buf, const char *format, ...)
{
    char small[256];
    va_list args;
    int size;

    va_start(args, format);
    size = vsnprintf(small, sizeof(small), format, args);
    va_end(args);
    if (size < 0)
        return;
    if ((size_t)size < sizeof(small)) {
        buf_add(buf, small, (size_t)size);
    } else {
        char *large = mem_alloc((size_t)size + 1);

        va_start(args, format);
        vsnprintf(large, (size_t)size + 1, format, args);
        va_end(args);
        buf_add(buf, large, (size_t)size);
        free(large);
    }
}

void
buf_set(struct buf *buf, const void *data, size_t size)
{
    buf_clear(buf);
    buf_add(buf, data, size);
}

void
buf_set_text(struct buf *buf, const char *text)
{
    buf_set(buf, text, strlen(text));
}

static bool
is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

void
buf_trim(struct buf *buf)
{
    size_t start = 0;
    size_t end = buf->size;

    while (end > 0 && is_blank(buf->data[end - 1]))
        end--;
    while (start < end && is_blank(buf->data[start]))
        start++;
    if (start > 0)
        memmove(buf->data, buf->data + start, end - start);
    buf_cut(buf, end - start);
}

char *
buf_take(struct buf *buf)
{
    char *text = buf->room ? buf->data : mem_text("", 0);

    *buf = BUF_LIMITED(buf->limit);
    return text;
}

void
buf_swap(struct buf *a, struct buf *b)
{
    struct buf keep = *a;

    *a = *b;
    *b = keep;
}

bool
buf_equal(const struct buf *a, const struct buf *b)
{
    return a->size == b->size && memcmp(a->data, b->data, a->size) == 0;
}
