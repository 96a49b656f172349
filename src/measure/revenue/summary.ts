import { TZDate } from '@date-fns/tz';
import { getISODay } from 'date-fns';
import { localDay } from '../../programme/setup/digest-clock.ts';
import type { DigestSettings } from '../../programme/setup/programme.ts';
import type { MeasureRules } from '../measure-rules/measure-rules.ts';
import { getMeasureRules } from '../measure-rules/measure-rules-repository.ts';
import { listPayouts } from '../payouts/payout-repository.ts';
import { countWaitingForRates, idsToDecide, listSalesOf } from '../sales/sale-repository.ts';
import { readRevenueAsk } from './ask.ts';
import { type Period, readPeriod, shiftDay } from './period.ts';
import { calendarOf, revenueReport } from './report.ts';
import type { RevenueReport } from './report-lines.ts';

/** A period that is over and of which the team is told; `key` is the same for whoever works it out, and `words` name its days however late they are read. */
type SummaryDue = { kind: 'week' | 'quarter'; key: string; words: string; period: Period };

/** Days from the first working day on in which what was missed is made up for. */
const CATCH_UP_DAYS = 2;

/** What is due: from the hour of the digest on the first working day of a week or of a quarter. Pure. */
export function dueSummaries(
  digest: DigestSettings,
  { fiscalYearStart, weeklySummary, quarterlySummary }: Pick<MeasureRules, 'fiscalYearStart' | 'weeklySummary' | 'quarterlySummary'>,
  at: Date,
): SummaryDue[] {
  const today = localDay(at, digest.timeZone);
  const isHour = new TZDate(at, digest.timeZone).getHours() >= digest.hour;
  return (['week', 'quarter'] as const).flatMap((kind) => {
    const isOn = kind === 'week' ? weeklySummary : quarterlySummary;
    const period = readPeriod(`last ${kind}`, { today, fiscalYearStart });
    if (!isOn || !period || !isHour) return [];
    const first = firstWorkingDay(period.to, digest.weekdays);
    if (today < first || today > shiftDay(first, CATCH_UP_DAYS)) return [];
    return [{ kind, key: `summary:${kind}:${period.from}`, words: `${period.from} to ${shiftDay(period.to, -1)}`, period }];
  });
}

function firstWorkingDay(from: string, weekdays: readonly number[]): string {
  const days = Array.from({ length: 7 }, (_, place) => shiftDay(from, place));
  return days.find((day) => weekdays.includes(getISODay(new Date(`${day}T12:00:00`)))) ?? from;
}

export type Summary = {
  due: SummaryDue;
  report: RevenueReport;
  /** What waits for a person: payouts to approve and to pay, sales whose commissions wait for a rate, and customers of links that somebody is to look at. */
  waits: { approve: number; pay: number; rates: number; flagged: number };
};

/** Payouts that are looked through. */
const MOST_PAYOUTS = 100;

/** What is told of a period; null where there never was a sale: an empty programme is left in peace. */
export async function readSummary(workspaceId: string, due: SummaryDue, at: Date): Promise<Summary | null> {
  const { ask } = readRevenueAsk(due.words, await calendarOf(workspaceId, at));
  // Named as people name it, and compared with the one before of its kind.
  const [report, sales, payouts, rates, flagged] = await Promise.all([
    revenueReport(workspaceId, { ...ask, period: due.period }),
    listSalesOf(workspaceId, '', 1),
    listPayouts(workspaceId, MOST_PAYOUTS),
    countWaitingForRates(workspaceId),
    idsToDecide(workspaceId),
  ]);
  if (sales.length === 0) return null;
  const of = (status: 'draft' | 'approved') => payouts.filter((payout) => payout.status === status).length;
  const unrated = rates.reduce((sum, one) => sum + one.sales, 0);
  return { due, report, waits: { approve: of('draft'), pay: of('approved'), rates: unrated, flagged: flagged.size } };
}

/** What is due in a workspace by its own rules. */
export async function summariesOf(workspaceId: string, digest: DigestSettings, at: Date): Promise<SummaryDue[]> {
  return dueSummaries(digest, await getMeasureRules(workspaceId), at);
}
