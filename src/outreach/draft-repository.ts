import mongoose, { Schema } from 'mongoose';
import type { AuditEntry } from '../audit/audit.ts';
import { settleTrail, trailPath } from '../audit/audit-repository.ts';
import { isDuplicateKey } from '../duplicate-key.ts';
import { Refusal } from '../errors.ts';
import { type Approval, DECIDABLE, Draft, type DraftStatus, type DraftText } from './draft.ts';

const { Mixed } = Schema.Types;

const draftSchema = new Schema(
  {
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    companyId: { type: String, required: true },
    companyName: { type: String, required: true },
    version: { type: Number, required: true },
    status: { type: String, required: true },
    /** True until the draft is sent or rejected; one open draft a company. */
    open: { type: Boolean, required: true },
    contact: { type: Mixed, required: true },
    sender: { type: Mixed, required: true },
    subject: { type: String, default: '' },
    body: { type: String, default: '' },
    claims: { type: [Mixed], default: [] },
    writer: { type: String, default: null },
    note: { type: String, default: '' },
    startedBy: { type: String, required: true },
    startedAt: { type: Date, required: true },
    editedBy: { type: String, default: null },
    approval: { type: Mixed, default: null },
    decidedBy: { type: String, default: null },
    decidedAt: { type: Date, default: null },
    messageId: { type: String, default: null },
    updatedAt: { type: Date, required: true },
    trail: trailPath,
  },
  { strict: 'throw', versionKey: false, collection: 'drafts', minimize: false },
);
draftSchema.index({ workspaceId: 1, companyId: 1 }, { unique: true, partialFilterExpression: { open: true } });
draftSchema.index({ workspaceId: 1, status: 1, updatedAt: 1 });
draftSchema.index({ workspaceId: 1, companyId: 1, status: 1 });
draftSchema.index({ status: 1, updatedAt: 1 });
draftSchema.index({ updatedAt: 1 });

const DraftModel = mongoose.model('Draft', draftSchema);

/** Opens a draft, or returns the open one the company already has, with `changed` false. */
export async function insertDraft(draft: Draft, entry: AuditEntry): Promise<{ draft: Draft; changed: boolean }> {
  const { id, ...rest } = draft;
  try {
    await DraftModel.create({ _id: id, ...rest, open: true, trail: [entry] });
  } catch (error) {
    const open = isDuplicateKey(error) ? await findOpenDraft(draft.workspaceId, draft.companyId) : null;
    if (!open) throw error;
    return { draft: open, changed: false };
  }
  await settleTrail(DraftModel, { _id: id });
  return { draft, changed: true };
}

export async function findDraft(workspaceId: string, id: string): Promise<Draft | null> {
  const found = await DraftModel.findOne({ _id: id, workspaceId }).lean();
  return found ? read(found) : null;
}

export async function getDraft(workspaceId: string, id: string): Promise<Draft> {
  const draft = await findDraft(workspaceId, id);
  if (!draft) throw new Refusal('draft-unknown');
  return draft;
}

export async function findOpenDraft(workspaceId: string, companyId: string): Promise<Draft | null> {
  const found = await DraftModel.findOne({ workspaceId, companyId, open: true }).lean();
  return found ? read(found) : null;
}

/** The company's newest draft, open or not; it knows the contact that was used last. */
export async function findLatestDraft(workspaceId: string, companyId: string): Promise<Draft | null> {
  const found = await DraftModel.findOne({ workspaceId, companyId }).sort({ startedAt: -1 }).lean();
  return found ? read(found) : null;
}

export async function listDrafts(workspaceId: string, statuses: DraftStatus[], limit = 50): Promise<Draft[]> {
  const found = await DraftModel.find({ workspaceId, status: { $in: statuses } })
    .sort({ updatedAt: 1 })
    .limit(limit)
    .lean();
  return found.map(read);
}

export async function countDrafts(workspaceId: string, statuses: DraftStatus[]): Promise<number> {
  return DraftModel.countDocuments({ workspaceId, status: { $in: statuses } });
}

/** Which of these companies a message has left for. */
export async function listWrittenTo(workspaceId: string, companyIds: string[]): Promise<string[]> {
  return DraftModel.distinct('companyId', { workspaceId, companyId: { $in: companyIds }, status: 'sent' });
}

/** Drafts of every workspace that changed in a span of time; for the sweep. */
export async function listChangedDrafts(after: Date, before: Date, limit = 500): Promise<Draft[]> {
  const found = await DraftModel.find({ updatedAt: { $gt: after, $lt: before } })
    .limit(limit)
    .lean();
  return found.map(read);
}

