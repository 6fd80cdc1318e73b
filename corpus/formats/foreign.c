#include "corpus/formats/foreign.h"

#include <stdbool.h>
#include <string.h>

#include "corpus/base/count.h"

static const char convert[] =
    "convert it to HTML or plain text first, keeping its date";
static const char unpack[] = "unpack it first";
static const char leave[] = "it holds no text to index";

struct mark {
    size_t at;
    const char *bytes;
    size_t size;
    const char *name;
    const char *advice;
};

#define MARK(at, bytes, name, advice)              \
    {                                              \
        at, bytes, sizeof(bytes) - 1, name, advice \
    }

static const struct mark marks[] = {
    MARK(0, "%PDF-", "a PDF document", convert),
    MARK(0, "%!PS", "a PostScript document", convert),
    MARK(0, "{\\rtf", "an RTF document", convert),
    MARK(0, "AT&TFORM", "a DjVu document", convert),
    MARK(0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document",
         convert),
    MARK(0, "\x1f\x8b", "gzip data inside gzip data", unpack),
    MARK(0, "\x1f\x9d", "a compress (.Z) file", unpack),
    MARK(0, "7z\xbc\xaf\x27\x1c", "a 7z archive", unpack),
    MARK(0, "Rar!\x1a\x07", "a RAR archive", unpack),
    MARK(0, "\x89PNG\r\n", "a PNG image", leave),
    MARK(0, "\xff\xd8\xff", "a JPEG image", leave),
    MARK(0, "GIF8", "a GIF image", leave),
    MARK(0, "II*\0", "a TIFF image", leave),
    MARK(0, "MM\0*", "a TIFF image", leave),
    MARK(8, "WEBP", "a WebP image", leave),
    MARK(8, "WAVE", "a sound recording", leave),
    MARK(8, "AVI ", "a video", leave),
    MARK(4, "ftyp", "a video or an image of a camera", leave),
    MARK(0, "\x1a\x45\xdf\xa3", "a video", leave),
    MARK(0, "OggS", "a sound recording or a video", leave),
    MARK(0, "ID3", "a sound recording", leave),
    MARK(0, "\0\0\1\0", "an icon", leave),
    MARK(0, "wOFF", "a font", leave),
    MARK(0, "wOF2", "a font", leave),
    MARK(0,
         "\x7f"
         "ELF",
         "a program", leave),
    MARK(0, "\xcf\xfa\xed\xfe", "a program", leave),
    MARK(0, "SQLite format 3", "an SQLite database", leave),
};

/* What a ZIP file is said to be by the names in its first bytes. */
static const struct mark zips[] = {
    MARK(0, "application/vnd.oasis.opendocument", "an OpenDocument file",
         convert),
    MARK(0, "word/", "a Word document", convert),
    MARK(0, "xl/", "an Excel workbook", convert),
    MARK(0, "ppt/", "a PowerPoint presentation", convert),
    MARK(0, "[Content_Types].xml", "an Office document", convert),
    MARK(0, "META-INF/", "a Java archive", leave),
};

static bool
contains(const char *head, size_t size, const struct mark *mark)
{
    for (size_t at = 0; at + mark->size <= size; at++) {
        const char *found = memchr(head + at, mark->bytes[0], size - at);

        if (!found)
            return false;
        at = (size_t)(found - head);
        if (at + mark->size <= size &&
            memcmp(found, mark->bytes, mark->size) == 0)
            return true;
    }
    return false;
}

/* Of others it is not said that they are foreign: what is in them may not be.
 */
const char *
foreign_zip_name(const char *head, size_t size, const char **advice)
{
    for (size_t i = 0; i < COUNT(zips); i++) {
        if (contains(head, size, &zips[i])) {
            *advice = zips[i].advice;
            return zips[i].name;
        }
    }
    return NULL;
}

/* Bytes that text in no charset holds, but for UTF-16, half of which may be
 * NULs.  A page with a NUL or two and a wire story in its control characters
 * are text. */
static bool
binary(const char *head, size_t size)
{
    size_t controls = 0;
    size_t nuls = 0;

    for (size_t i = 0; i < size; i++) {
        unsigned char byte = (unsigned char)head[i];

        if (byte == 0)
            nuls++;
        else if (byte < 0x20 && !strchr("\t\n\v\f\r", byte))
            controls++;
    }
    return (nuls > size / 50 && (nuls < size / 3 || nuls > size * 2 / 3)) ||
           controls > size / 8;
}

const char *
foreign_name(const char *head, size_t size, const char **advice)
{
    *advice = leave;
    for (size_t i = 0; i < COUNT(marks); i++) {
        const struct mark *mark = &marks[i];

        if (size >= mark->at + mark->size &&
            memcmp(head + mark->at, mark->bytes, mark->size) == 0) {
            *advice = mark->advice;
            return mark->name;
        }
    }
    if (size >= 4 && memcmp(head, "PK\3\4", 4) == 0)
        return foreign_zip_name(head, size, advice);
    if (size >= 2 && memcmp(head, "MZ", 2) == 0 && memchr(head, 0, size))
        return "a program";
    if (binary(head, size))
        return "binary data of an unknown kind";
    return NULL;
}
