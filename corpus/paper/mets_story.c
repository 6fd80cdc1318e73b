/*
 * From a division of an issue to an article.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <libxml/tree.h>

#include "corpus/article/article.h"
#include "corpus/base/ascii.h"
#include "corpus/base/count.h"
#include "corpus/input/issue.h"
#include "corpus/paper/alto.h"
#include "corpus/paper/mets_issue.h"
#include "corpus/story/byline.h"
#include "corpus/story/story.h"

/* --- divisions ------------------------------------------------------------ */

enum role {
    ROLE_TEXT,
    ROLE_HEADING,
    ROLE_CAPTION,
    ROLE_AUTHOR,
    ROLE_STORY,
    ROLE_SECTION
};

/* What types of divisions begin with; the first that fits. */
static const struct {
    const char *type;
    enum role role;
} types[] = {
    {"article", ROLE_STORY},
    {"advert", ROLE_STORY},
    {"interview", ROLE_STORY},
    {"letter", ROLE_STORY},
    {"obituar", ROLE_STORY},
    {"editorial", ROLE_STORY},
    {"review", ROLE_STORY},
    {"death", ROLE_STORY},
    {"birth", ROLE_STORY},
    {"marriage", ROLE_STORY},
    {"weather", ROLE_STORY},
    {"serial", ROLE_STORY},
    {"shipping", ROLE_STORY},
    {"notice", ROLE_STORY},
    {"newspaperarticle", ROLE_STORY},
    {"title_section", ROLE_TEXT},
    {"title", ROLE_HEADING},
    {"subheadline", ROLE_HEADING},
    {"headline", ROLE_HEADING},
    {"heading", ROLE_HEADING},
    {"overline", ROLE_TEXT},
    {"caption", ROLE_CAPTION},
    {"illustration", ROLE_CAPTION},
    {"picture", ROLE_CAPTION},
    {"image", ROLE_CAPTION},
    {"author", ROLE_AUTHOR},
    {"byline", ROLE_AUTHOR},
    {"section", ROLE_SECTION},
};

static enum role
role_of(const xmlNode *division)
{
    struct buf type = BUF_INIT;
    enum role role = ROLE_TEXT;

    if (xml_is(division, "div") && xml_attribute(&type, division, "TYPE"))
        for (size_t i = 0; i < COUNT(types); i++)
            if (!strncasecmp(type.data, types[i].type, strlen(types[i].type))) {
                role = types[i].role;
                break;
            }
    buf_release(&type);
    return role;
}

static bool
is_in_story(const xmlNode *division)
{
    for (division = division->parent; division; division = division->parent)
        if (role_of(division) == ROLE_STORY)
            return true;
    return false;
}

const xmlNode *
mets_issue_story(const struct mets_issue *issue, const xmlNode *story)
{
    if (!issue->map)
        return NULL;
    while ((story = xml_next(story, issue->map, "div")))
        if (role_of(story) == ROLE_STORY && !is_in_story(story))
            return story;
    return NULL;
}

/* --- text ----------------------------------------------------------------- */

/* A story that is being filled. */
struct filling {
    const struct mets_issue *issue;
    struct article *article;
    struct buf heading;
};

static void
add_text(struct filling *filling, enum role role, const struct buf *text)
{
    if (!alto_has_word(text))
        return;
    if (role == ROLE_HEADING) {
        if (filling->heading.size)
            buf_add_byte(&filling->heading, ' ');
        buf_add(&filling->heading, text->data, text->size);
    } else if (role == ROLE_CAPTION) {
        article_add_caption(filling->article, text->data, text->size, "", 0);
    } else if (role == ROLE_AUTHOR) {
        byline_to_article(filling->article, text->data, text->size);
    } else {
        article_add_paragraph(filling->article, text->data, text->size);
    }
}

