import { LEGAL_FORMS, NOT_NAMES } from '../../discover/fit/not-names.ts';
import { registrableDomain } from '../../programme/companies/domain-name.ts';
import { firstSentence } from './own-words.ts';
import { templateWords } from './phrases.ts';
import { bareWords } from './plain-words.ts';
import { spokenName } from './spoken-name.ts';
import type { Grounds } from './writing.ts';

/** Words with a capital, or in capitals, up to four in a row. */
const NAME = /(?<![\p{L}\p{N}])\p{Lu}[\p{L}\p{N}&’'.-]*(?:[ \u00a0]\p{Lu}[\p{L}\p{N}&’'.-]*){0,3}/gu;

/** What could be the name of another company: for looking these up where companies are on file. */
export function namesToLookUp(text: string): string[] {
  const runs = [...text.matchAll(NAME)].map(([name]) => name.replace(/[.'’-]+$/, '').split(/[ \u00a0]/));
  const names = runs.flatMap((words) =>
    words.flatMap((_, from) => words.slice(from).map((_word, length) => words.slice(from, from + length + 1).join(' '))),
  );
  return [...new Set(names)].filter((name) => !isCommon(name));
}

/** Names and domains of other companies that a text has. Names count where they are written as names; a word of our templates, or one that
 *  the trade uses anyway, names nobody. */
export function otherNames(text: string, { company, ownName, contactName, senderName, others, ours }: Grounds): string[] {
  const own = ` ${[company.name, ...company.aliases, company.domain, ownName, contactName, senderName, ...ours].map(bareWords).join(' | ')} `;
  return [...new Set(others)].filter((other) => {
    const name = withoutForm(other.trim());
    if (name.length < 2 || own.includes(` ${bareWords(name)} `)) return false;
    const isDomain = 'domain' in registrableDomain(name);
    if (!isDomain && isCommon(name)) return false;
    const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    return new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, isDomain ? 'iu' : 'u').test(text);
  });
}

function withoutForm(name: string): string {
  const words = name.split(/\s+/);
  while (words.length > 1 && LEGAL_FORMS.has((words.at(-1) ?? '').toLowerCase().replace(/[.,]/g, ''))) words.pop();
  return words.join(' ').replace(/[,\s]+$/, '');
}

function isCommon(name: string): boolean {
  const words = bareWords(name).split(' ');
  return words.length === 1 && words.every((word) => word.length < 2 || NOT_NAMES.has(word) || templateWords().has(word));
}

/** Stand for names while a text is judged: nobody is refused for what they are called, and no name ends a sentence. */
export const THEM = 'Theirname';
const US = 'Ourname';

/** The text with a word in place of each name, and of what set-up says of us. `shown` puts the names back for whoever reads. */
export function hideNames({ company, contactName, ownName, senderName, ours }: Omit<Grounds, 'evidence' | 'others'>) {
  const both = (names: readonly string[]) => [...names, ...names.map(spokenName)];
  const ownTexts = ours.flatMap((text) => [text, firstSentence(text)]);
  const hidden = [
    ...both([company.name, ...company.aliases]).map((name) => [name, THEM] as const),
    ...both([ownName]).map((name) => [name, US] as const),
    ...both([senderName]).map((name) => [name, 'Sendername'] as const),
    ...both([contactName]).map((name) => [name, 'Contactname'] as const),
    ...ownTexts.map((words, index) => [words, tokenOf(index)] as const),
  ]
    .map(([name, token]) => [name.trim(), token] as const)
    .filter(([name]) => name.length > 0)
    .sort(([a], [b]) => b.length - a.length)
    .map(([name, token]) => [wholeWords(name), token] as const);
  return {
    hide: (text: string): string => hidden.reduce((left, [name, token]) => left.replace(name, token), text),
    shown: (text: string): string =>
      text
        .replaceAll(THEM, company.name)
        .replaceAll(US, ownName)
        .replaceAll('Sendername', senderName)
        .replaceAll('Contactname', contactName)
        .replace(/ourwords([a-j]+)x/g, (token) => ownTexts.find((_, index) => tokenOf(index) === token) ?? token),
  };
}

/** Letters only: a figure would be taken for one of the text. */
function tokenOf(index: number): string {
  return `ourwords${[...String(index)].map((digit) => 'abcdefghij'[Number(digit)]).join('')}x`;
}

/** A short name is only one where it is written as one. */
function wholeWords(name: string): RegExp {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+');
  return new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, name.length < 4 ? 'gu' : 'giu');
}
