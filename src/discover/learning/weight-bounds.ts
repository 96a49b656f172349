import { CRITERION_IDS, type CriterionId, type Weights } from '../fit/criteria.ts';

/** What the weights of one type add up to. */
export const WHOLE = 100;
/** A learned weight is never below half its start and never above twice. */
export const FACTOR = 2;

/** The nearest weights in the same proportions that add up to 100 and lie within a `factor` of `start`. */
export function bounded(start: Weights, wanted: Weights, factor: number = FACTOR): Weights {
  const within = (id: CriterionId, scale: number) => Math.min(factor * start[id], Math.max(start[id] / factor, scale * wanted[id]));
  const sumAt = (scale: number) => CRITERION_IDS.reduce((all, id) => all + within(id, scale), 0);
  // The sum only rises with the scale, so halving finds the one that fits.
  let [low, high] = [0, 1];
  while (sumAt(high) < WHOLE && high < 1e15) high *= 2;
  for (let step = 0; step < 50; step++) {
    const middle = (low + high) / 2;
    if (sumAt(middle) < WHOLE) low = middle;
    else high = middle;
  }
  return mapWeights((id) => within(id, high));
}

/** Whole points within the same bounds, as near to `exact` as the sum of 100 lets them be; both must add up to 100. */
export function wholePoints(start: Weights, exact: Weights): Weights {
  const low = mapWeights((id) => Math.min(start[id], Math.ceil(start[id] / FACTOR)));
  const high = mapWeights((id) => Math.max(start[id], Math.floor(start[id] * FACTOR)));
  const whole = mapWeights((id) => Math.min(high[id], Math.max(low[id], Math.round(exact[id]))));
  for (let left = WHOLE - sum(whole); Math.abs(left) >= 1; left = WHOLE - sum(whole)) {
    const step = Math.sign(left);
    const free = CRITERION_IDS.filter((id) => (step > 0 ? whole[id] + 1 <= high[id] : whole[id] - 1 >= low[id]));
    const [next] = free.sort((a, b) => step * (exact[b] - whole[b] - (exact[a] - whole[a])));
    if (!next) return start;
    whole[next] += step;
  }
  return sum(whole) === WHOLE ? whole : start;
}

export function sum(weights: Weights): number {
  return CRITERION_IDS.reduce((all, id) => all + weights[id], 0);
}

export function isSame(a: Weights, b: Weights): boolean {
  return CRITERION_IDS.every((id) => a[id] === b[id]);
}

export function mapWeights(weigh: (id: CriterionId) => number): Weights {
  return Object.fromEntries(CRITERION_IDS.map((id) => [id, weigh(id)])) as Weights; // Object.fromEntries forgets the key type
}
