/* What a folder tells by its names alone: which are METS files, which pages,
 * and which of them may belong together. */
#define _DEFAULT_SOURCE /* d_type */

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "corpus/base/mem.h"
#include "corpus/input/issue_parts.h"

/* Bytes of a file's name, with a folder before it. */
#define HREF_MOST 250

/* --- names ---------------------------------------------------------------- */

static bool
ends_in(const char *name, size_t size, const char *end)
{
    return size > strlen(end) &&
           !strncasecmp(name + size - strlen(end), end, strlen(end));
}

bool
issue_is_xml_name(const char *name, size_t size)
{
    return ends_in(name, size, ".xml") || ends_in(name, size, ".xml.gz");
}

const char *
issue_mets_in(const char *name)
{
    for (; *name; name++)
        if (!strncasecmp(name, "mets", 4))
            return name;
    return NULL;
}

const char *
issue_base_of(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

void
issue_set_folder(struct buf *out, const char *path)
{
    size_t size = (size_t)(issue_base_of(path) - path);

    if (size > 1)
        buf_set(out, path, size - 1);
    else
        buf_set_text(out, size ? "/" : ".");
}

void
issue_set_path(struct buf *out, const char *folder, const char *name)
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
        !issue_is_xml_name(href, size))
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

void
issue_folder_release(struct folder *folder)
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
    if (issue_is_xml_name(name, strlen(name)))
        list_add_text(issue_mets_in(name) ? &folder->mets : &folder->pages,
                      name);
    else if (entry->d_type == DT_DIR)
        list_add_text(&folder->folders, name);
}

const struct folder *
issue_folder_of(struct issues *issues, const char *path)
{
    struct folder *folder;
    struct dirent *entry;
    DIR *open;

    for (size_t i = 0; i < FOLDERS; i++)
        if (issues->folder[i].path && !strcmp(issues->folder[i].path, path))
            return &issues->folder[i];
    folder = &issues->folder[issues->next];
    issues->next = (issues->next + 1) % FOLDERS;
    issue_folder_release(folder);
    folder->path = mem_string(path);
    open = opendir(path);
    while (open && (entry = readdir(open)))
        note_name(folder, entry);
    if (open)
        closedir(open);
    return folder;
}

bool
issue_is_kin(const struct folder *folder, const char *mets, const char *page)
{
    return folder->mets.count == 1 ||
           !strncmp(mets, page, (size_t)(issue_mets_in(mets) - mets));
}
