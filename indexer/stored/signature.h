/*
 * indexer/stored/signature.h - is this nearly the same text?
 *
 * A signature is 64 bits (Charikar's simhash over pairs of words); texts that
 * share most of their wording have signatures that differ in few of them.
 */
#ifndef INDEXER_SIGNATURE_H
#define INDEXER_SIGNATURE_H

#include <stddef.h>
#include <stdint.h>

/* 0 for a text of fewer than two words. */
uint64_t signature_of(const char *text, size_t size);

/* In how many bits two signatures differ. */
int signature_distance(uint64_t a, uint64_t b);

#endif
