#include "indexer/care/sound.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "indexer/archive/folder.h"
#include "indexer/bits/sha256.h"
#include "indexer/segment/schema.h"

enum status
sound_segment(const char *path, const char *sha256, const char *done,
              struct error *err)
{
    char hex[SHA256_HEX_SIZE];
    int fd = open(path, FOLDER_READ);
    enum status status;

    if (fd < 0 && errno == ENOENT)
        return error_set(err, STATUS_DAMAGED, SCHEMA_MISSING, path);
    if (fd < 0)
        return error_set(err, status_of_errno(errno),
                         "%s: cannot be opened: %s", path, strerror(errno));
    status = sha256_file(fd, path, hex, NULL, err);
    close(fd);
    if (!status && strcmp(hex, sha256) != 0)
        status = error_set(err, STATUS_DAMAGED,
                           "%s: damaged, so it is not %s; look with: "
                           "nindex check",
                           path, done);
    return status;
}
