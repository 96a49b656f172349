import { MONTH, monthName, PAST_DAY, PAST_START, SKIPPED, WEEKDAY } from './calendar-words.ts';
import { plainWords } from './plain-words.ts';

/** Where the month stands first between slashes. */
const MONTH_FIRST = new Set(['US', 'PR', 'GU', 'VI', 'AS', 'MP']);

const ISO = /\b(20\d\d)-(\d{1,2})-(\d{1,2})(?!\d)/g;
const WITH_YEAR = /(?<![\d./])(\d{1,2})(?:\.\s?(\d{1,2})\.(?:\s(?=20\d\d))?|([/-])(\d{1,2})\3)(20\d\d|(?<!-)\d\d)(?!\d)/g;
/** `24.12.`, `24.12`, `12/24`; no decimal, no time of day. */
const WITHOUT_YEAR =
  /(?<![\d./])(\d{1,2})(?:\.\s?(\d{1,2})\.|\.(\d\d)|\/(\d{1,2}))(?![\d/]|\.\d|\s*[%€]|\s*(?:uhr|h|am|pm|eur|mio|million)\b)/g;
const NAMED = `(?:[a-z]{2,10}[.,]?\\s+)?(?:\\d{1,2}(?!\\d)|(?:${MONTH})\\b)`;
const DASH = new RegExp(`(?<=\\d\\.?|\\b(?:${MONTH})\\.?)\\s*[-–—]\\s*(?=${NAMED})`, 'g');
const BETWEEN = new RegExp(
  `\\b(?:between|zwischen|entre)\\s(.{3,40}?)\\s(?:and|und|et|y)\\s(?=(?:(?:the|dem|den|le|el)\\s)?${NAMED})`,
  'g',
);

/** Words after which two numbers are a day, and no share or version. */
const BEFORE_DAY = new RegExp(
  ` (?:on|from|to|before|between|starting|back|vom|von|am|ab|zum|dem|den|vor|zwischen|le|du|au|des|entre|el|al|del|desde|${PAST_START}|${PAST_DAY}|${WEEKDAY}|mon|tue|wed|thu|fri|sat|sun)(?: (?:${SKIPPED}))*$`,
  'u',
);

/** The text in plain letters, with its numeric days in words, `24.12.` as `24 december`, and the dash between two days as “until”: then one
 *  reading serves every way to write them. Between slashes the order is that of the country, unless one number can be no month. `back`: what
 *  lies between two days is a span. */
export function spellDays(text: string, country: string | undefined, mode: 'later' | 'back'): string {
  const isMonthFirst = MONTH_FIRST.has(country ?? '');
  const plain = text
    .replace(/(\d)\s?(st|nd|rd|th|er|º|ª)\b/gi, '$1')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase();
  return (mode === 'back' ? plain.replace(BETWEEN, 'from $1 until ') : plain)
    .replace(ISO, (all, year, month, day) => spelled(day, month, year) ?? all)
    .replace(WITH_YEAR, (all, first, dotted, _mark, other, year) => {
      const [day, month] = inOrder(first, dotted ?? other, isMonthFirst && !dotted);
      return spelled(day, month, year.length === 2 ? `20${year}` : year) ?? all;
    })
    .replace(WITHOUT_YEAR, (all, first, dotted, open, slashed, at: number, whole: string) => {
      if (!isDay(whole.slice(0, at), whole.slice(at + all.length), all)) return all;
      const [day, month] = dotted || open ? [first, dotted ?? open] : inOrder(first, slashed, isMonthFirst);
      return spelled(day, month, '') ?? all;
    })
    .replace(DASH, ' until ');
}

function inOrder(first: string, second: string, isMonthFirst: boolean): [day: string, month: string] {
  const swapped = isMonthFirst ? Number(first) <= 12 : Number(second) > 12;
  return swapped ? [second, first] : [first, second];
}

function spelled(day: string, month: string, year: string): string | null {
  const name = monthName(Number(month));
  return name ? ` ${Number(day)} ${name} ${year} ` : null;
}

/** Whether two numbers without a year are a day: a word says so, or they begin or end a span of two such. */
function isDay(before: string, after: string, itself: string): boolean {
  if (itself === '24/7') return false;
  if (/\d\.?\s*[-–—]\s*$/.test(before) || /^\s*(?:[-–—]|\b(?:to|through|until|till|bis|au|al)\b)\s*\d{1,2}[./]\d/.test(after)) return true;
  return BEFORE_DAY.test(plainWords(before.slice(-60)).trimEnd());
}
