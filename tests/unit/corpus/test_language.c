/*
 * A text is known by its letters and words, or by its script; what is short or
 * of several kinds is left open.  And so are articles, which may declare what
 * cannot be.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "corpus/article/article.h"
#include "corpus/base/count.h"
#include "corpus/story/language.h"

/* Two or three sentences of a newspaper each. */
static const struct {
    const char *code;
    const char *text;
} texts[] = {
    {"en", "The council voted on Tuesday to close the old swimming pool. "
           "Residents had collected nine thousand signatures against it, but "
           "the mayor said that there was no money left for repairs."},
    {"de", "Der Stadtrat hat am Dienstag beschlossen, das alte Schwimmbad zu "
           "schließen. Die Anwohner hatten neuntausend Unterschriften dagegen "
           "gesammelt, doch für eine Sanierung fehlt nach Angaben der "
           "Bürgermeisterin das Geld."},
    {"nl",
     "De gemeenteraad heeft dinsdag besloten het oude zwembad te sluiten. "
     "Bewoners hadden negenduizend handtekeningen verzameld, maar volgens "
     "de burgemeester is er geen geld meer voor herstel."},
    {"da", "Byrådet besluttede tirsdag at lukke den gamle svømmehal. Beboerne "
           "havde samlet ni tusind underskrifter imod lukningen, men ifølge "
           "borgmesteren er der ikke flere penge til reparationer af "
           "bygningen."},
    {"no", "Bystyret vedtok tirsdag å legge ned den gamle svømmehallen. "
           "Beboerne hadde samlet ni tusen underskrifter mot det, men "
           "ordføreren sier at det ikke er flere penger igjen til "
           "reparasjoner av bygget, og at ingen har kommet med noe bedre."},
    {"sv", "Kommunfullmäktige beslutade på tisdagen att stänga den gamla "
           "simhallen. De boende hade samlat in nio tusen namnunderskrifter, "
           "men enligt borgmästaren finns det inga pengar kvar till "
           "reparationer."},
    {"fi", "Kaupunginvaltuusto päätti tiistaina sulkea vanhan uimahallin. "
           "Asukkaat olivat keränneet yhdeksäntuhatta allekirjoitusta sitä "
           "vastaan, mutta pormestarin mukaan rahaa korjauksiin ei enää ole."},
    {"et", "Linnavolikogu otsustas teisipäeval sulgeda vana ujula. Elanikud "
           "olid selle vastu kogunud üheksa tuhat allkirja, kuid linnapea "
           "sõnul ei ole remondiks enam raha."},
    {"lt", "Miesto taryba antradienį nusprendė uždaryti senąjį baseiną. "
           "Gyventojai buvo surinkę devynis tūkstančius parašų, tačiau mero "
           "teigimu remontui pinigų nebeliko."},
    {"lv", "Pilsētas dome otrdien nolēma slēgt veco peldbaseinu. Iedzīvotāji "
           "bija savākuši deviņus tūkstošus parakstu, taču mērs sacīja, ka "
           "remontam naudas vairs nav."},
    {"fr", "Le conseil municipal a décidé mardi de fermer la vieille piscine. "
           "Les habitants avaient recueilli neuf mille signatures, mais "
           "selon la maire il ne reste plus d'argent pour les travaux."},
    {"es", "El ayuntamiento decidió el martes cerrar la vieja piscina. Los "
           "vecinos habían reunido nueve mil firmas en contra, pero según la "
           "alcaldesa ya no queda dinero para las obras."},
    {"pt",
     "A câmara municipal decidiu na terça-feira encerrar a velha piscina. "
     "Os moradores tinham reunido nove mil assinaturas, mas segundo a "
     "presidente já não há dinheiro para as obras."},
    {"it", "Il consiglio comunale ha deciso martedì di chiudere la vecchia "
           "piscina. Gli abitanti avevano raccolto novemila firme, ma secondo "
           "la sindaca non ci sono più soldi per i lavori."},
    {"ca", "L'ajuntament va decidir dimarts tancar la vella piscina. Els veïns "
           "havien recollit nou mil signatures en contra, però segons "
           "l'alcaldessa ja no queden diners per a les obres."},
    {"ro", "Consiliul local a hotărât marți să închidă vechea piscină. "
           "Locuitorii strânseseră nouă mii de semnături, dar potrivit "
           "primăriței nu mai sunt bani pentru reparații."},
    {"pl", "Rada miasta zdecydowała we wtorek o zamknięciu starego basenu. "
           "Mieszkańcy zebrali dziewięć tysięcy podpisów, ale według pani "
           "burmistrz nie ma już pieniędzy na remont."},
    {"cs", "Zastupitelstvo v úterý rozhodlo, že starý bazén zavře. Obyvatelé "
           "proti tomu sebrali devět tisíc podpisů, podle starostky však na "
           "opravy už nezbývají žádné peníze."},
    {"hu", "A képviselő-testület kedden úgy döntött, hogy bezárja a régi "
           "uszodát. A lakók kilencezer aláírást gyűjtöttek ellene, de a "
           "polgármester szerint nincs több pénz a felújításra."},
    {"tr", "Belediye meclisi salı günü eski yüzme havuzunu kapatmaya karar "
           "verdi. Mahalle sakinleri buna karşı dokuz bin imza toplamıştı, "
           "ancak başkana göre onarım için para kalmadı."},
    {"id", "Dewan kota pada hari Selasa memutuskan untuk menutup kolam renang "
           "lama. Warga telah mengumpulkan sembilan ribu tanda tangan, tetapi "
           "menurut wali kota tidak ada lagi uang untuk perbaikan."},
    {"vi", "Hôm thứ Ba, hội đồng thành phố đã quyết định đóng cửa bể bơi cũ. "
           "Người dân đã thu thập chín nghìn chữ ký phản đối, nhưng theo thị "
           "trưởng thì không còn tiền để sửa chữa."},
    {"eu", "Udalak asteartean erabaki zuen igerileku zaharra ixtea. "
           "Herritarrek bederatzi mila sinadura bildu zituzten horren aurka, "
           "baina alkatearen arabera ez dago diru gehiagorik."},
    {"ga",
     "Shocraigh an chomhairle Dé Máirt go ndúnfaí an seanlinn snámha. Bhí "
     "naoi míle síniú bailithe ag na daoine ina choinne, ach dúirt an "
     "méara nach raibh aon airgead fágtha."},
    {"ru", "Городской совет во вторник решил закрыть старый бассейн. Жители "
           "собрали против этого девять тысяч подписей, но, по словам мэра, "
           "денег на ремонт больше нет."},
    {"uk", "Міська рада у вівторок вирішила закрити старий басейн. Мешканці "
           "зібрали проти цього дев'ять тисяч підписів, але, за словами мера, "
           "грошей на ремонт більше немає."},
    {"bg", "Общинският съвет реши във вторник да затвори стария басейн. "
           "Жителите бяха събрали девет хиляди подписа, но според кмета вече "
           "няма пари за ремонт."},
    {"sr", "Градско веће је у уторак одлучило да затвори стари базен. "
           "Становници су против тога прикупили девет хиљада потписа, али "
           "према речима градоначелнице новца више нема."},
    {"el", "Το δημοτικό συμβούλιο αποφάσισε την Τρίτη να κλείσει το παλιό "
           "κολυμβητήριο."},
    {"ar", "قرر مجلس المدينة يوم الثلاثاء إغلاق المسبح القديم. وكان السكان قد "
           "جمعوا تسعة آلاف توقيع ضد ذلك، لكن العمدة قالت إن المال لم يعد "
           "متوفرا."},
    {"fa", "شورای شهر روز سه شنبه تصمیم گرفت استخر قدیمی را "
           "ببندد. "
           "ساکنان "
           "نه "
           "هزار امضا جمع کرده بودند، اما به گفته شهردار دیگر پولی برای تعمیر "
           "نمانده است."},
    {"he", "מועצת העיר החליטה ביום שלישי לסגור את הבריכה הישנה. התושבים אספו "
           "תשעת אלפים חתימות נגד ההחלטה, אבל לדברי ראש העיר אין עוד כסף."},
    {"hi", "नगर परिषद ने मंगलवार को पुराने तालाब को बंद करने का फैसला किया। "
           "निवासियों ने इसके खिलाफ नौ हजार हस्ताक्षर जुटाए थे, लेकिन महापौर के "
           "अनुसार अब मरम्मत के लिए पैसा नहीं है।"},
    {"ta", "நகர மன்றம் செவ்வாயன்று பழைய நீச்சல் குளத்தை மூட முடிவு செய்தது."},
    {"hy", "Քաղաքային խորհուրդը երեքշաբթի որոշեց փակել հին լողավազանը։"},
    {"th", "สภาเมืองมีมติเมื่อวันอังคารให้ปิดสระว่ายน้ำเก่า"},
    {"ko", "시의회는 화요일 낡은 수영장을 폐쇄하기로 결정했다."},
    {"ja", "市議会は火曜日、古いプールを閉鎖することを決めた。"},
    {"zh", "市议会星期二决定关闭旧游泳池，居民曾收集九千个签名表示反对。"},
};

