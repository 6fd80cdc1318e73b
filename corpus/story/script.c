#include "corpus/story/script.h"

#include <stddef.h>
#include <string.h>

#include "corpus/base/ascii.h"
#include "corpus/base/bisect.h"
#include "corpus/base/count.h"

/* In order of their code points: Unicode's blocks, as far as they are of
 * letters, behind ASCII. */
static const struct {
    uint32_t first;
    uint32_t last;
    enum script script;
} ranges[] = {
    {'A', 'Z', SCRIPT_LATIN},          {'a', 'z', SCRIPT_LATIN},
    {0xaa, 0xaa, SCRIPT_LATIN},        {0xba, 0xba, SCRIPT_LATIN},
    {0xc0, 0xd6, SCRIPT_LATIN},        {0xd8, 0xf6, SCRIPT_LATIN},
    {0xf8, 0x2af, SCRIPT_LATIN},       {0x370, 0x373, SCRIPT_GREEK},
    {0x376, 0x37d, SCRIPT_GREEK},      {0x386, 0x386, SCRIPT_GREEK},
    {0x388, 0x3ff, SCRIPT_GREEK},      {0x400, 0x52f, SCRIPT_CYRILLIC},
    {0x531, 0x556, SCRIPT_ARMENIAN},   {0x561, 0x587, SCRIPT_ARMENIAN},
    {0x5d0, 0x5f2, SCRIPT_HEBREW},     {0x620, 0x64a, SCRIPT_ARABIC},
    {0x66e, 0x6d3, SCRIPT_ARABIC},     {0x6d5, 0x6d5, SCRIPT_ARABIC},
    {0x6fa, 0x6ff, SCRIPT_ARABIC},     {0x750, 0x77f, SCRIPT_ARABIC},
    {0x900, 0x963, SCRIPT_DEVANAGARI}, {0x980, 0x9e3, SCRIPT_BENGALI},
    {0x9f0, 0x9f1, SCRIPT_BENGALI},    {0xa00, 0xa7f, SCRIPT_GURMUKHI},
    {0xa80, 0xaff, SCRIPT_GUJARATI},   {0xb00, 0xb7f, SCRIPT_ORIYA},
    {0xb80, 0xbff, SCRIPT_TAMIL},      {0xc00, 0xc7f, SCRIPT_TELUGU},
    {0xc80, 0xcff, SCRIPT_KANNADA},    {0xd00, 0xd7f, SCRIPT_MALAYALAM},
    {0xd80, 0xdff, SCRIPT_SINHALA},    {0xe01, 0xe3a, SCRIPT_THAI},
    {0xe40, 0xe4e, SCRIPT_THAI},       {0xe80, 0xeff, SCRIPT_LAO},
    {0x1000, 0x109f, SCRIPT_MYANMAR},  {0x10a0, 0x10ff, SCRIPT_GEORGIAN},
    {0x1100, 0x11ff, SCRIPT_HANGUL},   {0x1200, 0x139f, SCRIPT_ETHIOPIC},
    {0x1780, 0x17df, SCRIPT_KHMER},    {0x1e00, 0x1eff, SCRIPT_LATIN},
    {0x1f00, 0x1fff, SCRIPT_GREEK},    {0x3041, 0x30ff, SCRIPT_KANA},
    {0x3131, 0x318e, SCRIPT_HANGUL},   {0x31f0, 0x31ff, SCRIPT_KANA},
    {0x3400, 0x4dbf, SCRIPT_HAN},      {0x4e00, 0x9fff, SCRIPT_HAN},
    {0xa640, 0xa69f, SCRIPT_CYRILLIC}, {0xac00, 0xd7a3, SCRIPT_HANGUL},
    {0xf900, 0xfaff, SCRIPT_HAN},      {0xfb1d, 0xfb4f, SCRIPT_HEBREW},
    {0xfb50, 0xfdff, SCRIPT_ARABIC},   {0xfe70, 0xfefc, SCRIPT_ARABIC},
    {0xff66, 0xff9d, SCRIPT_KANA},     {0x20000, 0x323af, SCRIPT_HAN},
};

