import { z } from 'zod';
import { PartnerType } from '../../programme/setup/programme.ts';
import { CRITERION_IDS, type CriterionId, TYPE_WEIGHTS, type Weights } from '../fit/criteria.ts';

const whole = z.coerce.number('Give a whole number').int('Give a whole number').min(0, 'At least 0').max(100, 'At most 100');

/** Weights as a person may set them. */
export const NewWeights = z.record(z.enum(CRITERION_IDS), whole).superRefine((weights, check) => {
  const all = Object.values(weights).reduce((sum, weight) => sum + weight, 0);
  const difference = Math.abs(100 - all);
  const advice = all > 100 ? `take ${difference} away` : `add ${difference}`;
  const path = [CRITERION_IDS.at(-1) ?? ''];
  if (all !== 100) check.addIssue({ code: 'custom', path, message: `All together make ${all}, and must make 100: ${advice}.` });
});

/** Weights of criteria that are no longer the same are of no use: the defaults then hold again. */
const StoredWeights = z.record(z.enum(CRITERION_IDS), z.number().min(0)).nullable().catch(null);

/** The weights of one type in one workspace. */
export const TypeWeights = z.object({
  type: PartnerType,
  /** Rises with every write, so that of two at once one reads again. */
  revision: z.number().int(),
  /** Rises when the weights or their freezing change. */
  version: z.number().int(),
  frozen: z.boolean(),
  /** What an admin set, and learning starts from; null for the defaults. */
  start: StoredWeights,
  /** When the start was set; earlier decisions no longer teach. */
  since: z.date().nullable(),
  learned: StoredWeights,
  /** Fingerprint of the start and the lessons that `learned` comes from. */
  learnedFrom: z.string(),
});
export type TypeWeights = z.infer<typeof TypeWeights>;

export function startOf({ type, start }: Pick<TypeWeights, 'type' | 'start'>): Weights {
  return start ?? TYPE_WEIGHTS[type];
}

/** What the score uses. */
export function currentOf(weights: Pick<TypeWeights, 'type' | 'start' | 'learned'>): Weights {
  return weights.learned ?? startOf(weights);
}

/** One step in the history of a type's weights. `why` is what was done; `decisions` and `odds` belong to what was learned. */
export const WeightsVersion = z.object({
  version: z.number().int(),
  at: z.date(),
  by: z.string(),
  why: z.enum(['learn', 'set', 'reset', 'freeze', 'unfreeze']),
  from: z.record(z.string(), z.number()),
  to: z.record(z.string(), z.number()),
  decisions: z.object({ drafted: z.number(), turnedDown: z.number() }).nullable(),
});
export type WeightsVersion = z.infer<typeof WeightsVersion>;

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
