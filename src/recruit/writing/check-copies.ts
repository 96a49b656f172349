import type { Fault } from './fault.ts';
import { bareWords } from './plain-words.ts';
import type { Grounds, Letter } from './writing.ts';

/** Turns that any letter has, such as “would it suit you to talk for 20 minutes”, agree by chance in fewer words. */
const COPIED = 8;
/** What stands so in a ground may be said in the same words again. */
const FROM_GROUND = 3;

/** Sentences, and a subject, that repeat words of an example instead of its manner. What a ground says in these words is not counted. */
export function copyFaults({ subject, sentences }: Letter, examples: readonly string[], { texts, wording }: Grounds): Fault[] {
  if (examples.length === 0) return [];
  const ours = [...Object.values(texts), ...wording].map(bareWords);
  const theirs = examples.map(bareWords);
  return [subject, ...sentences.map(({ text }) => text)].flatMap((text, place): Fault[] => {
    const words = bareWords(text).split(' ');
    const copied = standIn(words, theirs, COPIED);
    const known = standIn(words, ours, FROM_GROUND);
    const said = words.filter((_, index) => copied[index] && !known[index]);
    return said.length >= COPIED ? [{ code: 'copied', sentence: place === 0 ? null : place - 1, said: said.join(' ') }] : [];
  });
}

/** Which of the words stand in one of the texts together with their neighbours, at least so many in a row. */
function standIn(words: readonly string[], texts: readonly string[], inARow: number): boolean[] {
  const marks = words.map(() => false);
  for (let from = 0; from + inARow <= words.length; from++) {
    const run = ` ${words.slice(from, from + inARow).join(' ')} `;
    if (texts.some((text) => ` ${text} `.includes(run))) marks.fill(true, from, from + inARow);
  }
  return marks;
}
