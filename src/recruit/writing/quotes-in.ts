import { bareWords } from './plain-words.ts';
import type { Claim } from './writing.ts';

const QUOTE = /[“„«]\u00a0?([^“”„«»]*?)\u00a0?[”“»]|"([^"\n]{1,300})"/g;

/** What stands in quotation marks, without them. */
export function quotesIn(text: string): string[] {
  return [...text.matchAll(QUOTE)].map(([, marked, straight]) => (marked ?? straight ?? '').trim()).filter(Boolean);
}

/** Without what is quoted word for word from a fact that a claim cites: those are their words, not ours. */
export function withoutQuotes(text: string, claims: readonly Claim[]): string {
  return withoutQuotesOf(
    text,
    claims.flatMap(({ evidence }) => evidence.map(({ value }) => value)),
  );
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
