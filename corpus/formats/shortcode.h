/*
 * corpus/formats/shortcode.h - WordPress' shortcodes, which an export and many
 * a feed leave in the text for the site's own plug-ins to fill in.
 *
 *     [dropcap]T[/dropcap]he sea rose      ->  The sea rose
 *     [gallery ids="4,5"]                  ->
 *     [embed]https://v.example/1[/embed]   ->
 *     [caption id="a"]<img> A boat[/caption]
 *                        ->  <figure><img> <figcaption>A boat</figcaption>
 *                            </figure>
 *     he said [sic], [[gallery]]           ->  he said [sic], [gallery]
 *
 * What is in brackets is a shortcode if it has attributes, a twin that closes
 * it, or a name that stands for something that is not text.  WordPress asks its
 * plug-ins which names there are; without them there is nothing but such signs,
 * and no library for it.
 */
#ifndef CORPUS_SHORTCODE_H
#define CORPUS_SHORTCODE_H

struct buf;

/* Take the shortcodes out of `text`. */
void shortcode_remove(struct buf *text);

#endif
