/* For memmem(3). */
#define _GNU_SOURCE

#include "query/words/compounds.h"

#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "corpus/base/count.h"
#include "corpus/base/mem.h"
#include "indexer/segment/vocabulary.h"
#include "query/spelling/candidates.h"
#include "query/words/stop_words.h"

/*
 * What each language puts between two parts, and what stands before or behind
 * a word and makes no compound of it; folded, a blank around each.  Shorter
 * ones than PART_LEAST need not be here.
 */
struct language {
    char code[3];
    size_t last; /* characters that a last part has at least */
    size_t ends; /* bytes that a word may have beyond its stem: behind them
                    its root may be another */
    const char *links;
    const char *before;
    const char *behind;
    const char *bare; /* the same, if nothing binds them */
};

static const struct language languages[] = {
    {"de", 4, 6, " s n e en er es ens ",
     " auseinander ausser dagegen daran darauf daruber davon dazu durch "
     "einander "
     "entgegen fehl fort gegen gegenuber heraus herein herum heruber herunter "
     "hervor hinaus hinein hinter hinunter hinweg inner miss mittel nach neben "
     "nieder ober uber unter voraus vorbei voruber weiter wider wieder zuruck "
     "zusammen zwischen ",
     " bare baren barer barkeit chen fach fache fachen haft hafte haften heit "
     "heiten keit keiten lein lich liche lichen licher liches ling linge "
     "lings losig losigkeit mals maszen same samen sames schaft schaften "
     "seits tum turn ungen warts weise iert ierte ieren ische ischen ischer "
     "isches ",
     " ende enden ender endem endes "},
    {"nl", 4, 6, " s e en er ",
     " achter binnen boven buiten door mede neer onder over samen tegen terug "
     "tussen vast voor voort weder weer ",
     " achtig baar bare heden heid ingen isch ische loos loze lijk lijke lijks "
     "schap schappen tjes zaam zame eerd eerde eren ",
     " ende enden "},
    {"sv", 4, 6, " s e o u a ",
     " efter emot fram fore forbi genom inom mellan mot over till under upp "
     "utan vidare ater ",
     " aktig aktiga bara heten heter artad iska isko liga ling lingar ning "
     "ningen ningar else elsen elser aren arna erna orna ring skap skapen "
     "samma ",
     " ande ende "},
    {"da", 4, 6, " s e ",
     " bort efter frem genem gennem igen imod inden mellem over samme tilbage "
     "uden under ",
     " agtig agtige bare erne heden heder lige ling linge ninger ningen else "
     "elsen elser iske ring skab skaber somme ting ",
     " ende "},
    {"no", 4, 6, " s e ",
     " bort etter fram frem gjennom igjen imot innen mellom over tilbake uten "
     "under ",
     " aktig aktige bare erne heten heter lige ling linger ninger ningen else "
     "elsen elser iske ring skap skapet somme ting ",
     " ende "},
    {"fi", 5, 2, " n s ", " alas ylos esiin takaisin ",
     " lainen laiset lisen minen miset iseen mainen uuden uutta ", " "},
    {"hu", 5, 6, " ",
     " alatt altal ellen felul koze kozott vegig vissza ossze tovabb ",
     " sagok segek sagot seget telen talan ", " "},
};

/* Characters of the parts.  Shorter ones stand in anything by chance. */
enum {
    PART_LEAST = 4,
    LOOK_EVERY = 512
};

static const struct language *
language_of(const char *code)
{
    for (size_t i = 0; i < COUNT(languages); i++)
        if (strcmp(languages[i].code, code) == 0)
            return &languages[i];
    return NULL;
}

bool
compounds_in(const char *language)
{
    return language_of(language) != NULL;
}

/* Characters of a folded text. */
static size_t
characters(const char *text, size_t size)
{
    size_t count = 0;

    for (size_t i = 0; i < size; i++)
        count += ((unsigned char)text[i] & 0xc0) != 0x80;
    return count;
}

