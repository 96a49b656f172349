import { Refusal } from '../../errors.ts';
import { auditEntry } from '../../programme/audit/audit.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { newOptOutToken } from '../opt-out/opt-out-link-repository.ts';
import { greetingName } from '../writing/greeting-name.ts';
import type { Greeted, Language, Tone } from '../writing/writing.ts';
import { demandAddressAllowed } from './demand-contact-allowed.ts';
import type { Contact, Draft } from './draft.ts';
import { getDraft, reviseDraft } from './draft-repository.ts';
import { footerAndNotice } from './footer.ts';
import { senderOf } from './new-draft.ts';
import { releaseSlots } from './send-slots-repository.ts';
import { changeContact as changeThreadContact } from './thread-repository.ts';

/** Names another person, or says more about the same: the next version, with a footer and a notice of its own; an approval given before is void. The name
 *  in the greeting changes along. A message that follows another goes to the same address. Refuses `role-needed`, `draft-unknown`,
 *  `address-closed`, `address-suppressed`, `contact-follows`, `contact-named`, `draft-moved-on`. */
export async function changeContact(
  actor: Actor,
  seen: { draftId: string; version: number },
  contact: Contact,
  publicUrl: string | null,
  at: Date,
): Promise<Draft> {
  const { workspaceId, userId } = actor;
  const subject = `draft:${seen.draftId}`;
  await authorise(actor, 'manager', { action: 'draft.contact', subject, at });
  const [draft, programme] = await Promise.all([getDraft(workspaceId, seen.draftId), getProgramme(workspaceId)]);
  if (draft.kind !== 'first' && contact.email !== draft.contact.email) throw new Refusal('contact-follows', { name: draft.contact.name });
  if (draft.pointedBy && contact.name !== draft.contact.name) throw new Refusal('contact-named', { name: draft.contact.name });
  await demandAddressAllowed(programme, contact.email);
  const { company: own, sender } = programme;
  if (!own || !sender) throw new Refusal('setup-incomplete', { step: 'sender' });
  const optOutToken = contact.email === draft.contact.email ? draft.optOutToken : newOptOutToken();
  const closing = footerAndNotice({ ...draft, contact, optOutToken }, own, sender, publicUrl);
  const tone = draft.written?.manner.tone ?? 'plain';
  const body = greeted(draft.body, draft.contact, contact, { language: draft.language, tone });
  const english = greeted(draft.english, draft.contact, contact, { language: 'en', tone });
  const entry = auditEntry({ workspaceId, by: userId, at, action: 'draft.contact', subject, before: draft.contact, after: contact });
  const revised = await reviseDraft(
    { ...draft, version: seen.version },
    { ...draft, contact, sender: senderOf(sender), optOutToken, ...closing, body, english, note: null },
    draft.editedBy,
    entry,
  );
  if (!revised) throw new Refusal('draft-moved-on');
  if (draft.approval) await releaseSlots(workspaceId, draft.approval.id);
  const threadEntry = { workspaceId, by: userId, at, action: 'thread.contact', subject: `thread:${draft.threadId}`, after: contact };
  await changeThreadContact(workspaceId, draft.threadId, contact, auditEntry(threadEntry));
  return revised;
}

/** Only the first line, where a greeting stands. */
function greeted(text: string, before: Greeted, after: Greeted, how: { language: Language; tone: Tone }): string {
  const [first = '', ...rest] = text.split('\n');
  const said = [before.name, greetingName(before, how)].find((name) => first.includes(name));
  return said ? [first.replace(said, () => greetingName(after, how)), ...rest].join('\n') : text;
}
