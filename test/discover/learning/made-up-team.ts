import { CRITERION_IDS, TYPE_WEIGHTS, type Weights } from '../../../src/discover/fit/criteria.ts';
import { fitWeights } from '../../../src/discover/learning/fit-weights.ts';
import type { Lesson } from '../../../src/discover/learning/lesson.ts';
import { mapWeights } from '../../../src/discover/learning/type-weights.ts';
import { type Random, seeded } from '../../support/mutate.ts';

export type Shares = Lesson['shares'];
export const START = TYPE_WEIGHTS.technology;

/** Companies of which a fifth of everything is unknown, and the rest lies around the middle. */
export function madeUpPool(random: Random, size: number): Shares[] {
  const share = () => (random() + random() + random()) / 3;
  return Array.from({ length: size }, () =>
    Object.fromEntries(
      CRITERION_IDS.flatMap((id) => (random() < 0.2 ? [] : [[id, Math.min(1, Math.max(0, 0.5 + 1.7 * (share() - 0.5)))]])),
    ),
  );
}

/** The score as the product has it: points over what is known, 0–1. */
export function scoreOf(weights: Weights, shares: Shares): number {
  const known = CRITERION_IDS.filter((id) => shares[id] !== undefined);
  const all = known.reduce((sum, id) => sum + weights[id], 0);
  return all === 0 ? 0 : known.reduce((sum, id) => sum + weights[id] * (shares[id] ?? 0), 0) / all;
}

/** Much of these criteria, little of the others. */
export function tasteFor(...loved: string[]): Weights {
  return mapWeights((id) => (loved.includes(id) ? 60 / loved.length : 40 / (CRITERION_IDS.length - loved.length)));
}

/** `yes` says whether the team drafts a company with this value to it; `bar` is what the best fifth reach. */
export type Team = { taste: Weights; yes: (value: number, bar: number, random: Random) => boolean };

/** Five companies a day, the best by the weights of that day, until `decisions` are made. `rise`: by how much of the list the team's
 *  favourites, the best tenth of the rest in its own eyes, stand higher in the end than the start weights would put them. */
export function play({ taste, yes }: Team, seed: number, decisions = 50): { weights: Weights; rise: number } {
  const random = seeded(seed);
  const pool = madeUpPool(random, 400);
  const bar = pool.map((shares) => scoreOf(taste, shares)).sort((a, b) => b - a)[80] ?? 0;
  const lessons: Lesson[] = [];
  let left = pool;
  let weights = START;
  while (lessons.length < decisions) {
    left = left.toSorted((a, b) => scoreOf(weights, b) - scoreOf(weights, a));
    for (const shares of left.slice(0, 5)) lessons.push({ pursued: yes(scoreOf(taste, shares), bar, random), partly: false, shares });
    left = left.slice(5);
    weights = fitWeights(START, lessons).weights;
  }
  return { weights, rise: placeOfFavourites(taste, weights, left) - placeOfFavourites(taste, START, left) };
}

/** 1 when the favourites lead the list, 0.5 when they are anywhere. */
function placeOfFavourites(taste: Weights, weights: Weights, rest: Shares[]): number {
  const favourites = new Set(rest.toSorted((a, b) => scoreOf(taste, b) - scoreOf(taste, a)).slice(0, Math.round(rest.length / 10)));
  const places = rest
    .toSorted((a, b) => scoreOf(weights, b) - scoreOf(weights, a))
    .flatMap((shares, place) => (favourites.has(shares) ? 1 - place / rest.length : []));
  return places.reduce((sum, place) => sum + place, 0) / places.length;
}
