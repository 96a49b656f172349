import { englishFaults, subjectFaults } from './check-beside.ts';
import { figureFaults } from './check-figures.ts';
import { addressFaults, groundFaults, orderFaults, placeholderFaults, quoteFaults } from './check-grounds.ts';
import { moneyFaults } from './check-money.ts';
import { nameFaults, strangersIn } from './check-names.ts';
import type { Fault } from './fault.ts';
import { languageFaults } from './language-of-text.ts';
import { bodyOf } from './letter.ts';
import { type Read, readLetter } from './read-letter.ts';
import type { Grounds, Letter } from './writing.ts';

/** From here on a letter is too long, whatever was asked for. */
export const TOO_MANY_WORDS = 181;

/** All that is wrong with a letter, as far as its structure tells: grounds that exist and fit the side, names, figures, money, addresses,
 *  language, length, questions; the subject and the English beside are held against the letter. Pure. Plain words are free:
 *  whether a sentence says more than its ground is for the second reader, and a person reads every word. */
export function checkDraft(letter: Letter, grounds: Grounds): Fault[] {
  const read = readLetter(letter, grounds);
  const parts = [{ text: letter.subject, sentence: null }, ...letter.sentences.map(({ text }, sentence) => ({ text, sentence }))];
  return [
    ...groundFaults(read, grounds),
    ...quoteFaults(read, grounds),
    ...orderFaults(read, grounds),
    ...placeholderFaults(parts, grounds),
    ...nameFaults(read, grounds),
    ...parts.flatMap(({ text, sentence }) => strangersIn(text, grounds).map((said): Fault => ({ code: 'stranger', sentence, said }))),
    ...figureFaults(read, grounds),
    ...moneyFaults(read, grounds),
    ...addressFaults(parts, grounds),
    ...languageFaults(read, grounds),
    ...lengthFaults(letter),
    ...questionFaults(read, grounds),
    ...subjectFaults(read, grounds),
    ...englishFaults(read, grounds),
  ];
}

function lengthFaults({ sentences }: Letter): Fault[] {
  const words = bodyOf(sentences)
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
  return words >= TOO_MANY_WORDS ? [{ code: 'too-long', sentence: null, said: String(words) }] : [];
}

/** Every question after the first; one that stands in a ground is repeated, not asked. */
function questionFaults({ sentences }: Read, { texts }: Grounds): Fault[] {
  const asked = sentences.flatMap(({ kind, from, spoken, text }, sentence) => {
    const isRepeated = kind !== 'question' && from.some((id) => texts[id]?.includes('?'));
    return isRepeated ? [] : [...spoken.matchAll(/\?/g)].map(() => ({ sentence, said: text }));
  });
  return asked.slice(1).map((more): Fault => ({ code: 'several-questions', ...more }));
}
