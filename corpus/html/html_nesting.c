#include "corpus/html/html_nesting.h"

#include <stdint.h>
#include <string.h>

#define NOWHERE SIZE_MAX

/* --- kinds of elements ---------------------------------------------------- */

/* Beyond one of these nothing is in scope; the scan lets no others pass. */
static bool
is_wall(GumboTag tag)
{
    return tag == GUMBO_TAG_TABLE || tag == GUMBO_TAG_TD ||
           tag == GUMBO_TAG_TH || tag == GUMBO_TAG_CAPTION;
}

static bool
is_button_wall(GumboTag tag)
{
    return is_wall(tag) || tag == GUMBO_TAG_BUTTON;
}

static bool
is_list_wall(GumboTag tag)
{
    return is_wall(tag) || tag == GUMBO_TAG_OL || tag == GUMBO_TAG_UL;
}

static bool
is_table(GumboTag tag)
{
    return tag == GUMBO_TAG_TABLE;
}

static bool
is_heading(GumboTag tag)
{
    return tag >= GUMBO_TAG_H1 && tag <= GUMBO_TAG_H6;
}

/* Blocks: a start tag ends a paragraph, an end tag closes what is in them. */
static bool
is_block(GumboTag tag)
{
    switch ((int)tag) {
    case GUMBO_TAG_ADDRESS:
    case GUMBO_TAG_ARTICLE:
    case GUMBO_TAG_ASIDE:
    case GUMBO_TAG_BLOCKQUOTE:
    case GUMBO_TAG_CENTER:
    case GUMBO_TAG_DETAILS:
    case GUMBO_TAG_DIR:
    case GUMBO_TAG_DIV:
    case GUMBO_TAG_DL:
    case GUMBO_TAG_FIELDSET:
    case GUMBO_TAG_FIGCAPTION:
    case GUMBO_TAG_FIGURE:
    case GUMBO_TAG_FOOTER:
    case GUMBO_TAG_HEADER:
    case GUMBO_TAG_HGROUP:
    case GUMBO_TAG_LISTING:
    case GUMBO_TAG_MAIN:
    case GUMBO_TAG_MENU:
    case GUMBO_TAG_NAV:
    case GUMBO_TAG_OL:
    case GUMBO_TAG_PRE:
    case GUMBO_TAG_SECTION:
    case GUMBO_TAG_SUMMARY:
    case GUMBO_TAG_UL:
        return true;
    default:
        return is_heading(tag);
    }
}

static bool
is_cell(GumboTag tag)
{
    return tag == GUMBO_TAG_TD || tag == GUMBO_TAG_TH;
}

static bool
is_group(GumboTag tag)
{
    return tag == GUMBO_TAG_TBODY || tag == GUMBO_TAG_THEAD ||
           tag == GUMBO_TAG_TFOOT;
}

/* Elements that are only inside a table. */
static bool
is_part_of_table(GumboTag tag)
{
    return is_cell(tag) || is_group(tag) || tag == GUMBO_TAG_TR ||
           tag == GUMBO_TAG_CAPTION || tag == GUMBO_TAG_COLGROUP;
}

/* Elements that an end tag of another name does not close. */
static bool
is_special(GumboTag tag)
{
    return is_block(tag) || is_wall(tag) || is_part_of_table(tag) ||
           tag == GUMBO_TAG_P || tag == GUMBO_TAG_LI || tag == GUMBO_TAG_DD ||
           tag == GUMBO_TAG_DT || tag == GUMBO_TAG_BUTTON ||
           tag == GUMBO_TAG_FORM;
}

/* Those that are never open. */
static bool
is_void(GumboTag tag)
{
    switch ((int)tag) {
    case GUMBO_TAG_AREA:
    case GUMBO_TAG_BASE:
    case GUMBO_TAG_BASEFONT:
    case GUMBO_TAG_BGSOUND:
    case GUMBO_TAG_BODY:
    case GUMBO_TAG_BR:
    case GUMBO_TAG_COL:
    case GUMBO_TAG_EMBED:
    case GUMBO_TAG_FRAME:
    case GUMBO_TAG_HEAD:
    case GUMBO_TAG_HR:
    case GUMBO_TAG_HTML:
    case GUMBO_TAG_IMG:
    case GUMBO_TAG_INPUT:
    case GUMBO_TAG_ISINDEX:
    case GUMBO_TAG_KEYGEN:
    case GUMBO_TAG_LINK:
    case GUMBO_TAG_MENUITEM:
    case GUMBO_TAG_META:
    case GUMBO_TAG_PARAM:
    case GUMBO_TAG_SOURCE:
    case GUMBO_TAG_TRACK:
    case GUMBO_TAG_WBR:
        return true;
    default:
        return false;
    }
}

