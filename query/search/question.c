#include "query/search/question.h"

#include <string.h>

#include "query/words/meaning.h"
#include "query/words/weigh.h"

void
question_release(struct question *question)
{
    expr_free(question->typed);
    expr_free(question->meant);
    leaves_release(&question->leaves);
    plan_release(&question->plan);
    *question = (struct question){.plan.match = BUF_INIT};
}

enum status
question_read(struct question *question, struct archive *archive,
              const struct search_request *request, struct list *notes,
              struct error *err)
{
    *question = (struct question){.plan.match = BUF_INIT};
    question->typed = expr_parse(request->text, strlen(request->text),
                                 request->now, &request->limits, notes);
    leaves_collect(&question->leaves, question->typed, archive->analyzer,
                   &archive->languages);
    question_mean(question, false);
    return weigh_leaves(archive, &question->leaves, notes, err);
}

void
question_mean(struct question *question, bool loosen)
{
    expr_free(question->meant);
    question->meant = meaning_of(question->typed, &question->leaves, loosen,
                                 &question->loose, &question->enough);
}
