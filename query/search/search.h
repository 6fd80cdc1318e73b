/*
 * query/search/search.h - a question in, ranked hits out.
 *
 * This is the one door between the archive and everything that shows
 * results (nsearch, the CGI page, tests).  Nothing above it knows what a
 * segment is or that it is an SQLite database.
 *
 *     struct search *search = NULL;
 *     struct search_request request = SEARCH_REQUEST_INIT;
 *     struct search_result result = SEARCH_RESULT_INIT;
 *
 *     status = search_open(&search, "/srv/news", err);
 *     if (!status) {
 *         request.text = "Opcon transfer";
 *         request.now = now;
 *         status = search_run(search, &request, &result, err);
 *     }
 *     ... result.hit[0 .. result.hits) ...
 *     search_result_release(&result);
 *     search_close(search);
 *
 * Nothing that a person can type into `text` is an error: what could not be
 * understood, what was dropped, and what was added stands in `notes`, one
 * sentence each.
 *
 * Some words mean one thing here and another elsewhere: archive.h says what.
 */
#ifndef QUERY_SEARCH_H
#define QUERY_SEARCH_H

#include <stddef.h>

#include "corpus/base/error.h"
#include "corpus/base/list.h"
#include "query/search/request.h"
#include "query/search/result.h"

struct search;

/*
 * Open the archives in these folders, which are searched as if they were one:
 * the same hits in the same order, with the same scores and counts.  An
 * article that several of them have comes several times.
 */
enum status search_open_all(struct search **search, const struct list *dirs,
                            struct error *err);

/*
 * Open the archive in the folder `dir`.  It shows one generation until it is
 * closed, whatever is written meanwhile.
 *
 * STATUS_ABSENT: there is no archive; the sentence says how to make one.
 * STATUS_VERSION, STATUS_DAMAGED, STATUS_IO as their names say.
 */
enum status search_open(struct search **search, const char *dir,
                        struct error *err);
/*
 * Let about so much of the archive's files count as memory of this process at
 * a time, and SQLite have as much again.  For a program of many at a time;
 * without it what has been read stays mapped, which is faster.
 */
void search_limit_memory(struct search *search, size_t bytes);

void search_close(struct search *search);

/*
 * Which state of which archives is searched, as a word, "12-9f86d081884c7d65":
 * the number of the generation, one for each commit so far and of several
 * archives the sum, and a digest of all that it lists, so that another archive
 * in the same place has another.
 */
#define SEARCH_STATE_SIZE 40

void search_state(const struct search *search, char state[SEARCH_STATE_SIZE]);

/* Run a request.  Fails only when the archive cannot be read. */
enum status search_run(struct search *search,
                       const struct search_request *request,
                       struct search_result *result, struct error *err);

/* Hand every hit to request->take, however many there are and with nothing but
 * its key; of request->offset and limit nothing is heeded.  `*all`: the time
 * limit has not struck. */
enum status search_each(struct search *search,
                        const struct search_request *request, bool *all,
                        struct error *err);

/* Most articles in which words near those of the query are counted. */
#define SEARCH_NEAR_ARTICLES 10000

/*
 * The same, but with result->near instead of hits: the words within so many of
 * the query's, `request->limit` of them.
 */
enum status search_near(struct search *search,
                        const struct search_request *request, unsigned window,
                        struct search_result *result, struct error *err);

/*
 * One article by its key or its URL, with its texts; `request->text` is what to
 * mark in it and may be empty.  STATUS_ABSENT if the archive does not have it.
 */
enum status search_fetch(struct search *search, const char *key,
                         const struct search_request *request, struct hit *hit,
                         struct error *err);

/*
 * What is like the article of that key or URL, other reports of the same event
 * first, and no copies of it.  Of the request text and what narrows are not
 * heeded.  STATUS_ABSENT as above.
 */
enum status search_like(struct search *search, const char *key,
                        const struct search_request *request,
                        struct search_result *result, struct error *err);

/* The values that occur in the archive for a facet, for completions. */
enum status search_values(struct search *search, enum search_facet facet,
                          struct facet *out, struct error *err);

#endif
