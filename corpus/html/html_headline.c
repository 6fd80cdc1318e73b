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
    ALIKE = 50,         /* an <h1> like this is the headline */
    VERY_ALIKE = 80,    /* needed of what is no <h1> */
    WORDS_ALONE = 4,    /* of an <h1> that is like nothing stated */
    LETTERS_LEAST = 12, /* bytes of them in a block that is the headline */
    PROSE_BLOCKS = 12,  /* behind a headline in which its text begins */
    ABOVE_BLOCKS = 6,   /* above the text in which a headline stands */
    SHOWN_BYTES = 400,  /* a longer <h1> is no headline */
    TEXT_BYTES = 4000,  /* with what is hidden in it */
    ELSEWHERE = TRAIT_NAV | TRAIT_HIDDEN | TRAIT_RELATED
};

struct headline_choice {
    uint32_t node;
    int likeness;
    struct buf text;
};

/* A byte of a script that parts its words by nothing: of what stands there a
 * hyphen without blanks is a separator. */
static bool
is_unspaced(char byte)
{
    return (unsigned char)byte >= 0xe3 && (unsigned char)byte <= 0xef;
}

/* Where a separator such as " | " stands at `at` in `title`: its length, else
 * 0. */
static size_t
separator(const char *title, const char *at)
{
    static const char *const separators[] = {
        " | ", " - ",  " – ", " — ",  " :: ", " » ",     " « ",     " · ",
        " • ", " < ",  " > ", " // ", " : ",  "|",       " ~ ",     "｜",
        "－",  " -- ", " ― ", " _ ",  "：",   " (From ", " (from ",
    };

    if (ascii_is_letter(*at))
        return 0;
    for (size_t i = 0; i < COUNT(separators); i++) {
        if (*at == *separators[i] &&
            !strncmp(at, separators[i], strlen(separators[i])))
            return strlen(separators[i]);
    }
    /* In UTF-8 a character of these is three bytes. */
    if ((*at == '-' || *at == '_') && at - title >= 3 && is_unspaced(at[-3]) &&
        (is_unspaced(at[1]) || ascii_is_letter(at[1])))
        return 1;
    return 0;
}

enum {
    PIECES = 12,     /* of a title that are told apart */
    NAME_BYTES = 40, /* a longer piece is no site's name */
    NAME_WORDS = 5
};

/* A title in its pieces. */
struct title {
    struct {
        const char *start;
        size_t size;
        bool site; /* it is the site's name, by what else the page says */
    } piece[PIECES];
    size_t count;
};

static void
split_title(struct title *parts, const char *text)
{
    const char *piece = text;

    parts->count = 0;
    for (const char *at = text; parts->count < PIECES; at++) {
        const size_t length =
            *at && parts->count + 1 < PIECES ? separator(text, at) : 0;

        if (!length && *at)
            continue;
        parts->piece[parts->count].start = piece;
        parts->piece[parts->count].size = (size_t)(at - piece);
        parts->piece[parts->count++].site = false;
        if (!*at)
            return;
        at += length - 1;
        piece = at + 1;
    }
}

static size_t
count_words_of(const char *text, size_t size)
{
    size_t words = 1;

    for (size_t i = 0; i < size; i++)
        words += text[i] == ' ';
    return words;
}

/* May a piece be a site's name where nothing tells? */
static bool
is_short(const char *text, size_t size)
{
    return size <= NAME_BYTES && count_words_of(text, size) <= NAME_WORDS;
}

/* Is one of two texts, by its letters, a good part of the other? */
static bool
is_name_of(const struct buf *piece, const char *name)
{
    struct buf letters = BUF_INIT;
    bool is = false;

    if (name && is_short(name, strlen(name)))
        html_letters(name, strlen(name), &letters);
    if (letters.size >= 3 && piece->size >= 3)
        is = (piece->size * 2 >= letters.size &&
              strstr(letters.data, piece->data)) ||
             (letters.size * 2 >= piece->size &&
              strstr(piece->data, letters.data));
    buf_release(&letters);
    return is;
}

/* "news.example.com" of an address, without "www." */
static void
host_of(const char *url, struct buf *out)
{
    const char *host = url ? strstr(url, "://") : NULL;

    if (!host)
        return;
    host += strncmp(host, "://www.", 7) == 0 ? 7 : 3;
    buf_add(out, host, strcspn(host, "/:"));
}

/* Does the page call its site so elsewhere: in Open Graph, as publisher, in
 * its address? */
