/*
 * corpus/input/issue_parts.h - what the files issue*.c share; nobody else
 * includes it.
 */
#ifndef CORPUS_ISSUE_PARTS_H
#define CORPUS_ISSUE_PARTS_H

#include <stdbool.h>
#include <stddef.h>

#include "corpus/base/buf.h"
#include "corpus/base/list.h"
#include "corpus/input/issue.h"

enum {
    FOLDERS = 8 /* that are remembered */
};

/* The XML files of a folder, and its folders. */
struct folder {
    char *path; /* NULL: none is remembered here */
    struct list mets;
    struct list pages;
    struct list folders;
};

/* A METS file that was looked through. */
struct issue {
    char *path;
    struct list pages; /* as issue_href() has them, those that are there */
    bool whole;        /* it and its pages are read together */
    struct buf text;
};

struct issues {
    bool walked;
    struct folder folder[FOLDERS];
    size_t next; /* to be forgotten */
    struct issue issue;
};

/* --- names --- */

/* Does the name end in ".xml" or ".xml.gz"? */
bool issue_is_xml_name(const char *name, size_t size);

/* Where "mets" stands in a name, NULL if it does not: the pages' names begin
 * with what is before it. */
const char *issue_mets_in(const char *name);

/* What stands behind the last '/' of a path.  Borrowed from it. */
const char *issue_base_of(const char *path);

/* The folder of a path, "." if it has none. */
void issue_set_folder(struct buf *out, const char *path);

/* The path of a name in a folder. */
void issue_set_path(struct buf *out, const char *folder, const char *name);

/* --- folders --- */

void issue_folder_release(struct folder *folder);

/* What is in a folder.  Borrowed until FOLDERS others have been asked for. */
const struct folder *issue_folder_of(struct issues *issues, const char *path);

/* May the page belong to this METS file of the folder? */
bool issue_is_kin(const struct folder *folder, const char *mets,
                  const char *page);

#endif
