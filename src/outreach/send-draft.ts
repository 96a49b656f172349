import { channel } from 'node:diagnostics_channel';
import { addMinutes } from 'date-fns';
import { auditEntry, type NewAuditEntry } from '../audit/audit.ts';
import type { Deps } from '../deps.ts';
import { Refusal } from '../errors.ts';
import { getProgramme } from '../programme/programme-repository.ts';
import { suppress } from '../suppression/suppress.ts';
import { plainAddress } from '../suppression/suppression.ts';
import { demandAddressReachable } from './demand-reachable.ts';
import { contentHash, type Draft, messageText } from './draft.ts';
import { findDraft, rejectVersion } from './draft-repository.ts';
import type { Mail, MailResult } from './mail.ts';
import { mayLeave } from './may-leave.ts';
import { noteTouch } from './note-touch.ts';
import {
  claimSend,
  giveBack,
  holdDraft,
  markHandedOver,
  settleSent,
  settleUnsent,
  takeBackLost,
  voidApproval,
} from './outbox-repository.ts';
import { releaseSlots } from './send-slots-repository.ts';
import { keepBytes } from './sent-bytes-repository.ts';

/** Longer than all that happens before the mail server is ready for a message. */
const LEASE_MINUTES = 3;
/** Longer than a mail server may take to answer a message. */
const ANSWER_MINUTES = 5;
/** Minutes between the attempts that a mail server put off; after the last it is for a person. Source: RFC 5321, section 4.5.4.1, asks for
 *  30 minutes at least in the long run. */
const RETRY_MINUTES = [1, 5, 30, 60, 120, 240, 480] as const;

/** Says where sending is, for whoever listens: the tests kill the process at each step. */
const steps = channel('outreach.send');
const step = (name: string) => steps.hasSubscribers && steps.publish(name);

type Tools = Pick<Deps, 'composeMail' | 'sendMail' | 'publicUrl' | 'now'>;

/** Uses one approval: the only way a message leaves. Null when the approval is used, void, or being used by another worker. Order matters:
 *  the bytes are kept and the draft is claimed before the mail server hears a word, and `handedAt` is written when it is ready for the
 *  message. A worker that dies before that leaves a draft that is tried again; one that dies after it, one of which nobody can say whether
 *  it left: that is for a person, never for a second attempt. */
export async function sendApproved(workspaceId: string, draftId: string, approvalId: string, tools: Tools): Promise<Draft | null> {
  const { now } = tools;
  const draft = await findDraft(workspaceId, draftId);
  if (draft?.status !== 'approved' || draft.approval?.id !== approvalId) return null;
  step('read');
  const leave = await mayLeave(draft, now());
  if (leave.verdict === 'close')
    return rejectVersion(draft, ['approved'], leave.why, record(draft, 'draft.send-refused', now(), { approvalId, ...leave }));
  if (leave.verdict === 'void') return voidApproval(draft, leave.why, record(draft, 'draft.send-refused', now(), { approvalId, ...leave }));
  if (leave.verdict === 'hold') return holdUntil(draft, leave.hold, now());
  step('checked');
  const messageId = `${approvalId}@${draft.sender.address.split('@')[1]}`;
  const composed = await tools.composeMail(mailOf(draft, messageId, tools.publicUrl));
  const bytes = await keepBytes({ workspaceId, draftId, approvalId }, composed, now());
  step('kept');
  const taken = { messageId, policy: leave.policy, leaseUntil: addMinutes(now(), LEASE_MINUTES) };
  const claimed = await claimSend(draft, taken, record(draft, 'draft.send', now(), { approvalId, messageId, policy: leave.policy }));
  if (!claimed) return null;
  step('claimed');
  const envelope = { from: claimed.sender.address, to: claimed.contact.email };
  const result = await tools.sendMail(envelope, bytes, () => handOver(claimed, now));
  step('answered');
  const settled = await settle(claimed, result, now());
  step('settled');
  // What held it back in the last moment decides about it now, not with the next sweep.
  if (settled && result.outcome === 'held') return (await sendApproved(workspaceId, draftId, approvalId, tools)) ?? settled;
  return settled;
}

