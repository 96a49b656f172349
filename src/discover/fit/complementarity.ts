import { type AreaId, BRANCHES } from './areas.ts';
import type { FitTarget } from './fit-target.ts';
import { type Case, type Judgement, nothing, type Part, partsOf, saturate, strongest } from './judgement.ts';
import { phraseOf } from './quote.ts';
import type { AreaFound, FieldReading, TextField } from './read-company.ts';
import { relationOf } from './relation.ts';

/** To whoever does work for others, a field that usually goes with ours is nearly as good as ours; one that sometimes does is not. */
const NEAR_OURS = 0.8;
/** What a text field says of a product's place in the market; its labels are chosen from lists and say less than a sentence. */
const PRODUCT_TRUST: Record<TextField, number> = { oneLiner: 1, tags: 0.7, industries: 0.7, description: 1, integrations: 0.3 };
/** Three quarters of a text that speaks of nothing but the best field; more, where several fields go with ours. */
const ONE_FIELD = 0.75;
/** Whose own words are so clearly in our own field sells what we sell. */
const RIVAL = 0.8;
/** With fewer words of our offer a company may only serve the same branch. */
const OFFER_WORDS = 2;
/** Who begins with this part of the words of our offer offers it, whatever else it names. */
const MOST_OF_OFFER = 0.6;
/** What a text offers stands in so many characters. */
const OFFER_STANDS = 150;

/** Whose product is made for another branch than our customers' is none for them: so much more its squared lead counts in the length. */
const OTHER_BRANCH = 4;

/** Who sells to one branch is completed by what is made for the branch; what anybody may use is only conceivable. */
const OF_ANY_BRANCH = 0.5;

/** Whether the company's work goes with ours, as the kind of relation asks. Every text field is judged by itself and the clearest counts. */
export function complementarity(given: Case): Judgement | null {
  const { target, type, readings } = given;
  const relation = relationOf(type, target.understood.relation);
  if (readings.length === 0 || target.understood.areas.size === 0) return null;
  const partOf = { complements: usefulPart, adopters: ownPart, services: knownPart }[relation];
  const parts = partsOf(readings, (reading) => partOf(given, reading));
  const best = strongest(parts);
  if (!best) return nothing(readings, relation === 'adopters' ? 'no-own-area' : 'no-useful-area');
  const { share, area, proof } = best;
  return {
    share,
    proofs: parts.map((part) => part.proof),
    find: () => {
      const phrase = phraseOf(given.candidate, proof);
      if (relation === 'adopters') return { code: 'own-area', area, phrase };
      const useful = target.usefulAreas.get(area);
      if (relation === 'services')
        return { code: 'known-area', area, to: target.understood.areas.has(area) ? area : (useful?.to ?? area), phrase };
      return { code: 'useful-area', area, to: useful?.to ?? area, because: area === useful?.to ? '' : (useful?.because ?? ''), phrase };
    },
  };
}

/** 0–1: how clearly the company works in a field of ours. */
export function sameField({ target }: Pick<Case, 'target'>, readings: readonly FieldReading[]): number {
  return readings.reduce((most, reading) => Math.max(most, ownPart({ target }, reading)?.share ?? 0), 0);
}

/** Where a company says that it sells what we sell; null where it does not. Who stands for a common cause has no rivals in its field. To
 *  serve the same branch is to have the same customers: only who also speaks of our offer sells it. */
export function rivalIn({ understood, ownWords, customerWords }: FitTarget, readings: readonly FieldReading[]): AreaPart | null {
  if (understood.relation === 'adopters') return null;
  const parts = partsOf(readings, (reading) => {
    let [ofOffer, offered] = [0, 0];
    for (const { word, from } of reading.words) {
      if (customerWords.has(word)) continue;
      ofOffer++;
      if (from <= OFFER_STANDS) offered++;
    }
    const part = focusedPart(reading, (id) => (BRANCHES.has(id) && ofOffer < OFFER_WORDS ? 0 : (understood.areas.get(id) ?? 0)));
    const isOurs = offered >= OFFER_WORDS && offered >= MOST_OF_OFFER * (ownWords.words.length - customerWords.size);
    return part && isOurs ? { ...part, share: Math.max(RIVAL, part.share) } : part;
  });
  const best = strongest(parts);
  return best && best.share >= RIVAL ? best : null;
}

type AreaPart = Part & { area: AreaId };

/** How much of what the field speaks of goes with ours: what is named beside it, it names at the cost of the rest. */
function usefulPart({ target }: Pick<Case, 'target'>, reading: FieldReading): AreaPart | null {
  const part = focusedPart(reading, (id) => target.usefulAreas.get(id)?.strength ?? 0);
  if (!part) return null;
  const isOfBranch = target.branches.size === 0 || speaksOf(reading, target);
  return { ...part, share: Math.min(1, (isOfBranch ? 1 : OF_ANY_BRANCH) * ONE_FIELD * part.share) };
}

function speaksOf({ areas, words }: FieldReading, { branches, customerWords }: Case['target']): boolean {
  return areas.some(({ id }) => branches.has(id)) || words.some(({ word }) => customerWords.has(word));
}

/** The sum of what the areas of a text are worth, over its length: the areas are the axes, as in a cosine. A single hint is not yet a text. */
function focusedPart({ field, areas }: FieldReading, worth: (id: AreaId) => number): AreaPart | null {
  let [sum, square, most] = [0, 0, 0];
  let best: AreaFound | undefined;
  for (const found of areas) {
    const value = found.lead * worth(found.id);
    square += (value === 0 && BRANCHES.has(found.id) ? OTHER_BRANCH : 1) * found.lead * found.lead;
    sum += value;
    if (value <= most) continue;
    most = value;
    best = found;
  }
  if (!best) return null;
  return { share: (PRODUCT_TRUST[field] * sum) / Math.max(1, Math.sqrt(square)), proof: { field, at: best.at }, area: best.id };
}

function ownPart({ target }: Pick<Case, 'target'>, reading: FieldReading): AreaPart | null {
  return clearestPart(reading, (id) => target.understood.areas.get(id) ?? 0);
}

function knownPart({ target }: Pick<Case, 'target'>, reading: FieldReading): AreaPart | null {
  const { understood, usefulAreas } = target;
  return clearestPart(reading, (id) => Math.max(understood.areas.get(id) ?? 0, NEAR_OURS * (usefulAreas.get(id)?.strength ?? 0) ** 2));
}

function clearestPart({ field, areas }: FieldReading, worth: (id: AreaId) => number): AreaPart | null {
  let best: AreaPart | null = null;
  for (const { id, mass, at } of areas) {
    const share = worth(id) * saturate(mass);
    if (share > (best?.share ?? 0)) best = { share, proof: { field, at }, area: id };
  }
  return best;
}
