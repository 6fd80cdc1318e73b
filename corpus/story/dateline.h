/*
 * corpus/story/dateline.h - where a story was filed: "SEOUL, Nov. 1 (Yonhap)
 * --".
 *
 *     SEOUL, Nov. 1 (Yonhap) --    place SEOUL, day Nov. 1, agency Yonhap
 *     FORT HILL, Pa. (AP) _        place FORT HILL, Pa., agency AP
 *     Berlin (dpa) -               place Berlin, agency dpa
 *     (CNN) --                     agency CNN
 *     By then the war -            none: no capitals and no agency
 */
#ifndef CORPUS_DATELINE_H
#define CORPUS_DATELINE_H

#include <stdbool.h>
#include <stddef.h>

struct article;

/* All parts are borrowed from the text; what is absent has size 0. */
struct dateline {
    const char *place;
    size_t place_size;
    const char *day; /* as printed: "Nov. 1" or "Nov. 1, 2018" */
    size_t day_size;
    const char *agency;
    size_t agency_size;
};

/* Take apart the dateline that opens `text`.  Returns its length with the
 * dash and the blank behind it, or 0 if there is none. */
size_t dateline_parse(const char *text, size_t size, struct dateline *dateline);

/* Set the article's dateline from the first paragraph of its body, and the
 * date of publication if there is none yet and the dateline states its
 * year.  The body stays as it is. */
void dateline_to_article(struct article *article);

#endif
