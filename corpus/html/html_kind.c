#include <string.h>
#include <strings.h>

#include "corpus/base/ascii.h"
#include "corpus/base/count.h"
#include "corpus/html/html_page.h"
#include "corpus/html/html_traits.h"

/*
 * Whether the page is an article at all.  A page with a body of some length
 * is; only what has little text can be an error page, a player, the stub of
 * a paid article or a list of other stories.
 */

enum {
    ERROR_BYTES = 800, /* a longer body is no error page */
    PLAYER_BYTES = 500,
    STUB_BYTES = 1500,
    LIST_BYTES = 600,
    BARE_BYTES = 40,   /* a shorter body is none: links count as headings */
    LINK_BYTES = 25,   /* at least, of a link that is another headline */
    LIST_HEADINGS = 12 /* that are links; fewer are related stories */
};

/* How long the body is in letters of Latin: what takes three bytes each in East
 * Asia's characters says as much as four letters. */
static size_t
body_length(const struct html_page *page)
{
    const struct buf *body = &page->article->body;
    size_t length = 0;

    for (size_t i = 0; i < body->size; i++) {
        const unsigned char byte = (unsigned char)body->data[i];

        if ((byte & 0xc0) != 0x80)
            length += byte >= 0xe3 && byte < 0xf0 ? 4 : 1;
    }
    return length;
}

/* Is one of the page's first-order headings "404" and no more? */
static bool
has_number_heading(const struct html_page *page)
{
    const struct html_blocks *blocks = &page->blocks;

    for (size_t b = 0; b < blocks->count; b++) {
        const struct html_block *block = &blocks->block[b];

        if (blocks->tree->node[block->node].tag == GUMBO_TAG_H1 &&
            block->size == 3 && !memcmp(html_block_text(blocks, b), "404", 3))
            return true;
    }
    return false;
}

/* Does the text hold one of the phrases, in any case? */
static bool
holds(const char *text, size_t size, const char *const *phrases)
{
    for (; *phrases; phrases++) {
        const size_t length = strlen(*phrases);

        for (size_t at = 0; at + length <= size; at++) {
            /* The first letter decides nearly always. */
            if (ascii_lower(text[at]) == **phrases &&
                !strncasecmp(text + at, *phrases, length))
                return true;
        }
    }
    return false;
}

static bool
is_not_found(const struct html_page *page)
{
    static const char *const phrases[] = {"page not found",
                                          "page can't be found",
                                          "page cannot be found",
                                          "page doesn't exist",
                                          "404 error",
                                          "error 404",
                                          "404 not found",
                                          "404 - ",
                                          "seite nicht gefunden",
                                          "seite wurde nicht gefunden",
                                          "page introuvable",
                                          "page non trouv",
                                          "p\xc3\xa1gina no encontrada",
                                          "pagina non trovata",
                                          "pagina niet gevonden",
                                          "sidan kunde inte hittas",
                                          "siden finnes ikke",
                                          "siden blev ikke fundet",
                                          "sivua ei l\xc3\xb6ydy",
                                          "nie znaleziono strony",
                                          "strona nie istnieje",
                                          "str\xc3\xa1nka nenalezena",
                                          "sayfa bulunamad",
                                          "p\xc3\xa1gina n\xc3\xa3o encontrada",
                                          "траница не найдена",
                                          "торінку не знайдено",
                                          NULL};
    const struct buf *headline = &page->article->headline;
    const struct html_tree *tree = &page->tree;
    struct buf title = BUF_INIT;
    bool found;

    if (page->article->body.size > ERROR_BYTES)
        return false;
    for (uint32_t i = 0; i < tree->count && !title.size; i++) {
        if (tree->node[i].tag == GUMBO_TAG_TITLE)
            html_text(tree, i, 0, &title);
    }
    found = holds(headline->data, headline->size, phrases) ||
            holds(title.data, title.size, phrases) ||
            has_number_heading(page) || !strcmp(headline->data, "404") ||
            !strcmp(headline->data, "Not Found");
    buf_release(&title);
    return found;
}

static bool
is_video(const struct html_page *page)
{
    const char *type = html_meta(page, "og:type");
    const bool stated = (type && !strncasecmp(type, "video", 5)) ||
                        (page->stated.video && !page->stated.found);

    return stated && page->article->body.size < PLAYER_BYTES;
}

static bool
is_paywall(const struct html_page *page)
{
    static const char *const phrases[] = {"subscribe to continue",
                                          "subscribe to read",
                                          "to continue reading",
                                          "to read the full",
                                          "subscribers only",
                                          "already a subscriber",
                                          "continue reading with a",
                                          "for subscribers",
                                          "jetzt weiterlesen",
                                          "mit einem abo",
                                          "nur f\xc3\xbcr abonnenten",
                                          "jetzt abonnieren",
                                          "r\xc3\xa9serv\xc3\xa9 aux abonn",
                                          "exclusivo para suscriptores",
                                          "contenido exclusivo",
                                          "riservato agli abbonati",
                                          NULL};
    const struct html_blocks *blocks = &page->blocks;
    const size_t length = body_length(page);

    if (length > STUB_BYTES)
        return false;
    if (page->stated.paywalled)
        return true;
    for (size_t b = 0; b < blocks->count; b++) {
        if (blocks->block[b].first > page->headline &&
            !(blocks->block[b].traits & (TRAIT_NAV | TRAIT_FOOTER)) &&
            holds(html_block_text(blocks, b), blocks->block[b].size, phrases))
            return length < STUB_BYTES / 2;
    }
    return false;
}

static bool
is_listing(const struct html_page *page)
{
    const struct html_blocks *blocks = &page->blocks;
    const char *type = html_meta(page, "og:type");
    const bool article =
        page->stated.found || (type && !strcasecmp(type, "article"));
    const bool bare = page->article->body.size < BARE_BYTES;
    size_t headings = 0;

    if (article || body_length(page) > LIST_BYTES)
        return false;
    for (size_t b = 0; b < blocks->count; b++) {
        const struct html_block *block = &blocks->block[b];
        const GumboTag tag = blocks->tree->node[block->node].tag;

        headings += block->links * 2 > block->size &&
                    ((tag >= GUMBO_TAG_H1 && tag <= GUMBO_TAG_H6) ||
                     (bare && block->size >= LINK_BYTES &&
                      !(block->traits & (TRAIT_NAV | TRAIT_FOOTER))));
    }
    return headings >= LIST_HEADINGS || page->stated.listing ||
           (page->article->url.size && !page->article->key.size);
}

void
html_kind(struct html_page *page)
{
    static const struct {
        enum article_kind kind;
        bool (*is)(const struct html_page *page);
    } kinds[] = {
        {ARTICLE_NOT_FOUND, is_not_found},
        {ARTICLE_VIDEO, is_video},
        {ARTICLE_PAYWALL, is_paywall},
        {ARTICLE_LISTING, is_listing},
    };

    for (size_t i = 0; i < COUNT(kinds); i++) {
        if (kinds[i].is(page)) {
            page->article->kind = kinds[i].kind;
            return;
        }
    }
}
