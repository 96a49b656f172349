import type { AreaId } from './areas.ts';
import type { Finding } from './finding.ts';
import { type Case, type Judgement, nothing, type Part, saturate, strongest } from './judgement.ts';
import { phraseOf } from './quote.ts';
import type { AreaFound, FieldReading } from './read-company.ts';
import { ROLES, relationOf } from './relation.ts';

/** A service provider is useful even if it does not name our field; naming it is the rest. */
const ROLE_ALONE = 0.25;
/** Knowing a field that goes with ours is half of knowing ours. */
const NEAR_OURS = 0.5;

/** Whether the company's work goes with ours, as the kind of relation asks. Every field is judged by itself and the clearest counts. */
export function complementarity(given: Case): Judgement | null {
  const { target, type, readings } = given;
  const relation = relationOf(type, target.understood.relation);
  if (readings.length === 0 || (relation !== 'services' && target.understood.areas.size === 0)) return null;
  if (relation === 'services') return service(given);
  const parts = readings.flatMap((reading) => (relation === 'adopters' ? sameFieldPart(given, reading) : usefulPart(given, reading)));
  const best = strongest(parts);
  if (!best) return nothing(readings, relation === 'adopters' ? 'no-own-area' : 'no-useful-area');
  return {
    share: best.share,
    proofs: parts.map(({ proof }) => proof),
    find: () => (relation === 'adopters' ? ownAreaFound(given, best) : usefulFound(given, best)),
  };
}

/** 0–1: how clearly the company works in a field of ours. */
export function sameField({ target }: Pick<Case, 'target'>, readings: readonly FieldReading[]): number {
  return readings.reduce((most, reading) => Math.max(most, sameFieldPart({ target }, reading)[0]?.share ?? 0), 0);
}

/** By the field's main area alone: what is named beside it, every text names. */
function usefulPart({ target }: Pick<Case, 'target'>, { field, areas }: FieldReading): Part[] {
  const main = mainArea(areas);
  const useful = main && target.usefulAreas.get(main.id);
  return useful ? [{ share: useful.strength * saturate(1.5 * main.mass), proof: { field, at: main.at } }] : [];
}

function sameFieldPart({ target }: Pick<Case, 'target'>, { field, areas }: FieldReading): Part[] {
  return best(field, areas, (id) => target.understood.areas.get(id) ?? 0);
}

function service({ target, type, candidate, readings }: Case): Judgement {
  const weights: Partial<Record<AreaId, number>> = ROLES[type];
  const roles: Part[] = [];
  const topics: Part[] = [];
  for (const { field, areas } of readings) {
    roles.push(...best(field, areas, (id) => weights[id] ?? 0));
    topics.push(...best(field, areas, (id) => topicWeight(target, id)));
  }
  const [role, topic] = [strongest(roles), strongest(topics)];
  if (!role) return nothing(readings, 'no-service');
  return {
    share: role.share * (ROLE_ALONE + (1 - ROLE_ALONE) * (topic?.share ?? 0)),
    proofs: [...roles, ...topics].map(({ proof }) => proof),
    find: () => ({ code: 'service', phrase: phraseOf(candidate, role.proof), topic: topic ? phraseOf(candidate, topic.proof) : null }),
  };
}

function topicWeight({ understood, usefulAreas }: Case['target'], id: AreaId): number {
  return Math.max(understood.areas.get(id) ?? 0, NEAR_OURS * (usefulAreas.get(id)?.strength ?? 0));
}

function mainArea(areas: readonly AreaFound[]): AreaFound | undefined {
  return areas.reduce<AreaFound | undefined>((main, next) => (main && main.mass >= next.mass ? main : next), undefined);
}

function best(field: FieldReading['field'], areas: readonly AreaFound[], weight: (id: AreaId) => number): Part[] {
  let most: AreaFound | undefined;
  let share = 0;
  for (const found of areas) {
    const worth = weight(found.id);
    if (worth <= share || worth * saturate(found.mass) <= share) continue;
    most = found;
    share = worth * saturate(found.mass);
  }
  return most ? [{ share, proof: { field, at: most.at } }] : [];
}

function usefulFound({ target, candidate, readings }: Case, { proof }: Part): Finding {
  const phrase = phraseOf(candidate, proof);
  const main = mainArea(readings.find(({ field }) => field === proof.field)?.areas ?? []);
  const useful = main && target.usefulAreas.get(main.id);
  if (!main || !useful) return { code: 'useful', phrase };
  const because = main.id === useful.to ? '' : useful.because;
  return { code: 'useful-area', area: main.id, to: useful.to, because, phrase };
}

function ownAreaFound({ target, candidate, readings }: Case, { proof }: Part): Finding {
  const areas = readings.find(({ field }) => field === proof.field)?.areas ?? [];
  const own = areas.find(({ id, at }) => at === proof.at && target.understood.areas.has(id));
  return { code: 'own-area', area: own?.id ?? null, phrase: phraseOf(candidate, proof) };
}
