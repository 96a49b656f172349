import { cleanText, isOrder } from '../../programme/companies/clean-text.ts';
import { sentencesIn } from '../replies/classify-reply.ts';
import { addressesIn } from './addresses.ts';
import { monthsIn, weekdaysIn } from './calendar.ts';
import { asRead, bareWords, withoutPictures } from './plain-words.ts';
import { isQuoteOf, LONGEST_QUOTE } from './quotable.ts';
import { type AnswerKind, LANGUAGES } from './writing.ts';

/** How replies are understood in which a question is taken up: whoever says no or is away asks nothing of us, and who points elsewhere asks there. */
const ASKS: readonly AnswerKind[] = ['interested', 'later', 'other'];
/** A sentence of theirs that is looked at; a question further down is for whoever reads the mail. */
const MOST_SENTENCES = 40;

/** What a reply asks and which time it proposes, each a whole question of theirs as it can be quoted; null where there is none. The last of
 *  several counts: first come the courtesies. What puts us off until a day is no question. */
export function askedIn(text: string, kind: AnswerKind): { question: string | null; time: string | null } {
  if (!ASKS.includes(kind)) return { question: null, time: null };
  const questions = sentencesIn(text)
    .slice(0, MOST_SENTENCES)
    .filter((sentence) => /[?？]$/.test(sentence))
    .flatMap((sentence) => quotable(sentence, text))
    .map((sentence) => ({ sentence, names: dayOrTimeIn(sentence) }))
    .filter(({ names }) => kind !== 'later' || names === null);
  return {
    question: questions.findLast(({ names }) => names !== 'time')?.sentence ?? null,
    time: questions.findLast(({ names }) => names === 'time')?.sentence ?? null,
  };
}

/** `10:30`, `10h`, `10 h 30`, `10 Uhr`, `3pm`. */
const CLOCK = /(?<!\d)(?:[01]?\d|2[0-3])(?::[0-5]\d|\s?(?:h|Uhr|[ap]\.?m\.?)(?!\p{L}))/iu;
const HOUR = /(?<![\d.,])(?:1?\d|2[0-4])(?![\d%.,]\d|\s?%)/;

/** Whether a question names a day of the week with an hour or a time by the clock, or only a month or a day; in the languages of letters. */
function dayOrTimeIn(question: string): 'time' | 'day' | null {
  const words = new Set(bareWords(question).split(' '));
  const isNamed = (names: readonly string[]) => names.some((name) => words.has(bareWords(name)));
  const isWeekday = LANGUAGES.some((language) => isNamed(weekdaysIn(language)));
  if (CLOCK.test(question) || (isWeekday && HOUR.test(question))) return 'time';
  return isWeekday || LANGUAGES.some((language) => isNamed(monthsIn(language))) ? 'day' : null;
}

/** As it stands between our quotation marks; nothing for what is too long, leads elsewhere or gives orders. */
function quotable(sentence: string, text: string): string[] {
  const plain = cleanText(withoutPictures(asRead(sentence))).replace(/["“”„«»]/g, '’');
  const isPlain = plain.length <= LONGEST_QUOTE && /\p{L}{3}/u.test(plain) && addressesIn(plain).length === 0 && !isOrder(plain);
  return isPlain && isQuoteOf(plain, [text]) ? [plain] : [];
}
