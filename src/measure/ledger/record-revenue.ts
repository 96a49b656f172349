import { localDay } from '../../programme/setup/digest-clock.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import { converted } from '../commissions/exact.ts';
import { getMeasureRules } from '../measure-rules/measure-rules-repository.ts';
import { findRate } from '../rates/rate-repository.ts';
import { appendTransaction } from './ledger-repository.ts';
import { type Account, moved, type Transaction } from './transaction.ts';

/** The stages of revenue: each is an account of its own, and they are never added up. */
export const STAGES = ['booked', 'invoiced', 'collected'] as const satisfies Account[];
export type Stage = (typeof STAGES)[number];

/** Money of a sale. Below zero it takes back what was recorded before. */
export type Revenue = Pick<Transaction, 'workspaceId' | 'source' | 'kind' | 'at' | 'by' | 'evidence' | 'of' | 'product'> & {
  saleId: string;
  stage: Stage;
  money: { minor: number; currency: string };
  /** The transaction whose rate holds for this one too, because it takes back a part of it; null for the rate of the day. */
  like: Transaction | null;
};

/** Appends revenue of a sale, with its day where the workspace is and its worth in the workspace's currency, both fixed for good. Without a rate of those
 *  days it is kept without a worth, and figures say so. Recorded twice, the first stands, with `changed` false. */
export async function recordRevenue(revenue: Revenue, now: Date): Promise<{ transaction: Transaction; changed: boolean }> {
  return appendTransaction(await revenueTransaction(revenue, now));
}

/** Revenue as it is appended. */
export async function revenueTransaction({ stage, money, like, ...said }: Revenue, now: Date): Promise<Transaction> {
  const day = await dayIn(said.workspaceId, said.at);
  const own = like ? ownLike(like, money) : await ownValue(said.workspaceId, money, day);
  const postings = moved(money, { to: stage, from: 'customers' });
  return { ...said, day, own, recordedAt: now, holdUntil: null, working: null, postings };
}

/** The calendar day of an instant where the workspace is; UTC until it has said where. */
export async function dayIn(workspaceId: string, at: Date): Promise<string> {
  return (await daysIn(workspaceId))(at);
}

/** The same for many instants. */
export async function daysIn(workspaceId: string): Promise<(at: Date) => string> {
  const { digest } = await getProgramme(workspaceId);
  return (at) => localDay(at, digest?.timeZone ?? 'UTC');
}

/** What a sum is worth in the workspace's currency on a day; null while no rate is known. */
export async function ownValue(
  workspaceId: string,
  { minor, currency }: { minor: number; currency: string },
  day: string,
): Promise<Transaction['own']> {
  const { currency: to } = await getMeasureRules(workspaceId);
  const found = await findRate(workspaceId, currency, to, day);
  return found && { minor: converted(minor, { from: currency, to, rate: found.rate }), currency: to, ...found };
}

/** What a part of it is worth, at its own rate. */
export function ownLike({ own }: Transaction, { minor, currency }: { minor: number; currency: string }): Transaction['own'] {
  return own && { ...own, minor: converted(minor, { from: currency, to: own.currency, rate: own.rate }) };
}
