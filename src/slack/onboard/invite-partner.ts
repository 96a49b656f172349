import type { WebClient } from '@slack/web-api';
import { differenceInMinutes, subMinutes } from 'date-fns';
import type { Deps } from '../../deps.ts';
import { Refusal } from '../../errors.ts';
import type { ChannelFacts } from '../../onboard/channels/channel.ts';
import type { Invitation, Signal } from '../../onboard/channels/invitation.ts';
import { getInvitation, saveInvitation } from '../../onboard/channels/invitation-repository.ts';
import { demandUnsuppressed } from '../../onboard/channels/invite-partner.ts';
import { settleInvitation } from '../../onboard/channels/settle-invitation.ts';
import { getPartner } from '../../onboard/partners/partner-repository.ts';
import { readChannelFacts } from '../audience.ts';
import { slackRefusal } from '../slack-refusal.ts';

/** A worker that has asked Slack and not said what came of it is given so long. */
const UNDER_WAY_MINUTES = 2;
/** Slack's words for "try again later"; every other is its last word. */
const PASSING = new Set(['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout', 'ratelimited']);

/** Brings an invitation to Slack: makes the channel where there is none, then invites. Safe to repeat: Slack keeps one invitation a channel open,
 *  so a second call of a worker whose answer got lost is told that there is one, and that is ours. Throws when Slack is out of order. */
export async function sendInvitation(
  client: WebClient,
  workspaceId: string,
  invitationId: string,
  { now }: Pick<Deps, 'now'>,
): Promise<void> {
  const invitation = await getInvitation(workspaceId, invitationId);
  if (invitation.state !== 'sending') return;
  const { triedAt } = invitation;
  if (triedAt && differenceInMinutes(now(), triedAt) < UNDER_WAY_MINUTES) return;
  const signal = await bring(client, invitation, now());
  if (signal) await settleInvitation(workspaceId, invitationId, signal, 'system', now());
}

/** What Slack says of it; null when another worker is at it. */
async function bring(client: WebClient, invitation: Invitation, at: Date): Promise<Signal | null> {
  try {
    await demandUnsuppressed(invitation.workspaceId, invitation.email);
    const placed = await withChannel(client, invitation);
    if (!placed) return null;
    const facts = await readChannelFacts(client, invitation.workspaceId, placed.channel);
    if (placed.email === '') return connected(facts);
    return await invite(client, placed, facts, at);
  } catch (error) {
    if (error instanceof Refusal)
      return { kind: 'failed', reason: error.code === 'address-suppressed' ? 'suppressed' : 'channel_not_found' };
    const said = slackRefusal(error);
    if (said === null || PASSING.has(said)) throw error;
    return { kind: 'failed', reason: said };
  }
}

type Placed = Invitation & { channel: string };

/** The channel is made once: its id is stored before anybody is asked into it. Null when another worker has stored one. */
async function withChannel(client: WebClient, invitation: Invitation): Promise<Placed | null> {
  const { channel, newChannel } = invitation;
  if (channel) return { ...invitation, channel };
  const { channel: made } = await client.conversations.create({ name: newChannel?.name ?? '', is_private: newChannel?.isPrivate ?? true });
  if (!made?.id) throw new Error('Slack made a channel and did not name it');
  const saved = await saveInvitation(invitation, { channel: made.id }, null);
  if (!saved) return null;
  await bringTeam(client, saved, made.id);
  return { ...saved, channel: made.id };
}

/** Into a private channel nobody comes unless they are invited. */
async function bringTeam(client: WebClient, { workspaceId, partnerId, by }: Invitation, channel: string): Promise<void> {
  const { owner } = await getPartner(workspaceId, partnerId);
  for (const user of new Set([by, owner])) {
    await client.conversations.invite({ channel, users: user }).catch((error: unknown) => {
      // Somebody who has left, or may not come: the others are in, and the invitation goes out.
      if (slackRefusal(error) === null) throw error;
    });
  }
}

function connected(facts: ChannelFacts): Signal {
  const { length } = facts?.teams ?? [];
  if (length === 1) return { kind: 'connected' };
  return { kind: 'failed', reason: length === 0 ? 'nobody_there' : 'several_companies' };
}

async function invite(client: WebClient, placed: Placed, facts: ChannelFacts, at: Date): Promise<Signal | null> {
  const { channel, email, postOnly, triedAt } = placed;
  const claimed = await saveInvitation(placed, { triedAt: at, ...(triedAt ? {} : { teamsBefore: [...(facts?.teams ?? [])] }) }, null);
  if (!claimed) return null;
  try {
    const answer = await client.conversations.inviteShared({ channel, emails: [email], external_limited: postOnly });
    return { kind: 'sent', inviteId: answer.invite_id ?? null };
  } catch (error) {
    const said = slackRefusal(error);
    if (said === null) throw error;
    // The client asks again where an answer is lost: if nothing was open before our first try, what is open now is ours.
    if (said === 'connection_limit_exceeded_pending' && (triedAt || facts?.isPending === false)) return { kind: 'sent', inviteId: null };
    // Slack may have done half of it: tried, and nobody is at it.
    if (PASSING.has(said)) await saveInvitation(claimed, { triedAt: subMinutes(at, UNDER_WAY_MINUTES) }, null);
    throw error;
  }
}
