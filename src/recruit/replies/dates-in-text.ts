import { addYears } from 'date-fns';
import { WEEKDAY } from './calendar-words.ts';
import { type Found, utc } from './found-day.ts';
import { daysOfMonth, namedDays, tomorrows, weekdays } from './named-days.ts';
import { plainWords } from './plain-words.ts';
import { spansOfTime } from './spans-of-time.ts';
import { spellDays } from './spell-days.ts';

/** When a text was written, and where: `country` is ISO 3166-1 and tells whether the day or the month comes first. */
export type Moment = { now: Date; country?: string | undefined };

/** Nobody puts off for longer. */
const MOST_YEARS = 2;
/** Where a sentence goes on to another thing; the comma after a weekday does not. */
const BREAK = new RegExp(` (?:(?<! (?:${WEEKDAY}) ),|but|and|aber|und|mais|et|pero|y)(?= )`, 'gu');
/** Says when they are there again. Who gets back to us is not back. */
const RETURN =
  / (?:(?<! (?:get|getting|come|coming) )back|will return|return on|return to|returning|returns|reopen|reopens|reopening|wieder|zuruck|retour|reviens|revient|reviendrai|regreso|vuelvo|volvere|vuelta)(?= )/u;
/** Says when we may write again. */
const ASK =
  / (?:again|back|ask|contact|reach|check|try|ping|remind|revisit|follow|write|call|talk|speak|touch|circle|meldet|melde|melden|kommen|kontaktieren|schreiben|sprechen|recontact[^ ]*|rappele[^ ]*|revenez|repren[^ ]*|contacte[^ ]*|escriba[^ ]*|vuelva[^ ]*|vuelve|hablemos|llame[^ ]*)(?= )/u;

/** The day a sentence names to come back on, at its begin in UTC; null when it names none after `now` and within two years. English, German,
 *  French and Spanish. A day in the clause that speaks of coming back goes before others; of several, `later` takes the first that is named
 *  and `back` the last, as an absence is told from day to day. A day after “until” or “after” is the day that follows. */
export function dateInText(sentence: string, { now, country }: Moment, mode: 'later' | 'back'): Date | null {
  const words = plainWords(spellDays(sentence.slice(0, 2000), country, mode));
  const today = utc(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate());
  const isMeant = meantIn(words, mode);
  const all: Found[] = [
    ...namedDays(words, today),
    ...weekdays(words, today, isMeant),
    ...daysOfMonth(words, today),
    ...tomorrows(words, today),
    ...spansOfTime(words, today),
  ];
  const ahead = all.filter(({ date }) => date > now && date <= addYears(now, MOST_YEARS));
  const meant = ahead.filter(({ at }) => isMeant(at));
  const [first] = (meant.length > 0 ? meant : ahead).toSorted((a, b) =>
    mode === 'later' ? a.at - b.at : b.date.getTime() - a.date.getTime(),
  );
  return first?.date ?? null;
}

/** Whether what stands at a place of the words is in a clause that speaks of coming back. */
function meantIn(words: string, mode: 'later' | 'back'): (at: number) => boolean {
  const breaks = [...words.matchAll(BREAK)].map(({ index }) => index);
  return (at) => {
    const begin = breaks.findLast((index) => index <= at) ?? 0;
    const end = breaks.find((index) => index > at) ?? words.length;
    const clause = `${words.slice(begin, end)} `;
    return RETURN.test(clause) || (mode === 'later' && ASK.test(clause));
  };
}
