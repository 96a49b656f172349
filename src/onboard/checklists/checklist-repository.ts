import mongoose, { Schema } from 'mongoose';
import { isDuplicateKey } from '../../errors.ts';
import { PART } from '../../platform/stored-part.ts';
import type { AuditEntry } from '../../programme/audit/audit.ts';
import { settleTrail, trailPath, WAITING_TRAIL } from '../../programme/audit/audit-repository.ts';
import { keptData } from '../../programme/privacy/kept-data.ts';
import { Checklist, firstDueOf, STEP_STATES } from './checklist.ts';
import { EVIDENCE, SIDES } from './step.ts';

const name = { type: String, required: true } as const;
const moment = { type: Date, default: null } as const;

/** What a template says of a step; the templates are stored with it too. */
export const stepFields = {
  id: name,
  title: name,
  side: { type: String, enum: SIDES, required: true },
  dueDays: { type: Number, required: true },
  evidence: { type: String, enum: EVIDENCE, required: true },
  dependsOn: [String],
} as const;

const proofPart = new Schema({ fileId: name, name, size: { type: Number, required: true } }, PART);
const stepPart = new Schema(
  {
    ...stepFields,
    state: { type: String, enum: STEP_STATES, required: true },
    by: { type: String, default: null },
    at: moment,
    proof: { type: proofPart, default: null },
    readyAt: moment,
    dueOn: { type: String, default: null },
    escalatedAt: moment,
  },
  PART,
);

const checklistSchema = new Schema(
  {
    workspaceId: name,
    partnerId: name,
    startedAt: { type: Date, required: true },
    steps: [stepPart],
    firstDue: { type: String, default: null },
    stoppedAt: moment,
    changedAt: { type: Date, required: true },
    rev: { type: Number, required: true },
    trail: trailPath,
  },
  { strict: 'throw', minimize: false, versionKey: false, collection: 'checklists' },
);
checklistSchema.index({ workspaceId: 1, partnerId: 1 }, { unique: true });
checklistSchema.index({ workspaceId: 1, firstDue: 1, _id: 1 });
checklistSchema.index({ firstDue: 1 });
checklistSchema.index({ changedAt: 1 });
checklistSchema.index({ 'trail.at': 1 }, { partialFilterExpression: WAITING_TRAIL });

const ChecklistModel = mongoose.model('Checklist', checklistSchema);

function toChecklist({ _id, trail, ...stored }: { _id: unknown } & Record<string, unknown>): Checklist {
  return Checklist.parse({ ...stored, id: String(_id) });
}