/* --- the stack ------------------------------------------------------------ */

/* The innermost element that `fits`, if no wall is before it. */
static size_t
find_kind(const struct html_nesting *nesting, bool (*fits)(GumboTag tag),
          bool (*wall)(GumboTag tag))
{
    for (size_t i = nesting->depth; i > 0; i--) {
        if (fits(nesting->open[i - 1]))
            return i - 1;
        if (wall(nesting->open[i - 1]))
            break;
    }
    return NOWHERE;
}

static size_t
find(const struct html_nesting *nesting, GumboTag tag,
     bool (*wall)(GumboTag tag))
{
    for (size_t i = nesting->depth; i > 0; i--) {
        if (nesting->open[i - 1] == tag)
            return i - 1;
        if (wall(nesting->open[i - 1]))
            break;
    }
    return NOWHERE;
}

/* Close it, and leave open what is in it. */
static void
take_out(struct html_nesting *nesting, size_t at)
{
    if (at == NOWHERE)
        return;
    nesting->depth--;
    memmove(&nesting->open[at], &nesting->open[at + 1],
            (nesting->depth - at) * sizeof(nesting->open[0]));
    memmove(&nesting->doubtful[at], &nesting->doubtful[at + 1],
            (nesting->depth - at) * sizeof(nesting->doubtful[0]));
}

/* Close the element at `at` and all in it; nothing if it is nowhere.  If it was
 * closed already, what is in it stays open. */
static void
pop(struct html_nesting *nesting, size_t at)
{
    if (at >= nesting->depth)
        return;
    if (nesting->doubtful[at]) {
        take_out(nesting, at);
        return;
    }
    while (nesting->depth > at)
        nesting->link |= nesting->open[--nesting->depth] == GUMBO_TAG_A;
}

/* Close the innermost elements that fit, `most` at most.  Where the innermost
 * may be a link that was opened again, they are closed or not. */
static void
end_innermost(struct html_nesting *nesting, bool (*fits)(GumboTag tag),
              size_t most)
{
    size_t at = nesting->depth;

    while (at > 0 && nesting->depth - at < most && fits(nesting->open[at - 1]))
        nesting->doubtful[--at] = true;
    if (!nesting->link)
        nesting->depth = at;
}

/* --- start tags ----------------------------------------------------------- */

/* An item of a list closes the one before it, if it is in no block that was
 * begun since. */
static void
end_item(struct html_nesting *nesting, GumboTag tag)
{
    const GumboTag other = tag == GUMBO_TAG_DD   ? GUMBO_TAG_DT
                           : tag == GUMBO_TAG_DT ? GUMBO_TAG_DD
                                                 : tag;

    for (size_t i = nesting->depth; i > 0; i--) {
        const GumboTag at = nesting->open[i - 1];

        if (at == tag || at == other) {
            pop(nesting, i - 1);
            return;
        }
        if (is_special(at) && at != GUMBO_TAG_ADDRESS && at != GUMBO_TAG_DIV &&
            at != GUMBO_TAG_P)
            return;
    }
}

/* A part of a table ends the cell, the row or the group before it. */
static void
end_part(struct html_nesting *nesting, GumboTag tag)
{
    if (is_cell(tag)) {
        pop(nesting, find_kind(nesting, is_cell, is_table));
    } else if (tag == GUMBO_TAG_TR) {
        pop(nesting, find_kind(nesting, is_cell, is_table));
        pop(nesting, find(nesting, tag, is_table));
    } else {
        pop(nesting, find(nesting, GUMBO_TAG_TABLE, is_table) + 1);
    }
}

static bool
is_annotation(GumboTag tag)
{
    return tag == GUMBO_TAG_RB || tag == GUMBO_TAG_RT || tag == GUMBO_TAG_RP ||
           tag == GUMBO_TAG_RTC;
}

/* What ends by itself where an annotation begins. */
static bool
is_implied(GumboTag tag)
{
    return is_annotation(tag) || tag == GUMBO_TAG_DD || tag == GUMBO_TAG_DT ||
           tag == GUMBO_TAG_LI || tag == GUMBO_TAG_OPTION ||
           tag == GUMBO_TAG_OPTGROUP || tag == GUMBO_TAG_P;
}

