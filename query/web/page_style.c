/*
 * The style sheet.  It is served with a cache of a year; its tag stands in
 * the address, so a changed sheet is a new address.
 */
#include <string.h>

#include "corpus/base/count.h"
#include "query/web/cgi_reply.h"
#include "query/web/page.h"

static const char *const style[] = {
    /* colours and faces */
    ":root {\n"
    "  color-scheme: light dark;\n"
    "  --paper: #fdfcf9; --ink: #1c1b19; --soft: #5d5953; --line: #d9d4ca;\n"
    "  --link: #14417b; --seen: #5b3a75; --mark: #fbe69a; --bar: #a8392f;\n"
    "  --serif: 'Iowan Old Style', 'Palatino Linotype', Palatino,\n"
    "    'URW Palladio L', P052, 'Book Antiqua', Georgia, serif;\n"
    "  --sans: system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans',\n"
    "    Arial, sans-serif;\n"
    "}\n"
    "@media (prefers-color-scheme: dark) { :root {\n"
    "  --paper: #171614; --ink: #e9e5dc; --soft: #aaa49a; --line: #3d3a35;\n"
    "  --link: #9cc3f5; --seen: #c9aee3; --mark: #5c4a06; --bar: #d9695d;\n"
    "} }\n"
    "* { box-sizing: border-box; }\n"
    "html { font: 100%/1.5 var(--serif); background: var(--paper);\n"
    "  color: var(--ink); -webkit-text-size-adjust: 100%; }\n"
    "body { max-width: 72rem; margin: 0 auto; padding: 0 1.25rem 4rem;\n"
    "  overflow-wrap: break-word; }\n"
    "a { color: var(--link); text-underline-offset: .15em;\n"
    "  text-decoration-thickness: 1px; }\n"
    "a:visited { color: var(--seen); }\n"
    ":focus-visible { outline: 3px solid var(--link);\n"
    "  outline-offset: 2px; }\n"
    "mark { background: var(--mark); color: inherit; padding: 0 .1em;\n"
    "  border-radius: .15em; }\n"
    ".skip { position: absolute; left: -99rem; }\n"
    ".skip:focus { position: static; }\n"
    "ul, ol { padding: 0; margin: 0; }\n"
    "header, nav, .where, .filters, .notes, .suggest, .count, .formats,\n"
    ".back, .kicker, .byline, article footer, .captions h2, .ways\n"
    "  { font-family: var(--sans); font-size: .875rem; }\n",
    /* masthead and form */
    "header { border-bottom: 1px solid var(--line); margin-bottom: 1.5rem;\n"
    "  padding-bottom: 1rem; }\n"
    ".site { font: 700 1.75rem/1.2 var(--serif); margin: 0 0 .75rem;\n"
    "  padding: 1.25rem 0 .6rem; border-bottom: 3px double var(--ink); }\n"
    ".site a { color: inherit; text-decoration: none; }\n"
    ".ask { display: flex; flex-wrap: wrap; gap: .5rem; margin: 0; }\n"
    ".ask label { flex-basis: 100%; color: var(--soft); }\n"
    "input, button { font: inherit; color: inherit; background: var(--paper);\n"
    "  border: 1px solid var(--soft); border-radius: 3px;\n"
    "  padding: .45rem .6rem; min-width: 0; }\n"
    ".ask input { flex: 1; font-size: 1.0625rem; }\n"
    "button { background: var(--ink); color: var(--paper);\n"
    "  border-color: var(--ink); padding: .45rem 1.1rem; cursor: pointer; }\n"
    ".dates { display: flex; flex-wrap: wrap; gap: .5rem .6rem;\n"
    "  align-items: center; margin: .6rem 0 0; color: var(--soft); }\n"
    ".dates input { padding: .25rem .4rem; width: 8rem;\n"
    "  color: var(--ink); }\n"
    ".dates a { margin-left: auto; }\n",
    /* hits */
    "h1 { font-size: 1.375rem; line-height: 1.25; font-weight: 600;\n"
    "  margin: 0 0 .75rem; text-wrap: balance; }\n"
    "h2 { font-size: 1.1875rem; line-height: 1.25; margin: 0; }\n"
    ".hints { list-style: none; margin: 1rem 0; }\n"
    ".hints li { margin: .4rem 0; }\n"
    "kbd { font: .9em ui-monospace, 'DejaVu Sans Mono', monospace;\n"
    "  border: 1px solid var(--line); border-radius: 3px;\n"
    "  padding: .1em .35em; white-space: normal; }\n"
    "\n"
    ".filters, .sorts ul, .pages ul, .formats ul { list-style: none;\n"
    "  display: flex; flex-wrap: wrap; gap: .35rem 1rem; }\n"
    ".filters { margin: .5rem 0; }\n"
    ".filters li { border: 1px solid var(--line); border-radius: 3px;\n"
    "  padding: .15rem .5rem; }\n"
    ".notes, .ways { list-style: none; color: var(--soft);\n"
    "  margin: .5rem 0; }\n"
    ".suggest { margin: .5rem 0; font-size: 1rem; }\n"
    ".way { margin: .25rem 0; color: var(--soft); }\n"
    ".sorts { border-bottom: 1px solid var(--line); padding: .25rem 0 .5rem;\n"
    "  margin-top: .5rem; }\n"
    "[aria-current] { color: var(--ink) !important; font-weight: 600;\n"
    "  text-decoration: none; }\n"
    ".hits { list-style: none; }\n"
    ".hits > li { padding: 1.1rem 0; border-bottom: 1px solid var(--line); }\n"
    ".hits h2 a { text-decoration: none; }\n"
    ".hits h2 a:hover { text-decoration: underline; }\n"
    ".hits p { margin: .35rem 0 0; max-width: 42rem; }\n"
    ".where, .count, .origin, .credit { color: var(--soft); }\n"
    ".pages { margin: 1.25rem 0; font-size: 1rem; }\n",
    /* what stands beside the hits */
    ".around h2 { font: 600 .8125rem/1.4 var(--sans); margin: 1.1rem 0 .3rem;\n"
    "  border-bottom: 1px solid var(--line); padding-bottom: .2rem; }\n"
    ".facets ul { list-style: none; }\n"
    ".facets li { display: flex; gap: .75rem; justify-content:\n"
    "  space-between; padding: .15rem 0; }\n"
    ".facets a { text-decoration: none; }\n"
    ".facets a:hover { text-decoration: underline; }\n"
    ".formats p { margin: 1.4rem 0 .25rem; color: var(--soft); }\n"
    ".timeline ol { list-style: none; display: flex; gap: 1px;\n"
    "  overflow-x: auto; }\n"
    ".timeline li { flex: 1 1 0; min-width: 1.9rem; max-width: 4.5rem; }\n"
    ".timeline .dense li { min-width: 3px; }\n"
    ".ends { display: flex; justify-content: space-between; margin: 0;\n"
    "  color: var(--soft); font-size: .75rem; }\n"
    ".timeline a { display: flex; flex-direction: column; height: 7rem;\n"
    "  justify-content: flex-end; text-align: center;\n"
    "  text-decoration: none; }\n"
    ".timeline .bar { background: var(--bar); min-height: 1px; }\n"
    ".b0{height:0.00rem} .b1{height:0.23rem} .b2{height:0.45rem}\n"
    ".b3{height:0.68rem} .b4{height:0.90rem} .b5{height:1.12rem}\n"
    ".b6{height:1.35rem} .b7{height:1.57rem} .b8{height:1.80rem}\n"
    ".b9{height:2.02rem} .b10{height:2.25rem} .b11{height:2.48rem}\n"
    ".b12{height:2.70rem} .b13{height:2.93rem} .b14{height:3.15rem}\n"
    ".b15{height:3.38rem} .b16{height:3.60rem} .b17{height:3.83rem}\n"
    ".b18{height:4.05rem} .b19{height:4.28rem} .b20{height:4.50rem}\n"
    ".timeline a:hover .bar { background: var(--link); }\n"
    ".timeline .name, .timeline .count { font-size: .6875rem;\n"
    "  line-height: 1.3; }\n"
    ".dense a { height: 5rem; }\n"
    ".dense .name, .dense .count { position: absolute; left: -99rem; }\n",
    /* article and help */
    "article, .back { max-width: 38rem; margin: 0 auto; }\n"
    "article { padding-top: 1rem; }\n"
    "article h1 { font-size: 2rem; line-height: 1.15; font-weight: 700;\n"
    "  margin: .25rem 0 .75rem; }\n"
    "article p { font-size: 1.125rem; line-height: 1.6;\n"
    "  margin: 0 0 1em; hyphens: auto; }\n"
    "article .where, article .byline, article .kicker, article footer p\n"
    "  { font-size: .875rem; line-height: 1.4; margin: 0 0 .35rem; }\n"
    "article .where { border-bottom: 1px solid var(--line);\n"
    "  padding-bottom: .75rem; margin-bottom: 1.25rem; }\n"
    ".kicker { color: var(--bar); font-weight: 600; }\n"
    ".byline { font-weight: 600; }\n"
    ".captions { border-top: 1px solid var(--line); padding-top: .75rem; }\n"
    ".captions ul { list-style: none; }\n"
    ".captions li { margin: .4rem 0; }\n"
    "article footer { margin-top: 1.5rem; color: var(--soft); }\n"
    ".help dl { margin: .5rem 0 1.5rem; }\n"
    ".help dt { margin-top: .6rem; }\n"
    ".help dd { margin: .1rem 0 0; color: var(--soft); }\n",
    /* wide windows, paper */
    "@media (min-width: 58rem) {\n"
    "  .results { display: grid; gap: 3rem;\n"
    "    grid-template-columns: minmax(0, 1fr) 17rem; }\n"
    "}\n"
    "@media (min-width: 42rem) {\n"
    "  .help dl { display: grid; gap: .5rem 1.5rem;\n"
    "    grid-template-columns: 16rem 1fr; }\n"
    "  .help dt, .help dd { margin: 0; }\n"
    "}\n"
    "@media (max-width: 24rem) {\n"
    "  .dates { gap: .5rem .4rem; }\n"
    "  .dates input { width: 6.25rem; padding: .25rem;\n"
    "    font-size: .8125rem; }\n"
    "}\n"
    "@media print { header form, nav, .skip, .back { display: none; } }\n",
};

void
page_style(struct buf *out)
{
    for (size_t i = 0; i < COUNT(style); i++)
        buf_add_text(out, style[i]);
}

uint64_t
page_style_tag(void)
{
    uint64_t tag = 0;

    for (size_t i = 0; i < COUNT(style); i++)
        tag = reply_tag(tag, style[i], strlen(style[i]));
    return tag;
}
