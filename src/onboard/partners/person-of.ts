import { contactAddress } from '../../programme/contacts/contact.ts';
import type { PartnerPerson } from '../../programme/workspaces/role.ts';
import { nameKeyOf, type Partner, type PartnerContact } from './partner.ts';

/** What the user id of somebody begins with who came by a link in a mail instead of Slack; their contact's id follows. */
const BY_MAIL = 'contact:';

/** The user id that somebody acts under who has no Slack with us. */
export function userIdOfContact(contactId: string): string {
  return `${BY_MAIL}${contactId}`;
}

export function isByMail(userId: string): boolean {
  return userId.startsWith(BY_MAIL);
}

/** Somebody of a partner as its list of people has them. Colleagues of theirs whom nobody has listed come from their Slack workspace: they have no
 *  contact and no name, and count as present. Whoever comes by mail must be on the list. */
export function personOf(
  partner: Pick<Partner, 'people'>,
  { userId }: Pick<PartnerPerson, 'userId'>,
): { contactId: string | null; name: string; isPresent: boolean } {
  const isThey = ({ id, slack }: PartnerContact) => (isByMail(userId) ? userId === userIdOfContact(id) : slack?.userId === userId);
  const contact = partner.people.find(isThey);
  if (!contact) return { contactId: null, name: '', isPresent: !isByMail(userId) };
  return { contactId: contact.id, name: contact.name, isPresent: contact.leftAt === null };
}

/** Whether somebody of a partner's Slack workspace is one who has left, by the list of its people: by their Slack user id, which nobody on it may
 *  have yet; else by the address that Slack gives, or where it gives none by their name, as long as nobody present is called the same. */
export function hasLeftTheirSlack(
  { people }: Pick<Partner, 'people'>,
  { userId, email, name }: { userId: string; email: string; name: string },
): boolean {
  const linked = people.find(({ slack }) => slack?.userId === userId);
  if (linked) return linked.leftAt !== null;
  const address = contactAddress(email);
  const isAlike = (one: PartnerContact) =>
    address && one.email ? one.email === address : nameKeyOf(name) !== '' && nameKeyOf(one.name) === nameKeyOf(name);
  const alike = people.filter((one) => one.slack === null && isAlike(one));
  return alike.length > 0 && alike.every(({ leftAt }) => leftAt !== null);
}
