import { AREAS, type AreaId } from './areas.ts';
import type { Meaning } from './fit-target.ts';
import { type Case, type Judgement, type Part, saturate } from './judgement.ts';
import type { Found } from './phrase-matcher.ts';
import { phraseOf } from './quote.ts';
import { type FieldReading, trust } from './read-company.ts';
import { ROLES } from './roles.ts';
import { bestQuote, judged, nothing } from './text-criteria.ts';

/** Who sells the very same thing completes little, whatever else it names in the same breath. */
const SAME_FIELD_LOSS = 0.8;
/** A service provider is useful even if it does not name our field; naming it is the rest. */
const ROLE_ALONE = 0.25;

/** Whether the company's work completes ours: for a type with a role, the service and our field; for products, an area that goes with ours. */
export function complementarity(given: Case): Judgement | null {
  const { target, type, readings } = given;
  const hasRole = Object.keys(ROLES[type]).length > 0;
  if (readings.length === 0 || (!hasRole && target.ownAreas.size === 0)) return null;
  const parts = readings.flatMap((reading) => (hasRole ? servicePart(given, reading) : productPart(given, reading)));
  if (parts.length > 0) return judged(parts, hasRole ? () => saidOfService(given, parts) : () => saidOfProduct(given, parts));
  return nothing(readings, hasRole ? 'Its text names no service of this kind.' : 'Its text names no field that goes with yours.');
}

function productPart({ target }: Case, { field, found }: FieldReading): Part[] {
  const useful = strongest({ field, found }, (id) => target.partnerAreas.get(id)?.weight ?? 0);
  if (!useful) return [];
  const same = strongest({ field, found }, (id) => target.ownAreas.get(id) ?? 0)?.mass ?? 0;
  const loss = SAME_FIELD_LOSS * (same / (same + useful.mass));
  return [{ share: saturate(useful.mass * 1.2) * (1 - loss), proof: { field, at: useful.at } }];
}

function servicePart({ target, type }: Case, { field, found }: FieldReading): Part[] {
  const roles: Partial<Record<AreaId, number>> = ROLES[type];
  const role = strongest({ field, found }, (id) => roles[id] ?? 0);
  if (!role) return [];
  const topic = strongest({ field, found }, (id) =>
    Math.max(target.ownAreas.get(id) ?? 0, 0.5 * (target.partnerAreas.get(id)?.weight ?? 0)),
  );
  const words = found.filter(({ signs }) => signs.some(({ meaning }) => meaning.kind === 'offer-word')).length;
  const ours = saturate(1.5 * (topic?.mass ?? 0) + 0.3 * words);
  return [{ share: saturate(role.mass * 1.5) * (ROLE_ALONE + (1 - ROLE_ALONE) * ours), proof: { field, at: role.at } }];
}

/** Every area once, at its surest phrase, added up; `at` is the phrase that gives most. Null when nothing has a weight. */
function strongest(
  { field, found }: Pick<FieldReading, 'field' | 'found'>,
  weight: (id: AreaId) => number,
): { mass: number; at: Found<Meaning> } | null {
  const masses = new Map<AreaId, number>();
  let best: { mass: number; at: Found<Meaning> } | null = null;
  for (const at of found) {
    for (const { meaning, strength } of at.signs) {
      if (meaning.kind !== 'area') continue;
      const mass = strength * weight(meaning.id) * trust(field, at);
      if (mass <= (masses.get(meaning.id) ?? 0)) continue;
      masses.set(meaning.id, mass);
      if (mass > (best?.mass ?? 0)) best = { mass, at };
    }
  }
  return best && { at: best.at, mass: [...masses.values()].reduce((sum, mass) => sum + mass, 0) };
}

function saidOfProduct({ target, candidate }: Case, parts: readonly Part[]): string {
  const best = parts.reduce((a, b) => (b.share > a.share ? b : a));
  const pairs = (best.proof.at?.signs ?? []).flatMap(({ meaning }) => {
    const partner = meaning.kind === 'area' ? target.partnerAreas.get(meaning.id) : undefined;
    return meaning.kind === 'area' && partner ? [{ theirs: AREAS[meaning.id].name, ours: AREAS[partner.serves].name }] : [];
  });
  const pair = pairs[0];
  return `Works in ${pair?.theirs ?? 'a field'}, which goes with your ${pair?.ours ?? 'offer'}: ${phraseOf(candidate, best.proof)}.`;
}

function saidOfService({ target, candidate, readings }: Case, parts: readonly Part[]): string {
  const topic = readings
    .filter(({ field }) => parts.some(({ proof }) => proof.field === field))
    .flatMap(({ field, found }) => {
      const own = strongest({ field, found }, (id) => target.ownAreas.get(id) ?? 0);
      return own ? [phraseOf(candidate, { field, at: own.at })] : [];
    });
  return `Offers such services: ${bestQuote(candidate, parts)}${topic[0] ? `; and knows your field: ${topic[0]}` : ''}.`;
}
