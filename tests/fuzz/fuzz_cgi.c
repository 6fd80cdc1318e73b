/* Any query string: what is accepted links to itself. */
#include <stdlib.h>
#include <string.h>

#include "corpus/base/mem.h"
#include "query/web/cgi.h"
#include "query/web/cgi_config.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The link of a query string; false if it is refused. */
static bool
link_of(const char *query, struct buf *link)
{
    struct cgi_request request = CGI_REQUEST_INIT;
    struct cgi_config config;
    struct list notes = LIST_INIT;
    struct search_request search = SEARCH_REQUEST_INIT;
    struct buf text = BUF_INIT;
    struct error err = {0};
    bool sound;

    cgi_config_init(&config);
    sound = cgi_parse(&request, &config, query, &err) == STATUS_OK;
    if (sound) {
        cgi_link(&request, link);
        cgi_ask(&request, &config, &search, &text, &notes);
    }
    cgi_request_release(&request);
    cgi_config_release(&config);
    list_release(&notes);
    buf_release(&text);
    return sound;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *query = mem_text((const char *)data, size);
    struct buf once = BUF_INIT;
    struct buf twice = BUF_INIT;

    /* A short one, for what is escaped may get longer than is taken. */
    if (link_of(query, &once) && once.size < 1000 &&
        (!link_of(once.data + 1, &twice) || !buf_equal(&once, &twice)))
        abort();
    buf_release(&twice);
    buf_release(&once);
    free(query);
    return 0;
}
