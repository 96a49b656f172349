/** Figures are kept of each day and each month. */
export type Grain = 'day' | 'month';

/** Figures of one kind of a span of time: of days (`2026-03-31`) or months (`2026-03`), from `from` up to the one before `to`; to be added, or to be
 *  taken off again. */
export type Stretch = { grain: Grain; from: string; to: string; sign: 1 | -1 };
type Days = { from: string; to: string };

/** As few figures as come to a span of days: whole months; of a month that lies in it in part, either the days that do, or the whole month
 *  less the days that do not. */
export function stretchesOf({ from, to }: Days): Stretch[] {
  const joined: Stretch[] = [];
  for (const next of monthsOf({ from, to }).flatMap(ofMonth)) {
    const last = joined.at(-1);
    if (last?.to === next.from && last.grain === next.grain && last.sign === next.sign) last.to = next.to;
    else joined.push(next);
  }
  return joined;
}

/** The part of each month that lies in the span. */
function monthsOf({ from, to }: Days): Days[] {
  const found: Days[] = [];
  for (let day = from; day < to; day = `${monthAfter(day)}-01`) {
    const end = `${monthAfter(day)}-01`;
    found.push({ from: day, to: end < to ? end : to });
  }
  return found;
}

function ofMonth({ from, to }: Days): Stretch[] {
  const [month, next] = [from.slice(0, 7), monthAfter(from)];
  const [begin, end] = [`${month}-01`, `${next}-01`];
  const around = [
    { from: begin, to: from },
    { from: to, to: end },
  ].filter((days) => days.from < days.to);
  const left = around.reduce((sum, days) => sum + daysIn(days), 0);
  if (left >= daysIn({ from, to })) return [{ grain: 'day', from, to, sign: 1 }];
  return [{ grain: 'month', from: month, to: next, sign: 1 }, ...around.map((days): Stretch => ({ grain: 'day', ...days, sign: -1 }))];
}

const daysIn = ({ from, to }: Days) => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

function monthAfter(day: string): string {
  const [year = 0, month = 1] = day.split('-').map(Number);
  return month === 12 ? `${year + 1}-01` : `${year}-${String(month + 1).padStart(2, '0')}`;
}
