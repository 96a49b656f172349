import { addMinutes } from 'date-fns';
import { auditEntry, type NewAuditEntry } from '../../programme/audit/audit.ts';
import { suppress } from '../../programme/suppression/suppress.ts';
import { plainAddress } from '../../programme/suppression/suppression.ts';
import { type MailResult, NOT_CONNECTED } from '../mail/mail.ts';
import type { Draft } from './draft.ts';
import type { DraftRef } from './draft-repository.ts';
import { noteTouch } from './note-touch.ts';
import { findLostSend, giveBack, giveUpLost, settleFailed, settleInDoubt, settleSent, takeBackLost } from './outbox-repository.ts';
import { releaseSlots } from './send-slots-repository.ts';

/** Minutes between the attempts that a mail server put off; after the last it is for a person. Source: RFC 5321, section 4.5.4.1, asks for
 *  30 minutes at least in the long run. */
const RETRY_MINUTES = [1, 5, 30, 60, 120, 240, 480] as const;

/** A send whose worker is gone. Back to the queue when nothing was handed over; else a person is told and decides. */
export async function settleLostSend(lost: DraftRef, at: Date): Promise<Draft | null> {
  const draft = await findLostSend(lost, at);
  if (!draft) return null;
  const after = { why: 'process-stopped' };
  const back = await takeBackLost(draft, sendEntry(draft, 'draft.send-taken-back', at, after));
  return back ?? giveUpLost(draft, { code: 'unknown-fate' }, sendEntry(draft, 'draft.send-unknown', at, after));
}

/** What became of an attempt: sent, tried again later, or for a person to decide. Null when this worker has lost the draft meanwhile. */
export async function settleAttempt(draft: Draft, result: MailResult, at: Date): Promise<Draft | null> {
  switch (result.outcome) {
    case 'sent': {
      const sent = await settleSent(draft, result.response, sendEntry(draft, 'draft.sent', at, result));
      if (sent) await noteTouch(sent);
      return sent;
    }
    case 'unknown':
      return settleInDoubt(draft, { code: 'unknown-fate' }, sendEntry(draft, 'draft.send-unknown', at, result));
    case 'failed':
      return settleRefused(draft, result, at);
    case 'retry':
      return settleRetry(draft, result.reason, at);
    case 'held':
      // What held it back is said by the next look at it.
      return giveBack(draft, { hold: null, attempts: draft.attempts }, sendEntry(draft, 'draft.send-held', at));
  }
}

async function settleRefused(draft: Draft, { reason, hard }: { reason: string; hard: boolean }, at: Date): Promise<Draft | null> {
  await releaseSlots(draft.workspaceId, draft.approval?.id ?? '');
  if (hard) {
    const key = { kind: 'address', value: plainAddress(draft.contact.email) } as const;
    await suppress(draft.workspaceId, key, { reason: 'bounce', via: 'smtp', by: 'system', at });
  }
  const next = hard ? (draft.kind === 'first' ? 'name-another' : 'write-to-another') : nextAfter(reason);
  const entry = sendEntry(draft, 'draft.send-failed', at, { reason, hard });
  return settleFailed(draft, { code: 'refused', reason, next }, entry);
}

function nextAfter(reason: string) {
  if (reason === NOT_CONNECTED) return 'set-smtp';
  return /\b535\b/.test(reason) ? 'correct-smtp' : 'change';
}

async function settleRetry(draft: Draft, reason: string, at: Date): Promise<Draft | null> {
  const attempts = draft.attempts + 1;
  const minutes = RETRY_MINUTES[attempts - 1];
  if (minutes === undefined) {
    await releaseSlots(draft.workspaceId, draft.approval?.id ?? '');
    const entry = sendEntry(draft, 'draft.send-failed', at, { reason, attempts });
    return settleFailed(draft, { code: 'gave-up', reason, attempts }, entry);
  }
  const hold = { why: 'retry', until: addMinutes(at, minutes), said: reason } as const;
  return giveBack(draft, { hold, attempts }, sendEntry(draft, 'draft.send-put-off', at, { reason, attempts, until: hold.until }));
}

/** One step of sending for the audit log. */
export function sendEntry(draft: Draft, action: string, at: Date, after?: unknown) {
  const { workspaceId, id, status } = draft;
  const entry: NewAuditEntry = { workspaceId, by: 'system', at, action, subject: `draft:${id}`, before: status };
  return auditEntry({ ...entry, after });
}
