import mongoose, { Schema } from 'mongoose';
import { PART } from '../../platform/stored-part.ts';
import { keptData } from '../../programme/privacy/kept-data.ts';
import { PUSH_PROBLEMS, PUSHED_FIELDS, Push } from './crm-push.ts';
import { CRM_SOURCES, type CrmSource } from './crm-record.ts';

const needed = { type: String, required: true } as const;
const text = { type: String, default: '' } as const;
const conflictPart = new Schema({ field: { type: String, enum: PUSHED_FIELDS, required: true }, ours: text, theirs: text }, PART);
const problemPart = new Schema({ code: { type: String, enum: PUSH_PROBLEMS, required: true }, fields: [String] }, PART);

const pushSchema = new Schema(
  {
    _id: needed,
    workspaceId: needed,
    dealId: needed,
    source: { type: String, enum: CRM_SOURCES, required: true },
    opportunityId: { type: String, default: null },
    hash: text,
    written: new Schema(Object.fromEntries(PUSHED_FIELDS.map((field) => [field, String])), PART),
    conflicts: { type: [conflictPart], default: [] },
    problem: { type: problemPart, default: null },
    at: { type: Date, required: true },
  },
  { strict: 'throw', minimize: false, versionKey: false, collection: 'crm_pushes' },
);
pushSchema.index({ workspaceId: 1, source: 1, opportunityId: 1 });
pushSchema.index({ workspaceId: 1, at: -1 });

const PushModel = mongoose.model('CrmPush', pushSchema);

function toPush({ _id, ...stored }: { _id: string } & Record<string, unknown>): Push {
  return Push.parse(stored);
}

/** Null for a deal that was never to be pushed. */
export async function findPush(workspaceId: string, dealId: string): Promise<Push | null> {
  const found = await PushModel.findOne({ _id: `${workspaceId}:${dealId}`, workspaceId }).lean();
  return found && toPush(found);
}

/** The whole of it in one write: of two workers that push the same state both write the same. */
export async function savePush(workspaceId: string, push: Omit<Push, 'workspaceId'>): Promise<void> {
  await PushModel.updateOne({ _id: `${workspaceId}:${push.dealId}` }, { $set: { ...push, workspaceId } }, { upsert: true });
}

/** Keeps that an opportunity which we did not write is one of our deals, because somebody said so. Safe to repeat. */
export async function keepTie(
  workspaceId: string,
  { dealId, source, opportunityId }: Pick<Push, 'dealId' | 'source'> & { opportunityId: string },
  at: Date,
): Promise<void> {
  // Beside what we pushed of the deal, if anything.
  const _id = `${workspaceId}:${dealId}:tied`;
  await PushModel.updateOne({ _id }, { $set: { workspaceId, dealId, source, opportunityId, written: {}, at } }, { upsert: true });
}

/** Our deals, by the opportunities of a source that they became. */
export async function dealsOfOpportunities(
  workspaceId: string,
  source: CrmSource,
  opportunityIds: readonly string[],
): Promise<Map<string, string>> {
  const filter = { workspaceId, source, opportunityId: { $in: opportunityIds } };
  const found = await PushModel.find(filter, { opportunityId: 1, dealId: 1 }).sort({ _id: 1 }).lean();
  return new Map(found.flatMap(({ opportunityId, dealId }) => (opportunityId ? [[opportunityId, dealId] as const] : [])));
}

/** Two opportunities became one in the CRM: a deal follows to the one that stays. */
export async function movePushes(workspaceId: string, source: CrmSource, from: string, into: string): Promise<void> {
  await PushModel.updateMany({ workspaceId, source, opportunityId: from }, { $set: { opportunityId: into } });
}

/** What a person has to look at: not taken, or changed on both sides; the newest first. */
export async function listPushTroubles(workspaceId: string, count: number): Promise<{ pushes: Push[]; total: number }> {
  const filter = { workspaceId, $or: [{ problem: { $ne: null } }, { 'conflicts.0': { $exists: true } }] };
  const [found, total] = await Promise.all([
    PushModel.find(filter).sort({ at: -1, _id: 1 }).limit(count).lean(),
    PushModel.countDocuments(filter),
  ]);
  return { pushes: found.map(toPush), total };
}

/** Goes with the deal that it is about. */
export const crmPushData = keptData({
  model: PushModel,
  noun: 'crm-push',
  kind: 'crm',
  isTheirs: ({ dealId }, { subjects }) => subjects.includes(`deal:${String(dealId)}`),
});
