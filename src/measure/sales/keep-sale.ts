import { inRounds } from '../../platform/in-rounds.ts';
import { localDay, noonOfLocalDay } from '../../programme/setup/digest-clock.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import { appendInTurn, listOfSale } from '../ledger/ledger-repository.ts';
import { type Revenue, revenueTransaction } from '../ledger/record-revenue.ts';
import type { Evidence, Transaction } from '../ledger/transaction.ts';
import type { Sale } from './sale.ts';
import { findSale, saveSale } from './sale-repository.ts';

/** What a sale is booked with, line by line. */
export type Booking = { product: string; money: { minor: number; currency: string } };
/** What a record says of its sale now. `at`: when it was closed. */
export type Said = { sale: Omit<Sale, 'rev'>; bookings: readonly Booking[]; at: Date; by: string; evidence: Evidence };
/** `refundedMinor`: what was refunded already of what this stands in for. */
type Entry = Omit<Revenue, 'workspaceId' | 'saleId'> & { refundedMinor: number };

/** Brings a sale, and what is booked of it, to what its record says: appends what is missing, and takes back by the rate of then what no longer stands.
 *  `say` reads the record, after what is there has been read and anew in each round, so that no older word overtakes a newer one; null where the sale is
 *  not the record's. Null then, else the sale. A crash between leaves what the next call makes good. */
export async function keepSale(
  workspaceId: string,
  saleId: string,
  say: (seen: Sale | null) => Promise<Said | null>,
  now: Date,
): Promise<Sale | null> {
  return inRounds(`sale ${saleId}`, async () => {
    const [seen, all] = await Promise.all([findSale(workspaceId, saleId), listOfSale(workspaceId, saleId)]);
    const said = await say(seen);
    if (!said) return { done: null };
    const saved = await saveSale({ ...said.sale, rev: 0 }, seen, now);
    if (!saved) return null;
    const booked = all.filter(({ source }) => source.startsWith(`${saleId}:won:`));
    let place = booked.length;
    for (const { refundedMinor, ...entry } of entriesOf(saleId, said, all)) {
      const transaction = await revenueTransaction({ ...entry, workspaceId, saleId }, now);
      if (!(await appendInTurn(transaction, [`booked:${saleId}:${place++}`]))) return null;
      if (refundedMinor === 0) continue;
      const source = `${entry.source}:refunded`;
      const money = { minor: -refundedMinor, currency: entry.money.currency };
      const refund = { ...entry, workspaceId, saleId, source, kind: 'refunded', of: entry.source, money, like: transaction } as const;
      if (!(await appendInTurn(await revenueTransaction(refund, now), [`refund:${entry.source}:0`]))) return null;
    }
    return { done: saved };
  });
}

/** Of a line that no longer stands, what refunds left of it is taken back; they hold for the line in its place. */
function entriesOf(saleId: string, { bookings, at, by, evidence }: Said, all: readonly Transaction[]): Entry[] {
  const booked = all.filter(({ source }) => source.startsWith(`${saleId}:won:`));
  const refundedOf = (source: string) =>
    all.filter(({ kind, of }) => kind === 'refunded' && of === source).reduce((sum, refund) => sum - bookingOf(refund).money.minor, 0);
  const told = { at, by, evidence, stage: 'booked' } as const;
  const undone = new Set(booked.flatMap(({ kind, of }) => (kind === 'reversed' && of ? [of] : [])));
  const keyOf = ({ product, money }: Booking) => `${product}|${money.currency}|${money.minor}`;
  const missing = [...bookings];
  const wrong = booked.filter((transaction) => {
    if (transaction.kind !== 'booked' || undone.has(transaction.source)) return false;
    const place = missing.findIndex((booking) => keyOf(booking) === keyOf(bookingOf(transaction)));
    if (place >= 0) missing.splice(place, 1);
    return place < 0;
  });
  const refunds = wrong.map((line) => ({ ...bookingOf(line), left: refundedOf(line.source) }));
  const refundedBefore = ({ product, money }: Booking): number => {
    const before = refunds.find(
      (one) => one.left > 0 && one.money.currency === money.currency && (one.product === product || !one.product),
    );
    const refunded = Math.min(before?.left ?? 0, money.minor);
    if (before) before.left -= refunded;
    return refunded;
  };
  const first = booked.filter(({ kind }) => kind === 'booked').length;
  return [
    ...wrong.map((like): Entry => {
      const { product, money } = bookingOf(like);
      const back = { minor: refundedOf(like.source) - money.minor, currency: money.currency };
      return { ...told, source: `${like.source}:back`, kind: 'reversed', of: like.source, product, money: back, like, refundedMinor: 0 };
    }),
    ...missing.map((booking, place): Entry => {
      const line = { ...told, source: `${saleId}:won:${first + place}`, kind: 'booked', of: null, like: null } as const;
      return { ...line, ...booking, refundedMinor: refundedBefore(booking) };
    }),
  ];
}

function bookingOf({ product, postings }: Transaction): Booking {
  const posting = postings.find(({ account }) => account === 'booked');
  return { product, money: { minor: posting?.minor ?? 0, currency: posting?.currency ?? '' } };
}

const DAY_MS = 24 * 60 * 60_000;

/** A record that knows no more than the day keeps its first instant in UTC, which is the day before west of Greenwich: such a day is taken at its noon where
 *  the workspace is. */
export async function whenClosed(workspaceId: string, at: Date): Promise<Date> {
  if (at.getTime() % DAY_MS !== 0) return at;
  const { digest } = await getProgramme(workspaceId);
  return noonOfLocalDay(localDay(at, 'UTC'), digest?.timeZone ?? 'UTC');
}
