/*
 * query/render/render_diff.h - what one paper printed otherwise than another.
 *
 *     --- 2014-10-21  North Wire  Harbour fees to rise in Elmstead
 *     +++ 2014-10-22  Westmark Post  Harbour fees up
 *
 *     {+ELMSTEAD (NW) - +}The harbour board voted on [-Tuesday-]{+Wednesday+}
 *     to raise ...
 *
 * On a terminal with colours what is out is struck through and red, what is in
 * green, without the signs, which are those of GNU wdiff.
 */
#ifndef QUERY_RENDER_DIFF_H
#define QUERY_RENDER_DIFF_H

#include <stdbool.h>

#include "query/search/result.h"

/* Both were loaded with their texts.  `*same`: their bodies do not differ. */
void render_diff(struct buf *out, const struct hit *one,
                 const struct hit *other, bool color, bool *same);

#endif
