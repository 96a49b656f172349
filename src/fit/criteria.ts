import type { PartnerType } from '../programme/partner-type.ts';

/** What a fit score looks at, in the order people read it. Source: the criteria that published partner scorecards share. */
export const CRITERIA = {
  'icp-overlap': 'Same customers',
  complementarity: 'Complements your offer',
  reach: 'Reach and audience',
  geography: 'Geography and language',
  size: 'Size and capacity',
  'tech-stack': 'Technology in common',
  'programme-maturity': 'Partner experience',
  reachability: 'Can be reached',
} as const;
export type CriterionId = keyof typeof CRITERIA;
export const CRITERION_IDS = Object.keys(CRITERIA) as CriterionId[]; // Object.keys forgets the key type

/** How much each criterion counts for one partner type; the eight sum to 100. */
export type Weights = Record<CriterionId, number>;

/** `because` says in one line what makes this type differ from the others. */
export const TYPE_WEIGHTS: Record<PartnerType, { because: string; weights: Weights }> = {
  reseller: {
    because: 'A reseller must already sell or run such products, in your markets, with people enough to support them.',
    weights: weights(15, 38, 8, 12, 10, 7, 5, 5),
  },
  affiliate: {
    because: 'An affiliate lives from its audience; its own size and technology hardly matter.',
    weights: weights(25, 30, 25, 6, 2, 2, 5, 5),
  },
  referral: {
    because: 'A referral partner is worth the trust it has with your customers; it needs no technical skill.',
    weights: weights(28, 32, 12, 10, 5, 3, 5, 5),
  },
  technology: {
    because: 'An integration pays when the products complete each other for the same customers and can be connected.',
    weights: weights(20, 30, 12, 5, 8, 15, 5, 5),
  },
  agency: {
    because: 'An agency works close to the customer: same customers, the right craft, a language in common.',
    weights: weights(20, 38, 7, 10, 7, 8, 5, 5),
  },
  consultant: {
    because: 'A consultant must offer the service and know the technology your customers run.',
    weights: weights(12, 40, 6, 8, 7, 17, 5, 5),
  },
  'co-marketing': {
    because: 'Co-marketing works when both speak to the same people and each brings an audience.',
    weights: weights(28, 17, 22, 6, 7, 10, 5, 5),
  },
};

function weights(
  icpOverlap: number,
  complementarity: number,
  reach: number,
  geography: number,
  size: number,
  techStack: number,
  programmeMaturity: number,
  reachability: number,
): Weights {
  return {
    'icp-overlap': icpOverlap,
    complementarity,
    reach,
    geography,
    size,
    'tech-stack': techStack,
    'programme-maturity': programmeMaturity,
    reachability,
  };
}
