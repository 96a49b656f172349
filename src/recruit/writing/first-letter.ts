import type { Company } from '../../programme/companies/company.ts';
import { registrableDomain } from '../../programme/companies/domain-name.ts';
import { anglesOf, groundOf } from './angles.ts';
import { bodyOf } from './letter.ts';
import { firstSentence, readsAsEnglish } from './own-words.ts';
import { isNearCustomers, sharedCustomers } from './shared-customers.ts';
import { factOf, greetingOf, inItsLanguage, say, type Telling, type Written } from './telling.ts';
import type { Angle, Language, Sentence, Ways, WritingInput } from './writing.ts';

/** Who gets a first letter reads no more. */
const MOST_WORDS = 110;

/** `goes`: when a letter is too long, sentences with 1 are left out first, then those with 2, and so on; without it they stay. */
type Part = Sentence & { goes?: number };

/** Why we write to them, who we are, what they could do and what they would gain, one small step, one question. */
export function firstLetter(telling: Telling): Written {
  const { phrases, input, us, them } = telling;
  const reason = reasonOf(input);
  const own = partsOf(inItsLanguage(telling), reason);
  const gone = [0, 1, 2, 3].find((soon) => wordsOf(without(own, soon)) <= MOST_WORDS) ?? 4;
  return { subject: phrases.subject[input.type](us, them), sentences: without(partsOf(telling, reason), gone) };
}

const without = (parts: readonly Part[], gone: number): Sentence[] =>
  parts.filter(({ goes = 5 }) => goes > gone).map(({ goes: _, ...sentence }) => sentence);

const wordsOf = (sentences: readonly Sentence[]) => bodyOf(sentences).split(/\s+/).length;

/** `isNear`: its words speak of people like our customers, without naming them as we do. */
type Reason = { angle: Angle | undefined; shared: string | null; isNear: boolean };

function partsOf(telling: Telling, reason: Reason): Part[] {
  const { phrases, input, given } = telling;
  const { company, manner } = input;
  const { tone, length } = manner;
  const { angle, shared } = reason;
  const full = length === 'medium';
  return [
    greetingOf(telling),
    ...(input.pointedBy === null ? [] : [say('their-reply', phrases.pointed(input.pointedBy), 'reply')]),
    ...(angle ? [reasonFrom(telling, angle)] : []),
    ...(angle && shared && length !== 'shortest'
      ? [say('their-fact', phrases.shares(given(shared)), ...groundOf(angle, company), 'setup.customers')]
      : []),
    ...aboutUs(telling, reason),
    ...proposal(telling, reason),
    ...(full && tone === 'warm' ? [{ ...say('proposal', phrases.humble), goes: 2 }] : []),
    say('question', full ? phrases.ask[tone] : phrases.askShort),
    say('closing', phrases.closing[tone]),
  ];
}

/** The fact that a letter rests on, and which customers of ours it names; those that name some come first. */
function reasonOf({ own, facts, company, manner, language }: WritingInput): Reason {
  const { customers } = facts ?? own;
  const found = anglesOf(company).map(
    (angle): Reason => ({
      angle,
      shared: sharedCustomers(customers, angle),
      isNear: isForeign(angle, language) || isNearCustomers(customers, angle),
    }),
  );
  const sorted = [...found.filter(({ shared }) => shared), ...found.filter(({ shared }) => !shared)];
  return sorted[manner.angle] ?? sorted.at(-1) ?? { angle: undefined, shared: null, isNear: false };
}

/** In German what follows the greeting goes on in lower case; behind another sentence it begins one. A name keeps its small letter. */
function reasonFrom(telling: Telling, angle: Angle): Sentence {
  const { phrases, input, them } = telling;
  const { company, pointedBy } = input;
  const way = wayToSay(phrases.reason[angle.kind], angle, input);
  const reason = factOf(telling, angle, isOnTheirSite(angle, company) ? (_, quote) => phrases.onTheirSite(quote) : way);
  if (pointedBy === null || reason.text.startsWith(them)) return reason;
  return { ...reason, text: reason.text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase()) };
}

/** Whose words cannot be held against ours. */
const isForeign = ({ quote }: Angle, language: Language) => language !== 'en' && readsAsEnglish(quote);

