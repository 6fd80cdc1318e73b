#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "corpus/base/buf.h"
#include "corpus/base/count.h"
#include "indexer/analysis/analysis.h"

struct printing {
    struct buf out;
    uint32_t position;
    bool any;
    bool marks; /* print those of languages, too */
};

/* "tae,taegyu gyu": a blank between positions, a comma within one. */
static int
print_token(void *context, const struct token *token)
{
    struct printing *printing = context;

    if (printing->any)
        buf_add_text(&printing->out,
                     token->position == printing->position ? "," : " ");
    buf_add(&printing->out, token->term,
            printing->marks ? token->term_size
                            : term_unmarked(token->term, token->term_size));
    printing->position = token->position;
    printing->any = true;
    return 0;
}

static void
expect_terms(const char *language, const char *text, const char *terms)
{
    struct analyzer *analyzer = NULL;
    struct printing printing = {.out = BUF_INIT};
    struct error err = {0};

    assert_int_equal(analyzer_new(&analyzer, language, &err), STATUS_OK);
    assert_int_equal(analyzer_run(analyzer, NULL, text, strlen(text),
                                  print_token, &printing),
                     0);
    if (strcmp(printing.out.data, terms) != 0)
        print_error("of \"%s\":\n", text);
    assert_string_equal(printing.out.data, terms);
    buf_release(&printing.out);
    analyzer_free(analyzer);
}

