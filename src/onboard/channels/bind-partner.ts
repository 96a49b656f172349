import { randomUUID } from 'node:crypto';
import { Refusal } from '../../errors.ts';
import { type AuditEntry, auditEntry } from '../../programme/audit/audit.ts';
import { cleanText, shortenText } from '../../programme/companies/clean-text.ts';
import { contactAddress } from '../../programme/contacts/contact.ts';
import type { Partner, PartnerContact } from '../partners/partner.ts';
import { changePartnerNow, findPartnerByTeam, getPartner, type PartnerChange } from '../partners/partner-repository.ts';
import type { Accepter } from './invitation.ts';

/** What joins a partner and Slack: the channel, the other company's workspaces, and who accepted. `by`: the colleague who said
 *  so, if any. */
export type Binding = { channel: string; teamIds: readonly string[]; person: Accepter | null; by?: string };

/** Notes that a channel is this partner's and that the people of these Slack workspaces act for it; whoever accepted joins its people. Where one of
 *  the workspaces belongs to another partner, nothing is bound and `takenBy` is that one. An ended partner is left as it is. Safe to repeat. Refuses
 *  `partner-unknown`. */
export async function bindPartner(
  workspaceId: string,
  partnerId: string,
  binding: Binding,
  at: Date,
): Promise<{ partner: Partner; takenBy: Partner | null }> {
  const takenBy = await ownerOf(workspaceId, binding.teamIds, partnerId);
  if (takenBy) return { partner: await getPartner(workspaceId, partnerId), takenBy };
  const bind = () => changePartnerNow(workspaceId, partnerId, (current) => changeFor(current, binding, at));
  const bound = await bind().catch(async (error: unknown) => {
    // Another partner took the workspace in between.
    if (!(error instanceof Refusal) || error.code !== 'partner-exists') throw error;
    return { partner: await getPartner(workspaceId, partnerId) };
  });
  return { partner: bound.partner, takenBy: await ownerOf(workspaceId, binding.teamIds, partnerId) };
}

async function ownerOf(workspaceId: string, teamIds: readonly string[], partnerId: string): Promise<Partner | null> {
  for (const team of teamIds) {
    const owner = await findPartnerByTeam(workspaceId, team);
    if (owner && owner.id !== partnerId) return owner;
  }
  return null;
}

function changeFor(
  partner: Partner,
  { channel, teamIds, person, by }: Binding,
  at: Date,
): { set: PartnerChange; entry: AuditEntry } | null {
  if (partner.status === 'ended') return null;
  const teams = [...new Set([...partner.teamIds, ...teamIds])];
  const people = person ? withPerson(partner.people, person) : partner.people;
  if (partner.channel === channel && teams.length === partner.teamIds.length && people === partner.people) return null;
  const before = { channel: partner.channel, teamIds: partner.teamIds };
  return { set: { channel, teamIds: teams, people }, entry: entryOf(partner, 'partner.bind', before, { channel, teamIds: teams }, at, by) };
}

function entryOf({ workspaceId, id }: Partner, action: string, before: object, after: object | null, at: Date, by = 'system'): AuditEntry {
  return auditEntry({ workspaceId, by, at, action, subject: `partner:${id}`, before, after });
}

/** The same list when the person is in it as they are. Their name and address are outside text. */
function withPerson(people: PartnerContact[], { userId, teamId, name, email }: Accepter): PartnerContact[] {
  const address = contactAddress(email) ?? '';
  const slack = { userId, teamId };
  const known =
    people.find((one) => one.slack?.userId === userId) ?? people.find((one) => address !== '' && one.email === address && !one.slack);
  if (known?.slack) return people;
  if (known) return people.map((one) => (one === known ? { ...one, slack } : one));
  const { text } = shortenText(cleanText(name), 100);
  return [...people, { id: randomUUID(), name: text, email: address, role: 'other', slack, leftAt: null }];
}

/** A colleague says that whoever is in the partner's channel is not the partner: from now on nobody acts for the partner by Slack. Safe to repeat. */
export async function unbindSlack(
  workspaceId: string,
  partnerId: string,
  from: string,
  { by, at }: { by: string; at: Date },
): Promise<void> {
  await changePartnerNow(workspaceId, partnerId, (current) => {
    const { channel, teamIds, people } = current;
    if (channel !== from) return null;
    const set = { channel: null, teamIds: [], people: people.map((one) => ({ ...one, slack: null })) };
    return { set, entry: entryOf(current, 'partner.unbind', { channel, teamIds }, { channel: null, teamIds: [] }, at, by) };
  });
}

/** Their company has left the channel, or the channel is gone: from now on the partner has none. Safe to repeat. */
export async function unbindChannel(workspaceId: string, partnerId: string, channel: string, at: Date): Promise<Partner> {
  const { partner } = await changePartnerNow(workspaceId, partnerId, (current) => {
    if (current.channel !== channel) return null;
    return { set: { channel: null }, entry: entryOf(current, 'partner.unbind', { channel }, null, at) };
  });
  return partner;
}

/** Slack gave a partner's channel another id. Safe to repeat. */
export async function moveBinding(workspaceId: string, partnerId: string, from: string, to: string, at: Date): Promise<void> {
  await changePartnerNow(workspaceId, partnerId, (current) => {
    if (current.channel !== from) return null;
    return { set: { channel: to }, entry: entryOf(current, 'partner.bind', { channel: from }, { channel: to }, at) };
  });
}
