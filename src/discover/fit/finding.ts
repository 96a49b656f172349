import { z } from 'zod';
import { CompanyFacts } from '../../programme/companies/company.ts';

/** A phrase as the company writes it, and the fact it stands in; `words` null for the fact as a whole. */
export const Phrase = z.object({ field: CompanyFacts.keyof(), words: z.string().nullable() });
export type Phrase = z.infer<typeof Phrase>;

/** Ids of areas and segments: plain text, so that a finding stored before a change of the vocabulary can still be read. */
const Id = z.string();

/** Without values: the texts were read and have nothing of the kind. */
const NOTHING = [
  'no-role',
  'no-own-area',
  'no-useful-area',
  'no-service',
  'no-customers',
  'no-own-words',
  'no-place',
  'not-named',
] as const;
export type NothingFound = (typeof NOTHING)[number];

/** What one criterion of the fit score found in a company, in codes and values; `blocks/discover/reason-words.ts` has a sentence for each.
 *  Stored with digests: a code that is no longer used stays here. */
export const Finding = z.discriminatedUnion('code', [
  z.object({ code: z.enum(NOTHING) }),
  /** It works in an area that goes with one of ours; `because` completes “such a company …” and is empty for the same area. */
  z.object({ code: z.literal('useful-area'), area: Id, to: Id, because: z.string(), phrase: Phrase }),
  /** Who does such work knows an area of ours, or one that goes with `to`, which is ours. */
  z.object({ code: z.literal('known-area'), area: Id, to: Id, phrase: Phrase }),
  /** It says of itself that it is such a partner. */
  z.object({ code: z.literal('role'), phrase: Phrase }),
  /** Of a product: it works in a field, which is less than to name itself. */
  z.object({ code: z.literal('role-field'), phrase: Phrase }),
  z.object({ code: z.literal('useful'), phrase: Phrase }),
  /** It works in an area that we stand for. */
  z.object({ code: z.literal('own-area'), area: Id.nullable(), phrase: Phrase }),
  /** It does the work that the role asks for, and perhaps knows our area. */
  z.object({ code: z.literal('service'), phrase: Phrase, topic: Phrase.nullable() }),
  /** Number of companies that name it, and how many of them are near us in field or words. */
  z.object({ code: z.literal('named'), by: z.number().int(), near: z.number().int() }),
  z.object({ code: z.literal('own-words'), words: z.array(z.string()) }),
  /** `named`: it speaks of the group; else the group usually buys what it sells. */
  z.object({ code: z.literal('customers'), group: Id, named: z.boolean(), phrase: Phrase }),
  /** A head count; null where only the band is known. `short` is the number that would be ideal, null when there are enough. */
  z.object({ code: z.literal('size'), people: z.number().nullable(), short: z.number().nullable() }),
  z.object({ code: z.literal('reach'), phrase: Phrase.nullable(), listed: z.boolean() }),
  /** What its places have in common with ours, by name; none for `everywhere` and `elsewhere`. */
  z.object({
    code: z.literal('place'),
    shared: z.enum(['country', 'region', 'language', 'everywhere', 'elsewhere']),
    name: z.string(),
    locations: z.array(z.string()),
  }),
  z.object({ code: z.literal('maturity'), phrase: Phrase.nullable(), founded: z.number().nullable() }),
  /** It is like a partner, or a company that the team went for, since then if that is known. */
  z.object({
    code: z.literal('like-example'),
    example: z.string(),
    how: z.enum(['partner', 'pursued']),
    since: z.date().nullable().default(null),
    phrase: Phrase,
  }),
  /** A sentence stored before findings were codes. */
  z.object({ code: z.literal('as-written'), sentence: z.string() }),
]);
export type Finding = z.infer<typeof Finding>;

/** The part of a reason that is kept with a digest. `asOf`: when its evidence was read, where that is stale. */
export const ShownReason = z.object({ points: z.number(), max: z.number(), finding: Finding, asOf: z.date().nullable() });
export type ShownReason = z.infer<typeof ShownReason>;

/** Every code that a stored finding may have. */
export const FINDING_CODES = Finding.options.flatMap(({ shape: { code } }): string[] =>
  code instanceof z.ZodEnum ? code.options : [...code.values],
);