static bool
is_site_name(const struct html_page *page, const char *text, size_t size)
{
    const char *const names[] = {html_meta(page, "og:site_name"),
                                 page->stated.publisher.data,
                                 html_meta(page, "application-name")};
    struct buf letters = BUF_INIT;
    struct buf host = BUF_INIT;
    struct buf host_letters = BUF_INIT;
    bool is = false;

    html_letters(text, size, &letters);
    for (size_t i = 0; i < COUNT(names); i++)
        is = is || is_name_of(&letters, names[i]);
    host_of(page->article->url.data, &host);
    html_letters(host.data, host.size, &host_letters);
    /* "thecanalcourier.example" or "courier.example" for The Canal Courier. */
    is = is || (letters.size >= 4 && host_letters.size &&
                strstr(host_letters.data, letters.data));
    buf_release(&letters);
    buf_release(&host);
    buf_release(&host_letters);
    return is;
}

/* Does an address lead to a site's first page: "/", "https://news.example/"? */
static bool
is_home(const char *href)
{
    const char *host = strstr(href, "://");
    const char *path = host ? strchr(host + 3, '/') : href;

    return path ? !strcmp(path, "/") : host[3] != '\0';
}

/* Is a piece of the title what the link to the first page says? */
static bool
is_home_name(const struct html_page *page, const char *name, size_t size)
{
    const struct html_tree *tree = &page->tree;
    struct buf letters = BUF_INIT;
    struct buf link = BUF_INIT;
    struct buf text = BUF_INIT;
    bool is = false;

    html_letters(name, size, &letters);
    for (uint32_t i = 0; i < tree->count && !is && letters.size; i++) {
        const char *href = tree->node[i].tag == GUMBO_TAG_A
                               ? html_attribute(&tree->node[i], "href")
                               : NULL;

        if (!href || !is_home(href))
            continue;
        buf_clear(&text);
        buf_clear(&link);
        html_text(tree, i, 0, &text);
        html_letters(text.data, text.size, &link);
        is = buf_equal(&letters, &link);
    }
    buf_release(&letters);
    buf_release(&link);
    buf_release(&text);
    return is;
}

static void
mark_sites(const struct html_page *page, struct title *parts)
{
    for (size_t i = 0; i < parts->count; i++) {
        const char *start = parts->piece[i].start;
        const size_t size = parts->piece[i].size;

        parts->piece[i].site =
            is_short(start, size) &&
            (is_site_name(page, start, size) ||
             (parts->count > 1 && is_home_name(page, start, size)));
    }
}

/* The longest of the pieces from `from` on. */
static size_t
longest_piece(const struct title *parts, size_t from)
{
    size_t longest = from;

    for (size_t i = from + 1; i < parts->count; i++)
        if (parts->piece[i].size > parts->piece[longest].size)
            longest = i;
    return longest;
}

/* The piece that is the headline, or the most of it: the longest.  Where none
 * is too long to be a name it comes first, or is the longest behind the site.
 */
static size_t
headline_piece(const struct title *parts)
{
    const size_t longest = longest_piece(parts, 0);

    if (!is_short(parts->piece[longest].start, parts->piece[longest].size))
        return longest;
    return parts->piece[0].site && parts->count > 1 ? longest_piece(parts, 1)
                                                    : 0;
}

/*
 * Cut a <title> to its part without the site's name.  Where the page says
 * elsewhere what that is, it goes and all else stays; else of the pieces the
 * longest stays, with those that are too long to be a name.
 */
static void
cut_title(const struct html_page *page, const char *title, const char **start,
          size_t *size)
{
    struct title parts = {.count = 0};
    size_t first = 0;
    size_t last;
    size_t longest;

    split_title(&parts, title);
    mark_sites(page, &parts);
    longest = headline_piece(&parts);
    last = parts.count - 1;
    while (first < longest &&
           (parts.piece[first].site ||
            is_short(parts.piece[first].start, parts.piece[first].size)))
        first++;
    while (last > longest &&
           (parts.piece[last].site ||
            is_short(parts.piece[last].start, parts.piece[last].size)))
        last--;
    *start = parts.piece[first].start;
    *size = (size_t)(parts.piece[last].start - *start) + parts.piece[last].size;
}

/* What the page calls itself. */
struct names {
    struct html_wording name[5];
    size_t count;
    struct buf cut[PIECES]; /* letters of what the title has behind that */
    size_t cuts;
    struct buf open_graph; /* letters of its title, if it has one */
};

static void
names_release(struct names *names)
{
    for (size_t i = 0; i < names->cuts; i++)
        buf_release(&names->cut[i]);
    buf_release(&names->open_graph);
}

