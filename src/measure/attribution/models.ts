import { differenceInDays } from 'date-fns';
import type { DealRole } from '../../manage/deals/deal.ts';
import { splitInParts } from '../commissions/exact.ts';
import type { MeasureRules } from '../measure-rules/measure-rules.ts';

/** What a model reads of one touch. */
export type Counted = { source: string; partnerId: string; role: DealRole; at: Date };
type Settings = Pick<MeasureRules, 'halfLifeDays' | 'roleWeights'>;

/** Shares are whole millionths of a sale, so that those of all partners are exactly one. */
export const ONE = 1_000_000;

/** How much each touch counts, in the order of `touches`: whole numbers, at least one above zero. `end` is when the sale closed, or now. */
type Model = (touches: readonly Counted[], settings: Settings, end: Date) => number[];

/** Fine enough that no half-life in use rounds two days to one weight. */
const FINE = 1_000_000_000;

/** All models, by name; each with its version, which rises when its outcome would change. */
export const MODELS = {
  first: { version: 1, weigh: (touches) => touches.map((_, place) => (place === 0 ? 1 : 0)) },
  last: { version: 1, weigh: (touches) => touches.map((_, place) => (place === touches.length - 1 ? 1 : 0)) },
  linear: { version: 1, weigh: (touches) => touches.map(() => 1) },
  /** 40 for the first, 40 for the last, 20 shared by those between; half and half of two. */
  position: {
    version: 1,
    weigh: ({ length }) => {
      const between = Math.max(1, length - 2);
      return Array.from({ length }, (_, place) => (place === 0 || place === length - 1 ? 40 * between : 20));
    },
  },
  /** A touch counts half as much for each half-life that lies between it and the end. */
  decay: {
    version: 1,
    weigh: (touches, { halfLifeDays }, end) =>
      touches.map(({ at }) => Math.max(1, Math.round(FINE * 0.5 ** (Math.max(0, differenceInDays(end, at)) / halfLifeDays)))),
  },
  /** Each partner by its roles, each role once however often it acted. */
  roles: {
    version: 1,
    weigh: (touches, { roleWeights }) => {
      const seen = new Set<string>();
      return touches.map(({ partnerId, role }) => {
        const key = `${partnerId} ${role}`;
        const isFirst = !seen.has(key);
        seen.add(key);
        return isFirst ? roleWeights[role] : 0;
      });
    },
  },
} as const satisfies Record<string, { version: number; weigh: Model }>;
export type ModelName = keyof typeof MODELS;
/** The keys of `MODELS`, in its order; TypeScript knows them as strings only. */
export const MODEL_NAMES = Object.keys(MODELS) as ModelName[];

/** Each partner's share of a sale by one model, in millionths that add up to exactly `ONE`; empty without touches. Touches may stand in any order: they
 *  are counted by time, those of the same instant by their source. */
export function sharesBy(name: ModelName, touches: readonly Counted[], settings: Settings, end: Date): Map<string, number> {
  const sorted = [...touches].sort((a, b) => Number(a.at) - Number(b.at) || (a.source < b.source ? -1 : 1));
  const weights = MODELS[name].weigh(sorted, settings, end);
  const byPartner = new Map<string, number>();
  for (const [place, { partnerId }] of sorted.entries()) byPartner.set(partnerId, (byPartner.get(partnerId) ?? 0) + (weights[place] ?? 0));
  const parts = splitInParts(ONE, [...byPartner.values()]);
  return new Map([...byPartner.keys()].map((partnerId, place) => [partnerId, parts[place] ?? 0]));
}

/** Which versions work shares out: `first@1 last@1 …`. */
export const MODEL_VERSIONS = Object.entries(MODELS)
  .map(([name, { version }]) => `${name}@${version}`)
  .join(' ');
