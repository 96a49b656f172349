import { max } from 'date-fns';
import mongoose, { Schema } from 'mongoose';
import { z } from 'zod';
import { isDuplicateKey } from '../../errors.ts';
import { inRounds } from '../../platform/in-rounds.ts';
import { PART } from '../../platform/stored-part.ts';
import type { AuditEntry } from '../../programme/audit/audit.ts';
import { settleTrail, trailPath } from '../../programme/audit/audit-repository.ts';
import { type CompanyRef, companiesOf } from '../../programme/companies/company-stage-repository.ts';
import { DUE, findDue, type StageDue, settleDue, stageDuePath } from '../../programme/companies/stage-due.ts';
import { keptData } from '../../programme/privacy/kept-data.ts';
import { RETURNS, type Return } from '../records/outreach-record.ts';
import { contactPart } from './draft-model.ts';
import { THREAD_ENDS, ThreadEnd } from './draft-note.ts';
import { isAboutThem, withoutPerson } from './forget-person.ts';
import { nextTouchAt, Thread } from './thread.ts';

const endPart = new Schema(
  {
    because: { type: String, enum: THREAD_ENDS, required: true },
    by: { type: String, required: true },
    at: { type: Date, required: true },
  },
  PART,
);
const touchPart = new Schema(
  {
    draftId: { type: String, required: true },
    messageId: String,
    touch: { type: Number, required: true },
    at: { type: Date, required: true },
  },
  PART,
);

const threadSchema = new Schema(
  {
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    companyId: { type: String, required: true },
    companyName: { type: String, required: true },
    contact: { type: contactPart, required: true },
    status: { type: String, enum: Thread.shape.status.options, required: true },
    /** True until it has ended; one live thread a company. */
    live: { type: Boolean, required: true },
    end: { type: endPart, default: null },
    /** Somebody answered once, whatever ended it later. */
    answered: { type: Boolean, default: false },
    touches: { type: [touchPart], default: [] },
    nextTouchAt: { type: Date, default: null },
    awayUntil: { type: Date, default: null },
    openedAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
    stageDue: stageDuePath,
    trail: trailPath,
  },
  { strict: 'throw', versionKey: false, collection: 'threads', minimize: false },
);
threadSchema.index({ workspaceId: 1, companyId: 1 }, { unique: true, partialFilterExpression: { live: true } });
threadSchema.index({ workspaceId: 1, companyId: 1, openedAt: -1 });
threadSchema.index({ nextTouchAt: 1 });
threadSchema.index({ stageDue: 1 }, { partialFilterExpression: DUE });

const ThreadModel = mongoose.model('Thread', threadSchema);

/** Opens a thread, or returns the live one the company already has, with `changed` false. */
export async function insertThread(thread: Thread, entry: AuditEntry): Promise<{ thread: Thread; changed: boolean }> {
  const { id, ...rest } = thread;
  return inRounds<{ thread: Thread; changed: boolean }>('opening a thread', async () => {
    try {
      await ThreadModel.create({ _id: id, ...rest, live: true, trail: [entry] });
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      const live = await findLiveThread(thread.workspaceId, thread.companyId);
      if (live) return { done: { thread: live, changed: false } };
      // It ended between the collision and the look: the place is free again, unless it is our own id that is taken.
      if (await ThreadModel.exists({ _id: id })) throw error;
      return null;
    }
    await settleTrail(ThreadModel, { _id: id });
    return { done: { thread, changed: true } };
  });
}

export async function findThread(workspaceId: string, id: string): Promise<Thread | null> {
  const found = await ThreadModel.findOne({ _id: id, workspaceId }).lean();
  return found ? read(found) : null;
}

export async function findLiveThread(workspaceId: string, companyId: string): Promise<Thread | null> {
  const found = await ThreadModel.findOne({ workspaceId, companyId, live: true }).lean();
  return found ? read(found) : null;
}

/** Every live thread of a workspace. */
export async function listLiveThreads(workspaceId: string): Promise<Thread[]> {
  const found = await ThreadModel.find({ workspaceId, live: true }).lean();
  return found.map(read);
}

/** Threads of every workspace whose next touch, or end, is due; the longest overdue first. */
export async function listDueThreads(at: Date, limit = 200): Promise<Pick<Thread, 'id' | 'workspaceId'>[]> {
  const found = await ThreadModel.find({ live: true, status: 'open', nextTouchAt: { $lte: at } }, { workspaceId: 1 })
    .sort({ nextTouchAt: 1 })
    .limit(limit)
    .lean();
  return found.map(({ _id: id, workspaceId }) => ({ id, workspaceId }));
}

/** Threads of a workspace, or one of them, in which something came back. */
export async function listReturned(workspaceId: string, threadId?: string): Promise<Map<string, Return>> {
  const cameBack = { $or: [{ answered: true }, { 'end.because': { $in: RETURNS } }] };
  const found = await ThreadModel.find({ workspaceId, ...(threadId ? { _id: threadId } : {}), ...cameBack }, { end: 1 }).lean();
  const Found = z.object({ _id: z.string(), end: z.object({ because: ThreadEnd }).nullish() });
  return new Map(
    z
      .array(Found)
      .parse(found)
      .map(({ _id, end }) => [_id, RETURNS.find((one) => one === end?.because) ?? 'reply']),
  );
}

/** The person written to changed, or more is known of them. */
export async function changeContact(
  workspaceId: string,
  id: string,
  contact: Thread['contact'],
  entry: AuditEntry,
): Promise<Thread | null> {
  return move({ _id: id, workspaceId, live: true }, { contact, updatedAt: entry.at }, entry);
}