/** Whether they say it themselves: it was read on a page of theirs. */
function isOnTheirSite({ kind, evidence }: Angle, { domain }: Company): boolean {
  const read = registrableDomain(evidence.source);
  return (kind === 'line' || kind === 'text') && 'domain' in read && read.domain === domain;
}

/** One of several ways to say it, always the same for a company, so that not all letters sound alike. Words of another language never come
 *  first: the first way leads to them. */
function wayToSay<Way>(ways: Ways<Way>, angle: Angle, { company: { domain }, language }: WritingInput): Way {
  if (isForeign(angle, language)) return ways[0];
  const sum = [...domain].reduce((left, sign) => left + (sign.codePointAt(0) ?? 0), 0);
  return ways[sum % ways.length] ?? ways[0];
}

/** What we do, who buys it and what we can show. */
function aboutUs({ phrases, input, us, facts, given }: Telling, reason: Reason): Part[] {
  const { own, sender, manner } = input;
  const full = manner.length === 'medium';
  const { angle, shared } = reason;
  const intro = phrases.intro(sender.name, us, angle === undefined && input.pointedBy === null);
  if (!facts) {
    const offer = phrases.offer(firstSentence(own.sells), full && !shared ? firstSentence(own.customers) : null);
    return [say('our-fact', `${intro} ${offer}`, 'setup.sells', ...(full && !shared ? ['setup.customers'] : []))];
  }
  const { begins } = phrases;
  const [proof] = facts.proof;
  return [
    ...(full && facts.role
      ? [
          say('our-fact', intro, 'setup.role'),
          { ...say('our-fact', goOn(given(facts.role)), 'setup.role'), goes: 1 },
          say('our-fact', goOn(begins.sells, given(facts.sells)), 'setup.sells'),
        ]
      : [say('our-fact', goOn(`${intro} ${begins.sells}`, given(facts.sells)), 'setup.sells')]),
    ...(full && !shared && !asksIfSame(input, reason)
      ? [{ ...say('our-fact', goOn(begins.customers, given(facts.customers)), 'setup.customers'), goes: 3 }]
      : []),
    ...(full && proof ? [{ ...say('our-fact', `${given(proof)}.`, 'setup.proof.0'), goes: 1 }] : []),
  ];
}

/** What they could do with us, what they would gain and how it could begin: in set-up's words, else in the plain ones of their type. */
function proposal({ phrases, language, input, us, them, facts, given }: Telling, reason: Reason): Part[] {
  const { type, manner } = input;
  const full = manner.length === 'medium';
  const value = facts?.values.find((one) => one.type === type);
  if (!facts || !value) {
    // What they would gain only set-up can say.
    const lead = full && !reason.shared && !reason.isNear ? phrases.ideaIfSame : phrases.ideaIs;
    return [say('proposal', `${lead} ${phrases.idea[type](us, them)}`)];
  }
  const { begins } = phrases;
  const they = inSentence(given(value.they), language);
  return [
    full && asksIfSame(input, reason)
      ? say('proposal', phrases.ifSame(given(facts.customers), they), 'setup.customers', 'setup.value')
      : say('proposal', goOn(begins.they, they), 'setup.value'),
    ...(manner.length === 'shortest' ? [] : [say('proposal', goOn(begins.gain, given(value.gain)), 'setup.value')]),
    ...(full ? [{ ...say('proposal', goOn(begins.firstStep, given(value.firstStep)), 'setup.firstStep'), goes: 4 }] : []),
  ];
}

const partnerValue = ({ facts, type }: WritingInput) => facts?.values.find((one) => one.type === type);

/** More words about our customers cannot stand in a condition. */
const MOST_IN_CONDITION = 8;

/** Whether the idea depends on customers like ours, and names them. */
function asksIfSame(input: WritingInput, { shared, isNear }: Reason): boolean {
  if (shared || isNear) return false;
  return partnerValue(input) !== undefined && (input.facts?.customers ?? '').split(' ').length <= MOST_IN_CONDITION;
}

/** In German alone a small letter would be wrong at the beginning of many words. */
function inSentence(words: string, language: Language): string {
  return language === 'de' ? words : words.replace(/^\p{Lu}(?=\p{Ll}* )/u, (letter) => letter.toLowerCase());
}

/** A sentence that begins as ours and goes on as set-up says. */
const goOn = (...words: string[]) => `${words.join(' ')}.`;
