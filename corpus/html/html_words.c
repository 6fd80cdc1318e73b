#include "corpus/html/html_words.h"

#include <stdlib.h>
#include <string.h>

#include "corpus/base/count.h"
#include "corpus/html/html_traits.h"

/* The letter for each trait in the table below. */
static const struct {
    char letter;
    uint32_t trait;
} letters[] = {
    {'A', TRAIT_ARTICLE},    {'B', TRAIT_BODY},    {'D', TRAIT_DEK},
    {'H', TRAIT_HEADLINE},   {'a', TRAIT_ADVERT},  {'b', TRAIT_BYLINE},
    {'c', TRAIT_COMMENTS},   {'d', TRAIT_DATE},    {'e', TRAIT_EMBED},
    {'f', TRAIT_FOOTER},     {'g', TRAIT_FIGURE},  {'i', TRAIT_ASIDE},
    {'l', TRAIT_NEWSLETTER}, {'m', TRAIT_META},    {'n', TRAIT_NAV},
    {'o', TRAIT_BIO},        {'p', TRAIT_CAPTION}, {'q', TRAIT_CREDIT},
    {'r', TRAIT_RELATED},    {'s', TRAIT_SHARE},   {'t', TRAIT_TAGS},
    {'x', TRAIT_HIDDEN},
};

/* A word, a blank, the letters of its traits; sorted by byte.  A word belongs
 * here if templates of several makers use it for the same thing; the names
 * of newspapers do not. */