/* Is a text a piece of the title that was cut off, such as the site's name? */
static bool
is_cut_off(const struct names *names, const struct buf *shown)
{
    struct buf letters = BUF_INIT;
    bool is = false;

    html_letters(shown->data, shown->size, &letters);
    /* What is stated as the headline is no name. */
    if (!buf_equal(&names->open_graph, &letters))
        for (size_t i = 0; i < names->cuts && !is; i++)
            is = names->cut[i].size && buf_equal(&names->cut[i], &letters);
    buf_release(&letters);
    return is;
}

/* The pieces of the title behind what is left of it; a headline is often before
 * that. */
static void
add_cut(struct names *names, const char *title, const char *end)
{
    struct title parts;

    split_title(&parts, title);
    for (size_t i = 0; i < parts.count; i++)
        if (parts.piece[i].start >= end) {
            names->cut[names->cuts] = BUF_INIT;
            html_letters(parts.piece[i].start, parts.piece[i].size,
                         &names->cut[names->cuts++]);
        }
}

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
    names->cuts = 0;
    names->open_graph = BUF_INIT;
    cut_title(page, title->data, &piece, &size);
    add_cut(names, title->data, piece + size);
    if (open_graph)
        html_letters(open_graph, strlen(open_graph), &names->open_graph);
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
            /* A <meta> that stands in it is text to the parser. */
            if (strstr(out->data, "<meta"))
                buf_cut(out, (size_t)(strstr(out->data, "<meta") - out->data));
            return;
        }
    }
}

/* Does all of its text lead to the site's front page? */
static bool
is_logo(const struct html_tree *tree, uint32_t node)
{
    for (uint32_t i = node; i < tree->node[node].end; i++) {
        const struct html_node *at = &tree->node[i];
        const char *href =
            at->tag == GUMBO_TAG_A ? html_attribute(at, "href") : NULL;
        const char *path = href ? strstr(href, "://") : NULL;

        if (!href || at->text_size < tree->node[node].text_size)
            continue;
        path = path ? strchr(path + 3, '/') : href;
        return !path || !path[strspn(path, "/")];
    }
    return false;
}

static void
consider(const struct html_page *page, const struct names *names, uint32_t i,
         struct headline_choice *best)
{
    struct buf shown = BUF_INIT;
    int like;

    /* What is left out of it may be longer, but is not as long as a page. */
    if (page->tree.node[i].text_size > TEXT_BYTES || is_logo(&page->tree, i))
        return;
    html_text(&page->tree, i,
              TRAIT_HIDDEN | TRAIT_SHARE | TRAIT_DATE | TRAIT_CREDIT, &shown);
    if (!shown.size) /* it is named so itself */
        html_text(&page->tree, i, TRAIT_HIDDEN | TRAIT_SHARE, &shown);
    if (shown.size && shown.size <= SHOWN_BYTES &&
        !is_site_name(page, shown.data, shown.size) &&
        !is_cut_off(names, &shown)) {
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
    for (uint32_t i = 0; i < tree->count && best->likeness < ALIKE; i++) {
        if (is_headline_like(&tree->node[i]))
            consider(page, &names, i, &other);
    }
    names_release(&names);
    if (other.likeness >= VERY_ALIKE) {
        best->node = other.node;
        best->likeness = other.likeness;
        buf_swap(&best->text, &other.text);
    }
    buf_release(&other.text);
}

/* Does prose follow within a few blocks? */
static bool
has_prose_behind(const struct html_blocks *blocks, size_t b)
{
    for (size_t i = b + 1; i < blocks->count && i < b + PROSE_BLOCKS; i++)
        if (blocks->block[i].prose)
            return true;
    return false;
}

/* Is the text, by its letters, a good part of the title, from a separator or an
 * end of it to another? */
static bool
is_part_of_title(const struct buf *piece, size_t pieces,
                 const struct buf *letters)
{
    for (size_t first = 0; first < pieces; first++) {
        size_t at = 0;

        for (size_t i = first; i < pieces; i++) {
            if (piece[i].size > letters->size - at ||
                memcmp(piece[i].data, letters->data + at, piece[i].size) != 0)
                break;
            at += piece[i].size;
            if (at == letters->size)
                return true;
        }
    }
    return false;
}

/*
 * The block whose whole text is a part of the title, whatever its element is:
 * the headline of pages that have no headings.  The longest counts, of equals
 * the last before the text.
 */
static bool
find_title_block(const struct html_page *page, const struct buf *title,
                 struct headline_choice *best)
{
    const struct html_blocks *blocks = &page->blocks;
    struct buf letters = BUF_INIT;
    struct buf piece[PIECES];
    struct title parts;
    size_t most = LETTERS_LEAST;

