import { casual as german } from 'chrono-node/de';
import { casual as english } from 'chrono-node/en';
import { casual as spanish } from 'chrono-node/es';
import { casual as french } from 'chrono-node/fr';
import { casual as italian } from 'chrono-node/it';
import { casual as japanese } from 'chrono-node/ja';
import { casual as dutch } from 'chrono-node/nl';
import { casual as portuguese } from 'chrono-node/pt';
import { casual as russian } from 'chrono-node/ru';
import { casual as swedish } from 'chrono-node/sv';
import { casual as ukrainian } from 'chrono-node/uk';
import { casual as chinese } from 'chrono-node/zh';
import { addDays, addMonths, addYears, subDays, subYears } from 'date-fns';

/** When a text was written, and where: `country` is ISO 3166-1 and tells whether the day or the month comes first between slashes. */
export type Moment = { now: Date; country?: string | undefined };

/** Characters that are read: what somebody says of their absence stands at the top. */
const MOST_READ = 4000;
/** Nobody is away for longer. */
const MOST_YEARS = 2;
/** A day without a year this short a time ago is meant as past, not as the one of next year. */
const JUST_PAST_DAYS = 90;
const MONTH_FIRST = new Set(['US', 'PR', 'GU', 'VI', 'AS', 'MP']);

/** `24.12.`, `24.12`, `24.12.2026`, `24/12`; no decimal, no time of day. The library takes them for another order, or for none. */
const FIGURES =
  /(?<![\d./])(?:(\d{1,2})\.\s?(\d{1,2})\.(?:\s?(20\d\d|\d\d(?!\d)))?|(\d\d)\.(\d\d)|(\d{1,2})\/(\d{1,2})(?:\/(20\d\d|\d\d))?)(?![\d/]|\.\d|\s?(?:[%€:]|uhr|h|am|pm)(?!\p{L}))/giu;
/** The day behind it is the last of the absence. */
const LAST_DAY = /(?<!\p{L})(?:until|till?|through|thru|bis|jusqu\p{L}*|au|hasta|al|fino|tot|até|til|до)(?!\p{L})[^.!?\d]{0,25}$/iu;
const LIES_BEHIND = /(?<!\p{L})(?:since|seit|depuis|desde)(?!\p{L})[^.!?\d]{0,15}$/iu;
const IS_BACK =
  /(?<!\p{L})(?:back|return(?:s|ing)?|reopen\p{L}*|wieder|zurück|retour|reviens|regreso|vuelvo|vuelta|torno|rientro|terug|volto|tillbaka|tilbage|tilbake|вернусь|повернуся|戻\p{L}*|回\p{L}*)(?!\p{L})/iu;
/** Characters around a day, within its sentence, in which such words are looked for. */
const NEAR = 40;
const SENTENCE_END = /(?<=\p{L}[.!?]) /u;

const READERS = [english, german, french, spanish];
/** Asked where those understand nothing, and only for a day of a month: their short words are words of other languages. */
const OTHER_READERS = [italian, dutch, portuguese, swedish, russian, ukrainian, japanese, chinese];
type Read = ReturnType<typeof english.parse>[number];
type Found = { date: Date; isBack: boolean };

/** The day on which somebody is back, as a notice of absence says, at its begin in UTC; null when it names none after `now` and within two
 *  years. A day after “until” is the last one away. What stands beside “back” goes before other days; of several, the last counts. English,
 *  German, French and Spanish; of a few more languages a day of a month. */
export function dayBack(text: string, moment: Moment): Date | null {
  const { now } = moment;
  const { words, best } = readDays(text, moment);
  const ahead = best.flatMap((result) => foundIn(words, result, now)).filter(({ date }) => date > now && date <= addYears(now, MOST_YEARS));
  const back = ahead.filter(({ isBack }) => isBack);
  const [last] = (back.length > 0 ? back : ahead).toSorted((a, b) => b.date.getTime() - a.date.getTime());
  return last?.date ?? null;
}

