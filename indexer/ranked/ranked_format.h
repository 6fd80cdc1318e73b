/*
 * indexer/ranked/ranked_format.h - the file of a ranked index, as it is
 * written and read.
 *
 * Inside, articles have docids: 0 is the newest, id N in SQLite, and N - 1 the
 * first.  So of two equal scores the first one met is the newer.  Numbers
 * are little-endian; a varint has seven bits a byte, the lowest first, and
 * the top bit says that more follow.
 *
 *     file        lists  terms  forms  groups  sentences  articles  pairs
 *                 sums  footer
 *
 *     lists       one for each term, in byte order of the terms
 *     terms       the terms, in groups of 16, spelled from the one before:
 *                   u8 bytes shared, u8 bytes of its own, these bytes,
 *                   varint bytes of its list
 *                 the first of a group shares nothing
 *     forms       for each term the ways in which it is written, the commonest
 *                 first: the word, folded but not stemmed, unless it is that
 *                 of the form before; u8 1 + how it is written (below)
 *                 a term ends with a 0
 *     groups      for each group  u64 start of its first list
 *                                 u64 its start in terms
 *                                 u64 its start in forms
 *     sentences   for each 16 docids, u64 where these begin behind all of
 *                 these numbers; for each docid, varint bytes of what follows,
 *                 and for each place where a sentence begins that is not the
 *                 first of a field:
 *                   varint distance from the one before (from 0), twice, plus
 *                   1 if a paragraph begins, too
 *     articles    for each docid  i64 published, INT64_MIN if undated
 *                                 u32 positions in each text field
 *                                 u32 place behind the second paragraph of the
 *                                 body, UINT32_MAX if there is no third
 *     sums        for each page of 4096 bytes before them, u32, the low half of
 *                 its XXH3 (xxHash); the last page may be shorter
 *     footer      "newsrank", u32 RANKED_VERSION, u32 ANALYSIS_VERSION,
 *                 u64 number of articles, of terms, u64 bytes of lists, of
 *                 terms, of forms, of sentences, u64 positions in each text
 *                 field in all, u32 bytes of pairs (0: there are none), u32
 *                 bytes of sums (0: while the file is made), u32 CRC-32 of the
 *                 footer before it
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
 *                 varint number of forms
 *                 directory               if B > 1
 *                 postings  places
 *
 *     directory   u32 last docid          B of each, so that looking for a
 *                 u32 start in postings   block reads nothing but last docids
 *                 u32 start in places     and nothing but maxima
 *                 u16 largest impact
 *
 *     postings    block of 128:
 *                   u8 bits of a gap, u8 bits of an impact, u16 least impact,
 *                   gaps, impacts less the least (bitpack.h)
 *                 shorter block:
 *                   a varint gap each, then a u16 impact each
 *                 a gap is the docid less the docid before, less 1; before the
 *                 first one is docid -1, before a block the last of the
 *                 block before it
 *
 *     places      where in the article the term stands, read for the few
 *                 articles that may still win.  For each block
 *                   u8 k; plus 128 if marks are wide; plus 64 if an article
 *                   has another form than the commonest
 *                   u16 (or u32) marks: the bit where posting 16, 32, ...
 *                   begins
 *                   if plus 64: a bit for each posting, 1 if its article has
 *                   another form, in whole bytes
 *                   bits, lowest first, for each posting
 *                     its frequency, as its number of bits after the first
 *                     in unary, and these bits
 *                     for each place the distance from the one before, less
 *                     1 (before the first is -1), Rice coded: a quotient in
 *                     unary and k less the bits of the frequency as
 *                     remainder; a quotient of 24 is followed by 32 bits
 *                     that are the distance itself
 *                     if it has another form, for each place the number of
 *                     its form, in unary; 12 is followed by 24 bits that are
 *                     the number itself
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
 *
 * Whoever changes it, or what an impact means (bm25f.h), raises
 * RANKED_VERSION.
 */
#ifndef INDEXER_RANKED_FORMAT_H
#define INDEXER_RANKED_FORMAT_H

#include <stdint.h>

#include "indexer/archive/field.h"

#define RANKED_MAGIC "newsrank"

#define RANKED_VERSION 4

/* What the blocks can count to. */
#define RANKED_ARTICLES_MAX (1 << 24)

/* An article without a date. */
#define RANKED_UNDATED INT64_MIN

/* Which of a list's impacts stand at its head, after the largest: the 10th
 * largest, ... */
#define RANKED_KTH 10, 100, 1000

/* How a word is written; the number of a form's is one of these, plus
 * RANKED_TWIN if the term is the twin of a word in capitals. */
enum ranked_letters {
    RANKED_SMALL,
    RANKED_CAPITAL,  /* the first one */
    RANKED_CAPITALS, /* all, of two or more */
    RANKED_TWIN,
    RANKED_LETTERS = 2 * RANKED_TWIN
};

enum {
    RANKED_PAGE = 4096,
    RANKED_BLOCK = 128,
    RANKED_MARK = 16,
    RANKED_WIDE = 128,
    RANKED_FORMED = 64,
    RANKED_QUOTIENT = 24,
    RANKED_FORM_LONG = 12,
    RANKED_FORM_BITS = 24,
    RANKED_GROUP = 16,
    RANKED_GROUP_LIST = 0, /* where in what is kept of a group */
    RANKED_GROUP_TERMS = 8,
    RANKED_GROUP_FORMS = 16,
    RANKED_GROUP_SIZE = 24,
    RANKED_SENTENCES = 16, /* articles that are found together */
    RANKED_ARTICLE_LENGTHS = 8,
    RANKED_ARTICLE_LEAD = RANKED_ARTICLE_LENGTHS + 4 * FIELD_TEXT_COUNT,
    RANKED_ARTICLE_SIZE = RANKED_ARTICLE_LEAD + 4
};

/* The columns of a directory: bytes a block of those before each. */
enum {
    RANKED_DIRECTORY_LAST = 0,
    RANKED_DIRECTORY_POSTINGS = 4,
    RANKED_DIRECTORY_PLACES = 8,
    RANKED_DIRECTORY_MOST = 12,
    RANKED_DIRECTORY_SIZE = 14
};

/* Where in the footer. */
enum {
    RANKED_FOOTER_VERSION = sizeof(RANKED_MAGIC) - 1,
    RANKED_FOOTER_ANALYSIS = 12,
    RANKED_FOOTER_ARTICLES = 16,
    RANKED_FOOTER_TERMS = 24,
    RANKED_FOOTER_LISTS = 32,
    RANKED_FOOTER_DICTIONARY = 40,
    RANKED_FOOTER_FORMS = 48,
    RANKED_FOOTER_SENTENCES = 56,
    RANKED_FOOTER_TOTALS = 64,
    RANKED_FOOTER_PAIRS = RANKED_FOOTER_TOTALS + 8 * FIELD_TEXT_COUNT,
    RANKED_FOOTER_SUMS = RANKED_FOOTER_PAIRS + 4,
    RANKED_FOOTER_CRC = RANKED_FOOTER_SUMS + 4,
    RANKED_FOOTER_SIZE = RANKED_FOOTER_CRC + 4
};

/* Pairs, and where in the numbers at their end. */
enum {
    RANKED_PAIR_WORDS = 64,
    RANKED_PAIR_ROW_SIZE = RANKED_PAIR_WORDS / 8,
    RANKED_PAIRS_WORDS = 0,
    RANKED_PAIRS_PAIRS = 4,
    RANKED_PAIRS_ARTICLES = 8,
    RANKED_PAIRS_END_SIZE = 12
};

#endif
