import type { AuditEntry } from '../audit/audit.ts';
import type { Draft } from './draft.ts';
import { DraftModel, moveDraft, readDraft, sameVersion, UNAPPROVED } from './draft-model.ts';

/** The outbox: approved drafts on their way. A worker claims a draft under a lease and a fence, a number that rises with every claim; what it
 *  does later holds only while the draft still has its number. */

/** Approved drafts of every workspace that may go on: those that never started, and those whose hold is over at `at`; the
 *  oldest first. */
export async function listReadyDrafts(at: Date, startedBefore: Date, limit = 200): Promise<Draft[]> {
  const found = await DraftModel.find({
    status: 'approved',
    $or: [{ hold: null, updatedAt: { $lt: startedBefore } }, { 'hold.until': { $lte: at } }],
  })
    .sort({ updatedAt: 1 })
    .limit(limit)
    .lean();
  return found.map(readDraft);
}

/** Messages of every workspace that left and are not noted in their thread yet. */
export async function listUnnoted(limit = 200): Promise<Draft[]> {
  const found = await DraftModel.find({ noted: false }).limit(limit).lean();
  return found.map(readDraft);
}

export async function markNoted({ id, workspaceId }: Draft): Promise<void> {
  await DraftModel.updateOne({ _id: id, workspaceId }, { $set: { noted: true } });
}

/** Drafts of every workspace whose sender has let its lease run out, the oldest first. */
export async function listLostSends(at: Date, limit = 200): Promise<Draft[]> {
  const found = await DraftModel.find({ status: 'sending', 'claim.leaseUntil': { $lt: at } })
    .sort({ updatedAt: 1 })
    .limit(limit)
    .lean();
  return found.map(readDraft);
}

/** Puts a draft whose approval lapsed, no longer fits or was taken back before the team as a new version. */
export async function voidApproval(draft: Draft, note: string, entry: AuditEntry): Promise<Draft | null> {
  const state = { status: 'waiting', version: draft.version + 1, ...UNAPPROVED, note, updatedAt: entry.at } as const;
  return moveDraft(draft, ['approved'], state, entry);
}

/** Keeps an approved draft until later; null when it is not approved any more or already under way. */
export async function holdDraft(draft: Draft, hold: NonNullable<Draft['hold']>, entry: AuditEntry): Promise<Draft | null> {
  return moveDraft(draft, ['approved'], { hold, updatedAt: entry.at }, entry, byApproval(draft));
}

/** Lets an approved draft leave in spite of its hold; null when it has none any more: somebody did before. */
export async function releaseHold(draft: Draft, entry: AuditEntry): Promise<Draft | null> {
  return moveDraft(draft, ['approved'], { hold: null, releasedBy: entry.by, updatedAt: entry.at }, entry, {
    ...byApproval(draft),
    ...ON_HOLD,
  });
}

/** Takes the draft for sending; one worker wins, the others get null. */
export async function claimSend(
  draft: Draft,
  taken: Pick<Draft, 'messageId' | 'policy'> & { leaseUntil: Date },
  entry: AuditEntry,
): Promise<Draft | null> {
  const { leaseUntil, ...rest } = taken;
  const fence = (draft.claim?.fence ?? 0) + 1;
  const claim = { fence, leaseUntil, handedAt: null };
  const also = { ...byApproval(draft), ...(draft.claim ? { 'claim.fence': draft.claim.fence } : { claim: null }) };
  return moveDraft(draft, ['approved'], { status: 'sending', hold: null, claim, ...rest, updatedAt: entry.at }, entry, also);
}

/** The point of no return: true when this worker still holds the draft and may hand the mail over, once. */
export async function markHandedOver(draft: Draft, leaseUntil: Date, at: Date): Promise<boolean> {
  const filter = { ...sameVersion(draft, ['sending']), ...byFence(draft), 'claim.handedAt': null };
  const marked = await DraftModel.updateOne(filter, { $set: { 'claim.handedAt': at, 'claim.leaseUntil': leaseUntil } });
  return marked.modifiedCount === 1;
}

/** Gives a draft back that certainly did not leave. `hold` says until when. Null when this worker has lost it. */
export async function giveBack(
  draft: Draft,
  { hold, attempts }: Pick<Draft, 'hold' | 'attempts'>,
  entry: AuditEntry,
): Promise<Draft | null> {
  return moveDraft(draft, ['sending'], { status: 'approved', hold, attempts, updatedAt: entry.at }, entry, byFence(draft));
}

/** As `giveBack` for a worker that died before it handed anything over; null when it did, or is not lost. */
export async function takeBackLost(draft: Draft, entry: AuditEntry): Promise<Draft | null> {
  const also = { ...byFence(draft), 'claim.handedAt': null };
  return moveDraft(draft, ['sending'], { status: 'approved', hold: null, updatedAt: entry.at }, entry, also);
}

/** The mail server has taken it. Null when this worker was given up as lost meanwhile: then a person decides. */
export async function settleSent(draft: Draft, response: string, entry: AuditEntry): Promise<Draft | null> {
  const change = { status: 'sent', open: false, noted: false, note: '', response, updatedAt: entry.at } as const;
  return moveDraft(draft, ['sending'], change, entry, byFence(draft));
}

/** A person looked into the mailbox: the message of unknown fate did arrive. */
export async function settleFound(draft: Draft, entry: AuditEntry): Promise<Draft | null> {
  const decided = { decidedBy: entry.by, decidedAt: entry.at, updatedAt: entry.at };
  return moveDraft(draft, ['unknown'], { status: 'sent', open: false, noted: false, note: '', ...decided }, entry);
}

/** The approval is used up; a person decides anew on the next version. */
export async function settleUnsent(draft: Draft, status: 'failed' | 'unknown', note: string, entry: AuditEntry): Promise<Draft | null> {
  const state = { status, version: draft.version + 1, ...UNAPPROVED, note, updatedAt: entry.at };
  return moveDraft(draft, ['sending'], state, entry, byFence(draft));
}

const ON_HOLD = { hold: { $ne: null } };
const byApproval = ({ approval }: Draft) => ({ 'approval.id': approval?.id ?? null });
const byFence = ({ claim }: Draft) => ({ 'claim.fence': claim?.fence ?? null });
