/*
 * The main of a fuzz target when there is no fuzzer: every file named on the
 * command line, and every file in a folder named there, goes through the
 * target once.  What crashed once stays in the folder and is tried for ever.
 */
#include <dirent.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "corpus/base/buf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int
replay_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    struct buf data = BUF_INIT;
    char some[4096];
    size_t got;
    uint8_t *exact;

    if (!file) {
        perror(path);
        return 1;
    }
    while ((got = fread(some, 1, sizeof(some), file)) > 0)
        buf_add(&data, some, got);
    fclose(file);
    /* A copy of the very size, so that one byte too far is seen. */
    exact = malloc(data.size ? data.size : 1);
    if (!exact)
        return 1;
    memcpy(exact, data.data, data.size);
    LLVMFuzzerTestOneInput(exact, data.size);
    free(exact);
    buf_release(&data);
    return 0;
}

static int
replay_folder(DIR *folder, const char *path, int *count)
{
    struct buf name = BUF_INIT;
    struct dirent *entry;
    int failed = 0;

    while ((entry = readdir(folder))) {
        if (entry->d_name[0] == '.')
            continue;
        buf_clear(&name);
        buf_printf(&name, "%s/%s", path, entry->d_name);
        failed |= replay_file(name.data);
        ++*count;
    }
    buf_release(&name);
    return failed;
}

int
main(int argc, char **argv)
{
    int count = 0;
    int failed = 0;

    for (int i = 1; i < argc; i++) {
        DIR *folder = opendir(argv[i]);

        if (folder) {
            failed |= replay_folder(folder, argv[i], &count);
            closedir(folder);
        } else {
            failed |= replay_file(argv[i]);
            count++;
        }
    }
    if (count == 0)
        fprintf(stderr, "replay: no seeds\n");
    return failed || count == 0;
}
