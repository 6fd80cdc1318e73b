/* Any bytes: a date that is read can be printed and is read back the same. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "corpus/date/date.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buf printed = BUF_INIT;
    struct date date;
    struct date again;
    size_t start = 0;
    size_t used = date_parse((const char *)data, size, true, &date);

    assert(used <= size);
    assert((used == 0) == (date.precision == DATE_NONE));
    if (used > 0 && date.seconds < date_of_day(2200, 12, 30).seconds &&
        date.seconds > date_of_day(1600, 1, 2).seconds) {
        date_print(&date, &printed);
        assert(date_parse(printed.data, printed.size, true, &again) ==
               printed.size);
        assert(again.seconds == date.seconds);
        assert(again.precision == date.precision);
        assert(again.has_zone == date.has_zone && again.zone == date.zone);
        assert(date_end(&date) > date.seconds);
    }
    used = date_find((const char *)data, size, false, &date, &start);
    assert(used == 0 || start + used <= size);
    buf_release(&printed);
    return 0;
}
