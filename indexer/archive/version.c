#include "indexer/archive/version.h"

enum status
version_refuse(const char *part, int64_t version, int64_t known,
               struct error *err)
{
    if (version >= 1 && version < known)
        return error_set(err, STATUS_VERSION,
                         "made with %s %lld, this program knows %lld; bring "
                         "the archive up to date with: nindex upgrade",
                         part, (long long)version, (long long)known);
    return error_set(err, STATUS_VERSION,
                     "made with %s %lld, this program knows %lld; %sindex the "
                     "sources again: nindex -d NEW-FOLDER SOURCE..., and then "
                     "put the new folder in the place of the old",
                     part, (long long)version, (long long)known,
                     version > known ? "update the programs, or " : "");
}
