/*
 * corpus/mail/mail_sender.h - who sent a message: a person, or a desk.
 *
 *     Ben Everill <ben.everill@cwx.example>     an author
 *     "Everill, Ben" <b@cwx.example>            the same
 *     Coast Wire <desk@cwx.example>             the publication
 *     desk@cwx.example                          likewise, by its address
 */
#ifndef CORPUS_MAIL_SENDER_H
#define CORPUS_MAIL_SENDER_H

#include "corpus/base/piece.h"

struct article;

/* Set publication, and author if the article names none, from a head. */
void mail_sender(struct article *article, struct piece head);

#endif
