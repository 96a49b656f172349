import { Refusal } from '../../errors.ts';
import { type AuditEntry, auditEntry } from '../../programme/audit/audit.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import { keysOfAddress } from '../../programme/suppression/suppression.ts';
import { findSuppression } from '../../programme/suppression/suppression-repository.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { getPartner, listPartnersIn } from '../partners/partner-repository.ts';
import { bindPartner, unbindSlack } from './bind-partner.ts';
import { findPartnerChannel } from './channel-repository.ts';
import { broughtIn } from './follow-channel.ts';
import { type Invitation, MOVES, maySendAgain } from './invitation.ts';
import { getInvitation, insertInvitation } from './invitation-repository.ts';
import { settleInvitation } from './settle-invitation.ts';

/** Where somebody is invited, and who. `email` is empty for a channel that is shared with them already. */
export type InvitationGiven = Pick<Invitation, 'partnerId' | 'channel' | 'newChannel' | 'email' | 'postOnly'>;

/** Notes an invitation that a job then brings to Slack. Of two who do it at once one succeeds. Refuses `role-needed`, `partner-unknown`,
 *  `partner-ended`, `channel-of-team`, `channel-of-partner`, `address-suppressed` and `invitation-open`. */
export async function invitePartner(actor: Actor, given: InvitationGiven, at: Date): Promise<Invitation> {
  const { workspaceId, userId } = actor;
  const { partnerId, email, channel } = given;
  await authorise(actor, 'manager', { action: 'invitation.send', subject: `partner:${partnerId}`, at });
  const { status, name } = await getPartner(workspaceId, partnerId);
  if (status === 'ended') throw new Refusal('partner-ended', { name });
  if (channel) await demandFree(workspaceId, channel, partnerId);
  await demandUnsuppressed(workspaceId, email);
  const blank = { inviteId: null, triedAt: null, teamsBefore: [], acceptedBy: null, approvedBy: [], reason: '' };
  const invitation = { ...given, ...blank, workspaceId, state: 'sending' as const, stateAt: at, by: userId, createdAt: at };
  return insertInvitation(invitation, (id) => asked({ workspaceId, partnerId, by: userId, at }, { invitation: id, email, channel }));
}

function asked(who: { workspaceId: string; partnerId: string; by: string; at: Date }, after: object): AuditEntry {
  const { workspaceId, partnerId, by, at } = who;
  return auditEntry({ workspaceId, by, at, action: 'invitation.send', subject: `partner:${partnerId}`, after });
}

/** Whoever joins a channel reads all that was ever written there. Refuses `channel-of-team` for the team’s own and `channel-of-partner` for another
 *  partner’s. */
async function demandFree(workspaceId: string, channel: string, partnerId: string): Promise<void> {
  const [{ digest }, partners] = await Promise.all([getProgramme(workspaceId), listPartnersIn(workspaceId, channel)]);
  if (digest?.channel === channel) throw new Refusal('channel-of-team');
  const other = partners.find(({ id }) => id !== partnerId);
  if (other) throw new Refusal('channel-of-partner', { name: other.name });
}

/** Slack sends the invitation by mail, so whoever gets nothing from us does not get it either. Refuses `address-suppressed`. */
export async function demandUnsuppressed(workspaceId: string, email: string): Promise<void> {
  const silence = email === '' ? null : await findSuppression(workspaceId, keysOfAddress(email));
  if (!silence) return;
  const { reason, kind, at } = silence;
  throw new Refusal('address-suppressed', { email, reason, kind, day: at.toISOString().slice(0, 10) });
}

/** The same invitation anew, to the channel that the first one made. Refuses what `invitePartner` refuses, and `invitation-moved-on`. */
export async function sendAgain(actor: Actor, invitationId: string, at: Date): Promise<Invitation> {
  const { workspaceId } = actor;
  await authorise(actor, 'manager', { action: 'invitation.send', subject: `invitation:${invitationId}`, at });
  const before = await getInvitation(workspaceId, invitationId);
  if (!maySendAgain(before)) throw new Refusal('invitation-moved-on');
  const { partnerId, channel, newChannel, email, postOnly } = before;
  return invitePartner(actor, { partnerId, channel, newChannel: channel ? null : newChannel, email, postOnly }, at);
}

/** *This Is Them*: who accepted is of the partner, a colleague says, and so is their Slack workspace. Refuses `role-needed`, `invitation-unknown`,
 *  `invitation-moved-on` and `partner-exists` where the workspace is another partner's. */
export async function confirmAccepter(actor: Actor, invitationId: string, at: Date): Promise<Invitation> {
  const { workspaceId, userId: by } = actor;
  await authorise(actor, 'manager', { action: 'invitation.confirm', subject: `invitation:${invitationId}`, at });
  const invitation = await getInvitation(workspaceId, invitationId);
  const { partnerId, channel, acceptedBy: person, state } = invitation;
  const seen = await findPartnerChannel(workspaceId, partnerId);
  const isSeen = channel !== null && seen?.channel === channel && seen.state !== 'closed';
  const teamIds = isSeen ? broughtIn(invitation, { teams: seen.teams, isShared: true, isPending: false, isClosed: false }) : [];
  if (state !== 'connected' || channel === null || teamIds.length === 0) throw new Refusal('invitation-moved-on');
  const { takenBy } = await bindPartner(workspaceId, partnerId, { channel, teamIds, person, by }, at);
  if (takenBy) throw new Refusal('partner-exists', { name: takenBy.name, partnerId: takenBy.id, domain: '' });
  return invitation;
}

/** Takes an invitation back, whatever came of it: where it led to a channel, nobody acts for the partner by Slack from then on. `takeBack` asks Slack
 *  to, and says whether it did; Slack is not asked where it connected the channel. Refuses `role-needed`, `invitation-unknown` and
 *  `invitation-moved-on`. */
export async function withdrawInvitation(
  actor: Actor,
  invitationId: string,
  takeBack: (invitation: Invitation) => Promise<boolean>,
  at: Date,
): Promise<{ invitation: Invitation; changed: boolean }> {
  const { workspaceId, userId } = actor;
  await authorise(actor, 'manager', { action: 'invitation.withdraw', subject: `invitation:${invitationId}`, at });
  const invitation = await getInvitation(workspaceId, invitationId);
  if (invitation.state === 'withdrawn') return { invitation, changed: false };
  const { state, partnerId } = invitation;
  if (!MOVES[state].withdrawn) throw new Refusal('invitation-moved-on');
  const reason = state === 'connected' || (await takeBack(invitation)) ? '' : 'still-open';
  const settled = await settleInvitation(workspaceId, invitationId, { kind: 'withdrawn', reason }, userId, at);
  if (settled.invitation.state !== 'withdrawn') throw new Refusal('invitation-moved-on');
  if (invitation.channel) await unbindSlack(workspaceId, partnerId, invitation.channel, { by: userId, at });
  return settled;
}
