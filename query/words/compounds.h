/*
 * query/words/compounds.h - words that are written as one with others.
 *
 * German, Dutch, the Scandinavian languages, Finnish and Hungarian write
 * "Steuerreform", and who types "Steuer" or "Reform" wants it too.  What is a
 * compound is known from the archive itself: a word of its vocabulary is one
 * if what is left of it without the word that was typed, and without what the
 * language puts between the parts, is a word that articles have, or two.
 *
 *     Steuer       Steuerreform        steuer + reform
 *     Arbeit       Arbeitsmarkt        arbeit + s + markt
 *     Kammer       Handwerkskammern    handwerk + s + kammern
 *     Verwaltung   not Verwaltungen    "en" is no word
 *     Gang         not Ausgang         "aus" makes no compounds
 *
 * Nothing of it is in the index, so it costs those who ask for such a word,
 * and no one else.
 */
#ifndef QUERY_COMPOUNDS_H
#define QUERY_COMPOUNDS_H

#include <stdbool.h>

#include "corpus/base/error.h"
#include "query/archive/archive.h"
#include "query/words/leaf.h"

/* A word that stands in more compounds than this finds the most frequent. */
#define COMPOUNDS_MAX 64

/* Give each leaf that is one plain word a reading for each of the compounds
 * that it is a part of.  Their own readings have been weighed before. */
enum status compounds_add_readings(struct archive *archive,
                                   struct leaves *leaves, struct error *err);

/*
 * Is `word` a compound of `part` in this language?  Both are folded, as people
 * type them; `known` is asked for the stems of the other parts, "markt:de".
 */
typedef bool (*compounds_known)(void *context, const char *term);
bool compounds_has_part(struct analyzer *analyzer, const char *language,
                        const char *word, const char *part,
                        compounds_known known, void *context);

/* Is it a language that writes compounds as one word? */
bool compounds_in(const char *language);

#endif
