import { domainOf } from '../../programme/companies/domain-name.ts';
import { contactAddress } from '../../programme/contacts/contact.ts';
import type { Partner } from '../partners/partner.ts';
import { listPartnersIn } from '../partners/partner-repository.ts';
import { moveBinding } from './bind-partner.ts';
import type { ChannelFacts, PartnerChannel } from './channel.ts';
import { findPartnerChannel, listPartnersOf, moveChannels } from './channel-repository.ts';
import { type Invitation, isOpenInvitation, type Signal } from './invitation.ts';
import { findLatestInvitation, listInvitedTo, moveInvitations } from './invitation-repository.ts';

/** How a partner and its channel stand, as last seen; asks Slack nothing. */
export type ChannelStanding = { channel: PartnerChannel | null; invitation: Invitation | null };

export async function readChannel(workspaceId: string, { id }: Pick<Partner, 'id'>): Promise<ChannelStanding> {
  const [channel, invitation] = await Promise.all([findPartnerChannel(workspaceId, id), findLatestInvitation(workspaceId, id)]);
  return { channel, invitation };
}

/** Every partner that this channel is, was or is to be for. */
export async function partnersAround(workspaceId: string, channel: string): Promise<string[]> {
  const [here, seen, invited] = await Promise.all([
    listPartnersIn(workspaceId, channel),
    listPartnersOf(workspaceId, channel),
    listInvitedTo(workspaceId, channel),
  ]);
  return [...new Set([...here.map(({ id }) => id), ...seen, ...invited])];
}

/** The channel to look at: the one an open invitation leads to, else the partner's own, else that of an invitation whose end Slack may take back. */
export function channelToCheck({ channel }: Pick<Partner, 'channel'>, invitation: Invitation | null): string | null {
  if (invitation?.channel && isOpenInvitation(invitation)) return invitation.channel;
  return channel ?? invitation?.channel ?? null;
}

/** The other companies that an invitation brought into its channel. Slack keeps one invitation a channel open, so whoever is new came by it. Nobody
 *  is bound where several came and nobody knows who accepted. */
export function broughtIn({ teamsBefore, acceptedBy, email }: Invitation, facts: ChannelFacts): string[] {
  const teams = facts && !facts.isClosed ? facts.teams : [];
  if (acceptedBy && teams.includes(acceptedBy.teamId)) return [acceptedBy.teamId];
  const joined = email === '' ? teams : teams.filter((team) => !teamsBefore.includes(team));
  if (joined.length !== 1) return [];
  // In an organisation, a person is named by one of its ids and a channel by another.
  return [...joined, ...(acceptedBy ? [acceptedBy.teamId] : [])];
}

/** Whether whoever came by an invitation is surely of the partner: invitations are forwarded, and Slack lets anybody accept. Who accepted must have the
 *  invited address or one at a domain of the partner's, unless the team has said that these Slack workspaces are theirs. Not known is no. A channel
 *  that somebody chose without naming a person is theirs by that choice. */
export function isSurelyTheirs(
  { teamIds, domains }: Pick<Partner, 'teamIds' | 'domains'>,
  { acceptedBy, email }: Pick<Invitation, 'acceptedBy' | 'email'>,
  brought: readonly string[],
): boolean {
  if (email === '' || brought.some((team) => teamIds.includes(team))) return true;
  const address = contactAddress(acceptedBy?.email ?? '');
  if (!address) return false;
  return address === email || domains.includes(domainOf(address.slice(address.lastIndexOf('@') + 1)) ?? '');
}

/** What the facts of its channel say of an invitation; null when they say nothing new. */
export function signalOf(invitation: Invitation, { teamIds }: Pick<Partner, 'teamIds'>, facts: ChannelFacts): Signal | null {
  const isThere = broughtIn(invitation, facts).length > 0;
  if (invitation.state !== 'connected') return isThere ? { kind: 'connected' } : null;
  const isBound = facts && !facts.isClosed && facts.teams.some((team) => teamIds.includes(team));
  return isThere || isBound ? null : { kind: 'disconnected' };
}

/** Slack gave a channel another id: whatever names it follows. Safe to repeat. */
export async function followChannel(workspaceId: string, from: string, to: string, at: Date): Promise<void> {
  const partners = await listPartnersIn(workspaceId, from);
  for (const { id } of partners) await moveBinding(workspaceId, id, from, to, at);
  await moveInvitations(workspaceId, from, to);
  await moveChannels(workspaceId, from, to);
}
