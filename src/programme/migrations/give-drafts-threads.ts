import { randomBytes, randomUUID } from 'node:crypto';
import type mongoose from 'mongoose';
import { z } from 'zod';
import { isDuplicateKey } from '../../errors.ts';
import { BATCH, MOST_LOOKS, readStored } from './read-stored.ts';

type Db = mongoose.mongo.Db;
const BEFORE_THREADS = { threadId: { $exists: false } };

/** What this migration reads of a draft as it was before there were threads, follow-ups and country rules. */
const OldDraft = z.object({
  _id: z.string(),
  workspaceId: z.string(),
  companyId: z.string(),
  companyName: z.string(),
  version: z.number(),
  status: z.enum(['writing', 'waiting', 'approved', 'sending', 'sent', 'failed', 'unknown', 'rejected']),
  contact: z.object({ name: z.string(), email: z.string(), source: z.string() }),
  sender: z.object({ name: z.string() }).loose(),
  body: z.string(),
  note: z.string(),
  startedAt: z.date(),
  decidedBy: z.string().nullable(),
  decidedAt: z.date().nullable(),
  approval: z.unknown(),
  messageId: z.string().nullable(),
  updatedAt: z.date(),
});
type OldDraft = z.infer<typeof OldDraft>;

/** Drafts from before there were threads get a thread each, the newest of a company the live one unless it was turned down, and what else a
 *  draft has now. Nobody had been asked for the recipient's country, so it is unknown and nothing of before leaves: an approval is void, and
 *  before another one is given a person names the country under Contact. What left or may have left stays word for word. */
export async function giveDraftsThreads(db: Db, at: Date): Promise<number> {
  const drafts = db.collection<{ _id: string }>('drafts');
  let changed = 0;
  // Every draft of a batch is changed, here or by another process. The newest first, so that an older one finds the live thread.
  for (let looks = 0; looks < MOST_LOOKS; looks++) {
    const batch = await drafts.find(BEFORE_THREADS).sort({ startedAt: -1, _id: 1 }).limit(BATCH).toArray();
    if (batch.length === 0) return changed;
    for (const stored of batch) {
      const draft = readStored(OldDraft, 'drafts', stored);
      // The thread first: killed in between, the draft is met again and finds it.
      await openThread(db, draft);
      const { modifiedCount } = await drafts.updateOne({ _id: draft._id, ...BEFORE_THREADS }, updateOf(draft, at));
      changed += modifiedCount;
    }
  }
  throw new Error('there are more drafts than can be');
}

/** The thread has the draft's id, so that a second run opens no second one. Nothing is planned in it: nobody had heard of follow-ups. */
async function openThread(db: Db, draft: OldDraft): Promise<void> {
  const threads = db.collection<{ _id: string }>('threads');
  const { _id, workspaceId, companyId, companyName, messageId, startedAt, updatedAt } = draft;
  const isSuperseded = (await threads.findOne({ workspaceId, companyId, live: true, _id: { $ne: _id } })) !== null;
  const end = endOf(draft, isSuperseded);
  const thread = {
    workspaceId,
    companyId,
    companyName,
    contact: contactOf(draft),
    status: end ? 'ended' : 'open',
    live: end === null,
    end,
    answered: false,
    touches: draft.status === 'sent' ? [{ draftId: _id, messageId: messageId ?? '', touch: 1, at: updatedAt }] : [],
    nextTouchAt: null,
    awayUntil: null,
    openedAt: startedAt,
    updatedAt,
    trail: [],
  };
  try {
    await threads.updateOne({ _id }, { $setOnInsert: thread }, { upsert: true });
  } catch (error) {
    // Another process opened it at the same moment.
    if (!isDuplicateKey(error)) throw error;
  }
}

function endOf({ status, decidedBy, decidedAt, updatedAt }: OldDraft, isSuperseded: boolean): object | null {
  if (status === 'rejected') return { because: 'turned-down', by: decidedBy ?? 'system', at: decidedAt ?? updatedAt };
  return isSuperseded ? { because: 'new-thread', by: 'system', at: updatedAt } : null;
}

function contactOf({ contact: { name, email, source } }: OldDraft): object {
  return { name, email, country: null, basis: 'other', recipient: 'unknown', source };
}

const VOID = 'This was approved before an update of the programme. Name the country under Contact, then approve it again.';
const UNKNOWN =
  'Nobody can tell whether this left. Look in the sender’s mailbox first. If it is there, mark it as sent. If not, say that it did not leave.';

function updateOf(draft: OldDraft, at: Date): object {
  const { status, version, body, approval } = draft;
  const fields = { ...fieldsOf(draft), ...(isOpen(draft) ? { updatedAt: at } : {}) };
  if (status === 'approved') {
    const why = 'it was approved before an update of the programme, which did not ask for the country';
    const change = { status: 'waiting', version: version + 1, approval: null, note: VOID, body: withoutFooter(draft) };
    return { $set: { ...fields, ...change }, $push: { trail: entryOf(draft, 'draft.send-refused', { why, approval }, at) } };
  }
  if (status === 'sending') {
    const reason = 'the programme was updated while it was sending';
    const change = { status: 'unknown', version: version + 1, approval: null, note: UNKNOWN };
    return { $set: { ...fields, ...change }, $push: { trail: entryOf(draft, 'draft.send-unknown', { reason, approval }, at) } };
  }
  return { $set: { ...fields, body: status === 'waiting' || status === 'failed' ? withoutFooter(draft) : body } };
}

/** Its card in Slack is shown anew by the sweep, with what can be done now: it looks for what changed lately. */
function isOpen({ status }: OldDraft): boolean {
  return status !== 'sent' && status !== 'rejected';
}

/** What a draft had not before. */
function fieldsOf(draft: OldDraft): object {
  const { _id, status, contact, messageId, updatedAt } = draft;
  const mayHaveLeft = status === 'sending' || status === 'unknown';
  return {
    contact: contactOf(draft),
    threadId: _id,
    kind: 'first',
    touch: 1,
    references: [],
    answers: null,
    language: 'en',
    footer: '',
    english: '',
    written: null,
    optOutToken: randomBytes(16).toString('base64url'),
    writtenAt: updatedAt,
    doubts: mayHaveLeft ? [{ messageId: messageId ?? '', to: contact.email, at: updatedAt, cleared: false }] : [],
    sentAt: status === 'sent' ? updatedAt : null,
    // Its thread has it already.
    ...(status === 'sent' ? { noted: true } : {}),
    claim: null,
    hold: null,
    releasedBy: null,
    attempts: 0,
    policy: null,
    response: '',
  };
}

/** The footer was part of the text; the one of today is put under it when the contact is completed. One that a person changed stays. */
function withoutFooter({ body, sender }: OldDraft): string {
  const start = body.lastIndexOf(`\n\n${sender.name}\n`);
  return start > 0 && body.endsWith('answer “no” and we will not write again.') ? body.slice(0, start) : body;
}

function entryOf({ _id, workspaceId, status }: OldDraft, action: string, after: object, at: Date): object {
  return { id: randomUUID(), workspaceId, by: 'system', at, action, subject: `draft:${_id}`, before: status, after };
}
