/*
 * corpus/plain/layout_caption.h - captions that only their place gives away.
 */
#ifndef CORPUS_LAYOUT_CAPTION_H
#define CORPUS_LAYOUT_CAPTION_H

#include <stddef.h>

struct blocks;

/*
 * Make captions of those blocks from `first` to before `end` that stand
 * above a picture's credit, below the label of a picture, or twice in a row,
 * and credits of what stands there as one.
 */
void layout_captions(struct blocks *blocks, size_t first, size_t end);

#endif
