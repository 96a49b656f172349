import { templateWords } from './phrases.ts';
import type { Language } from './writing.ts';

/** Words that carry no fact: those that join what a fact says, and name nothing but a company and what any company does. A word that ends in
 *  a star stands for all that begin so. */
const PLAIN: Record<Language, string> = {
  en: `a an the and or but so as at by for from in into of on onto to with within without about over under between across through per via
    i we our ours us me my you your yours it its they their them he she this that these those there here which who whom whose what when where
    is are was were be been being am do does did has have had can will would could should may might must
    not no yes also too very just only more most much many some any all each every both other another such own same
    make makes making made do doing offer offers offering sell sells selling provide provides providing build builds building run runs running
    work works working help helps helping let lets give gives use uses using get gets getting go goes serve serves serving deliver delivers
    company companies business team teams people product products service services tool tools platform software solution solutions customer
    customers client clients market area field based located listed described describe describes name named call called known say says said
    founded started since year years line way read reads see look make like kind part one ones thing things`,
  de: `der die das den dem des ein eine einen einem einer eines und oder aber als an auf aus bei bis durch für gegen hinter im in ins ist mit
    nach neben ohne sind über um unter vom von vor wird werden wurde zu zum zur zwischen sich selbst so auch nur noch schon mehr hier dort
    dazu damit daher darum dass weil wenn was wer wie wo welche* dies* jen* ihr* sie mein* unser* wir ich es er man kann können soll* haben hat
    war nicht kein* laut eigen* beschreib* schreib* nennt nennen genannt bezeichn* sagt sagen heißt steht stehen geführt verzeichnet gelistet angegeben angab* unternehm*
    firma haus team seite profil eintrag satz zeile wort worte worten text thema produkt* dienst* angebot* anbiet* biet* entwick* macht machen stellt stellen herstellt herstellen
    helf* hilft hilf* unterstütz* arbeit* verkauf* vertreib* liefer* baut bauen betreib* nutz* sitz* gegründet jahr* seit kund* gemäß`,
  fr: `le la les l un une des de du d et ou mais au aux à en dans sur sous par pour avec sans chez entre vers depuis est sont être était
    se s si parce puisque ainsi ce c cet cette ces qui que qu quoi dont où comme ne pas plus aussi même tout* son sa ses leur* votre vos vous notre nos nous je j
    il elle ils elles on y a ont avez fait font faites selon propre* décri* présent* dit dite nomm* appel* figur* indiqu* mention* lis lu
    entreprise* société* maison équipe* site page profil fiche phrase ligne mot* texte sujet produit* service* offre* offr* propos* développ*
    aid* accompagn* travaill* vend* fourni* constru* exploit* utilis* situé* basé basée fond* an année* client* activité* secteur* domaine*`,
  es: `el la los las un una unos unas de del y e o pero al a en por para con sin sobre bajo entre hacia desde según es son ser está están
    se si porque así que qué quien* cual* donde como cómo no ni más también mismo* todo* su sus le les lo nuestr* nos usted* me mi yo ha han hay
    propi* describ* present* dice dicen pone nombr* llam* figur* indic* mencion* leo
    empresa* compañía* casa equipo* sitio página perfil ficha frase línea palabra* texto tema producto* servicio* oferta* ofrec* propon*
    desarroll* ayud* acompañ* trabaj* vend* provee* constru* explot* usa usan usar utiliz* ubicad* situad* fundad* año* cliente* actividad* sector*`,
};

const READ = Object.fromEntries(
  Object.entries(PLAIN).map(([language, words]) => {
    const all = words.split(/\s+/);
    const begin = all.filter((word) => word.endsWith('*')).map((word) => word.slice(0, -1));
    return [language, { whole: new Set(all), begin }];
  }),
);

/** Whether a word, in lower case, says nothing of a company by itself: it is short, one of our templates, or plain in its language. */
export function isFillerWord(word: string, language: Language): boolean {
  const plain = READ[language];
  return (
    word.length < 3 ||
    templateWords().has(word) ||
    plain?.whole.has(word) === true ||
    plain?.begin.some((start) => word.startsWith(start)) === true
  );
}
