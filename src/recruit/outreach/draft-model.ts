import mongoose, { Schema } from 'mongoose';
import { PART } from '../../platform/stored-part.ts';
import type { AuditEntry } from '../../programme/audit/audit.ts';
import { settleTrail, trailPath } from '../../programme/audit/audit-repository.ts';
import { DUE, stageDuePath } from '../../programme/companies/stage-due.ts';
import { keptData } from '../../programme/privacy/kept-data.ts';
import { ORIGINS } from '../notice/origin.ts';
import { BASES, RECIPIENTS } from '../policy/country-policy.ts';
import { FAULT_CODES } from '../writing/fault.ts';
import { LANGUAGES, LENGTHS, TONES } from '../writing/writing.ts';
import { DRAFT_KINDS, Draft, DraftStatus, Hold, REWRITES } from './draft.ts';
import { NOTE_CODES, THREAD_ENDS } from './draft-note.ts';
import { CLOSED, emptiedDraft, isAboutThem } from './forget-person.ts';

const id = { type: String, required: true } as const;
const at = { type: Date, required: true } as const;

/** Who is written to, in drafts and in threads. */
export const contactPart = new Schema(
  {
    name: String,
    email: id,
    country: { type: String, default: null },
    basis: { type: String, enum: BASES, required: true },
    recipient: { type: String, enum: RECIPIENTS, required: true },
    origin: { type: String, enum: ORIGINS },
    source: String,
  },
  PART,
);
const evidencePart = new Schema({ field: id, value: String, source: String, at }, PART);
const claimPart = new Schema({ text: String, evidence: [evidencePart] }, PART);
const mannerPart = new Schema(
  {
    tone: { type: String, enum: TONES, required: true },
    length: { type: String, enum: LENGTHS, required: true },
    angle: { type: Number, required: true },
  },
  PART,
);
const askedPart = new Schema({ how: { type: String, enum: REWRITES, required: true }, by: id, at }, PART);
const writtenPart = new Schema(
  { subject: String, body: String, manner: { type: mannerPart, required: true }, asked: { type: askedPart, default: null } },
  PART,
);
const answersPart = new Schema(
  {
    text: String,
    understoodAs: String,
    at,
    sentence: String,
    until: Date,
    named: String,
  },
  PART,
);
const approvalPart = new Schema({ id, hash: id, by: id, at, expiresAt: at }, PART);
const doubtPart = new Schema({ messageId: String, to: String, at, cleared: { type: Boolean, required: true } }, PART);
const sendClaimPart = new Schema(
  { fence: { type: Number, required: true }, leaseUntil: at, handedAt: { type: Date, default: null } },
  PART,
);
const holdPart = new Schema({ why: { type: String, enum: Hold.shape.why.options, required: true }, until: at, said: String }, PART);
/** Every value that some note of `DraftNote` has. */
const notePart = new Schema(
  {
    code: { type: String, enum: NOTE_CODES, required: true },
    problem: String,
    fault: new Schema(
      { code: { type: String, enum: FAULT_CODES, required: true }, sentence: { type: Number, default: null }, said: String },
      PART,
    ),
    because: { type: String, enum: THREAD_ENDS },
    days: Number,
    company: String,
    to: String,
    email: String,
    rule: String,
    missing: String,
    country: { type: String, default: undefined },
    part: String,
    claim: String,
    reason: String,
    next: String,
    attempts: Number,
    sentence: String,
  },
  PART,
);
const policyPart = new Schema({ version: id, country: id, rule: id, legalBasis: id }, PART);

const draftSchema = new Schema(
  {
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    companyId: { type: String, required: true },
    companyName: { type: String, required: true },
    threadId: { type: String, required: true },
    kind: { type: String, enum: DRAFT_KINDS, required: true },
    touch: { type: Number, required: true },
    references: { type: [String], default: [] },
    answers: { type: answersPart, default: null },
    pointedBy: String,
    version: { type: Number, required: true },
    status: { type: String, enum: DraftStatus.options, required: true },
    /** True until the draft is sent or rejected; one open draft a company. */
    open: { type: Boolean, required: true },
    contact: { type: contactPart, required: true },
    sender: { type: new Schema({ name: id, address: id }, PART), required: true },
    language: { type: String, enum: LANGUAGES, required: true },
    subject: { type: String, default: '' },
    body: { type: String, default: '' },
    footer: { type: String, default: '' },
    notice: String,
    english: { type: String, default: '' },
    claims: { type: [claimPart], default: [] },
    written: { type: writtenPart, default: null },
    writer: { type: String, enum: [...Draft.shape.writer.unwrap().options, null], default: null },
    note: { type: notePart, default: null },
    optOutToken: { type: String, required: true },
    startedBy: { type: String, required: true },
    startedAt: { type: Date, required: true },
    writtenAt: { type: Date, required: true },
    editedBy: { type: String, default: null },
    approval: { type: approvalPart, default: null },
    decidedBy: { type: String, default: null },
    decidedAt: { type: Date, default: null },
    messageId: { type: String, default: null },
    doubts: { type: [doubtPart], default: [] },
    sentAt: { type: Date, default: null },
    claim: { type: sendClaimPart, default: null },
    hold: { type: holdPart, default: null },
    releasedBy: { type: String, default: null },
    attempts: { type: Number, default: 0 },
    policy: { type: policyPart, default: null },
    response: { type: String, default: '' },
    /** False from when it left until its thread knows; absent before. */
    noted: Boolean,
    updatedAt: { type: Date, required: true },
    stageDue: stageDuePath,
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
draftSchema.index({ stageDue: 1 }, { partialFilterExpression: DUE });

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

/** One atomic step from the version and states the caller saw; the audit entry is part of the same write, and so is that the company's stage is
 *  to follow. */
export async function moveDraft(
  draft: Draft,
  from: DraftStatus[],
  change: Change,
  entry: AuditEntry,
  also: object = {},
): Promise<Draft | null> {
  const filter = { ...sameVersion(draft, from), ...also };
  const update = { $set: { ...change, stageDue: entry.id }, $push: { trail: entry } };
  const moved = await DraftModel.findOneAndUpdate(filter, update, { returnDocument: 'after' }).lean();
  if (!moved) return null;
  await settleTrail(DraftModel, { _id: draft.id });
  return readDraft(moved);
}

export function readDraft({
  _id,
  open,
  noted,
  trail,
  stageDue,
  ...rest
}: { _id: string; open: boolean; noted?: unknown; trail?: unknown; stageDue?: unknown } & Record<string, unknown>): Draft {
  return Draft.parse({ id: _id, ...rest });
}

export const draftData = keptData({
  model: DraftModel,
  noun: 'draft',
  kind: ({ status }) => (status === 'sent' ? 'sent' : 'draft'),
  isTheirs: isAboutThem,
  seen: ({ status, version }) => ({ version, status: { $eq: status, $in: CLOSED } }),
  emptied: emptiedDraft,
});
