#include "query/language/names.h"

const struct query_name query_names[NAME_COUNT] = {
    [ZONE_HEADLINE] = {{"headline", "hd", "title", "ti", "hl", "intitle"},
                       "in the headline"},
    [ZONE_BYLINE] = {{"byline", "by", "author", "au"}, "in the byline"},
    [ZONE_CAPTION] = {{"caption", "cap", "captions", "art", "graphic"},
                      "in a picture's caption"},
    [ZONE_BODY] = {{"body", "text", "content"}, "in the body alone"},
    [ZONE_SOURCE] = {{"source", "src", "publication", "pub", "rst", "sn"},
                     "in this newspaper, agency or site"},
    [ZONE_SECTION] = {{"section", "sec", "se"}, "in this section"},
    [ZONE_DATELINE] = {{"dateline"}, "sent from this place"},
    [ZONE_LEAD] = {{"lead", "lp"}, "in the first two paragraphs"},
    [ZONE_HLEAD] = {{"hlead", "hlp"},
                    "in the headline or the first two paragraphs"},
    [NAME_DATE] = {{"date", "dt"}, "published then"},
    [NAME_YEAR] = {{"year"}, "published in that year"},
    [NAME_SINCE] = {{"since"}, "published then or later"},
    [NAME_UNTIL] = {{"until"}, "published then or earlier"},
    [NAME_AFTER] = {{"after"}, "published later than that"},
    [NAME_BEFORE] = {{"before"}, "published earlier than that"},
    [NAME_LENGTH] = {{"wc", "length", "words"}, "of so many words"},
};
