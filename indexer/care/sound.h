/*
 * indexer/care/sound.h - is a segment what the manifest says, before it is
 * copied?
 *
 * A damage must not get into a segment that looks sound.
 */
#ifndef INDEXER_SOUND_H
#define INDEXER_SOUND_H

#include "corpus/base/error.h"

/* STATUS_DAMAGED: the file is missing or has another digest, "so it is not"
 * `done`. */
enum status sound_segment(const char *path, const char *sha256,
                          const char *done, struct error *err);

#endif
