/*
 * Which of the commonest words follow which, behind a finished file
 * (ranked_format.h draws it).
 *
 * The lists are read again from the file itself: it has just been written, so
 * it is in memory anyway, and nothing need be kept beside it.  Articles are
 * gone through in order of their docids; of each, a table says which common
 * words stand at each of its places.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <zlib.h>

#include "corpus/base/mem.h"
#include "indexer/ranked/ranked_parts.h"
#include "indexer/ranked/ranked_terms.h"
#include "indexer/ranked/ranked_writer_parts.h"

enum {
    WORDS = RANKED_PAIR_WORDS,
    /* Of fewer articles, places are soon read. */
    ARTICLES_LEAST = 128,
    /* A word in fewer than one of so many is not common. */
    ONE_OF = 16,
    /* About what the pairs of a word take for each of its articles. */
    BYTES_AN_ARTICLE = 8,
    /* What is kept of an article. */
    KEPT_MOST = 4 + 2
};

struct pair_word {
    struct ranked_list list;
    struct ranked_cursor cursor;
    uint32_t next; /* posting of the loaded block */
};

/* The articles of a pair so far: a varint gap and a u16 impact each. */
struct pair {
    struct buf articles;
    uint32_t count;
    uint32_t last; /* docid */
    uint32_t seen; /* index in `here`, if that is of this pair */
};

/* A pair in the present article. */
struct pair_here {
    uint32_t pair;
    uint32_t tf[FIELD_TEXT_COUNT];
};

struct pairs {
    struct ranked *ranked;
    struct ranked_room room;    /* for what is mapped of it */
    const unsigned char *start; /* of the file in memory */
    struct pair_word *word;     /* in the order of their lists */
    size_t words;
    uint32_t least;      /* articles of each, at least */
    size_t memory;       /* about what a pass may use */
    size_t first;        /* the pass is over pairs whose first word is one */
    size_t end;          /* of these */
    struct pair *pair;   /* first * words + second */
    uint64_t *mask;      /* a bit for each word, at each place of the article */
    uint32_t *candidate; /* places of it */
    size_t places;       /* room of both */
    struct pair_here *here;
    size_t heres;
    size_t here_room;
    struct ranked_places found;

    struct lister lister;
    struct buf list;
    struct buf starts;
    struct buf rows;
    struct buf bits;
    uint32_t count; /* of pairs that there are */
    uint64_t size;  /* of their lists */
    FILE *file;
};

/* --- the common words --- */

struct choice {
    uint32_t *articles; /* of each common word */
    size_t words;
    size_t room;
    uint32_t least;
    struct pairs *pairs;
};

static bool
note_common(void *context, const char *term, size_t size, uint32_t articles)
{
    struct choice *choice = context;

    (void)term;
    (void)size;
    if (articles < choice->least)
        return true;
    choice->articles = mem_grow(choice->articles, choice->words, &choice->room,
                                sizeof(*choice->articles));
    choice->articles[choice->words++] = articles;
    return true;
}

static bool
take_common(void *context, const char *term, size_t size, uint32_t articles)
{
    struct choice *choice = context;
    struct pairs *pairs = choice->pairs;
    struct pair_word *word = &pairs->word[pairs->words];

    if (articles < choice->least || pairs->words == WORDS)
        return true;
    if (!ranked_find(pairs->ranked, term, size, &word->list))
        return false;
    ranked_start(&word->cursor, pairs->ranked, &word->list);
    pairs->words++;
    return true;
}

static int
compare_falling(const void *a, const void *b)
{
    uint32_t one = *(const uint32_t *)a;
    uint32_t two = *(const uint32_t *)b;

    return (one < two) - (one > two);
}

static void
choose_words(struct pairs *pairs)
{
    uint32_t articles = ranked_articles(pairs->ranked);
    struct choice choice = {.least = articles / ONE_OF, .pairs = pairs};

    if (choice.least < ARTICLES_LEAST)
        choice.least = ARTICLES_LEAST;
    ranked_words(pairs->ranked, "", 0, note_common, &choice);
    if (choice.words > WORDS) {
        qsort(choice.articles, choice.words, sizeof(*choice.articles),
              compare_falling);
        choice.least = choice.articles[WORDS - 1];
    }
    pairs->least = choice.least;
    if (choice.words)
        ranked_words(pairs->ranked, "", 0, take_common, &choice);
    free(choice.articles);
}