/** The partner's one checklist: this one, or the one that was there already. */
export async function insertChecklist(
  checklist: Pick<Checklist, 'workspaceId' | 'partnerId' | 'startedAt' | 'steps'>,
  entry: (id: string) => AuditEntry,
): Promise<Checklist> {
  const { workspaceId, partnerId, startedAt, steps } = checklist;
  const _id = new mongoose.Types.ObjectId();
  const firstDue = firstDueOf(steps);
  try {
    await ChecklistModel.create({ ...checklist, _id, firstDue, changedAt: startedAt, rev: 1, trail: [entry(String(_id))] });
    await settleTrail(ChecklistModel, { _id });
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
  const stored = await findChecklist(workspaceId, partnerId);
  if (!stored) throw new Error('a checklist was deleted as soon as it was stored');
  return stored;
}

export async function findChecklist(workspaceId: string, partnerId: string): Promise<Checklist | null> {
  const stored = await ChecklistModel.findOne({ workspaceId, partnerId }).lean();
  return stored && toChecklist(stored);
}

export async function listChecklistsOf(workspaceId: string, partnerIds: readonly string[]): Promise<Checklist[]> {
  const stored = await ChecklistModel.find({ workspaceId, partnerId: { $in: [...partnerIds] } }).lean();
  return stored.map(toChecklist);
}

/** Those with something due up to that day, what has been due longest first; with `partnerIds` only theirs. */
export async function listDueChecklists(
  workspaceId: string,
  upTo: string,
  { from, count, partnerIds = null }: { from: number; count: number; partnerIds?: readonly string[] | null },
): Promise<{ checklists: Checklist[]; total: number }> {
  const due = { workspaceId, firstDue: { $gt: '', $lte: upTo }, ...(partnerIds ? { partnerId: { $in: [...partnerIds] } } : {}) };
  const [stored, total] = await Promise.all([
    ChecklistModel.find(due).sort({ firstDue: 1, _id: 1 }).skip(from).limit(count).lean(),
    ChecklistModel.countDocuments(due),
  ]);
  return { checklists: stored.map(toChecklist), total };
}

/** All of them, one after the other, in no order of use. */
export async function* eachDueChecklist(workspaceId: string, upTo: string): AsyncGenerator<Checklist> {
  const due = { workspaceId, firstDue: { $gt: '', $lte: upTo } };
  for await (const stored of ChecklistModel.find(due).lean().cursor()) yield toChecklist(stored);
}

/** All of a workspace, one after the other. */
export async function* eachChecklist(workspaceId: string): AsyncGenerator<Checklist> {
  for await (const stored of ChecklistModel.find({ workspaceId }).lean().cursor()) yield toChecklist(stored);
}

/** Changes the checklist that the caller saw; null when somebody changed it first. The audit entry, where there is one, is part of the write. */
export async function saveChecklist(
  seen: Checklist,
  change: Pick<Checklist, 'steps'> & Partial<Pick<Checklist, 'stoppedAt'>>,
  at: Date,
  entry: AuditEntry | null,
): Promise<Checklist | null> {
  const { id, workspaceId, rev } = seen;
  const { steps, stoppedAt = seen.stoppedAt } = change;
  const firstDue = stoppedAt ? null : firstDueOf(steps);
  const saved = await ChecklistModel.findOneAndUpdate(
    { _id: id, workspaceId, rev },
    { $set: { steps, stoppedAt, firstDue, changedAt: at, rev: rev + 1 }, ...(entry ? { $push: { trail: entry } } : {}) },
    { returnDocument: 'after' },
  ).lean();
  if (!saved) return null;
  if (entry) await settleTrail(ChecklistModel, { _id: saved._id });
  return toChecklist(saved);
}

/** False when somebody changed it first. */
export async function deleteChecklist({ id: _id, workspaceId, rev }: Checklist): Promise<boolean> {
  return (await ChecklistModel.deleteOne({ _id, workspaceId, rev })).deletedCount === 1;
}

type ChecklistRef = { workspaceId: string; id: string; partnerId: string };

/** Of all workspaces, those changed since then: for the sweep that looks whether their message shows it. */
export async function listChecklistCardsDue(since: Date): Promise<ChecklistRef[]> {
  const stored = await ChecklistModel.find({ changedAt: { $gte: since } }, { workspaceId: 1, partnerId: 1 }).lean();
  return stored.map(({ _id, workspaceId, partnerId }) => ({ workspaceId, id: String(_id), partnerId }));
}

/** Workspaces in which something is due up to that day, anywhere on earth; for the sweep of reminders. */
export async function listRemindersDue(upTo: string): Promise<{ workspaceId: string; id: string }[]> {
  const ids = await ChecklistModel.distinct('workspaceId', { firstDue: { $gt: '', $lte: upTo } });
  return ids.map((id) => ({ workspaceId: id, id }));
}

export async function settleChecklistTrails(): Promise<number> {
  return settleTrail(ChecklistModel, {});
}

/** It goes with the partner's record. */
export const checklistData = keptData({
  model: ChecklistModel,
  noun: 'checklist',
  kind: 'checklist',
  isTheirs: ({ partnerId }, { subjects }) => subjects.includes(`partner:${String(partnerId)}`),
});
