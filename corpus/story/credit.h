/*
 * corpus/story/credit.h - who made a picture: the credit at the end of a
 * caption.
 */
#ifndef CORPUS_CREDIT_H
#define CORPUS_CREDIT_H

#include <stddef.h>

/*
 * The credit at the end of a caption: "[YONHAP]", "(AP Photo/Jane Doe)",
 * "Foto: dpa", "© Reuters".  Returns the length of the text before it and
 * sets the credit, borrowed from `text`, without its brackets and label;
 * returns `size` if there is none.
 */
size_t credit_find(const char *text, size_t size, const char **credit,
                   size_t *credit_size);

#endif
