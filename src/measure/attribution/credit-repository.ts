import mongoose, { Schema } from 'mongoose';
import { z } from 'zod';
import { isDuplicateKey } from '../../errors.ts';
import { PART } from '../../platform/stored-part.ts';
import { STAGES, type Stage } from '../ledger/record-revenue.ts';
import { CREDIT_KINDS, UNCOUNTED } from './credit.ts';
import { MODEL_NAMES, MODEL_VERSIONS } from './models.ts';

const name = { type: String, required: true } as const;
const number = { type: Number, required: true } as const;

/** Who has which part in a sale, and what it adds to which figures. Made from the ledger, the touches and the rules, and made anew when they change. */
export const SaleCredit = z.object({
  workspaceId: z.string(),
  saleId: z.string(),
  credits: z.array(
    z.object({ partnerId: z.string(), kinds: z.array(z.enum(CREDIT_KINDS)), shares: z.record(z.enum(MODEL_NAMES), z.number()) }),
  ),
  uncounted: z.array(z.object({ source: z.string(), because: z.enum(UNCOUNTED) })),
  lines: z.array(z.object({ day: z.string(), of: z.string(), stage: z.enum(STAGES), sums: z.record(z.string(), z.number()) })),
  /** By which versions of the models: `MODEL_VERSIONS` at the time. Empty of what is older than this field. */
  models: z.string().default(''),
  /** The figures that this adds to, or added to before, and that are not marked for it yet: `2026-03-31|partner:ID`. */
  unmarked: z.array(z.string()),
  rev: z.number().int(),
});
export type SaleCredit = z.infer<typeof SaleCredit>;

const saleCreditSchema = new Schema(
  {
    /** Workspace and sale. */
    _id: name,
    ...{ workspaceId: name, saleId: name },
    credits: [new Schema({ partnerId: name, kinds: [String], shares: { type: Map, of: Number, required: true } }, PART)],
    uncounted: [new Schema({ source: name, because: { ...name, enum: UNCOUNTED } }, PART)],
    lines: [new Schema({ day: name, of: name, stage: { ...name, enum: STAGES }, sums: { type: Map, of: Number, required: true } }, PART)],
    /** Of each line, `partner:ID|2026-03-31`. */
    keys: [String],
    models: String,
    unmarked: [String],
    rev: number,
  },
  { strict: 'throw', minimize: false, versionKey: false, collection: 'sale_credits' },
);
saleCreditSchema.index({ workspaceId: 1, keys: 1 });

export const SaleCreditModel = mongoose.model('SaleCredit', saleCreditSchema);

const idOf = (workspaceId: string, saleId: string) => `${workspaceId}|${saleId}`;
export const keyOf = ({ of, day }: { of: string; day: string }) => `${of}|${day}`;

/** Null until it was worked out once. */
export async function findSaleCredit(workspaceId: string, saleId: string): Promise<SaleCredit | null> {
  const found = await SaleCreditModel.findById(idOf(workspaceId, saleId)).lean<Record<string, unknown>>();
  return found && SaleCredit.parse(found);
}

/** Of these sales, those in which a partner has a part by name, and whether one sourced it. */
export async function listSourcing(workspaceId: string, saleIds: readonly string[]): Promise<Map<string, { isSourced: boolean }>> {
  const ids = saleIds.map((saleId) => idOf(workspaceId, saleId));
  const found = await SaleCreditModel.find({ _id: { $in: ids } }, { saleId: 1, 'credits.kinds': 1 }).lean<
    { saleId: string; credits: { kinds: string[] }[] }[]
  >();
  const parts = found.map(({ saleId, credits }) => ({ saleId, kinds: credits.flatMap(({ kinds }) => kinds) }));
  return new Map(parts.flatMap(({ saleId, kinds }) => (kinds.length > 0 ? [[saleId, { isSourced: kinds.includes('sourced') }]] : [])));
}

/** Keeps what was worked out, and with it which figures are to be added up anew: those it adds to and those it did. False when somebody else has kept
 *  another since `seen`: work it out again. */
export async function keepSaleCredit(made: Omit<SaleCredit, 'models' | 'unmarked' | 'rev'>, seen: SaleCredit | null): Promise<boolean> {
  const keys = [...new Set(made.lines.map(keyOf))];
  const unmarked = [...new Set([...keys, ...(seen?.unmarked ?? []), ...(seen?.lines ?? []).map(keyOf)])];
  const rev = seen?.rev ?? 0;
  try {
    const { matchedCount, upsertedCount } = await SaleCreditModel.updateOne(
      { _id: idOf(made.workspaceId, made.saleId), rev },
      { $set: { ...made, models: MODEL_VERSIONS, keys, unmarked, rev: rev + 1 } },
      { upsert: seen === null },
    );
    return matchedCount + upsertedCount === 1;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}

/** Notes that its figures are marked, unless it was kept anew since. */
export async function settleMarked({ workspaceId, saleId, rev }: Pick<SaleCredit, 'workspaceId' | 'saleId' | 'rev'>): Promise<void> {
  await SaleCreditModel.updateOne({ _id: idOf(workspaceId, saleId), rev }, { $set: { unmarked: [] } });
}

export async function deleteCredits(workspaceId: string): Promise<void> {
  await SaleCreditModel.deleteMany({ workspaceId });
}

/** All that sales add to a figure, of one day or of all days. */
export async function* contributionsTo(
  workspaceId: string,
  { of, day }: { of: string; day?: string },
): AsyncGenerator<SaleCredit['lines'][number]> {
  const wanted = day ? keyOf({ of, day }) : { $elemMatch: { $gte: keyOf({ of, day: '0' }), $lt: keyOf({ of, day: 'x' }) } };
  // Read as it is stored: there may be thousands, and all of it was made by `contributionsOf`.
  const found = SaleCreditModel.find({ workspaceId, keys: wanted }, { lines: 1 }).lean<Pick<SaleCredit, 'lines'>[]>().cursor();
  for await (const { lines } of found) for (const line of lines) if (line.of === of && (!day || line.day === day)) yield line;
}

/** Whether any of it was worked out by another version of a model. */
export async function hasOtherModels(workspaceId: string): Promise<boolean> {
  return (await SaleCreditModel.exists({ workspaceId, models: { $ne: MODEL_VERSIONS } })) !== null;
}

/** The sales that add to a figure within some days, those that add most first; of days from `from` up to the one before `to`. */
export async function listSalesAdding(
  workspaceId: string,
  { of, from, to, stage, key }: { of: string; from: string; to: string; stage: Stage; key: string },
  limit: number,
): Promise<{ saleId: string; minor: number }[]> {
  return SaleCreditModel.aggregate([
    { $match: { workspaceId, keys: { $elemMatch: { $gte: keyOf({ of, day: from }), $lt: keyOf({ of, day: to }) } } } },
    { $unwind: '$lines' },
    { $match: { 'lines.of': of, 'lines.stage': stage, 'lines.day': { $gte: from, $lt: to } } },
    { $group: { _id: '$saleId', minor: { $sum: `$lines.sums.${key}` } } },
    { $match: { minor: { $ne: 0 } } },
    { $sort: { minor: -1, _id: 1 } },
    { $limit: limit },
    { $project: { _id: 0, saleId: '$_id', minor: 1 } },
  ]);
}
