import { randomUUID } from 'node:crypto';
import mongoose, { Schema } from 'mongoose';
import { isDuplicateKey } from '../../errors.ts';
import type { AuditEntry } from '../audit/audit.ts';
import { settleTrail, trailPath } from '../audit/audit-repository.ts';
import { DUE, findDue, type StageDue, settleDue, stageDuePath } from '../companies/stage-due.ts';
import type { PersonalData } from '../privacy/kept-data.ts';
import {
  keysOfAddress,
  keysThatGate,
  plainAddress,
  type Silence,
  SUPPRESSION_KINDS,
  SUPPRESSION_REASONS,
  Suppression,
  type SuppressionKey,
  suppressionHash,
} from './suppression.ts';
import type { SuppressionTarget } from './suppression-target.ts';

const suppressionSchema = new Schema(
  {
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    kind: { type: String, enum: SUPPRESSION_KINDS, required: true },
    hash: { type: String, required: true },
    reason: { type: String, enum: SUPPRESSION_REASONS, required: true },
    via: { type: String, required: true },
    by: { type: String, required: true },
    at: { type: Date, required: true },
    /** False once an admin took it back; the entry stays. */
    inForce: { type: Boolean, required: true },
    stageDue: stageDuePath,
    trail: trailPath,
  },
  { strict: 'throw', versionKey: false, collection: 'suppressions' },
);
suppressionSchema.index({ workspaceId: 1, hash: 1 }, { unique: true, partialFilterExpression: { inForce: true } });
suppressionSchema.index({ workspaceId: 1, kind: 1 });
suppressionSchema.index({ stageDue: 1 }, { partialFilterExpression: DUE });

const SuppressionModel = mongoose.model('Suppression', suppressionSchema);

/** Adds an entry; one that is there stands as it was, with `changed` false. */
export async function insertSuppression(
  workspaceId: string,
  key: SuppressionKey,
  why: Pick<Suppression, 'reason' | 'via' | 'by' | 'at'>,
  entry: AuditEntry,
): Promise<{ suppression: Suppression; changed: boolean }> {
  const suppression = { id: randomUUID(), workspaceId, kind: key.kind, hash: suppressionHash(workspaceId, key), ...why };
  const { id, ...rest } = suppression;
  try {
    await SuppressionModel.create({ _id: id, ...rest, inForce: true, stageDue: stageDueOf(key, entry), trail: [entry] });
  } catch (error) {
    const known = isDuplicateKey(error) ? await findSuppression(workspaceId, [key]) : null;
    if (!known) throw error;
    return { suppression: known, changed: false };
  }
  await settleTrail(SuppressionModel, { _id: id });
  return { suppression, changed: true };
}

/** The oldest entry in force for any of the keys. */
export async function findSuppression(workspaceId: string, keys: SuppressionKey[]): Promise<Suppression | null> {
  const hashes = keys.map((key) => suppressionHash(workspaceId, key));
  const found = await SuppressionModel.findOne({ workspaceId, hash: { $in: hashes }, inForce: true })
    .sort({ at: 1 })
    .lean();
  return found ? read(found) : null;
}

/** Those of the addresses that an entry in force closes, by itself, its domain or its company. */
export async function listSilenced(workspaceId: string, emails: readonly string[]): Promise<Set<string>> {
  const byHash = new Map<string, string[]>();
  for (const email of emails) {
    for (const key of keysOfAddress(email)) {
      const hash = suppressionHash(workspaceId, key);
      byHash.set(hash, [...(byHash.get(hash) ?? []), email]);
    }
  }
  if (byHash.size === 0) return new Set();
  const found = await SuppressionModel.find({ workspaceId, hash: { $in: [...byHash.keys()] }, inForce: true }, { hash: 1 }).lean();
  return new Set(found.flatMap(({ hash }) => byHash.get(hash) ?? []));
}

