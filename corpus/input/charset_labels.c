#include "corpus/input/charset_labels.h"

#include <iconv.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "corpus/base/ascii.h"
#include "corpus/base/count.h"

/* By the Encoding Standard iso-8859-1, ascii, iso-8859-9, gb2312 and others
 * are narrower names of what is really written. */
static const struct {
    const char *name;
    const char *labels; /* each with a blank behind it */
} charsets[] = {
    {"UTF-8", "utf-8 utf8 unicode-1-1-utf-8 unicode11utf8 unicode20utf8 "
              "x-unicode20utf8 "},
    {"UTF-16LE", "utf-16 utf-16le unicode unicodefeff csunicode ucs-2 "
                 "iso-10646-ucs-2 "},
    {"UTF-16BE", "utf-16be unicodefffe "},
    {"UTF-32LE", "utf-32 utf-32le "},
    {"UTF-32BE", "utf-32be "},
    {"windows-1250", "windows-1250 cp1250 x-cp1250 "},
    {"windows-1251", "windows-1251 cp1251 x-cp1251 "},
    {"windows-1252",
     "windows-1252 cp1252 x-cp1252 iso-8859-1 iso8859-1 iso88591 iso_8859-1 "
     "iso_8859-1:1987 iso-ir-100 latin1 latin-1 l1 csisolatin1 ascii us-ascii "
     "ansi ansi_x3.4-1968 cp819 ibm819 "},
    {"windows-1253", "windows-1253 cp1253 x-cp1253 "},
    {"windows-1254",
     "windows-1254 cp1254 x-cp1254 iso-8859-9 iso8859-9 iso88599 iso_8859-9 "
     "iso_8859-9:1989 iso-ir-148 latin5 latin-5 l5 csisolatin5 "},
    {"windows-1255", "windows-1255 cp1255 x-cp1255 "},
    {"windows-1256", "windows-1256 cp1256 x-cp1256 "},
    {"windows-1257", "windows-1257 cp1257 x-cp1257 "},
    {"windows-1258", "windows-1258 cp1258 x-cp1258 "},
    {"windows-874", "windows-874 cp874 dos-874 iso-8859-11 iso8859-11 "
                    "iso885911 tis-620 tis620 "},
    {"ISO-8859-2",
     "iso-8859-2 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 iso-ir-101 "
     "latin2 latin-2 l2 csisolatin2 "},
    {"ISO-8859-3",
     "iso-8859-3 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 iso-ir-109 "
     "latin3 latin-3 l3 csisolatin3 "},
    {"ISO-8859-4",
     "iso-8859-4 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 iso-ir-110 "
     "latin4 latin-4 l4 csisolatin4 "},
    {"ISO-8859-5",
     "iso-8859-5 iso8859-5 iso88595 iso_8859-5 iso_8859-5:1988 iso-ir-144 "
     "cyrillic csisolatincyrillic "},
    {"ISO-8859-6",
     "iso-8859-6 iso-8859-6-e iso-8859-6-i iso8859-6 iso88596 iso_8859-6 "
     "iso_8859-6:1987 iso-ir-127 arabic asmo-708 ecma-114 csiso88596e "
     "csiso88596i csisolatinarabic "},
    {"ISO-8859-7",
     "iso-8859-7 iso8859-7 iso88597 iso_8859-7 iso_8859-7:1987 iso-ir-126 "
     "greek greek8 ecma-118 elot_928 sun_eu_greek csisolatingreek "},
    {"ISO-8859-8",
     "iso-8859-8 iso-8859-8-e iso-8859-8-i iso8859-8 iso88598 iso_8859-8 "
     "iso_8859-8:1988 iso-ir-138 hebrew logical visual csiso88598e csiso88598i "
     "csisolatinhebrew "},
    {"ISO-8859-10", "iso-8859-10 iso8859-10 iso885910 iso-ir-157 latin6 "
                    "latin-6 l6 csisolatin6 "},
    {"ISO-8859-13", "iso-8859-13 iso8859-13 iso885913 latin7 latin-7 "},
    {"ISO-8859-14", "iso-8859-14 iso8859-14 iso885914 latin8 latin-8 "},
    {"ISO-8859-15", "iso-8859-15 iso8859-15 iso885915 iso_8859-15 latin9 "
                    "latin-9 l9 csisolatin9 "},
    {"ISO-8859-16", "iso-8859-16 iso8859-16 latin10 latin-10 "},
    {"KOI8-R", "koi8-r koi8_r koi8 koi cskoi8r "},
    {"KOI8-U", "koi8-u koi8-ru "},
    {"MACINTOSH", "macintosh mac x-mac-roman mac-roman csmacintosh "},
    {"MAC-CYRILLIC", "x-mac-cyrillic x-mac-ukrainian mac-cyrillic "},
    {"IBM437", "ibm437 cp437 437 cspc8codepage437 "},
    {"IBM850", "ibm850 cp850 850 cspc850multilingual "},
    {"IBM852", "ibm852 cp852 852 cspcp852 "},
    {"IBM855", "ibm855 cp855 855 csibm855 "},
    {"IBM866", "ibm866 cp866 866 csibm866 "},
    {"GB18030", "gb18030 gbk x-gbk cp936 windows-936 gb2312 gb_2312 gb_2312-80 "
                "euc-cn chinese iso-ir-58 csgb2312 csiso58gb231280 "},
    {"BIG5-HKSCS", "big5 big5-hkscs cn-big5 x-x-big5 csbig5 cp950 "
                   "windows-950 "},
    {"EUC-JP", "euc-jp x-euc-jp ujis cseucpkdfmtjapanese "},
    {"CP932", "shift_jis shift-jis sjis x-sjis ms932 ms_kanji windows-31j "
              "cp932 csshiftjis "},
    {"ISO-2022-JP", "iso-2022-jp csiso2022jp "},
    {"CP949", "euc-kr euckr korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 "
              "ksc_5601 windows-949 cp949 uhc iso-ir-149 cseuckr "
              "csksc56011987 "},
    {"ISO-2022-KR", "iso-2022-kr csiso2022kr "},
};

enum {
    CHARSETS = COUNT(charsets),
    LABEL_MOST = 32
};

/* In lower case without blanks and quotes around it, and with a blank behind
 * it.  False for what is too long to be one. */
static bool
clean(char label[LABEL_MOST], const char *declared)
{
    size_t size = 0;

    declared += strspn(declared, " \t\r\n\"'");
    for (; !strchr(" \t\r\n\"';,/", *declared); declared++) {
        if (size + 2 == LABEL_MOST)
            return false;
        label[size++] = ascii_lower(*declared);
    }
    label[size] = ' ';
    label[size + 1] = '\0';
    return size > 0;
}

const char *
charset_name(const char *label)
{
    char wanted[LABEL_MOST];

    if (!clean(wanted, label))
        return NULL;
    for (size_t i = 0; i < CHARSETS; i++) {
        const char *labels = charsets[i].labels;
        const char *at = labels;

        while ((at = strstr(at, wanted)) != NULL && at > labels &&
               at[-1] != ' ')
            at++;
        if (at)
            return charsets[i].name;
    }
    return NULL;
}

const char *
charset_listed(size_t number)
{
    return number < CHARSETS ? charsets[number].name : NULL;
}

void
charset_preload(void)
{
    /* An open descriptor keeps its module; none of these is closed. */
    for (size_t i = 0; i < CHARSETS; i++)
        (void)iconv_open("UTF-8", charsets[i].name);
}
