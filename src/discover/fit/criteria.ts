import type { PartnerType } from '../../programme/setup/programme.ts';

/** What a fit score looks at, in the order people read it. */
export const CRITERION_IDS = ['role', 'complementarity', 'named-by-others', 'shared-words', 'icp-overlap', 'geography'] as const;
export type CriterionId = (typeof CRITERION_IDS)[number];

/** How much each criterion counts for one partner type; the six sum to 100. */
export type Weights = Record<CriterionId, number>;

/** Above each type, what makes it differ from the others. */
export const TYPE_WEIGHTS: Record<PartnerType, Weights> = {
  // A reseller must sell or run others' products, know your field, and be in your markets.
  reseller: weights(32, 25, 3, 17, 3, 20),
  // An affiliate lives from its audience.
  affiliate: weights(35, 20, 3, 12, 20, 10),
  // A referral partner is worth the trust it has with your customers.
  referral: weights(33, 25, 5, 8, 13, 16),
  // An integration pays when the products complete each other and many already use the other one.
  technology: weights(12, 33, 31, 11, 8, 5),
  // An agency works close to the customer: the right craft, same customers, a place in common.
  agency: weights(26, 24, 3, 24, 3, 20),
  // A consultant must offer the service and know what your customers run.
  consultant: weights(32, 25, 3, 17, 3, 20),
  // Co-marketing works when both stand before the same audience and each is known to others.
  'co-marketing': weights(8, 32, 30, 10, 15, 5),
};

/** With less a company is not suggested by itself: its score, and how much of two criteria. Who works for others must know the field;
 *  who sends us customers must have them, too. Of products little is asked: in a short list nobody is named. */
export const LEAST: Record<PartnerType, { score: number; complementarity: number; 'icp-overlap': number }> = {
  reseller: least(45, 0.4),
  affiliate: least(45, 0.1),
  agency: least(40, 0.2),
  consultant: least(50, 0.3),
  referral: least(60, 0.4, 0.3),
  technology: least(20),
  'co-marketing': least(20),
};

function least(score: number, complementarity = 0, icp = 0) {
  return { score, complementarity, 'icp-overlap': icp };
}

/** The score from which a company is a strong or a good candidate, set for each type so that a word promises the same for all; what is
 *  suggested and has less is worth a look. Calibrated on two sets of judged lists: see `test/bench/quality.md`. */
export const BANDS: Record<PartnerType, { strong: number; good: number }> = {
  reseller: { strong: 60, good: 55 },
  agency: { strong: 60, good: 55 },
  consultant: { strong: 60, good: 55 },
  technology: { strong: 75, good: 65 },
  'co-marketing': { strong: 75, good: 65 },
  // Of these types too few were right to call one better than another.
  affiliate: { strong: 90, good: 80 },
  referral: { strong: 90, good: 80 },
};
const WORTH_A_LOOK = 35;
export type Band = 'strong' | 'good' | 'worth-a-look' | 'weak';

export function bandOf({ type, score }: { type: PartnerType; score: number }): Band {
  const { strong, good } = BANDS[type];
  if (score >= strong) return 'strong';
  if (score >= good) return 'good';
  return score >= WORTH_A_LOOK ? 'worth-a-look' : 'weak';
}

function weights(role: number, complementarity: number, named: number, words: number, icp: number, geography: number): Weights {
  return { role, complementarity, 'named-by-others': named, 'shared-words': words, 'icp-overlap': icp, geography };
}
