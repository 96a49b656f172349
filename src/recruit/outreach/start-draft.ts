import { randomUUID } from 'node:crypto';
import { decideCompany } from '../../discover/digest/decide-company.ts';
import { Refusal } from '../../errors.ts';
import { inRounds } from '../../platform/in-rounds.ts';
import { auditEntry } from '../../programme/audit/audit.ts';
import type { Company } from '../../programme/companies/company.ts';
import { getCompany } from '../../programme/companies/company-repository.ts';
import { type Sender, setupGaps } from '../../programme/setup/programme.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { pointedTo, type Reply } from '../replies/reply.ts';
import { getReply } from '../replies/reply-repository.ts';
import { demandAddressAllowed, demandCompanyAllowed } from './demand-contact-allowed.ts';
import type { Contact, Draft } from './draft.ts';
import { findOpenDraft, insertDraft } from './draft-repository.ts';
import { newDraft } from './new-draft.ts';
import type { Thread } from './thread.ts';
import { changeContact, endThread, insertThread } from './thread-repository.ts';

/** Opens a thread with one person at a company and its first draft, and marks the company as pursued. A company has one open draft and one
 *  live thread: asking again returns the draft; a thread in which something was sent ends when a new one is started. `pointedBy`: the reply that
 *  named the person. Refuses `reply-unknown`, `role-needed`, `company-unknown`, `company-gated`, `company-closed`, `company-decided`, `address-closed`, `address-suppressed`, `setup-incomplete`. */
export async function startDraft(
  actor: Actor,
  companyId: string,
  contact: Contact,
  at: Date,
  pointedBy?: string,
): Promise<{ draft: Draft; changed: boolean }> {
  const { workspaceId } = actor;
  const { company, sender } = await demandContactable(actor, companyId, contact, at);
  const reply = pointedBy === undefined ? null : await getReply(workspaceId, pointedBy);
  if (reply && reply.companyId !== companyId) throw new Refusal('reply-unknown');
  const open = await findOpenDraft(workspaceId, companyId);
  if (open) return { draft: open, changed: false };

  // Decided first: a crash in between leaves a pursued company without a draft, and the same click again completes it.
  await decideCompany(actor, companyId, { kind: 'pursued' }, at);
  const thread = await openThread(actor, company, contact, at);
  const named = reply && isNamedBy(reply, contact) ? reply.id : undefined;
  const first = { contact, sender, threadId: thread.id, kind: 'first', touch: 1, pointedBy: named } as const;
  const draft = newDraft(company, { ...first, references: [] }, actor.userId, at);
  const subject = `draft:${draft.id}`;
  const entry = auditEntry({ workspaceId, by: actor.userId, at, action: 'draft.start', subject, after: { companyId, contact } });
  return insertDraft(draft, entry);
}

/** Whether the person written to is the one whom the reply names. Whom only a person can read in it, they have typed. */
function isNamedBy(reply: Reply, { name, email }: Contact): boolean {
  const to = pointedTo(reply);
  return !to || to.email === email || to.name.trim().toLowerCase() === name.trim().toLowerCase();
}

/** What `startDraft` refuses, quickly and without any effect: for a form that is still open. */
export async function demandContactable(
  actor: Actor,
  companyId: string,
  contact: Contact,
  at: Date,
): Promise<{ company: Company; sender: Sender }> {
  const { workspaceId } = actor;
  await authorise(actor, 'manager', { action: 'draft.start', subject: `company:${companyId}`, at });
  const [company, programme] = await Promise.all([getCompany(workspaceId, companyId), getProgramme(workspaceId)]);
  const { sender } = programme;
  if (!sender || !programme.company) throw new Refusal('setup-incomplete', { step: setupGaps(programme)[0] ?? 'sender' });
  await demandCompanyAllowed(programme, company);
  await demandAddressAllowed(programme, contact.email);
  return { company, sender };
}

/** The live thread when nothing has left in it, else a new one. */
async function openThread({ workspaceId, userId }: Actor, company: Company, contact: Contact, at: Date): Promise<Thread> {
  const thread: Thread = {
    id: randomUUID(),
    workspaceId,
    companyId: company.id,
    companyName: company.name,
    contact,
    status: 'open',
    end: null,
    touches: [],
    nextTouchAt: null,
    awayUntil: null,
    openedAt: at,
    updatedAt: at,
  };
  const entry = (action: string, id: string) =>
    auditEntry({ workspaceId, by: userId, at, action, subject: `thread:${id}`, after: { contact } });
  return inRounds('opening the thread of a draft', async () => {
    const opened = await insertThread(thread, entry('thread.open', thread.id));
    if (opened.changed) return { done: opened.thread };
    const { id, touches, status } = opened.thread;
    if (touches.length === 0 && status === 'open') {
      const same = await changeContact(workspaceId, id, contact, entry('thread.contact', id));
      return same && { done: same };
    }
    await endThread(workspaceId, id, 'new-thread', entry('thread.end', id));
    return null;
  });
}
