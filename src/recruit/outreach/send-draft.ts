import { channel } from 'node:diagnostics_channel';
import { addMinutes } from 'date-fns';
import type { Deps } from '../../deps.ts';
import type { Mail } from '../mail/mail.ts';
import { keepOptOutLink } from '../opt-out/opt-out-link-repository.ts';
import { type Draft, messageText } from './draft.ts';
import { findDraft, rejectVersion } from './draft-repository.ts';
import { type Leave, mayLeave } from './may-leave.ts';
import { claimSend, holdDraft, markHandedOver, voidApproval } from './outbox-repository.ts';
import { releaseSlots } from './send-slots-repository.ts';
import { keepBytes } from './sent-bytes-repository.ts';
import { sendEntry, settleAttempt } from './settle-attempt.ts';

/** Longer than all that happens before the mail server is ready for a message. */
const LEASE_MINUTES = 3;
/** Longer than a mail server may take to answer a message. */
const ANSWER_MINUTES = 5;
/** Says where sending is, for whoever listens: the tests kill the process at each step. */
const steps = channel('outreach.send');
const step = (name: string) => steps.hasSubscribers && steps.publish(name);

type Tools = Pick<Deps, 'composeMail' | 'sendMail' | 'publicUrl' | 'now'>;

/** Looks at one message in one go, when something holds it back in the last moment again and again; then the sweep goes on with it. */
const MOST_LOOKS = 3;

/** Uses one approval: the only way a message leaves. Null when the approval is used, void, or being used by another worker. What held a message
 *  back in the last moment decides about it now, not with the next sweep. */
export async function sendApproved(workspaceId: string, draftId: string, approvalId: string, tools: Tools): Promise<Draft | null> {
  let settled: Draft | null = null;
  for (let looks = 0; looks < MOST_LOOKS; looks++) {
    const attempt = await attemptSend(workspaceId, draftId, approvalId, tools);
    settled = attempt.settled ?? settled;
    if (!attempt.isHeld) break;
  }
  return settled;
}

/** One look, and one attempt when all is well. Order matters: the bytes are kept and the draft is claimed before the mail server hears a word, and `handedAt` is written when it is ready for the
 *  message. A worker that dies before that leaves a draft that is tried again; one that dies after it, one of which nobody can say whether
 *  it left: that is for a person, never for a second attempt. `isHeld`: it was ready to leave and held back in the last moment. */
async function attemptSend(workspaceId: string, draftId: string, approvalId: string, tools: Tools): Promise<Attempt> {
  const { now } = tools;
  const draft = await findDraft(workspaceId, draftId);
  if (draft?.status !== 'approved' || draft.approval?.id !== approvalId) return { settled: null, isHeld: false };
  step('read');
  const leave = await mayLeave(draft, now());
  if (leave.verdict !== 'go') return { settled: await keepBack(draft, approvalId, leave, now()), isHeld: false };
  step('checked');
  await keepOptOutLink(draft, now());
  const messageId = `${approvalId}@${draft.sender.address.split('@')[1]}`;
  const composed = await tools.composeMail(mailOf(draft, messageId, tools.publicUrl, now()));
  const bytes = await keepBytes({ workspaceId, draftId, approvalId }, composed, now());
  step('kept');
  const taken = { messageId, policy: leave.policy, leaseUntil: addMinutes(now(), LEASE_MINUTES) };
  const claimed = await claimSend(draft, taken, sendEntry(draft, 'draft.send', now(), { approvalId, messageId, policy: leave.policy }));
  if (!claimed) return { settled: null, isHeld: false };
  step('claimed');
  const envelope = { from: claimed.sender.address, to: claimed.contact.email };
  const result = await tools.sendMail(envelope, bytes, () => handOver(claimed, now));
  step('answered');
  const settled = await settleAttempt(claimed, result, now());
  step('settled');
  return { settled, isHeld: settled !== null && result.outcome === 'held' };
}

type Attempt = { settled: Draft | null; isHeld: boolean };

/** Closes it, takes its approval back, or holds it until later, as the rules say. */
async function keepBack(draft: Draft, approvalId: string, leave: Exclude<Leave, { verdict: 'go' }>, at: Date): Promise<Draft | null> {
  if (leave.verdict === 'hold') return holdUntil(draft, leave.hold, at);
  await releaseSlots(draft.workspaceId, approvalId);
  const entry = sendEntry(draft, 'draft.send-refused', at, { approvalId, ...leave });
  return leave.verdict === 'close' ? rejectVersion(draft, ['approved'], leave.note, entry) : voidApproval(draft, leave.note, entry);
}

/** The last look before the message is on the line: an opt-out, a decision, a reply of this very second count, and so does having lost the
 *  draft. */
async function handOver(draft: Draft, now: () => Date): Promise<boolean> {
  step('ready');
  // The document that was claimed is the message that leaves.
  if ((await mayLeave(draft, now())).verdict !== 'go') return false;
  const isOurs = await markHandedOver(draft, addMinutes(now(), ANSWER_MINUTES), now());
  step('handed-over');
  return isOurs;
}

function mailOf(draft: Draft, messageId: string, publicUrl: string | null, date: Date): Mail {
  const { contact, sender, subject, references, optOutToken } = draft;
  // The token says whom it stands for, from whatever address and however late the answer comes.
  const mailto = `mailto:${sender.address}?subject=stop%20${optOutToken}`;
  return {
    messageId,
    from: sender,
    to: { name: contact.name, address: contact.email },
    subject,
    text: messageText(draft),
    references,
    optOut: { url: publicUrl && `${publicUrl}/optout/${optOutToken}`, mailto },
    date,
  };
}

/** A second look at the same hold changes nothing and says nothing. */
async function holdUntil(draft: Draft, hold: NonNullable<Draft['hold']>, at: Date): Promise<Draft | null> {
  if (draft.hold?.why === hold.why && draft.hold.until.getTime() === hold.until.getTime()) return null;
  return holdDraft(draft, hold, sendEntry(draft, 'draft.hold', at, hold));
}
