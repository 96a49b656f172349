import { sentencesOf } from '../../platform/sentences.ts';
import { cleanText, shortenText, withoutInstructions } from '../../programme/companies/clean-text.ts';
import { addressesIn } from './addresses.ts';
import { asRead, bareWords, withoutPictures } from './plain-words.ts';

/** Characters of a quote: a line and a half. */
export const LONGEST_QUOTE = 140;
/** Characters of a first sentence that leads to the next. */
const LONGEST_STUB = 25;
/** Fewer say nothing. */
const SHORTEST_QUOTE = 8;

/** A piece of a stored text that can stand in a letter, and how well, the higher the better. */
export type Quotable = { quote: string; merit: number };

/** What of a company's text can be quoted, in its order: whole sentences, on one line, without orders to a reader, addresses, pictures and
 *  marks. A long one is cut at a pause, and the cut is marked. */
export function quotables(text: string, names: readonly string[]): Quotable[] {
  return wholeSentences(cleanText(withoutPictures(asRead(withoutInstructions(text)))))
    .map((sentence) => trimmed(withoutHeading(sentence, names)))
    .filter((sentence) => sentence.length >= SHORTEST_QUOTE && /\p{L}{3}/u.test(sentence) && addressesIn(sentence).length === 0)
    .map((sentence, index) => ({ quote: cutQuote(sentence), merit: meritOf(sentence, names) - Math.min(index, 8) }))
    .filter(({ quote }) => withoutInstructions(quote) === quote && isQuoteOf(quote, [text]));
}

/** At most a line and a half, cut between clauses or words where there are any. */
export function cutQuote(text: string, max = LONGEST_QUOTE): string {
  if (text.length <= max) return text;
  const kept = shortenText(text, max - 2).text;
  const pause = Math.max(kept.lastIndexOf(', '), kept.lastIndexOf('; '), kept.lastIndexOf(' – '), kept.lastIndexOf(' - '));
  const space = kept.lastIndexOf(' ');
  const at = pause > max * 0.6 ? pause : space > max / 2 ? space : kept.length;
  return `${withoutLooseEnd(kept.slice(0, at))} …`;
}

/** A cut leaves no comma and no word that only leads to another. */
function withoutLooseEnd(text: string): string {
  return (
    text.replace(
      /(?:[\s,;:–-]+(?:and|or|by|of|for|to|with|that|which|the|an?|in|on|from|at|as|both|less|more|without|your|their|its))*[\s,;:–-]*$/i,
      '',
    ) || text
  );
}

/** Marks of a list that was put on one line. */
const BULLET = / [•·|] | (?=[-–—*] \p{Lu})/gu;

/** Whole sentences; “A mobile app. It pays salaries on demand.” says something only as a whole. */
function wholeSentences(text: string): string[] {
  const sentences = sentencesOf(text.replace(BULLET, '\n'));
  const [stub = '', next, ...rest] = sentences;
  const both = `${stub} ${next}`;
  return next && stub.length <= LONGEST_STUB && both.length <= LONGEST_QUOTE ? [both, ...rest] : sentences;
}

/** A heading that ran into its first sentence: “About Acme We build”, “Acme Acme is”. */
function withoutHeading(sentence: string, names: readonly string[]): string {
  const name = names.find((known) => known.length > 1 && sentence.replace(/^About /, '').startsWith(`${known} `));
  if (!name) return sentence;
  const rest = sentence.replace(/^About /, '').slice(name.length + 1);
  return sentence.startsWith('About ') || rest.startsWith(`${name} `) ? rest : sentence;
}