/* clang-format off */
static const char *const words[] = {
    "abo l", "aboutauthor o", "aboutauthors o", "abouttheauthor o",
    "actions s", "ad a", "adbox a", "adcontainer a", "adcontent a",
    "addthis s", "addtoany s", "adholder a", "adlabel a", "ads a",
    "adsbygoogle a", "adsense a", "adslot a", "adtech a", "adtext a",
    "adunit a", "adv a", "advert a", "advertisement a", "advertisements a",
    "advertising a", "advertorial a", "adverts a", "adwrap a", "adwrapper a",
    "affiliate a", "affiliates a", "alsoread r", "anleitung D", "annonce a",
    "anzeige a", "appdownload l", "appeal l", "article A", "articleauthor b",
    "articlebody B", "articlebodytext B", "articlebyline b",
    "articlecaption p", "articlecontainer A", "articlecontent B",
    "articlecontentbody B", "articlecopy B", "articledate d",
    "articledescription D", "articledetail B", "articleheader m",
    "articleheadline H", "articleinfo m", "articleintro D", "articlelead D",
    "articlelist r", "articlemain B", "articlemeta m", "articlepage A",
    "articleparagraph B", "articlesubtitle D", "articlesummary D",
    "articletags t", "articletext B", "articletime d", "articletitle H",
    "articletools s", "articlewrap B", "artikelinhalt B", "artikeltext B",
    "aside i", "assistivetext x", "audioplayer g", "auteur b",
    "author b", "authorabout o", "authorbio o", "authorblurb o", "authorbox o",
    "authorcard o", "authordesc o", "authordescription o", "authorinfo o",
    "authorlink b", "authorlinks b", "authorname b", "authorprofile o",
    "authors b", "authorsbio o", "authorsname b", "autor b", "autore b",
    "autoren b", "autorinfo o", "bajada D", "banner a", "banners a",
    "bildbeschreibung p", "bildergalerie g", "bildinfo p", "bildlegende p",
    "bildnachweis q", "bildquelle q", "bildtekst p", "bildtext p",
    "bildunterschrift p", "billboard a", "bio o", "biography o", "bios o",
    "bodyarea B", "bodycontent B", "bodycopy B", "bodymain B", "bodytext B",
    "bookmark s", "bookmarks s", "bottombar f", "breadcrumb n",
    "breadcrumbs n", "brightcove g", "bu p", "byauthor b", "byline bm",
    "bylineauthor b", "bylinename b", "bylines b", "calltoaction l",
    "caption p", "captions p", "captiontext p", "cardlist r", "carousel g",
    "categories t", "catlinks t", "chapeau D", "colophon f", "comentarios c",
    "comment c", "commentaires c", "commentarea c", "commentcount c",
    "commentform c", "commentlist c", "comments c", "commentsection c",
    "commercial a", "complementary i", "consent l", "contenido B",
    "contentbody B", "contenttext B", "contribute l", "contributor b",
    "contributors b", "conversation c", "cookie l", "cookies l", "copete D",
    "copyright f", "copyrightholder q", "copyrights q", "coral c", "corps B",
    "corpus B", "credit q", "credits q", "crosslinks r", "crumbs n", "cta l",
    "cuerpo B", "cutline p", "date d", "dateline d", "dateposted d",
    "datepublished d", "dates d", "datestamp d", "datetime d", "datum d",
    "deck D", "dek D", "description D", "detailcontent B", "detailtext B",
    "dfp a", "dialog i", "diaporama g", "didascalia p", "disclaimer f",
    "discussion c", "displaynone x", "disqus c", "disqusrecommendations r",
    "dnone x", "donate l", "donation l", "donations l", "dontmiss r",
    "dropdown i", "emailsignup l", "emailthis s", "embed e", "embedded e",
    "empfehlungen r", "entradilla D", "entryauthor b", "entrycontent B",
    "entrydate d", "entryheader m", "entrymeta m", "entrytags t",
    "entrytitle H", "etiquetas t", "excerpt D", "facebook s",
    "facebookcomments c", "fact i", "factbox i", "fbcomments c", "fbpost e",
    "fbvideo e", "fecha d", "figcaption p", "figure g", "flipboard s",
    "follow s", "followus s", "foot f", "footer f", "forum c", "fotocaption p",
    "fotocredit q", "fotograf q", "fullarticle A", "fullstory B", "fulltext B",
    "further r", "furtherreading r", "galerie g", "galleries g", "gallery g",
    "gdpr l", "globalnav n", "googlead a", "gpt a", "hamburger n",
    "headline H", "headlinemain H", "headlines r", "headlinetext H",
    "hentry A", "hidden x", "hide x", "hyvor c", "imageblock g",
    "imagecaption p", "imagecredit q", "imagecredits q", "imagedescription p",
    "imagegallery g", "imageinfo p", "imagelegend p", "imagesource q",
    "imagesubtitle p", "imagetitle p", "imgcaption p", "imgcredit q",
    "imgdesc p", "imginfo p", "impressum f", "imprint f", "infobox i",
    "infoline m", "ingress D", "inlineimage g", "inlinepromo r",
    "inlinevideo g", "instagram e", "instagrammedia e", "interlinking r",
    "internallink r", "internallinks r", "intro D", "introduction D",
    "introtext D", "invisible x", "journalist b", "jp s", "jwplayer g",
    "keyword t", "keywords t", "kommentar c", "kommentare c", "labels t",
    "lastupdated d", "latest r", "latestnews r", "lead D", "leaderboard a",
    "leadtext D", "lede D", "legal f", "legend p", "legende p", "leyenda p",
    "ligatus r", "lightbox g", "linkbox r", "linkedin s", "linklist r",
    "lireaussi r", "livefyre c", "login l", "mailchimp l", "mailinglist l",
    "mainarticle A", "maincontent B", "marginale i", "marketing l",
    "masthead n", "mediacaption p", "mediadesc p", "mediadescription p",
    "mediainfo p", "mediaplayer g", "mediasubtitle p", "mediasubtitletext p",
    "mediatext p", "megamenu n", "membership l", "menu n", "meta m",
    "metadata m", "metainfo m", "modal i", "module i", "morefrom r",
    "morelinks r", "morenews r", "moreon r", "morestories r", "mostpopular r",
    "mostread r", "mostviewed r", "mpu a", "nav n", "navbar n", "navi n",
    "navigation n", "navlinks n", "newsbody B", "newscontent B", "newsdate d",
    "newsdetail B", "newsletter l", "newsletters l", "newslettersignup l",
    "newslist r", "newstext B", "newstitle H", "nextup r", "nl l",
    "noscreen x", "notatexto B", "nrelate r", "oembed e", "offscreen x",
    "openweb c", "optin l", "outbrain r", "overlay i", "pagecontent B",
    "pagenav n", "pager n", "pagetitle H", "pagetools s", "pagination n",
    "paging n", "photobox g", "photoby q", "photocaption p", "photocredit q",
    "photodesc p", "photodescription p", "photogallery g", "photographer q",
    "photographercredit q", "photoinfo p", "photosource q", "phototext p",
    "piccredit q", "pictext p", "picture g", "piedefoto p", "pinterest s",
    "player g", "plista r", "podpis p", "poll i", "polls i", "popular r",
    "popup i", "post A", "postauthor b", "postbody B", "postcontent B",
    "postdate d", "postedon d", "postinfo m", "postlist r", "postmeta m",
    "postnavigation n", "posttags t", "posttext B", "posttime d",
    "posttitle H", "preamble D", "print s", "printer s", "printfriendly s",
    "printonly x", "promo r", "promobox r", "promos r", "promoted a", 
    "pubdate d", "publication d", "publicationdate d", "publicidad a",
    "publicite a", "publishdate d", "published d", "publishtime d",
    "pubtime d", "pullquote i", "pushed r", "quiz i", "rail r", "readalso r",
     "readmore r", "readmorelinks r", "readnext r", "recirc r",
    "recirculation r", "recommendation r", "recommendations r",
    "recommended r", "recommends r", "redakteur b", "reddit s", "register l",
    "registration l", "regwall l", "reklam a", "reklama a", "related r",
    "relatedarticle r", "relatedarticles r", "relatedcontent r",
    "relateditems r", "relatedlink r", "relatedlinks r", "relatednews r",
    "relatedpost r", "relatedposts r", "relatedstories r", "relatedstory r",
    "replies c", "reply c", "reporter b", "respond c", "richtext B",
    "rightcol i", "rightcolumn i", "rightrail r", "rte B", "sapo D",
    "schlagworte t", "screenreader x", "screenreadertext x", "secondary i",
    "seealso r", "share s", "sharebar s", "sharebox s", "sharebutton s",
    "sharebuttons s", "sharedaddy s", "shareline s", "sharelinks s",
    "shares s", "sharethis s", "sharetools s", "shariff s", "sharing s",
    "sidebar i", "sidebars i", "sidecol i", "sidecolumn i", "signin l",
    "signup l", "similar r", "singlecontent B", "singlepost A", "sitemap n",
    "sitenav n", "skip n", "skiplink n", "skribent b", "skyscraper a",
    "slide g", "slider g", "slides g", "slideshow g", "social s",
    "socialbar s", "socialbuttons s", "socialmedia s", "socials s",
    "socialshare s", "sommario D", "sottotitolo D", "sourceline m",
    "sponsor a", "sponsored a", "sponsors a", "sponsorship a", "spotim c",
    "sronly x", "srtext x", "standfirst D", "story A", "storybody B",
    "storybyline b", "storycontainer A", "storycontent B", "storycopy B",
    "storydate d", "storydetail B", "storyheadline H", "storylinks r",
    "storylist r", "storymeta m", "storyparagraph B", "storysummary D",
    "storytext B", "storytitle H", "storytools s", "strapline D", "subhead D",
    "subheading D", "subheadline D", "submenu n", "subnav n", "subscribe l",
    "subscribenow l", "subscriber l", "subscription l", "subscriptions l",
    "subtitle D", "suggested r", "suggestions r", "summary D", "supportus l",
    "swiper g", "synopsis D", "taboola r", "tag t", "tagcloud t", "taglist t",
    "tags t", "tagslist t", "talkback c", "tdpostcontent B", "teaser r",
    "teaserlist r", "teasers r", "teasertext D", "textbody B",
    "textoarticulo B", "texttoscroll B", "thema r", "tieneinteres r",
    "tiktok e", "time d", "timestamp d", "titel H", "title H", "titre H",
    "titulo H", "toolbar n", "toolbox s", "tools s", "tooltip i", "topbar n",
    "topic t", "topiclist t", "topics t", "toplinks r", "topnews r",
    "topstories r", "trending r", "tumblr s", "tweet e", "twitter e",
    "twittertweet e", "umfrage i", "unterzeile D", "updated d", "upnext r",
    "vcard b", "verfasser b", "verwandt r", "vh x", "viafoura c", "videojs g",
    "videoplayer g", "videowrapper g", "visuallyhidden x", "visuallyhide x",
    "vorspann D", "voting i", "weiterlesen r", "werbung a", "whatsapp s",
    "widget i", "widgets i", "wpcaption g", "wpcaptiontext p", "writer b",
    "writerbio o", "writers b", "yarpp r", "youmaylike r", "youmightlike r",
    "youtube e", "zergnet r", "zntext B", "ähnliche r",
};
/* clang-format on */

static int
compare(const void *key, const void *row)
{
    const char *const *entry = row;
    const size_t size = strlen(key);
    const int order = strncmp(key, *entry, size);

    return order ? order : -((*entry)[size] != ' ');
}

uint32_t
html_word_traits(const char *word)
{
    const char *const *found =
        bsearch(word, words, COUNT(words), sizeof(words[0]), compare);
    uint32_t traits = 0;

    if (!found)
        return 0;
    for (const char *at = *found + strlen(word) + 1; *at; at++) {
        for (size_t i = 0; i < COUNT(letters); i++) {
            if (letters[i].letter == *at)
                traits |= letters[i].trait;
        }
    }
    return traits;
}
