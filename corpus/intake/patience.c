#include "corpus/intake/patience.h"

enum {
    MIB = 1024 * 1024,
    HASTE = 1,            /* seconds, and one more for each two MiB */
    WORTH_COUNTING = 1000 /* milliseconds */
};

struct allowance
patience_allow(const struct patience *patience, uint64_t size)
{
    unsigned whole = patience->cpu + (unsigned)(size / MIB);
    unsigned hasty = HASTE + (unsigned)(size / MIB / 2);

    if (patience->left > 0 || whole <= hasty)
        return (struct allowance){.cpu = whole};
    return (struct allowance){.cpu = hasty, .hasty = true};
}

void
patience_spend(struct patience *patience, uint64_t milliseconds)
{
    if (milliseconds < WORTH_COUNTING)
        return;
    patience->left -=
        milliseconds < patience->left ? milliseconds : patience->left;
}
