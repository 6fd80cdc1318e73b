/*
 * scaling [KIND ...] - what readers find hardest, in three sizes each: an input
 * that has nothing of it, one of some size, and one four times as large.
 *
 * scaling.sh counts the instructions of measured(), which is called once for
 * each; the standard output has a line for each call, in their order:
 *
 *     KIND BYTES ARTICLES ERRORS
 *
 * A kind belongs here if a reader once took the square of it, or would if it
 * did what comes to mind first.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "corpus/base/count.h"
#include "corpus/base/mem.h"
#include "corpus/formats/reader.h"

enum {
    KIB = 1024,
    TIMES = 4
};

/* `head`, then `first` as often as fits half of the size, `between`, `second`
 * as often, and `tail`.  "#" in what comes again is its number; without a
 * `second`, `first` has the whole size. */
struct kind {
    const char *name; /* FORMAT.WHAT */
    int size;         /* KiB */
    const char *head;
    const char *first;
    const char *tail;
    const char *between;
    const char *second;
};

#define RSS                                             \
    "<rss xmlns:dc='http://purl.org/dc/elements/1.1/' " \
    "xmlns:m='http://search.yahoo.com/mrss/' "          \
    "xmlns:wp='http://wordpress.org/export/1.2/'><channel>"
#define RSS_END "</channel></rss>"
#define PROSE                                                                \
    "The ferry over the sound sails again from Monday on, said the harbour " \
    "master, who had waited for it all winter long. "
#define PAGE                                                                \
    "<html lang=en><head><title>The ferry sails again</title></head><body>" \
    "<h1>The ferry sails again</h1><p>" PROSE "</p><p>" PROSE "</p>"
#define PAGE_END "<p>" PROSE "</p></body></html>"
#define MAIL                                                                   \
    "From a@b.example Mon Jan  1 10:00:00 2018\nFrom: Ann Lee <a@b.example>\n" \
    "Subject: A ferry\nMessage-ID: <a@b>\nMIME-Version: 1.0\n"
#define METS                                                             \
    "<mets xmlns='http://www.loc.gov/METS/' OBJID='o'><dmdSec ID='D'>"   \
    "<dateIssued>1900-01-01</dateIssued></dmdSec><fileSec><file ID='F'>" \
    "<FLocat href='1.xml'/></file></fileSec>"
#define METS_MAP "<structMap TYPE='LOGICAL'><div TYPE='issue' ID='R'>"
#define METS_END "</div></structMap></mets>"
#define OURS(authors)                                                          \
    "{\"key\":\"k\",\"version\":\"\",\"kind\":\"story\",\"publication\":\"\"," \
    "\"section\":\"\",\"url\":\"\",\"language\":\"\",\"headline\":\"h\","      \
    "\"byline\":\"\",\"authors\":[" authors "],\"emails\":[],"                 \
    "\"dateline\":\"\",\"published\":null,\"published_from\":\"none\","        \
    "\"seen\":null,\"captions\":[],\"body\":[]}\n"

