import { amountText } from '../../platform/money.ts';
import { csvLine } from '../../recruit/records/export-outreach.ts';
import type { RevenueReport } from './report-lines.ts';

/** All lines of a report as CSV; sums in whole units of the currency. */
export function revenueCsv({ ask, currency, rows }: RevenueReport): string {
  const { by, period, measure, stage } = ask;
  const amount = (minor: number) => amountText({ minor, currency });
  const of = [period.from, period.to, stage, measure.kind, measure.model ?? '', currency];
  const lines = rows.map(({ key, name, now, before }) => csvLine([key, name, amount(now), amount(before), ...of]));
  return [csvLine([by, 'name', 'amount', 'amountBefore', 'from', 'toBefore', 'stage', 'part', 'model', 'currency']), ...lines].join('');
}
