#include "query/search/explain.h"

#include <inttypes.h>
#include <string.h>

#include "indexer/archive/field.h"
#include "indexer/ranked/bm25f.h"

/* Of a pattern or fuzzy word. */
#define TERMS_SHOWN 12

static void
print_reading(struct buf *out, const struct leaf *leaf,
              const struct reading *reading)
{
    for (size_t i = 0; i < reading->terms; i++)
        buf_printf(out, "%s%s", i ? " " : "",
                   leaf->term[reading->first + i].term);
}

/* What other languages would make of it is told where articles have it. */
static bool
is_told(const struct leaf *leaf, const struct reading *reading)
{
    return reading->articles || !reading->language ||
           reading->language == leaf->reading[0].language;
}

static void
print_terms(struct buf *out, const struct leaf *leaf)
{
    size_t told = 0;

    if (leaf_is_pattern(leaf)) {
        for (size_t i = 0; i < leaf->expansion.count && i < TERMS_SHOWN; i++)
            buf_printf(out, "%s%s", i ? " | " : "", leaf->expansion.item[i]);
        if (leaf->expansion.count > TERMS_SHOWN)
            buf_printf(out, " | %zu more", leaf->expansion.count - TERMS_SHOWN);
        return;
    }
    for (size_t i = 0; i < leaf->readings; i++) {
        if (!is_told(leaf, &leaf->reading[i]) || told++ >= TERMS_SHOWN)
            continue;
        buf_add_text(out, told > 1 ? " | " : "");
        print_reading(out, leaf, &leaf->reading[i]);
    }
    if (told > TERMS_SHOWN)
        buf_printf(out, " | %zu more", told - TERMS_SHOWN);
}

static void
print_leaf(struct buf *out, const struct leaf *leaf)
{
    buf_printf(out, "  %-20s ", leaf->expr->text);
    if (!leaf->readings) {
        buf_add_text(out, "left out: no letter or digit in it\n");
        return;
    }
    if (leaf->dropped) {
        buf_printf(out, "left out: %s; +word keeps it\n",
                   leaf->asks      ? "it asks, but for nothing"
                   : leaf->repeats ? "said before, which weighs more for it"
                   : leaf->common  ? "others tell more"
                                   : "a small word");
        return;
    }
    print_terms(out, leaf);
    buf_printf(out, "  in about %" PRIu64 " articles%s\n", leaf->articles,
               leaf->negative ? ", unwanted" : "");
}

/* What the news databases would read otherwise. */
static bool
has_kind(const struct expr *expr, enum expr_kind kind)
{
    if (!expr)
        return false;
    if (expr->kind == kind)
        return true;
    for (size_t i = 0; i < expr->children; i++)
        if (has_kind(expr->child[i], kind))
            return true;
    return false;
}

static void
print_differences(struct buf *out, const struct question *question)
{
    const struct expr *typed = question->typed;

    if (has_kind(typed, EXPR_AND) && has_kind(typed, EXPR_OR))
        buf_add_text(out, "differs   AND binds before OR here; Lexis joins "
                          "what is around OR first\n");
    if (has_kind(typed, EXPR_NEAR))
        buf_add_text(out, "differs   w/n is in either order here; in Factiva "
                          "it is PRE/n\n");
}

void
explain_query(const struct archive *archive, const struct question *question,
              struct buf *out)
{
    struct buf text = BUF_INIT;

    buf_printf(out, "read as   %s\n", query_kind_name(question->signs.kind));
    expr_print(question->typed, &text);
    buf_printf(out, "query     %s\n", text.data);
    buf_clear(&text);
    expr_print(question->meant, &text);
    buf_printf(out, "searched  %s\n", text.data);
    if (question->loose)
        buf_add_text(out, "          any of the words will do, best matches "
                          "first\n");
    print_differences(out, question);
    buf_printf(out, "articles  %" PRIu64 " in %zu segments\n",
               archive->articles, archive->manifest.segments);
    for (size_t i = 0; i < question->leaves.count; i++)
        print_leaf(out, &question->leaves.leaf[i]);
    if (question->plan.verify)
        buf_add_text(out, "checked   every candidate is read again for what "
                          "the index cannot tell\n");
    buf_release(&text);
}

/* How often a leaf stands in each field, counted on the text itself. */
static void
count_marks(struct match *match, size_t leaf,
            uint32_t frequency[FIELD_TEXT_COUNT])
{
    for (int field = 0; field < FIELD_TEXT_COUNT; field++) {
        size_t marks;
        const struct mark *mark = match_marks(match, (enum field)field, &marks);

        frequency[field] = 0;
        for (size_t i = 0; i < marks; i++)
            frequency[field] += mark[i].part == leaf;
    }
}

static void
print_share(struct buf *out, const char *name, uint64_t sum)
{
    uint64_t thousandths = (uint64_t)(bm25f_score(sum) * 1000 + 0.5);

    buf_printf(out, "%4" PRIu64 ".%03" PRIu64 "  %s", thousandths / 1000,
               thousandths % 1000, name);
}

enum status
explain_score(struct archive *archive, const struct question *question,
              const struct found *found, struct buf *out, struct error *err)
{
    struct archive_segment *segment = &archive->segment[found->segment];
    struct match *match =
        match_new(question->meant, &question->leaves, archive->analyzer);
    struct match_facts facts;
    enum status status = collect_facts(segment, found->id, &facts, err);
    uint32_t length[FIELD_TEXT_COUNT];
    struct bm25f_norm norm;

    if (!status)
        status = collect_texts(segment, found->id, match, &facts, err);
    if (!status) {
        for (int i = 0; i < FIELD_TEXT_COUNT; i++)
            length[i] = match_length(match, (enum field)i);
        bm25f_norm_init(&norm, length);
        print_share(out, "in all\n", found->score);
    }
    for (size_t i = 0; !status && i < question->leaves.count; i++) {
        const struct leaf *leaf = &question->leaves.leaf[i];
        uint32_t frequency[FIELD_TEXT_COUNT];
        unsigned impact;

        count_marks(match, i, frequency);
        impact = bm25f_impact(&norm, frequency);
        if (!impact || leaf->negative)
            continue;
        print_share(out, leaf->expr->text, (uint64_t)leaf->weight * impact);
        buf_printf(out, ": %u headline, %u byline, %u captions, %u body\n",
                   frequency[FIELD_HEADLINE], frequency[FIELD_BYLINE],
                   frequency[FIELD_CAPTIONS], frequency[FIELD_BODY]);
    }
    if (!status && found->near)
        print_share(out, "words close together or early in the text\n",
                    found->near);
    if (!status && found->like)
        print_share(out, "like the first hits\n", found->like);
    collect_texts_done(segment);
    match_free(match);
    return status;
}
