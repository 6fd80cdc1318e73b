/*
 * corpus/formats/formats.h - the formats, one object and one file each.
 *
 * Each reader_NAME.c includes this header, so that the compiler sees both
 * agree.  README.md says what else a new one needs.
 */
#ifndef CORPUS_FORMATS_H
#define CORPUS_FORMATS_H

#include "corpus/formats/reader.h"

extern const struct format format_agency;
extern const struct format format_agencyxml;
extern const struct format format_alto;
extern const struct format format_anpa;
extern const struct format format_csv;
extern const struct format format_docx;
extern const struct format format_epub;
extern const struct format format_feed;
extern const struct format format_hocr;
extern const struct format format_html;
extern const struct format format_iptc7901;
extern const struct format format_jsonl;
extern const struct format format_mail;
extern const struct format format_markdown;
extern const struct format format_mets;
extern const struct format format_metspage;
extern const struct format format_mhtml;
extern const struct format format_newsml;
extern const struct format format_newsmlg2;
extern const struct format format_ninjs;
extern const struct format format_nitf;
extern const struct format format_odt;
extern const struct format format_packed;
extern const struct format format_pagexml;
extern const struct format format_sgml;
extern const struct format format_subtitles;
extern const struct format format_text;
extern const struct format format_warc;

#endif
