import type { AuditEntry } from '../../programme/audit/audit.ts';
import { type Doubt, type Draft, isInDoubt, lastDoubted } from './draft.ts';
import { DraftModel, moveDraft, readDraft, sameVersion, UNAPPROVED } from './draft-model.ts';
import type { DraftNote } from './draft-note.ts';
import type { DraftRef } from './draft-repository.ts';

/** The outbox: approved drafts on their way. A worker claims a draft under a lease and a fence, a number that rises with every claim; what it
 *  does later holds only while the draft still has its number. */

/** Approved drafts of every workspace that may go on: those that never started, and those whose hold is over at `at`; the
 *  oldest first. */
export async function listReadyDrafts(at: Date, startedBefore: Date, limit = 200): Promise<(DraftRef & { approvalId: string })[]> {
  const mayGoOn = { $or: [{ hold: null, updatedAt: { $lt: startedBefore } }, { 'hold.until': { $lte: at } }] };
  const found = await DraftModel.find({ status: 'approved', ...mayGoOn }, { workspaceId: 1, approval: 1 })
    .sort({ updatedAt: 1 })
    .limit(limit)
    .lean();
  return found.map(({ _id: id, workspaceId, approval }) => ({
    id,
    workspaceId,
    // No approval has this id: what has none is not sent.
    approvalId: approval?.id ?? '',
  }));
}

/** Messages of every workspace that left and are not noted in their thread yet. */
export async function listUnnoted(limit = 200): Promise<DraftRef[]> {
  const found = await DraftModel.find({ noted: false }, { workspaceId: 1 }).limit(limit).lean();
  return found.map(({ _id: id, workspaceId }) => ({ id, workspaceId }));
}

export async function markNoted({ id, workspaceId }: Draft): Promise<void> {
  await DraftModel.updateOne({ _id: id, workspaceId }, { $set: { noted: true } });
}

/** Drafts of every workspace whose sender has let its lease run out, the oldest first. */
export async function listLostSends(at: Date, limit = 200): Promise<DraftRef[]> {
  const found = await DraftModel.find({ status: 'sending', 'claim.leaseUntil': { $lt: at } }, { workspaceId: 1 })
    .sort({ updatedAt: 1 })
    .limit(limit)
    .lean();
  return found.map(({ _id: id, workspaceId }) => ({ id, workspaceId }));
}

/** One of `listLostSends` as it is now; null when it has gone on since. */
export async function findLostSend({ id, workspaceId }: DraftRef, at: Date): Promise<Draft | null> {
  const found = await DraftModel.findOne({ _id: id, workspaceId, status: 'sending', 'claim.leaseUntil': { $lt: at } }).lean();
  return found ? readDraft(found) : null;
}

/** Puts a draft whose approval lapsed, no longer fits or was taken back before the team as a new version. One that may have left before is in
 *  doubt again. */
export async function voidApproval(draft: Draft, note: DraftNote, entry: AuditEntry): Promise<Draft | null> {
  const status = isInDoubt(draft) ? 'unknown' : 'waiting';
  const messageId = lastDoubted(draft);
  const state = { status, version: draft.version + 1, ...UNAPPROVED, messageId, note, updatedAt: entry.at } as const;
  return moveDraft(draft, ['approved'], state, entry, byApproval(draft));
}

/** Keeps an approved draft until later; null when it is not approved any more or already under way. */
export async function holdDraft(draft: Draft, hold: NonNullable<Draft['hold']>, entry: AuditEntry): Promise<Draft | null> {
  return moveDraft(draft, ['approved'], { hold, updatedAt: entry.at }, entry, byApproval(draft));
}

/** Lets an approved draft leave in spite of its hold; null when it has none any more, as somebody did before, when another attempt has been put off
 *  since, or when it keeps its distance to the last touch. */
