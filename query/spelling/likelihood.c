#include "query/spelling/likelihood.h"

#include <math.h>

/* A cell of the table of two by two: what was seen, and what one rate for all
 * would give. */
static double
cell(double seen, double row, double column, double all)
{
    return seen > 0 ? seen * log(seen * all / (row * column)) : 0;
}

double
likelihood_ratio(double in_part, double part, double in_all, double all)
{
    const double outside = in_all - in_part;
    const double rest = all - part;

    return 2 * (cell(in_part, part, in_all, all) +
                cell(part - in_part, part, all - in_all, all) +
                cell(outside, rest, in_all, all) +
                cell(rest - outside, rest, all - in_all, all));
}
