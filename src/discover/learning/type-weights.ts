import { z } from 'zod';
import { PartnerType } from '../../programme/setup/partner-type.ts';
import { CRITERION_IDS, TYPE_WEIGHTS, type Weights } from '../fit/criteria.ts';

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
  return start ?? TYPE_WEIGHTS[type].weights;
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
