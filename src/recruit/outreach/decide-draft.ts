import { randomUUID } from 'node:crypto';
import { addHours } from 'date-fns';
import { Refusal } from '../../errors.ts';
import { auditEntry } from '../../programme/audit/audit.ts';
import { recordAudit } from '../../programme/audit/audit-repository.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { demandApprovable } from './demand-contact-allowed.ts';
import { APPROVAL_HOURS, type Approval, contentHash, DECIDABLE, type Draft } from './draft.ts';
import { approveVersion, findDraft, rejectVersion } from './draft-repository.ts';
import { noteTouch } from './note-touch.ts';
import { confirmNotSent, confirmSent, releaseHold, voidApproval } from './outbox-repository.ts';
import { releaseSlots } from './send-slots-repository.ts';
import { stopThread } from './stop-thread.ts';

/** What the deciding person had before their eyes. */
export type SeenDraft = { draftId: string; version: number; hash: string };

/** Approves exactly the message that was shown. The first decision on a version stands; a later click gets the draft as it is
 *  now, with `changed` false. Refuses, and records, `role-needed`, `internal-only`, `draft-unknown`, `draft-moved-on` when the draft is
 *  no longer what the person saw, and what `demandApprovable` refuses. */
export async function approveDraft(actor: Actor, seen: SeenDraft, at: Date): Promise<{ draft: Draft; changed: boolean }> {
  const draft = await readForDecision(actor, seen, 'draft.approve', at);
  const { workspaceId } = actor;
  const isShown = draft.version === seen.version && contentHash(draft) === seen.hash;
  if (!isShown) return refuseDecision(actor, seen, 'draft.approve', new Refusal('draft-moved-on'), at);
  await demandApprovable(draft, at).catch((error: unknown) => {
    if (error instanceof Refusal) return refuseDecision(actor, seen, 'draft.approve', error, at);
    throw error;
  });
  const approval: Approval = { id: randomUUID(), hash: seen.hash, by: actor.userId, at, expiresAt: addHours(at, APPROVAL_HOURS) };
  const entry = auditEntry({
    workspaceId,
    by: actor.userId,
    at,
    action: 'draft.approve',
    subject: `draft:${draft.id}`,
    before: { status: draft.status, version: draft.version },
    after: { approval, to: draft.contact.email, subject: draft.subject },
  });
  const approved = await approveVersion(draft, approval, entry);
  return approved ? { draft: approved, changed: true } : { draft: await current(actor, draft), changed: false };
}

/** Closes the draft unsent. The same calm answer as `approveDraft` when somebody was first. */
export async function rejectDraft(actor: Actor, seen: Omit<SeenDraft, 'hash'>, at: Date): Promise<{ draft: Draft; changed: boolean }> {
  const draft = await readForDecision(actor, seen, 'draft.reject', at);
  const subject = `draft:${draft.id}`;
  const before = { status: draft.status, version: draft.version };
  const entry = auditEntry({ workspaceId: actor.workspaceId, by: actor.userId, at, action: 'draft.reject', subject, before, after: null });
  const rejected = await rejectVersion({ ...draft, version: seen.version }, [...DECIDABLE], null, entry);
  if (!rejected) return { draft: await current(actor, draft), changed: false };
  // A no to one touch is a no to those that would follow.
  if (rejected.kind !== 'answer') await stopThread(actor.workspaceId, rejected.threadId, { because: 'turned-down', by: actor.userId, at });
  return { draft: rejected, changed: true };
}

/** A person looked into the mailbox: the message of unknown fate did arrive. */
export async function markSent(actor: Actor, seen: Omit<SeenDraft, 'hash'>, at: Date): Promise<{ draft: Draft; changed: boolean }> {
  const draft = await readForDecision(actor, seen, 'draft.mark-sent', at);
  const subject = `draft:${draft.id}`;
  const entry = auditEntry({
    workspaceId: actor.workspaceId,
    by: actor.userId,
    at,
    action: 'draft.mark-sent',
    subject,
    before: draft.status,
  });
  const sent = await confirmSent({ ...draft, version: seen.version }, entry);
  if (sent) await noteTouch(sent);
  return sent ? { draft: sent, changed: true } : { draft: await current(actor, draft), changed: false };
}

/** A person looked into the mailbox: the message of unknown fate did not leave. It waits again, to be changed or decided on. */
export async function markNotSent(actor: Actor, seen: Omit<SeenDraft, 'hash'>, at: Date): Promise<{ draft: Draft; changed: boolean }> {
  const draft = await readForDecision(actor, seen, 'draft.mark-not-sent', at);
  const { workspaceId, userId: by } = actor;
  const subject = `draft:${draft.id}`;
  const entry = auditEntry({ workspaceId, by, at, action: 'draft.mark-not-sent', subject, before: draft.status, after: draft.doubts });
  const waiting = await confirmNotSent({ ...draft, version: seen.version }, entry);
  return waiting ? { draft: waiting, changed: true } : { draft: await current(actor, draft), changed: false };
}

/** Lets an approved message leave now, whatever hours, caps or retries it waits for. The distance between touches, the suppression list and
 *  the country's rule stand. `attempts`: how many attempts had been put off when the person looked; a click that saw an earlier one makes no
 *  further attempt. */
export async function releaseDraft(
  actor: Actor,
  seen: Omit<SeenDraft, 'hash'> & Pick<Draft, 'attempts'>,
  at: Date,
): Promise<{ draft: Draft; changed: boolean }> {
  const draft = await readForDecision(actor, seen, 'draft.release', at);
  const entry = held(actor, draft, 'draft.release', at);
  const released = draft.hold ? await releaseHold({ ...draft, version: seen.version, attempts: seen.attempts }, entry) : null;
  return released ? { draft: released, changed: true } : { draft: await current(actor, draft), changed: false };
}

/** Takes an approval back before the message has left. */
export async function takeBackApproval(actor: Actor, seen: Omit<SeenDraft, 'hash'>, at: Date): Promise<{ draft: Draft; changed: boolean }> {
  const draft = await readForDecision(actor, seen, 'draft.take-back', at);
  const entry = held(actor, draft, 'draft.take-back', at);
  const taken = await voidApproval({ ...draft, version: seen.version }, { code: 'approval-taken-back' }, entry);
  if (taken && draft.approval) await releaseSlots(actor.workspaceId, draft.approval.id);
  return taken ? { draft: taken, changed: true } : { draft: await current(actor, draft), changed: false };
}

function held({ workspaceId, userId }: Actor, { id, hold, approval }: Draft, action: string, at: Date) {
  return auditEntry({ workspaceId, by: userId, at, action, subject: `draft:${id}`, before: { hold, approval } });
}

async function readForDecision(actor: Actor, seen: { draftId: string }, action: string, at: Date): Promise<Draft> {
  await authorise(actor, 'manager', { action, subject: `draft:${seen.draftId}`, at });
  const draft = await findDraft(actor.workspaceId, seen.draftId);
  return draft ?? refuseDecision(actor, seen, action, new Refusal('draft-unknown'), at);
}

async function current(actor: Actor, draft: Draft): Promise<Draft> {
  return (await findDraft(actor.workspaceId, draft.id)) ?? draft;
}

async function refuseDecision(
  { workspaceId, userId }: Actor,
  seen: { draftId: string },
  action: string,
  refusal: Refusal,
  at: Date,
): Promise<never> {
  const { code } = refusal;
  await recordAudit({ workspaceId, by: userId, at, action: `${action}-refused`, subject: `draft:${seen.draftId}`, after: { code, seen } });
  throw refusal;
}