static void
text_becomes_terms(void **state)
{
    static const struct {
        const char *text, *terms;
    } cases[] = {
        {"the election was elected", "the elect was elect"},
        {"Caf\xC3\xA9, na\xC3\xAFve!", "cafe naiv"},
        {"  \t\n ", ""},
        {"", ""},
        {"\xEF\xAC\x81nance \xEF\xBC\xA1\xEF\xBC\xA2", "financ ab,AB"},
        {"STRASSE stra\xC3\x9F"
         "e",
         "strass,STRASSE strass"},
        {"\xC5\x81\xC3\xB3"
         "d\xC5\xBA \xC3\x98rsted \xC3\x86on",
         "lodz orst,oerst aeon"},
        {"co\xC2\xADoperate", "cooper"},
        {"e\xCC\x81tude", "etud"},
        /* As news writes them. */
        {"U.S. troops", "us,US troop"},
        {"the U.S", "the us,US"},
        {"U. S. troops", "us,US troop"},
        {"US troops", "us,US troop"},
        {"U.S.A. u.s.", "usa,USA us"},
        {"U.S.-led", "us,usl,US led"},
        {"J. K. Rowling J.K. Rowling", "jk,JK rowl jk,JK rowl"},
        {"George W. Bush", "georg w bush"},
        {"S.Korea", "s,skorea korea"},
        {"Ph.D. e.g. this", "ph,phd d eg this"},
        {"O'Brien O\xE2\x80\x99"
         "Brien OBrien",
         "obrien,brien obrien,brien obrien"},
        {"Tae-gyu Taegyu Tae gyu", "tae,taegyu gyu taegyu tae gyu"},
        {"Park Geun\xE2\x80\x91hye", "park geun,geunhy hye"},
        {"Korea's Korea\xE2\x80\x99s Koreas\xE2\x80\x99", "korea korea korea"},
        {"it's we'll they're don't I'm", "it we they dont i"},
        {"rock'n'roll", "rocknrol"},
        {"KF-21 KF21", "kf,kf21,KF 21 kf21,KF21"},
        {"F/A-18", "f,fa18 a 18"},
        {"opcon/transfer", "opcon transfer"},
        {"AT&T R&D", "at&t,AT&T r&d,R&D"},
        {"$1.5 \xE2\x82\xAC"
         "20 50% C++ C#",
         "1.5,$1.5 20,\xE2\x82\xAC"
         "20 50,50% c,c++ c,c#"},
        {"G20 Covid-19 1980s", "g20 covid,covid19 19 1980s"},
        {"1,000 1000 1,234,567.89", "1000 1000 1234567.89"},
        {"12,34 1,0000 1,000,", "12 34 1 0000 1000"},
        {"kim@news.invalid", "kim,kim@news.invalid news invalid"},
        {"koreatimes.co.kr", "koreatim,koreatimes.co.kr co kr"},
        {"#Opcon @Yonhap", "opcon,#opcon yonhap,@yonhap"},
        {"192.168.0.1 24.10.2014", "192.168.0.1 24.10.2014"},
        {"2014-10-24 9-11 mid-2020s",
         "2014,2014-10-24 10 24 9,9-11 11 mid,mid2020s 2020s"},
        {"transfer.The end", "transfer the end"},
        {"foo_bar __ x", "foo,foo_bar bar x"},
        /* Scripts without spaces. */
        {"\xE6\x9D\xB1\xE4\xBA\xAC\xE9\x83\xBD",
         "\xE4\xB8\x9C\xE4\xBA\xAC \xE4\xBA\xAC\xE9\x83\xBD,"
         "\xE9\x83\xBD"},
        {"\xE6\x9D\xB1", "\xE4\xB8\x9C"},
        {"2024\xE5\xB9\xB4\xE3\x81\xAB",
         "2024,2024\xE5\xB9\xB4 \xE5\xB9\xB4\xE3\x81\xAB,\xE3\x81\xAB"},
        /* The same taken apart, and half as wide. */
        {"\xE1\x84\x91\xE1\x85\xA1\xE1\x84\x8B\xE1\x85\xA5\xE1\x86\xB8",
         "\xED\x8C\x8C\xEC\x97\x85,\xEC\x97\x85"},
        {"\xEF\xBD\xB6\xEF\xBE\x9E\xEF\xBE\x97\xEF\xBD\xBD",
         "\xE3\x82\xAC\xE3\x83\xA9 \xE3\x83\xA9\xE3\x82\xB9,"
         "\xE3\x82\xB9"},
        {"KT\xEC\xA0\x84\xEC\x9E\x91\xEA\xB6\x8C",
         "kt,kt\xEC\xA0\x84,KT \xEC\xA0\x84\xEC\x9E\x91 "
         "\xEC\x9E\x91\xEA\xB6\x8C,\xEA\xB6\x8C"},
        {"\xE0\xB9\x84\xE0\xB8\x97\xE0\xB8\xA2",
         "\xE0\xB9\x84\xE0\xB8\x97 \xE0\xB8\x97\xE0\xB8\xA2,"
         "\xE0\xB8\xA2"},
        /* Traditional characters are simplified ones. */
        {"\u570B\u6703\u9078\u8209 \u56FD\u4F1A\u9009\u4E3E",
         "\u56FD\u4F1A \u4F1A\u9009 \u9009\u4E3E,\u4E3E "
         "\u56FD\u4F1A \u4F1A\u9009 \u9009\u4E3E,\u4E3E"},
        /* Figures, letters and signs of other scripts and keyboards. */
        {"\xD9\xA2\xD9\xA0\xD9\xA2\xD9\xA4 \xE0\xA5\xA7\xE0\xA5\xAF",
         "2024 19"},
        {"O\xC2\xB4"
         "Brien O`Brien",
         "obrien,brien obrien,brien"},
        {"\xD7\xA6\xD7\x94\"\xD7\x9C", "\xD7\xA6\xD7\x94\xD7\x9C"},
        {"R & D, Q & A time", "r&d,R&D q&a,Q&A time"},
        {"978-3-9012-4471-6",
         "978,978-3-9012-4471-6,9783901244716 3 9012 4471 6"},
        {"al.bo+c@d.invalid", "al,al.bo+c@d.invalid bo c d invalid"},
        /* Not text. */
        {"\xFF\xFE abc\xFF"
         "def \xED\xA0\x80",
         "abc def"},
        {"abc\xC3", "abc"},
        {"' - . & / @ _ # $ % + ''", ""},
        {"a-", "a"},
        {"--a--b--", "a b"},
        {"\xCC\x81", ""},
        {"a-\xE2\xA0\x80 b", "a b"},
        {"b \xE1\x9E\xB4 c", "b c"},
        {"\xF0\x9F\x98\x80 ok", "ok"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        expect_terms("english", cases[i].text, cases[i].terms);
}

static void
other_languages_have_their_own_stems(void **state)
{
    static const struct {
        const char *language, *text, *terms;
    } cases[] = {
        {"fr", "l'homme l\xE2\x80\x99\xC3\xA9lection", "homm elect"},
        {"fr", "qu'il aujourd'hui", "il aujourdhui"},
        {"it", "dell'arte", "arte"},
        {"de", "H\xC3\xA4user Haus", "haus,haeus haus"},
        {"ru", "\xD0\x91\xD0\xBE\xD0\xB5\xD0\xB2\xD0\xBE\xD0\xB9",
         "\xD0\xB1\xD0\xBE\xD0\xB5\xD0\xB2"},
        {"pt",
         "manifesta\xC3\xA7\xC3\xB5"
         "es manifesta\xC3\xA7\xC3\xA3o",
         "manifest,manifestaco manifest,manifestaca"},
        {"tr", "IRAK'ta \xC4\xB0stanbul'da", "irak,IRAK istanbul"},
        {"de",
         "M\xC3\xBCller Mueller Stra\xC3\x9F"
         "e",
         "mull,muell muell strass"},
        {"none", "elections", "elections"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        expect_terms(cases[i].language, cases[i].text, cases[i].terms);
}

static int
count_token(void *context, const struct token *token)
{
    (void)token;
    ++*(int *)context;
    return 0;
}

static void
every_language_stems_every_kind_of_text(void **state)
{
    static const char text[] =
        "Elections \xD0\xB2\xD1\x8B\xD0\xB1\xD0\xBE\xD1\x80\xD1\x8B "
        "\xCE\xB5\xCE\xBA\xCE\xBB\xCE\xBF\xCE\xB3\xCE\xAD\xCF\x82 "
        "\xD8\xA7\xD9\x86\xD8\xAA\xD8\xAE\xD8\xA7\xD8\xA8\xD8\xA7\xD8\xAA "
        "\xE0\xA4\x9A\xE0\xA5\x81\xE0\xA4\xA8\xE0\xA4\xBE\xE0\xA4\xB5";

    (void)state;
    for (const char *const *name = analysis_languages(); *name; name++) {
        struct analyzer *analyzer = NULL;
        struct error err = {0};
        int count = 0;

        assert_non_null(analysis_language_code(*name));
        assert_int_equal(analyzer_new(&analyzer, *name, &err), STATUS_OK);
        assert_int_equal(analyzer_run(analyzer, NULL, text, sizeof(text) - 1,
                                      count_token, &count),
                         0);
        assert_int_equal(count, 5);
        analyzer_free(analyzer);
    }
}

static void
languages_are_known_by_code_tag_and_name(void **state)
{
    static const struct {
        const char *name, *code;
    } cases[] = {
        {"en", "en"},      {"en-GB", "en"}, {"EN_us", "en"}, {"english", "en"},
        {"nb-NO", "no"},   {"pt", "pt"},    {"", NULL},      {"eng", NULL},
        {"klingon", NULL}, {"e", NULL},     {"-en", NULL},
    };
    struct analyzer *analyzer = NULL;
    struct error err = {0};

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        const char *code = analysis_language_code(cases[i].name);

        if (cases[i].code)
            assert_string_equal(code, cases[i].code);
        else
            assert_null(code);
    }
    assert_null(analysis_language_code(NULL));
    assert_int_equal(analyzer_new(&analyzer, "klingon", &err), STATUS_USAGE);
    assert_null(analyzer);
    assert_non_null(strstr(err.text, "klingon"));
}

static int
print_place(void *context, const struct token *token)
{
    struct buf *out = context;

    if (token->kind != TOKEN_WORD)
        return 0;
    buf_printf(out, "%s%.*s%u.%u", out->size ? " " : "",
               (int)token->folded_size, token->folded, token->paragraph,
               token->sentence);
    return 0;
}

static void
sentences_and_paragraphs_are_counted(void **state)
{
    static const struct {
        const char *text, *places;
    } cases[] = {
        {"A b. C d", "a0.0 b0.0 c0.1 d0.1"},
        {"One. two", "one0.0 two0.0"},
        {"Why? \"Because!\" He", "why0.0 because0.1 he0.2"},
        {"He left.\xE2\x80\x9D She", "he0.0 left0.0 she0.1"},
        {"On Dec. 1 Mr. Kim", "on0.0 dec0.0 10.0 mr0.0 kim0.0"},
        {"The U.S. Senate", "the0.0 us0.0 senate0.0"},
        {"George W. Bush", "george0.0 w0.0 bush0.0"},
        {"No. 5 he said no. He", "no0.0 50.0 he0.0 said0.0 no0.0 he0.1"},
        {"at 9 p.m. The", "at0.0 90.0 pm0.0 the0.1"},
        {"at 9 p.m. the", "at0.0 90.0 pm0.0 the0.0"},
        {"one\ntwo\n\n\nthree", "one0.0 two1.1 three2.2"},
        {"\n\none.\n", "one0.0"},
        {"Wait... what", "wait0.0 what0.0"},
        {"$1.5 and 3.5. Then", "1.50.0 and0.0 3.50.0 then0.1"},
        {"\xE6\x9D\xB1\xE3\x80\x82\xE4\xBA\xAC", "\xE4\xB8\x9C"
                                                 "0.0 \xE4\xBA\xAC"
                                                 "0.1"},
    };
    struct analyzer *analyzer = NULL;
    struct error err = {0};
    struct buf out = BUF_INIT;

    (void)state;
    assert_int_equal(analyzer_new(&analyzer, "en", &err), STATUS_OK);
    for (size_t i = 0; i < COUNT(cases); i++) {
        buf_clear(&out);
        analyzer_run(analyzer, NULL, cases[i].text, strlen(cases[i].text),
                     print_place, &out);
        assert_string_equal(out.data, cases[i].places);
    }
    buf_release(&out);
    analyzer_free(analyzer);
}

static int
print_bytes(void *context, const struct token *token)
{
    struct buf *out = context;

    buf_printf(out, "[%zu,%zu)%s%s", token->start, token->end,
               token->capital ? "c" : "", token->capitals ? "C" : "");
    return 0;
}

static void
tokens_know_the_bytes_they_stand_for(void **state)
{
    static const struct {
        const char *text, *bytes;
    } cases[] = {
        {"ab Cd", "[0,2)[3,5)c"},
        {"\xC3\xA9 U.S. x", "[0,2)[3,7)cC[3,7)cC[8,9)"},
        {"a-bc", "[0,1)[0,4)[2,4)"},
        {"O'Brien", "[0,7)c[2,7)c"},
        {"(50%)", "[1,3)[1,4)"},
    };
    struct analyzer *analyzer = NULL;
    struct error err = {0};
    struct buf out = BUF_INIT;

    (void)state;
    assert_int_equal(analyzer_new(&analyzer, "en", &err), STATUS_OK);
    for (size_t i = 0; i < COUNT(cases); i++) {
        buf_clear(&out);
        analyzer_run(analyzer, NULL, cases[i].text, strlen(cases[i].text),
                     print_bytes, &out);
        if (strcmp(out.data, cases[i].bytes) != 0)
            print_error("of \"%s\":\n", cases[i].text);
        assert_string_equal(out.data, cases[i].bytes);
    }
    buf_release(&out);
    analyzer_free(analyzer);
}

static int
check_size(void *context, const struct token *token)
{
    *(size_t *)context = token->term_size;
    assert_true(token->term_size <= TERM_SIZE_MAX);
    assert_true(token->folded_size <= TERM_SIZE_MAX);
    return 0;
}

static void
a_very_long_word_is_cut_at_a_character(void **state)
{
    static const char *const units[] = {
        "x", "\xC3\xB1", "a-", "a'b", "\xE1\xBA\x9E", "1", "x.", "x&"};
    struct analyzer *analyzer = NULL;
    struct error err = {0};
    struct buf text = BUF_INIT;
    size_t last = 0;

    (void)state;
    assert_int_equal(analyzer_new(&analyzer, "none", &err), STATUS_OK);
    for (size_t i = 0; i < COUNT(units); i++) {
        buf_clear(&text);
        for (int n = 0; n < 5000; n++)
            buf_add_text(&text, units[i]);
        assert_int_equal(analyzer_run(analyzer, NULL, text.data, text.size,
                                      check_size, &last),
                         0);
    }
    /* 20 characters of three bytes are 60. */
    buf_clear(&text);
    for (int n = 0; n < 30; n++)
        buf_add_text(&text, "\xE1\x83\x90");
    analyzer_run(analyzer, NULL, text.data, text.size, check_size, &last);
    assert_int_equal(last, 60);
    buf_release(&text);
    analyzer_free(analyzer);
}

static int
stop_at_second(void *context, const struct token *token)
{
    ++*(int *)context;
    return token->position == 1 ? 42 : 0;
}

/* The memory that is taken by reading so many different words. */
static sqlite3_int64
memory_for_words(struct analyzer *analyzer, unsigned words)
{
    struct buf text = BUF_INIT;
    sqlite3_int64 before = sqlite3_memory_used();
    size_t last;

    for (unsigned i = 0; i < words; i++)
        buf_printf(&text, "word%c%c%c%c ", 'a' + i % 26, 'a' + i / 26 % 26,
                   'a' + i / 676 % 26, 'a' + i / 17576 % 26);
    assert_int_equal(
        analyzer_run(analyzer, NULL, text.data, text.size, check_size, &last),
        0);
    buf_release(&text);
    return sqlite3_memory_used() - before;
}

static void
a_page_of_hits_takes_less_memory_than_an_archive(void **state)
{
    struct analyzer *analyzer = NULL;
    struct error err = {0};

    (void)state;
    assert_int_equal(analyzer_new(&analyzer, "en", &err), STATUS_OK);
    assert_true(memory_for_words(analyzer, 3000) < 128 << 10);
    assert_true(memory_for_words(analyzer, 100000) > 1 << 20);
    analyzer_free(analyzer);
}

static void
the_sink_can_stop_the_analysis(void **state)
{
    struct analyzer *analyzer = NULL;
    struct error err = {0};
    int count = 0;

    (void)state;
    assert_int_equal(analyzer_new(&analyzer, "en", &err), STATUS_OK);
    assert_int_equal(analyzer_run(analyzer, NULL, "one two three", 13,
                                  stop_at_second, &count),
                     42);
    assert_int_equal(count, 2);
    analyzer_free(analyzer);
}

static void
a_typed_word_has_its_readings(void **state)
{
    static const struct {
        const char *typed, *readings, *twin;
    } cases[] = {
        {"Tae-gyu", "taegyu | tae gyu", ""},
        {"O'Brien", "obrien", ""},
        {"U.S.", "us", "US"},
        {"US", "us", "US"},
        {"opcon", "opcon", ""},
        {"OPCON", "opcon", "OPCON"},
        {"Elections", "elect", ""},
        {"50%", "50%", ""},
        {"\xE2\x82\xAC"
         "20",
         "\xE2\x82\xAC"
         "20",
         ""},
        {"AT&T", "at&t", "AT&T"},
        {"C++", "c++", ""},
        {"#opcon", "#opcon", ""},
        {"kim@news.invalid", "kim@news.invalid | kim news invalid", ""},
        {"KF-21", "kf21 | kf 21", ""},
        {"F/A-18", "fa18 | f a 18", ""},
        {"opcon/transfer", "opcon transfer", ""},
        {"2014-10-24", "2014-10-24 | 2014 10 24", ""},
        {"opcon,Tae-gyu", "opcon taegyu | opcon tae gyu", ""},
        {"\xE6\x9D\xB1\xE4\xBA\xAC\xE9\x83\xBD",
         "\xE4\xB8\x9C\xE4\xBA\xAC \xE4\xBA\xAC\xE9\x83\xBD", ""},
        {"", "", ""},
        {"-?!", "", ""},
        {"\xFF", "", ""},
    };
    struct analyzer *analyzer = NULL;
    struct query_word word = QUERY_WORD_INIT;
    struct error err = {0};
    struct buf out = BUF_INIT;

    (void)state;
    assert_int_equal(analyzer_new(&analyzer, "en", &err), STATUS_OK);
    for (size_t i = 0; i < COUNT(cases); i++) {
        buf_clear(&out);
        analysis_query(analyzer, NULL, cases[i].typed, strlen(cases[i].typed),
                       &word);
        for (size_t r = 0; r < word.readings; r++) {
            buf_add_text(&out, r ? " |" : "");
            for (size_t t = 0; t < word.reading[r].terms; t++) {
                const char *term = word.term[word.reading[r].first + t].term;

                buf_add_text(&out, out.size ? " " : "");
                buf_add(&out, term, term_unmarked(term, strlen(term)));
            }
        }
        if (strcmp(out.data, cases[i].readings) != 0)
            print_error("of \"%s\":\n", cases[i].typed);
        assert_string_equal(out.data, cases[i].readings);
        assert_string_equal(word.twin, cases[i].twin);
    }
    buf_release(&out);
    query_word_release(&word);
    analyzer_free(analyzer);
}

static void
folding_twice_is_folding_once(void **state)
{
    static const char *const words[] = {"Caf\xC3\xA9",
                                        "STRASSE",
                                        "\xC4\xB0stanbul",
                                        "\xEF\xAC\x81nance",
                                        "\xD0\x81\xD0\xBB\xD0\xBA\xD0\xB0",
                                        "\xCE\xA3\xCE\xB5\xCF\x82",
                                        "\xC7\x85",
                                        "U.S.",
                                        "\xC2\xBD",
                                        "KF-21"};

    (void)state;
    for (size_t i = 0; i < COUNT(words); i++) {
        struct analyzer *analyzer = NULL;
        struct query_word once = QUERY_WORD_INIT;
        struct query_word twice = QUERY_WORD_INIT;
        struct error err = {0};

        assert_int_equal(analyzer_new(&analyzer, "none", &err), STATUS_OK);
        analysis_query(analyzer, NULL, words[i], strlen(words[i]), &once);
        assert_true(once.terms > 0);
        analysis_query(analyzer, NULL, once.term[0].term,
                       strlen(once.term[0].term), &twice);
        assert_string_equal(once.term[0].term, twice.term[0].term);
        query_word_release(&once);
        query_word_release(&twice);
        analyzer_free(analyzer);
    }
}

static struct sqlite3 *
open_memory(void)
{
    struct sqlite3 *db = NULL;
    struct error err = {0};

    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    assert_int_equal(analysis_register(db, &err), STATUS_OK);
    return db;
}

static void
run(struct sqlite3 *db, const char *sql)
{
    char *message = NULL;

    if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK)
        fail_msg("%s: %s", sql, message);
}

/* How many rows of `t` match. */
static int
matches(struct sqlite3 *db, const char *match)
{
    sqlite3_stmt *select = NULL;
    int count;

    assert_int_equal(
        sqlite3_prepare_v2(db, "SELECT count(*) FROM t WHERE t MATCH ?1", -1,
                           &select, NULL),
        SQLITE_OK);
    sqlite3_bind_text(select, 1, match, -1, SQLITE_STATIC);
    assert_int_equal(sqlite3_step(select), SQLITE_ROW);
    count = sqlite3_column_int(select, 0);
    sqlite3_finalize(select);
    return count;
}

static void
fts5_finds_what_the_chain_makes(void **state)
{
    static const struct {
        const char *match;
        int rows;
    } cases[] = {
        {"elections", 1},
        {"\"tae gyu\"", 1},
        {"taegyu", 1},
        {"\"\x01taegyu:en\"", 1},
        {"\"\x01taegyu\"", 0},
        {"\"\x01US\"", 1},
        {"\"\x01"
         "elect:en\"",
         1},
        {"\"\x01"
         "elections\"",
         0},
        {"\"\x01tae:en gyu:en\"", 1},
        {"\"\x01gyu:en tae:en\"", 0},
        {"\"\x01\"", 0},
        {"elections*", 0},
        {"electi*", 0},
        {"elec*", 1},
        {"\"U.S.\"", 1},
        {"homme", 1},
        {"l", 0},
    };
    struct sqlite3 *db = open_memory();

    (void)state;
    run(db, "CREATE VIRTUAL TABLE t USING fts5(a, tokenize = 'news en')");
    run(db, "INSERT INTO t VALUES('The election of Kim Tae-gyu. US troops')");
    run(db, "INSERT INTO t VALUES(char(2) || 'fr' || char(2) || 'l''homme')");
    run(db, "INSERT INTO t VALUES(char(2) || 'zz')");
    run(db, "INSERT INTO t VALUES(NULL)");
    for (size_t i = 0; i < COUNT(cases); i++) {
        if (matches(db, cases[i].match) != cases[i].rows)
            print_error("of \"%s\":\n", cases[i].match);
        assert_int_equal(matches(db, cases[i].match), cases[i].rows);
    }
    run(db, "INSERT INTO t(t) VALUES('integrity-check')");
    sqlite3_close(db);
}

static void
fts5_refuses_an_unknown_language(void **state)
{
    struct sqlite3 *db = open_memory();

    (void)state;
    assert_int_not_equal(
        sqlite3_exec(db,
                     "CREATE VIRTUAL TABLE t USING fts5(a, tokenize = "
                     "'news klingon')",
                     NULL, NULL, NULL),
        SQLITE_OK);
    assert_int_not_equal(
        sqlite3_exec(db,
                     "CREATE VIRTUAL TABLE t USING fts5(a, tokenize = "
                     "'news en fr')",
                     NULL, NULL, NULL),
        SQLITE_OK);
    sqlite3_close(db);
}

/* One life of an FTS5 table; the code of the first step that fails. */
static int
live(void)
{
    static const char *const steps[] = {
        "CREATE VIRTUAL TABLE t USING fts5(a, tokenize = 'news en')",
        "INSERT INTO t VALUES('Elections in Korea, U.S.-led KF-21')",
        "INSERT INTO t VALUES(char(2) || 'fr' || char(2) || 'elections')",
        "SELECT * FROM t WHERE t MATCH 'elections OR \"tae-gyu\"'"};
    struct sqlite3 *db = NULL;
    struct error err = {0};
    int result = sqlite3_open(":memory:", &db);

    if (!result && analysis_register(db, &err))
        result = SQLITE_NOMEM;
    for (size_t i = 0; i < COUNT(steps) && !result; i++)
        result = sqlite3_exec(db, steps[i], NULL, NULL, NULL);
    sqlite3_close(db);
    return result;
}

static void
memory_that_runs_out_anywhere_is_an_error_and_no_leak(void **state)
{
    sqlite3_int64 limit = 4096;
    int failures = 0;

    (void)state;
    assert_int_equal(live(), SQLITE_OK);
    for (;;) {
        int result;

        sqlite3_hard_heap_limit64(limit);
        result = live();
        sqlite3_hard_heap_limit64(0);
        if (result == SQLITE_OK)
            break;
        failures++;
        limit += 512;
        assert_true(limit < (sqlite3_int64)64 << 20);
    }
    assert_true(failures > 50);
    sqlite3_hard_heap_limit64(0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_becomes_terms),
        cmocka_unit_test(other_languages_have_their_own_stems),
        cmocka_unit_test(every_language_stems_every_kind_of_text),
        cmocka_unit_test(languages_are_known_by_code_tag_and_name),
        cmocka_unit_test(sentences_and_paragraphs_are_counted),
        cmocka_unit_test(tokens_know_the_bytes_they_stand_for),
        cmocka_unit_test(a_very_long_word_is_cut_at_a_character),
        cmocka_unit_test(a_page_of_hits_takes_less_memory_than_an_archive),
        cmocka_unit_test(the_sink_can_stop_the_analysis),
        cmocka_unit_test(a_typed_word_has_its_readings),
        cmocka_unit_test(folding_twice_is_folding_once),
        cmocka_unit_test(fts5_finds_what_the_chain_makes),
        cmocka_unit_test(fts5_refuses_an_unknown_language),
        cmocka_unit_test(memory_that_runs_out_anywhere_is_an_error_and_no_leak),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
