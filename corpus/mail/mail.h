/*
 * corpus/mail/mail.h - from one message to its article.
 *
 *     Subject        headline, unless the text names one
 *     Date           published, with its zone
 *     Received       seen
 *     Message-ID     key
 *     From           author if a person's name and the text has no byline;
 *                    else the publication, unless Organization names it
 *     text parts     body: of two forms of one text the plain one, unless
 *                    it is a stub
 *
 * Attachments are the caller's.
 */
#ifndef CORPUS_MAIL_H
#define CORPUS_MAIL_H

#include <stdbool.h>

#include "corpus/syntax/mime.h"

struct article;

/* Is the part one of those whose text is the message's own?  Of two forms of
 * one text this says so of the one that is taken.  `chosen` has a flag for
 * each part. */
void mail_choose(const struct mime *mime, bool *chosen);

/* Append the text of a part as UTF-8 with '\n' at the ends of lines. */
void mail_part_text(struct buf *out, const struct mime_part *part);

/* Fill what the headers say into what the article does not have. */
void mail_headers(struct article *article, const struct mime_part *message);

/* Fill `article`, which comes cleared, with the message. */
void mail_article(struct article *article, const struct mime *mime,
                  const bool *chosen);

#endif
