import type { Grounds } from './check-draft.ts';
import { firstSentence } from './own-words.ts';
import { spokenName } from './spoken-name.ts';

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
