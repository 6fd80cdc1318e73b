/*
 * query/language/prose.h - is it a query or a piece of language?
 *
 *     hlead(opcon w/5 transfer) not delay       an expert's query
 *     opcon -delay "joint command"              a few words, typed
 *     Ministers: "No deal" - talks fail (again) prose
 *
 * A text means what its signs say only if somebody meant them.  So it is
 * looked at as a whole before a word of it is read, and what speaks for an
 * expert is weighed against what speaks for language:
 *
 *     expert   a field or function with its value beside it, a proximity
 *              operator, a relation of dates or lengths; AND, OR and NOT in
 *              capitals between two parts; an operator inside parentheses;
 *              wildcards, and marks before a word
 *     prose    signs that end sentences and clauses, dashes, addresses,
 *              @names, #tags, smileys; short words, a capital to begin with,
 *              many words on end; what is not paired; a sentence all in
 *              capitals; and an operator after a word of two letters
 *
 * Nothing depends on a language: the small words of most are short.  A
 * backslash by itself at the beginning says that it is a query, in which small
 * letters are words; a backslash before the first word, that it is no prose.
 */
#ifndef QUERY_PROSE_H
#define QUERY_PROSE_H

#include <stdbool.h>
#include <stddef.h>

enum query_kind {
    QUERY_TYPED,  /* capitals and marks are operators */
    QUERY_EXPERT, /* and so are and, or, not and same in small letters */
    QUERY_PROSE,  /* nothing is */
    QUERY_STRICT  /* as typed, because the text says so */
};

struct query_signs {
    enum query_kind kind;
    bool pasted;   /* prose that nobody types into a search */
    bool unused;   /* prose: something in it could have been an operator */
    bool doubtful; /* a query: it could have been prose */
    bool small;    /* typed: an or, not or same was read as a word */
};

/* `text` is valid UTF-8 with single blanks. */
struct query_signs query_signs_find(const char *text, size_t size);

/* The bytes at the start of `text` that are an address of the web: one with
 * "://", a host that begins with "www.", or a host with a path.  Else 0. */
size_t query_address(const char *text, size_t size);

/* A sentence for a person on how a text is read, without its full stop. */
const char *query_kind_name(enum query_kind kind);

#endif
