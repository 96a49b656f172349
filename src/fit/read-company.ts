import type { FactName } from '../companies/company.ts';
import type { Candidate } from './fit.ts';
import type { Meaning } from './fit-target.ts';
import { type Found, findPhrases, type Matcher } from './phrase-matcher.ts';

/** The facts that are read for phrases. The name is none of them: a name claims nothing. */
export const TEXT_FIELDS = ['oneLiner', 'tags', 'industries', 'description'] as const satisfies FactName[];
export type TextField = (typeof TEXT_FIELDS)[number];

/** How much a phrase in the field says about what the company does. */
const FIELD_TRUST: Record<TextField, number> = { oneLiner: 0.95, tags: 0.85, industries: 0.85, description: 0.85 };
/** A description begins with what the company does and ends with what it names in passing: at this many characters half is left. */
const HALF_TRUST_AT = 500;

/** 0–1: what a phrase at this place of this field is worth as a statement of what the company does. */
export function trust(field: TextField, { from }: Found<Meaning>): number {
  return field === 'description' ? (FIELD_TRUST.description * HALF_TRUST_AT) / (HALF_TRUST_AT + from) : FIELD_TRUST[field];
}

/** What one text field holds for us. `text` is what the places in `found` refer to; items of a list are its lines. */
export type FieldReading = { field: TextField; text: string; found: Found<Meaning>[] };

/** The fields that say anything at all, in the order of `TEXT_FIELDS`. Each is read by itself: nothing in one changes another. */
export function readCompany(matcher: Matcher<Meaning>, candidate: Candidate): FieldReading[] {
  const readings: FieldReading[] = [];
  for (const field of TEXT_FIELDS) {
    const fact = candidate[field];
    const text = typeof fact === 'string' ? fact : fact.join('\n');
    if (/[\p{L}\p{N}]/u.test(text)) readings.push({ field, text, found: readText(matcher, text) });
  }
  return readings;
}

function readText(matcher: Matcher<Meaning>, text: string): Found<Meaning>[] {
  const found = findPhrases(matcher, text);
  const orders = found.filter(isInstruction);
  if (orders.length === 0) return found;
  const honest = withoutSentences(text, matcher);
  return findPhrases(matcher, honest);
}

/** Blanks every sentence that gives orders to whoever ranks; the rest keeps its place. */
function withoutSentences(text: string, matcher: Matcher<Meaning>): string {
  return text
    .split(/(?<=[.!?\n])/)
    .map((sentence) => (findPhrases(matcher, sentence).some(isInstruction) ? sentence.replace(/[^\n]/g, ' ') : sentence))
    .join('');
}

function isInstruction(found: Found<Meaning>): boolean {
  return found.signs.some(({ meaning }) => meaning.kind === 'instruction');
}
