import { z } from 'zod';
import { Refusal } from '../../errors.ts';
import { isCurrency } from '../../platform/money.ts';
import { recordAudit } from '../../programme/audit/audit-repository.ts';
import { isRate } from '../commissions/exact.ts';
import { listUnratedSales } from '../ledger/ledger-repository.ts';
import { dayIn } from '../ledger/record-revenue.ts';
import { countWaitingForRates, endWaitForRates, markSaleDue } from '../sales/sale-repository.ts';
import { isPublished, keepRates } from './rate-repository.ts';
import { readEcbFile } from './read-ecb-file.ts';

/** What a file of rates brought: of how many days, how many of them new, from when to when, and the currencies that were left out. */
export type RatesBrought = { days: number; added: number; from: string; to: string; unknown: string[]; waited: number };

/** Days in one write: all of them together are more than a small machine holds at once. */
const AT_ONCE = 500;

/** Keeps the rates of a file; what is on file of a day stays. Sales that wait for a rate are worked out again. Refuses `file-unreadable`. */
export async function bringRates(workspaceId: string, bytes: Uint8Array, { by, at }: { by: string; at: Date }): Promise<RatesBrought> {
  const { days, unknown } = readEcbFile(bytes);
  let added = 0;
  for (let from = 0; from < days.length; from += AT_ONCE) added += await keepRates(workspaceId, days.slice(from, from + AT_ONCE));
  const sorted = days.map(({ day }) => day).sort();
  const brought = {
    days: days.length,
    added,
    from: sorted[0] ?? '',
    to: sorted.at(-1) ?? '',
    unknown,
    waited: await endWait(workspaceId, at),
  };
  await recordAudit({ workspaceId, by, at, action: 'rates.bring', subject: 'rates:all', after: brought });
  return brought;
}

/** Works out again what waits for a rate. Returns how many sales did. */
async function endWait(workspaceId: string, at: Date): Promise<number> {
  const waited = (await countWaitingForRates(workspaceId)).reduce((sum, { sales }) => sum + sales, 0);
  await endWaitForRates(workspaceId, at);
  for (const saleId of await listUnratedSales(workspaceId)) await markSaleDue(workspaceId, saleId, at);
  return waited;
}

/** A rate that no bank's file has, as a person typed it; `from` says where it stands. */
export const TypedRate = z.object({
  day: z.iso.date('Choose a day'),
  currency: z
    .string('Give the currency')
    .trim()
    .toUpperCase()
    .refine((code) => isCurrency(code) && code !== 'EUR', 'Give a currency by its three letters, such as AED'),
  rate: z
    .string('Give the rate')
    .trim()
    .transform((typed) => typed.replace(',', '.'))
    .refine(isRate, 'Give a number such as 4.0479'),
  from: z.string('Say where it stands').trim().min(3, 'Say where it stands').max(200, 'Shorten it'),
});
export type TypedRate = z.infer<typeof TypedRate>;

/** Keeps a rate that somebody typed, and works out again what waits for it. Refuses `rate-to-come` for a day that is not here yet, `rate-published` for a currency
 *  that the bank's file on hand has, and `rate-known` when there is one of that day: it stays, because sums were converted by it. */
export async function typeRate(
  workspaceId: string,
  { day, currency, rate, from }: TypedRate,
  { by, at }: { by: string; at: Date },
): Promise<{ waited: number }> {
  if (day > (await dayIn(workspaceId, at))) throw new Refusal('rate-to-come');
  if (await isPublished(workspaceId, currency, day)) throw new Refusal('rate-published');
  const added = await keepRates(workspaceId, [{ day, perEuro: { [currency]: rate }, typed: { [currency]: { by, at, from } } }]);
  if (added === 0) throw new Refusal('rate-known');
  await recordAudit({ workspaceId, by, at, action: 'rates.type', subject: 'rates:all', after: { day, currency, rate, from } });
  return { waited: await endWait(workspaceId, at) };
}
