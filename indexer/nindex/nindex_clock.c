/* What time it is for nindex. */
#include <sys/stat.h>
#include <time.h>

#include "corpus/date/calendar.h"
#include "indexer/nindex/nindex.h"

double
nindex_clock(void)
{
    struct timespec now = {0};

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

void
nindex_today(char day[16])
{
    time_t now = time(NULL);
    struct tm parts = {0};

    gmtime_r(&now, &parts);
    strftime(day, 16, "%Y-%m-%d", &parts);
}

int64_t
nindex_latest(const char *dir)
{
    int64_t now = (int64_t)time(NULL);
    struct buf path = BUF_INIT;
    struct stat info;

    buf_printf(&path, "%s/manifest", dir);
    if (stat(path.data, &info) == 0 && info.st_mtime > now)
        now = (int64_t)info.st_mtime;
    buf_release(&path);
    return now + INT64_C(2) * SECONDS_A_DAY;
}