static bool
is_in(const char *list, const char *text, size_t size)
{
    char word[TERM_SIZE_MAX + 3];

    if (size > TERM_SIZE_MAX)
        return false;
    word[0] = ' ';
    memcpy(word + 1, text, size);
    word[size + 1] = ' ';
    word[size + 2] = '\0';
    return strstr(list, word);
}

/* --- splitting --- */

struct splitting {
    struct analyzer *analyzer;
    const struct language *language;
    compounds_known known;
    void *context;
    char part[TERM_SIZE_MAX + 1]; /* as it was typed */
    size_t part_size;
    char stem[TERM_SIZE_MAX + 1]; /* of it, without its mark */
    size_t stem_size;
    bool as_typed;          /* the stem is too short to be looked for */
    struct query_word word; /* room to work in */
};

/* The stem of a word, with its mark; NULL if it has none. */
static const char *
stem_of(struct splitting *splitting, const char *text, size_t size)
{
    struct query_word *word = &splitting->word;

    analysis_query(splitting->analyzer, splitting->language->code, text, size,
                   word);
    return word->readings && word->reading[0].terms == 1 ? word->term[0].term
                                                         : NULL;
}

static bool
is_word(struct splitting *splitting, const char *text, size_t size)
{
    const char *term;
    char word[TERM_SIZE_MAX + 1];

    if (size > TERM_SIZE_MAX)
        return false;
    memcpy(word, text, size);
    word[size] = '\0';
    if (is_stop_word(splitting->language->code, word))
        return false;
    term = stem_of(splitting, text, size);
    return term &&
           characters(term, term_unmarked(term, strlen(term))) + 1 >=
               PART_LEAST + (characters(text, size) <= PART_LEAST) &&
           splitting->known(splitting->context, term);
}

/* The next link of a list, and its length; NULL at the end. */
static const char *
next_link(const char *link, size_t *length)
{
    link += *length + 1;
    *length = strcspn(link, " ");
    return *length ? link : NULL;
}

/* Is it what a compound can begin with, with or without what binds it? */
static bool
is_first_part(struct splitting *splitting, const char *text, size_t size)
{
    const char *before = splitting->language->before;
    const char *link = splitting->language->links;
    size_t length = 0;

    if (is_in(before, text, size))
        return false;
    if (is_word(splitting, text, size))
        return true;
    while ((link = next_link(link, &length)))
        if (size > length && memcmp(text + size - length, link, length) == 0 &&
            !is_in(before, text, size - length) &&
            is_word(splitting, text, size - length))
            return true;
    return false;
}

/* What a compound can end with. */
static bool
is_last_part(struct splitting *splitting, const char *text, size_t size)
{
    return characters(text, size) >= splitting->language->last &&
           !is_in(splitting->language->behind, text, size) &&
           is_word(splitting, text, size);
}

/* One word, or two. */
static bool
is_rest(struct splitting *splitting, const char *text, size_t size)
{

    if (is_last_part(splitting, text, size))
        return true;
    for (size_t at = PART_LEAST; at + PART_LEAST <= size; at++)
        if (((unsigned char)text[at] & 0xc0) != 0x80 &&
            is_last_part(splitting, text + at, size - at) &&
            is_first_part(splitting, text, at))
            return true;
    return false;
}

/* What stands behind the part, with what binds them or without. */
static bool
goes_on(struct splitting *splitting, const char *rest, size_t size)
{
    const char *link = splitting->language->links;
    size_t length = 0;

    if (!is_in(splitting->language->bare, rest, size) &&
        is_rest(splitting, rest, size))
        return true;
    while ((link = next_link(link, &length)))
        if (size > length && memcmp(rest, link, length) == 0 &&
            is_rest(splitting, rest + length, size - length))
            return true;
    return false;
}

/* "Schule" is "schul" in "Schulreform": a stem takes the place of the word if
 * what it lacks is what may bind parts. */
