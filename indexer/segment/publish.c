#include "indexer/segment/publish.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "indexer/bits/sha256.h"

enum status
segment_publish(const char *temporary, const char *path, char sha256[65],
                uint64_t *bytes, struct error *err)
{
    enum status status = STATUS_OK;
    struct stat st;
    int fd = open(temporary, O_RDONLY | O_CLOEXEC);

    /* It was made with what the umask left, and is never written again. */
    if (fd < 0 || fsync(fd) != 0 || fstat(fd, &st) != 0 ||
        fchmod(fd, st.st_mode & 0444) != 0)
        status = error_set(err, status_of_errno(errno),
                           "%s: cannot be completed: %s", temporary,
                           strerror(errno));
    if (!status)
        status = sha256_file(fd, temporary, sha256, bytes, err);
    if (fd >= 0)
        close(fd);
    if (!status && rename(temporary, path) != 0)
        status =
            error_set(err, status_of_errno(errno),
                      "%s: cannot be put in place: %s", path, strerror(errno));
    return status;
}
