import type { WebClient } from '@slack/web-api';
import { section } from '../../../blocks/mrkdwn.ts';
import { invitationNews, lateAccepterWords } from '../../../blocks/onboard/invitation-words.ts';
import type { Deps } from '../../deps.ts';
import { Refusal } from '../../errors.ts';
import { bindPartner, unbindChannel } from '../../onboard/channels/bind-partner.ts';
import { type ChannelFacts, channelStateOf } from '../../onboard/channels/channel.ts';
import { savePartnerChannel } from '../../onboard/channels/channel-repository.ts';
import { broughtIn, channelToCheck, isSurelyTheirs, signalOf } from '../../onboard/channels/follow-channel.ts';
import { type Invitation, type InvitationState, isPastDue, type Signal } from '../../onboard/channels/invitation.ts';
import { findLatestInvitation, saveInvitation } from '../../onboard/channels/invitation-repository.ts';
import { settleInvitation } from '../../onboard/channels/settle-invitation.ts';
import { noteMilestone } from '../../onboard/checklists/follow-partner.ts';
import { movePartner } from '../../onboard/partners/move-partner.ts';
import type { Partner } from '../../onboard/partners/partner.ts';
import { getPartner } from '../../onboard/partners/partner-repository.ts';
import { auditEntry } from '../../programme/audit/audit.ts';
import { IN_SLACK } from '../answer-error.ts';
import { readChannelFacts } from '../audience.ts';
import { type Message, showOnce } from '../post-once.ts';
import { isShown } from '../post-repository.ts';
import { showDesk } from './partner-desk.ts';

/** Nothing is told while Slack is at work and the next state follows by itself. */
const SILENT = new Set<InvitationState>(['sending']);

/** Asks Slack how a partner's channel stands and lets everything follow: the invitation, whose workspace it is, the partner's state, the desk, and
 *  what the team is told. Every event and the daily sweep lead here, so it does not matter which of them come. Safe to repeat. Throws when Slack is out
 *  of order. */
export async function checkChannel(client: WebClient, workspaceId: string, partnerId: string, { now }: Pick<Deps, 'now'>): Promise<void> {
  const at = now();
  const before = await getPartner(workspaceId, partnerId);
  const latest = await findLatestInvitation(workspaceId, partnerId);
  const channel = channelToCheck(before, latest);
  if (!channel) {
    if (latest) await tellOf(client, latest, before, null);
    return;
  }
  const facts = await factsNow(client, workspaceId, channel);
  const invitation = latest && (latest.channel === channel ? await settleByFacts(latest, before, facts, at) : latest);
  const partner = await follow(before, invitation, { channel, facts }, at);
  const teams = [...(facts?.teams ?? [])];
  await savePartnerChannel({ workspaceId, partnerId, channel, state: channelStateOf(facts, partner.teamIds), teams, checkedAt: at });
  if (invitation) await tellOf(client, await noteHeld(invitation, partner, facts), partner, facts);
  if (partner.channel === channel) await showDesk(client, workspaceId, partnerId);
}

/** Null for a channel that is not there for us. */
async function factsNow(client: WebClient, workspaceId: string, channel: string): Promise<ChannelFacts> {
  const facts = await readChannelFacts(client, workspaceId, channel).catch((error: unknown) => {
    if (error instanceof Refusal && error.code === 'channel-unreachable') return 'gone' as const;
    throw error;
  });
  if (facts === null) throw new Error('Slack did not say how a channel stands');
  return facts === 'gone' ? null : facts;
}

async function settleByFacts(latest: Invitation, partner: Partner, facts: ChannelFacts, at: Date): Promise<Invitation> {
  const { workspaceId, id } = latest;
  const signal: Signal | null = signalOf(latest, partner, facts) ?? (isPastDue(latest, at) ? { kind: 'expired' } : null);
  return signal ? (await settleInvitation(workspaceId, id, signal, 'system', at)).invitation : latest;
}

/** Binds what is connected, and unbinds what is so no more. */
async function follow(
  partner: Partner,
  invitation: Invitation | null,
  { channel, facts }: { channel: string; facts: ChannelFacts },
  at: Date,
): Promise<Partner> {
  const { workspaceId, id } = partner;
  const teamIds = invitation?.state === 'connected' && invitation.channel === channel ? broughtIn(invitation, facts) : [];
  if (invitation && teamIds.length > 0 && isSurelyTheirs(partner, invitation, teamIds)) {
    const { partner: bound, takenBy } = await bindPartner(workspaceId, id, { channel, teamIds, person: invitation.acceptedBy }, at);
    if (takenBy || bound.status === 'ended') return bound;
    const moved = await movePartner(workspaceId, id, 'onboarding', 'system', at);
    await noteMilestone(workspaceId, id, 'channel-connected', at);
    return moved.partner;
  }
  const isTheirs = facts && !facts.isClosed && (partner.teamIds.length === 0 || facts.teams.some((team) => partner.teamIds.includes(team)));
  return isTheirs ? partner : unbindChannel(workspaceId, id, channel, at);
}

/** Connected and not bound, because their workspace is another partner's or nobody knows whether who accepted is of this one: kept with the
 *  invitation, so that every card says it. */
async function noteHeld(invitation: Invitation, partner: Partner, facts: ChannelFacts): Promise<Invitation> {
  const isBound = partner.channel === invitation.channel;
  const why = isSurelyTheirs(partner, invitation, broughtIn(invitation, facts)) ? 'team-taken' : 'other-person';
  const reason = isBound || partner.status === 'ended' ? '' : why;
  if (invitation.state !== 'connected' || invitation.reason === reason) return invitation;
  const { workspaceId, partnerId } = invitation;
  const entry = {
    workspaceId,
    by: 'system',
    at: invitation.stateAt,
    action: 'invitation.note',
    subject: `partner:${partnerId}`,
    after: { reason },
  };
  return (await saveInvitation(invitation, { reason }, auditEntry(entry))) ?? invitation;
}

async function tellOf(client: WebClient, invitation: Invitation, partner: Partner, facts: ChannelFacts): Promise<void> {
  const { workspaceId, id, state, reason, by, acceptedBy } = invitation;
  if (SILENT.has(state)) return;
  const people = [by, partner.owner];
  await tellEach(client, { workspaceId, key: `invitation:${id}:${state}:${reason}`, people }, invitationNews(invitation, partner));
  if (state !== 'withdrawn' || !acceptedBy || broughtIn(invitation, facts).length === 0) return;
  const text = lateAccepterWords(invitation, partner);
  await tellEach(client, { workspaceId, key: `invitation:${id}:late`, people }, { text, blocks: [section(`:warning: ${text}`)] });
}

/** Tells each of `people` once for each `key`, in their direct messages. Whoever is no colleague any more is passed over. */
async function tellEach(
  client: WebClient,
  { workspaceId, key, people }: { workspaceId: string; key: string; people: readonly string[] },
  message: Message,
): Promise<void> {
  for (const userId of new Set(people)) {
    const target = { workspaceId, key: `${key}:${userId}`, to: { kind: 'person', userId } } as const;
    if (!IN_SLACK.test(userId) || (await isShown(workspaceId, target.key, new Date(0)))) continue;
    await showOnce(client, target, message.text, async () => message).catch((error: unknown) => {
      if (!(error instanceof Refusal) || error.code !== 'reader-external') throw error;
    });
  }
}