static const struct kind kinds[] = {
    /* One fact of all items that is missing, long, or one of many. */
    {"feed.bare", 48, RSS, "<item><title>a #</title></item>", RSS_END, 0, 0},
    {"feed.writers", 48, RSS,
     "<wp:author><wp:author_login>u#</wp:author_login></wp:author>", RSS_END,
     "", "<item><title>a</title><dc:creator>v#</dc:creator></item>"},
    {"feed.title", 48, RSS "<title>", "word ", RSS_END, "</title>",
     "<item><title>a</title></item>"},
    {"feed.authors", 24, "<feed xmlns='http://www.w3.org/2005/Atom'>",
     "<author><name>Ann L#</name></author>", "</feed>", "",
     "<entry><title>a</title></entry>"},
    {"feed.captions", 48, RSS "<item><title>a</title>",
     "<m:description>c #</m:description>", "</item>" RSS_END, 0, 0},
    {"feed.creators", 24, RSS "<item><title>a</title>",
     "<dc:creator>Ann Lee</dc:creator><dc:creator>Bo #</dc:creator>",
     "</item>" RSS_END, 0, 0},
    {"feed.shortcodes", 48, RSS "<item><title>a</title><description>",
     "[q# x=y]", "</description></item>" RSS_END, 0, 0},
    /* What libxml2 compares with one another. */
    {"agencyxml.attributes", 128, "<d><title>x</title><text>t</text><b",
     " a#='x'", "/></d>", 0, 0},
    {"agencyxml.namespaces", 64, "<d><title>x</title><text>t</text>",
     "<b xmlns:a#='u'>", "</d>", "", "<a1:c/>"},
    {"agencyxml.doctype", 128,
     "<?xml version='1.0'?><!DOCTYPE d [<!ATTLIST b a (", "c#|",
     "z) #IMPLIED>]><d><title>x</title><text>t</text></d>", 0, 0},
    {"agencyxml.records", 16, "<?xml version='1.0'?><r>",
     "<d><title>a #</title><text>b</text></d>", "</r>", 0, 0},
    {"agencyxml.pictures", 24, "<?xml version='1.0'?><r>",
     "<d><caption>a #</caption><date>2011-11-11</date><title>x</title></d>",
     "</r>", 0, 0},
    {"agencyxml.captions", 32,
     "<?xml version='1.0'?><r><title>x</title><text>b</text>",
     "<caption>a #</caption>", "</r>", 0, 0},
    {"newsml.components", 48, "<NewsML><NewsItem>",
     "<NewsComponent><NewsLines><HeadLine>a #</HeadLine></NewsLines>"
     "</NewsComponent>",
     "</NewsItem></NewsML>", 0, 0},
    {"newsml.stories", 48, "<NewsML><NewsItem><NewsComponent>",
     "<NewsComponent><NewsLines><HeadLine>a #</HeadLine></NewsLines>"
     "<ContentItem><DataContent>x</DataContent></ContentItem></NewsComponent>",
     "</NewsComponent></NewsItem></NewsML>", 0, 0},
    {"newsml.captions", 64, "<NewsML><NewsItem><NewsComponent>",
     "<NewsComponent><Role FormalName='Caption'/><ContentItem><DataContent>c #"
     "</DataContent></ContentItem></NewsComponent>",
     "</NewsComponent></NewsItem></NewsML>", 0, 0},
    {"newsmlg2.items", 64, "<newsMessage>",
     "<newsItem guid='#'><contentMeta><headline>a</headline></contentMeta>"
     "</newsItem>",
     "</newsMessage>", 0, 0},
    {"newsmlg2.abstracts", 64,
     "<newsMessage><newsItem><itemMeta><itemClass qcode='n:text'/></itemMeta>"
     "<contentMeta>",
     "<description>d #</description>",
     "</contentMeta></newsItem></newsMessage>", 0, 0},
    {"nitf.media", 64, "<nitf><body><body.content>",
     "<media><media-caption>a #</media-caption></media>",
     "</body.content></body></nitf>", 0, 0},
    {"alto.blocks", 64, "<alto><Layout><Page>",
     "<TextBlock><String CONTENT='abc#'/></TextBlock>",
     "</Page></Layout></alto>", 0, 0},
    {"mets.links", 24, METS METS_MAP, "<div TYPE='article' ID='A#'/>",
     "</structLink></mets>", "</div></structMap><structLink>",
     "<smLink from='A#' to='A#'/>"},
    {"mets.linked", 24, METS METS_MAP, "<div TYPE='article' ID='A#'/>",
     "</structLink></mets>", "</div></structMap><structLink>",
     "<smLink from='A#' to='R'/>"},
    {"mets.described", 32, METS "<dmdSec ID='E'>", "<q/>", METS_END,
     "</dmdSec>" METS_MAP,
     "<div TYPE='article' DMDID='E'><fptr FILEID='F'/></div>"},
    /* Lists, and what is said once for all of them. */
    {"ninjs.pictures", 48, "[{\"headline\":\"x\",\"associations\":{",
     "\"a#\":{\"type\":\"picture\",\"description_text\":\"c #\"},",
     "\"z\":{}}}]", 0, 0},
    {"jsonl.lines", 48, "", "{\"title\":\"a #\"}\n", "", 0, 0},
    {"jsonl.authors", 32,
     OURS("\"a\"") "{\"key\":\"k\",\"version\":\"\","
                   "\"kind\":\"story\",\"publication\":\"\",\"section\":\"\","
                   "\"url\":\"\","
                   "\"language\":\"\",\"headline\":\"h\",\"byline\":\"\","
                   "\"authors\":[",
     "\"c #\",",
     "\"z\"],\"emails\":[],\"dateline\":\"\",\"published\":null,"
     "\"published_from\":\"none\",\"seen\":null,\"captions\":[],"
     "\"body\":[]}\n",
     0, 0},
    {"jsonl.title", 32, "{\"title\":\"", "word ", "{\"title\":\"y\"}]}",
     "\",\"items\":[", "{\"title\":\"a #\"},"},
    /* Ends that are looked for and are not there. */
    {"iptc7901.endless", 128, "", "\001abc# 4 i 211\n\002head =\n  text", "", 0,
     0},
    {"anpa.endless", 64, "", "\026\026\001W#\037\002^a<\nb", "", 0, 0},
    {"agency.blanks", 64, "", "ZCZC\n$a head #\ntext\nNNNN\n", "", "", " "},
    {"sgml.tags", 48, "<DOC>\n<DOCNO> A </DOCNO>\n<TEXT>x</TEXT>", "<TITLEX",
     "", 0, 0},
    {"sgml.records", 24, "", "<DOC>\n<DOCNO> A# </DOCNO>\n</DOC>\n", "", 0, 0},
    {"text.lines", 4, PROSE "\n\n", "a\n", "", 0, 0},
    {"text.blank", 128, PROSE "\n\n", "\n", PROSE, 0, 0},
    {"text.captions", 24, PROSE "\n\n" PROSE "\n\n",
     "The ferry number # is back at its pier again. (AP Photo/Jane Doe)\n\n",
     PROSE, 0, 0},
    {"text.credits", 24, "",
     "a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a "
     "a "
     "a a a a a a a a a a a.\n",
     "a a a a a a a a a a a a a a a a a a a a a a a a a a a a.\n", "",
     "\302\251 \342\200\224\n"},
    /* Depth, and what is the page's own. */
    {"html.annotations", 12, PAGE, "<rt>x", PAGE_END, 0, 0},
    {"html.unmatched", 16, PAGE, "<div></i>", PAGE_END, 0, 0},
    {"html.items", 6, PAGE, "<dd><li>x", PAGE_END, 0, 0},
    {"html.links", 12, PAGE, "<p><a href=x>y</p>", PAGE_END, 0, 0},
    {"html.metas", 32, "<html><head>", "<meta name=a# content=x>",
     "<article><p>" PROSE "</p><p>" PROSE "</p></article></body></html>",
     "</head><body><h1>The ferry sails again</h1>",
     "<div><span>The ferry number # sails again at noon</span></div>"},
    {"html.title", 16, "<html><head><title>", "word ", PAGE_END,
     "</title></head><body>", "<h2>The ferry sails #</h2>"},
    {"html.site", 32,
     "<html><head><title>x</title><meta property=og:site_name content='",
     "word ", PAGE_END, "'></head><body><h1>The ferry sails again</h1>",
     "<a rel=author>Word Word</a><br>"},
    {"html.classes", 24, PAGE "<div class='", "share ", "</div>" PAGE_END, "'>",
     "<div class=ad>" PROSE "</div>"},
    {"html.pictures", 16, PAGE,
     "<figure><img><figcaption>The ferry number #</figcaption></figure>",
     PAGE_END, 0, 0},
    {"html.open", 32, PAGE, "<svg><!--<script>", PAGE_END, 0, 0},
    {"mail.messages", 24, "", MAIL "\nThe text of the story number #\n\n", "",
     0, 0},
    {"mail.attached", 32, MAIL "X-Y: ", "a\n ", "--b--\n",
     "a\nContent-Type: multipart/mixed; boundary=b\n\n--b\n"
     "Content-Type: application/json; name=x.jsonl\n\n",
     "{\"title\":\"a #\"}\n"},
    {"mail.sender", 12,
     "From a@b.example Mon Jan  1 10:00:00 2018\nSubject: A ferry\n"
     "Message-ID: <a@b>\nMIME-Version: 1.0\nFrom: ",
     "wxyz ", ">\n\nText.\n", "<", "xyz"},
    {"mail.parts", 64, MAIL "Content-Type: multipart/mixed; boundary=b\n\n",
     "--bx\n", "--b--\n", 0, 0},
    {"mail.quoted", 32, MAIL "\n", ">From \n", "", 0, 0},
    {"warc.records", 12, "",
     "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 53\r\n\r\n"
     "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>ferry\r\n\r\n",
     "", 0, 0},
};

