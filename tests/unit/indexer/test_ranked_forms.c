#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "corpus/base/count.h"
#include "indexer/ranked/ranked.h"
#include "indexer/ranked/ranked_forms.h"
#include "indexer/ranked/ranked_list.h"
#include "indexer/ranked/ranked_sentences.h"
#include "indexer/ranked/ranked_terms.h"
#include "indexer/ranked/ranked_writer.h"
#include "tests/support/random_segment.h"

/*
 * Articles of which every word is known: its term, how it is written, and
 * whether a sentence or paragraph begins with it.
 */
enum {
    TERMS = 30,
    WORDS_MOST = 60,
    FIELDS = 2 /* the body and the headline */
};

struct word {
    unsigned term;
    unsigned spelling;
    unsigned letters;
    bool sentence;
    bool paragraph;
};

struct text {
    struct word word[FIELDS][WORDS_MOST];
    uint32_t words[FIELDS];
};

static const char path[] = "test_ranked_forms.rank";

static void
name_term(char *out, size_t room, unsigned term)
{
    snprintf(out, room, "term%u:en", term);
}

/* The first terms have one way to be written, the later ones up to 29. */
static void
name_spelling(char *out, size_t room, unsigned term, unsigned spelling)
{
    snprintf(out, room, "term%uend%u", term, spelling);
}

static void
make_text(struct text *text, uint64_t *seed)
{
    for (size_t f = 0; f < FIELDS; f++) {
        text->words[f] = random_below(seed, WORDS_MOST);
        for (uint32_t i = 0; i < text->words[f]; i++) {
            struct word *word = &text->word[f][i];

            word->term = random_below(seed, TERMS);
            word->spelling = random_below(seed, 1 + word->term);
            word->letters =
                random_below(seed, 4) ? 0 : random_below(seed, RANKED_TWIN);
            word->sentence = i > 0 && random_below(seed, 7) == 0;
            word->paragraph = word->sentence && random_below(seed, 3) == 0;
        }
    }
}

static void
write_text(struct ranked_writer *writer, const struct text *text)
{
    ranked_writer_begin_article(writer, RANKED_UNDATED);
    for (size_t f = 0; f < FIELDS; f++) {
        uint32_t paragraph = 0;

        ranked_writer_begin_field(writer, (enum field)f);
        for (uint32_t i = 0; i < text->words[f]; i++) {
            const struct word *word = &text->word[f][i];
            char term[32];
            char spelling[32];

            name_term(term, sizeof(term), word->term);
            name_spelling(spelling, sizeof(spelling), word->term,
                          word->spelling);
            paragraph += word->paragraph;
            if (word->sentence)
                ranked_writer_sentence(writer, i, paragraph);
            ranked_writer_token(
                writer,
                &(struct ranked_token){term, strlen(term), spelling,
                                       strlen(spelling), i, word->letters},
                NULL);
        }
    }
}

static struct ranked *
open_texts(const struct text *text, size_t texts, size_t memory)
{
    struct ranked_writer *writer =
        ranked_writer_new("test_ranked_forms.runs", memory);
    struct error err = {0};
    struct ranked *ranked;

    for (size_t i = 0; i < texts; i++)
        write_text(writer, &text[i]);
    assert_int_equal(ranked_writer_end(writer, path, NULL, &err), STATUS_OK);
    ranked_writer_free(writer);
    assert_int_equal(ranked_open(&ranked, path, file_size(path), &err),
                     STATUS_OK);
    unlink(path);
    return ranked;
}

/* --- forms --- */

struct forms {
    char word[128][32];
    unsigned letters[128];
    size_t count;
};

static bool
note_form(void *context, const char *word, size_t size, unsigned letters)
{
    struct forms *forms = context;

    assert_true(forms->count < COUNT(forms->word));
    assert_true(size < sizeof(forms->word[0]));
    memcpy(forms->word[forms->count], word, size);
    forms->word[forms->count][size] = '\0';
    forms->letters[forms->count++] = letters;
    return true;
}

/* The words of an article that have the term stand where the list says, in the
 * form that it says. */
static void
check_article(struct ranked_cursor *cursor, uint32_t at,
              const struct text *text, unsigned term, const struct forms *forms)
{
    struct ranked_places places = {0};
    struct ranked_places plain = {0};
    bool other = false;
    uint32_t base = 0;
    size_t next = 0;

    assert_true(ranked_formed_places(cursor, at, &places));
    for (size_t f = 0; f < FIELDS; f++) {
        for (uint32_t i = 0; i < text->words[f]; i++) {
            const struct word *word = &text->word[f][i];
            char spelling[32];

            if (word->term != term)
                continue;
            name_spelling(spelling, sizeof(spelling), term, word->spelling);
            assert_true(next < places.places);
            assert_int_equal(places.place[next], base + i);
            assert_true(places.form[next] < forms->count);
            assert_string_equal(forms->word[places.form[next]], spelling);
            assert_int_equal(forms->letters[places.form[next]], word->letters);
            other = other || places.form[next];
            next++;
        }
        base += text->words[f] + 1;
    }
    assert_int_equal(next, places.places);
    assert_int_equal(ranked_is_formed(cursor, at), other);
    assert_true(ranked_places(cursor, at, &plain));
    assert_int_equal(plain.places, places.places);
    assert_memory_equal(plain.place, places.place,
                        plain.places * sizeof(*plain.place));
    ranked_places_release(&places);
    ranked_places_release(&plain);
}