/** A send whose worker is gone. Back to the queue when nothing was handed over; else a person is told and decides. */
export async function settleLostSend(draft: Draft, at: Date): Promise<Draft | null> {
  const reason = 'the process stopped while sending';
  const back = await takeBackLost(draft, record(draft, 'draft.send-taken-back', at, { reason }));
  return back ?? settleUnsent(draft, 'unknown', UNKNOWN, record(draft, 'draft.send-unknown', at, { reason }));
}

const UNKNOWN =
  'Nobody can tell whether this left. Look in the sender’s mailbox first: if it is there, mark it as sent; if not, approve it again.';

/** The last look before the message is on the line: an opt-out of this very second counts, and so does having lost the draft. */
async function handOver(draft: Draft, now: () => Date): Promise<boolean> {
  step('ready');
  // The document that was claimed is the message that leaves.
  if (contentHash(draft) !== draft.approval?.hash) return false;
  if (!(await isReachable(draft))) return false;
  const isOurs = await markHandedOver(draft, addMinutes(now(), ANSWER_MINUTES), now());
  step('handed-over');
  return isOurs;
}

async function isReachable({ workspaceId, contact }: Draft): Promise<boolean> {
  try {
    await demandAddressReachable(await getProgramme(workspaceId), contact.email);
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

function mailOf(draft: Draft, messageId: string, publicUrl: string | null): Mail {
  const { contact, sender, subject, references, optOutToken } = draft;
  const mailto = `mailto:${sender.address}?subject=stop`;
  return {
    messageId,
    from: sender,
    to: { name: contact.name, address: contact.email },
    subject,
    text: messageText(draft),
    references,
    optOut: { url: publicUrl && `${publicUrl}/optout/${optOutToken}`, mailto },
    date: draft.approval?.at ?? draft.updatedAt,
  };
}

/** A second look at the same hold changes nothing and says nothing. */
async function holdUntil(draft: Draft, hold: NonNullable<Draft['hold']>, at: Date): Promise<Draft | null> {
  if (draft.hold?.why === hold.why && draft.hold.until.getTime() === hold.until.getTime()) return null;
  return holdDraft(draft, hold, record(draft, 'draft.hold', at, hold));
}

async function settle(draft: Draft, result: MailResult, at: Date): Promise<Draft | null> {
  switch (result.outcome) {
    case 'sent': {
      const sent = await settleSent(draft, result.response, record(draft, 'draft.sent', at, result));
      if (sent) await noteTouch(sent);
      return sent;
    }
    case 'unknown':
      return settleUnsent(draft, 'unknown', UNKNOWN, record(draft, 'draft.send-unknown', at, result));
    case 'failed':
      return settleFailed(draft, result, at);
    case 'retry':
      return settleRetry(draft, result.reason, at);
    case 'held':
      // What held it back is said by the next look at it.
      return giveBack(draft, { hold: null, attempts: draft.attempts }, record(draft, 'draft.send-held', at));
  }
}

async function settleFailed(draft: Draft, { reason, hard }: { reason: string; hard: boolean }, at: Date): Promise<Draft | null> {
  await releaseSlots(draft.workspaceId, draft.approval?.id ?? '');
  if (hard) {
    const key = { kind: 'address', value: plainAddress(draft.contact.email) } as const;
    await suppress(draft.workspaceId, key, { reason: 'bounce', via: 'smtp', by: 'system', at });
  }
  const advice = hard ? 'There is no such mailbox, so the address is not used again: name another person under Contact.' : adviceOn(reason);
  const entry = record(draft, 'draft.send-failed', at, { reason, hard });
  return settleUnsent(draft, 'failed', `Not sent: ${reason}. ${advice}`, entry);
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
    const entry = record(draft, 'draft.send-failed', at, { reason, attempts });
    return settleUnsent(draft, 'failed', `Not sent after ${attempts} attempts: ${reason}. Approve it again to go on trying.`, entry);
  }
  const hold = { why: 'retry', until: addMinutes(at, minutes), said: reason } as const;
  return giveBack(draft, { hold, attempts }, record(draft, 'draft.send-put-off', at, { reason, attempts, until: hold.until }));
}

function record(draft: Draft, action: string, at: Date, after?: unknown) {
  const { workspaceId, id, status } = draft;
  const entry: NewAuditEntry = { workspaceId, by: 'system', at, action, subject: `draft:${id}`, before: status };
  return auditEntry({ ...entry, after });
}
