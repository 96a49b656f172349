import { subDays } from 'date-fns';
import mongoose, { Schema } from 'mongoose';
import { z } from 'zod';
import { isDuplicateKey, Refusal } from '../../errors.ts';
import { PART } from '../../platform/stored-part.ts';
import type { AuditEntry } from '../../programme/audit/audit.ts';
import { settleTrail, trailPath } from '../../programme/audit/audit-repository.ts';
import { type CompanyRef, companiesOf } from '../../programme/companies/company-stage-repository.ts';
import { DUE, findDue, type StageDue, settleDue, stageDuePath } from '../../programme/companies/stage-due.ts';
import { keptData } from '../../programme/privacy/kept-data.ts';
import { isTheirAddress } from '../../programme/privacy/whom.ts';
import type { Draft } from '../outreach/draft.ts';
import { isHeard, REPLY_KINDS, Reply, type ReplyKind, type Understanding } from './reply.ts';

const fromPart = new Schema({ name: String, address: String }, PART);
const bouncePart = new Schema({ recipient: String, action: String, status: String, hard: { type: Boolean, required: true } }, PART);

const replySchema = new Schema(
  {
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    /** Tells the same mail again, whatever way it came. */
    key: { type: String, required: true },
    threadId: { type: String, required: true },
    draftId: { type: String, required: true },
    companyId: { type: String, required: true },
    companyName: { type: String, required: true },
    writtenTo: { type: String, required: true },
    matchedBy: { type: String, enum: Reply.shape.matchedBy.options, required: true },
    from: { type: fromPart, required: true },
    subject: { type: String, default: '' },
    text: { type: String, default: '' },
    quoted: { type: String, default: '' },
    isCut: { type: Boolean, required: true },
    attachments: { type: Number, required: true },
    isAutomatic: { type: Boolean, required: true },
    bounce: { type: bouncePart, default: null },
    messageId: { type: String, default: null },
    receivedAt: { type: Date, required: true },
    kind: { type: String, enum: REPLY_KINDS, required: true },
    sentence: { type: String, default: '' },
    laterUntil: { type: Date, default: null },
    namedContact: { type: String, default: null },
    correctedBy: { type: String, default: null },
    settledAt: { type: Date, default: null },
    updatedAt: { type: Date, required: true },
    /** False until the people behind the message have heard of it; absent in what was stored before they were told. */
    told: Boolean,
    stageDue: stageDuePath,
    trail: trailPath,
  },
  { strict: 'throw', versionKey: false, collection: 'replies', minimize: false },
);
replySchema.index({ workspaceId: 1, key: 1 }, { unique: true });
replySchema.index({ workspaceId: 1, threadId: 1, receivedAt: 1 });
replySchema.index({ workspaceId: 1, kind: 1 });
replySchema.index({ settledAt: 1, updatedAt: 1 });
replySchema.index({ updatedAt: 1, _id: 1 });
replySchema.index({ workspaceId: 1, companyId: 1, receivedAt: -1 });
replySchema.index({ stageDue: 1 }, { partialFilterExpression: DUE });
replySchema.index({ told: 1 }, { partialFilterExpression: { told: false } });

const ReplyModel = mongoose.model('Reply', replySchema);

/** Keeps a mail, or returns the reply that it is already, with `changed` false. */
export async function insertReply(reply: Reply, key: string, entry: AuditEntry): Promise<{ reply: Reply; changed: boolean }> {
  const { id, workspaceId, ...rest } = reply;
  try {
    await ReplyModel.create({ _id: id, workspaceId, key, ...rest, told: false, stageDue: entry.id, trail: [entry] });
  } catch (error) {
    const known = isDuplicateKey(error) ? await ReplyModel.findOne({ workspaceId, key }).lean() : null;
    if (!known) throw error;
    return { reply: read(known), changed: false };
  }
  await settleTrail(ReplyModel, { _id: id });
  return { reply, changed: true };
}