static void
check_term(struct ranked *ranked, const struct text *text, unsigned term)
{
    struct forms forms = {.count = 0};
    struct ranked_cursor cursor;
    struct ranked_list list;
    size_t uses[128] = {0};
    struct ranked_places places = {0};
    char name[32];

    name_term(name, sizeof(name), term);
    if (!ranked_find(ranked, name, strlen(name), &list))
        return;
    ranked_forms(ranked, &list, note_form, &forms);
    assert_int_equal(forms.count, list.forms);
    ranked_start(&cursor, ranked, &list);
    for (uint32_t b = 0; b < list.blocks; b++) {
        assert_true(ranked_load(&cursor, b));
        for (uint32_t i = 0; i < cursor.count; i++) {
            size_t number = (size_t)ranked_id(ranked, cursor.docid[i]) - 1;

            check_article(&cursor, i, &text[number], term, &forms);
            assert_true(ranked_formed_places(&cursor, i, &places));
            for (size_t j = 0; j < places.places; j++)
                uses[places.form[j]]++;
        }
    }
    for (size_t i = 1; i < forms.count; i++)
        assert_true(uses[i - 1] >= uses[i] && uses[i] > 0);
    ranked_places_release(&places);
}

/* --- sentences --- */

static void
check_sentences(struct ranked *ranked, const struct text *text, uint32_t docid)
{
    struct ranked_sentences sentences = {0};
    uint32_t lead = UINT32_MAX;
    uint32_t paragraph = 0;
    uint32_t base = 0;
    size_t next = 0;

    assert_true(ranked_sentences(ranked, docid, &sentences));
    for (size_t f = 0; f < FIELD_TEXT_COUNT; f++) {
        uint32_t words = f < FIELDS ? text->words[f] : 0;

        assert_true(next < sentences.sentences);
        assert_int_equal(sentences.start[next], base);
        assert_true(sentences.paragraph[next++]);
        for (uint32_t i = 0; i < words; i++) {
            const struct word *word = &text->word[f][i];

            paragraph += word->paragraph && f == FIELD_BODY;
            if (paragraph == 2 && lead == UINT32_MAX)
                lead = base + i;
            if (!word->sentence)
                continue;
            assert_true(next < sentences.sentences);
            assert_int_equal(sentences.start[next], base + i);
            assert_int_equal(sentences.paragraph[next++], word->paragraph);
        }
        base += words + 1;
    }
    assert_int_equal(next, sentences.sentences);
    assert_int_equal(ranked_lead(ranked, docid), lead);
    ranked_sentences_release(&sentences);
}

static void
forms_and_sentences_are_read_as_they_were_written(void **state)
{
    static const struct {
        size_t texts;
        size_t memory;
    } cases[] = {{0, 0}, {1, 0}, {17, 0}, {300, 0}, {90, 20000}, {20, 1}};

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct text *text = calloc(cases[i].texts + 1, sizeof(*text));
        uint64_t seed = 99 + i;
        struct ranked *ranked;

        assert_non_null(text);
        for (size_t j = 0; j < cases[i].texts; j++)
            make_text(&text[j], &seed);
        ranked = open_texts(text, cases[i].texts, cases[i].memory);
        for (unsigned term = 0; term < TERMS; term++)
            check_term(ranked, text, term);
        for (size_t j = 0; j < cases[i].texts; j++)
            check_sentences(ranked, &text[j],
                            (uint32_t)(cases[i].texts - 1 - j));
        assert_false(ranked_damaged(ranked));
        ranked_close(ranked);
        free(text);
    }
}

/* --- words that contain a piece --- */

struct terms {
    unsigned seen[TERMS];
    size_t count;
};

static bool
note_list(void *context, const struct ranked_list *list, const char *term,
          size_t size)
{
    struct terms *terms = context;
    unsigned number;
    char name[64];

    assert_true(size < sizeof(name));
    memcpy(name, term, size);
    name[size] = '\0';
    assert_int_equal(sscanf(name, "term%u:en", &number), 1);
    assert_true(list->articles > 0);
    terms->seen[number]++;
    terms->count++;
    return true;
}

static bool
any_form(void *context, const char *word, size_t size, unsigned letters)
{
    (void)context;
    assert_true(size > 0 && word[size - 1] >= '0' && word[size - 1] <= '9');
    assert_true(letters < RANKED_TWIN);
    return true;
}

static void
look_for(struct ranked *ranked, const char *piece, struct terms *terms)
{
    const struct ranked_search search = {piece, strlen(piece), any_form,
                                         note_list, terms};

    memset(terms, 0, sizeof(*terms));
    ranked_forms_with(ranked, &search);
}

static void
terms_are_found_by_a_piece_of_their_words(void **state)
{
    struct text *text = calloc(200, sizeof(*text));
    uint64_t seed = 5;
    struct ranked *ranked;
    struct terms terms = {.count = 0};

    (void)state;
    assert_non_null(text);
    for (size_t j = 0; j < 200; j++)
        make_text(&text[j], &seed);
    ranked = open_texts(text, 200, 0);
    /* Only the terms from 15 on are written in fifteen other ways. */
    look_for(ranked, "end15", &terms);
    for (unsigned i = 0; i < TERMS; i++)
        assert_int_equal(terms.seen[i], i >= 15);
    look_for(ranked, "m7e", &terms);
    assert_int_equal(terms.count, 1);
    assert_int_equal(terms.seen[7], 1);
    look_for(ranked, "nowhere", &terms);
    assert_int_equal(terms.count, 0);
    look_for(ranked, "", &terms);
    assert_int_equal(terms.count, 0);
    assert_false(ranked_damaged(ranked));
    ranked_close(ranked);
    free(text);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forms_and_sentences_are_read_as_they_were_written),
        cmocka_unit_test(terms_are_found_by_a_piece_of_their_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