/* Each with a blank around it. */
static const char latin[] =
    " af az bs ca cs cy da de en eo es et eu fi fo fr fy ga gl ha hr "
    "ht id ig is it jv kk ku ky la lb lg lt lv mg mi ms mt nb nl nn "
    "no oc pl pt qu rm ro rw sk sl sm sn so sq sr st su sv sw tk tl "
    "tn to tr tt uz vi wo xh yo zu ";

static const char *const languages[SCRIPT_COUNT] = {
    [SCRIPT_LATIN] = latin,
    [SCRIPT_GREEK] = " el ",
    [SCRIPT_CYRILLIC] = " az be bg bs ce gt kk ku ky mk mn os rs rt ru tt z ",
    [SCRIPT_ARMENIAN] = " hy ",
    [SCRIPT_HEBREW] = " he yi ",
    [SCRIPT_ARABIC] = " ar az ck fa ha kk ks ku ky ms pa ps sd ug ur ",
    [SCRIPT_DEVANAGARI] = " bh hi ks mr ne sa sd ",
    [SCRIPT_BENGALI] = " as bn ",
    [SCRIPT_GURMUKHI] = " pa ",
    [SCRIPT_GUJARATI] = " gu ",
    [SCRIPT_ORIYA] = " or ",
    [SCRIPT_TAMIL] = " ta ",
    [SCRIPT_TELUGU] = " te ",
    [SCRIPT_KANNADA] = " kn ",
    [SCRIPT_MALAYALAM] = " ml ",
    [SCRIPT_SINHALA] = " si ",
    [SCRIPT_THAI] = " th ",
    [SCRIPT_LAO] = " lo ",
    [SCRIPT_MYANMAR] = " my ",
    [SCRIPT_GEORGIAN] = " ka ",
    [SCRIPT_HANGUL] = " ko ",
    [SCRIPT_ETHIOPIC] = " am ti ",
    [SCRIPT_KHMER] = " km ",
    [SCRIPT_KANA] = " ja ",
    [SCRIPT_HAN] = " ja ko zh ",
};

enum script
script_of(uint32_t code)
{
    struct bisect half = bisect_between(0, COUNT(ranges));

    if (code < 0x80)
        return ascii_is_letter((char)code) ? SCRIPT_LATIN : SCRIPT_NONE;
    while (bisect_next(&half))
        bisect_go(&half, ranges[half.middle].last < code);
    if (half.low == COUNT(ranges) || code < ranges[half.low].first)
        return SCRIPT_NONE;
    return ranges[half.low].script;
}

/* Of a script in which newspapers of one language are printed. */
static const char alone[][3] = {
    [SCRIPT_GREEK] = "el",     [SCRIPT_ARMENIAN] = "hy",
    [SCRIPT_GURMUKHI] = "pa",  [SCRIPT_GUJARATI] = "gu",
    [SCRIPT_ORIYA] = "or",     [SCRIPT_TAMIL] = "ta",
    [SCRIPT_TELUGU] = "te",    [SCRIPT_KANNADA] = "kn",
    [SCRIPT_MALAYALAM] = "ml", [SCRIPT_SINHALA] = "si",
    [SCRIPT_THAI] = "th",      [SCRIPT_LAO] = "lo",
    [SCRIPT_MYANMAR] = "my",   [SCRIPT_GEORGIAN] = "ka",
    [SCRIPT_HANGUL] = "ko",    [SCRIPT_ETHIOPIC] = "am",
    [SCRIPT_KHMER] = "km",     [SCRIPT_KANA] = "ja",
    [SCRIPT_HAN] = ""};

const char *
script_language(enum script script)
{
    return alone[script][0] ? alone[script] : NULL;
}

static bool
has_code(const char *codes, const char *code)
{
    char word[] = {' ', code[0], code[1], ' ', '\0'};

    return codes && strstr(codes, word);
}

bool
script_is_foreign(enum script script, const char *language)
{
    bool known = false;

    if (strlen(language) != 2 || script == SCRIPT_NONE ||
        has_code(languages[script], language))
        return false;
    for (int i = 0; i < SCRIPT_COUNT && !known; i++)
        known = has_code(languages[i], language);
    return known;
}
