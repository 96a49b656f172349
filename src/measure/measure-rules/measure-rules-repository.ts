import mongoose, { Schema } from 'mongoose';
import { isDuplicateKey } from '../../errors.ts';
import { DEAL_ROLES } from '../../manage/deals/deal.ts';
import { PART } from '../../platform/stored-part.ts';
import type { AuditEntry } from '../../programme/audit/audit.ts';
import { settleTrail, trailPath, WAITING_TRAIL } from '../../programme/audit/audit-repository.ts';
import { defaultMeasureRules, MeasureRules } from './measure-rules.ts';

const number = { type: Number, required: true } as const;
const weightsPart = new Schema(Object.fromEntries(DEAL_ROLES.map((role) => [role, number])), PART);

const measureRulesSchema = new Schema(
  {
    _id: { type: String, required: true },
    currency: { type: String, required: true },
    ...{ fiscalYearStart: number, claimDays: number, lookBackDays: number, halfLifeDays: number },
    roleWeights: { type: weightsPart, required: true },
    totalCapBp: { type: Number, default: null },
    secondApprovalMinor: Number,
    limitRaised: {
      type: new Schema(
        { by: { type: String, required: true }, at: { type: Date, required: true }, fromMinor: number, alsoBy: [String] },
        PART,
      ),
      default: null,
    },
    hourMinor: { type: Number, default: null },
    ...{ weeklySummary: Boolean, quarterlySummary: Boolean },
    rev: number,
    trail: trailPath,
  },
  { strict: 'throw', minimize: false, versionKey: false, collection: 'measure-rules' },
);
measureRulesSchema.index({ 'trail.at': 1 }, { partialFilterExpression: WAITING_TRAIL });

const MeasureRulesModel = mongoose.model('MeasureRules', measureRulesSchema);

/** As the workspace decided, or as it is by default. */
export async function getMeasureRules(workspaceId: string): Promise<MeasureRules> {
  const found = await MeasureRulesModel.findById(workspaceId, { trail: 0 }).lean();
  if (!found) return defaultMeasureRules(workspaceId);
  const { _id, ...rules } = found;
  return MeasureRules.parse({ ...rules, workspaceId: _id });
}

/** Null when somebody else has changed them since `seen`. The audit entry is part of the same write. */
export async function saveMeasureRules(
  seen: MeasureRules,
  change: Partial<Omit<MeasureRules, 'workspaceId' | 'rev'>>,
  entry: AuditEntry,
): Promise<MeasureRules | null> {
  const { workspaceId, rev, ...rest } = { ...seen, ...change };
  try {
    const saved = await MeasureRulesModel.findOneAndUpdate(
      { _id: workspaceId, rev },
      { $set: { ...rest, rev: rev + 1 }, $push: { trail: entry } },
      { upsert: rev === 0, returnDocument: 'after' },
    ).lean();
    await settleTrail(MeasureRulesModel, { _id: workspaceId });
    return saved && { ...rest, workspaceId, rev: rev + 1 };
  } catch (error) {
    if (isDuplicateKey(error)) return null;
    throw error;
  }
}

export async function settleMeasureRulesTrails(): Promise<number> {
  return settleTrail(MeasureRulesModel, {});
}
