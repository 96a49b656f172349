import type { Candidate, Evidence } from './fit.ts';
import type { Judgement } from './judgement.ts';
import { eachMention, type NameKey, nameKey } from './mentions.ts';
import { quoteOf } from './quote.ts';
import { TEXT_FIELDS, textOf } from './read-company.ts';
import { scanWords } from './scan-words.ts';

/** How others name a company: by how many, how many of them in our own fields (each by how clearly), and some of them, for evidence. */
export type Naming = { by: number; inField: number; namers: readonly Candidate[] };

/** Being named by so many others is as good as being named by all; fewer by the logarithm. */
const ENOUGH = 20;
const ENOUGH_IN_FIELD = 5;
const OF_ALL = 0.6;

export function namedShare({ by, inField }: Pick<Naming, 'by' | 'inField'>): number {
  return OF_ALL * partOf(by, ENOUGH) + (1 - OF_ALL) * partOf(inField, ENOUGH_IN_FIELD);
}

function partOf(count: number, enough: number): number {
  return Math.min(1, Math.log1p(count) / Math.log1p(enough));
}

/** Unknown as long as nobody looked at the other companies. */
export function namedByOthers(naming: Naming | null): Judgement | null {
  if (!naming) return null;
  const { by, inField } = naming;
  const others = by === 1 ? 'one other company on your list' : `${by} other companies on your list`;
  const near = Math.round(inField);
  const text = `Is named by ${others}${near > 0 ? `, ${near === by ? 'in your field' : `${near} of them in your field`}` : ''}.`;
  return {
    share: namedShare(naming),
    proofs: [{ field: 'name', at: null }],
    say: () => (by === 0 ? 'No other company on your list is known to name it.' : text),
  };
}

/** Where the namers name the company, in their own words and with the origin of those. */
export function namingEvidence({ name }: Candidate, { namers }: Naming): Evidence[] {
  const wanted = nameKey(name);
  if (!wanted) return [];
  return namers.flatMap((namer) => {
    for (const field of TEXT_FIELDS) {
      const place = placeOf(textOf(namer, field), wanted);
      const { source, at } = namer.origins[field] ?? namer.origin;
      if (place) return [{ field: `named by ${namer.name}`, value: quoteOf(namer, field, place), source, at }];
    }
    return [];
  });
}

const MOST_MENTIONS = 1_000;
const seen = new Int32Array(MOST_MENTIONS * 3);

function placeOf(text: string, { key, check }: NameKey): { from: number; to: number } | null {
  const places: number[] = [];
  const length = eachMention(scanWords(text), seen, 0, places);
  for (let at = 0; at < length; at += 3) {
    if (seen[at] === key && seen[at + 1] === check) return { from: places[(at / 3) * 2] ?? 0, to: places[(at / 3) * 2 + 1] ?? 0 };
  }
  return null;
}
