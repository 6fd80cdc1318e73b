/* For memfd_create(2). */
#define _GNU_SOURCE

#include "corpus/issue.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "corpus/file.h"
#include "corpus/input.h"
#include "corpus/list.h"
#include "corpus/mem.h"
#include "corpus/walk.h"

enum {
    FOLDERS = 8,            /* that are remembered */
    PAGES_MOST = 500,       /* of an issue */
    BYTES_MOST = 256 << 20, /* of an issue with its pages */
    METS_MOST = 32 << 20,
    HREF_MOST = 250,
    HEAD_SIZE = 4096
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

/* --- names ---------------------------------------------------------------- */

static bool
ends_in(const char *name, size_t size, const char *end)
{
    return size > strlen(end) &&
           !strncasecmp(name + size - strlen(end), end, strlen(end));
}

static bool
is_xml_name(const char *name, size_t size)
{
    return ends_in(name, size, ".xml") || ends_in(name, size, ".xml.gz");
}

/* What stands before "mets" in a name: the pages' names begin with it. */
static const char *
mets_in(const char *name)
{
    for (; *name; name++)
        if (!strncasecmp(name, "mets", 4))
            return name;
    return NULL;
}

static const char *
base_of(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

/* The folder of a path, "." if it has none; false for "/". */
static void
set_folder(struct buf *out, const char *path)
{
    size_t size = (size_t)(base_of(path) - path);

    if (size > 1)
        buf_set(out, path, size - 1);
    else
        buf_set_text(out, size ? "/" : ".");
}

static void
set_path(struct buf *out, const char *folder, const char *name)
{
    buf_clear(out);
    buf_printf(out, "%s%s%s", folder,
               folder[strlen(folder) - 1] == '/' ? "" : "/", name);
}

bool
issue_href(struct buf *out, const char *href, size_t size)
{
    size_t slashes = 0;

    buf_clear(out);
    if (size > 7 && !strncmp(href, "file://", 7)) {
        href += 7;
        size -= 7;
    }
    while (size > 2 && !strncmp(href, "./", 2)) {
        href += 2;
        size -= 2;
    }
    if (!size || size > HREF_MOST || *href == '.' || *href == '/' ||
        !is_xml_name(href, size))
        return false;
    for (size_t i = 0; i < size; i++) {
        if ((unsigned char)href[i] < ' ' || strchr("\\:%&?#", href[i]) ||
            (href[i] == '/' && href[i + 1] == '.'))
            return false;
        slashes += href[i] == '/';
    }
    buf_set(out, href, size);
    return slashes <= 1;
}

/* --- folders -------------------------------------------------------------- */

static void
folder_release(struct folder *folder)
{
    free(folder->path);
    list_release(&folder->mets);
    list_release(&folder->pages);
    list_release(&folder->folders);
    *folder = (struct folder){0};
}

static void
note_name(struct folder *folder, const struct dirent *entry)
{
    const char *name = entry->d_name;

    if (*name == '.')
        return;
    if (is_xml_name(name, strlen(name)))
        list_add_text(mets_in(name) ? &folder->mets : &folder->pages, name);
    else if (entry->d_type == DT_DIR)
        list_add_text(&folder->folders, name);
}

/* Borrowed until FOLDERS others have been asked for. */
static const struct folder *
folder_of(struct issues *issues, const char *path)
{
    struct folder *folder;
    struct dirent *entry;
    DIR *open;

    for (size_t i = 0; i < FOLDERS; i++)
        if (issues->folder[i].path && !strcmp(issues->folder[i].path, path))
            return &issues->folder[i];
    folder = &issues->folder[issues->next];
    issues->next = (issues->next + 1) % FOLDERS;
    folder_release(folder);
    folder->path = mem_string(path);
    open = opendir(path);
    while (open && (entry = readdir(open)))
        note_name(folder, entry);
    if (open)
        closedir(open);
    return folder;
}

/* May the page belong to this METS file of the folder? */
static bool
is_kin(const struct folder *folder, const char *mets, const char *page)
{
    return folder->mets.count == 1 ||
           !strncmp(mets, page, (size_t)(mets_in(mets) - mets));
}

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
        folder_release(&issues->folder[i]);
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

    set_path(&path, folder, href);
    if (slash)
        buf_cut(&path, path.size - strlen(slash));
    if (slash && (lstat(path.data, &st) || !S_ISDIR(st.st_mode)))
        goto done;
    set_path(&path, folder, href);
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
    size_t named = 0;

    while (named <= PAGES_MOST && (at = behind(at, end, "FLocat"))) {
        const char *stop = memchr(at, '>', (size_t)(end - at));
        const char *value = behind(at, stop ? stop : end, "href=\"");
        uint64_t size;

        if (!value || !issue_href(&href, value, strcspn(value, "\"")) ||
            list_has(&issue->pages, href.data))
            continue;
        size = page_size(folder, href.data);
        if (!size)
            continue;
        list_add_text(&issue->pages, href.data);
        bytes += size;
        named++;
    }
    issue->whole = named > 0 && named <= PAGES_MOST && bytes <= BYTES_MOST &&
                   has_articles(&issue->text);
    buf_release(&href);
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
        set_folder(&folder, path);
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

    set_path(&path, folder, href);
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

    set_folder(&folder, issue->path);
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
    const struct folder *folder = folder_of(issues, path);
    struct buf mets = BUF_INIT;
    bool claimed = false;

    for (size_t i = 0; !claimed && i < folder->mets.count; i++) {
        const struct issue *issue;

        if (!is_kin(folder, folder->mets.item[i], base_of(href)))
            continue;
        set_path(&mets, path, folder->mets.item[i]);
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

    set_folder(&folder, path);
    found = is_claimed(issues, folder.data, base_of(path));
    if (!found && strcmp(base_of(folder.data), ".") != 0) {
        set_folder(&above, folder.data);
        buf_printf(&href, "%s/%s", base_of(folder.data), base_of(path));
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

    if (status || !is_xml_name(path, strlen(path)))
        return status;
    if (mets_in(base_of(path))) {
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

    set_path(&path, folder, name);
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
    const struct folder *folder = folder_of(issues, home);
    const struct folder *pages = folder_of(issues, path);

    for (size_t i = 0; i < pages->pages.count; i++)
        if (is_kin(folder, base_of(file->path), pages->pages.item[i]))
            add_file(file, path, pages->pages.item[i]);
}

/* Add the METS files in `path` to which the page may belong. */
static void
add_issues(struct issues *issues, struct walk_file *file, const char *path)
{
    const struct folder *folder = folder_of(issues, path);

    for (size_t i = 0; i < folder->mets.count; i++)
        if (is_kin(folder, folder->mets.item[i], base_of(file->path)))
            add_file(file, path, folder->mets.item[i]);
}

void
issues_stat(struct issues *issues, struct walk_file *file)
{
    struct list below = LIST_INIT;
    struct buf folder = BUF_INIT;
    struct buf other = BUF_INIT;

    if (!is_xml_name(file->path, strlen(file->path)))
        return;
    set_folder(&folder, file->path);
    if (mets_in(base_of(file->path))) {
        list_copy(&below, &folder_of(issues, folder.data)->folders);
        add_pages(issues, file, folder.data, folder.data);
        for (size_t i = 0; i < below.count; i++) {
            set_path(&other, folder.data, below.item[i]);
            add_pages(issues, file, folder.data, other.data);
        }
    } else {
        add_issues(issues, file, folder.data);
        if (strcmp(base_of(folder.data), ".") != 0) {
            set_folder(&other, folder.data);
            add_issues(issues, file, other.data);
        }
    }
    list_release(&below);
    buf_release(&folder);
    buf_release(&other);
}
