/*
 * corpus/story/credit.h - who made a picture: the credit at the end of a
 * caption.
 */
#ifndef CORPUS_CREDIT_H
#define CORPUS_CREDIT_H

#include <stdbool.h>
#include <stddef.h>

/*
 * The credit at the end of a caption: "[YONHAP]", "(AP Photo/Jane Doe)",
 * "Foto: dpa", "© Reuters".  Returns the length of the text before it and
 * sets the credit, borrowed from `text`, without its brackets and label;
 * returns `size` if there is none.
 */
size_t credit_find(const char *text, size_t size, const char **credit,
                   size_t *credit_size);

/* Does a line of a page begin as one that says who took the picture: "Photo:
 * Jane Doe"?  How long such a line may be is for the caller to say. */
bool credit_is_line(const char *text, size_t size);

#endif
