import type { PartnerType } from '../../programme/setup/programme.ts';
import { rivalIn } from './complementarity.ts';
import type { Phrase } from './finding.ts';
import type { Candidate } from './fit.ts';
import type { FitTarget } from './fit-target.ts';
import { isElsewhere } from './geography.ts';
import { isKnownByName, isTooLarge } from './giants.ts';
import { phraseOf } from './quote.ts';
import { type FieldReading, readCompany } from './read-company.ts';
import { ROLE_NEEDED, roleEvidence } from './role-evidence.ts';

/** Why a company is not suggested by itself as a partner of a type, although nobody put it on a list. As bits, so that a hundred thousand
 *  companies need a byte each. */
export const HELD = { noRole: 1, inactive: 2, tooLarge: 4, rival: 8, weak: 16, elsewhere: 32, reader: 64 } as const;
export type HoldCode = keyof typeof HELD;

/** `phrase`: the words of the company that say so. */
export type Hold = { hold: Exclude<HoldCode, 'reader'>; phrase: Phrase | null } | ({ hold: 'reader' } & Objection);

export const OBJECTIONS = ['competitor', 'wrong-role', 'other-type', 'too-large'] as const;

/** Why the second reader would not suggest a company as a type; `other` is the type it would be instead, for `other-type`. */
export type Objection = { verdict: (typeof OBJECTIONS)[number]; other: PartnerType | null; phrase: Phrase };

/** What others than the rules say of a company: whether a person has said that it is no rival, and the objections that are in force. */
export type Opinions = { isCleared: boolean; objections: Partial<Record<PartnerType, Objection>> };

/** Types for which a company that sells what we sell is held back; who works for others may know our field as well as it likes. */
const RIVALS: readonly PartnerType[] = ['technology', 'referral', 'affiliate', 'co-marketing'];

/** What its own facts hold it back for, by the place of each type. `placeShare`: how well its place suits, NaN where it is unknown. */
export function ownHolds(
  target: FitTarget,
  candidate: Candidate,
  readings: readonly FieldReading[],
  types: readonly PartnerType[],
  placeShare: number,
): number[] {
  const ofCompany =
    (isGone(candidate) ? HELD.inactive : 0) | (isTooLarge(candidate, target.largest) || isKnownByName(candidate) ? HELD.tooLarge : 0);
  const isRival = rivalIn(target, readings) !== null;
  return types.map((type) => {
    const hasRole = roleEvidence(type, readings) >= ROLE_NEEDED;
    const ofType = (hasRole ? 0 : HELD.noRole) | (isElsewhere(type, placeShare) ? HELD.elsewhere : 0);
    return ofCompany | ofType | (isRival && RIVALS.includes(type) ? HELD.rival : 0);
  });
}

/** Closed, or bought by another company: never suggested, and taken out of a digest that nobody has decided on. */
export function isGone({ status }: Pick<Candidate, 'status'>): boolean {
  return status === 'Inactive' || status === 'Acquired';
}

/** The bits of a row in words and values. */
export function holdsOf(bits: number, target: FitTarget, candidate: Candidate, objection: Objection | undefined): Hold[] {
  const codes = Object.keys(HELD) as HoldCode[]; // Object.keys forgets the key type
  return codes.flatMap((hold): Hold[] => {
    if ((bits & HELD[hold]) === 0) return [];
    if (hold === 'reader') return objection ? [{ hold, ...objection }] : [];
    const rival = hold === 'rival' ? rivalIn(target, readCompany(target.ownWords, candidate)) : null;
    return [{ hold, phrase: rival && phraseOf(candidate, rival.proof) }];
  });
}
