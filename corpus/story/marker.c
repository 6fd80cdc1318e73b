#include "corpus/story/marker.h"

#include <stdbool.h>
#include <string.h>

#include <utf8proc.h>

#include "corpus/base/buf.h"
#include "corpus/base/count.h"
#include "corpus/base/utf8.h"

enum {
    WHOLE_BYTES = 80,
    PREFIX_BYTES = 260,
    BOX_BYTES = 900
};

struct phrase {
    const char *text; /* in lower case, without punctuation at its ends */
    enum marker marker;
};

/* A block that is the phrase and nothing else. */
static const struct phrase whole[] = {
    {"previous post", MARKER_END},
    {"next post", MARKER_END},
    {"previous", MARKER_END},
    {"next", MARKER_END},
    {"share your thoughts", MARKER_END},
    {"newsletters", MARKER_END},
    {"subscribe now", MARKER_END},
    {"weitere themen", MARKER_END},
    {"mehr aus", MARKER_END},
    {"kommentar schreiben", MARKER_END},
    {"zur startseite", MARKER_END},
    {"à lire", MARKER_END},
    {"dans la même rubrique", MARKER_END},
    {"articles les plus lus", MARKER_END},
    {"lire plus tard", MARKER_END},
    {"noticias relacionadas", MARKER_END},
    {"artículos relacionados", MARKER_END},
    {"articoli correlati", MARKER_END},
    {"gerelateerde artikelen", MARKER_END},
    {"les mer", MARKER_END},
    {"läs mer", MARKER_END},
    {"czytaj więcej", MARKER_ASIDE},
    {"weiterlesen", MARKER_ASIDE},
    {"lest auch", MARKER_ASIDE},
    {"mehr dazu", MARKER_ASIDE},
    {"mehr lesen", MARKER_ASIDE},
    {"lire la suite", MARKER_ASIDE},
    {"leer más", MARKER_ASIDE},
    {"read the full story", MARKER_ASIDE},
    {"more like this", MARKER_ASIDE},
    {"ver más", MARKER_ASIDE},
    {"link", MARKER_ASIDE},
    {"caption", MARKER_ASIDE},
    {"image", MARKER_ASIDE},
    {"enlarge image", MARKER_PICTURE},
    {"enlarge this image", MARKER_PICTURE},
    {"expand image", MARKER_PICTURE},
    {"open image", MARKER_PICTURE},
    {"open this photo in gallery", MARKER_PICTURE},
    {"view image in fullscreen", MARKER_PICTURE},
    {"view larger image", MARKER_PICTURE},
    {"bild vergrößern", MARKER_PICTURE},
    {"bild in lightbox öffnen", MARKER_PICTURE},
    {"vollbild", MARKER_PICTURE},
    {"agrandir l'image", MARKER_PICTURE},
    {"ampliar foto", MARKER_PICTURE},
    {"ampliar imagen", MARKER_PICTURE},
    {"ingrandisci", MARKER_PICTURE},
    {"ver imagen", MARKER_PICTURE},
    {"이미지 확대보기", MARKER_PICTURE},
    {"이미지 크게 보기", MARKER_PICTURE},
    {"사진 확대", MARKER_PICTURE},
    {"拡大する", MARKER_PICTURE},
    {"画像を拡大", MARKER_PICTURE},
    {"reacties", MARKER_ASIDE},
    {"permalink", MARKER_ASIDE},
    {"copy", MARKER_ASIDE},
    {"gift article", MARKER_ASIDE},
    {"comment on this story", MARKER_ASIDE},
    {"story saved", MARKER_ASIDE},
    {"in this article", MARKER_ASIDE},
    {"ad", MARKER_ASIDE},
    {"ads", MARKER_ASIDE},
    {"advertisement", MARKER_ASIDE},
    {"advertisements", MARKER_ASIDE},
    {"advertising", MARKER_ASIDE},
    {"advertisement continue reading the main story", MARKER_MORE},
    {"article continues after advertisement", MARKER_MORE},
    {"article continues below", MARKER_MORE},
    {"article continues below this ad", MARKER_MORE},
    {"article content", MARKER_MORE},
    {"story continues below advertisement", MARKER_MORE},
    {"story continues below", MARKER_MORE},
    {"continue reading", MARKER_MORE},
    {"continue reading the main story", MARKER_MORE},
    {"sponsored", MARKER_ASIDE},
    {"sponsored content", MARKER_ASIDE},
    {"promoted", MARKER_ASIDE},
    {"anzeige", MARKER_ASIDE},
    {"werbung", MARKER_ASIDE},
    {"annonce", MARKER_ASIDE},
    {"annonse", MARKER_ASIDE},
    {"reklam", MARKER_ASIDE},
    {"reklame", MARKER_ASIDE},
    {"publicidad", MARKER_ASIDE},
    {"publicidade", MARKER_ASIDE},
    {"publicité", MARKER_ASIDE},
    {"pubblicità", MARKER_ASIDE},
    {"advertentie", MARKER_ASIDE},
    {"реклама", MARKER_ASIDE},
    {"related article", MARKER_ASIDE},
    {"related articles", MARKER_ASIDE},
    {"related story", MARKER_ASIDE},
    {"related video", MARKER_ASIDE},
    {"related", MARKER_ASIDE},
    {"read more", MARKER_ASIDE},
    {"read also", MARKER_ASIDE},
    {"also read", MARKER_ASIDE},
    {"see also", MARKER_ASIDE},
    {"see more", MARKER_ASIDE},
    {"more", MARKER_ASIDE},
    {"share", MARKER_ASIDE},
    {"your article continues below", MARKER_MORE},
    {"artikel wird nach der anzeige fortgesetzt", MARKER_MORE},
    {"nach der anzeige weiterlesen", MARKER_MORE},
    {"der artikel geht nach der werbung weiter", MARKER_MORE},
    {"la suite après la publicité", MARKER_MORE},
    {"artikkelen fortsetter under annonsen", MARKER_MORE},
    {"saken fortsetter under annonsen", MARKER_MORE},
    {"artikeln fortsätter under annonsen", MARKER_MORE},
    {"tekst gaat verder onder de foto", MARKER_MORE},
    {"lees verder onder de advertentie", MARKER_MORE},
    {"share this", MARKER_ASIDE},
    {"share this article", MARKER_ASIDE},
    {"share this story", MARKER_ASIDE},
    {"share on facebook", MARKER_ASIDE},
    {"share on twitter", MARKER_ASIDE},
    {"tweet", MARKER_ASIDE},
    {"facebook", MARKER_ASIDE},
    {"twitter", MARKER_ASIDE},
    {"whatsapp", MARKER_ASIDE},
    {"pinterest", MARKER_ASIDE},
    {"linkedin", MARKER_ASIDE},
    {"reddit", MARKER_ASIDE},
    {"telegram", MARKER_ASIDE},
    {"e-mail", MARKER_ASIDE},
    {"email", MARKER_ASIDE},
    {"print", MARKER_ASIDE},
    {"drucken", MARKER_ASIDE},
    {"teilen", MARKER_ASIDE},
    {"partager", MARKER_ASIDE},
    {"compartir", MARKER_ASIDE},
    {"condividi", MARKER_ASIDE},
    {"copy link", MARKER_ASIDE},
    {"link copied", MARKER_ASIDE},
    {"save", MARKER_ASIDE},
    {"loading", MARKER_ASIDE},
    {"play", MARKER_ASIDE},
    {"close", MARKER_ASIDE},
    {"download", MARKER_ASIDE},
    {"expand", MARKER_ASIDE},
    {"listen", MARKER_ASIDE},
    {"social sharing", MARKER_ASIDE},
    {"watch", MARKER_ASIDE},
    {"video", MARKER_ASIDE},
    {"photos", MARKER_ASIDE},
    {"gallery", MARKER_ASIDE},
    {"slideshow", MARKER_ASIDE},
    {"subscribe", MARKER_ASIDE},
    {"sign up", MARKER_ASIDE},
    {"newsletter", MARKER_ASIDE},
    {"lire aussi", MARKER_ASIDE},
    {"à lire aussi", MARKER_ASIDE},
    {"lesen sie auch", MARKER_ASIDE},
    {"lee también", MARKER_ASIDE},
    {"leggi anche", MARKER_ASIDE},
    {"leia também", MARKER_ASIDE},
    {"lees ook", MARKER_ASIDE},
    {"les også", MARKER_ASIDE},
    {"läs också", MARKER_ASIDE},
    {"læs også", MARKER_ASIDE},
    {"czytaj także", MARKER_ASIDE},
    {"читайте также", MARKER_ASIDE},
    {"comments", MARKER_END},
    {"comment", MARKER_END},
    {"add a comment", MARKER_END},
    {"leave a comment", MARKER_END},
    {"leave a reply", MARKER_END},
    {"post a comment", MARKER_END},
    {"show comments", MARKER_END},
    {"view comments", MARKER_END},
    {"join the conversation", MARKER_END},
    {"join the discussion", MARKER_END},
    {"kommentare", MARKER_END},
    {"kommentieren", MARKER_END},
    {"kommentarer", MARKER_END},
    {"commentaires", MARKER_END},
    {"comentarios", MARKER_END},
    {"comentários", MARKER_END},
    {"commenti", MARKER_END},
    {"reacties", MARKER_END},
    {"комментарии", MARKER_END},
    {"about the author", MARKER_END},
    {"about author", MARKER_END},
    {"über den autor", MARKER_END},
    {"related stories", MARKER_END},
    {"related posts", MARKER_END},
    {"related news", MARKER_END},
    {"related content", MARKER_END},
    {"related topics", MARKER_END},
    {"recommended", MARKER_END},
    {"recommended for you", MARKER_END},
    {"recommended stories", MARKER_END},
    {"you may also like", MARKER_END},
    {"you might also like", MARKER_END},
    {"you may like", MARKER_END},
    {"most popular", MARKER_END},
    {"most read", MARKER_END},
    {"most viewed", MARKER_END},
    {"more news", MARKER_END},
    {"more stories", MARKER_END},
    {"more on this story", MARKER_END},
    {"more on this topic", MARKER_END},
    {"more top stories", MARKER_END},
    {"latest", MARKER_END},
    {"latest news", MARKER_END},
    {"latest stories", MARKER_END},
    {"top stories", MARKER_END},
    {"trending", MARKER_END},
    {"trending now", MARKER_END},
    {"popular", MARKER_END},
    {"don't miss", MARKER_END},
    {"editor's picks", MARKER_END},
    {"editors' picks", MARKER_END},
    {"read next", MARKER_END},
    {"up next", MARKER_END},
    {"next article", MARKER_END},
    {"next story", MARKER_END},
    {"previous article", MARKER_END},
    {"around the web", MARKER_END},
    {"from the web", MARKER_END},
    {"tags", MARKER_END},
    {"topics", MARKER_END},
    {"schlagworte", MARKER_END},
    {"themen", MARKER_END},
    {"mehr zum thema", MARKER_END},
    {"zum thema", MARKER_END},
    {"das könnte sie auch interessieren", MARKER_END},
    {"auch interessant", MARKER_END},
    {"meistgelesen", MARKER_END},
    {"meist gelesen", MARKER_END},
    {"les plus lus", MARKER_END},
    {"à lire également", MARKER_END},
    {"sur le même sujet", MARKER_END},
    {"lo más leído", MARKER_END},
    {"más leídas", MARKER_END},
    {"te puede interesar", MARKER_END},
    {"i più letti", MARKER_END},
    {"meest gelezen", MARKER_END},
    {"mais lidas", MARKER_END},
    {"mest lest", MARKER_END},
    {"mest läst", MARKER_END},
    {"follow us", MARKER_END},
    {"contact us", MARKER_END},
    {"about us", MARKER_END},
    {"terms of use", MARKER_END},
    {"terms of service", MARKER_END},
    {"privacy policy", MARKER_END},
    {"impressum", MARKER_END},
};

