import { addMinutes } from 'date-fns';
import { auditEntry, type NewAuditEntry } from '../../programme/audit/audit.ts';
import { suppress } from '../../programme/suppression/suppress.ts';
import { plainAddress } from '../../programme/suppression/suppression.ts';
import type { MailResult } from '../mail/mail.ts';
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
  const reason = 'the process stopped while sending';
  const back = await takeBackLost(draft, sendEntry(draft, 'draft.send-taken-back', at, { reason }));
  return back ?? giveUpLost(draft, UNKNOWN, sendEntry(draft, 'draft.send-unknown', at, { reason }));
}

const UNKNOWN =
  'Nobody can tell whether this left. Look in the sender’s mailbox first. If it is there, mark it as sent. If not, approve it again, or say that it did not leave and change it.';

/** What became of an attempt: sent, tried again later, or for a person to decide. Null when this worker has lost the draft meanwhile. */
export async function settleAttempt(draft: Draft, result: MailResult, at: Date): Promise<Draft | null> {
  switch (result.outcome) {
    case 'sent': {
      const sent = await settleSent(draft, result.response, sendEntry(draft, 'draft.sent', at, result));
      if (sent) await noteTouch(sent);
      return sent;
    }
    case 'unknown':
      return settleInDoubt(draft, UNKNOWN, sendEntry(draft, 'draft.send-unknown', at, result));
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
  const advice = hard ? noMailbox(draft) : adviceOn(reason);
  const entry = sendEntry(draft, 'draft.send-failed', at, { reason, hard });
  return settleFailed(draft, `Not sent: ${reason}. ${advice}`, entry);
}

function noMailbox({ kind }: Draft): string {
  const next = kind === 'first' ? 'name another person under Contact' : 'reject this, and write to somebody else with Draft Outreach';
  return `There is no such mailbox, so the address is not used again: ${next}.`;
}

function adviceOn(reason: string): string {
  if (reason === 'no mail server is connected') return 'Ask whoever runs this app to set SMTP_URL, then approve it again.';
  if (/\b535\b/.test(reason)) return 'The mail server does not know us: whoever runs this app corrects SMTP_URL. Then approve it again.';
  return 'The server refuses this for good: change what it names, then approve it again.';
}

async function settleRetry(draft: Draft, reason: string, at: Date): Promise<Draft | null> {
  const attempts = draft.attempts + 1;
  const minutes = RETRY_MINUTES[attempts - 1];
  if (minutes === undefined) {
    await releaseSlots(draft.workspaceId, draft.approval?.id ?? '');
    const entry = sendEntry(draft, 'draft.send-failed', at, { reason, attempts });
    return settleFailed(draft, `Not sent after ${attempts} attempts: ${reason}. Approve it again to go on trying.`, entry);
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
