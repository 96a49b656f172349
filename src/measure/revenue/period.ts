/** Days as `2026-03-31`, where the workspace is: `to` is the first day that no longer belongs to it. */
export type Span = { from: string; to: string; name: string };

/** A period, and the one before it that it is compared with. */
export type Period = Span & { before: Span };

/** `today`: the day where the workspace is. `fiscalYearStart`: the month in which its year begins, 1–12. */
export type Calendar = { today: string; fiscalYearStart: number };

/** A period in plain words, in small letters: `last quarter`, `this month`, `2026`, `2026-q3`, `q3 2026`, `2026-03`, `march 2026`, `fiscal year`, `fiscal year
 *  2026`, `year to date`, `last 12 months`, `2026-01-15 to 2026-03`. Quarters and years in words are those of the year of accounts, named after the calendar
 *  year in which it begins; a bare `2026` is the calendar's. A period that is not over ends today, and is compared with as many days of the one
 *  before. Null for other words. */
export function readPeriod(words: string, calendar: Calendar): Period | null {
  const typed = words.trim().replace(/\s+/g, ' ');
  const unit = readUnit(typed, calendar);
  if (unit) return runningTo(unit, calendar.today);
  return readRolling(typed, calendar) ?? readRange(typed, calendar);
}

/** A day, a week, a month, a quarter or a year, and where the next one begins. */
type Unit = { name: string; start: string; end: string; previous: () => Unit };

const MONTHS = Array.from({ length: 12 }, (_, month) =>
  new Intl.DateTimeFormat('en', { month: 'long', timeZone: 'UTC' }).format(new Date(Date.UTC(2026, month, 1))),
);

function dayOf(year: number, month: number, day = 1): string {
  return new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10);
}

function partsOf(day: string): [year: number, month: number, date: number] {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return [year, month - 1, date];
}

/** So many days after, or before where it is below zero. */
export function shiftDay(day: string, days: number): string {
  const [year, month, date] = partsOf(day);
  return dayOf(year, month, date + days);
}

export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

function monthUnit(year: number, month: number): Unit {
  const start = dayOf(year, month);
  const [y, m] = partsOf(start);
  return { name: `${MONTHS[m]} ${y}`, start, end: dayOf(y, m + 1), previous: () => monthUnit(y, m - 1) };
}

/** `month`: in which the year of accounts begins, from 0. A quarter beyond the fourth is of the next year. */
function quarterUnit(year: number, quarter: number, month: number): Unit {
  const at = year * 4 + quarter;
  const [of, nth] = [Math.floor(at / 4), ((at % 4) + 4) % 4];
  const [start, end] = [dayOf(of, month + nth * 3), dayOf(of, month + nth * 3 + 3)];
  const name = month === 0 ? `Q${nth + 1} ${of}` : `Q${nth + 1} of ${yearName(of)} (${shortSpan(start, end)})`;
  return { name, start, end, previous: () => quarterUnit(of, nth - 1, month) };
}

function yearUnit(year: number, month: number): Unit {
  const [start, end] = [dayOf(year, month), dayOf(year + 1, month)];
  const name = month === 0 ? `${year}` : `fiscal year ${yearName(year)} (${shortSpan(start, end)})`;
  return { name, start, end, previous: () => yearUnit(year - 1, month) };
}

const yearName = (year: number) => `${year}/${String((year + 1) % 100).padStart(2, '0')}`;

function shortSpan(start: string, end: string): string {
  const said = (day: string) => {
    const [year, month] = partsOf(day);
    return `${MONTHS[month]?.slice(0, 3)} ${year}`;
  };
  return `${said(start)} – ${said(shiftDay(end, -1))}`;
}

function dayUnit(day: string): Unit {
  return { name: day, start: day, end: shiftDay(day, 1), previous: () => dayUnit(shiftDay(day, -1)) };
}

/** From Monday. */
function weekUnit(day: string): Unit {
  const start = shiftDay(day, -((new Date(day).getUTCDay() + 6) % 7));
  return { name: `the week of ${start}`, start, end: shiftDay(start, 7), previous: () => weekUnit(shiftDay(start, -7)) };
}

const MONTH = `(${MONTHS.map((name) => `${name.slice(0, 3)}(?:${name.slice(3)})?`).join('|')})`.toLowerCase();
/** Each is matched as a whole. */
const PATTERNS = {
  running: /^(?:(this|current|last|previous|past) )?(day|week|month|quarter|year|fiscal year|financial year)(?: to date)?$/,
  toDate: /^(?:(m|q|y)td)$/,
  day: /^(\d{4}-\d\d-\d\d)$/,
  month: /^(\d{4})-(\d\d)$/,
  named: new RegExp(`^${MONTH}(?: (\\d{4}))?$`),
  quarter: /^(?:(\d{4})[- ]?q([1-4])|q([1-4])(?:[- ]?(\d{4}))?)$/,
  year: /^(\d{4})$/,
  fiscal: /^(?:fiscal year|financial year|fy) ?(\d{4})(?:\/(?:\d\d|\d{4}))?$/,
};

