import { HELD } from './holds.ts';

/** Which companies are asked for: the best of
 *  - `suggested`: those that nothing holds back; `by-rules`: those that nothing but the second reader holds back;
 *  - `too-large`: those that may be suggested but for their size;
 *  - `held`: those that may be suggested as no type. Of them `doubted` are those that a person may clear with a word, though they may fit
 *    weakly besides, and `ruled-out` the rest;
 *  - `all`: whomever no gate keeps out; `any`: the same, each as the type it may be suggested for if there is one. */
export type Among = 'suggested' | 'by-rules' | 'too-large' | 'held' | 'doubted' | 'ruled-out' | 'all' | 'any';

/** What a person can clear. */
export const DOUBTS = HELD.rival | HELD.reader;

/** Whether a company as one type is asked for, by what holds it back as that. */
export const ASKED: Record<Among, (held: number) => boolean> = {
  suggested: (held) => held === 0,
  'by-rules': (held) => (held & ~HELD.reader) === 0,
  'too-large': (held) => (held & ~HELD.weak) === HELD.tooLarge,
  held: (held) => held !== 0,
  doubted: (held) => (held & DOUBTS) !== 0 && (held & ~(DOUBTS | HELD.weak)) === 0,
  'ruled-out': (held) => held !== 0,
  all: () => true,
  any: () => true,
};

/** Whoever belongs to one of these as any type does not belong to the other. */
export const BEFORE: Partial<Record<Among, Among[]>> = {
  held: ['suggested'],
  doubted: ['suggested'],
  'ruled-out': ['suggested', 'doubted'],
};