/** Drafts of every workspace that have been in a state for longer than they should; for the sweep. */
export async function listStuckDrafts(status: DraftStatus, before: Date, limit = 200): Promise<Draft[]> {
  const found = await DraftModel.find({ status, updatedAt: { $lt: before } })
    .limit(limit)
    .lean();
  return found.map(read);
}

/** Fills in the written text; null when the draft is no longer being written. */
export async function finishWriting(
  draft: Draft,
  written: DraftText & Pick<Draft, 'claims' | 'writer' | 'note'>,
  entry: AuditEntry,
): Promise<Draft | null> {
  return move(draft, ['writing'], { ...written, status: 'waiting', updatedAt: entry.at }, entry);
}

/** Saves an edit as the next version and takes back any approval; null when another version or a send came first. */
export async function reviseDraft(
  draft: Draft,
  revised: DraftText & Pick<Draft, 'contact' | 'claims'>,
  entry: AuditEntry,
): Promise<Draft | null> {
  const state = {
    status: 'waiting',
    version: draft.version + 1,
    approval: null,
    editedBy: entry.by,
    note: '',
    updatedAt: entry.at,
  } as const;
  return move(draft, [...DECIDABLE, 'approved'], { ...revised, ...state }, entry);
}

/** Settles the decision on this version; null when somebody decided, edited or rejected it first. The filter is the lock. */
export async function approveVersion(draft: Draft, approval: Approval, entry: AuditEntry): Promise<Draft | null> {
  const decided = { decidedBy: approval.by, decidedAt: approval.at, updatedAt: approval.at };
  return move(draft, [...DECIDABLE], { status: 'approved', approval, note: '', ...decided }, entry);
}

/** Closes the draft unsent; null when it was decided or changed first. */
export async function rejectVersion(draft: Draft, from: DraftStatus[], note: string, entry: AuditEntry): Promise<Draft | null> {
  const decided = { decidedBy: entry.by, decidedAt: entry.at, updatedAt: entry.at };
  return move(draft, from, { status: 'rejected', open: false, approval: null, note, ...decided }, entry);
}

/** Uses up the approval; one caller wins, the others get null. */
export async function claimApproval(draft: Draft, approval: Approval, messageId: string, entry: AuditEntry): Promise<Draft | null> {
  return move(draft, ['approved'], { status: 'sending', messageId, updatedAt: entry.at }, entry, { 'approval.id': approval.id });
}

/** Puts a draft whose approval lapsed or no longer fits back before the team as a new version. */
export async function voidApproval(draft: Draft, note: string, entry: AuditEntry): Promise<Draft | null> {
  const state = { status: 'waiting', version: draft.version + 1, approval: null, note, updatedAt: entry.at } as const;
  return move(draft, ['approved'], state, entry);
}

/** `from` is what the caller knows: `sending` for the sender itself, `unknown` for a person who looked into the mailbox. */
export async function settleSent(draft: Draft, from: 'sending' | 'unknown', entry: AuditEntry): Promise<Draft | null> {
  const decided = from === 'unknown' ? { decidedBy: entry.by, decidedAt: entry.at } : {};
  return move(draft, [from], { status: 'sent', open: false, note: '', updatedAt: entry.at, ...decided }, entry);
}

/** Hands an attempt that went wrong back to the team, as a new version: clicks meant for the attempt decide nothing more. */
export async function settleUnsent(draft: Draft, to: 'failed' | 'unknown', note: string, entry: AuditEntry): Promise<Draft | null> {
  const state = { status: to, version: draft.version + 1, approval: null, note, updatedAt: entry.at } as const;
  return move(draft, ['sending'], state, entry);
}

export async function settleDraftTrails(): Promise<number> {
  return settleTrail(DraftModel, {});
}

type Change = Partial<Omit<Draft, 'id' | 'workspaceId' | 'companyId'>> & { open?: boolean };

/** One atomic step from the version and states the caller saw; the audit entry is part of the same write. */
async function move(draft: Draft, from: DraftStatus[], change: Change, entry: AuditEntry, also: object = {}): Promise<Draft | null> {
  const filter = { _id: draft.id, workspaceId: draft.workspaceId, version: draft.version, status: { $in: from }, ...also };
  const moved = await DraftModel.findOneAndUpdate(filter, { $set: change, $push: { trail: entry } }, { returnDocument: 'after' }).lean();
  if (!moved) return null;
  await settleTrail(DraftModel, { _id: draft.id });
  return read(moved);
}

function read({ _id, open, trail, ...rest }: { _id: string; open: boolean; trail?: unknown } & Record<string, unknown>): Draft {
  return Draft.parse({ id: _id, ...rest });
}
