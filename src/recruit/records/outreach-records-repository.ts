import { z } from 'zod';
import { listAudit } from '../../programme/audit/audit-repository.ts';
import { Approval, type Draft, DraftKind, DraftStatus, Hold, StoredContact } from '../outreach/draft.ts';
import { DraftModel, readDraft } from '../outreach/draft-model.ts';
import { DraftNote } from '../outreach/draft-note.ts';
import { getDraft } from '../outreach/draft-repository.ts';
import { findBytes } from '../outreach/sent-bytes-repository.ts';
import { listReturned } from '../outreach/thread-repository.ts';
import { judgeContact } from '../policy/judge-contact.ts';
import { listRepliesTo } from '../replies/reply-repository.ts';
import {
  type OutreachRecord,
  RECORD_STATES,
  type RecordCount,
  type RecordDetail,
  type RecordReason,
  type RecordState,
  type Return,
  STATUSES_OF,
} from './outreach-record.ts';

/** Notes of closed drafts that are told apart in the counts. */
const MOST_NOTES = 3;

/** A state's messages or all, newest change first, and how many there are. */
export async function listRecords(
  workspaceId: string,
  state: RecordState | null,
  { from, count }: { from: number; count: number },
): Promise<{ records: OutreachRecord[]; total: number }> {
  const returned = await listReturned(workspaceId);
  const filter = filterOf(workspaceId, state, returned);
  const [found, total] = await Promise.all([
    DraftModel.find(filter).sort({ updatedAt: -1, _id: 1 }).skip(from).limit(count).lean(),
    DraftModel.countDocuments(filter),
  ]);
  return { records: found.map((stored) => recordOf(stored, returned)), total };
}

/** Every message, newest change first, without holding them all in memory. */
export async function* eachRecord(workspaceId: string): AsyncGenerator<OutreachRecord> {
  const returned = await listReturned(workspaceId);
  for await (const stored of DraftModel.find({ workspaceId }).sort({ updatedAt: -1, _id: 1 }).lean().cursor())
    yield recordOf(stored, returned);
}

/** What came back in the thread of one message; null for nothing. */
export async function findReturn(workspaceId: string, threadId: string): Promise<Return | null> {
  return (await listReturned(workspaceId, threadId)).get(threadId) ?? null;
}

/** How many messages are in each state, with the reasons, the most frequent first. */
export async function countRecords(workspaceId: string): Promise<RecordCount[]> {
  const returned = await listReturned(workspaceId);
  const counted = await Promise.all([countHere(workspaceId, returned), countBack(workspaceId, returned), countClosed(workspaceId)]);
  return RECORD_STATES.map((state) => {
    const own = counted.flat().filter((group) => group.state === state && group.count > 0);
    const reasons = own.toSorted((a, b) => b.count - a.count).map(({ why, count }) => ({ why, count }));
    return { state, total: reasons.reduce((sum, { count }) => sum + count, 0), reasons };
  });
}

type Counted = RecordCount['reasons'][number] & { state: RecordState };
const HoldReason = Hold.shape.why.nullish();
const Group = z.object({ _id: z.object({ status: DraftStatus, hold: HoldReason, kind: DraftKind }), count: z.number() });

/** All that nothing came back for and that is not closed. */
async function countHere(workspaceId: string, returned: Map<string, Return>): Promise<Counted[]> {
  const isHere = { $or: [{ status: { $nin: ['sent', 'rejected'] } }, { status: 'sent', threadId: { $nin: [...returned.keys()] } }] };
  const found: unknown[] = await DraftModel.aggregate([
    { $match: { workspaceId, ...isHere } },
    { $group: { _id: { status: '$status', hold: '$hold.why', kind: '$kind' }, count: { $sum: 1 } } },
  ]);
  const blocked = await countBlocked(workspaceId);
  const counts = new Map<RecordReason, Counted>([['blocked', { state: 'waiting', why: 'blocked', count: blocked }]]);
  for (const { _id, count } of z.array(Group).parse(found)) {
    const state = RECORD_STATES.find((one) => STATUSES_OF[one].includes(_id.status)) ?? 'closed';
    const why =
      _id.status === 'approved'
        ? (_id.hold ?? 'leaving')
        : _id.status === 'sent'
          ? _id.kind
          : _id.status === 'rejected'
            ? 'turned-down'
            : _id.status;
    counts.set(why, { state, why, count: count + (counts.get(why)?.count ?? 0) });
  }
  const readable = counts.get('waiting');
  if (readable) readable.count -= blocked;
  return [...counts.values()];
}

