import mongoose, { type Collection, Schema } from 'mongoose';
import { z } from 'zod';
import { PART } from '../../platform/stored-part.ts';
import { keptData } from '../privacy/kept-data.ts';
import { AuditEntry, auditEntry, type NewAuditEntry } from './audit.ts';

const { Mixed } = Schema.Types;

const entryFields = {
  workspaceId: { type: String, required: true },
  at: { type: Date, required: true },
  by: { type: String, required: true },
  action: { type: String, required: true },
  subject: { type: String, required: true },
  // Whatever the action was about.
  before: Mixed,
  after: Mixed,
} as const;

const auditSchema = new Schema(
  { _id: { type: String, required: true }, ...entryFields },
  { strict: 'throw', versionKey: false, collection: 'audit', minimize: false },
);
auditSchema.index({ workspaceId: 1, at: -1 });
auditSchema.index({ workspaceId: 1, subject: 1, at: 1 });

const AuditModel = mongoose.model('Audit', auditSchema);

/** Schema path for documents whose changes are recorded: an entry is pushed in the same write as the change it records
 *  (MongoDB writes one document atomically), then moved to the audit log by `settleTrail`. A crash between loses nothing. */
export const trailPath = {
  type: [new Schema({ id: { type: String, required: true }, ...entryFields }, PART)],
  default: undefined,
} as const;

/** Where an entry waits. A collection of many documents has an index of just these: a sweep must not look through all of them. */
export const WAITING_TRAIL = { 'trail.at': { $gt: new Date(0) } };

/** Records something that changed no document, such as a refused attempt. */
export async function recordAudit(entry: NewAuditEntry): Promise<void> {
  await appendEntries([auditEntry(entry)]);
}

/** Moves waiting trail entries of the matching documents to the audit log. Safe to repeat and to run twice at once. A document whose entries cannot
 *  be moved keeps no other's waiting; what was wrong with each is thrown at the end. */
export async function settleTrail({ collection }: { collection: Collection }, filter: Record<string, unknown>): Promise<number> {
  const waiting = await collection.find({ ...filter, ...WAITING_TRAIL }, { projection: { trail: 1 } }).toArray();
  const move = async ({ _id, trail }: (typeof waiting)[number]) => {
    const entries = z.array(AuditEntry).parse(trail);
    await appendEntries(entries);
    // The driver's type for $pull knows nothing of documents without a schema.
    const settled = { $pull: { trail: { id: { $in: entries.map(({ id }) => id) } } } } as object;
    await collection.updateOne({ _id }, settled);
  };
  const problems: unknown[] = [];
  for (const one of waiting) await move(one).catch((error: unknown) => problems.push(error));
  if (problems.length > 0) throw new AggregateError(problems, `audit entries of ${problems.length} documents could not be moved`);
  return waiting.length;
}

export async function listAudit(
  workspaceId: string,
  { subjects, ...filter }: { subject?: string; subjects?: readonly string[]; action?: string } = {},
  limit = 100,
): Promise<AuditEntry[]> {
  const found = await AuditModel.find({ workspaceId, ...filter, ...(subjects ? { subject: { $in: subjects } } : {}) })
    .sort({ at: -1 })
    .limit(limit)
    .lean();
  return found.map(({ _id, ...entry }) => AuditEntry.parse({ id: _id, ...entry }));
}

async function appendEntries(entries: AuditEntry[]): Promise<void> {
  if (entries.length === 0) return;
  await AuditModel.bulkWrite(
    entries.map(({ id, ...entry }) => ({ updateOne: { filter: { _id: id }, update: { $setOnInsert: entry }, upsert: true } })),
    { ordered: false },
  );
}

/** Who did what to a record of theirs, and when, stays; what it was before and after goes. */
export const auditData = keptData({
  model: AuditModel,
  noun: 'audit',
  kind: 'audit',
  isTheirs: ({ subject, before, after }, { subjects }) => subjects.includes(String(subject)) && (before !== null || after !== null),
  emptied: () => ({ before: null, after: null }),
  lists: /^(?:before|after)\.(?:competitors|customers|existing)$/,
});