static bool
is_implied_in_container(GumboTag tag)
{
    return is_implied(tag) && tag != GUMBO_TAG_RTC;
}

/* Annotations of a word end each other; those that need a container leave it
 * open. */
static void
end_annotation(struct html_nesting *nesting, GumboTag tag)
{
    if (find(nesting, GUMBO_TAG_RUBY, is_wall) == NOWHERE)
        return;
    if (tag == GUMBO_TAG_RT || tag == GUMBO_TAG_RP)
        end_innermost(nesting, is_implied_in_container, HTML_DEPTH);
    else
        end_innermost(nesting, is_implied, HTML_DEPTH);
}

static bool
is_option(GumboTag tag)
{
    return tag == GUMBO_TAG_OPTION;
}

/* Close what the start tag closes. */
static void
make_way(struct html_nesting *nesting, GumboTag tag)
{
    if (tag == GUMBO_TAG_LI || tag == GUMBO_TAG_DD || tag == GUMBO_TAG_DT)
        end_item(nesting, tag);
    if (is_block(tag) || tag == GUMBO_TAG_P || tag == GUMBO_TAG_LI ||
        tag == GUMBO_TAG_DD || tag == GUMBO_TAG_DT || tag == GUMBO_TAG_FORM ||
        tag == GUMBO_TAG_TABLE)
        pop(nesting, find(nesting, GUMBO_TAG_P, is_button_wall));
    if (is_heading(tag))
        end_innermost(nesting, is_heading, 1);
    if (tag == GUMBO_TAG_OPTION || tag == GUMBO_TAG_OPTGROUP)
        end_innermost(nesting, is_option, 1);
    if (is_annotation(tag))
        end_annotation(nesting, tag);
    if (tag == GUMBO_TAG_A)
        take_out(nesting, find(nesting, tag, is_wall));
    if (tag == GUMBO_TAG_BUTTON)
        pop(nesting, find(nesting, tag, is_wall));
    if (is_part_of_table(tag))
        end_part(nesting, tag);
}

/* Does the parser pass over the tag? */
static bool
is_ignored(const struct html_nesting *nesting, GumboTag tag)
{
    return is_void(tag) || (tag == GUMBO_TAG_FORM && nesting->form) ||
           (is_part_of_table(tag) &&
            find(nesting, GUMBO_TAG_TABLE, is_table) == NOWHERE);
}

bool
html_nesting_open(struct html_nesting *nesting, GumboTag tag)
{
    if (nesting->title || is_ignored(nesting, tag))
        return true;
    nesting->title = tag == GUMBO_TAG_TITLE;
    if (nesting->title)
        return true;
    make_way(nesting, tag);
    if (nesting->depth == HTML_DEPTH)
        return false;
    nesting->open[nesting->depth] = tag;
    nesting->doubtful[nesting->depth++] = false;
    nesting->form = nesting->form || tag == GUMBO_TAG_FORM;
    return true;
}

/* --- end tags ------------------------------------------------------------- */

/* A form is closed and what is in it stays, but for what ends by itself. */
static void
close_form(struct html_nesting *nesting)
{
    if (find(nesting, GUMBO_TAG_FORM, is_wall) == NOWHERE)
        return;
    end_innermost(nesting, is_implied, HTML_DEPTH);
    take_out(nesting, find(nesting, GUMBO_TAG_FORM, is_wall));
}

void
html_nesting_close(struct html_nesting *nesting, GumboTag tag)
{
    if (nesting->title) {
        nesting->title = tag != GUMBO_TAG_TITLE;
    } else if (is_heading(tag)) {
        pop(nesting, find_kind(nesting, is_heading, is_wall));
    } else if (tag == GUMBO_TAG_P) {
        pop(nesting, find(nesting, tag, is_button_wall));
    } else if (tag == GUMBO_TAG_LI) {
        pop(nesting, find(nesting, tag, is_list_wall));
    } else if (is_part_of_table(tag) || tag == GUMBO_TAG_TABLE) {
        pop(nesting, find(nesting, tag, is_table));
    } else if (tag == GUMBO_TAG_FORM) {
        nesting->form = false;
        close_form(nesting);
    } else if (tag == GUMBO_TAG_A) {
        take_out(nesting, find(nesting, tag, is_wall));
    } else if (is_special(tag)) {
        pop(nesting, find(nesting, tag, is_wall));
    } else {
        pop(nesting, find(nesting, tag, is_special));
    }
}
