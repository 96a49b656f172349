import { z } from 'zod';
import { WEIGHT_CODES } from './weigh.ts';

/** Why a registration is not simply first, in the order in which it is looked at. */
export const CONFLICT_CODES = [
  /** The partner has it registered already. */
  'duplicate-own',
  /** Another partner was first. */
  'conflict-partner',
  /** Our own sales work on it: an open opportunity, or activity in the last 90 days. */
  'conflict-direct',
  /** They buy from us already: another way of selling. */
  'existing-customer',
  /** A named account, or a country that sales keep. */
  'conflict-territory',
  /** Alike, and nobody can know without looking. */
  'possible-duplicate',
  /** No website says which company is meant. */
  'domain-missing',
] as const;
export const ConflictCode = z.enum(CONFLICT_CODES);
export type ConflictCode = z.infer<typeof ConflictCode>;

/** What a registration was compared with. */
export const AGAINST_KINDS = ['deal', 'opportunity', 'account'] as const;

const StoredWeight = z.object({ code: z.enum(WEIGHT_CODES), points: z.number(), ours: z.string(), theirs: z.string(), asks: z.boolean() });

export const OUTCOMES = ['clear', 'ask', 'blocked'] as const;

/** How the conflict check answered. `blocked`: a rule decides it, and the partner may appeal; `ask`: a person looks. The weights are those it was decided
 *  by, so that *Why?* shows them however the rules change. */
export const Check = z.object({
  outcome: z.enum(OUTCOMES),
  /** Null when it is clear. */
  code: ConflictCode.nullable(),
  /** The record on our side that it meets; internal. Null where there is none, as with a missing domain. */
  against: z.object({ kind: z.enum(AGAINST_KINDS), id: z.string(), name: z.string(), domain: z.string() }).nullable(),
  score: z.number(),
  weights: z.array(StoredWeight),
  /** Which edition of the rules. */
  rules: z.number().int(),
  at: z.date(),
});
export type Check = z.infer<typeof Check>;

/** Rises when the points or their order change. */
export const RULES = 1;

/** Codes that a rule decides where the account is surely the same; with the others a person decides. */
export const BLOCKING: ReadonlySet<ConflictCode> = new Set(['duplicate-own', 'conflict-partner', 'conflict-direct']);
