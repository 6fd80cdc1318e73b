/*
 * corpus/plain/layout_headline.h - which line is the headline of a body.
 *
 * Every line above the body, and the first few in it, is given points for
 * what headlines are more often than other lines: having words that come
 * back in the body, standing twice, standing above a byline or a date,
 * ending without a full stop.  The weights were fitted to pages whose
 * headline is known.
 */
#ifndef CORPUS_LAYOUT_HEADLINE_H
#define CORPUS_LAYOUT_HEADLINE_H

#include <stddef.h>

struct blocks;

/* The headline of the body that is blocks `first` to before `end`; the
 * number of blocks if there is none. */
size_t layout_headline(const struct blocks *blocks, size_t first, size_t end);

#endif
