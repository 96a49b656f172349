import mongoose, { Schema } from 'mongoose';
import { isDuplicateKey, Refusal } from '../../errors.ts';
import type { AuditEntry } from '../../programme/audit/audit.ts';
import { settleTrail, trailPath, WAITING_TRAIL } from '../../programme/audit/audit-repository.ts';
import { PARTNER_TYPES } from '../../programme/setup/programme.ts';
import { AgreementVersion } from './agreement-version.ts';

const text = { type: String, required: true } as const;

const agreementSchema = new Schema(
  {
    workspaceId: text,
    number: { type: Number, required: true },
    title: text,
    types: [{ type: String, enum: PARTNER_TYPES }],
    kind: { type: String, enum: ['text', 'pdf'], required: true },
    fileName: text,
    hash: text,
    askBy: { type: Date, default: null },
    createdBy: text,
    createdAt: { type: Date, required: true },
    /** Read by `getTerms` alone. */
    bytes: { type: Buffer, required: true },
    trail: trailPath,
  },
  { strict: 'throw', versionKey: false, collection: 'agreements' },
);
agreementSchema.index({ workspaceId: 1, number: -1 }, { unique: true });
agreementSchema.index({ askBy: 1 });
agreementSchema.index({ 'trail.at': 1 }, { partialFilterExpression: WAITING_TRAIL });

const AgreementModel = mongoose.model('Agreement', agreementSchema);

/** All but the bytes, and what waits for the audit log. */
const WITHOUT_BYTES = { bytes: 0, trail: 0 } as const;

function toVersion({ _id, ...stored }: { _id: unknown } & Record<string, unknown>): AgreementVersion {
  return AgreementVersion.parse({ ...stored, id: String(_id) });
}

/** Null when the workspace has a version of this number already. */
export async function insertVersion(
  version: Omit<AgreementVersion, 'id'>,
  bytes: Buffer,
  entry: (id: string) => AuditEntry,
): Promise<AgreementVersion | null> {
  const _id = new mongoose.Types.ObjectId();
  try {
    await AgreementModel.create({ ...version, _id, bytes, trail: [entry(String(_id))] });
  } catch (error) {
    if (isDuplicateKey(error)) return null;
    throw error;
  }
  await settleTrail(AgreementModel, { _id });
  return { ...version, id: String(_id) };
}

/** Newest first. */
export async function listVersions(workspaceId: string): Promise<AgreementVersion[]> {
  const stored = await AgreementModel.find({ workspaceId }, WITHOUT_BYTES).sort({ number: -1 }).lean();
  return stored.map(toVersion);
}

/** Refuses `agreement-unknown`. */
export async function getVersion(workspaceId: string, id: string): Promise<AgreementVersion> {
  const stored = mongoose.isObjectIdOrHexString(id) ? await AgreementModel.findOne({ _id: id, workspaceId }, WITHOUT_BYTES).lean() : null;
  if (!stored) throw new Refusal('agreement-unknown');
  return toVersion(stored);
}

/** The exact bytes of a version. Refuses `agreement-unknown`. */
export async function getTerms(workspaceId: string, id: string): Promise<Buffer> {
  const stored = mongoose.isObjectIdOrHexString(id) ? await AgreementModel.findOne({ _id: id, workspaceId }, { bytes: 1 }).lean() : null;
  if (!stored) throw new Refusal('agreement-unknown');
  const bytes: unknown = stored.bytes;
  if (Buffer.isBuffer(bytes)) return bytes;
  // A lean document has the driver's Binary where the schema says Buffer.
  if (bytes instanceof mongoose.mongo.Binary) return Buffer.from(bytes.buffer.subarray(0, bytes.position));
  throw new Error('the bytes of an agreement are not stored as bytes');
}

/** Versions that ask by a day after `from`, or were published after it without one, of all workspaces, for the sweep that reminds. */
export async function listVersionsDue(from: Date): Promise<{ workspaceId: string; id: string }[]> {
  const stored = await AgreementModel.find(
    { $or: [{ askBy: { $gte: from } }, { askBy: null, createdAt: { $gte: from } }] },
    { workspaceId: 1 },
  ).lean();
  return stored.map(({ workspaceId, _id }) => ({ workspaceId, id: String(_id) }));
}

export async function settleAgreementTrails(): Promise<number> {
  return settleTrail(AgreementModel, {});
}
