/*
 * corpus/mail/mail_head.h - what stands above the text of a story in a mail.
 *
 *     Headline: Dockers end strike        fields that say what they are,
 *     Slug: STRIKE-HARBOUR                or
 *
 *     STRIKE-HARBOUR                      a slug, a headline and a byline,
 *     Dockers end strike                  told by where they stand
 *     By Marta Ellingsen
 *
 *     PORT HALDEN, March 12 (CWX) -- ...
 */
#ifndef CORPUS_MAIL_HEAD_H
#define CORPUS_MAIL_HEAD_H

struct article;
struct buf;

/*
 * Take the head from the front of `text`, in place, into `article`, whose
 * headline is the mail's subject.  A byline by itself stays in the text, where
 * story_finish() finds it.
 */
void mail_head_take(struct article *article, struct buf *text);

#endif
