import { withoutInstructions } from '../../programme/companies/clean-text.ts';
import { addressesIn } from './addresses.ts';
import { claimProblems } from './check-claims.ts';
import { moneyPromises, numberProblems } from './check-numbers.ts';
import { hideNames, otherNames } from './other-names.ts';
import { isQuoteOf, quotesIn, withoutQuotes } from './quotable.ts';
import type { Checked, Grounds } from './writing.ts';

/** What is wrong with a text, in sentences for whoever wrote it; empty when nothing is. Pure. It finds what can be found without
 *  understanding: a person still reads every word. */
export function checkDraft(given: Checked, grounds: Grounds): string[] {
  const text = isThreadSubject(given.subject, grounds) ? { ...given, subject: '' } : given;
  const all = `${text.subject}\n${text.body}`;
  const spoken = hideNames(grounds).hide(withoutQuotes(all, text.claims));
  return [
    ...moneyPromises(spoken).map((words) => `Says “${words}”: promise no money and no outcome.`),
    ...falseFamiliarity(spoken).map((words) => `Says “${words}”: claim nothing that nobody did, such as having read or used something.`),
    ...addressProblems(all, grounds),
    ...otherNames(spoken, grounds).map((name) => `Names “${name}”: other companies have no place in this message.`),
    ...orderProblems(spoken, all, grounds.ours),
    ...claimProblems(text, grounds),
    ...numberProblems(text, grounds),
  ];
}

/** A reply has the subject of its thread, which was judged when it was new. */
function isThreadSubject(subject: string, { ours }: Grounds): boolean {
  const first = /^Re: (.+?)(?: …)?$/s.exec(subject)?.[1];
  return first !== undefined && ours.some((text) => text.replace(/\s+/g, ' ').trim().startsWith(first));
}

function addressProblems(text: string, { company, ownDomain, ownName, senderDomain, senderName, contactName, ours }: Grounds): string[] {
  const domains = new Set([company.domain, ownDomain, senderDomain].filter(Boolean).map((domain) => domain.toLowerCase()));
  // “Apollo.io” is what the company is called.
  const names = [company.name, ownName, contactName, senderName, ...company.aliases, ...ours].map((name) => name.toLowerCase());
  return addressesIn(text)
    .filter(({ text: address, domain }) => !(domain && domains.has(domain)) && !names.some((name) => name.includes(address.toLowerCase())))
    .map(({ text: address }) => `Has the address “${address}”: only our own and theirs may stand there.`);
}

function orderProblems(spoken: string, text: string, ours: readonly string[]): string[] {
  const parts = [spoken.replace(/\s+/g, ' '), ...quotesIn(text).filter((quote) => !isQuoteOf(quote, ours))];
  if (parts.some((part) => withoutInstructions(part) !== part)) return ['Repeats an order to a reader that stands in somebody’s text.'];
  const blank = /\[(?:your |my |the )?(?:name|company|date|title|first name|link)[^\]]*\]|\{\{|\bas an ai\b|\blorem ipsum\b/i.exec(spoken);
  return blank ? [`Has “${blank[0]}”: finish the text.`] : [];
}

/** Having read, used or admired something: nobody did. */
const FALSE_FAMILIARITY = [
  /\bI(?:['’]ve| have| am|['’]m)? (?:(?:really|truly|just|recently|always|also|been|personally|long) )*(?:loved|love|enjoyed|admired?|read|reading|followed|following|used|using|tried|trying|tested|watched|studied|listened|met|visited|impressed|a (?:big |huge |long-?time )?fan)\b(?! to (?:propose|hear|talk))/i,
  /\b(?:my|our) (?:team|colleagues|customers|engineers) (?:have |has |all )?(?:love[ds]?|used?|uses|using|admires?|read|tried|follow(?:ed|s)?)\b/i,
  /\bwe(?:['’]ve| have)? (?:(?:really|just|recently|always|also|been|long) )*(?:loved|love|admired?|enjoyed|followed|following|tried|tested|using your|used your|been using)\b/i,
  /\b(?:congrat\w*|kudos|well done on|stumbled (?:up)?on|came across your|caught my (?:eye|attention)|great (?:work|job|post|article)|impressive (?:work|growth|product|team)|as we discussed|as discussed|following up on our (?:call|meeting|chat)|when we (?:met|spoke|talked))\b/i,
  /\bich (?:habe|nutze|verwende|verfolge|bewundere|liebe|bin (?:ein )?(?:großer )?(?:fan|begeistert|beeindruckt))(?=[^.?!\n]*\b(?:gelesen|genutzt|verwendet|verfolgt|ausprobiert|getestet|gesehen|ihre?\p{L}*|fan|begeistert|beeindruckt)\b)/iu,
  /\b(?:glückwunsch|gratuli\p{L}*|wie besprochen|bei unserem gespräch)/iu,
  /\bj[’'](?:ai (?:lu|vu|utilisé|testé|adoré|suivi|essayé|découvert)|adore|utilise|admire)\b|\b(?:félicitations|bravo pour|impressionné\p{L}*|comme convenu|lors de notre (?:appel|rencontre))/iu,
  /\b(?:he (?:leído|visto|usado|probado|seguido)|me (?:encanta|encantó|impresion\p{L}*)|leí su|uso su|felicidades|enhorabuena|como (?:hablamos|acordamos)|cuando nos (?:vimos|conocimos))/iu,
];

export function falseFamiliarity(text: string): string[] {
  return [...new Set(FALSE_FAMILIARITY.flatMap((pattern) => pattern.exec(text)?.[0].trim() ?? []))];
}
