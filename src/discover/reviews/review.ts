import { createHash } from 'node:crypto';
import { z } from 'zod';
import { PartnerType } from '../../programme/setup/programme.ts';
import { Phrase } from '../fit/finding.ts';
import type { Candidate, FitProfile } from '../fit/fit.ts';
import { OBJECTIONS, type Objection, type Opinions } from '../fit/holds.ts';
import { heededText, TEXT_FIELDS, type TextField, textOf } from '../fit/read-company.ts';

/** What a review is about: that the company looks like a competitor, or the company as a partner of one type. */
export const About = z.union([z.literal('rival'), PartnerType]);
export type About = z.infer<typeof About>;

/** What a person said: it may be suggested (`clear`), or never (`keep-out`, of a rival alone). */
export const Ruling = z.object({ kind: z.enum(['clear', 'keep-out']), by: z.string(), at: z.date() });
export type Ruling = z.infer<typeof Ruling>;

export const VERDICTS = ['partner', ...OBJECTIONS] as const;

/** What the second reader made of a company as a type. `key` stands for all it was given, `us` for what it was told of ourselves. `verdict`
 *  and `phrase` are null where it said nothing that stands in the company's text. */
export const Reading = z.object({
  key: z.string(),
  us: z.string(),
  verdict: z.enum(VERDICTS).nullable(),
  other: PartnerType.nullable(),
  phrase: Phrase.nullable(),
  at: z.date(),
});
export type Reading = z.infer<typeof Reading>;

/** One that reads now, or died over it. `tries`: how often the same was asked. */
export const Claim = z.object({ key: z.string(), at: z.date(), tries: z.number().int() });
export type Claim = z.infer<typeof Claim>;

/** What the second reader and the team say against suggesting a company, or for it. */
export const Review = z.object({
  workspaceId: z.string(),
  companyId: z.string(),
  about: About,
  ruling: Ruling.nullable(),
  reading: Reading.nullable(),
  claim: Claim.nullable(),
});
export type Review = z.infer<typeof Review>;

/** What is in force of the reviews of a company: a ruling stands above every reading, and a reading holds for the profile that it was made for, as
 *  long as its words stand in the company's text. */
export function opinionsOf(reviews: Iterable<Review>, profile: FitProfile, company: Candidate): Opinions {
  const opinions: Opinions = { isCleared: false, objections: {} };
  const us = keyOf(wordsOfUs(profile));
  for (const { about, reading, ruling } of reviews) {
    if (about === 'rival') opinions.isCleared = ruling?.kind === 'clear';
    else if (reading && reading.us === us && !ruling) {
      const objection = objectionIn(reading);
      if (objection && findQuote(company, objection.phrase.words ?? '')) opinions.objections[about] = objection;
    }
  }
  return opinions;
}

function objectionIn({ verdict, other, phrase }: Reading): Objection | null {
  return verdict && verdict !== 'partner' && phrase ? { verdict, other, phrase } : null;
}

/** All that the second reader is told of ourselves. */
export function wordsOfUs({ sells, customers, geography }: FitProfile): { sells: string; customers: string; regions: string } {
  return { sells, customers, regions: geography };
}

/** Stands for any plain data. */
export function keyOf(given: unknown): string {
  return createHash('sha256').update(JSON.stringify(given)).digest('base64url');
}

/** Less stands in every text; more is no quotation. */
const QUOTE = { fewestWords: 2, fewestLetters: 10, longest: 400 } as const;

/** Where the company says this, in its own writing; null where it does not. White space and case may differ, nothing else, and its words are whole
 *  ones; a sentence that gives orders to whoever reads says nothing. */
export function findQuote(company: Candidate, quote: string): (Phrase & { field: TextField }) | null {
  const words = quote.trim().split(/\s+/);
  const letters = quote.match(/[\p{L}\p{N}]/gu) ?? [];
  if (words.length < QUOTE.fewestWords || letters.length < QUOTE.fewestLetters || quote.length > QUOTE.longest) return null;
  const inOrder = words.map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('\\s+');
  // No letter goes on where it begins or ends with one.
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}](?=[\\p{L}\\p{N}]))${inOrder}(?!(?<=[\\p{L}\\p{N}])[\\p{L}\\p{N}])`, 'iu');
  for (const field of TEXT_FIELDS) {
    // To look for orders costs more than to look for words.
    const found = pattern.test(textOf(company, field)) ? pattern.exec(heededText(company, field)) : null;
    if (found) return { field, words: found[0] };
  }
  return null;
}