static bool
begins_with_part(struct splitting *splitting, const char *word, size_t size)
{
    size_t part = splitting->part_size;
    size_t stem = splitting->stem_size;

    if (size > part && memcmp(word, splitting->part, part) == 0 &&
        goes_on(splitting, word + part, size - part))
        return true;
    return stem < part &&
           is_in(splitting->language->links, splitting->part + stem,
                 part - stem) &&
           size > stem && memcmp(word, splitting->stem, stem) == 0 &&
           goes_on(splitting, word + stem, size - stem);
}

/* What binds the first part, `first` bytes of `text`, may as well be a letter
 * of a longer word behind it: "tekststreng" is no "treng". */
static bool
is_of_longer(struct splitting *splitting, const char *text, size_t size,
             size_t first)
{
    const char *link = splitting->language->links;
    size_t length = 0;

    while ((link = next_link(link, &length)))
        if (first > length &&
            memcmp(text + first - length, link, length) == 0 &&
            is_word(splitting, text, first - length) &&
            is_word(splitting, text + first - length, size - first + length))
            return true;
    return false;
}

/* The part ends the compound, in whatever form. */
static bool
ends_with_part(struct splitting *splitting, const char *word, size_t size)
{
    char text[TERM_SIZE_MAX + 1];
    size_t stem = splitting->stem_size;
    const char *term =
        splitting->as_typed ? word : stem_of(splitting, word, size);
    size_t whole = size;

    if (!splitting->as_typed)
        whole = term ? term_unmarked(term, strlen(term)) : 0;
    if (whole <= stem ||
        memcmp(term + whole - stem, splitting->stem, stem) != 0 ||
        is_in(splitting->language->behind, splitting->stem, stem) ||
        is_in(splitting->language->bare, splitting->part,
              splitting->part_size) ||
        splitting->part_size > stem + splitting->language->ends)
        return false;
    memcpy(text, term, whole);
    return is_first_part(splitting, text, whole - stem) &&
           !is_of_longer(splitting, text, whole, whole - stem);
}

/* ... or stands between two others. */
static bool
is_inside(struct splitting *splitting, const char *word, size_t size)
{
    const char *at = word + PART_LEAST;
    const char *end = word + size;

    while (at < end && (at = memmem(at, (size_t)(end - at), splitting->part,
                                    splitting->part_size))) {
        const char *rest = at + splitting->part_size;

        if (rest < end && is_first_part(splitting, word, (size_t)(at - word)) &&
            goes_on(splitting, rest, (size_t)(end - rest)))
            return true;
        at++;
    }
    return false;
}

static bool
splitting_init(struct splitting *splitting, const char *part)
{
    const char *term;

    splitting->part_size = strlen(part);
    if (splitting->part_size > TERM_SIZE_MAX ||
        characters(part, splitting->part_size) < PART_LEAST ||
        is_in(splitting->language->before, part, splitting->part_size) ||
        is_stop_word(splitting->language->code, part))
        return false;
    memcpy(splitting->part, part, splitting->part_size);
    term = stem_of(splitting, part, splitting->part_size);
    if (!term)
        return false;
    splitting->stem_size = term_unmarked(term, strlen(term));
    memcpy(splitting->stem, term, splitting->stem_size);
    /* A short stem stands in anything; "hafen" does not. */
    if (characters(splitting->stem, splitting->stem_size) < PART_LEAST) {
        if (characters(part, splitting->part_size) <= PART_LEAST)
            return false;
        memcpy(splitting->stem, part, splitting->part_size);
        splitting->stem_size = splitting->part_size;
        splitting->as_typed = true;
    }
    return !is_in(splitting->language->before, splitting->stem,
                  splitting->stem_size);
}

static bool
is_compound(struct splitting *splitting, const char *word, size_t size)
{
    return begins_with_part(splitting, word, size) ||
           ends_with_part(splitting, word, size) ||
           is_inside(splitting, word, size);
}

