import { randomUUID } from 'node:crypto';
import { addHours } from 'date-fns';
import { auditEntry } from '../audit/audit.ts';
import { recordAudit } from '../audit/audit-repository.ts';
import { Refusal } from '../errors.ts';
import { authorise } from '../workspaces/authorise.ts';
import type { Actor } from '../workspaces/role.ts';
import { APPROVAL_HOURS, type Approval, contentHash, DECIDABLE, type Draft } from './draft.ts';
import { approveVersion, findDraft, rejectVersion, settleSent } from './draft-repository.ts';

/** What the deciding person had before their eyes. */
export type SeenDraft = { draftId: string; version: number; hash: string };

/** Approves exactly the message that was shown. The first decision on a version stands; a later click gets the draft as it is
 *  now, with `changed` false. Refuses, and records, `role-needed`, `internal-only`, `draft-unknown`, and `draft-moved-on` when
 *  the draft is no longer what the person saw. */
export async function approveDraft(actor: Actor, seen: SeenDraft, at: Date): Promise<{ draft: Draft; changed: boolean }> {
  const draft = await readForDecision(actor, seen, 'draft.approve', at);
  const { workspaceId } = actor;
  const isShown = draft.version === seen.version && contentHash(draft) === seen.hash;
  if (!isShown) return refuseDecision(actor, seen, 'draft.approve', 'draft-moved-on', at);
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
  const rejected = await rejectVersion({ ...draft, version: seen.version }, [...DECIDABLE], '', entry);
  return rejected ? { draft: rejected, changed: true } : { draft: await current(actor, draft), changed: false };
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
  const sent = await settleSent({ ...draft, version: seen.version }, 'unknown', entry);
  return sent ? { draft: sent, changed: true } : { draft: await current(actor, draft), changed: false };
}

async function readForDecision(actor: Actor, seen: { draftId: string }, action: string, at: Date): Promise<Draft> {
  await authorise(actor, 'manager', { action, subject: `draft:${seen.draftId}`, at });
  const draft = await findDraft(actor.workspaceId, seen.draftId);
  return draft ?? refuseDecision(actor, seen, action, 'draft-unknown', at);
}

async function current(actor: Actor, draft: Draft): Promise<Draft> {
  return (await findDraft(actor.workspaceId, draft.id)) ?? draft;
}

async function refuseDecision(
  { workspaceId, userId }: Actor,
  seen: { draftId: string },
  action: string,
  code: 'draft-unknown' | 'draft-moved-on',
  at: Date,
): Promise<never> {
  await recordAudit({ workspaceId, by: userId, at, action: `${action}-refused`, subject: `draft:${seen.draftId}`, after: { code, seen } });
  throw new Refusal(code, {});
}
