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
#include "corpus/base/mem.h"
#include "corpus/input/issue.h"
#include "corpus/paper/alto.h"
#include "corpus/paper/mets_issue.h"
#include "corpus/story/byline.h"
#include "corpus/story/byline_name.h"
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

/* "article-zone" and "article-part" are in an article and none. */
#define ZONE "article-"

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

/* What a zone of a story is says its label: "title". */
static enum role
role_of_label(const xmlNode *division)
{
    struct buf label = BUF_INIT;
    enum role role = ROLE_TEXT;

    xml_attribute(&label, division, "LABEL");
    for (size_t i = 0; i < COUNT(types); i++)
        if (!strcasecmp(label.data, types[i].type) &&
            types[i].role != ROLE_STORY && types[i].role != ROLE_SECTION)
            role = types[i].role;
    buf_release(&label);
    return role;
}

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
    if (strncasecmp(type.data, ZONE, strlen(ZONE)) == 0)
        role = role_of_label(division);
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
    struct mets_issue *issue;
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

/* May so many bytes more be given out? */
static bool
spend(struct mets_issue *issue, uint64_t bytes)
{
    if (issue->over || issue->budget < bytes)
        issue->over = true;
    else
        issue->budget -= bytes;
    return !issue->over;
}

/* Add words of a page, a block at a time. */
static void
add_words(struct filling *filling, enum role role, const struct mets_page *page,
          size_t first, size_t end)
{
    struct buf text = BUF_INIT;

    if (first < end)
        story_set_language(filling->article, &page->language);
    while (first < end && !filling->issue->over) {
        buf_clear(&text);
        mets_page_block(page, &first, end, &text);
        if (spend(filling->issue, text.size))
            add_text(filling, role, &text);
    }
    buf_release(&text);
}

/* Add what one pointer or area points at. */
static void
add_area(struct filling *filling, enum role role, const xmlNode *area)
{
    const struct mets_page *page = NULL;
    struct buf begin = BUF_INIT;
    struct buf end = BUF_INIT;
    size_t first = 0;
    size_t behind = 0;

    if (spend(filling->issue, 1) && xml_attribute(&begin, area, "FILEID"))
        page = mets_issue_page_of(filling->issue, begin.data);
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
    for (const xmlNode *node = division->children;
         node && spend(filling->issue, 1); node = node->next) {
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
    enum role found = ROLE_TEXT;

    for (; division != story; division = division->parent) {
        enum role role = role_of(division);

        if (found == ROLE_TEXT && (role == ROLE_HEADING ||
                                   role == ROLE_CAPTION || role == ROLE_AUTHOR))
            found = role;
        /* The heading of a story in the story is a line of its text. */
        if (found == ROLE_HEADING && role == ROLE_STORY)
            found = ROLE_TEXT;
    }
    return found;
}

/* Add a division of a story: its own text, and that of the places which are
 * linked with it. */
static void
add_division(struct filling *filling, const xmlNode *division,
             const xmlNode *story)
{
    enum role role = role_in(division, story);
    size_t i;
    size_t end;

    add_pointers(filling, role, division);
    mets_issue_links(filling->issue, division, &i, &end);
    for (; i < end && spend(filling->issue, 1); i++) {
        const xmlNode *place = filling->issue->link[i].to;
        const xmlNode *below = NULL;

        add_pointers(filling, role, place);
        while (spend(filling->issue, 1) &&
               (below = xml_next(below, place, "div")))
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

/* What a description says, which many stories may name; it is read once. */
static const struct article *
read_about(struct mets_issue *issue, const xmlNode *node)
{
    size_t known = issue->abouts.count;
    size_t number = seen_thing(&issue->abouts, node);
    const xmlNode *name = NULL;
    struct article *about;
    struct buf text = BUF_INIT;

    if (number < known)
        return &issue->about[number];
    issue->about =
        mem_grow(issue->about, known, &issue->about_room, sizeof(*about));
    about = &issue->about[number];
    article_init(about);
    if (xml_text(&text, xml_find(node, "languageTerm")))
        story_set_language(about, &text);
    xml_text(&about->headline, xml_find(xml_find(node, "titleInfo"), "title"));
    while ((name = xml_next(name, node, "name")))
        if (xml_text(&text, xml_find(name, "namePart")) ||
            xml_text(&text, xml_find(name, "displayForm")))
            byline_to_article(about, text.data, text.size);
    article_shorten(about);
    buf_release(&text);
    return about;
}

static void
set_headline(struct filling *filling, const xmlNode *story,
             const struct article *about)
{
    struct article *article = filling->article;
    const char *rule = "label";

    if (!xml_attribute(&article->headline, story, "LABEL") && about) {
        rule = "mods";
        buf_set(&article->headline, about->headline.data, about->headline.size);
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

/* The names that a description has, besides those that the page prints. */
static void
add_names(struct article *article, const struct article *about)
{
    for (size_t i = 0; i < about->authors.count; i++)
        byline_add_once(&article->authors, about->authors.item[i],
                        strlen(about->authors.item[i]));
    for (size_t i = 0; i < about->emails.count; i++)
        byline_add_once(&article->emails, about->emails.item[i],
                        strlen(about->emails.item[i]));
    if (!article->byline.size)
        buf_set(&article->byline, about->byline.data, about->byline.size);
}

void
mets_issue_article(struct mets_issue *issue, const xmlNode *story,
                   struct article *article)
{
    struct filling filling = {
        .issue = issue, .article = article, .heading = BUF_INIT};
    const xmlNode *description = description_of(issue, story);
    const struct article *about =
        description ? read_about(issue, description) : NULL;
    const xmlNode *division = NULL;
    struct buf text = BUF_INIT;

    if (about)
        story_set_language(article, &about->language);
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
mets_issue_page(struct mets_issue *issue, size_t page, struct article *article)
{
    struct filling filling = {
        .issue = issue, .article = article, .heading = BUF_INIT};

    issue->over = false;
    issue->budget = issue->page[page].text.size + issue->page[page].words;
    add_words(&filling, ROLE_TEXT, &issue->page[page], 0,
              issue->page[page].words);
    set_issue(issue, article, issue->page[page].href.data);
    article_set_origin(article, MEMBER_BODY, "mets", "page %zu", page + 1);
    buf_release(&filling.heading);
}