/** Notes a message that left, and to whom; a second time for the same draft it changes nothing. Plans the next touch while nobody has
 *  answered; after `wait`, where none is left, nobody will. */
export async function recordTouch(
  thread: Thread,
  touch: Thread['touches'][number],
  { wait, contact }: { wait: Date; contact: Thread['contact'] },
  entry: AuditEntry,
): Promise<Thread | null> {
  const touches = [...thread.touches, touch];
  const filter = { _id: thread.id, workspaceId: thread.workspaceId, 'touches.draftId': { $ne: touch.draftId } };
  const planned = max([nextTouchAt(touches) ?? wait, thread.awayUntil ?? 0]);
  const isOpen = thread.status === 'open';
  return move(
    { ...filter, updatedAt: thread.updatedAt },
    { touches, contact, nextTouchAt: isOpen ? planned : null, updatedAt: entry.at },
    entry,
  );
}

/** The next touch is under way; the one after it is planned when it has left. */
export async function startTouch({ id, workspaceId }: Thread, entry: AuditEntry): Promise<Thread | null> {
  return move({ _id: id, workspaceId, status: 'open' }, { nextTouchAt: null, updatedAt: entry.at }, entry);
}

/** The next touch cannot be started now and is due again at `until`. Null when the thread changed since it was read, or is not open. */
export async function putOffTouch({ id, workspaceId, updatedAt }: Thread, until: Date, entry: AuditEntry): Promise<Thread | null> {
  return move({ _id: id, workspaceId, status: 'open', updatedAt }, { nextTouchAt: until, updatedAt: entry.at }, entry);
}

/** They are away: what is planned, now or later, waits until then. Null when the thread changed since it was read, or is not open. */
export async function noteAbsence(thread: Thread, until: Date, entry: AuditEntry): Promise<Thread | null> {
  const { id, workspaceId, updatedAt, nextTouchAt: planned } = thread;
  return move(
    { _id: id, workspaceId, status: 'open', updatedAt },
    { awayUntil: until, nextTouchAt: planned && max([planned, until]), updatedAt: entry.at },
    entry,
  );
}

/** Somebody answered: a person goes on, nothing more is planned. Null when that is noted already, or the thread has ended. */
export async function markReplied(workspaceId: string, id: string, entry: AuditEntry): Promise<Thread | null> {
  return move(
    { _id: id, workspaceId, status: 'open' },
    { status: 'replied', answered: true, nextTouchAt: null, updatedAt: entry.at },
    entry,
  );
}

/** What was taken for an answer was none: touches are planned again. Null when the thread is not waiting for a person. */
export async function reopenThread(workspaceId: string, id: string, nextTouchAt: Date, entry: AuditEntry): Promise<Thread | null> {
  return move({ _id: id, workspaceId, status: 'replied' }, { status: 'open', answered: false, nextTouchAt, updatedAt: entry.at }, entry);
}

/** Ends a live thread; null when it has ended before. */
export async function endThread(workspaceId: string, id: string, because: ThreadEnd, entry: AuditEntry): Promise<Thread | null> {
  const end = { because, by: entry.by, at: entry.at };
  return move({ _id: id, workspaceId, live: true }, { status: 'ended', live: false, end, nextTouchAt: null, updatedAt: entry.at }, entry);
}

/** The changes of a company's threads that its stage has to follow. */
export async function findThreadsDue(workspaceId: string, companyId: string): Promise<StageDue[]> {
  return findDue(ThreadModel, { workspaceId, companyId });
}

export async function settleThreadsDue(workspaceId: string, due: readonly StageDue[]): Promise<void> {
  await settleDue(ThreadModel, workspaceId, due);
}

/** Companies of every workspace whose stage has to follow a thread; for the sweep. */
export async function listStagesDueByThreads(): Promise<CompanyRef[]> {
  return companiesOf(await findDue(ThreadModel, {}, ['workspaceId', 'companyId']));
}

export async function settleThreadTrails(): Promise<number> {
  return settleTrail(ThreadModel, {});
}

type Change = Partial<Omit<Thread, 'id' | 'workspaceId' | 'companyId'>> & { live?: boolean; answered?: boolean };

async function move(filter: object, change: Change, entry: AuditEntry): Promise<Thread | null> {
  const moved = await ThreadModel.findOneAndUpdate(
    filter,
    { $set: { ...change, stageDue: entry.id }, $push: { trail: entry } },
    { returnDocument: 'after' },
  ).lean();
  if (!moved) return null;
  await settleTrail(ThreadModel, { _id: moved._id });
  return read(moved);
}

function read({
  _id,
  live,
  answered,
  trail,
  stageDue,
  ...rest
}: { _id: string; live?: unknown; answered?: unknown; trail?: unknown; stageDue?: unknown } & Record<string, unknown>): Thread {
  return Thread.parse({ id: _id, ...rest });
}

/** That messages left in it stays, without the person; a thread in which none left goes. */
export const threadData = keptData({
  model: ThreadModel,
  noun: 'thread',
  kind: 'thread',
  isTheirs: isAboutThem,
  seen: ({ live, updatedAt }) => ({ live, updatedAt }),
  emptied: (stored, whom) => {
    const touches = z.array(z.record(z.string(), z.unknown())).parse(stored.touches);
    return touches.length === 0 ? null : withoutPerson(stored, whom);
  },
});
