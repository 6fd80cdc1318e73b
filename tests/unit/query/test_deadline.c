#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "query/archive/deadline.h"

enum {
    HOUR = 3600000 /* milliseconds */
};

static void
a_share_ends_before_the_whole(void **state)
{
    struct deadline deadline;
    struct deadline whole;
    int64_t now = deadline_clock();

    (void)state;
    deadline_set(&deadline, HOUR);
    whole = deadline_share(&deadline, 4);
    assert_true(deadline.at < now + (int64_t)HOUR / 3 * 1000000);
    assert_true(deadline.at > now + (int64_t)HOUR / 5 * 1000000);
    assert_false(deadline_look(&deadline));
    assert_false(deadline_resume(&deadline, &whole));
    assert_true(deadline.at == whole.at);
}

static void
who_used_up_a_share_leaves_the_rest(void **state)
{
    struct deadline deadline;
    struct deadline whole;

    (void)state;
    deadline_set(&deadline, HOUR);
    whole = deadline_share(&deadline, 4);
    deadline.at = 1; /* long ago */
    assert_true(deadline_look(&deadline));
    assert_true(deadline_resume(&deadline, &whole));
    assert_false(deadline.late);
    assert_false(deadline_look(&deadline));
}

static void
nothing_is_shared_where_there_is_no_deadline_or_no_time(void **state)
{
    struct deadline deadline;
    struct deadline whole;

    (void)state;
    deadline_set(&deadline, 0);
    whole = deadline_share(&deadline, 4);
    assert_false(deadline_look(&deadline));
    assert_false(deadline_resume(&deadline, &whole));
    deadline.at = 1;
    whole = deadline_share(&deadline, 4);
    assert_true(deadline_look(&deadline));
    assert_true(deadline_resume(&deadline, &whole));
    assert_true(deadline_look(&deadline));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_share_ends_before_the_whole),
        cmocka_unit_test(who_used_up_a_share_leaves_the_rest),
        cmocka_unit_test(
            nothing_is_shared_where_there_is_no_deadline_or_no_time),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
