#include <stdlib.h>
#include <string.h>

#include "corpus/base/ascii.h"
#include "corpus/base/count.h"
#include "corpus/base/mem.h"
#include "corpus/base/utf8.h"
#include "corpus/html/html_likeness.h"
#include "corpus/html/html_page.h"
#include "corpus/html/html_traits.h"

/*
 * The headline is what the page shows largest and its <title> repeats: of
 * the <h1> the one most like the <title>, Open Graph's or JSON-LD's.  What
 * is only stated, often shortened or rewritten for search engines, comes
 * after what is shown.
 */

enum {
    ALIKE = 50,        /* an <h1> like this is the headline */
    VERY_ALIKE = 80,   /* needed of what is no <h1> */
    WORDS_ALONE = 4,   /* of an <h1> that is like nothing stated */
    SHOWN_BYTES = 400, /* a longer <h1> is no headline */
    TEXT_BYTES = 4000, /* with what is hidden in it */
    ELSEWHERE = TRAIT_NAV | TRAIT_HIDDEN | TRAIT_RELATED
};

struct headline_choice {
    uint32_t node;
    int likeness;
    struct buf text;
};

/* Where a separator such as " | " stands at `at`: its length, else 0. */
static size_t
separator(const char *at)
{
    static const char *const separators[] = {
        " | ", " - ", " – ", " — ",  " :: ", " » ", " « ", " · ",
        " • ", " < ", " > ", " // ", " : ",  "|",   " ~ ",
    };

    for (size_t i = 0; i < COUNT(separators); i++) {
        if (!strncmp(at, separators[i], strlen(separators[i])))
            return strlen(separators[i]);
    }
    return 0;
}

/* Cut a <title> to its part without the site's name: the longest piece, with
 * the pieces before it. */
static void
cut_title(const char *title, const char **start, size_t *size)
{
    const char *piece = title;
    const char *at = title;

    *start = title;
    *size = 0;
    for (;; at++) {
        const size_t length = *at ? separator(at) : 0;

        if (!length && *at)
            continue;
        if ((size_t)(at - piece) > *size) {
            *start = piece;
            *size = (size_t)(at - piece);
        }
        if (!*at)
            return;
        at += length - 1;
        piece = at + 1;
    }
}

/* What the page calls itself. */
struct names {
    struct html_wording name[5];
    size_t count;
};

static void
add_name(struct names *names, const char *text, size_t size)
{
    if (text)
        html_wording_of(&names->name[names->count++], text, size);
}

static void
find_names(struct names *names, const struct html_page *page,
           const struct buf *title)
{
    const char *open_graph = html_meta(page, "og:title");
    const char *twitter = html_meta(page, "twitter:title");
    const char *piece;
    size_t size;

    names->count = 0;
    cut_title(title->data, &piece, &size);
    add_name(names, piece, size);
    add_name(names, page->stated.headline.data, page->stated.headline.size);
    add_name(names, open_graph, open_graph ? strlen(open_graph) : 0);
    add_name(names, twitter, twitter ? strlen(twitter) : 0);
    add_name(names, title->data, title->size);
}

/* The most that a shown text is like one of them. */
static int
likeness(const struct names *names, const struct buf *shown)
{
    struct html_wording wording;
    int best = 0;

    html_wording_of(&wording, shown->data, shown->size);
    for (size_t i = 0; i < names->count; i++) {
        const int like = html_likeness(&wording, &names->name[i]);

        if (like > best)
            best = like;
    }
    return best;
}

void
html_title(const struct html_tree *tree, struct buf *out)
{
    for (uint32_t i = 0; i < tree->count; i++) {
        if (tree->node[i].tag == GUMBO_TAG_TITLE) {
            html_text(tree, i, 0, out);
            return;
        }
    }
}

static void
consider(const struct html_page *page, const struct names *names, uint32_t i,
         struct headline_choice *best)
{
    struct buf shown = BUF_INIT;
    int like;