/* A block that begins so, if it is not long. */
static const struct phrase prefixes[] = {
    {"read more:", MARKER_ASIDE},
    {"read more |", MARKER_ASIDE},
    {"read also:", MARKER_ASIDE},
    {"also read:", MARKER_ASIDE},
    {"also read |", MARKER_ASIDE},
    {"read:", MARKER_ASIDE},
    {"read |", MARKER_ASIDE},
    {"see also:", MARKER_ASIDE},
    {"related:", MARKER_ASIDE},
    {"related |", MARKER_ASIDE},
    {"related article:", MARKER_ASIDE},
    {"watch:", MARKER_ASIDE},
    {"watch |", MARKER_ASIDE},
    {"watch more:", MARKER_ASIDE},
    {"listen:", MARKER_ASIDE},
    {"more:", MARKER_ASIDE},
    {"must read:", MARKER_ASIDE},
    {"recommended:", MARKER_ASIDE},
    {"click here", MARKER_ASIDE},
    {"follow us on", MARKER_ASIDE},
    {"share on ", MARKER_ASIDE},
    {"share this ", MARKER_ASIDE},
    {"sign up for ", MARKER_ASIDE},
    {"sign up to ", MARKER_ASIDE},
    {"subscribe to ", MARKER_ASIDE},
    {"get the latest ", MARKER_ASIDE},
    {"download the ", MARKER_ASIDE},
    {"skip to ", MARKER_ASIDE},
    {"mehr zum thema:", MARKER_ASIDE},
    {"mehr dazu:", MARKER_ASIDE},
    {"lesen sie auch:", MARKER_ASIDE},
    {"lesen sie hier", MARKER_ASIDE},
    {"lire aussi", MARKER_ASIDE},
    {"à lire aussi", MARKER_ASIDE},
    {"lire également", MARKER_ASIDE},
    {"lee también", MARKER_ASIDE},
    {"leer más:", MARKER_ASIDE},
    {"leggi anche", MARKER_ASIDE},
    {"leia também", MARKER_ASIDE},
    {"lees ook", MARKER_ASIDE},
    {"les også:", MARKER_ASIDE},
    {"läs också:", MARKER_ASIDE},
    {"læs også:", MARKER_ASIDE},
    {"czytaj też", MARKER_ASIDE},
    {"czytaj także", MARKER_ASIDE},
    {"zobacz też", MARKER_ASIDE},
    {"читайте также", MARKER_ASIDE},
    {"читайте:", MARKER_ASIDE},
    {"more from ", MARKER_END},
    {"more on ", MARKER_END},
    {"comments (", MARKER_END},
    {"tags:", MARKER_END},
    {"topics:", MARKER_END},
    {"filed under", MARKER_END},
    {"©2", MARKER_END},
    {"© 2", MARKER_END},
    {"© copyright", MARKER_END},
    {"(c) 2", MARKER_END},
    {"copyright ©", MARKER_END},
    {"copyright (c)", MARKER_END},
    {"copyright 2", MARKER_END},
    {"all rights reserved", MARKER_END},
    {"alle rechte vorbehalten", MARKER_END},
    {"tous droits réservés", MARKER_END},
    {"your email address will not be published", MARKER_END},
    {"image source,", MARKER_CREDIT},
    {"image caption,", MARKER_CAPTION},
    {"media caption,", MARKER_CAPTION},
};

