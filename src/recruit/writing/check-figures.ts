import { withoutSums } from './check-money.ts';
import type { Fault } from './fault.ts';
import { figuresIn, valuesIn } from './number-words.ts';
import type { Read } from './read-letter.ts';
import type { Grounds, SentenceKind } from './writing.ts';

const FACTS: readonly SentenceKind[] = ['their-fact', 'our-fact', 'their-reply', 'our-earlier'];
const STATED: readonly SentenceKind[] = ['their-fact', 'our-fact'];

/** Numbers, shares and multiples that stand in nothing the sentence may rest on. Small counts in words are checked where something is stated;
 *  how long a call takes is ours to propose. What they wrote is a source only for a sentence that says so: who asks for a sum is not offered it
 *  by being answered. */
export function figureFaults({ sentences }: Read, grounds: Grounds): Fault[] {
  const names = [...grounds.us.names, ...grounds.them.names];
  return sentences.flatMap(({ kind, from, spoken }, sentence) => {
    const isFact = FACTS.includes(kind);
    const found = figuresIn(withoutSums(spoken), grounds.language).filter(({ form, value, time }) => {
      if (form === 'cardinal') return STATED.includes(kind) && Number(value) > 2;
      return isFact || !time;
    });
    if (found.length === 0) return [];
    const known = new Set([...textsFor(from, grounds), ...names].flatMap(valuesIn));
    return found.filter(({ value }) => !known.has(value)).map(({ said }): Fault => ({ code: 'figure-unknown', sentence, said }));
  });
}

/** Everything but their answer, unless the sentence rests on it. */
export function textsFor(from: readonly string[], { texts, wording }: Grounds): string[] {
  return [...Object.entries(texts).flatMap(([id, text]) => (id === 'reply' && !from.includes('reply') ? [] : [text])), ...wording];
}