bool
compounds_has_part(struct analyzer *analyzer, const char *language,
                   const char *word, const char *part, compounds_known known,
                   void *context)
{
    struct splitting splitting = {.analyzer = analyzer,
                                  .language = language_of(language),
                                  .known = known,
                                  .context = context,
                                  .word = QUERY_WORD_INIT};
    bool has = splitting.language && splitting_init(&splitting, part) &&
               is_compound(&splitting, word, strlen(word));

    query_word_release(&splitting.word);
    return has;
}

/* --- the words of an archive --- */

/* A word that was typed, in a language in which it may be a part of others. */
struct part {
    struct leaf *leaf;
    size_t language; /* its number in the archive, from 1 */
    struct splitting splitting;
    uint32_t letters;        /* of the stem */
    size_t least;            /* characters of a compound of it */
    struct candidates found; /* words as people write them */
};

/* All of a query: the words of the archive are read once for them. */
struct compounds {
    struct archive *archive;
    struct part *part;
    size_t parts;
    size_t room;
    unsigned looks;
    enum status status; /* of counting a term */
    struct error *err;
};

/* In a large archive what a few articles have is a slip or a name. */
static bool
stands_in_archive(void *context, const char *term)
{
    enum {
        ARTICLES_A_COUNT = 50000
    };
    struct compounds *compounds = context;
    uint64_t count = 0;

    if (!compounds->status)
        compounds->status = archive_count_term(compounds->archive, term, false,
                                               &count, compounds->err);
    return count > compounds->archive->articles / ARTICLES_A_COUNT;
}

static bool
is_late(struct compounds *compounds)
{
    return compounds->status || (++compounds->looks % LOOK_EVERY == 0 &&
                                 deadline_look(&compounds->archive->deadline));
}

/* A word of the archive that has the letters of a part. */
static void
look_at_word(struct part *part, const char *word, size_t size,
             uint32_t occurrences)
{
    size_t at;

    if (!is_compound(&part->splitting, word, size))
        return;
    at = candidates_find(&part->found, word, size);
    part->found.item[at].count += occurrences;
}

static void
look_at_row(struct compounds *compounds, const struct vocabulary_row *row,
            size_t characters)
{
    const char *word = row->text;

    for (size_t i = 0; i < row->words; word += row->bytes[i], i++) {
        uint32_t letters = vocabulary_u32(row->letters, i);
        size_t size = row->bytes[i];

        for (size_t j = 0; j < compounds->parts; j++) {
            struct part *part = &compounds->part[j];
            const struct splitting *splitting = &part->splitting;

            if (part->letters & ~letters || characters < part->least ||
                !memmem(word, size, splitting->stem, splitting->stem_size))
                continue;
            if (is_late(compounds))
                return;
            look_at_word(part, word, size, vocabulary_u32(row->occurrences, i));
        }
    }
}

static void
look_at_segment(struct compounds *compounds, struct sqlite3 *segment)
{
    size_t least = SIZE_MAX;
    sqlite3_stmt *select = NULL;

    for (size_t i = 0; i < compounds->parts; i++)
        if (compounds->part[i].least < least)
            least = compounds->part[i].least;
    if (!segment ||
        sqlite3_prepare_v2(segment,
                           "SELECT id, words FROM spelling WHERE id >= ?1", -1,
                           &select, NULL) != SQLITE_OK)
        return;
    sqlite3_bind_int64(select, 1, (sqlite3_int64)least * VOCABULARY_ROWS);
    while (!is_late(compounds) && sqlite3_step(select) == SQLITE_ROW) {
        struct vocabulary_row row;

        if (vocabulary_row(&row, sqlite3_column_blob(select, 1),
                           (size_t)sqlite3_column_bytes(select, 1)))
            look_at_row(
                compounds, &row,
                (size_t)(sqlite3_column_int64(select, 0) / VOCABULARY_ROWS));
    }
    sqlite3_finalize(select);
}

