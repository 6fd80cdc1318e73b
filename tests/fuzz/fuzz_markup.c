/* Any bytes through each way of escaping: nothing that means something there
 * is left, and undoing it gives them back. */
#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <jansson.h>

#include "corpus/base/utf8.h"
#include "query/render/markup.h"
#include "tests/fuzz/fuzz_pages.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool
is_control(uint32_t code)
{
    return code < 0x20 || (code >= 0x7f && code < 0xa0) ||
           (code >= 0x202a && code <= 0x202e) ||
           (code >= 0x2066 && code <= 0x2069);
}

/* Each byte that is no UTF-8 becomes U+FFFD. */
static void
repair(struct buf *out, const char *text, size_t size)
{
    for (size_t at = 0; at < size;) {
        uint32_t code;
        size_t step = utf8_decode(text + at, size - at, &code);

        utf8_encode(out, step ? code : 0xfffd);
        at += step ? step : 1;
    }
}

/* In a page control bytes are blanks, and what XML does not have is U+FFFD. */
static void
check_markup(const char *text, size_t size)
{
    struct markup page = MARKUP_INIT;
    struct buf back = BUF_INIT;
    struct buf expected = BUF_INIT;

    repair(&expected, text, size);
    for (size_t i = 0; i < expected.size; i++) {
        unsigned char byte = (unsigned char)expected.data[i];

        if ((byte < 0x20 && byte != '\n') || byte == 0x7f)
            expected.data[i] = ' ';
        if (!strncmp(expected.data + i, "\xef\xbf\xbe", 3) ||
            !strncmp(expected.data + i, "\xef\xbf\xbf", 3))
            expected.data[i + 2] = '\xbd';
    }
    markup_text(&page, text, size);
    assert(!memchr(page.out.data, '<', page.out.size));
    assert(!memchr(page.out.data, '>', page.out.size));
    assert(!memchr(page.out.data, '"', page.out.size));
    assert(!memchr(page.out.data, '\'', page.out.size));
    fuzz_unescape(&back, page.out.data, page.out.size);
    assert(buf_equal(&back, &expected));
    markup_release(&page);
    buf_release(&back);
    buf_release(&expected);
}

static void
check_url(const char *text, size_t size)
{
    static const char stays[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789%+"
                                "abcdefghijklmnopqrstuvwxyz-._~";
    struct buf url = BUF_INIT;
    struct buf back = BUF_INIT;

    url_add(&url, text, size);
    assert(strspn(url.data, stays) == url.size);
    for (size_t i = 0; i < url.size; i++)
        if (url.data[i] == '+')
            url.data[i] = ' ';
    fuzz_unpercent(&back, url.data, url.size);
    assert(back.size == size && memcmp(back.data, text, size) == 0);
    buf_release(&url);
    buf_release(&back);
}

static void
check_plain(const char *text, size_t size)
{
    struct buf plain = BUF_INIT;
    bool clean = utf8_valid(text, size);

    utf8_plain(&plain, text, size);
    assert(utf8_valid(plain.data, plain.size));
    for (size_t at = 0; at < plain.size;) {
        uint32_t code;

        at += utf8_decode(plain.data + at, plain.size - at, &code);
        assert(!is_control(code));
    }
    for (size_t at = 0; clean && at < size;) {
        uint32_t code;

        at += utf8_decode(text + at, size - at, &code);
        clean = !is_control(code);
    }
    if (clean)
        assert(plain.size == size && memcmp(plain.data, text, size) == 0);
    buf_release(&plain);
}

static void
check_json(const char *text, size_t size)
{
    struct buf json = BUF_INIT;
    struct buf expected = BUF_INIT;
    json_t *string;

    repair(&expected, text, size);
    utf8_json(&json, text, size);
    string = json_loadb(json.data, json.size, JSON_DECODE_ANY | JSON_ALLOW_NUL,
                        NULL);
    assert(json_is_string(string));
    assert(json_string_length(string) == expected.size);
    assert(!memcmp(json_string_value(string), expected.data, expected.size));
    json_decref(string);
    buf_release(&json);
    buf_release(&expected);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data;

    check_markup(text, size);
    check_url(text, size);
    check_plain(text, size);
    check_json(text, size);
    return 0;
}