static const char *
code_of(const char *text)
{
    struct language_guess guess;

    language_guess(text, strlen(text), &guess);
    return guess.code ? guess.code : "-";
}

static void
two_sentences_tell_a_language(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(texts); i++)
        assert_string_equal(code_of(texts[i].text), texts[i].code);
}

/* Of every beginning of these texts, however short, what is said is right;
 * and of most more is said the more is read. */
static void
a_short_text_is_left_open_rather_than_told_wrong(void **state)
{
    size_t known[4] = {0};
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(texts); i++) {
        static const size_t sizes[] = {25, 50, 75, 100};

        for (size_t j = 0; j < COUNT(sizes); j++) {
            struct language_guess guess;
            size_t size = strlen(texts[i].text);

            size = sizes[j] < size ? sizes[j] : size;
            while (size && ((unsigned char)texts[i].text[size] & 0xc0) == 0x80)
                size--;
            language_guess(texts[i].text, size, &guess);
            known[j] += guess.code != NULL;
            if (guess.code && strcmp(guess.code, texts[i].code) != 0) {
                print_message("%s is taken for %s: %.*s\n", texts[i].code,
                              guess.code, (int)size, texts[i].text);
                wrong++;
            }
        }
    }
    print_message("of %zu texts 25, 50, 75, 100 bytes tell %zu %zu %zu %zu\n",
                  COUNT(texts), known[0], known[1], known[2], known[3]);
    assert_true(wrong <= 1);
    assert_true(known[3] * 100 >= COUNT(texts) * 85);
    assert_true(known[0] <= known[1] && known[1] <= known[3]);
}

