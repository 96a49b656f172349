import { recordAudit } from '../../programme/audit/audit-repository.ts';
import { listUnratedSales } from '../ledger/ledger-repository.ts';
import { countWaitingForRates, endWaitForRates, markSaleDue } from '../sales/sale-repository.ts';
import { keepRates } from './rate-repository.ts';
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
  const waited = (await countWaitingForRates(workspaceId)).reduce((sum, { sales }) => sum + sales, 0);
  await endWaitForRates(workspaceId, at);
  for (const saleId of await listUnratedSales(workspaceId)) await markSaleDue(workspaceId, saleId, at);
  const brought = { days: days.length, added, from: sorted[0] ?? '', to: sorted.at(-1) ?? '', unknown, waited };
  await recordAudit({ workspaceId, by, at, action: 'rates.bring', subject: 'rates:all', after: brought });
  return brought;
}
