import type { PartnerType } from '../../programme/setup/programme.ts';

/** What a fit score looks at, in the order people read it. */
export const CRITERION_IDS = ['role', 'complementarity', 'named-by-others', 'shared-words', 'icp-overlap', 'geography'] as const;
export type CriterionId = (typeof CRITERION_IDS)[number];

/** How much each criterion counts for one partner type; the six sum to 100. */
export type Weights = Record<CriterionId, number>;

/** Above each type, what makes it differ from the others. */
export const TYPE_WEIGHTS: Record<PartnerType, Weights> = {
  // A reseller must sell or run others' products, know your field, and be in your markets.
  reseller: weights(25, 27, 3, 22, 3, 20),
  // An affiliate lives from its audience.
  affiliate: weights(35, 20, 3, 12, 20, 10),
  // A referral partner is worth the trust it has with your customers.
  referral: weights(20, 25, 5, 15, 15, 20),
  // An integration pays when the products complete each other and many already use the other one.
  technology: weights(10, 35, 30, 10, 10, 5),
  // An agency works close to the customer: the right craft, same customers, a place in common.
  agency: weights(26, 24, 3, 24, 3, 20),
  // A consultant must offer the service and know what your customers run.
  consultant: weights(25, 27, 3, 22, 3, 20),
  // Co-marketing works when both stand before the same audience and each is known to others.
  'co-marketing': weights(8, 32, 30, 10, 15, 5),
};

/** With a lower score a company is not suggested by itself. Who works for others must know the field or the place; of products most are named by
 *  nobody, in a short list all. */
export const LEAST_SCORE: Record<PartnerType, number> = {
  reseller: 45,
  affiliate: 45,
  agency: 45,
  consultant: 45,
  referral: 15,
  technology: 15,
  'co-marketing': 15,
};

function weights(role: number, complementarity: number, named: number, words: number, icp: number, geography: number): Weights {
  return { role, complementarity, 'named-by-others': named, 'shared-words': words, 'icp-overlap': icp, geography };
}