    /* What is left out of it may be longer, but is not as long as a page. */
    if (page->tree.node[i].text_size > TEXT_BYTES)
        return;
    html_text(&page->tree, i, TRAIT_HIDDEN | TRAIT_SHARE, &shown);
    if (shown.size && shown.size <= SHOWN_BYTES) {
        like = likeness(names, &shown);
        if (!best->node || like > best->likeness) {
            best->node = i;
            best->likeness = like;
            buf_swap(&best->text, &shown);
        }
    }
    buf_release(&shown);
}

/* May this element be a headline that is no <h1>? */
static bool
is_headline_like(const struct html_node *node)
{
    return (node->tag == GUMBO_TAG_H2 || node->tag == GUMBO_TAG_H3 ||
            (node->traits & TRAIT_HEADLINE)) &&
           node->text_size > 0 && node->text_size <= SHOWN_BYTES &&
           node->tag != GUMBO_TAG_META && node->tag != GUMBO_TAG_TITLE &&
           node->tag != HTML_TEXT;
}

static void
find_shown(const struct html_page *page, const struct buf *title,
           struct headline_choice *best)
{
    const struct html_tree *tree = &page->tree;
    struct headline_choice other = {.text = BUF_INIT};
    struct names names;

    find_names(&names, page, title);
    for (uint32_t i = 0; i < tree->count; i++) {
        if (tree->node[i].tag == GUMBO_TAG_H1 &&
            !(page->blocks.inherited[i] & ELSEWHERE))
            consider(page, &names, i, best);
    }
    if (best->likeness >= ALIKE)
        return;
    for (uint32_t i = 0; i < tree->count; i++) {
        if (is_headline_like(&tree->node[i]))
            consider(page, &names, i, &other);
    }
    if (other.likeness >= VERY_ALIKE) {
        best->node = other.node;
        best->likeness = other.likeness;
        buf_swap(&best->text, &other.text);
    }
    buf_release(&other.text);
}

static size_t
count_words(const struct buf *text)
{
    size_t words = 1;

    for (size_t i = 0; i < text->size; i++)
        words += text->data[i] == ' ';
    return words;
}

/* What the page only states, the best first. */
static void
use_stated(struct html_page *page, const struct buf *title)
{
    struct buf *out = &page->article->headline;
    const char *open_graph = html_meta(page, "og:title");
    const char *start = title->data;
    size_t size = 0;

    if (page->stated.headline.size) {
        utf8_tidy(out, page->stated.headline.data, page->stated.headline.size,
                  false);
        article_set_origin(page->article, MEMBER_HEADLINE, "jsonld",
                           "script %u", page->stated.script);
    } else {
        cut_title(open_graph ? open_graph : title->data, &start, &size);
        utf8_tidy(out, start, size, false);
        article_set_origin(page->article, MEMBER_HEADLINE,
                           open_graph ? "og:title" : "title", "%s", "");
    }
}

void
html_letters(const char *text, size_t size, struct buf *out)
{
    for (size_t i = 0; i < size; i++) {
        if (text[i] == '\xE2' && i + 2 < size &&
            ((unsigned char)text[i + 1] & 0xFE) == 0x80)
            i += 2;
        else if (ascii_is_word_byte(text[i]))
            buf_add_byte(out, ascii_lower(text[i]));
    }
}

/* How the letters of what is stated and of what is shown relate. */
enum relation {
    RELATION_NONE,
    RELATION_SAME,
    RELATION_TAIL, /* what is stated ends what is shown */
    RELATION_MORE  /* what is stated ends with what is shown */
};

static bool
is_tail(const struct buf *tail, const struct buf *text)
{
    return tail->size && tail->size <= text->size &&
           tail->size * 5 >= text->size * 2 &&
           !memcmp(text->data + text->size - tail->size, tail->data,
                   tail->size);
}

