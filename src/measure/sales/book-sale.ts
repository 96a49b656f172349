import { listOfSale } from '../ledger/ledger-repository.ts';
import { recordRevenue } from '../ledger/record-revenue.ts';
import type { Evidence, Transaction } from '../ledger/transaction.ts';
import type { Sale } from './sale.ts';

/** What a sale is booked with, line by line. */
export type Booking = { product: string; money: { minor: number; currency: string } };
type Told = { at: Date; by: string; evidence: Evidence; now: Date };

/** Brings what is booked of a sale to what its record says now: appends what is missing, and takes back by the rate of then what no longer stands. Nothing is
 *  written when both agree. A crash between leaves what the next call makes good. */
export async function bookSale({ workspaceId, id: saleId }: Sale, bookings: readonly Booking[], { now, ...told }: Told): Promise<void> {
  const all = (await listOfSale(workspaceId, saleId)).filter(
    ({ kind, source }) => ['booked', 'reversed'].includes(kind) && source.startsWith(`${saleId}:won:`),
  );
  const undone = new Set(all.flatMap(({ kind, of }) => (kind === 'reversed' && of ? [of] : [])));
  const standing = all.filter(({ kind, source }) => kind === 'booked' && !undone.has(source));
  const keyOf = ({ product, money }: Booking) => `${product}|${money.currency}|${money.minor}`;
  const missing = [...bookings];
  const wrong = standing.filter((transaction) => {
    const place = missing.findIndex((booking) => keyOf(booking) === keyOf(bookingOf(transaction)));
    if (place >= 0) missing.splice(place, 1);
    return place < 0;
  });
  for (const transaction of wrong) {
    const { product, money } = bookingOf(transaction);
    const back = { minor: -money.minor, currency: money.currency };
    const source = `${transaction.source}:back`;
    await recordRevenue(
      {
        ...told,
        workspaceId,
        saleId,
        source,
        kind: 'reversed',
        of: transaction.source,
        stage: 'booked',
        product,
        money: back,
        like: transaction,
      },
      now,
    );
  }
  let next = all.filter(({ kind }) => kind === 'booked').length;
  for (const { product, money } of missing) {
    const source = `${saleId}:won:${next++}`;
    await recordRevenue(
      { ...told, workspaceId, saleId, source, kind: 'booked', of: null, stage: 'booked', product, money, like: null },
      now,
    );
  }
}

function bookingOf({ product, postings }: Transaction): Booking {
  const posting = postings.find(({ account }) => account === 'booked');
  return { product, money: { minor: posting?.minor ?? 0, currency: posting?.currency ?? '' } };
}
