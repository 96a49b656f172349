import { Refusal } from '../../errors.ts';
import { auditEntry } from '../../programme/audit/audit.ts';
import { getCompany } from '../../programme/companies/company-repository.ts';
import { holdsEncodedWord } from '../../programme/setup/header-text.ts';
import { setupGaps } from '../../programme/setup/programme.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { demandAddressAllowed, demandCompanyAllowed } from './demand-contact-allowed.ts';
import { type Draft, MOST_ANSWERED, StoredContact } from './draft.ts';
import { insertDraft } from './draft-repository.ts';
import { newDraft } from './new-draft.ts';
import type { Thread } from './thread.ts';
import { findThread } from './thread-repository.ts';

/** A mail somebody wrote to us in a thread. `text` and `from` are from outside; `messageId` without angle brackets. */
export type Incoming = {
  threadId: string;
  from: { name: string; address: string };
  text: string;
  understoodAs: string;
  /** The sentence that decided it, the day until which they put it off, and whom they name; empty or null where there is none. */
  sentence?: string;
  laterUntil?: Date | null;
  namedContact?: string | null;
  messageId: string | null;
  receivedAt: Date;
};

/** Opens the draft of an answer to whoever wrote to us. It is a draft like any other: nothing leaves without a person. A company has one open
 *  draft: asking again returns it, with `changed` false. Refuses `role-needed`, `thread-unknown`, `setup-incomplete`, and what
 *  `demandCompanyAllowed` and `demandAddressAllowed` refuse. */
export async function startAnswer(actor: Actor, incoming: Incoming, at: Date): Promise<{ draft: Draft; changed: boolean }> {
  const { workspaceId, userId } = actor;
  await authorise(actor, 'manager', { action: 'draft.start', subject: `thread:${incoming.threadId}`, at });
  const [thread, programme] = await Promise.all([findThread(workspaceId, incoming.threadId), getProgramme(workspaceId)]);
  if (!thread) throw new Refusal('thread-unknown');
  const { sender } = programme;
  if (!sender || !programme.company) throw new Refusal('setup-incomplete', { step: setupGaps(programme)[0] ?? 'sender' });
  const company = await getCompany(workspaceId, thread.companyId);
  const contact = contactOf(thread, incoming);
  await demandCompanyAllowed(programme, company);
  await demandAddressAllowed(programme, contact.email);

  const { text, understoodAs, sentence = '', laterUntil: until = null, namedContact: named = null, receivedAt, messageId } = incoming;
  const references = [...thread.touches.map((touch) => touch.messageId), ...(messageId ? [messageId] : [])];
  const answers = { text: text.slice(0, MOST_ANSWERED), understoodAs, at: receivedAt, sentence, until, named };
  const draft = newDraft(company, { contact, sender, threadId: thread.id, kind: 'answer', touch: 0, references, answers }, userId, at);
  const after = { companyId: company.id, contact, kind: 'answer' };
  return insertDraft(draft, auditEntry({ workspaceId, by: userId, at, action: 'draft.start', subject: `draft:${draft.id}`, after }));
}

/** The person of the thread, or a colleague of theirs who wrote instead. */
function contactOf({ contact }: Thread, { from, receivedAt }: Incoming): StoredContact {
  if (from.address === contact.email) return contact;
  const day = receivedAt.toISOString().slice(0, 10);
  const name = from.name.trim().slice(0, 100);
  const isName = name.length >= 2 && !holdsEncodedWord(name);
  const colleague = { ...contact, name: isName ? name : from.address.slice(0, 100), email: from.address };
  const parsed = StoredContact.safeParse({ ...colleague, basis: 'given', source: `Their mail to us of ${day}` });
  return parsed.success ? parsed.data : contact;
}