static enum relation
relation_of(const char *stated, const struct buf *shown)
{
    struct buf a = BUF_INIT;
    struct buf b = BUF_INIT;
    enum relation relation = RELATION_NONE;

    if (stated)
        html_letters(stated, strlen(stated), &a);
    html_letters(shown->data, shown->size, &b);
    if (is_tail(&a, &b))
        relation = a.size == b.size ? RELATION_SAME : RELATION_TAIL;
    else if (is_tail(&b, &a))
        relation = RELATION_MORE;
    buf_release(&a);
    buf_release(&b);
    return relation;
}

/* Has the element text in more than one piece? */
static bool
is_composed(const struct html_tree *tree, uint32_t node)
{
    uint32_t texts = 0;

    for (uint32_t i = node; i < tree->node[node].end; i++)
        texts += tree->node[i].tag == HTML_TEXT && tree->node[i].text_size;
    return texts > 1;
}

/* Does the page show, close before the heading, what is stated before the
 * colon? */
static bool
shows_kicker(const struct html_tree *tree, uint32_t node, const char *stated)
{
    const char *colon = strstr(stated, ": ");
    const size_t size = colon ? (size_t)(colon - stated) : 0;
    struct html_wording kicker;
    uint32_t seen = 0;

    html_wording_of(&kicker, stated, size);
    for (uint32_t i = node; size && i > 0 && seen < 6; i--) {
        const struct html_node *at = &tree->node[i - 1];

        if (at->tag != HTML_TEXT || !at->text_size)
            continue;
        seen++;
        if (html_text_likeness(&kicker, at->gumbo->v.text.text,
                               strlen(at->gumbo->v.text.text)) == 100)
            return true;
    }
    return false;
}

/*
 * Many pages show a kicker with the headline, inside its heading or above,
 * without a mark between them: "Inquiry" and "Two resign".  Where the page
 * states the same letters, its punctuation counts ("Inquiry: Two resign");
 * where it states the end of them, that is the headline; and where it states
 * a kicker that stands above the heading, the kicker belongs.
 */
static void
refine(const struct html_page *page, uint32_t node, struct buf *shown)
{
    const struct html_tree *tree = &page->tree;
    const char *stated[] = {page->stated.headline.data,
                            html_meta(page, "og:title")};
    const bool composed = is_composed(tree, node);
    const bool kicker = relation_of(stated[0], shown) == RELATION_MORE &&
                        relation_of(stated[1], shown) == RELATION_MORE &&
                        shows_kicker(tree, node, stated[0]);
    const char *best = NULL;
    enum relation nearest = RELATION_NONE;

    for (size_t i = 0; i < COUNT(stated); i++) {
        const enum relation relation = relation_of(stated[i], shown);
        const bool holds = relation == RELATION_MORE
                               ? kicker
                               : composed && relation != RELATION_NONE;

        if (holds && (!best || relation < nearest)) {
            best = stated[i];
            nearest = relation;
        }
    }
    if (best) {
        buf_clear(shown);
        utf8_tidy(shown, best, strlen(best), false);
    }
}

/* What the page shows is the headline. */
static void
use_shown(struct html_page *page, struct headline_choice *best)
{
    refine(page, best->node, &best->text);
    buf_set(&page->article->headline, best->text.data, best->text.size);
    page->headline = best->node;
    html_origin(page, MEMBER_HEADLINE,
                best->likeness >= ALIKE ? "heading like title" : "heading",
                best->node);
}

void
html_headline(struct html_page *page)
{
    struct headline_choice best = {.text = BUF_INIT};
    struct buf title = BUF_INIT;

    html_title(&page->tree, &title);
    find_shown(page, &title, &best);
    if (!best.node ||
        (best.likeness < ALIKE && count_words(&best.text) < WORDS_ALONE))
        use_stated(page, &title);
    if (!page->article->headline.size && best.node)
        use_shown(page, &best);
    buf_release(&best.text);
    buf_release(&title);
}
