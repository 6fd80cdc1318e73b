/*
 * corpus/mail/mail_text.h - the text of a message without what mail programs,
 * lists and lawyers add to it.
 *
 *     The story ...
 *     CWX me/ao                         the agency's sign-off: the end
 *     --                                a signature
 *     Marta Ellingsen, Coast Wire
 *     _______________________           the footer of a list
 *     To unsubscribe ...
 *     On Tuesday Ann Lee wrote:         an older message
 *     > The earlier story ...
 */
#ifndef CORPUS_MAIL_TEXT_H
#define CORPUS_MAIL_TEXT_H

struct buf;

/* Take it out of valid UTF-8 with '\n' at the ends of lines, in place.  An
 * older message that is quoted or forwarded stays if there is nothing else. */
void mail_text_strip(struct buf *text);

/* Take "Re:", "Fwd:" and their like in other languages, and the tags of lists
 * such as "[CWX]", from the front of a subject, in place, unless nothing else
 * is in it. */
void mail_text_subject(struct buf *subject);

#endif