export async function releaseHold(draft: Draft, entry: AuditEntry): Promise<Draft | null> {
  return moveDraft(draft, ['approved'], { hold: null, releasedBy: entry.by, updatedAt: entry.at }, entry, {
    ...byApproval(draft),
    ...ON_HOLD,
    attempts: draft.attempts,
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

/** Gives a draft back that certainly did not leave. `hold` says until when: a release before held for the attempt that is over. Null when
 *  this worker has lost it. */
export async function giveBack(
  draft: Draft,
  { hold, attempts }: Pick<Draft, 'hold' | 'attempts'>,
  entry: AuditEntry,
): Promise<Draft | null> {
  const released = hold ? { releasedBy: null } : {};
  return moveDraft(draft, ['sending'], { status: 'approved', hold, ...released, attempts, updatedAt: entry.at }, entry, byFence(draft));
}

/** As `giveBack` for a worker that died before it handed anything over; null when it did, or is not lost. */
export async function takeBackLost(draft: Draft, entry: AuditEntry): Promise<Draft | null> {
  const also = { ...byFence(draft), 'claim.handedAt': null };
  return moveDraft(draft, ['sending'], { status: 'approved', hold: null, updatedAt: entry.at }, entry, also);
}

/** The mail server has taken it. Null when this worker was given up as lost meanwhile: then a person decides. */
export async function settleSent(draft: Draft, response: string, entry: AuditEntry): Promise<Draft | null> {
  const change = { status: 'sent', open: false, noted: false, note: null, response, sentAt: entry.at, updatedAt: entry.at } as const;
  return moveDraft(draft, ['sending'], change, entry, byFence(draft));
}

/** A person looked into the mailbox: the message of unknown fate did leave, when it was handed over. */
export async function confirmSent(draft: Draft, entry: AuditEntry): Promise<Draft | null> {
  const left = draft.doubts.findLast(({ cleared }) => !cleared);
  const found = { messageId: left?.messageId ?? draft.messageId, sentAt: left?.at ?? entry.at };
  const decided = { decidedBy: entry.by, decidedAt: entry.at, updatedAt: entry.at };
  return moveDraft(draft, ['unknown'], { status: 'sent', open: false, noted: false, note: null, ...found, ...decided }, entry);
}

/** A person looked into the mailbox: it did not leave, and may be changed and decided on like any other. */
export async function confirmNotSent(draft: Draft, entry: AuditEntry): Promise<Draft | null> {
  const doubts = draft.doubts.map((doubt) => ({ ...doubt, cleared: true }));
  return moveDraft(draft, ['unknown'], { status: 'waiting', doubts, note: null, updatedAt: entry.at }, entry);
}

/** The server refused it: the approval is used up, and a person decides anew on the next version. */
export async function settleFailed(draft: Draft, note: DraftNote, entry: AuditEntry): Promise<Draft | null> {
  const state = {
    status: isInDoubt(draft) ? 'unknown' : 'failed',
    version: draft.version + 1,
    ...UNAPPROVED,
    note,
    updatedAt: entry.at,
  } as const;
  return moveDraft(draft, ['sending'], state, entry, byFence(draft));
}

/** Nobody can tell whether it left: as `settleFailed`, in doubt. `also` narrows it to a draft whose worker is still the lost one. */
export async function settleInDoubt(draft: Draft, note: DraftNote, entry: AuditEntry, also: object = {}): Promise<Draft | null> {
  const { messageId, contact, claim } = draft;
  const doubt: Doubt = { messageId: messageId ?? '', to: contact.email, at: claim?.handedAt ?? entry.at, cleared: false };
  const doubts = [...draft.doubts, doubt];
  const state = { status: 'unknown', version: draft.version + 1, ...UNAPPROVED, doubts, note, updatedAt: entry.at } as const;
  return moveDraft(draft, ['sending'], state, entry, { ...byFence(draft), ...also });
}

/** As `settleInDoubt` for a worker that died after it handed the message over; null when it has gone on since. */
export async function giveUpLost(draft: Draft, note: DraftNote, entry: AuditEntry): Promise<Draft | null> {
  return settleInDoubt(draft, note, entry, { 'claim.leaseUntil': { $lt: entry.at } });
}

const ON_HOLD = { hold: { $ne: null }, 'hold.why': { $ne: 'touch-distance' } };
const byApproval = ({ approval }: Draft) => ({ 'approval.id': approval?.id ?? null });
const byFence = ({ claim }: Draft) => ({ 'claim.fence': claim?.fence ?? null });
