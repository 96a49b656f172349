import { addDays, subDays } from 'date-fns';
import { MONTH, monthOf, NEXT, PAST_DAY, WEEKDAY, weekdayOf } from './calendar-words.ts';
import { type Found, isBehind, isDayAfter, utc } from './found-day.ts';

/** A day without a year this short a time ago is meant as past, not as the one of next year. */
const JUST_PAST_DAYS = 90;

const DAY = new RegExp(` (?:(\\d{1,2}) (?:of |de )?(${MONTH})|(${MONTH}) (\\d{1,2}))(?: ,)?(?: (?:de |del )?(20\\d\\d))?(?= )`, 'gu');
/** The last day of a span within one month: `December 21 until 23`. */
const LAST_OF_SPAN = new RegExp(`^ (?:until|to|through) (\\d{1,2}) (?!${MONTH}|of |de )`, 'u');

const BEFORE_WEEKDAY = new RegExp(
  ` (?:on|this|coming|by|from|to|before|am|ab|vor|zum|den|le|des|el|a partir de|desde|${NEXT}|${PAST_DAY})(?: (?:the|dem|den|le|el|${NEXT}))*$`,
  'u',
);
const BEFORE_OTHER_WEEKDAY = / (?:every|each|last|past|since|jeden|letzten|seit|chaque|cada|depuis|desde el pasado)$/u;
const AFTER_WEEKDAY = /^ (?:prochaine?|que viene|proximo|next)(?= )/u;
/** A date follows, which says it better; a day without a month says it better, too. */
const DATE_AFTER = new RegExp(`^(?: (?:the|der|den|dem|le|el|dia|,))* (?:\\d{1,2} (?:of |de )?(?:${MONTH}) |(?:${MONTH}) \\d{1,2} )`, 'u');
const NUMBER_AFTER = /^(?: (?:the|den|dem|le|el|,))* (\d{1,2})(?= )(?! (?:am|pm|uhr|h|heures|oclock|,))/u;

const DAY_OF_MONTH = /( (?:on|until|till|through|from|after|by) the) (\d{1,2})(?= (?:$|(?:,|and|but|i|we) ))/gu;

/** “Morgen” is a greeting as well, and a time of day. */
const TOMORROW = new RegExp(
  ` (?:tomorrow|demain)(?= )|(?<! (?:la|esta|cada)) manana(?= )|^ morgen(?= (?:wieder|bin|sind|ist|werde|werden|kann|konnen|erst|zuruck) )|(?<!^| (?:guten?|goede|heute|gestern|jeden|am|der|den|${WEEKDAY})) morgen(?= )`,
  'gu',
);
const AFTER_TOMORROW = / (?:the )?(?:day after tomorrow|ubermorgen|apres demain|pasado manana)(?= )/gu;

/** `15 January`, `January 15, 2027`, `am 5. Dezember`, `el 5 de diciembre de 2026`. */
export function namedDays(words: string, today: Date): Found[] {
  return [...words.matchAll(DAY)].flatMap((match) => {
    const { index: at } = match;
    if (isBehind(words, at)) return [];
    const month = monthOf(match[2] ?? match[3] ?? '');
    const last = match[4] && !match[5] ? LAST_OF_SPAN.exec(words.slice(at + match[0].length))?.[1] : undefined;
    const day = Number(last ?? match[1] ?? match[4]);
    const year = match[5] ? Number(match[5]) : yearOf(month, day, today);
    if (year === null || !isReal(year, month, day)) return [];
    const date = utc(year, month, day);
    return [{ at, date: last || isDayAfter(words, at) ? addDays(date, 1) : date }];
  });
}

/** `on Monday`, `am kommenden Montag`, `lundi prochain`; alone where `isMeant` says that its clause speaks of a day to come. */
export function weekdays(words: string, today: Date, isMeant: (at: number) => boolean): Found[] {
  return [...words.matchAll(new RegExp(` (${WEEKDAY})(?= )`, 'gu'))].flatMap((match) => {
    const { index: at } = match;
    const before = words.slice(Math.max(0, at - 60), at);
    const after = words.slice(at + match[0].length);
    if (BEFORE_OTHER_WEEKDAY.test(before) || DATE_AFTER.test(after) || /^ (?:dernier|pasado)(?= )/u.test(after)) return [];
    if (!BEFORE_WEEKDAY.test(before) && !AFTER_WEEKDAY.test(after) && !isMeant(at)) return [];
    const dayOfMonth = NUMBER_AFTER.exec(after)?.[1];
    const weekday = (weekdayOf(match[1] ?? '') + 1) % 7;
    const date = dayOfMonth
      ? nextDayOfMonth(Number(dayOfMonth), today, weekday)
      : addDays(today, (weekday - today.getUTCDay() + 7) % 7 || 7);
    return date ? [{ at, date: isDayAfter(words, at) ? addDays(date, 1) : date }] : [];
  });
}

/** `back on the 7th`, where the clause ends with it: other numbers count something. */
export function daysOfMonth(words: string, today: Date): Found[] {
  return [...words.matchAll(DAY_OF_MONTH)].flatMap((match) => {
    const at = match.index + (match[1]?.length ?? 0);
    const date = nextDayOfMonth(Number(match[2]), today);
    return date ? [{ at, date: isDayAfter(words, at) ? addDays(date, 1) : date }] : [];
  });
}

/** `tomorrow`, `morgen`, but no `guten Morgen`; `übermorgen`. */
export function tomorrows(words: string, today: Date): Found[] {
  const inTwo = [...words.matchAll(AFTER_TOMORROW)].map((match) => ({ match, days: 2 }));
  const isIn = (at: number) => inTwo.some(({ match }) => at >= match.index && at < match.index + match[0].length);
  const inOne = [...words.matchAll(TOMORROW)].filter(({ index }) => !isIn(index)).map((match) => ({ match, days: 1 }));
  return [...inOne, ...inTwo].map(({ match, days }) => ({
    at: match.index,
    date: addDays(today, days + (isDayAfter(words, match.index) ? 1 : 0)),
  }));
}

function isReal(year: number, month: number, day: number): boolean {
  const date = utc(year, month, day);
  return date.getUTCMonth() === month && date.getUTCDate() === day;
}

/** Within a few months, on that weekday where there is one; null for a day that no month has. */
function nextDayOfMonth(day: number, today: Date, weekday?: number): Date | null {
  const [year, month] = [today.getUTCFullYear(), today.getUTCMonth()];
  const ahead = [0, 1, 2, 3].map((more) => utc(year, month + more, day)).filter((date) => date > today && date.getUTCDate() === day);
  return ahead.find((date) => date.getUTCDay() === weekday) ?? ahead[0] ?? null;
}

/** Of a day and month without a year; null when it has just gone by. */
function yearOf(month: number, day: number, today: Date): number | null {
  const thisYear = utc(today.getUTCFullYear(), month, day);
  if (thisYear >= today) return today.getUTCFullYear();
  return thisYear >= subDays(today, JUST_PAST_DAYS) ? null : today.getUTCFullYear() + 1;
}