/* --- an article --- */

/* Set the bit of a word wherever it stands in the article. */
static void
mark_word(struct pairs *pairs, size_t w, uint32_t docid)
{
    struct pair_word *word = &pairs->word[w];
    struct ranked_cursor *cursor = &word->cursor;

    if (word->next == cursor->count) {
        uint32_t block = cursor->count ? cursor->block + 1 : 0;

        if (block >= word->list.blocks || !ranked_load(cursor, block))
            return;
        word->next = 0;
    }
    if (cursor->docid[word->next] != docid ||
        !ranked_places(cursor, word->next++, &pairs->found))
        return;
    for (size_t i = 0; i < pairs->found.places; i++)
        if (pairs->found.place[i] < pairs->places)
            pairs->mask[pairs->found.place[i]] |= 1ULL << w;
}

static void
count_pair(struct pairs *pairs, size_t number, size_t field)
{
    struct pair *pair = &pairs->pair[number];

    if (pair->seen >= pairs->heres || pairs->here[pair->seen].pair != number) {
        pairs->here = mem_grow(pairs->here, pairs->heres, &pairs->here_room,
                               sizeof(*pairs->here));
        pair->seen = (uint32_t)pairs->heres++;
        pairs->here[pair->seen] = (struct pair_here){.pair = (uint32_t)number};
    }
    pairs->here[pair->seen].tf[field]++;
}

/* Bits [from, to). */
static uint64_t
span_of_bits(size_t from, size_t to)
{
    uint64_t below = to < 64 ? (1ULL << to) - 1 : UINT64_MAX;

    return below >> from << from;
}

/* Every word at one place with every word at the next. */
static inline void
count_neighbours(struct pairs *pairs, uint64_t one, uint64_t two, size_t field)
{
    for (; one; one &= one - 1) {
        size_t first = (size_t)__builtin_ctzll(one) * pairs->words;

        for (uint64_t left = two; left; left &= left - 1)
            count_pair(pairs, first + (size_t)__builtin_ctzll(left), field);
    }
}

static void
keep_pairs(struct pairs *pairs, uint32_t docid, const uint32_t *length)
{
    struct bm25f_norm norm;

    bm25f_norm_init(&norm, length);
    for (size_t i = 0; i < pairs->heres; i++) {
        struct pair *pair = &pairs->pair[pairs->here[i].pair];
        unsigned impact = bm25f_impact(&norm, pairs->here[i].tf);
        unsigned char *at;
        uint32_t gap = docid - pair->last;

        if (pair->articles.room - pair->articles.size <= KEPT_MOST)
            buf_reserve(&pair->articles, KEPT_MOST);
        at = (unsigned char *)pair->articles.data + pair->articles.size;
        for (; gap >= 0x80; gap >>= 7)
            *at++ = (unsigned char)((gap & 0x7f) | 0x80);
        *at++ = (unsigned char)gap;
        *at++ = (unsigned char)(impact & 0xff);
        *at++ = (unsigned char)(impact >> 8);
        pair->articles.size =
            (size_t)(at - (unsigned char *)pair->articles.data);
        pair->last = docid;
        pair->count++;
    }
}

/* The places that hold a first word before a common one, into `candidate`;
 * nothing jumps, as it could not be guessed where. */
static size_t
find_candidates(struct pairs *pairs, size_t places)
{
    uint64_t firsts = span_of_bits(pairs->first, pairs->end);
    const uint64_t *mask = pairs->mask;
    size_t candidates = 0;

    for (size_t place = 0; place + 1 < places; place++) {
        pairs->candidate[candidates] = (uint32_t)place;
        candidates += ((mask[place] & firsts) != 0) & (mask[place + 1] != 0);
    }
    return candidates;
}

