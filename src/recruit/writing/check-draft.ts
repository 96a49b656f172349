import type { Evidence } from '../../discover/fit/fit.ts';
import { withoutInstructions } from '../../programme/companies/instructions.ts';
import { addressesIn } from './addresses.ts';
import { claimProblems } from './check-claims.ts';
import { numberProblems } from './check-numbers.ts';
import { hideNames } from './hide-names.ts';
import type { Language } from './language.ts';
import { moneyPromises } from './money-promises.ts';
import { otherNames } from './other-names.ts';
import { pretences } from './pretences.ts';
import { isQuoteOf, quotesIn, withoutQuotes } from './quotes-in.ts';
import type { Claim } from './writing.ts';

/** A text that is to be judged. */
export type Checked = { subject: string; body: string; claims: readonly Claim[]; language: Language };

/** All that a text may rest on. `ours` are texts of our own: set-up, house style, our messages of the thread; `theirs` is what they answered, to be quoted
 *  and never to rest on;
 *  `others` are names and domains of companies that have no business in it. */
export type Grounds = {
  company: { name: string; aliases: readonly string[]; domain: string; website: string };
  contactName: string;
  ownName: string;
  ownDomain: string;
  senderName: string;
  senderDomain: string;
  ours: readonly string[];
  /** Words that the house style puts in place of ours. */
  wording: readonly string[];
  theirs: readonly string[];
  evidence: readonly Evidence[];
  others: readonly string[];
};

/** What is wrong with a text, in sentences for whoever wrote it; empty when nothing is. Pure. It finds what can be found without
 *  understanding: a person still reads every word. */
export function checkDraft(given: Checked, grounds: Grounds): string[] {
  const text = isThreadSubject(given.subject, grounds) ? { ...given, subject: '' } : given;
  const all = `${text.subject}\n${text.body}`;
  const spoken = hideNames(grounds).hide(withoutQuotes(all, text.claims));
  return [
    ...moneyPromises(spoken).map((words) => `Says “${words}”: promise no money and no outcome.`),
    ...pretences(spoken).map((words) => `Says “${words}”: claim nothing that nobody did, such as having read or used something.`),
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
