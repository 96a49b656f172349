import { splitInParts } from '../commissions/exact.ts';
import { STAGES, type Stage } from '../ledger/record-revenue.ts';
import type { Transaction } from '../ledger/transaction.ts';
import { addSums, KINDS, measureKey, type Sums, UNRATED } from '../revenue/measures.ts';
import type { Credit } from './credit.ts';
import { MODEL_NAMES, ONE } from './models.ts';

/** What one transaction of revenue is worth: `minor` in the workspace's currency, null where no rate is known. */
export type Worth = Pick<Transaction, 'day' | 'product'> & { stage: Stage; minor: number | null };

/** What a sale adds to the figures of one day: to those of all sales (`all`), of a partner (`partner:ID`) or of a product (`product:NAME`). */
export type Contribution = { day: string; of: string; stage: Stage; sums: Sums };

export const ALL = 'all';
export const ofPartner = (partnerId: string) => `partner:${partnerId}`;
export const ofProduct = (product: string) => `product:${product}`;

/** What a sale adds to which figures, day by day. Figures of all sales and of products count it once, however many partners have a part in it. A sum is split by
 *  each model into parts that equal it; a refund is split as what it takes back. Pure; the order of neither list matters. */
export function contributionsOf(worths: readonly Worth[], credits: readonly Credit[]): Contribution[] {
  const sorted = [...credits].sort((a, b) => (a.partnerId < b.partnerId ? -1 : 1));
  const found = new Map<string, { day: string; of: string; stage: Stage; all: Sums[] }>();
  const note = (of: string, { day, stage }: Worth, sums: Sums) => {
    const key = `${day} ${stage} ${of}`;
    const known = found.get(key) ?? { day, of, stage, all: [] };
    found.set(key, known);
    known.all.push(sums);
  };
  for (const worth of worths) {
    const parts = partsOf(worth.minor ?? 0, sorted);
    const theirs = sorted.map((credit, place) => sumsOf(worth, [credit], [parts[place] ?? {}]));
    for (const [place, { partnerId }] of sorted.entries()) note(ofPartner(partnerId), worth, theirs[place] ?? {});
    const whole = sumsOf(worth, sorted, parts);
    note(ALL, worth, whole);
    note(ofProduct(worth.product), worth, whole);
  }
  const made = [...found.values()].map(({ all, ...rest }) => ({ ...rest, sums: addSums(all) }));
  const place = ({ day, of, stage }: Contribution) => `${day} ${of} ${STAGES.indexOf(stage)}`;
  return made.filter(({ sums }) => Object.keys(sums).length > 0).sort((a, b) => (place(a) < place(b) ? -1 : 1));
}

/** Each partner's part of a sum by each model, in their order. */
function partsOf(minor: number, credits: readonly Credit[]): Record<string, number>[] {
  const byModel = MODEL_NAMES.map((model) => {
    const shares = credits.map((credit) => credit.shares[model]);
    const has = shares.reduce((sum, share) => sum + share, 0) === ONE;
    return [model, has ? splitInParts(minor, shares) : shares.map(() => 0)] as const;
  });
  return credits.map((_, place) => Object.fromEntries(byModel.map(([model, parts]) => [model, parts[place] ?? 0])));
}

/** Of some partners together: the sum itself once under each kind that one of them has, and their parts added up. */
function sumsOf({ minor }: Worth, credits: readonly Credit[], parts: readonly Record<string, number>[]): Sums {
  if (minor === null) return { [UNRATED]: 1 };
  const sums: Sums = {};
  for (const kind of KINDS) {
    const places = [...credits.keys()].filter((place) => kind === 'all' || credits[place]?.kinds.includes(kind));
    if (kind === 'all' || places.length > 0) sums[kind] = minor;
    for (const model of MODEL_NAMES)
      sums[measureKey({ kind, model })] = places.reduce((sum, place) => sum + (parts[place]?.[model] ?? 0), 0);
  }
  return sums;
}
