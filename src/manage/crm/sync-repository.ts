import mongoose, { Schema } from 'mongoose';
import { isDuplicateKey } from '../../errors.ts';
import { PART } from '../../platform/stored-part.ts';
import { CRM_OBJECTS, CRM_SOURCES, type CrmObject, type CrmSource } from './crm-record.ts';
import { CrmSync, SYNC_PROBLEMS, type Totals } from './crm-sync.ts';

const count = { type: Number, default: 0 } as const;
const date = { type: Date, default: null } as const;
const totalsPart = new Schema({ read: count, added: count, changed: count, deleted: count, unread: count }, PART);
const totals = { type: totalsPart, default: () => ({}) };
const roundPart = new Schema(
  { startedAt: { type: Date, required: true }, since: date, cursor: { type: String, default: null }, totals },
  PART,
);
const readPart = new Schema({ watermark: date, doneAt: date, totals, round: { type: roundPart, default: null } }, PART);
const readPath = { type: readPart, default: () => ({}) };
const problemPart = new Schema({ code: { type: String, enum: SYNC_PROBLEMS, required: true }, at: { type: Date, required: true } }, PART);
const watcherPart = new Schema({ userId: { type: String, required: true }, key: { type: String, required: true } }, PART);

const syncSchema = new Schema(
  {
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    source: { type: String, enum: CRM_SOURCES, required: true },
    owners: readPath,
    accounts: readPath,
    opportunities: readPath,
    pending: { type: [{ type: String, enum: CRM_OBJECTS }], default: [] },
    problem: { type: problemPart, default: null },
    failures: count,
    notBefore: date,
    watchers: { type: [watcherPart], default: [] },
    /** Rises with every worker; one whose number is no longer this has lost it. */
    fence: count,
    leaseUntil: date,
  },
  { strict: 'throw', minimize: false, versionKey: false, collection: 'crm_syncs' },
);
syncSchema.index({ workspaceId: 1 });

const SyncModel = mongoose.model('CrmSync', syncSchema);

type Stored = { _id: string; fence?: number } & Record<string, unknown>;
const toSync = (stored: Stored): CrmSync => CrmSync.parse(stored);
const idOf = (workspaceId: string, source: CrmSource) => `${workspaceId}:${source}`;

/** Null before the first run. */
export async function findSync(workspaceId: string, source: CrmSource): Promise<CrmSync | null> {
  const found = await SyncModel.findOne({ _id: idOf(workspaceId, source), workspaceId }).lean<Stored>();
  return found && toSync(found);
}

/** Of all workspaces: those that a CRM was read for, not only a file. */
export async function listWorkspacesRead(): Promise<string[]> {
  const found = await SyncModel.find({ source: { $ne: 'csv' } }, { workspaceId: 1 }).lean();
  return [...new Set(found.map(({ workspaceId }) => workspaceId))];
}

/** Shows this person the run that is under way or the next. */
export async function watchSync(workspaceId: string, source: CrmSource, watcher: { userId: string; key: string }): Promise<void> {
  const change = { $push: { watchers: { $each: [watcher], $slice: -10 } } };
  await upserted(workspaceId, source, {}, change);
}

export type SyncClaim = { workspaceId: string; source: CrmSource; fence: number; sync: CrmSync };

/** Takes the CRM for one worker; null while another has it. */
export async function claimSync(workspaceId: string, source: CrmSource, at: Date, leaseUntil: Date): Promise<SyncClaim | null> {
  const free = { $or: [{ leaseUntil: null }, { leaseUntil: { $lte: at } }] };
  const claimed = await upserted(workspaceId, source, free, { $set: { leaseUntil }, $inc: { fence: 1 } });
  return claimed && { workspaceId, source, fence: claimed.fence ?? 0, sync: toSync(claimed) };
}

async function upserted(workspaceId: string, source: CrmSource, filter: object, change: object): Promise<Stored | null> {
  const options = { upsert: true, returnDocument: 'after', setDefaultsOnInsert: true } as const;
  try {
    return await SyncModel.findOneAndUpdate(
      { _id: idOf(workspaceId, source), workspaceId, source, ...filter },
      change,
      options,
    ).lean<Stored>();
  } catch (error) {
    if (isDuplicateKey(error)) return null;
    throw error;
  }
}

export type SyncChange = Partial<Pick<CrmSync, CrmObject | 'pending' | 'problem' | 'failures' | 'notBefore'>>;

/** Notes how far the worker has got and keeps the CRM for it; false when it has lost it. */
export async function saveSync(claim: SyncClaim, change: SyncChange, leaseUntil: Date): Promise<boolean> {
  const { workspaceId, source, fence } = claim;
  const saved = await SyncModel.updateOne({ _id: idOf(workspaceId, source), workspaceId, fence }, { $set: { ...change, leaseUntil } });
  return saved.matchedCount === 1;
}

/** Who watched is told, and not again. */
export async function forgetWatchers(workspaceId: string, source: CrmSource, keys: readonly string[]): Promise<void> {
  await SyncModel.updateOne({ _id: idOf(workspaceId, source), workspaceId }, { $pull: { watchers: { key: { $in: keys } } } });
}

/** A file was taken over: what it came to, and when. */
export async function noteFile(workspaceId: string, object: CrmObject, read: Totals, at: Date): Promise<void> {
  await upserted(workspaceId, 'csv', {}, { $set: { [object]: { watermark: at, doneAt: at, totals: read, round: null } } });
}
