/*
 * corpus/input/issue.h - files that are read together: a newspaper issue.
 *
 *     1824-02-17_mets.xml     which blocks of which pages make an article
 *     1824-02-17_0001.xml     the pages' text, ALTO; beside the first, or
 *     alto/0001.xml           one folder below it
 *
 * A worker is given one descriptor and can open nothing.  So the METS file
 * and its pages are put into one here, in frames:
 *
 *     NSEARCH-ISSUE
 *     page SIZE HREF          and SIZE bytes, for each page
 *     mets SIZE .             and SIZE bytes
 *
 * and a page that belongs to an issue comes as "NSEARCH-PAGE" alone, for it
 * is read with its issue.  If the METS file names no articles, or a limit is
 * met, nothing is changed and the pages are read as pages.
 *
 * Nothing is parsed here: the METS file's text is looked through for file
 * names.  Only names that lead beside it or one folder below are followed, and
 * no links.  A METS file is known by "mets" in its name, so that a folder
 * tells without opening anything which files may belong together.
 */
#ifndef CORPUS_ISSUE_H
#define CORPUS_ISSUE_H

#include <stdbool.h>

#include "corpus/base/buf.h"
#include "corpus/base/error.h"

struct issues;
struct walk_file;

#define ISSUE_MARK "NSEARCH-ISSUE\n"
#define ISSUE_PAGE_MARK "NSEARCH-PAGE\n"

/* What is known of folders is kept until issues_free().  `walked`: the paths
 * to open come from a walk, see file_open_walked(). */
struct issues *issues_new(bool walked);
void issues_free(struct issues *issues);

/* As file_open(), but for an issue and its pages the descriptor is that of
 * what the head comment draws. */
enum status issues_open(struct issues *issues, int *fd, const char *path,
                        struct error *err);

/* Change size and time of a file that is read with others so that they change
 * when the others do. */
void issues_stat(struct issues *issues, struct walk_file *file);

/* Set `out` to the file that a METS file's href leads to, from its folder.
 * False if it is none that is followed. */
bool issue_href(struct buf *out, const char *href, size_t size);

#endif
