import mongoose, { Schema } from 'mongoose';
import { isDuplicateKey } from '../../errors.ts';
import { DEAL_ROLES } from '../../manage/deals/deal.ts';
import { PART } from '../../platform/stored-part.ts';
import { keptData } from '../../programme/privacy/kept-data.ts';
import { TOUCH_TYPES, Touch } from './touch.ts';

const name = { type: String, required: true } as const;
const date = { type: Date, required: true } as const;
const overridePart = new Schema({ by: name, because: name, at: date }, PART);

const touchSchema = new Schema(
  {
    _id: name,
    ...{ workspaceId: name, source: name, saleId: name, partnerId: name },
    type: { ...name, enum: TOUCH_TYPES },
    role: { ...name, enum: DEAL_ROLES },
    ...{ at: date, recordedAt: date, by: name },
    evidence: { type: String, default: '' },
    lateOverride: { type: overridePart, default: null },
  },
  { strict: 'throw', minimize: false, versionKey: false, collection: 'touches' },
);
touchSchema.index({ workspaceId: 1, saleId: 1, at: 1, _id: 1 });
touchSchema.index({ workspaceId: 1, partnerId: 1, at: 1 });

export const TouchModel = mongoose.model('Touch', touchSchema);

const idOf = ({ workspaceId, source }: Pick<Touch, 'workspaceId' | 'source'>) => `${workspaceId}|${source}`;

/** Appends; of touches only an override for a late claim is ever added. A source that is there already stands as it was, with false. */
export async function appendTouch(touch: Touch): Promise<boolean> {
  const checked = Touch.parse(touch);
  try {
    await TouchModel.create({ _id: idOf(checked), ...checked });
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}

export async function findTouch(workspaceId: string, source: string): Promise<Touch | null> {
  const found = await TouchModel.findById(idOf({ workspaceId, source })).lean();
  if (!found) return null;
  const { _id, ...stored } = found;
  return Touch.parse(stored);
}

/** All of a sale, in the order in which they happened. */
export async function listTouches(workspaceId: string, saleId: string): Promise<Touch[]> {
  const found = await TouchModel.find({ workspaceId, saleId }).sort({ at: 1, _id: 1 }).lean();
  return found.map(({ _id, ...stored }) => Touch.parse(stored));
}

/** The ids of the sales that a partner touched. */
export async function listTouchedSales(workspaceId: string, partnerId: string): Promise<string[]> {
  return TouchModel.distinct('saleId', { workspaceId, partnerId });
}

/** Lets a late claim count. False when it is not there, or somebody has done so before. */
export async function overrideLate(
  workspaceId: string,
  source: string,
  lateOverride: NonNullable<Touch['lateOverride']>,
): Promise<boolean> {
  const { modifiedCount } = await TouchModel.updateOne(
    { _id: idOf({ workspaceId, source }), lateOverride: null },
    { $set: { lateOverride } },
  );
  return modifiedCount === 1;
}

/** What colleagues wrote of it may name people. */
export const touchData = keptData({ model: TouchModel, noun: 'touch', kind: 'sale' });