static void
add_numbered(struct buf *out, const char *unit, int number)
{
    for (const char *at = unit; *at; at++) {
        if (*at == '#')
            buf_printf(out, "%d", number);
        else
            buf_add_byte(out, *at);
    }
}

static void
add_again(struct buf *out, const char *unit, size_t size)
{
    const size_t end = out->size + size;

    for (int number = 0; out->size < end; number++)
        add_numbered(out, unit, number);
}

/* An issue is METS behind its pages, each with its length. */
static void
make_issue(struct buf *text)
{
    static const char page[] =
        "<alto><Layout><Page><TextBlock ID='B'><String CONTENT='hello'/>"
        "</TextBlock></Page></Layout></alto>";
    struct buf issue = BUF_INIT;

    buf_printf(&issue, "NSEARCH-ISSUE\npage %zu 1.xml\n%smets %zu .\n",
               sizeof(page) - 1, page, text->size);
    buf_add(&issue, text->data, text->size);
    buf_swap(text, &issue);
    buf_release(&issue);
}

static void
make(struct buf *text, const struct kind *kind, size_t size)
{
    buf_set_text(text, kind->head);
    add_again(text, kind->first, kind->second ? size / 2 : size);
    if (kind->second) {
        buf_add_text(text, kind->between);
        add_again(text, kind->second, size / 2);
    }
    buf_add_text(text, kind->tail);
    if (strncmp(kind->name, "mets.", 5) == 0)
        make_issue(text);
}

