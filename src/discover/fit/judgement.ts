import type { FactName } from '../../programme/companies/company.ts';
import type { PartnerType } from '../../programme/setup/programme.ts';
import type { Finding, NothingFound } from './finding.ts';
import type { Candidate } from './fit.ts';
import type { FitTarget } from './fit-target.ts';
import type { FieldReading } from './read-company.ts';

/** All a criterion may look at. */
export type Case = { target: FitTarget; type: PartnerType; candidate: Candidate; readings: readonly FieldReading[] };

/** A fact that speaks for the share; with `at`, the place in it that does. */
export type Proof = { field: FactName; at: { from: number; to: number } | null };

/** `share` 0–1 of a criterion's weight. `proofs` name every field the share rests on: without those fields nothing of it is left, and
 *  no other field moves it. `find` says what was found, only for companies that are shown. `isMissing`: it is not known and counts against the
 *  company all the same. */
export type Judgement = { share: number; proofs: Proof[]; find: () => Finding; isMissing?: true };

/** Null is unknown: nothing on file speaks for or against. */
export type Criterion = (given: Case) => Judgement | null;

/** One field's part of a share, worked out from that field alone. */
export type Part = { share: number; proof: Proof };

/** The part of every field that has one. */
export function partsOf<Kind extends Part>(readings: readonly FieldReading[], partOf: (reading: FieldReading) => Kind | null): Kind[] {
  const parts: Kind[] = [];
  for (const reading of readings) {
    const part = partOf(reading);
    if (part) parts.push(part);
  }
  return parts;
}

/** Independent parts as one share: each more can only raise it, and taking one away removes what it added, never more. */
export function combine(parts: readonly Part[]): number {
  return 1 - parts.reduce((doubt, { share }) => doubt * (1 - share), 1);
}

export function strongest<Kind extends Part>(parts: readonly Kind[]): Kind | undefined {
  return parts.reduce<Kind | undefined>((best, part) => (best && best.share >= part.share ? best : part), undefined);
}

/** Saturating: the first phrases count most, and no number of them gives more than 1. */
export function saturate(mass: number): number {
  return 1 - Math.exp(-mass);
}

/** Known to be nothing: the fields were read and say nothing of the kind. */
export function nothing(readings: Case['readings'], code: NothingFound): Judgement {
  return { share: 0, proofs: readings.map(({ field }): Proof => ({ field, at: null })), find: () => ({ code }) };
}
