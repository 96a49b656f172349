import type { DealRole } from '../../manage/deals/deal.ts';
import { commissionsOn, type Given, type Part, type Sold, type Standing, standingOf, takenBack } from './commission-on.ts';
import { type Plan, periodOf, planFor, type Whom } from './plan.ts';
import { type Happened, inOrder } from './standing.ts';

/** A partner's part in a sale, by the record that it has now. */
export type Has = { id: string; whom: Whom; role: DealRole };

/** The parts that earn of this revenue and have no line of it that stands, each with its plan: that of the first commission that the partner has of this sale;
 *  before that, of the day of the sale's first revenue, else of this one's. */
export function unearned(
  sold: Sold,
  { parts, ofSale, versions }: { parts: readonly Has[]; ofSale: readonly Standing[]; versions: readonly Plan[] },
): (Has & { plan: Plan })[] {
  const has = ({ id, role }: Has) =>
    ofSale.some((line) => line.sold === sold.source && line.partnerId === id && line.working.role === role && !line.isRemoved);
  return parts.flatMap((part) => {
    if (has(part)) return [];
    const [first] = ofSale.filter((line) => line.partnerId === part.id).sort((a, b) => a.day.localeCompare(b.day));
    const known = first && versions.find((one) => one.planId === first.working.planId && one.version === first.working.planVersion);
    const plan = known ?? planFor(versions, part.whom, sold.firstDay) ?? planFor(versions, part.whom, sold.day);
    return plan ? [{ ...part, plan }] : [];
  });
}

export type History = {
  /** Of all sales. */
  happened: readonly Happened[];
  partsOf: (saleId: string) => readonly Has[];
  versions: readonly Plan[];
  rateOf: (from: string, to: string, day: string) => { rate: string; rateDay: string } | null;
} & Pick<Given, 'totalCapBp' | 'fiscalYearStart'>;

/** What would have been earned, had each thing been worked out when it happened; in the same way as it is worked out. Reads and writes nothing. `waiting`:
 *  revenue without a rate. */
export function replay({ happened, partsOf, versions, rateOf, totalCapBp, fiscalYearStart }: History): {
  lines: Standing[];
  waiting: number;
} {
  const bySale = new Map<string, Standing[]>();
  const byYear = new Map<string, Standing[]>();
  const kept = (lines: Map<string, Standing[]>, key: string) => lines.get(key) ?? lines.set(key, []).get(key) ?? [];
  const bySold = new Map<string, Standing[]>();
  let waiting = 0;
  for (const one of inOrder(happened)) {
    if (one.kind === 'back') {
      for (const line of bySold.get(one.of) ?? []) take(line, one.minor);
      continue;
    }
    const { sold } = one;
    const ofSale = kept(bySale, sold.saleId);
    const { from: year } = periodOf(sold.day, 'year', fiscalYearStart);
    const parts = unearned(sold, { parts: partsOf(sold.saleId), ofSale, versions }).map(
      ({ id, role, plan }): Part => ({
        partnerId: id,
        role,
        plan,
        before: [...kept(byYear, `${id}:${year}`), ...ofSale.filter((line) => line.partnerId === id && !isIn(line, year, fiscalYearStart))],
      }),
    );
    const given = { totalCapBp, fiscalYearStart, others: [], rateOf: (from: string, to: string) => rateOf(from, to, sold.day) };
    const { lines, waitsFor } = commissionsOn(sold, parts, given);
    if (waitsFor) waiting++;
    for (const line of lines) {
      const standing = standingOf(sold, line, `${sold.source}:${line.partnerId}:${line.role}`);
      for (const list of [ofSale, kept(byYear, `${line.partnerId}:${year}`), kept(bySold, sold.source)]) list.push(standing);
    }
  }
  return { lines: [...bySale.values()].flat(), waiting };
}

function isIn({ day }: Standing, year: string, fiscalYearStart: number): boolean {
  return periodOf(day, 'year', fiscalYearStart).from === year;
}

function take(line: Standing, refundMinor: number): void {
  const { minor, working } = takenBack(line, refundMinor);
  line.keptMinor += minor;
  line.keptBaseMinor += working.baseMinor;
}
