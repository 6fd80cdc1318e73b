/*
 * indexer/ranked/impact.h - writing the ranked index of a segment.
 *
 * FTS5 knows every match but has to look at each of them to find the best
 * ten.  The ranked index holds the same postings with their scores worked
 * out (bm25f.h), and for every block of them the best score in it, so that
 * whole blocks that cannot reach the page are never looked at.  It is built
 * from the token stream that feeds FTS5, and can be dropped and built again.
 *
 *     struct impact *impact = impact_new("/srv/news/seg-000001.runs", 0);
 *
 *     for each article, in order of its number, 1, 2, ...
 *         impact_begin_article(impact, published);
 *         for each of its fields, FIELD_BODY ... FIELD_DATE
 *             impact_begin_field(impact, field);
 *             for each token of the field, in order
 *                 impact_token(impact, term, size, position);
 *     status = impact_end(impact, "/srv/news/seg-000001.rank", NULL, err);
 *     impact_free(impact);
 *
 * All fields are collected, for whoever listens in at the end; only the text
 * fields are in the file.  The reader is indexer/ranked.h.
 *
 * The file
 * --------
 * Inside, articles have ranks: 0 is the newest, number N in SQLite, and N - 1
 * the first.  So of two equal scores the first one met is the newer.  Numbers
 * are little-endian; a varint has seven bits a byte, the lowest first, and
 * the top bit says that more follow.
 *
 *     file        lists  terms  groups  articles  pairs  footer
 *
 *     lists       one for each term, in byte order of the terms
 *     terms       the terms, in groups of 16, spelled from the one before:
 *                   u8 bytes shared, u8 bytes of its own, these bytes,
 *                   varint bytes of its list
 *                 the first of a group shares nothing
 *     groups      for each group  u64 start of its first list
 *                                 u64 its start in terms
 *     articles    for each rank   i64 published, INT64_MIN if undated
 *                                 u32 positions in each text field
 *     footer      "newsrank", u32 IMPACT_VERSION, u32 ANALYSIS_VERSION,
 *                 u64 number of articles, of terms, u64 bytes of lists, of
 *                 terms, u32 bytes of pairs (0: there are none), u32 CRC-32
 *                 of the footer before it
 *
 * A list; B is the number of its blocks of 128 articles, the last may be
 * shorter:
 *
 *     list        varint articles
 *                 varint largest impact
 *                 varint 10th largest     if there are 10 articles or more
 *                 varint 100th largest    ... 100
 *                 varint 1000th largest   ... 1000
 *                 varint bytes of postings
 *                 directory               if B > 1
 *                 postings  places
 *
 *     directory   u32 last rank           B of each, so that looking for a
 *                 u32 start in postings   block reads nothing but last ranks
 *                 u32 start in places     and nothing but maxima
 *                 u16 largest impact
 *
 *     postings    block of 128:
 *                   u8 bits of a gap, u8 bits of an impact, u16 least impact,
 *                   gaps, impacts less the least (bitpack.h)
 *                 shorter block:
 *                   a varint gap each, then a u16 impact each
 *                 a gap is the rank less the rank before, less 1; before the
 *                 first one is rank -1, before a block the last of the
 *                 block before it
 *
 *     places      where in the article the term stands, read for the few
 *                 articles that may still win.  For each block
 *                   u8 k; plus 128 if marks are wide
 *                   u16 (or u32) marks: the bit where posting 16, 32, ...
 *                   begins
 *                   bits, lowest first, for each posting
 *                     its frequency, as its number of bits after the first
 *                     in unary, and these bits
 *                     for each place the distance from the one before, less
 *                     1 (before the first is -1), Rice coded: a quotient in
 *                     unary and k less the bits of the frequency as
 *                     remainder; a quotient of 24 is followed by 32 bits
 *                     that are the distance itself
 *                 unary: as many zeros as the number, then a one
 *
 * Pairs tell of the commonest words, those of an article in 16 or more but no
 * more than 64 of them, which one stands right before which, and in what
 * articles.  A phrase of such words would have to be looked for in very many
 * articles, often for nothing.
 *
 *     pairs       lists   one for each pair that is anywhere, by first word
 *                         and then by second; without places, the impact
 *                         being that of the phrase
 *                 u32     where in lists each begins
 *                 u32     for each first word, pairs of those before it
 *                 bits    for each first word 64, one for each second word
 *                         that follows it anywhere
 *                 u64     for each word, in byte order, where its postings
 *                         begin in the file
 *                 u32 number of words, u32 of pairs, u32 a word that is not
 *                 among them is in no more articles than that
 *
 * Places count through the article: the body's words from 0, and each
 * field begins one place behind the end of the one before, so that no phrase
 * runs from one field into another.
 */
#ifndef INDEXER_IMPACT_H
#define INDEXER_IMPACT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "corpus/base/error.h"
#include "indexer/archive/field.h"

#define IMPACT_VERSION 3

/* The same without pairs, which can still be read. */
#define IMPACT_VERSION_BARE 2

/* What the blocks can count to. */
#define IMPACT_ARTICLES_MAX (1 << 24)

enum {
    IMPACT_BLOCK = 128,
    IMPACT_MARK = 16,
    IMPACT_GROUP = 16,
    IMPACT_QUOTIENT = 24,
    IMPACT_FOOTER_SIZE = 56,
    IMPACT_GROUP_SIZE = 16,
    IMPACT_ARTICLE_SIZE = 8 + 4 * FIELD_TEXT_COUNT,
    IMPACT_DIRECTORY_SIZE = 14,
    IMPACT_FOOTER_PAIRS = 48,
    IMPACT_PAIR_WORDS = 64
};

#define IMPACT_WIDE 128
#define IMPACT_MAGIC "newsrank"

/* An article without a date. */
#define IMPACT_UNDATED INT64_MIN

/* How much impact_new() keeps in memory if it is not told. */
#define IMPACT_MEMORY_DEFAULT ((size_t)256 << 20)

struct impact;

/*
 * Collect up to about `memory` bytes (0: the default); more goes through a
 * file at `runs_path`, which is gone from the folder as soon as it is open.
 */
struct impact *impact_new(const char *runs_path, size_t memory);
void impact_free(struct impact *impact);

/* `published` is in UTC seconds, or IMPACT_UNDATED. */
void impact_begin_article(struct impact *impact, int64_t published);

/* Each of an article's fields at most once, in their order. */
void impact_begin_field(struct impact *impact, enum field field);

/* Positions count from 0 in each field and do not fall; several terms may
 * stand at one, also the same one twice.  `note` (may be NULL) is a token's
 * note on the term. */
void impact_token(struct impact *impact, const char *term, size_t size,
                  uint32_t position, uint32_t *note);

/* Has something failed already?  impact_end() will tell. */
bool impact_failed(const struct impact *impact);

/* The positions of each field in the latest article. */
const uint32_t *impact_lengths(const struct impact *impact);

/* Somebody else who wants the postings: gets each term, in byte order, while
 * they are being written.  impact_parts.h tells what they look like. */
struct merged;
typedef void (*impact_see)(void *context, const struct impact *impact,
                           const struct merged *merged);
struct impact_also {
    impact_see see;
    void *context;
};

/*
 * Write the file; it is not synced.  `also` may be NULL.  Whatever went wrong
 * before is told here. After it only impact_free() makes sense.  STATUS_LIMIT
 * for more than IMPACT_ARTICLES_MAX articles.
 */
enum status impact_end(struct impact *impact, const char *path,
                       const struct impact_also *also, struct error *err);

#endif
