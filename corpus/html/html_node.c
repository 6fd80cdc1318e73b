#include "corpus/html/html_node.h"

#include <string.h>
#include <strings.h>

const char *
html_attribute(const struct html_node *node, const char *name)
{
    const GumboAttribute *found;

    if (node->tag == HTML_TEXT)
        return NULL;
    found = gumbo_get_attribute(&node->gumbo->v.element.attributes, name);
    return found ? found->value : NULL;
}

bool
html_attribute_has(const struct html_node *node, const char *name,
                   const char *word)
{
    const char *value = html_attribute(node, name);
    const size_t length = strlen(word);

    while (value && *value) {
        const size_t size = strcspn(value, " \t\r\n");

        if (size == length && !strncasecmp(value, word, size))
            return true;
        value += size + (value[size] != '\0');
    }
    return false;
}
