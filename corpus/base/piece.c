#include "corpus/base/piece.h"

#include <string.h>

size_t
piece_find(struct piece piece, char byte)
{
    const char *at = piece.size ? memchr(piece.text, byte, piece.size) : NULL;

    return at ? (size_t)(at - piece.text) : piece.size;
}

bool
piece_line(struct piece *rest, struct piece *line)
{
    size_t size = piece_find(*rest, '\n');

    *line = (struct piece){rest->text, size};
    if (!rest->size)
        return false;
    size += size < rest->size;
    rest->text += size;
    rest->size -= size;
    return true;
}

struct piece
piece_trim_start(struct piece piece)
{
    while (piece.size && (unsigned char)*piece.text <= ' ') {
        piece.text++;
        piece.size--;
    }
    return piece;
}

struct piece
piece_trim(struct piece piece)
{
    piece = piece_trim_start(piece);
    while (piece.size && ((unsigned char)piece.text[piece.size - 1] <= ' ' ||
                          piece.text[piece.size - 1] == 0x7F))
        piece.size--;
    return piece;
}