static void
clear_mask(struct pairs *pairs, size_t places)
{
    if (places >= pairs->places) {
        pairs->places = places * 2;
        pairs->mask =
            mem_resize(pairs->mask, pairs->places, sizeof(*pairs->mask));
        pairs->candidate = mem_resize(pairs->candidate, pairs->places,
                                      sizeof(*pairs->candidate));
    }
    memset(pairs->mask, 0, (places + 1) * sizeof(*pairs->mask));
}

static void
see_article(struct pairs *pairs, uint32_t docid)
{
    uint64_t firsts = span_of_bits(pairs->first, pairs->end);
    uint32_t length[FIELD_TEXT_COUNT];
    size_t places = 0;
    size_t candidates;
    size_t field = 0;
    size_t end;

    ranked_lengths(pairs->ranked, docid, length);
    for (size_t i = 0; i < FIELD_TEXT_COUNT; i++)
        places += (size_t)length[i] + 1;
    clear_mask(pairs, places);
    for (size_t w = 0; w < pairs->words; w++)
        mark_word(pairs, w, docid);
    pairs->heres = 0;
    end = length[0];
    candidates = find_candidates(pairs, places);
    for (size_t i = 0; i < candidates; i++) {
        uint32_t place = pairs->candidate[i];

        while (place > end && field + 1 < FIELD_TEXT_COUNT)
            end += (size_t)length[++field] + 1;
        count_neighbours(pairs, pairs->mask[place] & firsts,
                         pairs->mask[place + 1], field);
    }
    keep_pairs(pairs, docid, length);
}

/* --- lists --- */

static void
put_list(struct pairs *pairs, struct pair *pair)
{
    struct lister *lister = &pairs->lister;
    const char *at = pair->articles.data;
    uint32_t docid = 0;

    for (uint32_t i = 0; i < pair->count; i++) {
        docid += ranked_take_varint(&at);
        lister_add_bare(lister, docid, le_u16((const unsigned char *)at));
        at += 2;
    }
    buf_clear(&pairs->list);
    lister_end_bare(lister, &pairs->list);
    ranked_put_u32(&pairs->starts, (uint32_t)pairs->size);
    fwrite(pairs->list.data, 1, pairs->list.size, pairs->file);
    pairs->size += pairs->list.size;
    pairs->count++;
}

static void
put_row(struct pairs *pairs, size_t first)
{
    unsigned char bits[RANKED_PAIR_ROW_SIZE] = {0};

    ranked_put_u32(&pairs->rows, pairs->count);
    for (size_t second = 0; second < pairs->words; second++) {
        struct pair *pair = &pairs->pair[first * pairs->words + second];

        if (!pair->count)
            continue;
        bits[second / 8] |= (unsigned char)(1U << (second % 8));
        put_list(pairs, pair);
        buf_release(&pair->articles);
        pair->count = 0;
    }
    buf_add(&pairs->bits, bits, sizeof(bits));
}

/* As many first words as fit into memory, the others in a later pass. */
static void
choose_pass(struct pairs *pairs)
{
    uint64_t bytes = 0;

    pairs->first = pairs->end;
    while (pairs->end < pairs->words && bytes < pairs->memory) {
        bytes +=
            (uint64_t)pairs->word[pairs->end].list.articles * BYTES_AN_ARTICLE;
        pairs->end++;
    }
}

static void
run_passes(struct pairs *pairs)
{
    uint32_t articles = ranked_articles(pairs->ranked);

    pairs->pair =
        mem_zero(pairs->words * pairs->words + 1, sizeof(*pairs->pair));
    for (size_t i = 0; i < pairs->words * pairs->words; i++)
        pairs->pair[i].articles = BUF_INIT;
    while (pairs->end < pairs->words) {
        choose_pass(pairs);
        for (size_t w = 0; w < pairs->words; w++) {
            ranked_start(&pairs->word[w].cursor, pairs->ranked,
                         &pairs->word[w].list);
            pairs->word[w].next = 0;
        }
        for (uint32_t docid = 0; docid < articles; docid++)
            see_article(pairs, docid);
        for (size_t w = pairs->first; w < pairs->end; w++)
            put_row(pairs, w);
    }
    free(pairs->pair);
}

