import type { PartnerType } from '../../programme/setup/programme.ts';
import { AREAS } from './areas.ts';
import type { FitTarget } from './fit-target.ts';
import { type Case, type Judgement, nothing, type Part, type Proof, partsOf, saturate, strongest } from './judgement.ts';
import { factText, phraseOf } from './quote.ts';
import { type FieldReading, trust } from './read-company.ts';
import { relationOf } from './relation.ts';
import type { SegmentId } from './segments.ts';

/** Who usually buys such a thing is a guess; who the text names is not. */
const USUAL_BUYERS = 0.8;
/** So many groups in common are as good as all. */
const ENOUGH_BUYERS = 1.5;

/** Customer groups of the profile that the company's text names, or that usually buy what it sells. */
export function icpOverlap({ target, candidate, readings }: Case): Judgement | null {
  const wanted = target.understood.customers;
  if (wanted.size === 0 || readings.length === 0) return null;
  const parts = partsOf(readings, (reading) => customersIn(reading, wanted));
  const best = strongest(parts);
  if (!best) return nothing(readings, 'no-customers');
  const { group, named, proof, share } = best;
  const find = () => ({ code: 'customers', group, named, phrase: phraseOf(candidate, proof) }) as const;
  return { share, proofs: parts.map((part) => part.proof), find };
}

type CustomerPart = Part & { group: SegmentId; named: boolean };

/** The clearest of the field. */
function customersIn({ field, found, areas }: FieldReading, wanted: ReadonlySet<SegmentId>): CustomerPart | null {
  let best: CustomerPart | null = null;
  for (const at of found) {
    for (const { meaning } of at.signs) {
      if (meaning.kind !== 'segment' || !wanted.has(meaning.id)) continue;
      const share = saturate(trust(field, at));
      if (share > (best?.share ?? 0)) best = { share, proof: { field, at }, group: meaning.id, named: true };
    }
  }
  for (const { id, mass, at } of areas) {
    const buyers = AREAS[id].buyers;
    const group = buyers.find((buyer) => wanted.has(buyer));
    if (!group) continue;
    const groups = buyers.reduce((count, buyer) => count + Number(wanted.has(buyer)), 0);
    const share = USUAL_BUYERS * saturate(mass) * Math.min(1, groups / ENOUGH_BUYERS);
    if (share > (best?.share ?? 0)) best = { share, proof: { field, at }, group, named: false };
  }
  return best;
}

/** The numbers of the profile's words that count for a type. Whoever sells what completes ours has our customers in common; the words of our
 *  offer are those of our competitors. */
export function wordsAsked(target: Pick<FitTarget, 'understood' | 'ownWords' | 'customerWords'>, type: PartnerType): ReadonlySet<number> {
  if (relationOf(type, target.understood.relation) === 'complements') return target.customerWords;
  return new Set(target.ownWords.words.keys());
}

/** Words of the profile that the company's text has too; `weights` says how telling each is among all companies. */
export function sharedWords({ target, type, candidate, readings }: Case, weights: ArrayLike<number> | null): Judgement | null {
  const asked = wordsAsked(target, type);
  if (asked.size === 0 || readings.length === 0) return null;
  const seen = new Set<number>();
  const proofs: Proof[] = [];
  const quoted: { text: string; weight: number }[] = [];
  for (const { field, words } of readings) {
    for (const at of words) {
      if (!asked.has(at.word)) continue;
      proofs.push({ field, at });
      if (seen.has(at.word)) continue;
      seen.add(at.word);
      quoted.push({ text: factText(candidate, field).slice(at.from, at.to), weight: weights?.[at.word] ?? UNWEIGHED });
    }
  }
  if (seen.size === 0) return nothing(readings, 'no-own-words');
  const telling = quoted.sort((a, b) => b.weight - a.weight).slice(0, 5);
  return {
    share: wordsShare(
      [...seen].sort((a, b) => a - b),
      weights,
    ),
    proofs,
    find: () => ({ code: 'own-words', words: telling.map(({ text }) => text) }),
  };
}

/** The fields `sharedWords` rests on: those with a word that is asked for, or all when none has one. */
export function fieldsWithWords(readings: Case['readings'], asked: ReadonlySet<number>): Case['readings'] {
  const having = readings.filter(({ words }) => words.some(({ word }) => asked.has(word)));
  return having.length > 0 ? having : readings;
}

/** What a word counts for as long as nobody knows how many companies have it; and how much of such weight is all one can ask. */
const UNWEIGHED = 0.5;
const ENOUGH_WORDS = 2;

/** NaN where nothing is asked for. */
export function wordsShare(words: Iterable<number>, weights: ArrayLike<number> | null, asked?: ReadonlySet<number>): number {
  if (asked?.size === 0) return Number.NaN;
  let sum = 0;
  for (const word of words) if (!asked || asked.has(word)) sum += weights?.[word] ?? UNWEIGHED;
  return Math.min(1, sum / ENOUGH_WORDS);
}
