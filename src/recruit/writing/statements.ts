import { THEM } from './other-names.ts';
import type { Language } from './writing.ts';

/** How one language states something of somebody it speaks to. Written from general knowledge: one line to correct each. */
export type Statements = {
  /** Turns that state nothing, and what is read in their place. */
  harmless: [RegExp, string][];
  /** How things are with them, in so many words: “your team won”, “we know your”, a question that takes something for granted. */
  signs: RegExp[];
  /** What nobody is without its being known: said of somebody, it is a claim, wherever it stands. */
  loaded: RegExp;
};

const START = '(?<!\\p{L})';
const END = '(?!\\p{L})';

/** Before “you” or “your” they make a question or a condition of what follows, or another word its subject. */
const NOT_SUBJECT_EN =
  'if|whether|when|where|unless|once|until|till|before|after|hope(?: that)?|so(?: that)?|than|what|whatever|would|could|should|shall|may|might|can|will|' +
  'do|does|did|are|is|have|has|to|help|lets?|at|with|of|for|from|in|by';
const MODAL_EN = 'would|could|should|might|may|to';
const YOUR_EN = `your(?: (?!(?:${MODAL_EN})\\b)[\\w’-]+){0,2}?`;
const ADVERB_EN = '(?:,? (?:which|who|that))?(?: (?:\\w+ly|also|still|already|just|never|always|all|both))?';
const STATE_EN = 'are|is|was|were|have|has|had|did|won|grew|made|built|sold|ran|led|lost|got|became|took|went|began|left|\\w{3,}ed';
const DO_EN =
  'run|serve|sell|work|offer|make|use|grow|lead|build|help|operate|employ|struggle|need|lack|suffer|provide|want|face|handle|lose|own|win|complain';
const KNOW_EN =
  'know|knew|knows|understand|understood|notice|noticed|hear|heard|learn|learned|learnt|gather|realise|realize|appreciate|recognise|recognize';
const THINK_EN = 'see|saw|seen|read|found|find|believe|assume|suppose|imagine|guess|think|remember';
const ASKED_EN =
  'have|has|haven.t|hasn.t|had|did|didn.t|were|was|why (?:do|does|did|are|is|have|has)|how (?:did|have|has|long)|when did|since when';
const UNLESS_MODAL_EN = '(?![^.?!]*\\b(?:would|could|might|may)\\b)';

