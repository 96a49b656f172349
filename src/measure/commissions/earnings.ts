import { Refusal } from '../../errors.ts';
import { demandOwnOrTeam } from '../../onboard/partners/demand-partner.ts';
import type { Partner } from '../../onboard/partners/partner.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { findTransaction, listAgainst, listOfPartner } from '../ledger/ledger-repository.ts';
import { daysIn } from '../ledger/record-revenue.ts';
import type { Transaction, TransactionKind, Working } from '../ledger/transaction.ts';
import type { Payout } from '../payouts/payout.ts';
import { findPayoutOfLine } from '../payouts/payout-line-repository.ts';
import { getPayoutHead } from '../payouts/payout-repository.ts';
import type { Referral } from '../sales/sale.ts';
import { findSale, idsToDecide, listSalesByIds } from '../sales/sale-repository.ts';
import { idsOf } from './accrue-sale.ts';
import type { Plan } from './plan.ts';
import { listPlanVersions } from './plan-repository.ts';

/** A commission, or what was taken back of one. */
export type EarningLine = {
  source: string;
  isBack: boolean;
  /** Taken back because the part in the deal was taken away, not by a refund. */
  isPart: boolean;
  /** Whether the customer came by a link or a coupon. */
  isReferral: boolean;
  day: string;
  customer: string;
  minor: number;
  currency: string;
  /** Until which day where the workspace is it may still be taken back; null when that is over. */
  heldUntil: string | null;
  /** Whether somebody of ours has to look at the sale first. */
  isLookedAt: boolean;
};
/** In one currency. */
export type EarningSums = {
  currency: string;
  earnedMinor: number;
  heldMinor: number;
  owedMinor: number;
  paidMinor: number;
  /** By the plans of these commissions, what is owed is paid out from this sum on. */
  leastMinor: number;
};
export type Earnings = { partner: Partner; sums: EarningSums[]; lines: EarningLine[]; total: number };

const KINDS: readonly TransactionKind[] = ['earned', 'clawback', 'paid', 'reversed'];

/** What a partner earned, what of it is held, owed and paid, and the newest lines of it, `count` of them after the first `from`; to its own people and to the
 *  team. Refuses what `demandOwnOrTeam` does. */
export async function earningsOf(
  actor: Actor,
  partnerId: string,
  { from, count }: { from: number; count: number },
  at: Date,
): Promise<Earnings> {
  const { workspaceId } = actor;
  const partner = await demandOwnOrTeam(actor, partnerId, {
    object: 'statement',
    need: 'member',
    action: 'earnings.look',
    at,
    evenEnded: true,
  });
  const ids = await idsOf(workspaceId, partner.id);
  const [all, versions] = await Promise.all([
    Promise.all(ids.map((id) => listOfPartner(workspaceId, id, KINDS))).then((lists) => lists.flat()),
    listPlanVersions(workspaceId),
  ]);
  const commissions = all
    .filter(({ kind }) => kind === 'earned' || kind === 'clawback')
    .sort((a, b) => b.at.getTime() - a.at.getTime() || (a.source < b.source ? -1 : 1));
  const shown = commissions.slice(from, from + count);
  const [customers, undecided, dayOf] = await Promise.all([customersOf(workspaceId, shown), idsToDecide(workspaceId), daysIn(workspaceId)]);
  const holds = { at, undecided, dayOf };
  return {
    partner,
    sums: sumsOf(all, versions, holds),
    lines: shown.map((line) => toLine(line, customers, holds)),
    total: commissions.length,
  };
}

function payableOf({ postings }: Transaction): { minor: number; currency: string } {
  const posting = postings.find(({ account }) => account === 'payable');
  return { minor: posting?.minor ?? 0, currency: posting?.currency ?? '' };
}

/** What holds lines back at this time: their own date, and sales that wait for a person. */
type Holds = { at: Date; undecided: ReadonlySet<string>; dayOf: (at: Date) => string };

const isTooNew = ({ holdUntil }: Transaction, { at }: Holds) => holdUntil !== null && holdUntil > at;
const isLookedAt = ({ saleId }: Transaction, { undecided }: Holds) => saleId !== null && undecided.has(saleId);

function sumsOf(all: readonly Transaction[], versions: readonly Plan[], holds: Holds): EarningSums[] {
  const least = new Map(versions.map(({ planId, version, leastPayoutMinor }) => [`${planId}|${version}`, leastPayoutMinor]));
  const sums = new Map<string, EarningSums>();
  for (const transaction of all) {
    const { minor, currency } = payableOf(transaction);
    const sum = sums.get(currency) ?? { currency, earnedMinor: 0, heldMinor: 0, owedMinor: 0, paidMinor: 0, leastMinor: 0 };
    const { working } = transaction;
    sum.leastMinor = Math.max(sum.leastMinor, least.get(`${working?.planId}|${working?.planVersion}`) ?? 0);
    if (currency) sums.set(currency, sum);
    if (transaction.kind === 'earned' || transaction.kind === 'clawback') {
      sum.earnedMinor += minor;
      if (isTooNew(transaction, holds) || isLookedAt(transaction, holds)) sum.heldMinor += minor;
    } else sum.paidMinor -= minor;
  }
  for (const sum of sums.values()) sum.owedMinor = sum.earnedMinor - sum.heldMinor - sum.paidMinor;
  return [...sums.values()].sort((a, b) => a.currency.localeCompare(b.currency));
}

