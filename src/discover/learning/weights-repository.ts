import mongoose, { Schema } from 'mongoose';
import { isDuplicateKey } from '../../errors.ts';
import type { AuditEntry } from '../../programme/audit/audit.ts';
import { settleTrail, trailPath } from '../../programme/audit/audit-repository.ts';
import { PARTNER_TYPES, type PartnerType } from '../../programme/setup/programme.ts';
import type { CustomWeights } from '../fit/score-company.ts';
import { currentOf, TypeWeights } from './type-weights.ts';

const weights = { type: Map, of: Number, default: null } as const;

const weightsSchema = new Schema(
  {
    /** `workspace/type` */
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    type: { type: String, enum: PARTNER_TYPES, required: true },
    revision: { type: Number, required: true },
    version: { type: Number, required: true },
    frozen: { type: Boolean, required: true },
    start: weights,
    since: { type: Date, default: null },
    learned: weights,
    learnedFrom: { type: String, default: '' },
    trail: trailPath,
  },
  { strict: 'throw', versionKey: false, collection: 'weights', minimize: false },
);
weightsSchema.index({ workspaceId: 1 });

const WeightsModel = mongoose.model('Weights', weightsSchema);

/** The defaults, thawed, where nothing has been learned or set. */
export async function getTypeWeights(workspaceId: string, type: PartnerType): Promise<TypeWeights> {
  const found = await WeightsModel.findOne({ _id: `${workspaceId}/${type}`, workspaceId }).lean();
  const untouched = { type, revision: 0, version: 0, frozen: false, start: null, since: null, learned: null, learnedFrom: '' };
  return TypeWeights.parse(found ?? untouched);
}

/** What the score of each type uses in this workspace, where it is not the default. */
export async function customWeights(workspaceId: string): Promise<CustomWeights> {
  const found = await WeightsModel.find({ workspaceId }).lean();
  return Object.fromEntries(found.map((stored) => TypeWeights.parse(stored)).map((weights) => [weights.type, currentOf(weights)]));
}

/** Replaces the weights the caller saw; false when somebody changed them first. The audit entry is part of the same write; null where
 *  nothing that people see has changed. */
export async function saveTypeWeights(workspaceId: string, weights: TypeWeights, entry: AuditEntry | null): Promise<boolean> {
  const { type, revision, ...state } = weights;
  const _id = `${workspaceId}/${type}`;
  const change = { $set: { ...state, workspaceId, type, revision: revision + 1 }, ...(entry ? { $push: { trail: entry } } : {}) };
  try {
    // Only the first change may create the document; a later one that finds another revision must not.
    const saved = await WeightsModel.updateOne({ _id, revision }, change, { upsert: revision === 0 });
    if (saved.modifiedCount + saved.upsertedCount === 0) return false;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
  if (entry) await settleTrail(WeightsModel, { _id });
  return true;
}

export async function settleWeightTrails(): Promise<number> {
  return settleTrail(WeightsModel, {});
}
