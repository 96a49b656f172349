import { CLAIMS, type Claim } from './claims.ts';
import type { FitTarget, Meaning } from './fit-target.ts';
import { type Case, combine, type Judgement, type Part, type Proof, saturate } from './judgement.ts';
import type { Found } from './phrase-matcher.ts';
import { phraseOf } from './quote.ts';
import { trust } from './read-company.ts';
import { SEGMENTS } from './segments.ts';
import { TECHNOLOGIES } from './technologies.ts';

const PER_SEGMENT = 1;
const PER_WORD = 0.35;
const PER_TECHNOLOGY = 1.5;
/** A product with an interface can be connected, even when it names nothing of ours. */
const CONNECTABLE = 0.9;

/** Customer groups and customer words of the profile that the company's text names. A text that names none of them is known to name none. */
export function icpOverlap({ target, candidate, readings }: Case): Judgement | null {
  if (!target.customersKnown || readings.length === 0) return null;
  const parts = partsOf({ readings }, (meaning) => {
    if (meaning.kind === 'segment' && target.segments.has(meaning.id)) return { key: meaning.id, mass: PER_SEGMENT };
    return meaning.kind === 'customer-word' ? { key: 'words', mass: PER_WORD } : null;
  });
  if (parts.length === 0) return nothing(readings, 'Its text names none of the customers you sell to.');
  return judged(parts, () => {
    const names = namesOf(parts, (meaning) =>
      meaning.kind === 'segment' && target.segments.has(meaning.id) ? SEGMENTS[meaning.id].name : null,
    );
    const quoted = bestQuote(candidate, parts);
    return names ? `Speaks of ${names}, as you do: ${quoted}.` : `Uses your words for your customers: ${quoted}.`;
  });
}

/** Technologies of the profile the company names, or an interface to connect to. */
export function techStack({ target, candidate, readings }: Case): Judgement | null {
  if (readings.length === 0) return null;
  const parts = partsOf({ readings }, (meaning) => {
    if (meaning.kind !== 'technology') return null;
    if (target.technologies.has(meaning.id)) return { key: meaning.id, mass: PER_TECHNOLOGY };
    return meaning.id === 'api' ? { key: 'api', mass: CONNECTABLE } : null;
  });
  if (parts.length === 0) return nothing(readings, 'Its text names no technology you work with.');
  return judged(parts, () => {
    const names = namesOf(parts, (meaning) => (isShared(target, meaning) ? TECHNOLOGIES[meaning.id].name : null));
    return `${names ? `Works with ${names}, as you do` : 'Can be connected'}: ${bestQuote(candidate, parts)}.`;
  });
}

/** What the text claims of reach or of partners: the strongest claim of each field. */
export function claimParts(readings: Case['readings'], shows: Claim['shows']): Part[] {
  return readings.flatMap(({ field, found }) => {
    let best: Part | null = null;
    for (const at of found) {
      for (const { meaning, strength } of at.signs) {
        if (meaning.kind !== 'claim' || CLAIMS[meaning.id].shows !== shows) continue;
        const share = strength * trust(field, at);
        if (share > (best?.share ?? 0)) best = { share, proof: { field, at } };
      }
    }
    return best ? [best] : [];
  });
}

/** Each field's own share: every key counts once, at the strongest of its phrases; more keys saturate. */
export function partsOf(
  { readings }: Pick<Case, 'readings'>,
  value: (meaning: Meaning, found: Found<Meaning>) => { key: string; mass: number } | null,
): Part[] {
  return readings.flatMap(({ field, found }) => {
    const masses = new Map<string, number>();
    let best: { at: Found<Meaning>; mass: number } | null = null;
    for (const at of found) {
      for (const { meaning } of at.signs) {
        const counted = value(meaning, at);
        if (!counted) continue;
        const mass = counted.mass * trust(field, at);
        masses.set(counted.key, Math.max(mass, masses.get(counted.key) ?? 0));
        if (mass > (best?.mass ?? 0)) best = { at, mass };
      }
    }
    if (!best) return [];
    const sum = [...masses.values()].reduce((total, mass) => total + mass, 0);
    return [{ share: saturate(sum), proof: { field, at: best.at } }];
  });
}

export function judged(parts: readonly Part[], say: () => string): Judgement {
  return { share: combine(parts), proofs: parts.map(({ proof }) => proof), say };
}

/** Known to be nothing: the fields were read and say nothing of the kind. */
export function nothing(readings: Case['readings'], text: string): Judgement {
  return { share: 0, proofs: readings.map(({ field }): Proof => ({ field, at: null })), say: () => text };
}

/** The phrase of the strongest part. */
export function bestQuote(candidate: Case['candidate'], parts: readonly Part[]): string {
  const best = parts.reduce((a, b) => (b.share > a.share ? b : a));
  return phraseOf(candidate, best.proof);
}

/** Names of what the quoted phrases mean, each once. */
function namesOf(parts: readonly Part[], name: (meaning: Meaning) => string | null): string {
  const names = parts.flatMap(({ proof }) => proof.at?.signs.flatMap(({ meaning }) => name(meaning) ?? []) ?? []);
  return [...new Set(names)].join(' and ');
}

function isShared(target: FitTarget, meaning: Meaning): meaning is Extract<Meaning, { kind: 'technology' }> {
  return meaning.kind === 'technology' && target.technologies.has(meaning.id);
}
