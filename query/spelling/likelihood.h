/*
 * query/spelling/likelihood.h - how surprising it is that something is frequent
 * in a part.
 *
 * Twice the logarithm of the likelihood ratio: how much better two rates, in
 * the part and outside of it, explain the counts than one (Dunning, Accurate
 * Methods for the Statistics of Surprise and Coincidence, 1993).  Above 10.8
 * chance has one case in a thousand.
 */
#ifndef QUERY_LIKELIHOOD_H
#define QUERY_LIKELIHOOD_H

/* It is seen `in_part` times among `part`, and `in_all` times among `all`, the
 * part included: in_part <= in_all, and part < all. */
double likelihood_ratio(double in_part, double part, double in_all, double all);

#endif
