import type { WebClient } from '@slack/web-api';
import { Refusal } from '../errors.ts';
import { isFullMemberNow } from './actor.ts';
import { slackRefusal } from './slack-refusal.ts';

/** Who reads what we post. Internal content goes to one of these two. A partner's channel will be a third kind, with a guard of its own in
 *  `demandAudience`. */
export type Audience =
  /** A channel that only the home company reads. */
  | { kind: 'internal-channel'; channel: string }
  /** The direct messages of one colleague with the bot. */
  | { kind: 'person'; userId: string };

/** Refuses unless Slack says at this moment that the audience is what it is taken for: `channel-shared`, `channel-unreachable`,
 *  `reader-external`. Asked before every post and every update, because a channel can be shared and a person can leave at any time. Throws
 *  when Slack is out of order. */
export async function demandAudience(client: WebClient, workspaceId: string, audience: Audience): Promise<void> {
  switch (audience.kind) {
    case 'internal-channel':
      return demandInternalChannel(client, audience.channel);
    case 'person':
      if (!(await isFullMemberNow(client, workspaceId, audience.userId))) throw new Refusal('reader-external');
  }
}

/** Refuses unless only the home company can read the channel and we can post there. A channel Slack cannot vouch for counts as shared. */
export async function demandInternalChannel(client: WebClient, channel: string): Promise<void> {
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
