import type { Fault } from './fault.ts';
import { plainNumber } from './number-words.ts';
import type { Read } from './read-letter.ts';
import type { Grounds } from './writing.ts';

/** A term as whole words, in any case; `\p{L}` is a letter. */
const words = (...alternatives: string[]) => new RegExp(`(?<!\\p{L})(?:${alternatives.join('|')})(?!\\p{L})`, 'iu');
/** German nouns that are other words in another language when they are small. */
const nouns = (...alternatives: string[]) => new RegExp(`(?<!\\p{L})(?:${alternatives.join('|')})(?!\\p{L})`, 'u');

/** Words for what only people may promise: money, what costs nothing, terms of trade. One entry for each thing, its lines in English, German,
 *  French and Spanish, so that what set-up gives in one language may be said in another. A word that also means something else stands with
 *  its neighbours: “frais” is fresh, “remise des clés” no discount. */
const TERMS: Readonly<Record<string, readonly RegExp[]>> = {
  commission: [
    words('commissions?', 'kickbacks?', 'payouts?', 'comisi[oó]n(?:es)?'),
    nouns('Provision(?:en)?', String.raw`\p{Lu}\p{L}+provision(?:en)?`),
  ],
  bonus: [
    words(
      'bonus(?:es)?|bount(?:y|ies)|rewards?',
      String.raw`boni|\p{L}*prämien?|vergütung(?:en)?`,
      '(?:une|la|des|les) primes?|récompenses?',
      '(?:una|la) prima|bonificaci[oó]n(?:es)?|gratificaci[oó]n(?:es)?',
    ),
  ],
  fee: [
    words(
      'fees?',
      String.raw`\p{L}*gebühr(?:en)?|\p{L}*honorare?`,
      "honoraires|frais d(?:e |[’'])(?:mise|service|apport|install\\p{L}+|parrain\\p{L}+)",
      'honorarios',
    ),
  ],
  margin: [
    words(
      String.raw`(?:an?|the|your) (?:\p{L}+ )?margin(?! (?:of error|for error))|margins? on`,
      String.raw`(?:eine?r?|ihre|die) (?:\p{L}+ )?marge|handelsspanne`,
      '(?:une|la|votre) marge(?! d)|marges? sur',
      String.raw`(?:un|el|su) margen(?! de)|(?:un|el|su) margen de (?:beneficio|\p{Nd})`,
    ),
  ],
  share: [
    words(
      String.raw`(?:an?|the|your|recurring|fixed) (?:\p{L}+ )?shares? (?:of|in|on) (?:each|every|the|our|all)|cut of|slice of|percentage (?:of|on)`,
      String.raw`(?:umsatz|gewinn|erlös)beteiligung|beteiligung (?:am|an) (?:umsatz|gewinn|erlös|jede[mnr])|einen? (?:\p{L}+ )?anteil|anteil (?:an|am|vom|von)`,
      'pourcentage|(?:une|la) part (?:récurrente|fixe|sur|de chaque|des? (?:revenus|ventes|recettes|abonnements?|licences?))|quote-part',
      String.raw`parte de (?:cada|(?:la|las|el|los) (?:\p{L}+ )?(?:ventas?|ingresos|licencias?|beneficios?|suscripci\p{L}+))|porcentaje|participación en (?:los|las) (?:ingresos|beneficios|ventas)`,
    ),
  ],
  discount: [
    words(
      'discount(?:s|ed)?|rebates?|percent off',
      'rabatte?n?|preisnachl(?:ass|ässe)|nachl(?:ass|ässe) (?:auf|von|für)',
      'remises?(?! (?:en|d|aux?|à))|rabais|ristournes?|réductions? (?:de prix|sur)',
      'descuentos?|rebajas?',
    ),
  ],
  free: [
    words(
      'for free|free of charge|at no c(?:ost|harge)|(?<!you )(?:is|are|be|stays?) free(?= (?:for|of|until)|[.,;:!?]|$)',
      'free (?:look|trial|licen[cs]es?|accounts?|access|months?|years?|use|set-?up|training|session|version|cop(?:y|ies)|subscription|workshop)',
      String.raw`kostenlos\p{L}*|kostenfrei\p{L}*|gratis|(?<!nicht )umsonst`,
      String.raw`gratuit\p{L}*|sans frais|(?:est|sont|serait|seraient) offert(?:e?s?)`,
      'gratuit[oa]s?|sin coste|sin costo',
    ),
  ],
  pay: [
    words(
      String.raw`we(?:[’']ll|[’']d| will| would| gladly)? pay(?! attention)|pay(?:s|ing)? you|(?:you|be|get) paid(?! \p{L}+ days?| days?)`,
      String.raw`zahlen wir|wir (?:be)?zahlen|(?:be|aus)?zahlen (?:wir )?ihnen|ihnen (?:\p{L}+ ){0,3}(?:be|aus)?(?:zahlen|zahlt)`,
      '(?:vous|nous) (?:vous )?(?:pay|vers|rémunér)(?:ons|erons|erions|ée?s?)',
      '(?:le|les|te|os) (?:pag|abon)(?:amos|aremos|aríamos|aré|aría)|pag(?:amos|aremos|aríamos)',
    ),
  ],
  earn: [
    words(
      "(?:you|partners)(?:[’']ll| will| can| could| would)? (?:earn|make (?:money|more))|(?:extra|additional|passive) (?:income|revenue)",
      '(?:make|earn|get|receive|some|extra) (?:money|cash)|(?:money|cash) (?:in it|for you|back)',
      String.raw`sie (?:\p{L}+ )?verdien(?:en|ten)|verdienen sie|geld (?:für sie|verdienen)|(?:gibt|gäbe) es (?:\p{L}+ )?geld|mehr umsatz`,
      "de l[’']argent|(?:gagner|gagnez|gagnerez|gagneriez) (?:plus|davantage)|revenus? supplémentaires?",
      String.raw`(?:recibir|ganar)\p{L}* (?:más|dinero)|dinero para|ingresos (?:extra|adicionales)`,
    ),
  ],
  split: [
    words(
      String.raw`fifty[- /]+fifty|(?:shar|split)\p{L}* (?:\p{L}+ ){0,2}(?:revenues?|profits?|income|proceeds)|(?:revenue|profit)[- ](?:shar|split)\p{L}*`,
      String.raw`halbe[- ]halbe|(?:umsatz|gewinn|erlös)\p{L}* (?:\p{L}+ ){0,3}(?:auf)?teilen|teilen (?:wir )?(?:\p{L}+ ){0,2}(?:umsatz|gewinn|erlös)\p{L}*`,
      String.raw`moitié[- ]moitié|partag\p{L}+ (?:les |des |nos )?(?:revenus|bénéfices|recettes)`,
      String.raw`mitad y mitad|(?:compart|repart)\p{L}+ (?:los |las )?(?:ingresos|ganancias|beneficios)`,
    ),
  ],
  guarantee: [
    words(
      'guarantee[ds]?|risk[- ]free|no[- ]risk|nothing to lose',
      String.raw`garantier\p{L}*|risikofrei`,
      'garanti(?:e|es|r|s|t|ssons)?|sans risque',
      String.raw`garantiz\p{L}*|garantías?|sin riesgo`,
    ),
  ],
  exclusive: [
    words(
      'exclusiv(?:e|ity)|(?:only|sole) (?:dealer|reseller|partner|distributor)',
      String.raw`exklusivität|exklusiv(?:e[mnrs]?)? (?:partner|recht|gebiet|vertrieb|händler)\p{L}*|exklusiv(?:partner|recht|vertrieb)\p{L}*|alleinvertrieb\p{L}*`,
      'exclusivité|exclusifs?|exclusives?',
      'exclusiv(?:a|o|idad)s?',
    ),
  ],
};