/** Drafts before the team that the law of their country keeps from leaving. */
async function countBlocked(workspaceId: string): Promise<number> {
  const waiting = await DraftModel.find({ workspaceId, status: 'waiting' }, { contact: 1 }).lean();
  return waiting.filter(({ contact }) => !judgeContact(StoredContact.parse(contact)).allowed).length;
}

async function countBack(workspaceId: string, returned: Map<string, Return>): Promise<Counted[]> {
  const found: unknown[] = await DraftModel.aggregate([
    { $match: { workspaceId, status: 'sent', threadId: { $in: [...returned.keys()] } } },
    { $group: { _id: '$threadId', count: { $sum: 1 } } },
  ]);
  const counts = new Map<Return, number>();
  for (const { _id, count } of z.array(z.object({ _id: z.string(), count: z.number() })).parse(found)) {
    const how = returned.get(_id);
    if (how) counts.set(how, (counts.get(how) ?? 0) + count);
  }
  return [...counts].map(([why, count]) => ({ state: 'back', why, count }));
}

/** The most frequent notes; the rest as `other`. */
async function countClosed(workspaceId: string): Promise<Counted[]> {
  const found: unknown[] = await DraftModel.aggregate([
    { $match: { workspaceId, status: 'rejected' } },
    { $group: { _id: '$note', count: { $sum: 1 } } },
    { $sort: { count: -1, _id: 1 } },
  ]);
  const groups = z.array(z.object({ _id: DraftNote.nullable(), count: z.number() })).parse(found);
  const rest = groups.slice(MOST_NOTES).reduce((sum, { count }) => sum + count, 0);
  const told = groups.slice(0, MOST_NOTES).map(({ _id: note, count }) => ({ state: 'closed', why: note ?? 'turned-down', count }) as const);
  return [...told, { state: 'closed', why: 'other', count: rest }];
}

function filterOf(workspaceId: string, state: RecordState | null, returned: Map<string, Return>): object {
  if (!state) return { workspaceId };
  const threads = [...returned.keys()];
  const inThread = state === 'back' ? { threadId: { $in: threads } } : state === 'sent' ? { threadId: { $nin: threads } } : {};
  return { workspaceId, status: { $in: STATUSES_OF[state] }, ...inThread };
}

function recordOf(stored: Parameters<typeof readDraft>[0], returned: Map<string, Return>): OutreachRecord {
  const draft = readDraft(stored);
  return { draft, back: returned.get(draft.threadId) ?? null };
}

/** A message's history is longer only when somebody plays with it. */
const MOST_ENTRIES = 100;

/** Refuses `draft-unknown`. `history` is oldest first. */
export async function recordDetail(workspaceId: string, draftId: string): Promise<RecordDetail> {
  const draft = await getDraft(workspaceId, draftId);
  const [back, entries, bytes, approval, replies] = await Promise.all([
    findReturn(workspaceId, draft.threadId),
    listAudit(workspaceId, { subject: `draft:${draftId}` }, MOST_ENTRIES),
    findBytes(draft),
    lastApproval(draft),
    listRepliesTo(workspaceId, [draft]),
  ]);
  return { draft, back, approval, history: entries.toReversed(), replies, hasBytes: bytes !== null };
}

/** Once a message is of unknown fate its approval is used up and gone from the draft; the audit log keeps it. */
export async function lastApproval({ workspaceId, id, approval, messageId }: Draft): Promise<Approval | null> {
  if (approval || !messageId) return approval;
  const [given] = await listAudit(workspaceId, { subject: `draft:${id}`, action: 'draft.approve' }, 1);
  const read = z.object({ approval: Approval }).safeParse(given?.after);
  return read.success ? read.data.approval : null;
}
