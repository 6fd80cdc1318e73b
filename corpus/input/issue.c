/* For memfd_create(2). */
#define _GNU_SOURCE

#include "corpus/input/issue.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "corpus/base/mem.h"
#include "corpus/base/seen.h"
#include "corpus/input/file.h"
#include "corpus/input/input.h"
#include "corpus/input/issue_parts.h"
#include "corpus/input/walk.h"

enum {
    PAGES_MOST = 500,       /* of an issue */
    HREFS_MOST = 10000,     /* that are looked for */
    KIN_MOST = 16,          /* METS files to which a page may belong */
    BYTES_MOST = 256 << 20, /* of an issue with its pages */
    METS_MOST = 32 << 20,
    TAG_MOST = 64 << 10, /* bytes in which an element ends */
    HEAD_SIZE = 4096
};

/* --- issues --------------------------------------------------------------- */

struct issues *
issues_new(bool walked)
{
    struct issues *issues = mem_zero(1, sizeof(*issues));

    issues->walked = walked;
    issues->issue.text = BUF_INIT;
    return issues;
}

static enum status
open_file(const struct issues *issues, int *fd, const char *path,
          struct error *err)
{
    return issues->walked ? file_open_walked(fd, path, err)
                          : file_open(fd, path, err);
}

static enum status
open_input(const struct issues *issues, struct input **input, const char *path,
           const struct input_limits *limits)
{
    int fd;
    enum status status = open_file(issues, &fd, path, NULL);

    return status ? status : input_open_fd(input, fd, path, limits, NULL);
}

static void
issue_clear(struct issue *issue)
{
    free(issue->path);
    list_release(&issue->pages);
    buf_release(&issue->text);
    *issue = (struct issue){.text = BUF_INIT};
}

void
issues_free(struct issues *issues)
{
    if (!issues)
        return;
    for (size_t i = 0; i < FOLDERS; i++)
        issue_folder_release(&issues->folder[i]);
    issue_clear(&issues->issue);
    free(issues);
}

/* The place behind the next `word`; NULL if there is none. */
static const char *
behind(const char *at, const char *end, const char *word)
{
    const char *found =
        at < end ? memmem(at, (size_t)(end - at), word, strlen(word)) : NULL;

    return found ? found + strlen(word) : NULL;
}

/* Does a division say that it is an article? */
static bool
has_articles(const struct buf *text)
{
    const char *end = text->data + text->size;
    const char *at = text->data;

    while ((at = behind(at, end, "TYPE=\""))) {
        size_t size = strcspn(at, "\"");

        if (size >= 7 && !strncasecmp(at + size - 7, "article", 7))
            return true;
    }
    return false;
}

/* Is a page there, behind no link?  Its size if so, else 0. */
static uint64_t
page_size(const char *folder, const char *href)
{
    struct buf path = BUF_INIT;
    struct stat st;
    uint64_t size = 0;
    const char *slash = strchr(href, '/');

    issue_set_path(&path, folder, href);
    if (slash)
        buf_cut(&path, path.size - strlen(slash));
    if (slash && (lstat(path.data, &st) || !S_ISDIR(st.st_mode)))
        goto done;
    issue_set_path(&path, folder, href);
    if (!lstat(path.data, &st) && S_ISREG(st.st_mode) && st.st_size > 0)
        size = (uint64_t)st.st_size;
done:
    buf_release(&path);
    return size;
}

/* Note the pages that the text names and that are there. */
static void
find_pages(struct issue *issue, const char *folder)
{
    const char *end = issue->text.data + issue->text.size;
    const char *at = issue->text.data;
    uint64_t bytes = issue->text.size;
    struct buf href = BUF_INIT;
    struct seen hrefs = SEEN_INIT;
    size_t named = 0;

    while (named <= PAGES_MOST && hrefs.count <= HREFS_MOST &&
           (at = behind(at, end, "FLocat"))) {
        size_t most = end - at < TAG_MOST ? (size_t)(end - at) : TAG_MOST;
        const char *stop = memchr(at, '>', most);
        const char *value = stop ? behind(at, stop, "href=\"") : NULL;
        size_t known = hrefs.count;
        uint64_t size;

        if (!stop) { /* no METS; to look on here for each would take days */
            at += most;
            continue;
        }
        if (!value || !issue_href(&href, value, strcspn(value, "\"")) ||
            seen_number(&hrefs, href.data, href.size) < known)
            continue;
        size = page_size(folder, href.data);
        if (!size)
            continue;
        list_add_text(&issue->pages, href.data);
        bytes += size;
        named++;
    }
    issue->whole = named > 0 && named <= PAGES_MOST &&
                   hrefs.count <= HREFS_MOST && bytes <= BYTES_MOST &&
                   has_articles(&issue->text);
    buf_release(&href);
    seen_release(&hrefs);
}

