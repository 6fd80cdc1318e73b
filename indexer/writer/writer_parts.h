/*
 * indexer/writer/writer_parts.h - what writer.c and writer_source.c share;
 * nobody else includes it.
 */
#ifndef INDEXER_WRITER_PARTS_H
#define INDEXER_WRITER_PARTS_H

#include "indexer/writer/builders.h"
#include "indexer/writer/writer.h"

struct writer {
    struct buf dir;
    int lock; /* descriptor, -1 for none */
    struct manifest manifest;
    enum writer_manifest_state state;
    struct catalog *catalog;
    struct builders *builders; /* NULL until there is an article */
    size_t memory;
    unsigned threads;
    int64_t serial;    /* of the latest article */
    bool dirty;        /* the manifest differs from the one on disk */
    struct list fresh; /* segments that no manifest on disk lists */
    struct list spent; /* segments to remove after the commit */
    struct writer_counts counts;
};

/* Note in catalog and manifest what the threads have finished. */
enum status writer_receive(struct writer *writer, struct error *err);

/* The article there is not wanted any more. */
void writer_kill(struct writer *writer, const struct catalog_held *held);

#endif