/** Hashes of the companies and domains in force, in a fixed order; for the gates of ranking. */
export async function listGatedHashes(workspaceId: string): Promise<string[]> {
  const found = await SuppressionModel.find({ workspaceId, kind: { $in: ['company', 'domain'] }, inForce: true }, { hash: 1 })
    .sort({ hash: 1 })
    .lean();
  return found.map(({ hash }) => hash);
}

/** How many entries of each kind are in force. */
export async function countSuppressions(workspaceId: string): Promise<Record<Suppression['kind'], number>> {
  const counts = await Promise.all(SUPPRESSION_KINDS.map((kind) => SuppressionModel.countDocuments({ workspaceId, kind, inForce: true })));
  const [address = 0, domain = 0, company = 0] = counts;
  return { address, domain, company };
}

/** Takes an entry back; null when none is in force. */
export async function liftEntry(workspaceId: string, key: SuppressionKey, entry: AuditEntry): Promise<Suppression | null> {
  const filter = { workspaceId, hash: suppressionHash(workspaceId, key), inForce: true };
  const stageDue = stageDueOf(key, entry);
  const change = { $set: { inForce: false, ...(stageDue ? { stageDue } : {}) }, $push: { trail: entry } };
  const lifted = await SuppressionModel.findOneAndUpdate(filter, change, { returnDocument: 'after' }).lean();
  if (!lifted) return null;
  await settleTrail(SuppressionModel, { _id: lifted._id });
  return read(lifted);
}

/** Silence of one address moves no company. */
function stageDueOf({ kind }: SuppressionKey, { id }: AuditEntry): string | undefined {
  return kind === 'address' ? undefined : id;
}

/** The changes under a key, begun or taken back, that the stage of its company has to follow. */
export async function findSilencesDue(workspaceId: string, key: SuppressionKey): Promise<StageDue[]> {
  return findDue(SuppressionModel, { workspaceId, hash: suppressionHash(workspaceId, key) });
}

/** Those of every workspace; for the sweep. */
export async function listSilencesDue(): Promise<SilenceDue[]> {
  const found = await findDue(SuppressionModel, {}, ['workspaceId', 'hash']);
  return found.map(({ id, stageDue, workspaceId, hash }) => ({ id, stageDue, workspaceId: String(workspaceId), hash: String(hash) }));
}

export type SilenceDue = StageDue & { workspaceId: string; hash: string };

export async function settleSilencesDue(workspaceId: string, due: readonly StageDue[]): Promise<void> {
  await settleDue(SuppressionModel, workspaceId, due);
}

export async function settleSuppressionTrails(): Promise<number> {
  return settleTrail(SuppressionModel, {});
}

function read({
  _id,
  inForce,
  trail,
  stageDue,
  ...rest
}: { _id: string; inForce?: unknown; trail?: unknown; stageDue?: unknown } & Record<string, unknown>): Suppression {
  return Suppression.parse({ id: _id, ...rest });
}

export async function findSilence(workspaceId: string, { closedBy }: Pick<SuppressionTarget, 'closedBy'>): Promise<Silence | null> {
  const suppression = await findSuppression(workspaceId, closedBy);
  const key = suppression && closedBy.find((one) => suppressionHash(workspaceId, one) === suppression.hash);
  return suppression && key ? { key, suppression } : null;
}

/** That they want no mail, by its hash: it names nobody, and it stays when all else goes, so that nobody writes to them again. */
export const silenceData: PersonalData = {
  collection: SuppressionModel.collection.name,
  find: async function* ({ workspaceId, key }) {
    const keys = key.kind === 'company' ? keysThatGate(key.value) : [addressKey(key.value)];
    const hashes = keys.map((one) => suppressionHash(workspaceId, one));
    const found = await SuppressionModel.find({ workspaceId, hash: { $in: hashes } }, { trail: 0, stageDue: 0 }).lean();
    for (const stored of found) yield { kind: 'silence', subject: `suppression:${stored.hash}`, isTheirs: true, stored, shown: stored };
  },
  erase: async () => ({ found: 0, changed: 0 }),
};

function addressKey(email: string): SuppressionKey {
  return { kind: 'address', value: plainAddress(email) };
}