/** Without end marks and without quotation marks of its own: it gets ours. */
function trimmed(sentence: string): string {
  const plain = sentence
    .replace(/^(?:[\s\-–—*•·|:;,]|\.(?!\p{Lu}))+/u, '')
    .replace(/["“”„«»]/g, '’')
    .replace(/(?<!\p{L})’([^’]*)’(?!\p{L})/gu, '‘$1’');
  return /[.…]{2,}$|…$/.test(plain) ? `${withoutLooseEnd(plain.replace(/[\s.…]+$/, ''))} …` : plain.replace(/[\s.!:;,]+$/, '');
}

const SAYS_WHAT =
  /\b(?:is|are|provides?|helps?|builds?|offers?|makes?|enables?|lets|gives?|develops?|delivers?|connects?|automates?|runs?|specializ\w+|specialis\w+)\b/i;
const OF_PEOPLE =
  /\b(?:founders?|(?:co-?)?founded|Y Combinator|YC|backed by|raised|investors?|alum\w*|PhD|previously|worked at|grew up|our team|born from|mission|vision|values|passion\w*|goal|believe)\b|\bI\b/;
const BOAST =
  /\b(?:leading|leaders?|fastest|best|largest|first ever|revolution\w*|world[’']?s|world-class|#1|number one|only|unique|disrupt\w*|Horrifying|ever)\b/i;

const SLOGAN =
  /^(?:supercharge|unlock|boost|transform|discover|get|make|turn|grow|say|stop|never|start|take|experience|empower|reimagin\w*|redefin\w*|the (?:future|next|new)|welcome)\b/i;

function meritOf(sentence: string, names: readonly string[]): number {
  const letters = sentence.replace(/[^\p{L}]/gu, '');
  const capitals = sentence.replace(/[^\p{Lu}]/gu, '').length / Math.max(1, letters.length);
  const begins = names.some((name) => name.length > 1 && sentence.toLowerCase().startsWith(name.toLowerCase()));
  let merit = 0;
  if (begins) merit += 4;
  else if (/^(?:we|our|at)\b/i.test(sentence)) merit += 2;
  if (SAYS_WHAT.test(sentence)) merit += 2;
  if (
    /^(?:read more|learn more|click|sign up|contact|visit|note|see|check out|join|imagine|this|these|it|they|that|with (?:it|this)|and|but|so|or|as (?:a|an) (?:result|example)|in addition|however|because|for example|you)\b/i.test(
      sentence,
    )
  )
    merit -= 4;
  if (/[?¿]/.test(sentence)) merit -= 5;
  if (SLOGAN.test(sentence)) merit -= 2;
  if (OF_PEOPLE.test(sentence)) merit -= 4;
  if (BOAST.test(sentence)) merit -= 2;
  if (/[$€£%]|\d{2,}/.test(sentence)) merit -= 3;
  if (capitals > 0.25) merit -= 4;
  if (/ …$/.test(sentence)) merit -= 5;
  if (sentence.length > LONGEST_QUOTE) merit -= 2;
  if (sentence.length < 25) merit -= 1;
  if (sentence.length < 15) merit -= 4;
  return merit;
}

const QUOTE = /[“„«]\u00a0?([^“”„«»]*?)\u00a0?[”“»]|"([^"\n]{1,300})"/g;

/** What stands in quotation marks, without them. */
export function quotesIn(text: string): string[] {
  return [...text.matchAll(QUOTE)].map(([, marked, straight]) => (marked ?? straight ?? '').trim()).filter(Boolean);
}

/** Without what is quoted word for word from one of these texts. */
export function withoutQuotesOf(text: string, texts: readonly string[]): string {
  return text.replace(QUOTE, (whole, marked, straight) => (isQuoteOf(String(marked ?? straight ?? ''), texts) ? '“”' : whole));
}

/** Each piece of the quote stands in one of the texts; a cut and the commas of a list part pieces. */
export function isQuoteOf(quote: string, texts: readonly string[]): boolean {
  const known = texts.map((text) => ` ${bareWords(text)} `);
  const pieces = quote.split(/…|,/).map(bareWords).filter(Boolean);
  return (
    pieces.length > 0 &&
    pieces.every((piece) => known.some((text) => text.includes(` ${piece} `) || (piece.length > 20 && text.includes(piece))))
  );
}
