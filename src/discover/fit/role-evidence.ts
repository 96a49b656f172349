import type { PartnerType } from '../../programme/setup/programme.ts';
import type { AreaId } from './areas.ts';
import { type Case, combine, type Judgement, nothing, type Part, type Proof, partsOf, strongest } from './judgement.ts';
import { phraseOf } from './quote.ts';
import type { FieldReading } from './read-company.ts';
import { CAPS, NAMING_SIGNS } from './read-roles.ts';
import { ENOUGH_ROLE, ROLE_SIGNS, ROLE_WEIGHTS } from './roles.ts';

const FIELD = ROLE_SIGNS.indexOf('field');
/** Fields that say what work is done for others, not what a product is for. */
export const SERVICE_AREAS: ReadonlySet<AreaId> = new Set<AreaId>(
  'consulting managed-services resale software-services agency training media community advisory staffing'.split(' ') as AreaId[],
);
const WEIGHTS = Object.fromEntries(
  Object.entries(ROLE_WEIGHTS).map(([type, weights]) => [type, ROLE_SIGNS.map((sign) => weights[sign] ?? 0)]),
) as Record<PartnerType, number[]>;

/** With less evidence a company is not offered as a partner of the type. */
export const ROLE_NEEDED = 0.4;

/** Whether it is a partner of this type at all, by its own words. */
export function role(given: Case): Judgement | null {
  const { type, readings, candidate } = given;
  if (readings.length === 0) return null;
  const parts = partsOf(readings, (reading) => rolePart(type, reading));
  const best = strongest(parts);
  if (!best) return nothing(readings, 'no-role');
  return {
    share: combine(parts),
    proofs: parts.map(({ proof }) => proof),
    find: () => ({ code: best.byField ? 'role-field' : 'role', phrase: phraseOf(candidate, best.proof) }),
  };
}

/** How much evidence of the role all of a company's words together are, those against it counted off; 1 is all one can ask. */
export function roleEvidence(type: PartnerType, readings: readonly FieldReading[]): number {
  const weights = WEIGHTS[type];
  let sum = 0;
  for (let sign = 0; sign < weights.length; sign++) {
    const weight = weights[sign] ?? 0;
    if (weight === 0) continue;
    let count = 0;
    for (const reading of readings)
      count = sign < NAMING_SIGNS || sign === FIELD ? Math.max(count, countOf(reading, sign)) : count + countOf(reading, sign);
    sum += weight * Math.min(CAPS[sign] ?? 1, count);
  }
  return sum / ENOUGH_ROLE;
}

/** The words that say most for the role. */
export function roleProof(type: PartnerType, readings: readonly FieldReading[]): Proof | null {
  return strongest(partsOf(readings, (reading) => rolePart(type, reading)))?.proof ?? null;
}

/** Whether it calls itself so where it says what it is: in its one-liner or at the beginning of its description. */
export function isCalled(type: PartnerType, readings: readonly FieldReading[]): boolean {
  const said = readings.find(({ field }) => field === 'oneLiner') ?? readings.find(({ field }) => field === 'description');
  const weights = WEIGHTS[type];
  for (let sign = 0; sign < NAMING_SIGNS; sign++) if ((weights[sign] ?? 0) >= 1 && (said?.roles?.counts[sign] ?? 0) >= 1) return true;
  return false;
}

function countOf({ roles, areas }: FieldReading, sign: number): number {
  if (sign === FIELD) return areas.some(({ id, most }) => most >= 0.3 && !SERVICE_AREAS.has(id)) ? 1 : 0;
  return roles?.counts[sign] ?? 0;
}

/** `byField`: what speaks most for it is that it works in a field. */
function rolePart(type: PartnerType, reading: FieldReading): (Part & { byField: boolean }) | null {
  const { field, roles, areas } = reading;
  if (!roles && areas.length === 0) return null;
  const weights = WEIGHTS[type];
  let [sum, most, at, byField] = [0, 0, null as Part['proof']['at'], false];
  for (let sign = 0; sign < weights.length; sign++) {
    const worth = (weights[sign] ?? 0) * countOf(reading, sign);
    sum += worth;
    if (worth <= most) continue;
    most = worth;
    byField = sign === FIELD;
    at = sign === FIELD ? (areas.find(({ id }) => !SERVICE_AREAS.has(id))?.at ?? null) : (roles?.at[sign] ?? null);
  }
  return sum > 0 ? { share: Math.min(1, sum / ENOUGH_ROLE), proof: { field, at }, byField } : null;
}