function readUnit(typed: string, { today, fiscalYearStart }: Calendar): Unit | null {
  const month = fiscalYearStart - 1;
  const [nowYear, nowMonth] = partsOf(today);
  const fiscal = nowMonth >= month ? nowYear : nowYear - 1;
  const nowQuarter = quarterUnit(fiscal, Math.floor(((((nowMonth - month) % 12) + 12) % 12) / 3), month);
  if (typed === 'today') return dayUnit(today);
  if (typed === 'yesterday') return dayUnit(today).previous();
  const running = PATTERNS.running.exec(typed);
  const short = PATTERNS.toDate.exec(typed)?.[1];
  if (running || short) {
    const what = running?.[2] ?? { m: 'month', q: 'quarter', y: 'year' }[short ?? ''] ?? '';
    const current = { day: dayUnit(today), week: weekUnit(today), month: monthUnit(nowYear, nowMonth), quarter: nowQuarter }[what];
    const unit = current ?? yearUnit(fiscal, month);
    return ['last', 'previous', 'past'].includes(running?.[1] ?? '') ? unit.previous() : unit;
  }
  const [, day] = PATTERNS.day.exec(typed) ?? [];
  if (day) return isDay(day) ? dayUnit(day) : null;
  const [, year, number] = PATTERNS.month.exec(typed) ?? [];
  if (year && number) return isDay(`${typed}-01`) ? monthUnit(Number(year), Number(number) - 1) : null;
  const [, name, ofYear] = PATTERNS.named.exec(typed) ?? [];
  if (name) {
    const at = MONTHS.findIndex((one) => one.toLowerCase().startsWith(name.slice(0, 3)));
    return monthUnit(ofYear ? Number(ofYear) : at <= nowMonth ? nowYear : nowYear - 1, at);
  }
  const quarter = PATTERNS.quarter.exec(ordinal(typed));
  if (quarter) {
    const nth = Number(quarter[2] ?? quarter[3]) - 1;
    const of = quarter[1] ?? quarter[4];
    const unit = quarterUnit(of ? Number(of) : fiscal, nth, month);
    return !of && unit.start > today ? quarterUnit(fiscal - 1, nth, month) : unit;
  }
  const [, plain] = PATTERNS.year.exec(typed) ?? [];
  if (plain) return yearUnit(Number(plain), 0);
  const [, named] = PATTERNS.fiscal.exec(typed) ?? [];
  return named ? yearUnit(Number(named), month) : null;
}

function isDay(day: string): boolean {
  const at = new Date(day);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day);
}

/** A unit that is not over ends today. */
function runningTo(unit: Unit, today: string): Period {
  const { name, start: from, end } = unit;
  const previous = unit.previous();
  const whole = { from: previous.start, to: previous.end, name: previous.name };
  if (today < from || shiftDay(today, 1) >= end) return { from, to: end, name, before: whole };
  const to = shiftDay(today, 1);
  const days = Math.min(daysBetween(from, to), daysBetween(previous.start, previous.end));
  const before = { from: previous.start, to: shiftDay(previous.start, days), name: `the same days of ${previous.name}` };
  return { from, to, name: `${name} so far`, before };
}

/** More is a typing error. */
const MOST = { day: 3660, week: 520, month: 120, quarter: 40, year: 10 } as const;

/** `last 12 months`: up to today, from the same day so long ago. */
function readRolling(typed: string, { today }: Calendar): Period | null {
  const [, number, unit] = /^(?:last|previous|past) (\d{1,4}) (day|week|month|quarter|year)s?$/.exec(typed) ?? [];
  const count = Number(number);
  if (!(unit === 'day' || unit === 'week' || unit === 'month' || unit === 'quarter' || unit === 'year')) return null;
  if (count < 1 || count > MOST[unit]) return null;
  const to = shiftDay(today, 1);
  const back = (from: string) => {
    if (unit === 'day' || unit === 'week') return shiftDay(from, -count * (unit === 'day' ? 1 : 7));
    const months = count * { month: 1, quarter: 3, year: 12 }[unit];
    const [year, month, date] = partsOf(from);
    // The 31st of a month that has none is its last day.
    const [, , last] = partsOf(dayOf(year, month - months + 1, 0));
    return dayOf(year, month - months, Math.min(date, last));
  };
  const from = back(to);
  const name = `the last ${count} ${unit}s`;
  return { from, to, name, before: { from: back(from), to: from, name: `the ${count} ${unit}s before` } };
}

/** `A to B`, both with their days; compared with as many days before. */
function readRange(typed: string, calendar: Calendar): Period | null {
  const [first = '', last = '', ...more] = typed.replace(/^from /, '').split(/ (?:to|until|till|through|-|–) |\.\.\.?/);
  const [begin, end] = [first, last].map((words) => readUnit(words.trim(), calendar));
  if (more.length > 0 || !begin || !end || begin.start >= end.end) return null;
  const [from, to] = [begin.start, end.end];
  const before = { from: shiftDay(from, -daysBetween(from, to)), to: from, name: `the ${daysBetween(from, to)} days before` };
  return { from, to, name: `${from} to ${shiftDay(to, -1)}`, before };
}

const ORDINALS = ['first', 'second', 'third', 'fourth'];

/** `first quarter of 2026` as `q1 2026`. */
function ordinal(typed: string): string {
  const [, nth = '', of = ''] = /^(first|second|third|fourth|1st|2nd|3rd|4th) quarter(?: of)?(?: (\d{4}))?$/.exec(typed) ?? [];
  const place = ORDINALS.indexOf(nth) + 1 || Number(nth[0]);
  return nth ? `q${place}${of && ` ${of}`}` : typed;
}