/* Look through a METS file, unless it is the one that was looked at last. */
static const struct issue *
issue_of(struct issues *issues, const char *path)
{
    struct issue *issue = &issues->issue;
    struct input_limits limits = {.whole = METS_MOST};
    struct input *input = NULL;
    struct buf folder = BUF_INIT;
    struct error err = {0};
    const char *head;
    size_t size;

    if (issue->path && !strcmp(issue->path, path))
        return issue;
    issue_clear(issue);
    issue->path = mem_string(path);
    if (open_input(issues, &input, path, &limits))
        return issue;
    input_peek(input, HEAD_SIZE, &head, &size);
    if (memmem(head, size, "loc.gov/METS", 12) &&
        !input_all(input, &issue->text, &err)) {
        issue_set_folder(&folder, path);
        find_pages(issue, folder.data);
    }
    input_close(input);
    buf_release(&folder);
    return issue;
}

/* --- putting together ----------------------------------------------------- */

static bool
write_all(int fd, const char *data, size_t size)
{
    while (size > 0) {
        ssize_t done = write(fd, data, size);

        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return false;
        data += done;
        size -= (size_t)done;
    }
    return true;
}

static bool
write_frame(int fd, const char *kind, const char *name, const struct buf *bytes)
{
    struct buf head = BUF_INIT;
    bool done;

    buf_printf(&head, "%s %zu %s\n", kind, bytes->size, name);
    done = write_all(fd, head.data, head.size) &&
           write_all(fd, bytes->data, bytes->size);
    buf_release(&head);
    return done;
}

/* A page as it is, unpacked. */
static bool
write_page(const struct issues *issues, int fd, const char *folder,
           const char *href)
{
    struct input_limits limits = {.whole = BYTES_MOST};
    struct input *input = NULL;
    struct buf path = BUF_INIT;
    struct buf bytes = BUF_INIT;
    struct error err = {0};
    bool done = true;

    issue_set_path(&path, folder, href);
    if (!open_input(issues, &input, path.data, &limits)) {
        /* Of a page that cannot be read, what came of it. */
        (void)input_all(input, &bytes, &err);
        done = write_frame(fd, "page", href, &bytes);
    }
    input_close(input);
    buf_release(&path);
    buf_release(&bytes);
    return done;
}

/* Put `made` in the place of `*fd`, read from its start. */
static void
replace(int *fd, int made)
{
    lseek(made, 0, SEEK_SET);
    close(*fd);
    *fd = made;
}

static enum status
put_together(const struct issues *issues, int *fd, struct error *err)
{
    const struct issue *issue = &issues->issue;
    struct buf folder = BUF_INIT;
    int made = memfd_create("issue", MFD_CLOEXEC);
    bool done = made >= 0 && write_all(made, ISSUE_MARK, strlen(ISSUE_MARK));

    issue_set_folder(&folder, issue->path);
    for (size_t i = 0; done && i < issue->pages.count; i++)
        done = write_page(issues, made, folder.data, issue->pages.item[i]);
    done = done && write_frame(made, "mets", ".", &issue->text);
    buf_release(&folder);
    if (done) {
        replace(fd, made);
        return STATUS_OK;
    }
    error_set(err, STATUS_IO,
              "%s: there is no room to put its pages together: %s", issue->path,
              strerror(errno));
    if (made >= 0)
        close(made);
    close(*fd);
    *fd = -1;
    return STATUS_IO;
}

/* Does one of the folder's issues have the page that `href` leads to? */
static bool
is_claimed(struct issues *issues, const char *path, const char *href)
{
    const struct folder *folder = issue_folder_of(issues, path);
    struct buf mets = BUF_INIT;
    bool claimed = false;
    int kin = 0;

    for (size_t i = 0; !claimed && i < folder->mets.count; i++) {
        const struct issue *issue;

        if (!issue_is_kin(folder, folder->mets.item[i], issue_base_of(href)))
            continue;
        if (++kin > KIN_MOST)
            break;
        issue_set_path(&mets, path, folder->mets.item[i]);
        issue = issue_of(issues, mets.data);
        claimed = issue->whole && list_has(&issue->pages, href);
    }
    buf_release(&mets);
    return claimed;
}

