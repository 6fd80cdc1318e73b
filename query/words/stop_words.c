#include "query/words/stop_words.h"

#include <string.h>

#include "corpus/base/count.h"

/*
 * Articles, pronouns, prepositions, conjunctions, forms of "be", "have" and
 * "do", and the words by which each language asks; folded, a blank around
 * each.  Words that are also something else in news (a month, a name, a sum)
 * are in no list.
 */
static const struct {
    char code[3];
    const char *words;
} lists[] = {
    {"en", " a about an and any are as at be been but by can could did do does "
           "for from had has have how i if in into is it its me my no not of "
           "on or our should such that the their them then there these they "
           "this those to us was we were what when where which who whom whose "
           "why will with would you your "},
    {"da", " af at da de den der deres det dette du eller en end er et for fra "
           "har have havde hvad hvem hvilke hvilken hvor hvordan hvorfor "
           "hvornar i ikke jeg kan man med mellem mod ned nogen og om op pa "
           "sig sin skal som til ud under var ved vi vil "},
    {"de", " aber als am an auch auf aus bei bis das dass dem den der des die "
           "dies diese dieser dieses durch ein eine einem einen einer eines er "
           "es fur gegen gibt haben hat hatte ich ihr im in ist kann konnen "
           "man mit nach nicht noch nur ob oder ohne sein sich sie sind so "
           "soll uber um und uns unter von vom vor wann war waren warum was "
           "welche welchem welchen welcher welches wenn wer werden wie wieso "
           "wird wo woher wohin worum wurde wurden zu zum zur zwischen "},
    {"es", " a al ante como con contra cual cuales cuando cuanto cuantos de "
           "del desde donde e el ella ellos en entre era es esa ese eso esta "
           "estan este esto fue fueron ha han hasta hay la las le les lo los "
           "mas me mi muy no nos o para pero por porque que quien quienes se "
           "ser si sin sobre son su sus tambien te tiene tu u un una uno unos "
           "y ya yo "},
    {"fi", " ei eika en etta han hanen he ja jo joka jos jossa kanssa ketka "
           "kuin kuinka kuka kun me mika miksi milloin mina minka missa "
           "mista mita mitka mutta nama ne niin nuo nyt olen oli on ovat se "
           "sen sina tai tama tuo vai voi "},
    {"fr", " a au aux avec ce ces cet cette comment dans de des du elle elles "
           "en entre est et eu il ils je la le les leur leurs lors lui ma mais "
           "me meme mes moi ne nos notre nous on ont ou par pas plus pour "
           "pourquoi qu quand que quel quelle quelles quels qui quoi sa sans "
           "se ses si son sont sous sur ta te tes toi tu un une vos votre "
           "vous y "},
    {"hu", " a az be egy el es ez ezek fel hogy hogyan hol honnan hova is ki "
           "kik le meg mely melyik mert mi miert mik mikor milyen mit nem "
           "sem vagy van vannak volt "},
    {"it", " a agli ai al alla alle anche che chi ci come con contro cosa da "
           "dagli dai dal dalla dalle degli dei del della delle di dove e ed "
           "era gli ha hanno i il in io la le lei lo loro lui ma mi ne negli "
           "nei nel nella nelle noi non o per perche piu quale quali quando "
           "quanto quanti questa queste questi questo se si sia sono su sugli "
           "sui sul sulla sulle suo tra un una uno vi voi "},
    {"nl", " aan als bij dan dat de deze die dit door een en er haar had heb "
           "hebben heeft het hij hoe ik in is kan maar met naar niet nog of om "
           "onder ons ook op over te tegen tot tussen uit van voor waar waarom "
           "wanneer waren wat welke werd wie wordt ze zich zij zijn zo "},
    {"no", " av at da de den denne dere det dette du eller en enn er et for "
           "fra ha har hadde hun hva hvem hvilke hvilken hvor hvordan hvorfor "
           "i ikke jeg kan man med mellom mot noen nar og om opp pa seg sin "
           "skal som til ut under var ved vi vil "},
    {"pl", " a albo ale bez bo byc byl byla byli bylo co czy czyj dla do gdy "
           "gdzie go i ich ile ja jak jaka jakie jaki jako jego jej jest "
           "jestem kiedy kogo komu kto ktora ktore ktory ma mi na nad nie niz "
           "o od oni oraz po pod poza przed przez przy sa sie skad ta tak te "
           "ten to tu w we wiec z za ze dlaczego "},
    {"pt", " a ao aos as com como contra da das de dela dele do dos e ela elas "
           "ele eles em entre era essa esse esta estao este eu foi foram ha "
           "isso isto ja lhe mais mas me na nas nao no nos o onde os ou para "
           "pela pelas pelo pelos por porque qual quais quando quanto quantos "
           "que quem se sem ser seu seus sua suas sao sob sobre tambem tem um "
           "uma voce "},
    {"ro", " a ai al ale am ar are au ca care cat cati ce cel cine cu cum cand "
           "de despre din dupa ea ei el ele era este eu fi fost il in intre "
           "la mai ne nu o pe pentru prin sa se si sau sunt un unde una unei "
           "unui va "},
    {"ru",
     " \xD0\xB0 \xD0\xB1\xD0\xB5\xD0\xB7 \xD0\xB1\xD1\x8B "
     "\xD0\xB1\xD1\x8B\xD0\xBB \xD0\xB1\xD1\x8B\xD0\xBB\xD0\xB0 "
     "\xD0\xB1\xD1\x8B\xD0\xBB\xD0\xB8 \xD0\xB2 \xD0\xB2\xD0\xBE "
     "\xD0\xB3\xD0\xB4\xD0\xB5 \xD0\xB4\xD0\xBB\xD1\x8F \xD0\xB4\xD0\xBE "
     "\xD0\xB5\xD0\xB3\xD0\xBE \xD0\xB5\xD0\xB5 \xD0\xB7\xD0\xB0 "
     "\xD0\xB8 \xD0\xB8\xD0\xB7 \xD0\xB8\xD0\xBB\xD0\xB8 \xD0\xB8\xD1\x85 "
     "\xD0\xBA \xD0\xBA\xD0\xB0\xD0\xBA "
     "\xD0\xBA\xD0\xB0\xD0\xBA\xD0\xB8\xD0\xB5 "
     "\xD0\xBA\xD0\xB0\xD0\xBA\xD0\xBE\xD0\xB9 "
     "\xD0\xBA\xD0\xBE\xD0\xB3\xD0\xB4\xD0\xB0 \xD0\xBA\xD1\x82\xD0\xBE "
     "\xD0\xBB\xD0\xB8 \xD0\xBC\xD1\x8B \xD0\xBD\xD0\xB0 \xD0\xBD\xD0\xB5 "
     "\xD0\xBD\xD0\xBE \xD0\xBE \xD0\xBE\xD0\xB1 \xD0\xBE\xD0\xBD "
     "\xD0\xBE\xD0\xBD\xD0\xB0 \xD0\xBE\xD0\xBD\xD0\xB8 \xD0\xBE\xD1\x82 "
     "\xD0\xBF\xD0\xBE \xD0\xBF\xD0\xBE\xD0\xB4 "
     "\xD0\xBF\xD0\xBE\xD1\x87\xD0\xB5\xD0\xBC\xD1\x83 "
     "\xD0\xBF\xD1\x80\xD0\xB8 \xD1\x81 \xD1\x81\xD0\xBE "
     "\xD1\x81\xD0\xBA\xD0\xBE\xD0\xBB\xD1\x8C\xD0\xBA\xD0\xBE "
     "\xD1\x82\xD0\xB0\xD0\xBA \xD1\x82\xD0\xBE \xD1\x83 "
     "\xD1\x87\xD0\xB5\xD0\xB3\xD0\xBE \xD1\x87\xD0\xB5\xD0\xBC "
     "\xD1\x87\xD1\x82\xD0\xBE \xD1\x8D\xD1\x82\xD0\xBE \xD1\x8F "},
    {"sv", " att av da de dem den denna deras det detta dig du eller en ett "
           "for fran ha han har hade hon hur i inte jag kan man med mellan men "
           "mot nagon nar och om pa sa samt sig sin ska som till under ut var "
           "varfor vad vem vi vid vilka vilken vilket "},
    {"tr",
     " acaba ama bir bu da de en gibi hangi hem icin ile ise kac kadar "
     "ki kim kimin mi mu nasil ne neden nerede nereye nicin o olan olarak "
     "oldu sonra su ve veya ya ne zaman "},
};

/* The list of a language, or NULL. */
static const char *
list_of(const char *language)
{
    for (size_t i = 0; i < COUNT(lists); i++)
        if (strcmp(lists[i].code, language) == 0)
            return lists[i].words;
    return NULL;
}

bool
is_stop_word(const char *language, const char *folded)
{
    const char *at = list_of(language);
    size_t size = strlen(folded);

    while (at && size && (at = strstr(at, folded)) != NULL) {
        if (at[-1] == ' ' && at[size] == ' ')
            return true;
        at += size;
    }
    return false;
}
