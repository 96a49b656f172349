import { addDays, addMonths, addYears, subDays } from 'date-fns';
import {
  EARLY,
  LATE,
  MID,
  MONTH,
  monthOf,
  NEXT,
  NUMBER,
  numberOf,
  PAST_DAY,
  UNIT,
  type Unit,
  unitOf,
  WEEKDAY,
  weekdayOf,
} from './calendar-words.ts';
import { plainWords } from './plain-words.ts';

/** Nobody puts off for longer. */
const MOST_YEARS = 2;
/** A day without a year this short a time ago is meant as past, not as the one of next year. */
const JUST_PAST_DAYS = 90;

type Found = { at: number; date: Date };

/** The day a sentence names to come back on, at its begin in UTC; null when it names none after `now` and within two years. English, German,
 *  French and Spanish. `later`: the first that is named; `back`: the last, as an absence is told from day to day. A day after “until” or
 *  “after” is the day that follows. */
export function dateInText(sentence: string, now: Date, mode: 'later' | 'back'): Date | null {
  const text = sentence.slice(0, 2000);
  const words = plainWords(text.replace(/(\d)\s?(st|nd|rd|th|er|º)\b/gi, '$1'));
  const today = dayOf(now);
  const all = [
    ...numericDays(text),
    ...namedDays(words, today),
    ...monthParts(words, today),
    ...quarters(words, today),
    ...spans(words, today),
    ...seasons(words, today),
  ];
  const ahead = all.filter(({ date }) => date > now && date <= addYears(now, MOST_YEARS));
  const [first] = ahead.toSorted((a, b) => (mode === 'later' ? a.at - b.at : b.date.getTime() - a.date.getTime()));
  return first?.date ?? null;
}

/** `2027-01-15`, `15.01.2027`, `15/1/27`; where a day cannot be a month, it is the day. */
function numericDays(text: string): Found[] {
  const iso = [...text.matchAll(/\b(20\d\d)-(\d{1,2})-(\d{1,2})\b/g)].flatMap((match) =>
    found(match, Number(match[1]), Number(match[2]), Number(match[3]), text),
  );
  const dotted = [...text.matchAll(/(?<![\d.])(\d{1,2})([./])(\d{1,2})\2(20\d\d|\d\d)(?!\d)/g)].flatMap((match) => {
    const [, first, , second, year] = match.map(Number);
    const full = (year ?? 0) < 100 ? 2000 + (year ?? 0) : (year ?? 0);
    const isMonthFirst = (second ?? 0) > 12;
    return found(match, full, (isMonthFirst ? first : second) ?? 0, (isMonthFirst ? second : first) ?? 0, text);
  });
  return [...iso, ...dotted];
}

/** `15 January`, `January 15, 2027`, `am 5. Dezember`, `el 5 de diciembre de 2026`; weekdays; tomorrow. */
function namedDays(words: string, today: Date): Found[] {
  const dayFirst = new RegExp(` (\\d{1,2}) (?:of |de )?(${MONTH})(?: ,)?(?: (?:de )?(20\\d\\d))?(?= )`, 'gu');
  const monthFirst = new RegExp(` (${MONTH}) (\\d{1,2})(?: ,)?(?: (20\\d\\d))?(?= )`, 'gu');
  const days = [
    ...[...words.matchAll(dayFirst)].map((match) => ({ match, day: match[1], month: match[2], year: match[3] })),
    ...[...words.matchAll(monthFirst)].map((match) => ({ match, day: match[2], month: match[1], year: match[3] })),
  ].flatMap(({ match, day, month, year }) => {
    const index = monthOf(month ?? '');
    const inYear = year ? Number(year) : yearOf(index, Number(day), today);
    return inYear === null ? [] : found(match, inYear, index + 1, Number(day), words);
  });
  const weekdays = [
    ...words.matchAll(new RegExp(` (?:on|next|until|after|am|bis|nach|nachsten|ab|le|lundi|el|hasta el|proximo) (${WEEKDAY})(?= )`, 'gu')),
  ].map((match) => {
    const ahead = (weekdayOf(match[1] ?? '') + 1 - today.getUTCDay() + 7) % 7 || 7;
    return { at: match.index, date: addDays(today, ahead) };
  });
  const tomorrow = [...words.matchAll(/ (?:tomorrow|demain)(?= )/gu)].map((match) => ({ at: match.index, date: addDays(today, 1) }));
  return [...days, ...weekdays, ...tomorrow];
}

/** `in January`, `Anfang März`, `fin mars 2027`, `not before April`. */
function monthParts(words: string, today: Date): Found[] {
  const finder = new RegExp(
    ` (in|im|en|by|from|ab|since|to|before|vor|avant|antes de|a partir de|${PAST_DAY}|${EARLY}|${MID}|${LATE}) (${MONTH})(?: (?:de )?(20\\d\\d))?(?= )(?! \\d)`,
    'gu',
  );
  return [...words.matchAll(finder)].flatMap((match) => {
    const [, how = '', month = '', year] = match;
    const index = monthOf(month);
    const isAfter = isOneOf(PAST_DAY, how);
    const day = isOneOf(MID, how) ? 15 : isOneOf(LATE, how) ? 25 : 1;
    const inYear = year ? Number(year) : today.getUTCFullYear() + (index < today.getUTCMonth() ? 1 : 0);
    return [{ at: match.index, date: utc(inYear, index + (isAfter ? 1 : 0), day) }];
  });
}