static bool
is_page_of_issue(struct issues *issues, const char *path)
{
    struct buf folder = BUF_INIT;
    struct buf above = BUF_INIT;
    struct buf href = BUF_INIT;
    bool found;

    issue_set_folder(&folder, path);
    found = is_claimed(issues, folder.data, issue_base_of(path));
    if (!found && strcmp(issue_base_of(folder.data), ".") != 0) {
        issue_set_folder(&above, folder.data);
        buf_printf(&href, "%s/%s", issue_base_of(folder.data),
                   issue_base_of(path));
        found = is_claimed(issues, above.data, href.data);
    }
    buf_release(&folder);
    buf_release(&above);
    buf_release(&href);
    return found;
}

enum status
issues_open(struct issues *issues, int *fd, const char *path, struct error *err)
{
    enum status status = open_file(issues, fd, path, err);
    int made;

    if (status || !issue_is_xml_name(path, strlen(path)))
        return status;
    if (issue_mets_in(issue_base_of(path))) {
        const struct issue *issue = issue_of(issues, path);

        return issue->whole ? put_together(issues, fd, err) : STATUS_OK;
    }
    if (!is_page_of_issue(issues, path))
        return STATUS_OK;
    made = memfd_create("page", MFD_CLOEXEC);
    if (made >= 0 && write_all(made, ISSUE_PAGE_MARK, strlen(ISSUE_PAGE_MARK)))
        replace(fd, made);
    else if (made >= 0)
        close(made);
    return STATUS_OK;
}

/* --- size and time -------------------------------------------------------- */

static void
add_file(struct walk_file *file, const char *folder, const char *name)
{
    struct buf path = BUF_INIT;
    struct stat st;

    issue_set_path(&path, folder, name);
    if (!lstat(path.data, &st) && S_ISREG(st.st_mode)) {
        int64_t time =
            (int64_t)st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec;

        file->size += (uint64_t)st.st_size;
        if (time > file->mtime_ns)
            file->mtime_ns = time;
    }
    buf_release(&path);
}

/* Add the pages in `path` that may belong to a METS file of `home`. */
static void
add_pages(struct issues *issues, struct walk_file *file, const char *home,
          const char *path)
{
    const struct folder *folder = issue_folder_of(issues, home);
    const struct folder *pages = issue_folder_of(issues, path);

    for (size_t i = 0; i < pages->pages.count; i++)
        if (issue_is_kin(folder, issue_base_of(file->path),
                         pages->pages.item[i]))
            add_file(file, path, pages->pages.item[i]);
}

/* Add the METS files in `path` to which the page may belong. */
static void
add_issues(struct issues *issues, struct walk_file *file, const char *path)
{
    const struct folder *folder = issue_folder_of(issues, path);

    for (size_t i = 0; i < folder->mets.count; i++)
        if (issue_is_kin(folder, folder->mets.item[i],
                         issue_base_of(file->path)))
            add_file(file, path, folder->mets.item[i]);
}

void
issues_stat(struct issues *issues, struct walk_file *file)
{
    struct list below = LIST_INIT;
    struct buf folder = BUF_INIT;
    struct buf other = BUF_INIT;

    if (!issue_is_xml_name(file->path, strlen(file->path)))
        return;
    issue_set_folder(&folder, file->path);
    if (issue_mets_in(issue_base_of(file->path))) {
        list_copy(&below, &issue_folder_of(issues, folder.data)->folders);
        add_pages(issues, file, folder.data, folder.data);
        for (size_t i = 0; i < below.count; i++) {
            issue_set_path(&other, folder.data, below.item[i]);
            add_pages(issues, file, folder.data, other.data);
        }
    } else {
        add_issues(issues, file, folder.data);
        if (strcmp(issue_base_of(folder.data), ".") != 0) {
            issue_set_folder(&other, folder.data);
            add_issues(issues, file, other.data);
        }
    }
    list_release(&below);
    buf_release(&folder);
    buf_release(&other);
}