export async function findReply(workspaceId: string, id: string): Promise<Reply | null> {
  const found = await ReplyModel.findOne({ _id: id, workspaceId }).lean();
  return found ? read(found) : null;
}

export async function getReply(workspaceId: string, id: string): Promise<Reply> {
  const reply = await findReply(workspaceId, id);
  if (!reply) throw new Refusal('reply-unknown');
  return reply;
}

/** Everything that came back in a thread, oldest first. */
export async function listReplies(workspaceId: string, threadId: string): Promise<Reply[]> {
  const found = await ReplyModel.find({ workspaceId, threadId }).sort({ receivedAt: 1 }).lean();
  return found.map(read);
}

/** What came back to these messages, oldest first. */
export async function listRepliesTo(workspaceId: string, drafts: Pick<Draft, 'id' | 'threadId'>[]): Promise<Reply[]> {
  const [threads, ids] = [drafts.map(({ threadId }) => threadId), drafts.map(({ id }) => id)];
  const found = await ReplyModel.find({ workspaceId, threadId: { $in: threads }, draftId: { $in: ids } })
    .sort({ receivedAt: 1 })
    .lean();
  return found.map(read);
}

/** The last mail from a company that says something: an answer, an opt-out, or that there is no such mailbox. Null when none came. */
export async function findLastHeard(workspaceId: string, companyId: string): Promise<Reply | null> {
  for await (const stored of ReplyModel.find({ workspaceId, companyId }).sort({ receivedAt: -1 }).lean().cursor()) {
    const reply = read(stored);
    if (isHeard(reply)) return reply;
  }
  return null;
}

/** Of these companies, those that wrote back: not by a machine, and not that there is no such mailbox. */
export async function listRepliedCompanies(workspaceId: string, companyIds: readonly string[]): Promise<string[]> {
  const found = new Set<string>();
  for await (const stored of ReplyModel.find({ workspaceId, companyId: { $in: [...companyIds] } })
    .lean()
    .cursor()) {
    const reply = read(stored);
    if (reply.companyId && isHeard(reply) && reply.kind !== 'bounce') found.add(reply.companyId);
  }
  return [...found];
}

/** The people behind the message have heard of the reply. */
export async function markTold(workspaceId: string, id: string): Promise<void> {
  await ReplyModel.updateOne({ _id: id, workspaceId, told: false }, { $set: { told: true } });
}

/** Replies of every workspace that came in the week before and of which nobody was told yet, the oldest first; for the sweep. Older ones are of
 *  workspaces that nobody can be told in. */
export async function listUntold(before: Date, limit = 200): Promise<Pick<Reply, 'id' | 'workspaceId'>[]> {
  const found = await ReplyModel.find({ told: false, updatedAt: { $lt: before, $gt: subDays(before, 7) } }, { workspaceId: 1 })
    .sort({ updatedAt: 1 })
    .limit(limit)
    .lean();
  return found.map(({ _id: id, workspaceId }) => ({ id, workspaceId }));
}

/** The changes of a company's replies that its stage has to follow. */
export async function findRepliesDue(workspaceId: string, companyId: string): Promise<StageDue[]> {
  return findDue(ReplyModel, { workspaceId, companyId });
}

export async function settleRepliesDue(workspaceId: string, due: readonly StageDue[]): Promise<void> {
  await settleDue(ReplyModel, workspaceId, due);
}

/** Companies of every workspace whose stage has to follow a reply; for the sweep. */
export async function listStagesDueByReplies(): Promise<CompanyRef[]> {
  return companiesOf(await findDue(ReplyModel, {}, ['workspaceId', 'companyId']));
}

/** How many replies of each kind came, the most frequent first; kinds of which none came are left out. */
export async function countReplies(workspaceId: string): Promise<{ kind: ReplyKind; count: number }[]> {
  const counts = await Promise.all(
    REPLY_KINDS.map(async (kind) => ({ kind, count: await ReplyModel.countDocuments({ workspaceId, kind }) })),
  );
  return counts.filter(({ count }) => count > 0).sort((a, b) => b.count - a.count);
}