/* A reading for each way in which the word is found. */
static void
add_compound(struct compounds *compounds, struct part *part, const char *text)
{
    struct query_word *word = &part->splitting.word;

    analysis_query(compounds->archive->analyzer, part->splitting.language->code,
                   text, strlen(text), word);
    for (size_t i = 0; i < word->readings; i++) {
        const struct query_term *from = &word->term[word->reading[i].first];
        struct leaf *leaf = part->leaf;
        struct leaf_term term = {.test = LEAF_TERM};
        uint64_t count = 0;

        if (word->reading[i].terms != 1 || compounds->status)
            continue;
        memcpy(term.term, from->term, sizeof(term.term));
        memcpy(term.folded, from->folded, sizeof(term.folded));
        compounds->status = archive_count_term(compounds->archive, term.term,
                                               false, &count, compounds->err);
        if (!count)
            continue;
        leaf_add_reading(leaf, &term, 1, part->language);
        leaf->reading[leaf->readings - 1].articles = count;
        leaf->articles += count;
    }
}

static void
add_part(struct compounds *compounds, struct leaf *leaf,
         const struct reading *reading)
{
    struct archive *archive = compounds->archive;
    struct splitting splitting = {
        .analyzer = archive->analyzer,
        .language = language_of(archive->languages.item[reading->language - 1]),
        .known = stands_in_archive,
        .context = compounds,
        .word = QUERY_WORD_INIT};
    struct part *part;

    if (!splitting_init(&splitting, leaf->term[reading->first].folded)) {
        query_word_release(&splitting.word);
        return;
    }
    compounds->part = mem_grow(compounds->part, compounds->parts,
                               &compounds->room, sizeof(*compounds->part));
    part = &compounds->part[compounds->parts++];
    *part = (struct part){
        .leaf = leaf, .language = reading->language, .splitting = splitting};
    part->least = characters(splitting.stem, splitting.stem_size) + PART_LEAST;
    vocabulary_letters(splitting.stem, splitting.stem_size, &part->letters);
}

/* A word is looked for once in each of its languages that have compounds. */
static void
add_parts(struct compounds *compounds, struct leaf *leaf)
{
    const struct list *spoken = &compounds->archive->languages;
    size_t done = 0; /* languages, a bit each */

    if (leaf->expr->kind != EXPR_WORD || !leaf->single || leaf->stop ||
        leaf->aside || !leaf->readings || leaf->term[0].test != LEAF_TERM)
        return;
    for (size_t i = 0; i < leaf->readings; i++) {
        const struct reading *reading = &leaf->reading[i];
        size_t language = reading->language;

        if (reading->terms != 1 || !reading->articles || !language ||
            language > sizeof(done) * 8 || done >> (language - 1) & 1 ||
            !compounds_in(spoken->item[language - 1]))
            continue;
        done |= (size_t)1 << (language - 1);
        add_part(compounds, leaf, reading);
    }
}

enum status
compounds_add_readings(struct archive *archive, struct leaves *leaves,
                       struct error *err)
{
    struct compounds compounds = {.archive = archive, .err = err};

    for (size_t i = 0; i < leaves->count; i++)
        add_parts(&compounds, &leaves->leaf[i]);
    for (size_t i = 0; compounds.parts && i < archive->manifest.segments; i++)
        look_at_segment(&compounds, archive_db(&archive->segment[i]));
    for (size_t i = 0; i < compounds.parts; i++) {
        struct part *part = &compounds.part[i];
        struct candidates *found = &part->found;

        candidates_sort(found, COMPOUNDS_MAX);
        for (size_t j = 0; j < found->count && j < COMPOUNDS_MAX; j++)
            add_compound(&compounds, part, found->item[j].text);
        candidates_release(found);
        query_word_release(&part->splitting.word);
    }
    free(compounds.part);
    return compounds.status;
}
