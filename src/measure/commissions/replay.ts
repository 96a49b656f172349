import type { DealRole } from '../../manage/deals/deal.ts';
import type { Steps } from '../../platform/slices.ts';
import { type Given, type Line, type Part, type Sold, type Standing, standingOf } from './commission-line.ts';
import { commissionsOn } from './commission-on.ts';
import { type Plan, periodOf, planFor, type Whom } from './plan.ts';
import { type Happened, inOrder } from './standing.ts';
import { takenBackBy } from './take-back.ts';
import { raised, raiseSource, raisesBy } from './tier-period.ts';

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
export function* replay(history: History): Steps<{ lines: Standing[]; waiting: number }> {
  const books = createBooks(history.fiscalYearStart);
  let waiting = 0;
  for (const one of inOrder(history.happened)) {
    yield;
    if (one.kind === 'back') {
      for (const { line, minor, working } of takenBackBy(one, books.ofSaleWith(one.of), () => false)) {
        line.keptMinor += minor;
        line.keptBaseMinor += working.baseMinor;
      }
    } else if (!earn(one.sold, books, history)) waiting++;
  }
  return { lines: books.all(), waiting };
}

/** False where a rate is missing. */
function earn(sold: Sold, books: Books, { partsOf, versions, rateOf, totalCapBp, fiscalYearStart }: History): boolean {
  const had = partsOf(sold.saleId);
  const planned = unearned(sold, { parts: had, ofSale: books.ofSale(sold.saleId), versions });
  const rules = { totalCapBp, fiscalYearStart, rateOf: (from: string, to: string) => rateOf(from, to, sold.day) };
  const work = () => {
    const parts = planned.map(({ id, role, plan }): Part => ({ partnerId: id, role, plan, before: books.before(id, sold) }));
    return commissionsOn(sold, parts, { ...rules, others: [], order: had.map(({ id, role }) => `${id}:${role}`) });
  };
  const { lines, waitsFor } = work();
  if (waitsFor) return false;
  const raises = lines.flatMap((line) => raisesBy(sold, line, books.before(line.partnerId, sold), rules));
  for (const raise of raises) {
    const { saleId, sold: source } = raise.line;
    const line = raised(raise, sold.day, { ofSale: books.ofSale(saleId), before: books.before(raise.partnerId, sold) }, rules);
    books.add({ source, saleId, day: sold.day }, line, raiseSource(raise));
  }
  // Caps have less left after a raise.
  for (const line of raises.length > 0 ? work().lines : lines) books.add(sold, line, `${sold.source}:${line.partnerId}:${line.role}`);
  return true;
}

type Books = ReturnType<typeof createBooks>;

/** Commissions in the order in which they were earned, by sale and by the year of each partner. */
function createBooks(fiscalYearStart: number) {
  const bySale = new Map<string, Standing[]>();
  const byYear = new Map<string, Standing[]>();
  const saleOf = new Map<string, string>();
  const yearOf = (partnerId: string, day: string) => `${partnerId}:${periodOf(day, 'year', fiscalYearStart).from}`;
  const put = (lines: Map<string, Standing[]>, key: string, line: Standing) => {
    const known = lines.get(key);
    if (known) known.push(line);
    else lines.set(key, [line]);
  };
  const ofSale = (saleId: string): readonly Standing[] => bySale.get(saleId) ?? [];
  return {
    add(sold: Pick<Sold, 'source' | 'saleId' | 'day'>, line: Line, source: string): void {
      const standing = standingOf(sold, line, source);
      saleOf.set(sold.source, sold.saleId);
      put(bySale, sold.saleId, standing);
      put(byYear, yearOf(line.partnerId, sold.day), standing);
    },
    ofSale,
    ofSaleWith: (sold: string) => ofSale(saleOf.get(sold) ?? ''),
    /** What a partner has earned in the year of a revenue, and of its sale before. */
    before(partnerId: string, { saleId, day }: Sold): readonly Standing[] {
      const year = yearOf(partnerId, day);
      const ofYear = byYear.get(year) ?? [];
      const earlier = ofSale(saleId).filter((line) => line.partnerId === partnerId && yearOf(partnerId, line.day) !== year);
      return earlier.length === 0 ? ofYear : [...ofYear, ...earlier];
    },
    all: () => [...bySale.values()].flat(),
  };
}