/* Add words of a page, a block at a time. */
static void
add_words(struct filling *filling, enum role role, const struct mets_page *page,
          size_t first, size_t end)
{
    struct buf text = BUF_INIT;

    if (first < end)
        story_set_language(filling->article, &page->language);
    while (first < end) {
        buf_clear(&text);
        mets_page_block(page, &first, end, &text);
        add_text(filling, role, &text);
    }
    buf_release(&text);
}

/* The page that a FILEID means; NULL if it is no page's text. */
static const struct mets_page *
page_of(const struct mets_issue *issue, const xmlNode *pointer)
{
    struct buf value = BUF_INIT;
    struct buf href = BUF_INIT;
    const xmlNode *file = NULL;
    const struct mets_page *page = NULL;

    if (xml_attribute(&value, pointer, "FILEID"))
        file = mets_issue_find(issue, value.data);
    if (file && xml_attribute(&value, xml_find(file, "FLocat"), "href") &&
        issue_href(&href, value.data, value.size))
        for (size_t i = 0; !page && i < issue->pages; i++)
            if (buf_equal(&issue->page[i].href, &href))
                page = &issue->page[i];
    buf_release(&value);
    buf_release(&href);
    return page;
}

/* Add what one pointer or area points at. */
static void
add_area(struct filling *filling, enum role role, const xmlNode *area)
{
    const struct mets_page *page = page_of(filling->issue, area);
    struct buf begin = BUF_INIT;
    struct buf end = BUF_INIT;
    size_t first = 0;
    size_t behind = 0;

    if (page && xml_attribute(&begin, area, "BEGIN")) {
        if (!xml_attribute(&end, area, "END"))
            buf_set(&end, begin.data, begin.size);
        if (mets_page_find(page, begin.data, end.data, &first, &behind))
            add_words(filling, role, page, first, behind);
    } else if (page && xml_is(area, "fptr")) {
        add_words(filling, role, page, 0, page->words);
    }
    buf_release(&begin);
    buf_release(&end);
}

/* Add what a division's own pointers point at. */
static void
add_pointers(struct filling *filling, enum role role, const xmlNode *division)
{
    for (const xmlNode *node = division->children; node; node = node->next) {
        const xmlNode *area = NULL;

        if (!xml_is(node, "fptr"))
            continue;
        if (!xml_find(node, "area"))
            add_area(filling, role, node);
        while ((area = xml_next(area, node, "area")))
            add_area(filling, role, area);
    }
}

/* What a division's text is, by the nearest that says so. */
static enum role
role_in(const xmlNode *division, const xmlNode *story)
{
    for (; division != story; division = division->parent) {
        enum role role = role_of(division);

        if (role == ROLE_HEADING || role == ROLE_CAPTION || role == ROLE_AUTHOR)
            return role;
    }
    return ROLE_TEXT;
}

/* Add a division of a story: its own text, and that of the places which are
 * linked with it. */
static void
add_division(struct filling *filling, const xmlNode *division,
             const xmlNode *story)
{
    const struct mets_issue *issue = filling->issue;
    enum role role = role_in(division, story);

    add_pointers(filling, role, division);
    for (size_t i = 0; i < issue->links; i++) {
        const xmlNode *place = issue->link[i].to;
        const xmlNode *below = NULL;

        if (issue->link[i].from != division)
            continue;
        add_pointers(filling, role, place);
        while ((below = xml_next(below, place, "div")))
            add_pointers(filling, role, below);
    }
}

/* --- what is said of the story -------------------------------------------- */

/* The description that a division names. */
static const xmlNode *
description_of(const struct mets_issue *issue, const xmlNode *division)
{
    struct buf id = BUF_INIT;
    const xmlNode *node = NULL;

    if (xml_attribute(&id, division, "DMDID")) {
        buf_cut(&id, strcspn(id.data, " "));
        node = mets_issue_find(issue, id.data);
    }
    buf_release(&id);
    return node;
}

