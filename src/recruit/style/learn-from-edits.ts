import type { Replacement } from '../writing/writing.ts';
import { isSameReplacement } from './style.ts';

/** A text as it was written and as a person left it. The newest last. */
export type Edit = { draftId: string; before: string; after: string };
/** What was changed the same way in these drafts, in the order it was. */
export type Suggestion = Replacement & { draftIds: string[] };

/** Drafts in which the same words were changed the same way before it counts as a habit. */
export const ENOUGH_DRAFTS = 2;
/** Longer changes are about one company, not about style. */
const MOST_WORDS = 5;
const MOST_CHARACTERS = 100;
/** Words compared; longer texts are compared by their first part. */
const MOST_COMPARED = 400;

/** Words that people keep changing the same way in different drafts, the most frequent first. Leaves out what is in `settled`. Pure. */
export function learnFromEdits(edits: readonly Edit[], settled: readonly Replacement[]): Suggestion[] {
  const found = new Map<string, Suggestion>();
  for (const { draftId, before, after } of edits) {
    for (const { from, to } of changedWords(before, after)) {
      const key = JSON.stringify([from, to]);
      const known = found.get(key) ?? { from, to, draftIds: [] };
      if (!known.draftIds.includes(draftId)) known.draftIds.push(draftId);
      found.set(key, known);
    }
  }
  return [...found.values()]
    .filter((suggestion) => suggestion.draftIds.length >= ENOUGH_DRAFTS && !settled.some((one) => isSameReplacement(one, suggestion)))
    .sort((a, b) => b.draftIds.length - a.draftIds.length || a.from.localeCompare(b.from));
}

/** Words that gave way to others, by a word diff; what was only added or only taken away says nothing of other texts. */
export function changedWords(before: string, after: string): Replacement[] {
  const a = wordsOf(before);
  const b = wordsOf(after);
  const common = longestCommon(a, b);
  const changes: Replacement[] = [];
  let [i, j] = [0, 0];
  for (const [x, y] of [...common, [a.length, b.length] as const]) {
    const from = a.slice(i, x);
    const to = b.slice(j, y);
    if (from.length > 0 && to.length > 0 && from.length <= MOST_WORDS && to.length <= MOST_WORDS)
      changes.push({ from: joined(from), to: joined(to) });
    [i, j] = [x + 1, y + 1];
  }
  return changes.filter(
    ({ from, to }) =>
      from !== to && (from + to).length <= MOST_CHARACTERS && /\p{L}/u.test(from) && /\p{L}/u.test(to) && !/[\p{N}“”„«»]/u.test(from + to),
  );
}

function wordsOf(text: string): string[] {
  return (text.match(/[\p{L}\p{N}][\p{L}\p{N}’'-]*|[^\s\p{L}\p{N}]/gu) ?? []).slice(0, MOST_COMPARED);
}

function joined(words: string[]): string {
  return words.join(' ').replace(/ ([,.!?;:])/g, '$1');
}

/** Pairs of places of a longest common subsequence. */
function longestCommon(a: string[], b: string[]): (readonly [number, number])[] {
  const width = b.length + 1;
  const lengths = new Uint16Array((a.length + 1) * width);
  const at = (i: number, j: number) => lengths[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      lengths[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const pairs: (readonly [number, number])[] = [];
  for (let [i, j] = [0, 0]; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) pairs.push([i++, j++]);
    else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return pairs;
}