static void
read_text(const char *format, const struct buf *text, int *articles,
          int *errors)
{
    struct reader_options options = {.format = format};
    struct input *input = NULL;
    struct reader *reader = NULL;
    struct article article;
    struct error err = {0};
    bool more = true;

    *articles = *errors = 0;
    article_init(&article);
    if (input_open_memory(&input, text->data, text->size, format, NULL, &err) ||
        reader_open(&reader, input, &options, &err))
        ++*errors;
    while (reader && more) {
        if (reader_next(reader, &article, &more, &err))
            ++*errors;
        else
            *articles += more;
    }
    reader_close(reader);
    input_close(input);
    article_release(&article);
}

void measured(const char *format, const struct buf *text, int *articles,
              int *errors);

/* What is counted: from the bytes to the last article. */
__attribute__((noinline)) void
measured(const char *format, const struct buf *text, int *articles, int *errors)
{
    read_text(format, text, articles, errors);
}

static void
run(const struct kind *kind)
{
    const size_t sizes[] = {0, (size_t)kind->size * KIB,
                            (size_t)kind->size * KIB * TIMES};
    char *format = mem_text(kind->name, strcspn(kind->name, "."));
    struct buf text = BUF_INIT;

    for (size_t i = 0; i < COUNT(sizes); i++) {
        int articles;
        int errors;

        make(&text, kind, sizes[i]);
        if (i == 0) /* tables are made when they are first asked for */
            read_text(format, &text, &articles, &errors);
        measured(format, &text, &articles, &errors);
        printf("%s %zu %d %d\n", kind->name, text.size, articles, errors);
    }
    buf_release(&text);
    free(format);
}

int
main(int argc, char **argv)
{
    json_object_seed(1); /* the same work each time */
    for (size_t i = 0; i < COUNT(kinds); i++) {
        bool wanted = argc < 2;

        for (int k = 1; k < argc; k++)
            wanted =
                wanted || strncmp(kinds[i].name, argv[k], strlen(argv[k])) == 0;
        if (wanted)
            run(&kinds[i]);
    }
    return 0;
}
