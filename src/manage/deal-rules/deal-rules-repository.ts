import mongoose, { Schema } from 'mongoose';
import { isDuplicateKey } from '../../errors.ts';
import { PART } from '../../platform/stored-part.ts';
import type { AuditEntry } from '../../programme/audit/audit.ts';
import { settleTrail, trailPath, WAITING_TRAIL } from '../../programme/audit/audit-repository.ts';
import { PARTNER_TYPES } from '../../programme/setup/programme.ts';
import { DealRules, defaultRules, FIELD_KINDS } from './deal-rules.ts';

const byName = { type: Map, of: Number, required: true } as const;
const protectionPart = new Schema({ days: { type: Number, required: true }, byType: byName, byTier: byName }, PART);
const limitPart = new Schema({ deals: { type: Number, default: null }, byTier: byName }, PART);
const extraFieldPart = new Schema(
  {
    id: { type: String, required: true },
    label: { type: String, required: true },
    kind: { type: String, enum: FIELD_KINDS, required: true },
    options: [String],
    required: { type: Boolean, default: false },
    types: [{ type: String, enum: PARTNER_TYPES }],
  },
  PART,
);

const dealRulesSchema = new Schema(
  {
    _id: { type: String, required: true },
    channel: { type: String, default: null },
    reviewDays: { type: Number, required: true },
    holidays: [String],
    protection: { type: protectionPart, required: true },
    openLimit: { type: limitPart, required: true },
    territories: [String],
    extraFields: { type: [extraFieldPart], required: true },
    fields: { type: Map, of: [String], required: true },
    rev: { type: Number, required: true },
    trail: trailPath,
  },
  { strict: 'throw', minimize: false, versionKey: false, collection: 'deal-rules' },
);
dealRulesSchema.index({ 'trail.at': 1 }, { partialFilterExpression: WAITING_TRAIL });

export const DealRulesModel = mongoose.model('DealRules', dealRulesSchema);

/** As the workspace decided, or as it is by default. */
export async function getDealRules(workspaceId: string): Promise<DealRules> {
  const found = await DealRulesModel.findById(workspaceId, { trail: 0 }).lean();
  if (!found) return defaultRules(workspaceId);
  const { _id, ...rules } = found;
  return DealRules.parse({ ...rules, workspaceId: _id });
}

/** Null when somebody else has changed them since `seen`. The audit entry is part of the same write. */
export async function saveDealRules(
  seen: DealRules,
  change: Partial<Omit<DealRules, 'workspaceId' | 'rev'>>,
  entry: AuditEntry,
): Promise<DealRules | null> {
  const { workspaceId, rev, ...rest } = { ...seen, ...change };
  try {
    const saved = await DealRulesModel.findOneAndUpdate(
      { _id: workspaceId, rev },
      { $set: { ...rest, rev: rev + 1 }, $push: { trail: entry } },
      { upsert: rev === 0, returnDocument: 'after' },
    ).lean();
    await settleTrail(DealRulesModel, { _id: workspaceId });
    return saved && { ...rest, workspaceId, rev: rev + 1 };
  } catch (error) {
    if (isDuplicateKey(error)) return null;
    throw error;
  }
}

export async function settleDealRulesTrails(): Promise<number> {
  return settleTrail(DealRulesModel, {});
}
