import mongoose, { Schema } from 'mongoose';
import type { AuditEntry } from '../../programme/audit/audit.ts';
import { settleTrail, trailPath } from '../../programme/audit/audit-repository.ts';
import { Draft, type DraftStatus } from './draft.ts';
import { noteFrom } from './draft-note.ts';

const { Mixed } = Schema.Types;

const draftSchema = new Schema(
  {
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    companyId: { type: String, required: true },
    companyName: { type: String, required: true },
    threadId: { type: String, required: true },
    kind: { type: String, required: true },
    touch: { type: Number, required: true },
    references: { type: [String], default: [] },
    answers: { type: Mixed, default: null },
    version: { type: Number, required: true },
    status: { type: String, required: true },
    /** True until the draft is sent or rejected; one open draft a company. */
    open: { type: Boolean, required: true },
    contact: { type: Mixed, required: true },
    sender: { type: Mixed, required: true },
    language: { type: String, required: true },
    subject: { type: String, default: '' },
    body: { type: String, default: '' },
    footer: { type: String, default: '' },
    english: { type: String, default: '' },
    claims: { type: [Mixed], default: [] },
    written: { type: Mixed, default: null },
    writer: { type: String, default: null },
    /** Read by `noteFrom`: it may be a sentence of before. */
    note: { type: Mixed, default: null },
    optOutToken: { type: String, required: true },
    startedBy: { type: String, required: true },
    startedAt: { type: Date, required: true },
    writtenAt: { type: Date, required: true },
    editedBy: { type: String, default: null },
    approval: { type: Mixed, default: null },
    decidedBy: { type: String, default: null },
    decidedAt: { type: Date, default: null },
    messageId: { type: String, default: null },
    doubts: { type: [Mixed], default: [] },
    sentAt: { type: Date, default: null },
    claim: { type: Mixed, default: null },
    hold: { type: Mixed, default: null },
    releasedBy: { type: String, default: null },
    attempts: { type: Number, default: 0 },
    policy: { type: Mixed, default: null },
    response: { type: String, default: '' },
    /** False from when it left until its thread knows; absent before. */
    noted: Boolean,
    updatedAt: { type: Date, required: true },
    trail: trailPath,
  },
  { strict: 'throw', versionKey: false, collection: 'drafts', minimize: false },
);
draftSchema.index({ workspaceId: 1, companyId: 1 }, { unique: true, partialFilterExpression: { open: true } });
draftSchema.index({ workspaceId: 1, status: 1, updatedAt: 1 });
draftSchema.index({ workspaceId: 1, companyId: 1, status: 1 });
draftSchema.index({ 'contact.email': 1, updatedAt: -1 });
draftSchema.index({ workspaceId: 1, updatedAt: -1, _id: 1 });
draftSchema.index({ workspaceId: 1, writtenAt: -1, _id: 1 });
draftSchema.index({ threadId: 1 });
draftSchema.index({ status: 1, updatedAt: 1 });
draftSchema.index({ updatedAt: 1 });
draftSchema.index({ noted: 1 }, { partialFilterExpression: { noted: false } });
draftSchema.index({ messageId: 1 });
draftSchema.index({ 'doubts.messageId': 1 });
draftSchema.index({ 'doubts.to': 1 });
draftSchema.index({ optOutToken: 1 });

/** Stored drafts. Only the repositories of this folder use the model; everyone else gets a plain `Draft`. */
export const DraftModel = mongoose.model('Draft', draftSchema);

/** What an approval brings with it and takes with it. */
export const UNAPPROVED = { approval: null, hold: null, releasedBy: null, attempts: 0 } as const;

type Change = Partial<Omit<Draft, 'id' | 'workspaceId' | 'companyId'>> & { open?: boolean; noted?: boolean };

export const sameVersion = ({ id, workspaceId, version }: Draft, from: DraftStatus[]) => ({
  _id: id,
  workspaceId,
  version,
  status: { $in: from },
});

/** One atomic step from the version and states the caller saw; the audit entry is part of the same write. */
export async function moveDraft(
  draft: Draft,
  from: DraftStatus[],
  change: Change,
  entry: AuditEntry,
  also: object = {},
): Promise<Draft | null> {
  const filter = { ...sameVersion(draft, from), ...also };
  const moved = await DraftModel.findOneAndUpdate(filter, { $set: change, $push: { trail: entry } }, { returnDocument: 'after' }).lean();
  if (!moved) return null;
  await settleTrail(DraftModel, { _id: draft.id });
  return readDraft(moved);
}

export function readDraft({
  _id,
  open,
  noted,
  note,
  trail,
  ...rest
}: { _id: string; open: boolean; noted?: unknown; note?: unknown; trail?: unknown } & Record<string, unknown>): Draft {
  return Draft.parse({ id: _id, ...rest, note: noteFrom(note) });
}
