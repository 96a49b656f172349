import type { PartnerType } from '../../programme/setup/programme.ts';
import type { AreaId } from '../fit/areas.ts';
import type { Geography } from '../fit/places.ts';
import type { SegmentId } from '../fit/segments.ts';

/** What a company's text may speak of. */
export type Topic = { areas: readonly AreaId[]; segments: readonly SegmentId[] };

/** `phrase`: as the word lists have it; a company that uses the same one meets the part whatever it stands for. Empty: in no list. */
export type PartMeaning =
  /** What it is by its own words. `areas`: the work, where the phrase names one. `about`: in which trade, where the phrase says so. */
  | { kind: 'role'; type: PartnerType; areas: readonly AreaId[]; about: Topic; phrase: string }
  /** `narrow`: the phrase is asked for, in any form, and not all of its field: a dentist is not all of healthcare. */
  | ({ kind: 'area' | 'customers'; phrase: string; narrow: boolean } & Topic)
  /** Countries and regions, or a `name` that is looked for in its places; `within`: of a town, its country. */
  | { kind: 'place'; geography: Geography | null; name: string; within: Geography | null }
  /** People, both ends included; without an end, `max` is Infinity. */
  | { kind: 'size'; min: number; max: number }
  /** `forms`: other forms of the word will do. */
  | { kind: 'name'; name: string; forms: boolean }
  | { kind: 'like'; name: string };

/** `at`: places in `Request.words`, and `said` those words. `not`: the request says that it must not be so. `and`: it follows the part before
 *  with “and”. */
export type Part = PartMeaning & { at: readonly number[]; said: string; not: boolean; and: boolean };

/** A request in plain words, taken apart. Every word is in a part, or in `glue` (it joins others), or in `left` (not understood). */
export type Request = { words: readonly string[]; parts: readonly Part[]; glue: readonly number[]; left: readonly number[] };

/** One thing that a company has to be: any of its parts will do. */
export type Demand = { kind: Part['kind']; not: boolean; parts: readonly Part[] };

/** Kinds of which several are alternatives: “Germany or Austria”. All others are asked for together. */
const ALTERNATIVES: readonly Part['kind'][] = ['role', 'area', 'customers', 'place', 'size'];
/** Of these “and” asks for both: “Shopify and HubSpot agencies”. Nobody is in Germany and Austria. */
const BOTH: readonly Part['kind'][] = ['area', 'customers'];

/** What the request asks of a company. Who markets together may be anything, so that type asks for nothing. */
export function demandsOf({ parts }: Pick<Request, 'parts'>): Demand[] {
  const together = BOTH.filter((kind) => parts.some((part, index) => part.and && part.kind === kind && parts[index - 1]?.kind === kind));
  const demands: { kind: Part['kind']; not: boolean; parts: Part[] }[] = [];
  for (const part of parts) {
    if (asksNothing(part)) continue;
    const { kind, not } = part;
    const known = demands.find((demand) => !not && !demand.not && demand.kind === kind && ALTERNATIVES.includes(kind));
    if (together.includes(kind) && demands.some((demand) => demand.parts.some((other) => asksTheSame(other, part)))) continue;
    if (known && !together.includes(kind)) known.parts.push(part);
    else demands.push({ kind, not, parts: [part] });
  }
  return demands;
}

/** “hospitals and clinics” are one group. */
function asksTheSame(one: Part, other: Part): boolean {
  if (one.not !== other.not || (one.kind !== 'area' && one.kind !== 'customers') || one.kind !== other.kind) return false;
  return one.areas.join() === other.areas.join() && one.segments.join() === other.segments.join();
}

function asksNothing(part: Part): boolean {
  if (part.kind === 'role') return part.type === 'co-marketing';
  return part.kind === 'place' && part.geography !== null && part.geography.regions.size === 0;
}
