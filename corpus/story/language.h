/*
 * corpus/story/language.h - in which language is a text written?
 *
 * By its script, where only one language of newspapers is written in that;
 * else by the groups of three letters and the words that are common in one
 * language and rare in the others (naive Bayes over language_table.h), as far
 * as a text is long enough to tell:
 *
 *     "The talks failed again because nobody ..."      en, by letters
 *     "회담은 다시 결렬되었다"                          ko, by script
 *     "Opcon 2024"                                     not known
 *
 * Of 1,250 passages of a hundred characters from 160 newspapers' pages in 22
 * languages .98 are answered and .993 of those right, of as many of forty .62
 * and .995, of 1,150 of three hundred .999 and .993; wrong is Zulu that passes
 * for Xhosa, of which neither has a stemmer, and Japanese without kana.  Of
 * 3,200 titles of computer science 840 are too short, and one passes for
 * another language than English.  Debian's libexttextcat has .92 and .97 right
 * of a hundred and three hundred characters in Latin script.  CLD2 has .98 and
 * .995, and is C++ with megabytes of tables that nobody tends.
 */
#ifndef CORPUS_LANGUAGE_H
#define CORPUS_LANGUAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "corpus/story/script.h"

struct language_guess {
    enum script script; /* of most of the letters, or SCRIPT_NONE */
    bool pure;          /* hardly a letter is of another */
    const char *code;   /* ISO 639-1, a literal; NULL: not sure */
    bool by_script;     /* nothing else had to be looked at */
    unsigned letters;   /* of the script, as far as it was looked */
    int margin;         /* how far before the next best, in sixteenths of a
                           nat; of no meaning if it is told by script */
    int fit;            /* how much of it is common in that language, in
                           hundredths of what is usual */
};

/* Look at the beginning of `text`, which is valid UTF-8. */
void language_guess(const char *text, size_t size,
                    struct language_guess *guess);

struct article;

/*
 * Give an article that declares no language the one that it is written in,
 * if that is sure, and one that declares a language that is never written in
 * the script of its text: the template of a page says "en" in Korea, too.
 * Sets `language_from` and the origin; without an answer it is the archive's
 * language that counts.
 */
void language_of_article(struct article *article);

#endif