async function customersOf(workspaceId: string, lines: readonly Transaction[]): Promise<Map<string, string>> {
  const ids = [...new Set(lines.flatMap(({ saleId }) => saleId ?? []))];
  return new Map((await listSalesByIds(workspaceId, ids)).map(({ id, customer }) => [id, customer]));
}

function toLine(line: Transaction, customers: ReadonlyMap<string, string>, holds: Holds): EarningLine {
  const { source, kind, day, saleId, holdUntil, working } = line;
  const isPart = working?.steps.some(({ rule }) => rule === 'part-removed') ?? false;
  const whose = {
    source,
    isBack: kind === 'clawback',
    isPart,
    isReferral: saleId?.startsWith('customer:') ?? false,
    day,
    customer: customers.get(saleId ?? '') ?? '',
  };
  const held = { heldUntil: holdUntil && isTooNew(line, holds) ? holds.dayOf(holdUntil) : null, isLookedAt: isLookedAt(line, holds) };
  return { ...whose, ...payableOf(line), ...held };
}

/** Why a line is what it is. */
export type EarningWhy = {
  line: EarningLine;
  working: Working;
  plan: string;
  /** The revenue that it is a part of, or the refund that takes it back. */
  from: { kind: TransactionKind; day: string; words: string } | null;
  /** Of a customer whom the partner's link or coupon brought: which, and the rule where somebody else's stood against it. */
  brought: { by: Referral['by']; code: string; coupon: string | null; rule: 'coupon' | 'last-click' | null } | null;
  /** What refunds took back of it since. */
  back: EarningLine[];
  /** The payout that it is in. */
  payout: Pick<Payout, 'status' | 'approvals' | 'reference' | 'paid'> | null;
  /** The day where the workspace is; empty until it is paid. */
  paidOn: string;
  /** Who approved it, and what says that the revenue came, is for the team alone. */
  reader: 'team' | 'partner';
};

/** Refuses what `earningsOf` does, and `partner-only` for a line that is not this partner's. */
export async function whyEarned(actor: Actor, { partnerId, source }: { partnerId: string; source: string }, at: Date): Promise<EarningWhy> {
  const { workspaceId } = actor;
  const { id } = await demandOwnOrTeam(actor, partnerId, {
    object: 'statement',
    need: 'member',
    action: 'earnings.why',
    at,
    evenEnded: true,
  });
  const [ids, transaction] = await Promise.all([idsOf(workspaceId, id), findTransaction(workspaceId, source)]);
  const working = transaction?.working;
  if (!transaction || !working || !transaction.postings.some((posting) => ids.includes(posting.partnerId ?? '')))
    throw new Refusal('partner-only');
  const [revenue, against, versions, customers, payoutId, sale, undecided, dayOf] = await Promise.all([
    findTransaction(workspaceId, transaction.evidence.ref),
    listAgainst(workspaceId, [source]),
    listPlanVersions(workspaceId),
    customersOf(workspaceId, [transaction]),
    findPayoutOfLine(workspaceId, source),
    transaction.saleId ? findSale(workspaceId, transaction.saleId) : null,
    idsToDecide(workspaceId),
    daysIn(workspaceId),
  ]);
  const holds = { at, undecided, dayOf };
  const payout = payoutId ? await getPayoutHead(workspaceId, payoutId) : null;
  const plan = versions.find(({ planId, version }) => planId === working.planId && version === working.planVersion);
  return {
    line: toLine(transaction, customers, holds),
    brought: broughtBy(sale?.referral, ids),
    working,
    plan: plan?.name ?? '',
    from: revenue && { kind: revenue.kind, day: revenue.day, words: revenue.evidence.words },
    payout,
    paidOn: payout?.paid ? dayOf(payout.paid.at) : '',
    reader: actor.kind === 'partner' ? 'partner' : 'team',
    back: against.filter(({ kind }) => kind === 'clawback').map((one) => toLine(one, customers, holds)),
  };
}

/** Only to the partner who brought them. */
function broughtBy(referral: Referral | undefined, ids: readonly string[]): EarningWhy['brought'] {
  if (!referral || !ids.includes(referral.partnerId)) return null;
  const { by, code, coupon, against } = referral;
  return { by, code, coupon, rule: against?.rule ?? null };
}