/* --- the file --- */

/* Behind the lists: what leads to them, and the footer again. */
static void
put_tables(struct pairs *pairs, unsigned char *footer)
{
    unsigned char end[RANKED_PAIRS_END_SIZE];
    struct buf words = BUF_INIT;
    uint64_t size;

    for (size_t i = 0; i < pairs->words; i++)
        ranked_put_u64(&words,
                       (uint64_t)(pairs->word[i].list.postings - pairs->start));
    le_set_u32(end + RANKED_PAIRS_WORDS, (uint32_t)pairs->words);
    le_set_u32(end + RANKED_PAIRS_PAIRS, pairs->count);
    le_set_u32(end + RANKED_PAIRS_ARTICLES, pairs->least);
    fwrite(pairs->starts.data, 1, pairs->starts.size, pairs->file);
    fwrite(pairs->rows.data, 1, pairs->rows.size, pairs->file);
    fwrite(pairs->bits.data, 1, pairs->bits.size, pairs->file);
    fwrite(words.data, 1, words.size, pairs->file);
    fwrite(end, 1, sizeof(end), pairs->file);
    size = pairs->size + pairs->starts.size + pairs->rows.size +
           pairs->bits.size + words.size + sizeof(end);
    le_set_u32(footer + RANKED_FOOTER_PAIRS, (uint32_t)size);
    le_set_u32(footer + RANKED_FOOTER_CRC,
               (uint32_t)crc32_z(0, footer, RANKED_FOOTER_CRC));
    fwrite(footer, 1, RANKED_FOOTER_SIZE, pairs->file);
    buf_release(&words);
}

static enum status
add_pairs(struct pairs *pairs, const char *path, struct error *err)
{
    unsigned char footer[RANKED_FOOTER_SIZE];
    int trouble;

    pairs->start = pairs->ranked->data;
    pairs->room.limit = pairs->memory / RANKED_WINDOW;
    ranked_share(pairs->ranked, &pairs->room);
    choose_words(pairs);
    if (pairs->words < 1)
        return STATUS_OK;
    pairs->file = fopen(path, "r+be");
    if (!pairs->file)
        return error_set(err, status_of_errno(errno),
                         "%s: cannot be written: %s", path, strerror(errno));
    fseek(pairs->file, -(long)RANKED_FOOTER_SIZE, SEEK_END);
    trouble = fread(footer, 1, sizeof(footer), pairs->file) != sizeof(footer);
    fseek(pairs->file, -(long)RANKED_FOOTER_SIZE, SEEK_END);
    run_passes(pairs);
    put_tables(pairs, footer);
    trouble = ferror(pairs->file) || trouble;
    if (fclose(pairs->file) != 0 || trouble)
        return error_set(err, status_of_errno(errno),
                         "%s: cannot be written: %s", path, strerror(errno));
    if (ranked_damaged(pairs->ranked))
        return error_set(err, STATUS_DAMAGED, "%s: cannot be read again", path);
    return STATUS_OK;
}

enum status
ranked_put_pairs(const char *path, uint64_t bytes, size_t memory,
                 struct error *err)
{
    struct pairs *pairs = mem_zero(1, sizeof(*pairs));
    enum status status = ranked_open(&pairs->ranked, path, bytes, err);

    pairs->memory = memory;
    pairs->word = mem_zero(WORDS, sizeof(*pairs->word));
    pairs->list = BUF_INIT;
    pairs->starts = BUF_INIT;
    pairs->rows = BUF_INIT;
    pairs->bits = BUF_INIT;
    lister_init_bare(&pairs->lister);
    if (!status)
        status = add_pairs(pairs, path, err);
    lister_release(&pairs->lister);
    buf_release(&pairs->list);
    buf_release(&pairs->starts);
    buf_release(&pairs->rows);
    buf_release(&pairs->bits);
    ranked_places_release(&pairs->found);
    ranked_close(pairs->ranked);
    free(pairs->word);
    free(pairs->mask);
    free(pairs->candidate);
    free(pairs->here);
    free(pairs);
    return status;
}
