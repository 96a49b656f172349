import { addHours } from 'date-fns';
import type { Partner } from '../../onboard/partners/partner.ts';
import { type DealRules, protectionDays } from '../deal-rules/deal-rules.ts';
import type { Deal } from './deal.ts';

/** What an approval at this time sets: the account is the partner's from then on, for the days that the rules give its tier or types. Days are 24 hours
 *  each, so that no change of clocks makes one shorter. */
export function protectionFrom(
  rules: Pick<DealRules, 'protection'>,
  partner: Pick<Partner, 'types' | 'tier'>,
  at: Date,
): Pick<Deal, 'approvedAt' | 'protectedUntil'> {
  return { approvedAt: at, protectedUntil: addHours(at, 24 * protectionDays(rules, partner)) };
}
