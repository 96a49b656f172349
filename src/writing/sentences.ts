import { shortenText } from '../companies/clean-text.ts';

/** Characters of our own description in a letter: whatever set-up allows, a letter stays a short one. */
const OWN_WORDS = 200;

/** With an end mark, on one line. */
export function sentence(text: string): string {
  const plain = text.replace(/\s+/g, ' ').trim();
  return /[.!?…]["”»“]?$/.test(plain) ? plain : `${plain}.`;
}

/** What people wrote about themselves in the first person, or about “our” customers, stands by itself. */
export function isWholeSentence(text: string): boolean {
  return /^(we|our)\b/i.test(text.trim());
}

/** “SMEs in Poland” keeps its capitals, “Hospitals” does not. */
export function lowerFirst(text: string): string {
  return /^[A-Z][a-z]+\b/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

/** The sentences of a letter: a line break ends one, and so does an end mark before a blank. Quotes stay whole. */
export function sentencesIn(text: string): string[] {
  const hidden: string[] = [];
  const marked = text.replace(/[“„«][^“”„«»\n]*[”“»]/g, (quote) => `\ue000${hidden.push(quote) - 1}\ue001`);
  return marked
    .split(/\n+|(?<=[.!?…][”»"’)]?)\s+(?!\p{Ll})/u)
    .map((part) => part.replace(/\ue000(\d+)\ue001/g, (_, index) => hidden[Number(index)] ?? '').trim())
    .filter(Boolean);
}

/** What comes first in our own description, without its end mark. */
export function firstSentence(text: string): string {
  const plain = text
    .replace(/\s+/g, ' ')
    .replace(/["“”„«»]/g, '’')
    .trim();
  const first = /^.{20,}?[.!?](?=\s)/u.exec(plain)?.[0] ?? plain;
  const bare = first.replace(/[\s.]+$/, '') || plain;
  if (bare.length <= OWN_WORDS) return bare;
  const kept = shortenText(bare, OWN_WORDS - 2).text;
  const space = kept.lastIndexOf(' ');
  return `${(space > OWN_WORDS / 2 ? kept.slice(0, space) : kept).replace(/[\s,;:]+$/, '')} …`;
}