/** Sums and percentages. */
const AMOUNT =
  /[$€£¥]\s?\p{Nd}[\p{Nd}.,]*|\p{Nd}[\p{Nd}.,]*[\s\u00a0]?(?:[$€£¥%]|(?:eur|usd|gbp|chf|euros?|dollars?|pounds?|francs?|percent|prozent|pour cent|por ciento)(?!\p{L}))/giu;

/** A text without its sums: the numbers in them are judged as money. */
export function withoutSums(text: string): string {
  return text.replace(AMOUNT, ' ');
}

const UNITS: readonly [string, RegExp][] = [
  ['%', /%|percent|prozent|pour cent|por ciento/i],
  ['EUR', /€|eur/i],
  ['USD', /\$|usd|dollar/i],
  ['GBP', /£|gbp|pound/i],
  ['CHF', /chf|franc/i],
];

function unitOf(said: string): string {
  return UNITS.find(([, pattern]) => pattern.test(said))?.[0] ?? said.replace(/[\p{Nd}.,\s]/gu, '');
}

/** Which of the terms a text speaks of, with the words. */
function termsIn(text: string): { term: string; said: string }[] {
  const named = Object.entries(TERMS).flatMap(([term, patterns]) => {
    const [found] = patterns.flatMap((pattern) => pattern.exec(text)?.[0] ?? []);
    return found ? [{ term, said: found }] : [];
  });
  const amounts = [...text.matchAll(AMOUNT)].map(([said]) => {
    const [number = ''] = /\p{Nd}[\p{Nd}.,]*/u.exec(said) ?? [];
    return { term: `sum ${plainNumber(number)} ${unitOf(said)}`, said: said.trim() };
  });
  return [...named, ...amounts];
}

/** Money and terms that set-up does not give. Their own may be said back to them, as theirs. */
export function moneyFaults({ sentences }: Read, grounds: Grounds): Fault[] {
  return sentences.flatMap(({ kind, from, spoken }, sentence) => {
    const found = termsIn(spoken);
    if (found.length === 0) return [];
    const isTheirs = kind === 'their-fact' || kind === 'their-reply';
    const giving = from.filter((id) => isTheirs || id === 'earlier');
    const given = new Set(
      givenBy(grounds, giving)
        .flatMap(termsIn)
        .map(({ term }) => term),
    );
    const said = found.flatMap(({ term, said }) => (given.has(term) ? [] : [said])).join('”, “');
    return said ? [{ code: 'money', sentence, said } satisfies Fault] : [];
  });
}

/** What is paid for something goes by many names. */
const PAID = ['commission', 'bonus', 'fee', 'margin', 'share', 'pay', 'earn'];

/** Terms of a text beyond those of another, which may call what is paid otherwise. */
export function termsBeyond(text: string, other: string): string[] {
  const known = new Set(termsIn(other).map(({ term }) => term));
  const isPaid = PAID.some((term) => known.has(term));
  return termsIn(text).flatMap(({ term, said }) => (known.has(term) || (isPaid && PAID.includes(term)) ? [] : [said]));
}

/** What set-up says, and the grounds with these ids. */
export function givenBy({ texts, wording }: Grounds, ids: readonly string[] = []): string[] {
  return [...Object.entries(texts).flatMap(([id, text]) => (id.startsWith('setup.') || ids.includes(id) ? [text] : [])), ...wording];
}