    split_title(&parts, title->data);
    for (size_t i = 0; i < parts.count; i++) {
        piece[i] = BUF_INIT;
        html_letters(parts.piece[i].start, parts.piece[i].size, &piece[i]);
    }
    for (size_t b = 0; b < blocks->count; b++) {
        const struct html_block *block = &blocks->block[b];
        const char *text = html_block_text(blocks, b);

        if (block->size > SHOWN_BYTES || block->links * 2 > block->size ||
            (block->traits & (ELSEWHERE | TRAIT_FOOTER)) ||
            is_site_name(page, text, block->size))
            continue;
        buf_clear(&letters);
        html_letters(text, block->size, &letters);
        if (letters.size < most ||
            (best->node && letters.size == most &&
             !has_prose_behind(blocks, b)) ||
            !is_part_of_title(piece, parts.count, &letters))
            continue;
        most = letters.size;
        best->node = block->node;
        best->likeness = VERY_ALIKE;
        buf_set(&best->text, text, block->size);
    }
    for (size_t i = 0; i < parts.count; i++)
        buf_release(&piece[i]);
    buf_release(&letters);
    return best->node > 0;
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
        cut_title(page, open_graph ? open_graph : title->data, &start, &size);
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

/* Does it look like a headline: a heading, bold, or named so? */
static bool
stands_out(const struct html_page *page, const struct html_block *block)
{
    const struct html_node *node = &page->tree.node[block->node];

    return (node->tag >= GUMBO_TAG_H1 && node->tag <= GUMBO_TAG_H6) ||
           block->strong * 2 > block->size || (node->traits & TRAIT_HEADLINE);
}

/* The nearest block above the first prose that looks like a headline: all there
 * is where the title is empty or the site's name. */
static bool
find_above_text(const struct html_page *page, struct headline_choice *best)
{
    const struct html_blocks *blocks = &page->blocks;
    size_t prose = 0;

    while (prose < blocks->count &&
           (!blocks->block[prose].prose ||
            (blocks->block[prose].traits & HTML_BOILERPLATE)))
        prose++;
    if (prose == blocks->count)
        return false;
    for (size_t b = prose; b > 0 && b + ABOVE_BLOCKS > prose; b--) {
        const struct html_block *block = &blocks->block[b - 1];
        const char *text = html_block_text(blocks, b - 1);

        if (block->size > SHOWN_BYTES / 2 || block->links * 2 > block->size ||
            (block->traits & HTML_BOILERPLATE) || !stands_out(page, block) ||
            count_words_of(text, block->size) < 3 ||
            is_site_name(page, text, block->size))
            continue;
        best->node = block->node;
        best->likeness = 0;
        buf_set(&best->text, text, block->size);
        return true;
    }
    return false;
}

/* Is there nothing in what is stated but the site's name?  A title of one short
 * piece, which nothing else on the page repeats, is that. */
static bool
says_nothing(const struct html_page *page, const struct buf *title)
{
    const struct buf *headline = &page->article->headline;
    struct title parts;

    if (!headline->size || is_site_name(page, headline->data, headline->size))
        return true;
    split_title(&parts, title->data);
    return parts.count == 1 && is_short(title->data, title->size) &&
           !page->stated.headline.size && !html_meta(page, "og:title");
}

void
html_headline(struct html_page *page)
{
    struct headline_choice best = {.text = BUF_INIT};
    struct buf title = BUF_INIT;
    bool alone;

    html_title(&page->tree, &title);
    find_shown(page, &title, &best);
    alone = best.likeness < ALIKE && count_words(&best.text) < WORDS_ALONE;
    if ((!best.node || alone) && !page->stated.headline.size) {
        struct headline_choice other = {.text = BUF_INIT};

        if (find_title_block(page, &title, &other)) {
            best.node = other.node;
            best.likeness = other.likeness;
            buf_swap(&best.text, &other.text);
            alone = false;
        }
        buf_release(&other.text);
    }
    if (!best.node || alone)
        use_stated(page, &title);
    if (says_nothing(page, &title) && !best.node &&
        find_above_text(page, &best))
        buf_clear(&page->article->headline);
    if (!page->article->headline.size && best.node)
        use_shown(page, &best);
    buf_release(&best.text);
    buf_release(&title);
}
