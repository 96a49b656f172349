import type { PartnerType } from '../../programme/setup/programme.ts';
import { compileMatcher, findPhrases } from './phrase-matcher.ts';

/** What makes a company a partner: it completes what we sell, it works in the field of the standard or project we stand for, or it does
 *  the work a role asks for. */
export const RELATIONS = ['complements', 'adopters', 'services'] as const;
export type Relation = (typeof RELATIONS)[number];

/** Whoever writes so stands for a common cause rather than for a product: its partners are those who share the field. */
const COMMON_CAUSE = compileMatcher(
  `open standard, industry standard body, standards body, standards organization, specification, wire protocol, open protocol, open format,
  vendor neutral, vendor independent, independent of any vendor, foundation, consortium, trade association, industry association,
  industry alliance, membership organization, non-profit association, member organization, corporate member, governing body, working group`
    .split(/,\s+/)
    .map((phrase) => ({ phrase, meaning: 'common-cause', strength: 1 })),
);

/** The relation of a type without a service of its own: told by the words of the offer, unless a person said otherwise. */
export function relationOf(type: PartnerType, read: Relation): Relation {
  if (DOES_WORK.includes(type)) return 'services';
  return read === 'services' ? 'complements' : read;
}

/** Types whose partners work for others; a referral partner may also sell what goes with ours. */
const DOES_WORK: readonly PartnerType[] = ['reseller', 'affiliate', 'agency', 'consultant'];

export function readRelation(sells: string): Relation {
  return findPhrases(COMMON_CAUSE, sells).length > 0 ? 'adopters' : 'complements';
}
