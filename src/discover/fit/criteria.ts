import type { PartnerType } from '../../programme/setup/programme.ts';

/** What a fit score looks at, in the order people read it. Source: the criteria that published partner scorecards share. */
export const CRITERIA = {
  complementarity: 'Goes with your offer',
  'named-by-others': 'Named by other companies',
  'shared-words': 'Speaks of the same things',
  'icp-overlap': 'Same customers',
  size: 'Size and capacity',
  reach: 'Reach and audience',
  geography: 'Geography and language',
  'programme-maturity': 'Partner experience',
} as const;
export type CriterionId = keyof typeof CRITERIA;
export const CRITERION_IDS = Object.keys(CRITERIA) as CriterionId[]; // Object.keys forgets the key type

/** How much each criterion counts for one partner type; the eight sum to 100. */
export type Weights = Record<CriterionId, number>;

/** `because` says in one line what makes this type differ from the others. */
export const TYPE_WEIGHTS: Record<PartnerType, { because: string; weights: Weights }> = {
  reseller: {
    because: 'A reseller must already sell or run such products, in your markets, with people enough to support them.',
    weights: weights(50, 5, 10, 5, 10, 5, 10, 5),
  },
  affiliate: {
    because: 'An affiliate lives from its audience; its own size and technology hardly matter.',
    weights: weights(35, 10, 5, 15, 5, 20, 5, 5),
  },
  referral: {
    because: 'A referral partner is worth the trust it has with your customers; it needs no technical skill.',
    weights: weights(35, 10, 10, 20, 5, 5, 10, 5),
  },
  technology: {
    because: 'An integration pays when the products complete each other and many already use the other one.',
    weights: weights(35, 25, 10, 5, 10, 5, 5, 5),
  },
  agency: {
    because: 'An agency works close to the customer: the right craft, same customers, a language in common.',
    weights: weights(50, 5, 15, 5, 5, 5, 10, 5),
  },
  consultant: {
    because: 'A consultant must offer the service and know what your customers run.',
    weights: weights(50, 5, 15, 5, 10, 5, 5, 5),
  },
  'co-marketing': {
    because: 'Co-marketing works when both stand in the same subject and each is known to others.',
    weights: weights(30, 20, 10, 10, 15, 5, 5, 5),
  },
};

function weights(
  complementarity: number,
  namedByOthers: number,
  sharedWords: number,
  icpOverlap: number,
  size: number,
  reach: number,
  geography: number,
  programmeMaturity: number,
): Weights {
  return {
    complementarity,
    'named-by-others': namedByOthers,
    'shared-words': sharedWords,
    'icp-overlap': icpOverlap,
    size,
    reach,
    geography,
    'programme-maturity': programmeMaturity,
  };
}
