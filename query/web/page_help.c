/*
 * How to ask: the forms of the query language with an example each.  The
 * whole of it is nsearch-query(7).
 */
#include "corpus/base/count.h"
#include "query/language/names.h"
#include "query/web/page.h"

struct form {
    const char *example;
    const char *meaning;
};

static const struct form words[] = {
    {"harbour strike", "both words, in any of their forms"},
    {"\"harbour strike\"", "the phrase, as it is"},
    {"~\"harbour strike\"", "the phrase, its words in any of their forms"},
    {"=strike", "this very word, not its other forms"},
    {"harbour OR port", "either word"},
    {"harbour -strike", "the first word, without articles that have the "
                        "second; NOT does the same"},
    {"(harbour OR port) strike", "brackets group"},
    {"transf*", "all words that begin so"},
    {"wom?n", "any one letter"},
    {"opcn~", "words that are spelled nearly so"},
    {NULL, NULL},
};

static const struct zone {
    enum expr_zone zone;
    const char *words;
    bool also; /* name its short spelling, too */
} zones[] = {
    {ZONE_HEADLINE, "strike", true},   {ZONE_HLEAD, "(harbour strike)", false},
    {ZONE_LEAD, "strike", false},      {ZONE_BYLINE, "lee", true},
    {ZONE_CAPTION, "ferry", false},    {ZONE_SOURCE, "herald", false},
    {ZONE_SECTION, "politics", false}, {ZONE_DATELINE, "seoul", false},
};

static const struct form dates[] = {
    {"date:2014", "published in this year, month or on this day"},
    {"date:2014-06..2015-02", "published between these, both included"},
    {"date:2w..", "published in the last two weeks"},
    {"wc>800", "of more than 800 words"},
    {NULL, NULL},
};

static const struct form distances[] = {
    {"harbour w/5 strike", "within five words of each other"},
    {"harbour pre/5 strike", "the same, in this order"},
    {"harbour w/s strike", "in one sentence"},
    {"harbour w/p strike", "in one paragraph"},
    {"harbour NOT w/5 strike", "the first, not near the second"},
    {"atleast3(strike)", "three times or more"},
    {"major(strike)", "in headline or lead, or three times or more"},
    {"allcaps(US)", "in capitals; caps(Apple) and nocaps(may) are alike"},
    {NULL, NULL},
};

static const struct {
    const char *title;
    const struct form *form; /* NULL: the zones */
} groups[] = {
    {"Words", words},
    {"Where they stand", NULL},
    {"When, and how long", dates},
    {"How they stand together", distances},
};

static void
add_form(struct markup *out, const struct form *form)
{
    struct cgi_request ask = CGI_REQUEST_INIT;

    ask.text = form->example;
    MARKUP(out, "<dt><a ");
    page_href(out, &ask);
    MARKUP(out, "><kbd>");
    markup_string(out, form->example);
    MARKUP(out, "</kbd></a></dt>\n<dd>");
    markup_string(out, form->meaning);
    MARKUP(out, "</dd>\n");
}

static void
add_zone(struct markup *out, const struct zone *zone)
{
    const struct query_name *name = &query_names[zone->zone];
    struct buf example = BUF_INIT;
    struct buf meaning = BUF_INIT;

    buf_printf(&example, "%s:%s", name->spelling[0], zone->words);
    buf_add_text(&meaning, name->about);
    if (zone->also)
        buf_printf(&meaning, "; also %s:", name->spelling[1]);
    add_form(out, &(struct form){example.data, meaning.data});
    buf_release(&example);
    buf_release(&meaning);
}

void
page_help(struct markup *out, const struct page *page)
{
    page_open(out, page, page_word(page, WORD_HELP));
    MARKUP(out, "<h1>");
    page_say(out, page, WORD_HELP);
    MARKUP(out,
           "</h1>\n<div lang=\"en\" dir=\"ltr\">\n"
           "<p>Type words. Accents, capitals, hyphens and apostrophes make "
           "no difference. Nothing that is typed is an error: what is not "
           "understood is searched as words, and the page says so.</p>\n");
    for (size_t i = 0; i < COUNT(groups); i++) {
        MARKUP(out, "<section class=\"help\"><h2>");
        markup_string(out, groups[i].title);
        MARKUP(out, "</h2>\n<dl>\n");
        if (!groups[i].form)
            for (size_t k = 0; k < COUNT(zones); k++)
                add_zone(out, &zones[k]);
        else
            for (const struct form *form = groups[i].form; form->example;
                 form++)
                add_form(out, form);
        MARKUP(out, "</dl></section>\n");
    }
    MARKUP(out, "</div>\n");
    page_close(out, page);
}
