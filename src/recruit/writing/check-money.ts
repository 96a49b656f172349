import type { Fault } from './fault.ts';
import type { Read } from './read-letter.ts';
import type { Grounds } from './writing.ts';

/** Words for what only people may promise: money, what costs nothing, terms of trade. One line for each thing, in the four languages, so that
 *  what set-up gives in one may be said in another. */
const TERMS: Readonly<Record<string, RegExp>> = {
  commission: /(?<!\p{L})(?:commissions?|\p{L}*provision(?:en)?(?! of)|comisi[oó]n(?:es)?|kickbacks?|payouts?)(?!\p{L})/iu,
  bonus:
    /(?<!\p{L})(?:bonus(?:es)?|boni|bount(?:y|ies)|\p{L}*prämien?|primes?|primas?|bonificaci[oó]n(?:es)?|gratificaci[oó]n(?:es)?|rewards?|vergütung(?:en)?|récompenses?)(?!\p{L})/iu,
  fee: /(?<!\p{L})(?:fees?|\p{L}*gebühr(?:en)?|\p{L}*honorare?|honoraires|honorarios|frais|tarifas?)(?!\p{L})/iu,
  margin:
    /(?<!\p{L})(?:(?:a|an|the|your|our) (?:\p{L}+ )?margin|margins? (?:on|of|for)|(?:eine?r?|ihre|die) (?:\p{L}+ )?(?:marge|spanne)|margen? (?:auf|von|für|je|por|de|sobre)|(?:une|la|votre) marge|marges? (?:sur|de)|(?:un|el|su) margen)(?!\p{L})/iu,
  share:
    /(?<!\p{L})(?:(?:recurring |fixed )?shares? (?:of|in|on)|cut of|slice of|percentage (?:of|on)|(?:umsatz|gewinn|erlös)?beteiligung|anteile?n?|pourcentage|(?<!de )(?:une|la) part (?:\p{L}+ )?(?:de|du|des|sur)|quote-part|parte de (?:cada|(?:la|las|el|los) (?:\p{L}+ )?(?:ventas?|ingresos|licencias?|beneficios?|suscripci\p{L}+))|porcentaje|participación)(?!\p{L})/iu,
  discount:
    /(?<!\p{L})(?:discount(?:s|ed)?|rebates?|rabatte?n?|nachl(?:ass|ässe)|preisnachl\p{L}+|remises?|rabais|ristournes?|réductions? de prix|descuentos?|rebajas?|% off|percent off)(?!\p{L})/iu,
  free: /(?<!\p{L})(?:for free|free of charge|no cost|at no charge|(?:is|are|be|stays?) free(?= (?:for|of|until)|[.,;:!?]|$)|free (?:look|trial|licen[cs]es?|accounts?|access|months?|years?|use|set-?up|training|session|version|copy|copies|subscription|workshop|consultation)|kostenlos\p{L}*|kostenfrei\p{L}*|gratis|(?<!nicht )umsonst|gratuit\p{L}*|sans frais|offerts?|offertes?|gratuit[oa]s?|sin coste|sin costo)(?!\p{L})/iu,
  pay: /(?<!\p{L})(?:we(?:[’']ll|[’']d| will| would| gladly)? pay(?! attention)|pay(?:s|ing)? you|(?:you|be|get) paid(?! \p{L}+ days?| days?)|zahlen wir|wir (?:be)?zahlen|(?:be|aus)?zahlen (?:wir )?ihnen|ihnen (?:\p{L}+ ){0,3}(?:be|aus)?(?:zahlen|zahlt)|(?:vous|nous) (?:vous )?(?:pay|vers|rémunér)(?:ons|erons|erions|é|ée|és|ées)|(?:le|les|te|os) (?:pag|abon)(?:amos|aremos|aríamos|aré|aría)|(?:pagamos|pagaremos|pagaríamos))(?!\p{L})/iu,
  earn: /(?<!\p{L})(?:(?:you|partners)(?:[’']ll| will| can| could| would)? (?:earn|make (?:money|more))|(?:extra|additional|passive) (?:income|revenue)|money|cash|verdien(?:en|t|st)|geld|mehr umsatz|argent|(?:gagner|gagnez|gagnerez|gagneriez) (?:de l[’']|plus|en )|revenus? supplémentaires?|dinero|ganar\p{L}* (?:más|dinero)|ingresos (?:extra|adicionales))(?!\p{L})/iu,
  split:
    /(?<!\p{L})(?:fifty[- /]+fifty|halbe[- ]halbe|moitié[- ]moitié|mitad y mitad|(?:shar|split)\p{L}* (?:\p{L}+ ){0,2}(?:revenues?|profits?|income|proceeds)|(?:revenue|profit)[- ](?:shar|split)\p{L}*|(?:umsatz|gewinn|erlös)\p{L}* (?:\p{L}+ ){0,3}(?:auf)?teilen|teilen (?:wir )?(?:\p{L}+ ){0,2}(?:umsatz|gewinn|erlös)\p{L}*|partag\p{L}+ (?:les |des |nos )?(?:revenus|bénéfices|recettes)|(?:compart|repart)\p{L}+ (?:los |las )?(?:ingresos|ganancias|beneficios))(?!\p{L})/iu,
  guarantee:
    /(?<!\p{L})(?:guarantee[ds]?|risk[- ]free|no[- ]risk|nothing to lose|garantier\p{L}*|risikofrei|garanti(?:e|es|r|s|t|ssons)?|sans risque|garantiz\p{L}*|garantías?|sin riesgo)(?!\p{L})/iu,
  exclusive:
    /(?<!\p{L})(?:exclusiv\p{L}*|exklusiv\p{L}*|alleinvertrieb\p{L}*|(?:only|sole) (?:dealer|reseller|partner|distributor))(?!\p{L})/iu,
};

/** Sums and percentages. */
const AMOUNT =
  /[$€£¥]\s?\p{Nd}[\p{Nd}.,]*|\p{Nd}[\p{Nd}.,]*[\s\u00a0]?(?:[$€£¥%]|(?:eur|usd|gbp|chf|euros?|dollars?|pounds?|francs?|percent|prozent|pour cent|por ciento)(?!\p{L}))/giu;

/** Which of the terms a text speaks of, with the words. */
export function termsIn(text: string): { term: string; said: string }[] {
  const named = Object.entries(TERMS).flatMap(([term, pattern]) => {
    const found = pattern.exec(text);
    return found ? [{ term, said: found[0] }] : [];
  });
  const amounts = [...text.matchAll(AMOUNT)].map(([said]) => ({ term: `sum ${said.replace(/[^\p{Nd}]/gu, '')}`, said: said.trim() }));
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
    return found.filter(({ term }) => !given.has(term)).map(({ said }): Fault => ({ code: 'money', sentence, said }));
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
