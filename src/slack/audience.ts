import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { Refusal } from '../errors.ts';
import type { ChannelFacts } from '../onboard/channels/channel.ts';
import { listPartnersOf } from '../onboard/channels/channel-repository.ts';
import { listInvitedTo } from '../onboard/channels/invitation-repository.ts';
import { mayStandIn, type Place, type Shown } from '../onboard/partners/may-show.ts';
import { findPartnerByTeam } from '../onboard/partners/partner-repository.ts';
import { findWorkspace } from '../programme/workspaces/workspace-repository.ts';
import { isFullMemberNow, isOfPartnerNow } from './actor.ts';
import { slackRefusal } from './slack-refusal.ts';

/** Who reads what we post. Internal content goes to one of the first two. */
export type Audience =
  /** A channel that only the home company reads. */
  | { kind: 'internal-channel'; channel: string }
  /** The direct messages of one colleague with the bot. */
  | { kind: 'person'; userId: string }
  /** The direct messages of one person of a partner with the bot. */
  | { kind: 'partner-person'; userId: string; partnerId: string }
  /** A channel where partners may read along what is shown: see `mayStandIn`. */
  | { kind: 'partner-channel'; channel: string; shown: Shown };

/** Refuses unless Slack says at this moment that the audience is what it is taken for: `channel-shared`, `channel-unreachable`,
 *  `reader-external`. Asked before every post and every update, because a channel can be shared and a person can leave at any time. Throws
 *  when Slack is out of order. */
export async function demandAudience(client: WebClient, workspaceId: string, audience: Audience): Promise<void> {
  switch (audience.kind) {
    case 'internal-channel':
      return demandInternalChannel(client, workspaceId, audience.channel);
    case 'person':
      if (!(await isFullMemberNow(client, workspaceId, audience.userId))) throw new Refusal('reader-external');
      return;
    case 'partner-person':
      if (!(await isOfPartnerNow(client, workspaceId, audience))) throw new Refusal('reader-external');
      return;
    case 'partner-channel':
      if (!mayStandIn(audience.shown, await placeOf(client, workspaceId, audience.channel))) throw new Refusal('channel-unclear');
  }
}

/** What `conversations.info` says of who is in a channel. Slack names the other companies in several lists; all of them count. */
const SlackChannel = z.object({
  is_ext_shared: z.boolean(),
  is_pending_ext_shared: z.boolean().optional(),
  pending_shared: z.array(z.string()).optional(),
  pending_connected_team_ids: z.array(z.string()).optional(),
  is_archived: z.boolean().optional(),
  is_im: z.boolean().optional(),
  is_mpim: z.boolean().optional(),
  is_member: z.boolean(),
  frozen_reason: z.string().optional(),
  internal_team_ids: z.array(z.string()).optional(),
  shared_team_ids: z.array(z.string()).optional(),
  connected_team_ids: z.array(z.string()).optional(),
  conversation_host_id: z.string().optional(),
});

/** What Slack says of a channel at this moment; null when its answer cannot be read. Refuses `channel-unreachable`. Throws when Slack is out of
 *  order. */
export async function readChannelFacts(client: WebClient, workspaceId: string, channel: string): Promise<ChannelFacts> {
  const [{ channel: info }, workspace] = await Promise.all([
    client.conversations.info({ channel }).catch(refuseUnreachable),
    findWorkspace(workspaceId),
  ]);
  const { data: said } = SlackChannel.safeParse(info);
  if (!said || !workspace) return null;
  const { is_archived, is_im, is_mpim, is_member, frozen_reason, is_pending_ext_shared, pending_shared, pending_connected_team_ids } = said;
  const isPending = Boolean(is_pending_ext_shared || pending_shared?.length || pending_connected_team_ids?.length);
  const isClosed = Boolean(is_archived || is_im || is_mpim || !is_member || frozen_reason);
  const { is_ext_shared: isShared, internal_team_ids = [], shared_team_ids = [], connected_team_ids = [], conversation_host_id } = said;
  const home = new Set([workspace.id, workspace.enterpriseId, ...internal_team_ids]);
  const all = [...new Set([...shared_team_ids, ...connected_team_ids, ...(conversation_host_id ? [conversation_host_id] : [])])];
  return { teams: isShared ? all.filter((team) => !home.has(team)) : [], isShared, isPending, isClosed };
}

/** Who reads along in a channel at this moment, by Slack's word. Throws when Slack is out of order. */
export async function placeOf(client: WebClient, workspaceId: string, channel: string): Promise<Place> {
  const facts = await readChannelFacts(client, workspaceId, channel);
  if (!facts || facts.isClosed || facts.isPending) return { kind: 'unclear' };
  if (!facts.isShared) return { kind: 'internal' };
  const partners = await Promise.all(facts.teams.map((team) => findPartnerByTeam(workspaceId, team)));
  const partnerIds = [...new Set(partners.flatMap((partner) => (partner ? [partner.id] : [])))];
  return { kind: 'shared', partnerIds, others: partners.some((partner) => partner === null) };
}

/** Refuses unless only the home company can read the channel and we can post there. A channel Slack cannot vouch for counts as shared, and so does one that
 *  is a partner's or to which one was ever invited: whoever joins reads what stands there. */
export async function demandInternalChannel(client: WebClient, workspaceId: string, channel: string): Promise<void> {
  const [theirs, invited] = await Promise.all([listPartnersOf(workspaceId, channel), listInvitedTo(workspaceId, channel)]);
  if (theirs.length > 0 || invited.length > 0) throw new Refusal('channel-shared');
  const { channel: info } = await client.conversations.info({ channel }).catch(refuseUnreachable);
  const pending = info?.pending_shared?.length || info?.is_pending_ext_shared;
  if (info?.is_ext_shared !== false || pending) throw new Refusal('channel-shared');
  if (info.is_archived || info.is_im || info.is_mpim || !info.is_member) throw new Refusal('channel-unreachable');
}

/** Slack's words for "try again later"; every other is its last word. */
const PASSING = new Set(['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout', 'ratelimited']);

function refuseUnreachable(error: unknown): never {
  const said = slackRefusal(error);
  if (said && !PASSING.has(said)) throw new Refusal('channel-unreachable', {}, { cause: error });
  throw error;
}
