#include "corpus/html/html_plain.h"

#include "corpus/html/html_scan.h"
#include "corpus/html/html_tree.h"

enum status
html_plain(struct buf *out, const char *text, size_t size, struct error *err)
{
    struct html_scan scan = HTML_SCAN_INIT;
    struct html_tree tree = HTML_TREE_INIT;
    enum status status = html_scan(&scan, text, size, err);

    if (!status)
        status = html_tree_build(&tree, &scan.html, err);
    if (!status)
        html_text(&tree, 0, 0, out);
    html_tree_release(&tree);
    html_scan_release(&scan);
    return status;
}
