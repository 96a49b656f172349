import { addDays, addMonths, addYears } from 'date-fns';
import { EARLY, LATE, MID, MONTH, monthOf, NEXT, NUMBER, numberOf, PAST_DAY, UNIT, type Unit, unitOf } from './calendar-words.ts';
import { type Found, isDayAfter, isOneOf, utc } from './found-day.ts';

const ABOUT = '(?:about |etwa |ca |environ |unos |the next |the )?';
const IN = 'in|dans|en|dentro de|after|nach|within';
const SPAN = new RegExp(` (?:${IN}) ${ABOUT}(?:(?:${NUMBER}) (?:until|to|or|bis|oder|a|ou|o) )?(${NUMBER}) (${UNIT})(?= )`, 'gu');
const HALF_YEAR = new RegExp(` (?:${IN}) ${ABOUT}(?:half a year|a half year|einem halben jahr|un semestre|medio ano)(?= )`, 'gu');
/** French “an” and Spanish “mes” are other words elsewhere. */
const END = new RegExp(
  ` (?:${LATE}|rest of|the rest of|rest|reste de|resto de|resto)(?: (?:the|this|des|der|dieses|dieser|du|de|d|l|la|el|del|cette|este|esta))* ((?:${NEXT}) )?(?!an |(?<!(?:del|este) )mes )(${UNIT})(?= )`,
  'gu',
);
const END_IN_ONE = / (?:(jahresende|year end|years end|eoy)|(monatsende)|(quartalsende))(?= )/gu;

/** Parts of the calendar and spans of time: months, quarters, “in two weeks”, “the end of the year”, “after the holidays”. */
export function spansOfTime(words: string, today: Date): Found[] {
  return [
    ...monthParts(words, today),
    ...yearParts(words, today),
    ...quarters(words, today),
    ...spans(words, today),
    ...ends(words, today),
    ...seasons(words, today),
  ];
}

/** `in January`, `Anfang März`, `fin mars 2027`, `not before April`. */
function monthParts(words: string, today: Date): Found[] {
  const finder = new RegExp(
    ` (in|im|en|by|from|ab|to|before|vor|avant|antes de|a partir de|${PAST_DAY}|${EARLY}|${MID}|${LATE}) (${MONTH})(?: (?:de )?(20\\d\\d))?(?= )(?! \\d)`,
    'gu',
  );
  return [...words.matchAll(finder)].flatMap((match) => {
    const [, how = '', month = '', year] = match;
    const index = monthOf(month);
    const isAfter = isOneOf(PAST_DAY, how) || (isOneOf(LATE, how) && isDayAfter(words, match.index));
    const day = isAfter ? 1 : isOneOf(MID, how) ? 15 : isOneOf(LATE, how) ? 25 : 1;
    const inYear = year ? Number(year) : today.getUTCFullYear() + (index < today.getUTCMonth() ? 1 : 0);
    return [{ at: match.index, date: utc(inYear, index + (isAfter ? 1 : 0), day) }];
  });
}

/** `in early 2027`, `Mitte 2027`, `until the end of 2027`; a year alone begins when people are back at work. */
function yearParts(words: string, today: Date): Found[] {
  const finder = new RegExp(` (in|en|by|from|ab|im jahr|en el ano|${EARLY}|${MID}|${LATE}) (20\\d\\d)(?= )`, 'gu');
  return [...words.matchAll(finder)].map(({ index: at, 1: how = '', 2: year }) => {
    const [begin, end] = [Number(year), Number(year) + 1];
    if (isOneOf(MID, how)) return { at, date: utc(begin, 6, 1) };
    if (!isOneOf(LATE, how)) return { at, date: utc(begin, 0, 7) };
    const late = utc(begin, 11, 1);
    return { at, date: isDayAfter(words, at) || late <= today ? utc(end, 0, 1) : late };
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

/** `in two weeks`, `in 2-3 Monaten`, `dans un mois`, `in half a year`, `next quarter`, `la semaine prochaine`. */
function spans(words: string, today: Date): Found[] {
  const next = [...words.matchAll(new RegExp(` (?:${NEXT}) (${UNIT})(?= )`, 'gu'))];
  const nextAfter = [...words.matchAll(new RegExp(` (${UNIT}) (?:prochaine?|que viene|proximo|proxima)(?= )`, 'gu'))];
  return [
    ...[...words.matchAll(SPAN)].flatMap((match) => move(match, today, numberOf(match[1] ?? ''), unitOf(match[2] ?? ''))),
    ...[...words.matchAll(HALF_YEAR)].flatMap((match) => move(match, today, 6, 'months')),
    ...[...next, ...nextAfter].flatMap((match) => {
      const unit = unitOf(match[1] ?? '');
      return unit ? [{ at: match.index, date: beginOfNext(unit, today) }] : [];
    }),
  ];
}

/** `until the end of the year`, `Ende des Monats`, `fin d’année`: the day after it. */
function ends(words: string, today: Date): Found[] {
  const named = [...words.matchAll(END)].flatMap((match) => {
    const unit = unitOf(match[2] ?? '');
    return unit ? [{ at: match.index, date: dayAfterEnd(unit, match[1] ? dayAfterEnd(unit, today) : today) }] : [];
  });
  const inOne = [...words.matchAll(END_IN_ONE)].map((match) => ({
    at: match.index,
    date: dayAfterEnd(match[1] ? 'years' : match[2] ? 'months' : 'quarters', today),
  }));
  return [...named, ...inOne];
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

function dayAfterEnd(unit: Unit, today: Date): Date {
  return unit === 'years' ? utc(today.getUTCFullYear() + 1, 0, 1) : beginOfNext(unit, today);
}
