#include "corpus/mail/mail_sender.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "corpus/article/article.h"
#include "corpus/base/ascii.h"
#include "corpus/story/byline.h"
#include "corpus/story/byline_name.h"
#include "corpus/syntax/mime_header.h"

enum {
    WORD_LEAST = 3,    /* letters of a name that an address can be known by */
    SENDER_MOST = 1000 /* bytes of a name or an address that is looked at */
};

struct sender {
    struct buf name;
    struct buf address;
};

static struct piece
without_quotes(struct piece name)
{
    name = piece_trim(name);
    while (name.size && strchr("\"'", *name.text))
        name = piece_trim((struct piece){name.text + 1, name.size - 1});
    while (name.size && strchr("\"'", name.text[name.size - 1]))
        name = piece_trim((struct piece){name.text, name.size - 1});
    return name;
}

/* Quotation marks stand around an encoded word or in it; what follows the name
 * in brackets is a desk. */
static void
set_name(struct buf *name, struct piece raw)
{
    struct buf decoded = BUF_INIT;
    struct piece plain;
    size_t bracket;

    raw = without_quotes(raw);
    mime_words(&decoded, raw.text, raw.size);
    plain = without_quotes((struct piece){decoded.data, decoded.size});
    bracket = piece_find(plain, '(');
    if (bracket > 0 && plain.size && plain.text[plain.size - 1] == ')')
        plain = piece_trim((struct piece){plain.text, bracket});
    buf_set(name, plain.text, plain.size);
    buf_release(&decoded);
}

/* "Name <address>", "<address>", "address (Name)", "address". */
static void
read_sender(struct sender *sender, const struct buf *value)
{
    struct piece all = piece_trim((struct piece){value->data, value->size});
    size_t open = piece_find(all, '<');
    char close = '>';
    struct piece inside;

    if (open == all.size) {
        open = piece_find(all, '(');
        close = ')';
    }
    inside = (struct piece){all.text + open, all.size - open};
    if (inside.size) {
        inside.text++;
        inside.size--;
        inside.size = piece_find(inside, close);
    }
    inside = piece_trim(inside);
    all = piece_trim((struct piece){all.text, open});
    if (close == ')') { /* the comment is the name */
        struct piece name = inside;

        inside = all;
        all = name;
    }
    set_name(&sender->name, all);
    buf_set(&sender->address, inside.text, inside.size);
}

/* "Everill, Ben" to "Ben Everill". */
static void
turn_name(struct buf *name)
{
    const char *comma = strchr(name->data, ',');
    struct buf turned = BUF_INIT;

    if (!comma || strchr(comma + 1, ',') || comma[1] != ' ')
        return;
    buf_add_text(&turned, comma + 2);
    buf_add_byte(&turned, ' ');
    buf_add(&turned, name->data, (size_t)(comma - name->data));
    buf_swap(name, &turned);
    buf_release(&turned);
}

static bool
contains(struct slice text, struct slice what)
{
    for (size_t at = 0; at + what.size <= text.size; at++)
        if (!strncasecmp(text.data + at, what.data, what.size))
            return true;
    return false;
}

/* A name of two capitalised words may be a paper's; a person's is in the
 * address too, for the most part: "ben.everill@", "beverill@". */
static bool
is_personal(const struct sender *sender)
{
    struct slice rest = {sender->name.data, sender->name.size};
    struct slice local = {sender->address.data,
                          strcspn(sender->address.data, "@")};
    struct slice word;
    size_t words = 0;
    size_t initials = 0; /* "em" for Edwin Marsh */
    bool known = false;

    if (rest.size > SENDER_MOST || local.size > SENDER_MOST)
        return false;

    while ((word = slice_word(&rest)).size) {
        if (byline_is_organisation(word) || byline_is_job(word))
            return false;
        initials += words < local.size &&
                    ascii_lower(word.data[0]) == ascii_lower(local.data[words]);
        words++;
        known = known || (word.size >= WORD_LEAST && contains(local, word));
    }
    return known || (words > 1 && initials == words && local.size == words);
}

static void
set_author(struct article *article, const struct buf *name)
{
    if (article->authors.count || article->byline.size)
        return;
    byline_to_article(article, name->data, name->size);
    article_set_origin(article, MEMBER_BYLINE, "from", "%s", "header");
}

void
mail_sender(struct article *article, struct piece head)
{
    struct sender sender = {BUF_INIT, BUF_INIT};
    struct buf value = BUF_INIT;
    bool person;

    mime_header(&value, head, "From");
    read_sender(&sender, &value);
    turn_name(&sender.name);
    person = is_personal(&sender);
    if (person && byline_is_name(sender.name.data, sender.name.size))
        set_author(article, &sender.name);
    if (!mime_header_text(&value, head, "Organization") || !value.size)
        buf_set(&value, person ? "" : sender.name.data,
                person ? 0 : sender.name.size);
    if (!value.size && !person)
        buf_swap(&value, &sender.address);
    if (value.size && !article->publication.size) {
        buf_swap(&article->publication, &value);
        article_set_origin(article, MEMBER_PUBLICATION, "from", "%s", "header");
    }
    buf_release(&sender.name);
    buf_release(&sender.address);
    buf_release(&value);
}