const ENGLISH: Statements = {
  harmless: [
    [new RegExp(`\\b(?:Ourname and ${THEM}|${THEM} and Ourname)\\b`, 'g'), 'both'],
    [/\byou (?:and|or) your [\w’'-]+/gi, 'you'],
    [/\b(?:get|be|feel|stay) \w+ed\b/gi, 'go'],
    [/\bunderstand you (?:well|right|correctly)\b/gi, 'understand'],
    [/\byou need (?:not|only)\b/gi, 'one may'],
    // A proposal is no statement: “My idea: Theirname offers Ourname to its customers”.
    [
      new RegExp(
        `^((?:so )?(?:here is )?(?:my|our|the) (?:idea|thought|proposal|suggestion)\\b.{0,60}: )${THEM} \\w+s\\b(?<! is| was| has)`,
        'i',
      ),
      '$1it',
    ],
  ],
  signs: [
    // Their state and their past.
    new RegExp(
      `(?<!\\b(?:${NOT_SUBJECT_EN}) )\\b(?:you|${THEM}(?:[’']s)?(?: [\\w-]+){0,2}?|${YOUR_EN} [\\w’-]+)${ADVERB_EN} (?:${STATE_EN})\\b`,
      'i',
    ),
    /\byou[’'](?:re|ve)\b/i,
    // What they do; “your client work” and “your customers’ needs” do nothing.
    new RegExp(`(?<!\\b(?:${NOT_SUBJECT_EN}) )\\b(?:you|${YOUR_EN} [\\w-]+s)${ADVERB_EN} (?:${DO_EN})\\b`, 'i'),
    new RegExp(`(?<!\\b(?:${NOT_SUBJECT_EN}) )\\b(?:${THEM}|${YOUR_EN} [\\w-]*[a-rt-z])${ADVERB_EN} (?:${DO_EN})s\\b`, 'i'),
    // What we know of them, or think.
    new RegExp(
      `\\b(?:I|we|everybody|everyone)(?:[’'](?:ve|m)| have| am| are| can)?(?: (?:\\w+ly|also|both|all))? (?:${KNOW_EN})\\b${UNLESS_MODAL_EN}[^.?!]*\\b(?:you|your|${THEM})\\b`,
      'i',
    ),
    new RegExp(`\\b(?:I|we)(?: \\w+ly)? (?:${THINK_EN})(?: (?:that|how|why|from|about))? (?:your|${THEM})\\b${UNLESS_MODAL_EN}`, 'i'),
    // What a question takes for granted, and what leads to one: “Given your …, would you”, “As the leader, how”.
    new RegExp(
      `(?:^|, )(?:and |but |so )?(?:${ASKED_EN})\\b[^,?]{0,20}\\b(?:you|your|${THEM})\\b(?! (?:thought|considered|time|got|had|room|ever|an?)\\b)[^?]*\\?`,
      'i',
    ),
    new RegExp(
      `^(?:given|thanks to|after|despite|because of|due to|in view of|considering)\\b(?![^,]*\\b(?:reply|answer|time|message|note|e?-?mail|calendar|interest|holiday|return|team)\\b)[^,]*\\b(?:your|${THEM})\\b[^,]*, `,
      'i',
    ),
    /^(?:being|as) (?:the|an?|one of)\b(?! (?:next|first|second|small|start|beginning|way|favou?r|reminder|rule|thank|follow|test|trial|result|last)\b)[^,?!.]*, (?!(?:we|I|our|my)\b)/i,
  ],
  loaded:
    /\b(?:awards?|award-winning|prizes?|market leaders?|industry leaders?|breach(?:es)?|outages?|lawsuits?|scandals?|lay-?offs?|complaints?|bankruptcy)\b|\byour (?:\w+ )?(?:slow|poor|weak|broken|failing|struggling|growing|successful|famous|renowned|leading|great|excellent|impressive)\b/i,
};

const NOT_SUBJECT_DE = 'wenn|falls|ob|sofern|für|an|mit|ohne|über|von|bei|zu|bis|als|was|wo';
const YOUR_DE = 'Ihre?[mnrs]?';
const YOU_ARE_DE = 'sind|haben|hatten|waren|gewannen|führen|leiden|kämpfen|betreiben|verkaufen|arbeiten|bieten|wissen';
const YOURS_ARE_DE =
  'ist|sind|war|waren|hat|haben|hatte|hatten|gewann|gewannen|gewinnt|wurde|wurden|führt|führen|leidet|leiden|kämpft|kämpfen|verkauft|verkaufen|' +
  'betreibt|klagt|klagen';
const UNLESS_MODAL_DE = '(?![^.?!]*(?:würde|könnte|hätte|wäre|möchte|dürfte|sollte))';

const GERMAN: Statements = {
  harmless: [
    [/^Ich verstehe Sie/u, 'Ich verstehe'],
    [/dass Sie (?:sich |mir |uns )?(?:so \p{L}+ )?(?:die Zeit )?(?:geantwortet|gemeldet|geschrieben|genommen) haben/gu, 'dafür'],
  ],
  signs: [
    new RegExp(
      `(?<!(?:${NOT_SUBJECT_DE}) )(?:${START}Sie (?:${YOU_ARE_DE})|(?:${START}${YOUR_DE}(?: \\p{L}+){1,2}?|${THEM}) (?:${YOURS_ARE_DE}))${END}`,
      'u',
    ),
    // “weil Ihre Kunden klagen”: the verb stands last.
    new RegExp(
      `${START}(?:dass|weil|da|wie|denn)${END}${UNLESS_MODAL_DE}[^.?!,]{0,60}${START}(?:Sie|${YOUR_DE}|${THEM})${END}[^.?!]{0,80}\\p{L}(?:t|en|ist|sind)(?=[.,?!;]|$| (?:und|oder)${END})`,
      'u',
    ),
    new RegExp(
      `${START}(?:ich|wir|alle) (?:weiß|wissen|verstehen?|sehen?|höre?n?|hörten?|lasen?)${END}${UNLESS_MODAL_DE}[^.?!]*${START}(?:${YOUR_DE}|${THEM})${END}`,
      'iu',
    ),
    // What a question takes for granted, and what leads to one.
    new RegExp(
      `^(?:Haben|Hatten|Hat|Wurden?|Warum|Wie lange|Seit wann)${END}[^?]*${START}(?:Sie|${YOUR_DE}|${THEM})${END}[^?]*${START}(?!gedacht|erwogen)(?:ge|be|ver|er|ent|zer)\\p{L}+(?:t|en)(?: haben)?\\?`,
      'u',
    ),
    new RegExp(
      `^Als (?!(?:nächst|erst|zweit|klein|letzt)\\p{L}*${END}|Beispiel|Anfang|Dank|Antwort|Versuch)(?![^.?!]*${START}(?:wir|ich)${END})`,
      'u',
    ),
  ],
  loaded:
    /(?<!\p{L})(?:Marktführer\p{L}*|Auszeichnung(?:en)?|preisgekrönt\p{L}*|Beschwerden?|Sicherheitslücken?|Skandale?|Entlassungen|Insolvenz|führend\p{L}*)(?!\p{L})/u,
};

const NOT_SUBJECT_FR = '\\bsi|quand|lorsque|dès que|où|chez|pour|avec|dans|sur|de|à';
/** Not “vous auriez” and “vous aurez”: these are proposed, or to come. */
const YOU_ARE_FR = `êtes|avez|offrez|couvrez|(?!\\p{L}*ri?ez${END})\\p{L}+ez`;
const YOURS_ARE_FR =
  'est|sont|a|ont|était|étaient|avait|avaient|souffr\\p{L}+|gagn(?:e|ent|ait)|vend(?:ent)?|peine(?:nt)?|mène(?:nt)?|se plai\\p{L}+';
const UNLESS_MODAL_FR = `(?![^.?!]*\\p{L}r(?:ait|aient|iez|ions)${END})`;

const FRENCH: Statements = {
  harmless: [[/(?<!\p{L})vous (?:pouvez|voulez|souhaitez|préférez|choisissez|savez)(?!\p{L})/giu, 'on peut']],
  signs: [
    new RegExp(
      `(?<!(?:${NOT_SUBJECT_FR}) )(?:${START}vous (?:n[’'])?(?:${YOU_ARE_FR})|(?:${START}(?:votre|vos)(?: \\p{L}+){1,2}?|${THEM}) (?:n[’'])?(?:${YOURS_ARE_FR}))${END}`,
      'iu',
    ),
    new RegExp(
      `${START}(?:je|nous|on) (?:sais|savons|sait|vois|voyons|comprends|comprenons)${END}${UNLESS_MODAL_FR}[^.?!]*${START}(?:votre|vos|${THEM}|que vous)${END}`,
      'iu',
    ),
    // What a question takes for granted, and what leads to one.
    new RegExp(
      `^avez-vous (?:déjà |bien |enfin )?(?!pensé|envisagé|eu${END}|(?:lun|mar|jeu|same)di|midi)\\p{L}+(?:é|i|u|is|it)(?:e|s|es)?${END}[^?]*\\?`,
      'iu',
    ),
    new RegExp(`^(?:pourquoi(?! (?:ne )?pas)|depuis quand)${END}[^?]*${START}(?:vous|votre|vos|${THEM})${END}`, 'iu'),
    new RegExp(`^(?:en tant que|étant|leader)${END}(?![^.?!]*${START}(?:nous|je|j)${END})`, 'iu'),
  ],
  loaded: /(?<!\p{L})(?:leaders?|primée?s?|récompensée?s?|plaintes?|failles?|scandales?|licenciements?|faillite)(?!\p{L})/iu,
};

const NOT_SUBJECT_ES = '\\bsi|cuando|donde|para|con|en|de|a|por';
const ARE_ES =
  'es|son|está|están|tienen?|ha|han|era|eran|fue|fueron|tuvo|tuvieron|\\p{L}+(?:ó|aron|ieron)|ganan?|venden?|ofrecen?|trabajan?|usan?|lideran?|' +
  'sufren?|necesitan?|pierden?';
const KNOW_ES = 'sé|sabemos|veo|vemos|entiendo|entendemos|supe|supimos|consta|visto|oído|saben|sabe';
const UNLESS_MODAL_ES = `(?![^.?!]*\\p{L}ría(?:n|mos)?${END})`;

const SPANISH: Statements = {
  harmless: [],
  signs: [
    new RegExp(
      `(?<!(?:${NOT_SUBJECT_ES}) )(?:${START}usted(?:es)?|${START}sus?(?: \\p{L}+){1,2}?|${THEM}) (?:no |ya |se |también )?(?:${ARE_ES})${END}`,
      'iu',
    ),
    new RegExp(
      `${START}(?:${KNOW_ES})${END}${UNLESS_MODAL_ES}[^.?!]{0,30}${START}(?:que|cómo)${END}[^.?!]*${START}(?:usted|ustedes|sus?|${THEM}|tienen?|son|venden?)${END}`,
      'iu',
    ),
    new RegExp(`${START}(?:porque|ya que|como)${END}[^.?!]{0,40}${START}(?:tienen?|son|venden?|trabajan?|ofrecen?|usan?)${END}`, 'iu'),
    // What a question takes for granted, and what leads to one.
    new RegExp(`^¿(?:ha|han|habéis) (?:ya )?(?!pensado|considerado|tenido)\\p{L}+(?:ado|ido|to|cho)${END}[^?]*\\?`, 'iu'),
    new RegExp(`^¿(?:por qué(?! no)|desde cuándo)${END}[^?]*${START}(?:ustedes|usted|sus?|${THEM})${END}`, 'iu'),
    new RegExp(`^(?:como (?:el |la |una? )?(?:líder|empresa|compañía|agencia|proveedor|especialista|referente)|siendo|al ser)${END}`, 'iu'),
  ],
  loaded: /(?<!\p{L})(?:líder(?:es)?|premios?|premiad[oa]s?|quejas?|brechas?|escándalos?|despidos?|quiebra)(?!\p{L})/iu,
};

const STATEMENTS: Record<Language, Statements> = { en: ENGLISH, de: GERMAN, fr: FRENCH, es: SPANISH };

/** Whether a sentence, in which names are hidden, says anywhere how things are with them: as its main verb, in “because your team won”, beside
 *  “could”, or as what a question takes for granted. It errs towards yes. */
export function statesOfThem(sentence: string, language: Language): boolean {
  const { harmless, signs } = STATEMENTS[language];
  const text = harmless.reduce((left, [words, instead]) => left.replace(words, instead), sentence);
  return signs.some((sign) => sign.test(text));
}

/** Whether a word of it makes a claim of any sentence about somebody. */
export function hasLoadedWord(sentence: string, language: Language): boolean {
  return STATEMENTS[language].loaded.test(sentence);
}
