const DAY_MS = 86_400_000;

type Part = Intl.DateTimeFormatOptions;

const FORMATS: Record<string, Part> = {
  date: { day: 'numeric', month: 'long', year: 'numeric' },
  date_short: { day: 'numeric', month: 'short', year: 'numeric' },
  date_long: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  time: { hour: '2-digit', minute: '2-digit' },
  time_secs: { hour: '2-digit', minute: '2-digit', second: '2-digit' },
};

/** A moment in the reader's own time zone, in Slack's format with `{date_short}`, `{time}` and so on.
 *  Source: Slack, "Formatting text for app surfaces", date formatting. */
export function formatMoment(at: Date, format: string, now: Date): string {
  return format.replace(/\{(\w+)\}/g, (token, name: string) => part(at, name, now) ?? token);
}

function part(at: Date, name: string, now: Date): string | null {
  if (name === 'date_num') return `${at.getFullYear()}-${twoDigits(at.getMonth() + 1)}-${twoDigits(at.getDate())}`;
  if (name === 'ago') return ago(at, now);
  const pretty = /^(date|date_short|date_long)_pretty$/.exec(name)?.[1];
  const day = pretty ? prettyDay(at, now) : null;
  if (day) return day;
  const format = pretty ?? name;
  const options = Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined;
  return options ? at.toLocaleString('en-GB', options) : null;
}

/** today, yesterday, tomorrow, or null. */
export function prettyDay(at: Date, now: Date): string | null {
  const days = Math.round((midnight(at) - midnight(now)) / DAY_MS);
  return { '-1': 'yesterday', '0': 'today', '1': 'tomorrow' }[String(days)] ?? null;
}

const midnight = (at: Date): number => new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();
const twoDigits = (n: number): string => String(n).padStart(2, '0');

function ago(at: Date, now: Date): string {
  const minutes = Math.round((at.getTime() - now.getTime()) / 60_000);
  const words = new Intl.RelativeTimeFormat('en-GB', { numeric: 'auto' });
  if (Math.abs(minutes) < 60) return words.format(minutes, 'minute');
  if (Math.abs(minutes) < 60 * 24) return words.format(Math.round(minutes / 60), 'hour');
  return words.format(Math.round(minutes / 60 / 24), 'day');
}
