import { auditEntry, type NewAuditEntry } from '../audit/audit.ts';
import { getCompany } from '../companies/company-repository.ts';
import type { Deps } from '../deps.ts';
import { Refusal } from '../errors.ts';
import { getProgramme } from '../programme/programme-repository.ts';
import { demandAddressReachable, demandReachable } from './demand-reachable.ts';
import { type Approval, contentHash, type Draft } from './draft.ts';
import { claimApproval, findDraft, rejectVersion, settleSent, settleUnsent, voidApproval } from './draft-repository.ts';
import type { MailResult } from './mail.ts';

/** Uses one approval: the only way a message leaves. Null when the approval is used, void, lapsed or already being used by
 *  another worker. Order matters: the approval is claimed in the database before the mail server hears a word, so a process
 *  that dies afterwards leaves `sending` behind, which the sweep turns into `unknown`, never into a second attempt. */
export async function sendApproved(
  workspaceId: string,
  draftId: string,
  approvalId: string,
  { sendMail, now }: Pick<Deps, 'sendMail' | 'now'>,
): Promise<Draft | null> {
  const draft = await findDraft(workspaceId, draftId);
  const approval = draft?.approval;
  if (!draft || !approval || approval.id !== approvalId || draft.status !== 'approved') return null;

  const objection = objectionTo(draft, approval, now());
  if (objection) return voidApproval(draft, objection, record(draft, 'draft.send-refused', now(), { approvalId, objection }));
  const closed = await closedCompany(draft);
  if (closed) return rejectVersion(draft, ['approved'], closed, record(draft, 'draft.send-refused', now(), { approvalId, closed }));
  const elsewhere = await closedAddress(draft);
  if (elsewhere) return voidApproval(draft, elsewhere, record(draft, 'draft.send-refused', now(), { approvalId, elsewhere }));

  const messageId = `${approval.id}@${draft.sender.address.split('@')[1]}`;
  const claimed = await claimApproval(draft, approval, messageId, record(draft, 'draft.send', now(), { approvalId, messageId }));
  if (!claimed) return null;
  // The document that was claimed is the message that leaves: checked once more, because the read above came before the claim.
  if (contentHash(claimed) !== approval.hash) return settleUnsent(claimed, 'failed', CHANGED, record(claimed, 'draft.send-refused', now()));

  const { contact, sender, subject, body } = claimed;
  const to = { name: contact.name, address: contact.email };
  const result = await sendMail({ messageId, from: sender, to, subject, text: body });
  return settle(claimed, result, now());
}

/** A send that a dead process left behind: nobody knows whether the mail left, so a person is told and decides. */
export async function settleLostSend(draft: Draft, at: Date): Promise<Draft | null> {
  return settleUnsent(draft, 'unknown', UNKNOWN, record(draft, 'draft.send-unknown', at, { reason: 'the process stopped while sending' }));
}

const CHANGED = 'The message was changed after it was approved, so it was not sent. Read it and approve it again.';
const LAPSED = 'The approval lapsed after 72 hours, so nothing was sent. Approve it again if it still holds.';
const UNKNOWN = 'Nobody can tell whether this left. Look in the sender’s mailbox first, then mark it as sent or approve it again.';

function objectionTo(draft: Draft, approval: Approval, now: Date): string | null {
  if (now >= approval.expiresAt) return LAPSED;
  return contentHash(draft) === approval.hash ? null : CHANGED;
}

async function closedCompany(draft: Draft): Promise<string | null> {
  const isOpen = await isReachable(async () => {
    const [company, programme] = await Promise.all([getCompany(draft.workspaceId, draft.companyId), getProgramme(draft.workspaceId)]);
    demandReachable(programme, company);
  });
  return isOpen ? null : `Not sent: ${draft.companyName} was taken off the list after this was approved.`;
}

/** The person may have been changed to somebody at a company that is closed. */
async function closedAddress({ workspaceId, contact }: Draft): Promise<string | null> {
  const programme = await getProgramme(workspaceId);
  const isOpen = await isReachable(() => demandAddressReachable(programme, contact.email));
  return isOpen ? null : `Not sent: ${contact.email} is at a company that is left out. Name another person with Edit.`;
}

async function isReachable(demand: () => Promise<void>): Promise<boolean> {
  try {
    await demand();
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

function settle(draft: Draft, result: MailResult, at: Date): Promise<Draft | null> {
  if (result.outcome === 'sent') return settleSent(draft, 'sending', record(draft, 'draft.sent', at, result));
  const note = result.outcome === 'unknown' ? UNKNOWN : `Not sent: ${result.reason}. ${adviceOn(result.reason)}`;
  return settleUnsent(draft, result.outcome, note, record(draft, `draft.send-${result.outcome}`, at, result));
}

function adviceOn(reason: string): string {
  if (reason === 'no mail server is connected') return 'Ask whoever runs this app to set SMTP_URL, then approve it again.';
  if (/\b5\d\d\b/.test(reason)) return 'The server refuses this for good: check the address with Edit, then approve it again.';
  return 'Nothing left; approve it again to try once more.';
}

function record(draft: Draft, action: string, at: Date, after?: unknown) {
  const entry: NewAuditEntry = {
    workspaceId: draft.workspaceId,
    by: 'system',
    at,
    action,
    subject: `draft:${draft.id}`,
    before: draft.status,
  };
  return auditEntry({ ...entry, after });
}
