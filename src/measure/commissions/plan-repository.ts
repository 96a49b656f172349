import mongoose, { Schema } from 'mongoose';
import { isDuplicateKey } from '../../errors.ts';
import { DEAL_ROLES } from '../../manage/deals/deal.ts';
import { PART } from '../../platform/stored-part.ts';
import type { AuditEntry } from '../../programme/audit/audit.ts';
import { settleTrail, trailPath, WAITING_TRAIL } from '../../programme/audit/audit-repository.ts';
import { BASES, PERIODS, Plan } from './plan.ts';

const name = { type: String, required: true } as const;
const number = { type: Number, required: true } as const;
const maybeNumber = { type: Number, default: null } as const;

const audiencePart = new Schema({ kind: { ...name, enum: ['everybody', 'types', 'tiers', 'partners'] }, names: [String] }, PART);
const tierPart = new Schema({ fromMinor: number, rateBp: number }, PART);
const payPart = new Schema(
  {
    kind: { ...name, enum: ['percent', 'flat', 'tiered'] },
    ...{ rateBp: Number, minor: Number, whole: Boolean, per: { type: String, enum: PERIODS } },
    tiers: { type: [tierPart], default: undefined },
  },
  PART,
);
const productPart = new Schema({ product: name, rateBp: number }, PART);
const capPart = new Schema({ per: { ...name, enum: PERIODS }, minor: number }, PART);
const sharesPart = new Schema(Object.fromEntries(DEAL_ROLES.map((role) => [role, number])), PART);

const planSchema = new Schema(
  {
    /** Workspace, plan and version. */
    _id: name,
    ...{ workspaceId: name, planId: name, version: number, by: name, at: { type: Date, required: true }, name },
    audience: { type: audiencePart, required: true },
    base: { ...name, enum: BASES },
    pay: { type: payPart, required: true },
    products: [productPart],
    ...{ months: maybeNumber, leastSaleMinor: number, capDealMinor: maybeNumber },
    capPeriod: { type: capPart, default: null },
    shares: { type: sharesPart, required: true },
    ...{ holdDays: number, leastPayoutMinor: number, currency: name, startsOn: name },
    endsOn: { type: String, default: null },
    trail: trailPath,
  },
  { strict: 'throw', minimize: false, versionKey: false, collection: 'commission_plans' },
);
planSchema.index({ workspaceId: 1, planId: 1, version: 1 });
planSchema.index({ 'trail.at': 1 }, { partialFilterExpression: WAITING_TRAIL });

const PlanModel = mongoose.model('CommissionPlan', planSchema);

/** Adds a version; false when the plan has one of this number already: somebody else was first. */
export async function insertPlan(plan: Plan, entry: AuditEntry): Promise<boolean> {
  const _id = `${plan.workspaceId}|${plan.planId}|${plan.version}`;
  try {
    await PlanModel.create({ _id, ...Plan.parse(plan), trail: [entry] });
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
  await settleTrail(PlanModel, { _id });
  return true;
}

/** All versions of all plans, plan by plan, the oldest version first. */
export async function listPlanVersions(workspaceId: string): Promise<Plan[]> {
  const found = await PlanModel.find({ workspaceId }, { trail: 0 }).sort({ planId: 1, version: 1 }).lean<Record<string, unknown>[]>();
  return found.map((stored) => Plan.parse(stored));
}

export async function settlePlanTrails(): Promise<number> {
  return settleTrail(PlanModel, {});
}
