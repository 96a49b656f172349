import { CREDIT_KINDS, type CreditKind } from '../attribution/credit.ts';
import type { ModelName } from '../attribution/models.ts';
import { STAGES, type Stage } from '../ledger/record-revenue.ts';

/** Which part of revenue: of all sales, or of those in which a partner has this part; whole, or by the shares of a model. */
export type Measure = { kind: CreditKind | 'all'; model: ModelName | null };

/** Sums in the workspace's currency, in minor units, by the names that `measureKey` gives; and in `unrated` how many transactions have no worth in it. */
export type Sums = Record<string, number>;
export const UNRATED = 'unrated';

/** By stage; a stage of which nothing happened may be left out. */
export type StageSums = Partial<Record<Stage, Sums>>;

export const KINDS = ['all', ...CREDIT_KINDS] as const;

/** The name under which a sum is stored. */
export function measureKey({ kind, model }: Measure): string {
  return model ? `${kind}_${model}` : kind;
}

/** Adds up sums of one name; what comes to nothing is left out. */
export function addSums(all: Iterable<Sums>): Sums {
  const total = new Map<string, number>();
  for (const sums of all) for (const [name, minor] of Object.entries(sums)) total.set(name, (total.get(name) ?? 0) + minor);
  return Object.fromEntries([...total].filter(([, minor]) => minor !== 0).sort(([a], [b]) => (a < b ? -1 : 1)));
}

export function addStages(all: readonly StageSums[]): StageSums {
  const added = STAGES.map((stage) => [stage, addSums(all.map((one) => one[stage] ?? {}))] as const);
  return Object.fromEntries(added.filter(([, sums]) => Object.keys(sums).length > 0));
}
