import { eachMonthOfInterval, format, parseISO, subDays, subMonths } from 'date-fns';
import { listPartnerBriefs, type PartnerBrief } from '../../onboard/partners/partner-repository.ts';
import { localDay } from '../../programme/setup/digest-clock.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import { ofPartner, ofProduct } from '../attribution/contributions.ts';
import { getMeasureRules } from '../measure-rules/measure-rules-repository.ts';
import { isAnyDue } from '../sales/sale-repository.ts';
import type { By, RevenueAsk } from './ask.ts';
import { addSums, measureKey, type Sums, UNRATED } from './measures.ts';
import type { Calendar, Span } from './period.ts';
import type { RevenueReport, RevenueRow } from './report-lines.ts';
import { type Dimension, isRollupDue, sumRollups } from './rollup-repository.ts';
import { stretchesOf } from './stretches.ts';

const MOST_BEHIND = 3;

/** Today where the workspace is, and when its year of accounts begins. */
export async function calendarOf(workspaceId: string, at: Date): Promise<Calendar> {
  const [{ digest }, { fiscalYearStart }] = await Promise.all([getProgramme(workspaceId), getMeasureRules(workspaceId)]);
  return { today: localDay(at, digest?.timeZone ?? 'UTC'), fiscalYearStart };
}

/** What partners brought in, read from the figures that are kept of each day and month. */
export async function revenueReport(workspaceId: string, ask: RevenueAsk): Promise<RevenueReport> {
  const key = measureKey(ask.measure);
  const read = (span: Pick<Span, 'from' | 'to'>, dimension: Dimension, by: 'of' | 'at') =>
    sumRollups(workspaceId, stretchesOf(span), { dimension, stage: ask.stage, keys: [...new Set([key, 'all', UNRATED])], by });
  const { period } = ask;
  const monthBefore = { from: format(subMonths(parseISO(period.from), 1), 'yyyy-MM-01'), to: `${period.from.slice(0, 7)}-01` };
  const [{ currency }, days, daysBefore, lastMonth, partners, partnersBefore, products, productsBefore, salesDue, rollupsDue] =
    await Promise.all([
      getMeasureRules(workspaceId),
      read(period, 'all', 'at'),
      read(period.before, 'all', 'at'),
      ask.by === 'month' ? read(monthBefore, 'all', 'at') : [],
      read(period, 'partner', 'of'),
      read(period.before, 'partner', 'of'),
      ask.by === 'product' ? read(period, 'product', 'of') : [],
      ask.by === 'product' ? read(period.before, 'product', 'of') : [],
      isAnyDue(workspaceId, 'creditDue'),
      isRollupDue(workspaceId),
    ]);
  const [all, allBefore] = [addSums(days.map(({ sums }) => sums)), addSums(daysBefore.map(({ sums }) => sums))];
  const byPartner = rowsOf(partners, partnersBefore, key);
  const behind = byPartner.filter(({ now, before }) => now !== before).sort((a, b) => changeOf(b) - changeOf(a) || byName(a, b));
  const rows =
    ask.by === 'month'
      ? monthRows(days, lastMonth, { key, ...period })
      : ask.by === 'product'
        ? rowsOf(products, productsBefore, key).map((row) => ({ ...row, key: row.key.slice(ofProduct('').length) }))
        : byPartner.map((row) => ({ ...row, key: row.key.slice(ofPartner('').length) }));
  const most = behind.slice(0, MOST_BEHIND).map((row) => ({ ...row, key: row.key.slice(ofPartner('').length) }));
  const named = await nameRows(workspaceId, ask.by, rows, most);
  return {
    ask,
    currency,
    ...{ total: all[key] ?? 0, totalBefore: allBefore[key] ?? 0, everything: all.all ?? 0, unrated: all[UNRATED] ?? 0 },
    ...named,
    isBehind: salesDue || rollupsDue,
  };
}

type Found = readonly { key: string; sums: Sums }[];
const changeOf = ({ now, before }: Pick<RevenueRow, 'now' | 'before'>) => Math.abs(now - before);
const byName = (a: { key: string }, b: { key: string }) => (a.key < b.key ? -1 : 1);
const bySize = (a: RevenueRow, b: RevenueRow) => b.now - a.now || b.before - a.before || byName(a, b);

function rowsOf(now: Found, before: Found, key: string): RevenueRow[] {
  const earlier = new Map(before.map((one) => [one.key, one.sums[key] ?? 0]));
  const later = new Map(now.map((one) => [one.key, one.sums[key] ?? 0]));
  return [...new Set([...later.keys(), ...earlier.keys()])]
    .map((of) => ({ key: of, name: of, now: later.get(of) ?? 0, before: earlier.get(of) ?? 0 }))
    .filter((row) => row.now !== 0 || row.before !== 0)
    .sort(bySize);
}

/** Each compared with the month before it, the first with the one before the report; a month with nothing in either is left out. */
function monthRows(found: Found, lastMonth: Found, { key, from, to }: { key: string } & Pick<Span, 'from' | 'to'>): RevenueRow[] {
  const sums = new Map<string, number>();
  for (const { key: at, sums: one } of found) sums.set(at.slice(0, 7), (sums.get(at.slice(0, 7)) ?? 0) + (one[key] ?? 0));
  const first = lastMonth.reduce((sum, one) => sum + (one.sums[key] ?? 0), 0);
  const months = eachMonthOfInterval({ start: parseISO(from), end: subDays(parseISO(to), 1) }).map((month) => format(month, 'yyyy-MM'));
  const nowOf = (month: string | undefined) => (month === undefined ? first : (sums.get(month) ?? 0));
  return months
    .map((month, place) => ({ key: month, name: month, now: nowOf(month), before: nowOf(months[place - 1]) }))
    .filter(({ now, before }) => now !== 0 || before !== 0);
}

/** With the names of partners, or added up by their first type or their tier. Empty names: what is on file no longer, or has none. */
async function nameRows(
  workspaceId: string,
  by: By,
  rows: RevenueRow[],
  behind: RevenueRow[],
): Promise<Pick<RevenueReport, 'rows' | 'behind'>> {
  const isOfPartners = by === 'partner' || by === 'type' || by === 'tier';
  const ids = [...new Set([...(isOfPartners ? rows : []), ...behind].map(({ key }) => key))];
  const partners = new Map((await listPartnerBriefs(workspaceId, ids)).map((partner) => [partner.id, partner]));
  const name = (row: RevenueRow) => ({ ...row, name: partners.get(row.key)?.name ?? '' });
  if (by === 'partner') return { rows: rows.map(name), behind: behind.map(name) };
  if (!isOfPartners) return { rows, behind: behind.map(name) };
  const groupOf = (partner: PartnerBrief | undefined) => (by === 'type' ? partner?.types[0] : partner?.tier) ?? '';
  const groups = new Map<string, RevenueRow>();
  for (const { key, now, before } of rows) {
    const group = groupOf(partners.get(key));
    const sum = groups.get(group) ?? { key: group, name: group, now: 0, before: 0 };
    groups.set(group, { ...sum, now: sum.now + now, before: sum.before + before });
  }
  return { rows: [...groups.values()].sort(bySize), behind: behind.map(name) };
}
