import { addDays } from 'date-fns';
import type { MeasureRules } from '../measure-rules/measure-rules.ts';
import type { Sale } from '../sales/sale.ts';
import { ORIGINS, type Touch } from '../touches/touch.ts';
import { MODEL_NAMES, type ModelName, sharesBy } from './models.ts';

/** What a partner can have to do with a sale. A sale can be several of them at once, so figures of two are never added up.
 *  `sourced`: the partner had it first; `referral`: by a referral; `influenced`: somebody else had it, the partner moved it on while it was open;
 *  `co-sell`: it met the customer together with our sales; `delivered`: it implements what was sold. */
export const CREDIT_KINDS = ['sourced', 'influenced', 'referral', 'co-sell', 'delivered'] as const;
export type CreditKind = (typeof CREDIT_KINDS)[number];

/** One partner's part in one sale. */
export type Credit = { partnerId: string; kinds: CreditKind[]; shares: Record<ModelName, number> };

/** Why a touch does not count: longer before the sale began than the look-back window, after it was closed, claimed after the deadline, or the part in the deal
 *  that it stands for was taken away. */
export const UNCOUNTED = ['too-old', 'too-late', 'claimed-late', 'taken-back'] as const;
export type Uncounted = { source: string; because: (typeof UNCOUNTED)[number] };

const TOGETHER: ReadonlySet<Touch['type']> = new Set(['co-sell-meeting', 'demo']);

/** Who has which part in a sale, and why other touches count for nothing. Pure: the same touches and rules give the same answer. Shares of each model add up
 *  to exactly one where anybody has any. */
export function creditSale(
  sale: Pick<Sale, 'createdAt' | 'closedAt'>,
  touches: readonly Touch[],
  rules: Pick<MeasureRules, 'claimDays' | 'lookBackDays' | 'halfLifeDays' | 'roleWeights'>,
  now: Date,
): { credits: Credit[]; uncounted: Uncounted[] } {
  const end = sale.closedAt ?? now;
  const uncounted = touches.flatMap((touch) => {
    const because = whyNot(touch, sale, end, rules);
    return because ? [{ source: touch.source, because }] : [];
  });
  const without = new Set(uncounted.map(({ source }) => source));
  const counted = touches.filter(({ source }) => !without.has(source));
  // Whoever implements is paid for it by role; it brought nobody closer to buying.
  const selling = counted.filter(({ type }) => type !== 'implementation');
  const shares = MODEL_NAMES.map((name) => [name, sharesBy(name, name === 'roles' ? counted : selling, rules, end)] as const);
  const source = firstClaimed(selling.filter(({ type }) => ORIGINS.has(type)));
  const credits = [...new Set(counted.map(({ partnerId }) => partnerId))].map((partnerId) => ({
    partnerId,
    kinds: kindsOf(
      counted.filter((touch) => touch.partnerId === partnerId),
      { sale, end, isSource: source?.partnerId === partnerId },
    ),
    // One entry for each name of the table.
    shares: Object.fromEntries(shares.map(([name, of]) => [name, of.get(partnerId) ?? 0])) as Record<ModelName, number>,
  }));
  return { credits, uncounted };
}

/** Why one touch of a sale counts for nothing; null where it counts. */
export function whyUncounted(
  touch: Touch,
  sale: Pick<Sale, 'createdAt' | 'closedAt'>,
  rules: Pick<MeasureRules, 'claimDays' | 'lookBackDays'>,
  now: Date,
): Uncounted['because'] | null {
  return whyNot(touch, sale, sale.closedAt ?? now, rules);
}

/** Until when a partner can claim to have sourced a sale. */
export function claimsEnd({ createdAt }: Pick<Sale, 'createdAt'>, { claimDays }: Pick<MeasureRules, 'claimDays'>): Date {
  return addDays(createdAt, claimDays);
}

function whyNot(
  { type, at, recordedAt, lateOverride, by }: Touch,
  sale: Pick<Sale, 'createdAt'>,
  end: Date,
  rules: Pick<MeasureRules, 'claimDays' | 'lookBackDays'>,
): Uncounted['because'] | null {
  if (at < addDays(sale.createdAt, -rules.lookBackDays)) return 'too-old';
  if (at > end && type !== 'implementation') return 'too-late';
  // What a link brought nobody claims: it is told with the sale, however long the customer was known before.
  const isLate = by !== 'link' && ORIGINS.has(type) && recordedAt > claimsEnd(sale, rules);
  return isLate && !lateOverride ? 'claimed-late' : null;
}

function kindsOf(
  theirs: readonly Touch[],
  { sale, end, isSource }: { sale: Pick<Sale, 'createdAt'>; end: Date; isSource: boolean },
): CreditKind[] {
  const isIn = ({ at }: Touch) => at >= sale.createdAt && at <= end;
  const selling = theirs.filter(({ type }) => type !== 'implementation');
  const is: Record<CreditKind, boolean> = {
    sourced: isSource,
    influenced: !isSource && selling.some(isIn),
    referral: theirs.some(({ type }) => type === 'referral-accepted'),
    'co-sell': theirs.some((touch) => TOGETHER.has(touch.type) && isIn(touch)),
    delivered: theirs.some(({ type }) => type === 'implementation'),
  };
  return CREDIT_KINDS.filter((kind) => is[kind]);
}

/** The first that was claimed, by server time whatever day is said of it; of the same instant by source. */
function firstClaimed(touches: readonly Touch[]): Touch | null {
  return touches.reduce<Touch | null>((first, touch) => (first && !isBefore(touch, first) ? first : touch), null);
}

function isBefore(a: Touch, b: Touch): boolean {
  return a.recordedAt < b.recordedAt || (Number(a.recordedAt) === Number(b.recordedAt) && a.source < b.source);
}