static void
names_and_figures_are_no_language(void **state)
{
    static const char *const none[] = {
        "",
        " \n\t 2014-10-24",
        "Opcon",
        "KF-21, F/A-18, AT&T",
        "Kim Jong-un, Sergei Lavrov, Angela Merkel",
        "Borussia Dortmund 3 Bayern 1",
        "犬",
        "東京都千代田区",
        "The talks went on. Переговоры продолжались вчера.",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(none); i++)
        assert_string_equal(code_of(none[i]), "-");
}

static void
accents_may_stand_apart(void **state)
{
    (void)state;
    assert_string_equal(
        code_of("Le pre\u0301sident a de\u0301clare\u0301 que la "
                "se\u0301curite\u0301 e\u0301tait assure\u0301e."),
        "fr");
}

/* What an article says of its language, and what becomes of that. */
static void
expect_language(const char *declared, const char *body, const char *code,
                enum language_source from)
{
    struct article article;

    article_init(&article);
    buf_set_text(&article.language, declared);
    buf_set_text(&article.headline, "KF-21");
    buf_set_text(&article.body, body);
    language_of_article(&article);
    assert_string_equal(article.language.data, code);
    assert_int_equal(article.language_from, from);
    if (from == LANGUAGE_DETECTED)
        assert_non_null(article.origin[MEMBER_LANGUAGE].rule);
    article_release(&article);
}

static void
an_article_declares_its_language_or_is_read(void **state)
{
    const char *german = texts[1].text;
    const char *korean =
        "시의회는 화요일 낡은 수영장을 폐쇄하기로 결정했다. "
        "주민들은 구천 명의 서명을 모았지만 시장은 수리할 돈이 "
        "더는 없다고 말했다.";

    (void)state;
    expect_language("", german, "de", LANGUAGE_DETECTED);
    expect_language("de", german, "de", LANGUAGE_DECLARED);
    expect_language("", "Opcon", "", LANGUAGE_DEFAULT);
    /* Latin letters do not contradict English, */
    expect_language("en", german, "en", LANGUAGE_DECLARED);
    /* Korean ones do; and English ones Korean. */
    expect_language("en", korean, "ko", LANGUAGE_DETECTED);
    expect_language("ko", texts[0].text, "en", LANGUAGE_DETECTED);
    /* Of these nobody knows what they are written in. */
    expect_language("tlh", korean, "tlh", LANGUAGE_DECLARED);
    /* Serbian has two scripts. */
    expect_language("sr",
                    "Komisija je odložila izbore za proleće, jer nema "
                    "novca za nove glasačke kutije.",
                    "sr", LANGUAGE_DECLARED);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_sentences_tell_a_language),
        cmocka_unit_test(a_short_text_is_left_open_rather_than_told_wrong),
        cmocka_unit_test(names_and_figures_are_no_language),
        cmocka_unit_test(accents_may_stand_apart),
        cmocka_unit_test(an_article_declares_its_language_or_is_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