/* A block that holds this speaks of the site, not of the news. */
static const struct phrase anywhere[] = {
    {"for subscribers", MARKER_BOX},
    {"subscribers only", MARKER_BOX},
    {"subscribe now", MARKER_BOX},
    {"already a subscriber", MARKER_BOX},
    {"réservé aux abonnés", MARKER_BOX},
    {"réservée aux abonnés", MARKER_BOX},
    {"personenbezogene daten", MARKER_BOX},
    {"externer inhalt", MARKER_BOX},
    {"externen inhalt", MARKER_BOX},
    {"externe inhalte", MARKER_BOX},
    {"privatsphäre-einstellungen", MARKER_BOX},
    {"datenschutzeinstellungen", MARKER_BOX},
    {"advertisement has not loaded", MARKER_BOX},
    {"all comments are", MARKER_BOX},
    {"follow us on", MARKER_BOX},
    {"folgen sie uns", MARKER_BOX},
    {"sign in to ", MARKER_BOX},
    {"log in or ", MARKER_BOX},
    {"create an account", MARKER_BOX},
    {"my account", MARKER_BOX},
    {"free trial", MARKER_BOX},
    {"reach out to us", MARKER_BOX},
    {"support our journalism", MARKER_BOX},
    {"donate ", MARKER_BOX},
    {"spende für", MARKER_BOX},
    {"uses cookies", MARKER_BOX},
    {"use cookies", MARKER_BOX},
    {"of cookies", MARKER_BOX},
    {"cookies to ", MARKER_BOX},
    {"verwendet cookies", MARKER_BOX},
    {"utilise des cookies", MARKER_BOX},
    {"all rights reserved", MARKER_BOX},
    {"alle rechte vorbehalten", MARKER_BOX},
    {"privacy policy", MARKER_BOX},
    {"terms of service", MARKER_BOX},
    {"terms and conditions", MARKER_BOX},
    {"datenschutzerklärung", MARKER_BOX},
    {"enable javascript", MARKER_BOX},
    {"your browser ", MARKER_BOX},
    {"ad blocker", MARKER_BOX},
    {"adblock", MARKER_BOX},
    {"may not be published, broadcast, rewritten", MARKER_BOX},
    {"log in to comment", MARKER_BOX},
    {"to post a comment", MARKER_BOX},
    {"your inbox", MARKER_BOX},
    {"our newsletter", MARKER_BOX},
    {"unsere newsletter", MARKER_BOX},
    {"unseren newsletter", MARKER_BOX},
    {"your email address", MARKER_BOX},
};

