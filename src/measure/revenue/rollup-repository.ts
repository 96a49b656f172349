import mongoose, { Schema } from 'mongoose';
import { isDuplicateKey } from '../../errors.ts';
import { PART } from '../../platform/stored-part.ts';
import { STAGES, type Stage } from '../ledger/record-revenue.ts';
import { addSums, type StageSums, type Sums } from './measures.ts';
import type { Grain, Stretch } from './stretches.ts';

const name = { type: String, required: true } as const;

/** Figures of a day (`2026-03-31`) or a month (`2026-03`), of all sales, of a partner or of a product. */
export type Dimension = 'all' | 'partner' | 'product';
export type RollupKey = { workspaceId: string; grain: Grain; at: string; of: string };

/** `StageSums`. */
const sumsPart = new Schema(Object.fromEntries(STAGES.map((stage) => [stage, { type: Map, of: Number, default: undefined }])), PART);

const rollupSchema = new Schema(
  {
    _id: name,
    ...{ workspaceId: name, grain: name, dimension: name, of: name, at: name },
    sums: { type: sumsPart, required: true },
    /** How often something it is made of has changed: the filter of whoever adds it up. */
    asked: { type: Number, required: true },
    /** Since when it waits to be added up. */
    due: Date,
  },
  { strict: 'throw', minimize: false, versionKey: false, collection: 'revenue_rollups' },
);
rollupSchema.index({ workspaceId: 1, grain: 1, dimension: 1, at: 1 });
rollupSchema.index({ grain: 1, due: 1 }, { partialFilterExpression: { due: { $type: 'date' } } });

export const RollupModel = mongoose.model('RevenueRollup', rollupSchema);

export const rollupId = ({ workspaceId, grain, at, of }: RollupKey) => `${workspaceId}|${grain}|${at}|${of}`;

/** Of `partner:ID` it is `partner`. */
export function dimensionOf(of: string): Dimension {
  const [dimension] = of.split(':');
  return dimension === 'partner' || dimension === 'product' ? dimension : 'all';
}

/** Notes that these are to be added up again. To be called after what they are made of is written. */
export async function askRollups(keys: readonly RollupKey[], due: Date): Promise<void> {
  if (keys.length === 0) return;
  const ask = () =>
    RollupModel.bulkWrite(
      keys.map((key) => ({
        updateOne: {
          filter: { _id: rollupId(key) },
          update: { $inc: { asked: 1 }, $set: { due }, $setOnInsert: { ...key, dimension: dimensionOf(key.of), sums: {} } },
          upsert: true,
        },
      })),
      { ordered: false, throwOnValidationError: true },
    );
  // Two that begin the same one at once: the second finds it. Asking for some of them twice is no harm.
  await ask().catch((error: unknown) => {
    if (!isDuplicateKey(error)) throw error;
    return ask();
  });
}

export type DueRollup = RollupKey & { asked: number };

/** Of all workspaces, those that wait, in no order of theirs. */
export async function listRollupsDue(grain: Grain, limit: number): Promise<DueRollup[]> {
  const found = await RollupModel.find({ grain, due: { $type: 'date' } }, { sums: 0 })
    .sort({ due: 1 })
    .limit(limit)
    .lean();
  return found.map(({ workspaceId, at, of, asked }) => ({ workspaceId, grain, at, of, asked }));
}

/** False when what it is made of has changed since `asked`: it waits still, and is added up anew. */
export async function keepRollup(key: DueRollup, sums: StageSums): Promise<boolean> {
  const { matchedCount } = await RollupModel.updateOne({ _id: rollupId(key), asked: key.asked }, { $set: { sums } });
  return matchedCount === 1;
}

/** Notes that it is added up, and whatever is made of it was asked for. */
export async function settleRollup(key: DueRollup): Promise<void> {
  await RollupModel.updateOne({ _id: rollupId(key), asked: key.asked }, { $unset: { due: '' } });
}

/** By their ids, in no order. */
export async function listRollups(keys: readonly RollupKey[]): Promise<{ of: string; at: string; sums: StageSums }[]> {
  return RollupModel.find({ _id: { $in: keys.map(rollupId) } }, { of: 1, at: 1, sums: 1, _id: 0 }).lean<
    { of: string; at: string; sums: StageSums }[]
  >();
}

/** All of a workspace are to be added up again. */
export async function askAllRollups(workspaceId: string, due: Date): Promise<void> {
  await RollupModel.updateMany({ workspaceId }, { $inc: { asked: 1 }, $set: { due } });
}

export async function deleteRollups(workspaceId: string): Promise<void> {
  await RollupModel.deleteMany({ workspaceId });
}

/** Whether a figure of a workspace waits to be added up. */
export async function isRollupDue(workspaceId: string): Promise<boolean> {
  return (await RollupModel.exists({ workspaceId, grain: { $in: ['day', 'month'] }, due: { $type: 'date' } })) !== null;
}

/** What there are figures of: `all`, `partner:ID`, `product:NAME`. */
export async function listRolledUp(workspaceId: string): Promise<string[]> {
  return RollupModel.distinct('of', { workspaceId });
}

/** Every figure of one of these, in no order. */
export async function listFigures(workspaceId: string, of: string): Promise<{ grain: Grain; at: string; sums: StageSums }[]> {
  const wanted = { workspaceId, grain: { $in: ['day', 'month'] }, dimension: dimensionOf(of), of };
  return RollupModel.find(wanted, { grain: 1, at: 1, sums: 1, _id: 0 }).lean<{ grain: Grain; at: string; sums: StageSums }[]>();
}

/** The figures of a dimension over some stretches together: of each partner or product, or of each day or month. `keys` are names of sums. */
export async function sumRollups(
  workspaceId: string,
  stretches: readonly Stretch[],
  { dimension, stage, keys, by }: { dimension: Dimension; stage: Stage; keys: readonly string[]; by: 'of' | 'at' },
): Promise<{ key: string; sums: Sums }[]> {
  const sums = Object.fromEntries(keys.map((key) => [key, { $sum: `$sums.${stage}.${key}` }]));
  const parts = [1, -1].map(async (sign) => {
    const some = stretches.filter((stretch) => stretch.sign === sign);
    const wanted = some.map(({ grain, from, to }) => ({ workspaceId, grain, dimension, at: { $gte: from, $lt: to } }));
    if (wanted.length === 0) return [];
    const found = await RollupModel.aggregate<{ _id: string } & Record<string, number>>([
      { $match: wanted.length === 1 ? (wanted[0] ?? {}) : { $or: wanted } },
      { $group: { _id: `$${by}`, ...sums } },
    ]);
    return found.map(({ _id, ...rest }) => ({ key: _id, sums: Object.entries(rest).map(([name, minor]) => ({ [name]: sign * minor })) }));
  });
  const byKey = new Map<string, Sums[]>();
  for (const { key, sums: some } of (await Promise.all(parts)).flat()) byKey.set(key, [...(byKey.get(key) ?? []), ...some]);
  return [...byKey].map(([key, some]) => ({ key, sums: addSums(some) }));
}

/** The first day on which each partner or product had more than nothing in a sum. */
export async function listFirstDays(
  workspaceId: string,
  { dimension, stage, key }: { dimension: Dimension; stage: Stage; key: string },
): Promise<{ of: string; day: string }[]> {
  const found = await RollupModel.aggregate<{ _id: string; day: string }>([
    { $match: { workspaceId, grain: 'day', dimension, [`sums.${stage}.${key}`]: { $gt: 0 } } },
    { $group: { _id: '$of', day: { $min: '$at' } } },
  ]);
  return found.map(({ _id, day }) => ({ of: _id, day }));
}