/** `Q2`, `Q1 2027`, `the second quarter`. */
function quarters(words: string, today: Date): Found[] {
  return [
    ...words.matchAll(
      / (?:q([1-4])|([1-4]|first|second|third|fourth|ersten|zweiten|dritten|vierten|premier|deuxieme|troisieme|quatrieme|primer|segundo|tercer|cuarto) (?:quarter|quartal|trimestre))(?: (?:of |de )?(20\d\d))?(?= )/gu,
    ),
  ].map((match) => {
    const named = match[1] ?? match[2] ?? '';
    const ordinals = [
      'first|ersten|premier|primer',
      'second|zweiten|deuxieme|segundo',
      'third|dritten|troisieme|tercer',
      'fourth|vierten|quatrieme|cuarto',
    ];
    const quarter = /\d/.test(named) ? Number(named) - 1 : ordinals.findIndex((names) => isOneOf(names, named));
    const soon = utc(today.getUTCFullYear(), 3 * quarter, 1);
    return { at: match.index, date: match[3] ? utc(Number(match[3]), 3 * quarter, 1) : soon > today ? soon : addYears(soon, 1) };
  });
}

/** `in two weeks`, `in 3 Monaten`, `dans un mois`, `next quarter`, `la semaine prochaine`. */
function spans(words: string, today: Date): Found[] {
  const ahead = [
    ...words.matchAll(
      new RegExp(
        ` (?:in|dans|en|dentro de|after|nach|within) (?:about |etwa |ca |environ |unos |the next |the )?(${NUMBER}) (${UNIT})(?= )`,
        'gu',
      ),
    ),
  ];
  const next = [...words.matchAll(new RegExp(` (?:${NEXT}) (${UNIT})(?= )`, 'gu'))];
  const nextAfter = [...words.matchAll(new RegExp(` (${UNIT}) (?:prochaine?|que viene|proximo|proxima)(?= )`, 'gu'))];
  return [
    ...ahead.flatMap((match) => move(match, today, numberOf(match[1] ?? ''), unitOf(match[2] ?? ''))),
    ...[...next, ...nextAfter].flatMap((match) => {
      const unit = unitOf(match[1] ?? '');
      return unit ? [{ at: match.index, date: beginOfNext(unit, today) }] : [];
    }),
  ];
}

function seasons(words: string, today: Date): Found[] {
  const year = today.getUTCFullYear();
  const newYear = [
    ...words.matchAll(
      / (?:in the new year|new year|im neuen jahr|a la rentree de janvier|after the holidays|after christmas|nach weihnachten|nach den feiertagen|apres les fetes|apres noel|despues de navidad|despues de las fiestas)(?= )/gu,
    ),
  ];
  const summer = [
    ...words.matchAll(
      / (?:after the summer|after summer|nach dem sommer|nach der sommerpause|nach den sommerferien|apres l ete|a la rentree|despues del verano)(?= )/gu,
    ),
  ];
  const autumn = utc(year, 8, 1);
  return [
    ...newYear.map((match) => ({ at: match.index, date: utc(year + 1, 0, 7) })),
    ...summer.map((match) => ({ at: match.index, date: autumn > today ? autumn : addYears(autumn, 1) })),
  ];
}

function move(match: RegExpExecArray, today: Date, count: number, unit: Unit | null): Found[] {
  if (!unit || count < 1) return [];
  const date = {
    days: addDays(today, count),
    weeks: addDays(today, 7 * count),
    months: addMonths(today, count),
    quarters: addMonths(today, 3 * count),
    years: addYears(today, count),
  }[unit];
  return [{ at: match.index, date }];
}

function beginOfNext(unit: Unit, today: Date): Date {
  const [year, month] = [today.getUTCFullYear(), today.getUTCMonth()];
  if (unit === 'days') return addDays(today, 1);
  if (unit === 'weeks') return addDays(today, (8 - today.getUTCDay()) % 7 || 7);
  if (unit === 'months') return utc(year, month + 1, 1);
  return unit === 'quarters' ? utc(year, 3 * Math.floor(month / 3) + 3, 1) : utc(year + 1, 0, 7);
}

/** A real day of the calendar; the one after it where the words before say so. */
function found(match: RegExpExecArray, year: number, month: number, day: number, text: string): Found[] {
  const date = utc(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return [];
  const before = plainWords(text.slice(Math.max(0, match.index - 40), match.index));
  const isAfter = new RegExp(` (?:${PAST_DAY}|to|zum)(?: (?:the|den|dem|le|el|${WEEKDAY}|,))*$`, 'u').test(before.trimEnd());
  return [{ at: match.index, date: isAfter ? addDays(date, 1) : date }];
}

/** Of a day and month without a year; null when it has just gone by. */
function yearOf(month: number, day: number, today: Date): number | null {
  const thisYear = utc(today.getUTCFullYear(), month, day);
  if (thisYear >= today) return today.getUTCFullYear();
  return thisYear >= subDays(today, JUST_PAST_DAYS) ? null : today.getUTCFullYear() + 1;
}

function isOneOf(names: string, word: string): boolean {
  return names.split('|').includes(word);
}

function dayOf(moment: Date): Date {
  return utc(moment.getUTCFullYear(), moment.getUTCMonth(), moment.getUTCDate());
}

/** `month` from 0, and beyond 11 into the next year. */
function utc(year: number, month: number, day: number): Date {
  return new Date(Date.UTC(year, month, day));
}
