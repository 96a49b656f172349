/** How people say that they want no more mail, by language: English, French (also of Canada), German and the official languages of the
 *  European Union. `alone` counts when a line or sentence says nothing else, `phrases` wherever they stand in the new part of a mail. As
 *  `phraseFinder` reads them: accents and case do not matter, `*` lets a word go on. A phrase names whom it is about, “me” or “my data”: people
 *  also tell of what they delete, and of whom they never write to. What is worded more freely is read by `opt-out-clauses.ts`. */
type Words = { alone: string[]; phrases: string[] };

const list = (words: string): string[] => words.split('|').map((one) => one.trim());

export const OPT_OUT_WORDS: Readonly<Record<string, Words>> = {
  en: {
    alone: list(
      'stop|stop it|stop this|unsubscribe|unsubscribe me|remove|remove me|remove us|opt out|optout|take me off|take us off|no more emails|no more e mails|no more mails|no more mail|stop emailing|stop writing|stop mailing|stop all|delete me|go away|leave me alone|leave us alone|get lost|fuck off|piss off|bugger off|no spam|no more spam|no spam please|stop emailing|stop spamming|stop contacting me|lose my email',
    ),
    phrases: list(
      'unsubscribe me|unsubscribe us|please unsubscribe|unsubscribe from this|unsubscribe from these|unsubscribe from your|unsubscribe from all|how do i unsubscribe|how can i unsubscribe|wish to unsubscribe|i want to unsubscribe|we want to unsubscribe|like to unsubscribe|remove me|remove us|remove my email|remove my e mail|remove my address|remove my name|remove my details|remove this address|remove * from your list|remove * from your mailing list|take me off|take us off|take * off your list|opt me out|opt us out|i want to opt out|we want to opt out|wish to opt out|like to opt out|i opt out|to not be contacted|stop emailing me|stop emailing us|stop emailing my|stop emailing our|stop emailing this|stop e mailing me|stop e mailing us|stop e mailing my|stop e mailing our|stop e mailing this|stop mailing me|stop mailing us|stop mailing my|stop mailing our|stop mailing this|stop contacting me|stop contacting us|stop contacting my|stop contacting our|stop contacting this|stop writing to me|stop writing to us|stop writing to this|stop writing me|stop writing us|stop messaging me|stop messaging us|stop messaging my|stop messaging our|stop messaging this|stop spamming|stop sending me|stop sending us|stop sending these|stop sending emails|stop sending e mails|stop your emails|stop this spam|delete my data|delete my address|delete my email|delete my details|erase my data|cease all contact|cease and desist|leave me alone|leave us alone|no more of these|no more of this|no more of your|object to direct marketing|object to the processing|object to the use of my|get me off|get off this list|get off your list|off your mailing list|off this mailing list|leave me off|keep me off|strike me off|get us off|leave us off|keep us off|strike us off|delete our data|delete my contact|delete me from|delete us from|erase me|drop me from|drop us from|opt out of your|opt out of this|opt out of these|opt out of all|please opt out|withdraw my consent|revoke my consent|withdraw our consent|exercise my right to object|exercise our right to object|object to this use of my|object to you using my|lose my email|lose my e mail|lose my address|lose my number|not be contacted again|never again contact',
    ),
  },
  fr: {
    alone: list(
      'arret|arreter|arretez|stop|desabonner|desabonnement|desabonnez moi|me desabonner|se desabonner|desinscription|desinscrire|desinscrivez moi|me desinscrire|retirez moi|supprimez moi|desabonne moi|plus de courriels|plus d emails|plus de mails|plus de mail|plus de pub|stop pub|stop spam|pas de pub|plus de publicite|pas de publicite|pas de spam|foutez moi la paix',
    ),
    phrases: list(
      'ne plus me contacter|ne plus nous contacter|ne me contactez plus|ne nous contactez plus|ne plus m ecrire|ne plus mecrire|ne m ecrivez plus|ne mecrivez plus|ne plus m envoyer|ne plus menvoyer|ne m envoyez plus|ne menvoyez plus|ne plus recevoir|plus recevoir de|plus aucun courriel|plus aucun mail|plus aucun email|cessez de m|cessez de nous|arretez de m|arretez de nous|cesser de m|desabonnez moi|nous desabonner|veuillez desabonner|me desabonner|desinscrivez moi|me desinscrire|retirez moi|retirez nous|retirer de votre liste|retirer de vos listes|me retirer de votre|me retirer de vos|me retirer de la liste|supprimez mon adresse|supprimer mon adresse|supprimez mes donnees|supprimer mes donnees|rayez moi|m oppose au traitement|moppose au traitement|laissez moi tranquille|laissez nous tranquilles|fichez moi la paix',
    ),
  },
  de: {
    alone: list(
      'stopp|stop|abmelden|abmeldung|abbestellen|austragen|widerspruch|aufhoren|loschen|bitte loschen|keine mails mehr|keine e mails mehr|keine weiteren mails|keine weiteren e mails|nicht mehr schreiben|keine werbung|keine werbung mehr|keine werbung bitte|keine weitere werbung|keine newsletter mehr|kein spam|lassen sie das|in ruhe lassen|nichts mehr schicken|nichts mehr senden',
    ),
    phrases: list(
      'keine weiteren mails|keine weiteren e mails|keine weiteren emails|keine weiteren nachrichten|bitte keine weiteren anfragen|keine mails mehr|keine e mails mehr|keine emails mehr|keine nachrichten mehr|bitte keine werbung mehr|keine werbung mehr erhalten|keine werbung mehr bekommen|mir keine werbung mehr|uns keine werbung mehr|mir nicht mehr schreiben|mich nicht mehr schreiben|uns nicht mehr schreiben|bitte nicht mehr schreiben|mir nicht mehr anschreiben|mich nicht mehr anschreiben|uns nicht mehr anschreiben|bitte nicht mehr anschreiben|mir nicht mehr kontaktieren|mich nicht mehr kontaktieren|uns nicht mehr kontaktieren|bitte nicht mehr kontaktieren|nicht mehr kontaktiert werden|nicht mehr angeschrieben werden|mich nicht weiter kontaktieren|uns nicht weiter kontaktieren|bitte nicht weiter kontaktieren|mich nicht weiter anschreiben|uns nicht weiter anschreiben|bitte nicht weiter anschreiben|mich nicht erneut kontaktieren|uns nicht erneut kontaktieren|bitte nicht erneut kontaktieren|kontaktieren sie mich nicht|kontaktieren sie uns nicht|schreiben sie mir nicht|schreiben sie uns nicht|schreib mir nicht|bitte nicht mehr melden|nicht mehr bei mir melden|nicht mehr bei uns melden|loschung meiner|loschung unserer|loschung aller meiner|von weiteren mails|von weiteren e mails|von weiteren nachrichten|aus ihrem verteiler|aus eurem verteiler|mich aus dem verteiler|uns aus dem verteiler|mich bitte aus dem verteiler|uns bitte aus dem verteiler|adresse aus dem verteiler|aus ihrer liste|von ihrer liste|mich von der liste|uns von der liste|mich bitte von der liste|uns bitte von der liste|adresse von der liste|streichen sie mich|streichen sie uns|melden sie mich ab|melden sie uns ab|mich abmelden|mich austragen|tragen sie mich aus|meine daten loschen|unsere daten loschen|meine personlichen daten loschen|alle daten von mir loschen|meine daten zu loschen|unsere daten zu loschen|meine personlichen daten zu loschen|loschen sie meine|loschen sie unsere|meine adresse loschen|unsere adresse loschen|meine e mail adresse loschen|unsere e mail adresse loschen|meine mailadresse loschen|diese adresse loschen|widerspreche der verarbeitung|widerspreche der nutzung|widerspreche der verwendung|widerspreche der speicherung|widerspreche der weiteren|widerspreche hiermit|widersprechen der verarbeitung|widersprechen der nutzung|widersprechen der verwendung|widersprechen der speicherung|widersprechen der weiteren|unterlassen sie das|unterlassen sie bitte das|unterlassen sie es|unterlassen sie weitere|unterlassen sie bitte weitere|unterlassen sie jede weitere|unterlassen sie jegliche weitere|unterlassen sie kunftig|unterlassen sie die zusendung|unterlassen sie bitte die zusendung|unterlassen sie solche|unterlassen sie diese|horen sie auf mir|horen sie auf uns|horen sie auf mich|horen sie auf , mir|horen sie auf , uns|horen sie auf , mich|horen sie damit auf|horen sie bitte auf|lassen sie mich in ruhe|bitte kein kontakt mehr|bitte keinen kontakt mehr|wunsche keinen kontakt mehr|wunschen keinen kontakt mehr|mochte keinen kontakt mehr|mochten keinen kontakt mehr|will keinen kontakt mehr|wollen keinen kontakt mehr|keine kontaktaufnahme mehr',
    ),
  },
  bg: {
    alone: list('стоп|спри|спрете|отпиши|отпишете|отпишете ме|отписване|премахни|премахнете ме'),
    phrases: list(
      'отпишете ме|отпиши ме|премахнете ме|не ми пишете|не ми изпращайте|не ни пишете|не желая повече да получавам|не желая повече имейли|не желая повече писма|не желая повече съобщения|не се свързвайте|изтрийте данните ми|спрете да ми',
    ),
  },
  hr: {
    alone: list('stop|prestani|prestanite|odjava|odjavi|odjavite me|odjavi me|ukloni|uklonite me'),
    phrases: list(
      'odjavite me|odjavi me|uklonite me|nemojte mi pisati|nemojte mi slati|ne saljite mi|ne kontaktirajte|nemojte me kontaktirati|ne zelim vise primati|izbrisite moje podatke|prestanite mi slati',
    ),
  },
  cs: {
    alone: list('stop|odhlasit|odhlaseni|odhlaste me|odhlasit se|prestante|dost|zrusit'),
    phrases: list(
      'odhlaste me|odhlasit z odberu|odhlasit z vaseho|odhlasit ze seznamu|nepiste mi|neposilejte mi|nekontaktujte|uz mi nepiste|nechci dostavat|nepreji si dostavat|neprejeme si dostavat|nechceme dostavat|nechci uz dostavat|nechci dale dostavat|neposilejte nam|nepiste nam|nepreji si byt kontaktovan*|vymazte me|vymazte moje|smazte moje|vyradte me|odstrante me',
    ),
  },
  da: {
    alone: list('stop|afmeld|afmeld mig|afmelding|frameld|frameld mig|slet mig'),
    phrases: list(
      'afmeld mig|frameld mig|fjern mig|slet mig|slet mine|stop med at sende|stop med at skrive|stop med at kontakte|kontakt mig ikke|kontakt os ikke|ikke kontakte mig|skriv ikke til|send ikke flere|ingen flere mails|ikke modtage flere|onsker ikke at modtage|ikke kontaktes|vil ikke modtage|vil ikke have flere|vil ikke have mere|onsker ikke flere|skriv ikke mere|fjern os|fjern min*|slet min',
    ),
  },
  nl: {
    alone: list('stop|stoppen|afmelden|afmelding|uitschrijven|uitschrijving|verwijderen|verwijder mij'),
    phrases: list(
      'schrijf mij uit|mij uitschrijven|meld mij af|mij afmelden|verwijder mij|verwijder mijn|verwijder ons|geen mails meer|geen e mails meer|geen emails meer|geen berichten meer|niet meer mailen|niet meer benaderen|niet meer contacteren|niet meer contact op|neem geen contact|me van uw lijst|mij van uw lijst|ons van uw lijst|adres van uw lijst|me van jullie lijst|mij van jullie lijst|ons van jullie lijst|adres van jullie lijst|me uit uw bestand|mij uit uw bestand|ons uit uw bestand|adres uit uw bestand|stop met mailen|stop met het sturen|stop met sturen|wil geen mail|wil geen e mail*|wil geen email*|wil geen mails|willen geen mail*|wens geen mail*|wens geen e mail*|wens geen email*|wensen geen mail*|wens geen reclame|wil geen reclame|geen reclame meer|geen verdere mail*|geen verdere e mail*|stuur me geen|stuur mij geen|stuur ons geen|stuurt u mij geen|mail me niet|mail mij niet|mail ons niet|schrijf me niet|schrijf mij niet|niet meer te mailen|niet meer te benaderen|niet meer te contacteren|niet meer schrijven|haal mij van|haal me van|haal ons van|laat me met rust|laat mij met rust|laat ons met rust',
    ),
  },
  et: {
    alone: list('stopp|stop|lopeta|lopetage|loobu|loobun|tuhista|tuhistage|eemalda|eemaldage mind'),
    phrases: list(
      'eemaldage mind|eemalda mind|arge kirjutage|arge saatke|arge votke minuga uhendust|arge votke meiega uhendust|arge votke uhendust|arge votke enam uhendust|arge votke rohkem uhendust|arge kontakteeruge|ei soovi rohkem kirju|ei soovi rohkem e kirju|ei soovi rohkem teateid|ei soovi rohkem saada|ei soovi enam kirju|ei soovi enam e kirju|ei soovi enam teateid|ei soovi enam saada|lopetage kirjade|kustutage minu|loobun kirjadest',
    ),
  },
  fi: {
    alone: list('seis|stop|lopeta|lopettakaa|peruuta|peruuta tilaus|peru tilaus|poista|poistakaa minut|poista minut'),
    phrases: list(
      'poista minut|poistakaa minut|poistakaa meidat|poistakaa tietoni|poista tietoni|alkaa lahettako|ala laheta|alkaa ottako yhteytta|ala ota yhteytta|alka* kirjoittako|en halua enaa viest*|en halua enaa posti*|en halua enaa sahkopost*|en halua enaa vastaanot*|en halua enaa saada*|en halua enaa teilta*|en halua vastaanottaa|emme halua enaa viest*|emme halua enaa posti*|emme halua enaa sahkopost*|emme halua enaa vastaanot*|emme halua enaa saada*|emme halua enaa teilta*|lopettakaa viestien|lopeta viestien|peruuta tilaukseni',
    ),
  },
  el: {
    alone: list('στοπ|σταματηστε|σταματα|διαγραφη|απεγγραφη|καταργηση εγγραφης|διαγραψτε με'),
    phrases: list(
      'διαγραψτε με|διαγραψτε τα δεδομενα μου|διαγραψτε τα στοιχεια μου|διαγραψτε τα στοιχεια μας|διαγραψτε τα δεδομενα μας|μη μου στελνετε|μην μου στελνετε|μη μου γραφετε|μην μου γραφετε|μην επικοινωνειτε|μην επικοινωνησετε|δεν επιθυμω να λαμβανω|δεν θελω να λαμβανω|σταματηστε να μου|σταματηστε να με|σταματηστε να μας|αφαιρεστε με|καταργηστε την εγγραφη',
    ),
  },
  hu: {
    alone: list('stop|leiratkozas|leiratkozom|leiratkozni|torles|hagyja abba|hagyjak abba|allj'),
    phrases: list(
      'leiratkozom|leiratkozni szeretnek|szeretnek leiratkozni|ne irjon|ne irjanak|ne kuldjon|ne kuldjenek|ne keressen|ne keressenek|nem kerek tobb|toroljon a listarol|toroljenek a listarol|torolje az adataimat|toroljek az adataimat|vegyen le a listarol|vegyen le engem|vegyen le minket|vegyenek le a listarol|vegyenek le engem|vegyenek le minket|hagyja abba',
    ),
  },
  ga: {
    alone: list('stad|stop|stopann|diliostail|dilean|bain amach me|bain mo ainm'),
    phrases: list(
      'stad de|stadaigi|na cuir|na cuirigi|na scriobh|na scriobhaigi|na dean teagmhail|bain mo ainm|bain m ainm|bain me|bain amach me|diliostail me|scrios mo shonrai|gan teagmhail a dheanamh',
    ),
  },
  it: {
    alone: list(
      'stop|basta|cancellami|cancellatemi|cancellazione|disiscrivimi|disiscrivetemi|disiscrizione|disiscrivermi|rimuovimi|rimuovetemi|annulla iscrizione',
    ),
    phrases: list(
      'non scrivetemi piu|non mi scriva piu|non mi scrivete piu|non scrivermi piu|non contattatemi|non mi contatti|non mi contattate|non contattarmi|non contattateci|non inviatemi|non mi inviate|non desidero piu ricevere|non desidero piu essere|non voglio piu ricevere|non vogliamo piu ricevere|cancellatemi|cancellami|cancellate i miei|cancellare i miei dati|rimuovetemi|rimuovimi|rimuovete il mio|toglietemi|disiscrivetemi|disiscrivimi|smettete di scriver*|smettete di inviar*|smettete di contattar*|non desidero ricevere|non desideriamo ricevere|non desideriamo piu|non voglio ricevere|non vogliamo ricevere|di non contattar*|di non scriver*|di non inviar*|non scriveteci|non ci scrivete|non ci contatt*|non inviarmi|rimuovere il mio indirizzo|rimuovere i miei|cancellate il mio|cancellare il mio|togliete il mio|mi tolga da*|mi rimuova|mi cancelli|basta mail|mi oppongo al trattamento',
    ),
  },
  lv: {
    alone: list('stop|apturet|apturiet|atrakstities|atteikties|atsakos|partrauciet|dzest|dzesiet mani'),
    phrases: list(
      'nerakstiet man|nesutiet man|nesaziniet|nesazinieties|vairs nesutiet|vairs nerakstiet|nevelos sanemt|nevelos vairs sanemt|atrakstiet mani|izdzesiet manu|izdzesiet manus|dzesiet mani|partrauciet sutit|iznemiet mani',
    ),
  },
  lt: {
    alone: list('stop|sustabdyti|sustabdykite|atsisakyti|atsisakau|nutraukite|istrinkite mane|atsaukti'),
    phrases: list(
      'nerasykite man|nesiuskite man|nebesiuskite|neberasykite|nesusisiekite|nebesusisiekite|nenoriu gauti|nebenoriu gauti|nepageidauju gauti|nepageidauju daugiau|nepageidauju jusu|atsisakau prenumeratos|istrinkite mano|istrinkite mane|pasalinkite mane|nustokite siusti',
    ),
  },
  mt: {
    alone: list('waqqaf|waqqfu|ieqaf|ieqfu|stop|nehhini|nehhuni|hassarni'),
    phrases: list(
      'nehhini|nehhuni|tiktbulix|tiktibli|tibaghtulix|tibghatulix|tikkuntattjanix|tikkuntattjawnix|ma rridx nircievi|ma nixtieqx nircievi|waqqfu l|hassru d data|hassar d data',
    ),
  },
  pl: {
    alone: list('stop|wypisz|wypisz mnie|wypisuje sie|wypisanie|rezygnuje|rezygnacja|usun|usun mnie|prosze usunac|przestancie'),
    phrases: list(
      'wypisz mnie|wypiszcie mnie|prosze mnie wypisac|wypisac mnie|prosze nie pisac|nie piszcie|nie wysylajcie|prosze nie wysylac|prosze nie kontaktowac|prosze sie nie kontaktowac|nie zycze sobie otrzymywa*|nie zycze sobie kontaktu|nie zycze sobie dalsz*|nie chce otrzymywac|nie chce dostawac|nie chce wiecej|nie chcemy otrzymywac|nie zyczymy sobie|nie kontaktujcie|nie zycze sobie wiecej|nie zycze sobie takich|prosze usunac moje|prosze usunac moj|usuncie moje|usun moje|usunac mnie|prosze o usuniecie|przestancie pisac|przestancie wysylac|rezygnuje z otrzymywania|sprzeciwiam sie przetwarzaniu',
    ),
  },
  pt: {
    alone: list('parar|pare|parem|stop|cancelar|cancelar subscricao|cancelar inscricao|descadastrar|remover|remova me|removam me|retirar'),
    phrases: list(
      'remova me|removam me|remover o meu|remover meu|remova o meu|retire me|retirem me|retire o meu|nao me contacte*|nao me contate*|nao nos contacte*|nao me escreva*|nao me envie*|nao enviem mais|nao envie mais|nao desejo receber|nao quero receber|nao queremos receber|nao desejo mais receber|nao quero mais receber|nao queremos mais receber|nao desejamos receber|nao desejamos mais|nao pretendo receber|nao gostaria de receber|nao nos escreva*|nao nos envie*|deixem de me|deixe de me|deixem de enviar|nao volte a me|nao volte a nos|nao volte a enviar|nao volte a escrever|nao volte a contactar|nao volte a contatar|nao volte a mandar|parem de me|parem de nos|parem de enviar|parem de escrever|parem de contactar|parem de contatar|parem de mandar|pare de me|pare de nos|pare de enviar|pare de escrever|pare de contactar|pare de contatar|pare de mandar|cancelar a minha subscricao|cancelar minha inscricao|apaguem os meus|apague os meus|eliminem os meus|oponho me ao tratamento',
    ),
  },
  ro: {
    alone: list('stop|opriti|opreste|dezabonare|dezabonati ma|dezaboneaza ma|ma dezabonez|stergeti ma|renunt'),
    phrases: list(
      'dezabonati ma|dezaboneaza ma|vreau sa ma dezabonez|doresc sa ma dezabonez|nu ma mai contactati|nu ne mai contactati|sa nu ma mai contactati|nu mi mai scrieti|nu mi mai trimiteti|sa nu mi mai|nu mai doresc sa primesc|nu mai vreau sa primesc|stergeti datele mele|stergeti mi datele|stergeti ma|scoateti ma|opriti trimiterea|ma opun prelucrarii',
    ),
  },
  sk: {
    alone: list('stop|odhlasit|odhlasenie|odhlaste ma|odhlasit sa|prestante|dost|zrusit'),
    phrases: list(
      'odhlaste ma|odhlasit z odberu|odhlasit z vasho|odhlasit zo zoznamu|nepiste mi|nepiste nam|neposielajte mi|neposielajte nam|nechceme dostavat|nechcem viac dostavat|nekontaktujte|uz mi nepiste|nechcem dostavat|neprajem si dostavat|neprajem si byt|nezelam si dostavat|vymazte ma|vymazte moje|vyradte ma|odstrante ma|prestante mi',
    ),
  },
  sl: {
    alone: list('stop|odjava|odjavi|odjavite me|odjavi me|prenehajte|prenehaj|izbrisite me|dovolj'),
    phrases: list(
      'odjavite me|odjavi me|izbrisite me|izbrisite moje|odstranite me|ne pisite mi|ne posiljajte mi|ne kontaktirajte|ne zelim vec prejemati|ne zelim vec vasih|ne zelimo vec prejemati|ne zelimo vec vasih|prenehajte posiljati|prenehajte mi|nehajte posiljati',
    ),
  },
  es: {
    alone: list(
      'stop|parar|pare|paren|baja|dar de baja|darme de baja|dame de baja|denme de baja|cancelar|cancelar suscripcion|desuscribir|desuscribirme|eliminar|eliminame|eliminenme|no mas correos|no mas mensajes|no mas publicidad|dejenme en paz|basta',
    ),
    phrases: list(
      'darme de baja|dame de baja|deme de baja|denme de baja|darnos de baja|quiero dejar de recibir|queremos dejar de recibir|deseo dejar de recibir|quiero la baja|solicito la baja|no me escriba*|no nos escriba*|no me contacte*|no nos contacte*|no vuelva a contactar*|no vuelvan a contactar*|no vuelva a escribir*|no vuelvan a escribir*|no me envie*|no me mande*|no envien mas|no deseo recibir|no quiero recibir|no queremos recibir|no mas correos|no mas mensajes|eliminenme|elimineme|eliminame de|eliminen mis|eliminen mi|elimine mis|elimine mi|quitenme de|quiteme de|quitame de|borren mis|borre mis|borrenme|dejen de escribir*|dejen de enviar*|dejen de mandar*|deje de escribir*|deje de enviar*|me opongo al tratamiento|cancelar mi suscripcion|dejenme en paz|dejeme en paz|dejenos en paz|borrar mis datos|eliminar mis datos',
    ),
  },
  sv: {
    alone: list('stopp|stop|sluta|avregistrera|avregistrera mig|avanmal|avanmalan|avprenumerera|avsluta|ta bort mig'),
    phrases: list(
      'avregistrera mig|avanmal mig|avprenumerera mig|ta bort mig|ta bort min adress|ta bort min e post|ta bort min mejl|ta bort min mail|ta bort mina uppgifter|ta bort mina data|radera mina|radera min|sluta mejla|sluta maila|sluta skicka|sluta kontakta|sluta skriva|kontakta mig inte|kontakta oss inte|inte kontakta mig|inte bli kontaktad|skicka inte fler|inga fler mejl|inga fler mail|vill inte ha fler|onskar inte fler|ta bort oss|vill inte ha mer|vill inte langre|vill inte fa|vill inte ta emot|onskar inte fa|onskar inga fler|onskar inte langre|skriv inte till mig|mejla mig inte|maila mig inte|skicka inga fler',
    ),
  },
};

/** What people say around a word that stands alone. */
export const POLITE_WORDS = list(
  'please|pls|plz|thanks|thank you|thx|kindly|hi|hello|dear|regards|best|now|immediately|bitte|danke|sofort|hallo|merci|svp|s il vous plait|sil vous plait|bonjour|por favor|gracias|hola|per favore|per piacere|grazie|ciao|por favor|obrigado|obrigada|alstublieft|aub|dank u|bedankt|tak|venligst|tack|snalla|kiitos|palun|aitah|ludzu|paldies|prasau|aciu|prosze|dziekuje|prosim|dekuji|dakujem|hvala|molim|kerem|koszonom|va rog|multumesc|παρακαλω|ευχαριστω|моля|благодаря|jekk joghgbok|grazzi|le do thoil|go raibh maith agat',
);

/** Directly before a phrase these turn it round: “please do not remove me”, “we cannot stop writing to you”. */
export const NEGATORS = new Set(
  list('not|dont|never|cannot|cant|couldnt|wont|wouldnt|nicht|niemals|jamais|nunca|nooit|aldrig|nigdy|nikdy|nikoli'),
);