static void
set_headline(struct filling *filling, const xmlNode *story,
             const xmlNode *about)
{
    struct article *article = filling->article;
    const char *rule = "label";

    if (!xml_attribute(&article->headline, story, "LABEL")) {
        rule = "mods";
        xml_text(&article->headline,
                 xml_find(xml_find(about, "titleInfo"), "title"));
    }
    if (!article->headline.size) {
        rule = "heading";
        buf_swap(&article->headline, &filling->heading);
    }
    if (article->headline.size)
        article_set_origin(article, MEMBER_HEADLINE, rule, "%s", "");
}

/* Drop the heading from the front of the text. */
static void
drop_heading(struct article *article)
{
    size_t size = strcspn(article->body.data, "\n");

    if (!size || size != article->headline.size || size == article->body.size ||
        strncasecmp(article->body.data, article->headline.data, size) != 0)
        return;
    memmove(article->body.data, article->body.data + size + 1,
            article->body.size - size - 1);
    buf_cut(&article->body, article->body.size - size - 1);
}

/* "Law courts", the section around the story; or what it is if it is no
 * article. */
static void
set_section(struct article *article, const xmlNode *story)
{
    struct buf type = BUF_INIT;

    for (const xmlNode *node = story->parent; node; node = node->parent)
        if (role_of(node) == ROLE_SECTION &&
            xml_attribute(&article->section, node, "LABEL"))
            break;
    xml_attribute(&type, story, "TYPE");
    if (!article->section.size && strncasecmp(type.data, "article", 7) != 0) {
        for (size_t i = 0; i < type.size; i++)
            buf_add_byte(&article->section, ascii_lower(type.data[i]));
    }
    buf_release(&type);
}

static void
set_issue(const struct mets_issue *issue, struct article *article,
          const char *name)
{
    buf_set(&article->publication, issue->title.data, issue->title.size);
    if (issue->date.precision) {
        article->published = issue->date;
        article->published_from = DATE_FROM_META;
        article_set_origin(article, MEMBER_PUBLISHED, "mods", "%s",
                           "dateIssued");
    }
    if (issue->identity.size && *name) {
        buf_printf(&article->key, "%s#%s", issue->identity.data, name);
        article_set_origin(article, MEMBER_KEY, "mets", "%s", "");
    }
}

static void
add_names(struct article *article, const xmlNode *about)
{
    const xmlNode *node = NULL;
    struct buf name = BUF_INIT;

    while ((node = xml_next(node, about, "name")))
        if (xml_text(&name, xml_find(node, "namePart")) ||
            xml_text(&name, xml_find(node, "displayForm")))
            byline_to_article(article, name.data, name.size);
    buf_release(&name);
}

void
mets_issue_article(const struct mets_issue *issue, const xmlNode *story,
                   struct article *article)
{
    struct filling filling = {
        .issue = issue, .article = article, .heading = BUF_INIT};
    const xmlNode *about = description_of(issue, story);
    const xmlNode *division = NULL;
    struct buf text = BUF_INIT;

    if (about && xml_text(&text, xml_find(about, "languageTerm")))
        story_set_language(article, &text);
    add_division(&filling, story, story);
    while ((division = xml_next(division, story, "div")))
        add_division(&filling, division, story);
    set_headline(&filling, story, about);
    if (about)
        add_names(article, about);
    set_section(article, story);
    xml_attribute(&text, story, "ID");
    set_issue(issue, article, text.data);
    article_set_origin(article, MEMBER_BODY, "mets", "%s", text.data);
    article_tidy(article);
    drop_heading(article);
    story_finish(article);
    buf_release(&filling.heading);
    buf_release(&text);
}

void
mets_issue_page(const struct mets_issue *issue, size_t page,
                struct article *article)
{
    struct filling filling = {
        .issue = issue, .article = article, .heading = BUF_INIT};

    add_words(&filling, ROLE_TEXT, &issue->page[page], 0,
              issue->page[page].words);
    set_issue(issue, article, issue->page[page].href.data);
    article_set_origin(article, MEMBER_BODY, "mets", "page %zu", page + 1);
    buf_release(&filling.heading);
}