/** The days of a month that a text names, at their begin in UTC, after `now` and within ten years; without a year the next such day. */
export function daysNamed(text: string, moment: Moment): Date[] {
  const { now } = moment;
  const { best } = readDays(text, moment);
  const days = best.filter(isDayOfMonth).map(({ start, end }) => {
    const last = end ?? start;
    return new Date(Date.UTC(last.get('year') ?? 0, (last.get('month') ?? 1) - 1, last.get('day') ?? 1));
  });
  return days.filter((day) => day > now && day <= addYears(now, 10));
}

function readDays(text: string, moment: Moment): { words: string; best: Read[] } {
  const words = inOneOrder(text.slice(0, MOST_READ).replace(/\s+/g, ' '), moment);
  const readBy = (reader: (typeof READERS)[number]) =>
    reader.parse(words, { instant: moment.now, timezone: 0 }, { forwardDate: true }).filter(isDay);
  const known = mostUnderstood(READERS.map(readBy));
  const best = known.length > 0 ? known : mostUnderstood(OTHER_READERS.map((reader) => readBy(reader).filter(isDayOfMonth)));
  return { words, best };
}

/** A few letters of one language are a day in another: whoever understands most is right. */
function mostUnderstood(readings: Read[][]): Read[] {
  const understood = (results: Read[]) => results.reduce((sum, { text }) => sum + text.length, 0);
  const [best = []] = readings.toSorted((a, b) => understood(b) - understood(a));
  return best;
}

function isDayOfMonth({ start }: Read): boolean {
  return start.isCertain('day') && start.isCertain('month');
}

/** A time of day alone is none, and nor is a year. */
function isDay({ start }: Read): boolean {
  return start.isCertain('day') || start.isCertain('month') || start.isCertain('weekday');
}

function foundIn(words: string, { index, text, start, end }: Read, now: Date): Found[] {
  const [before = ''] = words
    .slice(Math.max(0, index - NEAR), index)
    .split(SENTENCE_END)
    .slice(-1);
  const [after = ''] = words.slice(index + text.length, index + text.length + NEAR).split(SENTENCE_END);
  const last = end ?? start;
  const [year, month, day] = [last.get('year'), last.get('month'), last.get('day')];
  if (year === null || month === null || day === null || (!end && LIES_BEHIND.test(before))) return [];
  const named = new Date(Date.UTC(year, month - 1, day));
  // “Monday”, said on a Monday, is the next one.
  const date = named <= now && last.isCertain('weekday') && !last.isCertain('day') ? addDays(named, 7) : named;
  const isJustPast = !last.isCertain('year') && last.isCertain('day') && subYears(date, 1) >= subDays(now, JUST_PAST_DAYS);
  if (isJustPast && subYears(date, 1) < now) return [];
  const isLastAway = end || LAST_DAY.test(before);
  const isWholeMonth = last.isCertain('month') && !last.isCertain('day');
  const isBack = IS_BACK.test(before) || IS_BACK.test(after);
  return [{ date: isLastAway ? (isWholeMonth ? addMonths(date, 1) : addDays(date, 1)) : date, isBack }];
}

/** Days in figures as `2026-12-24`, which every reader understands; without a year the next such day. */
function inOneOrder(text: string, { now, country }: Moment): string {
  return text.replace(FIGURES, (whole, ...groups: (string | undefined)[]) => {
    const [a, b, year, c, d, first, second, slashed] = groups;
    const isSwapped = first !== undefined && (MONTH_FIRST.has(country ?? '') ? Number(first) <= 12 : Number(second) > 12);
    const day = Number(isSwapped ? second : (a ?? c ?? first));
    const month = Number(isSwapped ? first : (b ?? d ?? second));
    if (whole === '24/7') return '';
    if (month < 1 || month > 12 || day < 1 || day > 31) return whole;
    const said = year ?? slashed;
    const soon = new Date(Date.UTC(now.getUTCFullYear(), month - 1, day));
    const inYear = said
      ? Number(said.length === 2 ? `20${said}` : said)
      : soon.getUTCFullYear() + (soon < subDays(now, JUST_PAST_DAYS) ? 1 : 0);
    return `${inYear}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  });
}