/** What follows from the reply as it was seen has been done; null when a person said meanwhile that it means something else. */
export async function markSettled({ workspaceId, id, kind, updatedAt }: Reply, at: Date): Promise<Reply | null> {
  const filter = { _id: id, workspaceId, kind, updatedAt };
  const settled = await ReplyModel.findOneAndUpdate(filter, { $set: { settledAt: at } }, { returnDocument: 'after' }).lean();
  return settled ? read(settled) : null;
}

/** A person says what it means; null when somebody changed it first. What follows from it is due anew. */
export async function correctKind(
  { workspaceId, id, kind, updatedAt }: Reply,
  to: Pick<Reply, 'kind' | 'laterUntil'>,
  entry: AuditEntry,
): Promise<Reply | null> {
  const change = { ...to, correctedBy: entry.by, settledAt: null, updatedAt: entry.at, stageDue: entry.id };
  const filter = { _id: id, workspaceId, kind, updatedAt };
  const corrected = await ReplyModel.findOneAndUpdate(
    filter,
    { $set: change, $push: { trail: entry } },
    { returnDocument: 'after' },
  ).lean();
  if (!corrected) return null;
  await settleTrail(ReplyModel, { _id: id });
  return read(corrected);
}

/** What the model read in a reply that the rules could not tell; null when it is understood otherwise by now. */
export async function noteUnderstanding(
  { workspaceId, id, updatedAt }: Reply,
  understanding: Understanding,
  entry: AuditEntry,
): Promise<Reply | null> {
  const filter = { _id: id, workspaceId, kind: 'other' as const, correctedBy: null, updatedAt };
  const change = { $set: { ...understanding, updatedAt: entry.at, stageDue: entry.id }, $push: { trail: entry } };
  const noted = await ReplyModel.findOneAndUpdate(filter, change, { returnDocument: 'after' }).lean();
  if (!noted) return null;
  await settleTrail(ReplyModel, { _id: id });
  return read(noted);
}

/** Replies of every workspace from which nothing has followed yet; for the sweep. */
export async function listUnsettledReplies(before: Date, limit = 200): Promise<Pick<Reply, 'id' | 'workspaceId'>[]> {
  const found = await ReplyModel.find({ settledAt: null, updatedAt: { $lt: before } }, { workspaceId: 1 })
    .sort({ updatedAt: 1 })
    .limit(limit)
    .lean();
  return found.map(({ _id: id, workspaceId }) => ({ id, workspaceId }));
}

/** Replies of every workspace that came or changed in a span of time, however many; for the sweep. */
export async function* changedReplies(after: Date, before: Date): AsyncGenerator<Pick<Reply, 'id' | 'workspaceId' | 'updatedAt'>> {
  const found = ReplyModel.find({ updatedAt: { $gt: after, $lt: before } }, { workspaceId: 1, updatedAt: 1 }).sort({ updatedAt: 1 });
  for await (const { _id: id, workspaceId, updatedAt } of found.lean().cursor()) yield { id, workspaceId, updatedAt };
}

export async function settleReplyTrails(): Promise<number> {
  return settleTrail(ReplyModel, {});
}

function read({
  _id,
  key,
  trail,
  told,
  stageDue,
  ...rest
}: { _id: string; key?: unknown; trail?: unknown; told?: unknown; stageDue?: unknown } & Record<string, unknown>): Reply {
  return Reply.parse({ id: _id, ...rest });
}

/** A mail of theirs, or one that came back to a message to them. */
export const replyData = keptData({
  model: ReplyModel,
  noun: 'reply',
  kind: 'reply',
  isTheirs: (stored, whom) => {
    const { companyId, from, writtenTo } = Of.parse(stored);
    return whom.companyIds.includes(companyId) || [from.address, writtenTo].some((address) => isTheirAddress(whom, address));
  },
});

const Of = z.object({ companyId: z.string(), from: z.object({ address: z.string() }), writtenTo: z.string() });
