import type { FactName } from '../../programme/companies/company.ts';
import type { AreaId } from './areas.ts';
import type { Candidate } from './fit.ts';
import { LISTS, type Meaning } from './fit-target.ts';
import { type Found, phrasesIn, type WordFound, type WordList, wordsIn } from './phrase-matcher.ts';
import { type RoleSigns, roleSignsIn } from './read-roles.ts';
import { type Scanned, scanWords } from './scan-words.ts';

/** The facts that are read for phrases. The name is none of them: a name claims nothing. */
export const TEXT_FIELDS = ['oneLiner', 'tags', 'industries', 'description', 'integrations'] as const satisfies FactName[];
export type TextField = (typeof TEXT_FIELDS)[number];

/** How much a phrase in the field says about what the company does; what its product works with says least. */
const FIELD_TRUST: Record<TextField, number> = { oneLiner: 0.95, tags: 0.85, industries: 0.85, description: 0.85, integrations: 0.3 };
/** A description begins with what the company does and ends with what it names in passing: at this many characters half is left. */
const HALF_TRUST_AT = 500;
/** What a company is stands in so many characters. */
const LEAD = 350;
/** So many signs make an area as clear as it gets. */
const CLEAREST = 2;

/** What a field says of one area: `mass` adds up its phrases, `lead` those with which it
 *  begins, whatever the field; `at` is the one that gives most. */
export type AreaFound = { id: AreaId; mass: number; lead: number; most: number; at: Found<Meaning> };

/** What one text field holds for us. Places count in its text; items of a list are its lines. */
export type FieldReading = { field: TextField; found: Found<Meaning>[]; areas: AreaFound[]; words: WordFound[]; roles: RoleSigns | null };

/** The fields that say anything at all, in the order of `TEXT_FIELDS`. Each is read by itself: nothing in one changes another. `watch`
 *  sees the words of each as they are counted: without the sentences that give orders to whoever ranks. */
export function readCompany(words: WordList, candidate: Candidate, watch?: (scanned: Scanned) => void): FieldReading[] {
  const readings: FieldReading[] = [];
  for (const field of TEXT_FIELDS) {
    const text = textOf(candidate, field);
    if (text.length === 0) continue;
    let scanned = scanWords(text);
    if (scanned.count === 0) continue;
    let found = phrasesIn(LISTS, scanned);
    if (found.some(isInstruction)) {
      scanned = scanWords(withoutInstructions(text));
      found = phrasesIn(LISTS, scanned);
    }
    watch?.(scanned);
    readings.push({
      field,
      found,
      areas: areasIn(field, found),
      words: wordsIn(words, scanned),
      roles: field === 'integrations' ? null : roleSignsIn(scanned, true),
    });
  }
  return readings;
}

/** The text of a field as places count in it: an item of a list is a line. */
export function textOf(candidate: Candidate, field: TextField): string {
  const fact = candidate[field] ?? '';
  return typeof fact === 'string' ? fact : fact.join('\n');
}

/** The text of a field for somebody else to read: without the sentences that give orders to whoever ranks. */
export function heededText(candidate: Candidate, field: TextField): string {
  const text = textOf(candidate, field);
  return phrasesIn(LISTS, scanWords(text)).some(isInstruction) ? withoutInstructions(text) : text;
}

/** 0–1: what a phrase at this place of this field is worth as a statement of what the company does. */
export function trust(field: TextField, { from }: { from: number }): number {
  return field === 'description' ? (FIELD_TRUST.description * HALF_TRUST_AT) / (HALF_TRUST_AT + from) : FIELD_TRUST[field];
}

function areasIn(field: TextField, found: readonly Found<Meaning>[]): AreaFound[] {
  const areas: AreaFound[] = [];
  for (const at of found) {
    for (const { meaning, strength } of at.signs) {
      if (meaning.kind !== 'area') continue;
      const mass = strength * trust(field, at);
      const lead = at.from <= LEAD ? strength : 0;
      const known = areas.find(({ id }) => id === meaning.id);
      if (!known) {
        areas.push({ id: meaning.id, mass, lead, most: mass, at });
        continue;
      }
      known.mass = Math.min(CLEAREST, known.mass + mass);
      known.lead += lead;
      if (mass > known.most) Object.assign(known, { most: mass, at });
    }
  }
  return areas;
}

/** Blanks every sentence that gives orders to whoever ranks; the rest keeps its place. */
function withoutInstructions(text: string): string {
  return text
    .split(/(?<=[.!?\n])/)
    .map((sentence) => (phrasesIn(LISTS, scanWords(sentence)).some(isInstruction) ? sentence.replace(/[^\n]/g, ' ') : sentence))
    .join('');
}

function isInstruction(found: Found<Meaning>): boolean {
  return found.signs.some(({ meaning }) => meaning.kind === 'instruction');
}
