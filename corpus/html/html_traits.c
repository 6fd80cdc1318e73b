#include "corpus/html/html_traits.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "corpus/base/ascii.h"
#include "corpus/base/count.h"
#include "corpus/html/html_node.h"
#include "corpus/html/html_words.h"

enum {
    WORD_MOST = 31 /* bytes of a word or of two as one */
};

/* The words of a name as they are read. */
struct words {
    uint32_t traits;
    char last[WORD_MOST + 1]; /* the word before */
    char word[WORD_MOST + 1];
    size_t size;
};

static bool
is_lower(char c)
{
    return ascii_is_lower(c) || (unsigned char)c >= 0x80;
}

/* A word has ended. */
static void
end_word(struct words *words)
{
    char pair[2 * WORD_MOST + 1];
    const size_t last = strlen(words->last);

    if (!words->size)
        return;
    words->word[words->size] = '\0';
    words->traits |= html_word_traits(words->word);
    if (last) {
        memcpy(pair, words->last, last);
        memcpy(pair + last, words->word, words->size + 1);
        words->traits |= html_word_traits(pair);
    }
    memcpy(words->last, words->word, words->size + 1);
    words->size = 0;
}

/* Tokens that tell how an element looks are no names: "print:hidden",
 * "Ff($ff)", "--modal-width". */
static bool
is_utility(const char *token, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (strchr(":()[]$", token[i]))
            return true;
    return strncmp(token, "--", 2) == 0;
}

/* Tokens that tell what state an element is in, or what there is in it, do not
 * say that it is that: "is-right-rail", "has-comments".  A menu is one. */
static bool
is_state(const char *token)
{
    static const char *const states[] = {"is-", "has-", "with-", "no-", "not-"};

    for (size_t i = 0; i < COUNT(states); i++)
        if (strncmp(token, states[i], strlen(states[i])) == 0)
            return true;
    return false;
}

/* Is "hidden" a part of the element that is ("label-hidden"), or said of
 * screens that a reader at a desk does not have ("hidden-xs")? */
static bool
hides_other(const char *token, size_t size)
{
    static const char *const others[] = {
        "label-hidden", "hidden-xs",    "hidden-sm",      "hidden-print",
        "hide-xs",      "hide-sm",      "hide-for-small", "hide-print",
        "hide-mobile",  "hidden-phone", "hidden-mobile",  "hide-on-mobile",
    };

    for (size_t i = 0; i < COUNT(others); i++) {
        const size_t length = strlen(others[i]);

        for (size_t at = 0; at + length <= size; at++)
            if (memcmp(token + at, others[i], length) == 0)
                return true;
    }
    return false;
}

static void
read_token(struct words *words, const char *token, size_t size)
{
    const uint32_t before = words->traits;
    char last = ' ';

    for (size_t i = 0; i < size; last = token[i++]) {
        const char c = token[i];

        if (!is_lower(c) && !ascii_is_upper(c)) {
            end_word(words);
            continue;
        }
        if (ascii_is_upper(c) && is_lower(last))
            end_word(words);
        if (words->size < WORD_MOST)
            words->word[words->size++] = ascii_lower(c);
    }
    end_word(words);
    *words->last = '\0';
    if (words->traits == before) /* as most do */
        return;
    if (is_utility(token, size))
        words->traits = before;
    if (is_state(token))
        words->traits &= before | TRAIT_NAV | TRAIT_HIDDEN;
    if ((words->traits & TRAIT_HIDDEN) && hides_other(token, size))
        words->traits &= before | ~(uint32_t)TRAIT_HIDDEN;
}

static void
read_words(struct words *words, const char *name)
{
    while (*name) {
        const size_t size = strcspn(name, " \t\r\n");

        if (size)
            read_token(words, name, size);
        name += size;
        name += strspn(name, " \t\r\n");
    }
}

/* Elements that say what they are by their tag. */
static uint32_t
tag_traits(GumboTag tag)
{
    static const struct {
        GumboTag tag;
        uint32_t traits;
    } tags[] = {
        {GUMBO_TAG_NAV, TRAIT_NAV},
        {GUMBO_TAG_FOOTER, TRAIT_FOOTER},
        {GUMBO_TAG_ASIDE, TRAIT_ASIDE},
        {GUMBO_TAG_FIGURE, TRAIT_FIGURE},
        {GUMBO_TAG_VIDEO, TRAIT_FIGURE},
        {GUMBO_TAG_FIGCAPTION, TRAIT_CAPTION},
        {GUMBO_TAG_ARTICLE, TRAIT_ARTICLE},
        {GUMBO_TAG_TIME, TRAIT_DATE},
        {GUMBO_TAG_ADDRESS, TRAIT_BYLINE},
        {GUMBO_TAG_FIELDSET, TRAIT_ASIDE},
        {GUMBO_TAG_LABEL, TRAIT_ASIDE},
    };

    for (size_t i = 0; i < COUNT(tags); i++) {
        if (tags[i].tag == tag)
            return tags[i].traits;
    }
    return 0;
}

/* WordPress writes each tag and category of a post into its class:
 * "post-12 type-post status-publish hentry category-ads tag-related". */
static bool
is_wordpress_post(const struct html_node *node)
{
    return html_attribute_has(node, "class", "hentry") ||
           html_attribute_has(node, "class", "type-post") ||
           html_attribute_has(node, "class", "status-publish");
}

uint32_t
html_traits_of(const struct html_node *node)
{
    static const char *const names[] = {
        "class",     "id",        "data-component", "data-testid", "data-qa",
        "data-test", "data-type", "data-gu-name",   "role",        "itemprop",
    };
    const GumboVector *attributes = &node->gumbo->v.element.attributes;
    struct words words = {.traits = tag_traits(node->tag)};

    if (is_wordpress_post(node))
        return TRAIT_ARTICLE;

    for (unsigned i = 0; i < attributes->length; i++) {
        const GumboAttribute *attribute = attributes->data[i];

        if (!strcmp(attribute->name, "hidden"))
            words.traits |= TRAIT_HIDDEN;
        for (size_t k = 0; k < COUNT(names); k++) {
            if (!strcmp(attribute->name, names[k]))
                read_words(&words, attribute->value);
        }
    }
    return words.traits;
}