/* `text` in lower case, blanks single, less punctuation at its ends. */
static void
normal_form(const char *text, size_t size, struct buf *out)
{
    static const char *const edges[] = {
        " ", "-", "–", "—", ":", "|", "*", "•", ".", "!", "›", "»", "→", "…",
        "+", "#", ">", "<", "«", "▼", "▶", "↓", "_", "=", "(", ")", "[", "]",
    };
    struct buf low = BUF_INIT;
    size_t from = 0;
    uint32_t code;
    bool more = true;

    for (size_t at = 0; at < size;) {
        size_t step = utf8_decode(text + at, size - at, &code);

        at += step ? step : 1;
        if (code == 0x2019)
            code = '\'';
        utf8_encode(&low, (uint32_t)utf8proc_tolower((utf8proc_int32_t)code));
    }
    while (more) {
        more = false;
        for (size_t i = 0; i < COUNT(edges); i++) {
            size_t edge = strlen(edges[i]);

            if (edge <= low.size - from &&
                !memcmp(low.data + from, edges[i], edge)) {
                from += edge;
                more = true;
            }
            if (edge <= low.size - from &&
                !memcmp(low.data + low.size - edge, edges[i], edge)) {
                buf_cut(&low, low.size - edge);
                more = true;
            }
        }
    }
    buf_set(out, low.data + from, low.size - from);
    buf_release(&low);
}

static enum marker
find_whole(const char *form)
{
    for (size_t i = 0; i < COUNT(whole); i++)
        if (!strcmp(form, whole[i].text))
            return whole[i].marker;
    return MARKER_NONE;
}

static enum marker
find_prefix(const char *form)
{
    for (size_t i = 0; i < COUNT(prefixes); i++)
        if (!strncmp(form, prefixes[i].text, strlen(prefixes[i].text)))
            return prefixes[i].marker;
    return MARKER_NONE;
}

enum marker
marker_of(const char *text, size_t size)
{
    struct buf form = BUF_INIT;
    enum marker marker = MARKER_NONE;

    if (size > BOX_BYTES)
        return MARKER_NONE;
    normal_form(text, size, &form);
    if (size <= WHOLE_BYTES)
        marker = find_whole(form.data);
    if (marker == MARKER_NONE && size <= PREFIX_BYTES)
        marker = find_prefix(form.data);
    for (size_t i = 0; i < COUNT(anywhere) && marker == MARKER_NONE; i++)
        if (strstr(form.data, anywhere[i].text))
            marker = anywhere[i].marker;
    buf_release(&form);
    return marker;
}
