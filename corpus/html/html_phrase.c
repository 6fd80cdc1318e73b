#include <string.h>
#include <strings.h>

#include "corpus/base/count.h"
#include "corpus/html/html_page.h"

/*
 * Lines that speak of the site instead of the story, whatever their element
 * is called.  A phrase counts at the start of a block that is no longer than
 * its row says: real paragraphs may begin with "Follow" too.
 */

enum {
    LINE = 60,      /* a label */
    SENTENCE = 160, /* an invitation */
    PARAGRAPH = 320 /* an invitation with reasons */
};

static const struct {
    const char *phrase;
    unsigned most;
} phrases[] = {
    {"advertisement", LINE},
    {"- advertisement", LINE},
    {"advert", LINE},
    {"article continues below", LINE},
    {"story continues below", LINE},
    {"continue reading below", LINE},
    {"scroll down", LINE},
    {"anzeige", LINE},
    {"werbung", LINE},
    {"publicidad", LINE},
    {"publicité", LINE},
    {"pubblicità", LINE},
    {"reklama", LINE},
    {"loading...", LINE},
    {"image 1 of", LINE},
    {"share this", LINE},
    {"share on", LINE},
    {"share:", LINE},
    {"tweet this", LINE},
    {"print this", LINE},
    {"email this", LINE},
    {"copy link", LINE},
    {"don't miss", LINE},
    {"trending", LINE},
    {"most read", LINE},
    {"most popular", LINE},
    {"related:", SENTENCE},
    {"related article", SENTENCE},
    {"related stor", SENTENCE},
    {"related content", SENTENCE},
    {"related topics", SENTENCE},
    {"read more", SENTENCE},
    {"read also", SENTENCE},
    {"also read", SENTENCE},
    {"read next", SENTENCE},
    {"see also", SENTENCE},
    {"more:", SENTENCE},
    {"recommended for you", LINE},
    {"you may also like", LINE},
    {"you might also like", LINE},
    {"what to read next", LINE},
    {"more from", LINE},
    {"more on this", LINE},
    {"watch:", SENTENCE},
    {"lesen sie auch", SENTENCE},
    {"lesen sie hier", SENTENCE},
    {"mehr zum thema", SENTENCE},
    {"zum thema", LINE},
    {"auch interessant", SENTENCE},
    {"lire aussi", SENTENCE},
    {"à lire aussi", SENTENCE},
    {"lea también", SENTENCE},
    {"lee también", SENTENCE},
    {"leia também", SENTENCE},
    {"leggi anche", SENTENCE},
    {"lees ook", SENTENCE},
    {"les også", SENTENCE},
    {"läs också", SENTENCE},
    {"czytaj także", SENTENCE},
    {"czytaj też", SENTENCE},
    {"zobacz także", SENTENCE},
    {"zobacz też", SENTENCE},
    {"subscribe to", PARAGRAPH},
    {"subscribe now", PARAGRAPH},
    {"subscribe today", PARAGRAPH},
    {"sign up for", PARAGRAPH},
    {"sign up to", PARAGRAPH},
    {"sign up here", PARAGRAPH},
    {"get the latest", SENTENCE},
    {"get our", SENTENCE},
    {"follow us", SENTENCE},
    {"follow me on", SENTENCE},
    {"follow him on", SENTENCE},
    {"follow her on", SENTENCE},
    {"follow them on", SENTENCE},
    {"follow @", LINE},
    {"like us on", SENTENCE},
    {"join us on", SENTENCE},
    {"join our", SENTENCE},
    {"join the conversation", SENTENCE},
    {"have a tip?", PARAGRAPH},
    {"got a tip?", PARAGRAPH},
    {"do you have a story", PARAGRAPH},
    {"download our app", SENTENCE},
    {"download the app", SENTENCE},
    {"click here to", SENTENCE},
    {"tap here to", SENTENCE},
    {"support our", SENTENCE},
    {"tell us what you think", SENTENCE},
    {"what do you think?", LINE},
    {"leave a comment", LINE},
    {"leave a reply", LINE},
    {"post a comment", LINE},
    {"comments are closed", SENTENCE},
    {"no comments", LINE},
    {"this article was originally published", SENTENCE},
    {"this story originally appeared", SENTENCE},
    {"copyright ©", SENTENCE},
    {"© ", SENTENCE},
    {"all rights reserved", SENTENCE},
    {"updated at", LINE},
    {"last updated", LINE},
    {"estimated reading time", LINE},
    {"reading time", LINE},
    {"lesezeit", LINE},
    {"tags:", SENTENCE},
    {"topics:", SENTENCE},
    {"filed under", SENTENCE},
    {"posted in", SENTENCE},
    {"newsletter", LINE},
};

bool
html_is_phrase(const char *text, size_t size)
{
    for (size_t i = 0; i < COUNT(phrases); i++) {
        const size_t length = strlen(phrases[i].phrase);

        if (size <= phrases[i].most && size >= length &&
            !strncasecmp(text, phrases[i].phrase, length))
            return true;
    }
    return false;
}
