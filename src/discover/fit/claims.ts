/** Phrases by which a company shows reach, or experience with partners. `share` 0–1 is what one of them alone proves. */
export const CLAIMS = {
  'wide-reach': claim(
    'reach',
    0.75,
    'fortune 500, fortune 100, global 2000, market leader, industry leader, industry leading, leading provider, world leading, world largest, publicly traded, million users, million customer, million people, billion user, million developer, millions of users, millions of people, millions of customer, millions of developer, millions of business, household name, largest',
  ),
  customers: claim(
    'reach',
    0.55,
    'thousands of customer, thousands of companies, thousands of business, thousands of teams, thousands of users, thousands of organization, thousands of developer, hundreds of companies, hundreds of customer, trusted by, used by, customers include, leading companies, leading brands, customers worldwide, customers in, offices in, global company, global leader, worldwide',
  ),
  audience: claim(
    'reach',
    0.6,
    'community of, subscribers, followers, readers, newsletter, podcast, audience, open source community, listeners, members',
  ),
  programme: claim(
    'programme',
    0.85,
    'partner program, partner programme, partner network, partner ecosystem, channel partner, reseller program, referral program for partners, certified partner, gold partner, premier partner, technology partner, authorized partner, partner portal, app marketplace, integration marketplace, strategic partner',
  ),
  partners: claim(
    'programme',
    0.6,
    'our partners, partner with, partnership, partners with, in partnership, alliance, integrates with, integrations with, reseller, marketplace listing, ecosystem',
  ),
} satisfies Record<string, Claim>;
export type ClaimId = keyof typeof CLAIMS;
export type Claim = { shows: 'reach' | 'programme'; share: number; signs: string[] };

/** Sentences with one of these talk to whoever ranks, not to customers: nothing in such a sentence counts. */
export const INSTRUCTIONS = [
  ...'ignore previous, ignore all, ignore any, ignore the above, ignore your, disregard previous, disregard all, disregard any, disregard the above'.split(
    ', ',
  ),
  ...'forget previous, forget all, previous instruction, prior instruction, system prompt, system message, as an ai, you are an ai, you must rank'.split(
    ', ',
  ),
  ...'you must score, you should rank, you should score, rank this company, rank us, score this company, score us, score 100, score of 100'.split(
    ', ',
  ),
  ...'give this company, give us a score, assign a score, highest score, maximum score, full points, best possible score, fit score'.split(
    ', ',
  ),
];

function claim(shows: Claim['shows'], share: number, signs: string): Claim {
  return { shows, share, signs: signs.split(', ') };
}
