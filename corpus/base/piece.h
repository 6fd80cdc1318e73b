/*
 * corpus/base/piece.h - a borrowed piece of text, and what is read off it: its
 * lines, what stands before a byte.
 *
 * Nothing is copied and nothing ends in NUL; a piece is good as long as the
 * text that it is a piece of.
 */
#ifndef CORPUS_PIECE_H
#define CORPUS_PIECE_H

#include <stdbool.h>
#include <stddef.h>

struct piece {
    const char *text;
    size_t size;
};

/* Where a byte stands; piece.size if it does not. */
size_t piece_find(struct piece piece, char byte);

/* The line at the start of `rest`, which moves behind it; blanks at both ends
 * stay.  False at the end. */
bool piece_line(struct piece *rest, struct piece *line);

/* Without ASCII blanks and control characters at both ends, or at the start. */
struct piece piece_trim(struct piece piece);
struct piece piece_trim_start(struct piece piece);

#endif
