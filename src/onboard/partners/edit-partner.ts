import { randomUUID } from 'node:crypto';
import { Refusal } from '../../errors.ts';
import { auditEntry } from '../../programme/audit/audit.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { endLinksOf } from '../pages/page-link-repository.ts';
import { endSessionsOf } from '../pages/page-session-repository.ts';
import { authoriseSilent, companyOf, keepOutOfLists, partnerDomains } from './add-partner.ts';
import type { Partner, PartnerContact } from './partner.ts';
import type { PartnerEdit, PersonGiven } from './partner-given.ts';
import { changePartner, changePartnerNow, getPartner } from './partner-repository.ts';

/** Saves what a person changed in the record they saw; companies of new domains leave every list. Refuses `role-needed`, `domain-needed`,
 *  `partner-exists` for a name or a domain of another partner, and `partner-moved-on` when somebody changed it since. */
export async function editPartner(actor: Actor, seen: { partnerId: string; rev: number }, given: PartnerEdit, at: Date): Promise<Partner> {
  const { workspaceId, userId: by } = actor;
  const subject = `partner:${seen.partnerId}`;
  await authorise(actor, 'manager', { action: 'partner.edit', subject, at });
  const partner = await getPartner(workspaceId, seen.partnerId);
  if (partner.rev !== seen.rev) throw new Refusal('partner-moved-on');
  const { names, domains: typed, ...rest } = given;
  const [name = partner.name, ...aliases] = names;
  const domains = partnerDomains(typed ?? partner.domains);
  const isMoved = domains.join() !== partner.domains.join();
  if (isMoved) await authoriseSilent(actor, domains, at);
  const where = isMoved ? { domains, companyId: await companyOf(workspaceId, domains[0], name, at) } : {};
  const change = { ...rest, name, aliases, ...where };
  const before = Object.fromEntries(Object.entries(partner).filter(([field]) => field in change));
  const saved = await changePartner(
    partner,
    change,
    auditEntry({ workspaceId, by, at, action: 'partner.edit', subject, before, after: change }),
  );
  if (!saved) throw new Refusal('partner-moved-on');
  if (isMoved) await keepOutOfLists(actor, saved, at);
  return saved;
}

/** Adds a person to a partner, or changes the one with this id; whoever has left sees and gets nothing from then on. Refuses `role-needed`,
 *  `partner-unknown`, `partner-person-known` when somebody else of theirs has the address, and `partner-moved-on` when the person is gone. */
export async function savePerson(
  actor: Actor,
  { partnerId, contactId }: { partnerId: string; contactId: string | null },
  given: PersonGiven & { hasLeft: boolean; slack?: PartnerContact['slack'] },
  at: Date,
): Promise<{ partner: Partner; changed: boolean }> {
  const { workspaceId, userId: by } = actor;
  const subject = `partner:${partnerId}`;
  await authorise(actor, 'manager', { action: 'partner.person', subject, at });
  const { hasLeft, ...said } = given;
  const id = contactId ?? randomUUID();
  let address = '';
  const saved = await changePartnerNow(workspaceId, partnerId, ({ people }) => {
    const before = people.find((one) => one.id === contactId);
    address = before?.email ?? '';
    if (contactId && !before) throw new Refusal('partner-moved-on');
    const same = people.find((one) => one.id !== contactId && one.email !== '' && one.email === said.email);
    // The same form sent twice.
    if (same && !contactId && same.name === said.name) return null;
    if (same) throw new Refusal('partner-person-known', { name: same.name || same.email });
    const person: PartnerContact = { slack: null, ...before, ...said, id, leftAt: hasLeft ? (before?.leftAt ?? at) : null };
    const action = !before ? 'partner.person-add' : hasLeft && !before.leftAt ? 'partner.person-left' : 'partner.person-edit';
    return {
      set: { people: before ? people.map((one) => (one.id === id ? person : one)) : [...people, person] },
      entry: auditEntry({ workspaceId, by, at, action, subject, before, after: person }),
    };
  });
  // Whoever reads the mailbox that was wrong has no page any more.
  if (address !== '' && address !== said.email) {
    const owner = { workspaceId, partnerId, contactId: id };
    await Promise.all([endLinksOf(owner), endSessionsOf(owner)]);
  }
  return saved;
}

/** With so many notes a partner takes no more; two records that are merged keep all of theirs. */
export const MOST_NOTES = 200;

/** Adds a note, which only the team ever reads. `id` names it, so that it is added once. Refuses `role-needed`, `partner-unknown` and
 *  `partner-notes-full`. */
export async function addNote(
  actor: Actor,
  partnerId: string,
  { id, text }: { id: string; text: string },
  at: Date,
): Promise<{ partner: Partner; changed: boolean }> {
  const { workspaceId, userId: by } = actor;
  const subject = `partner:${partnerId}`;
  await authorise(actor, 'manager', { action: 'partner.note', subject, at });
  return changePartnerNow(workspaceId, partnerId, ({ notes }) => {
    if (notes.some((note) => note.id === id)) return null;
    if (notes.length >= MOST_NOTES) throw new Refusal('partner-notes-full', { most: MOST_NOTES });
    return {
      set: { notes: [...notes, { id, text, by, at }] },
      entry: auditEntry({ workspaceId, by, at, action: 'partner.note', subject, after: { noteId: id } }),
    };
  });
}
