import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import { Refusal } from '../errors.ts';

/** Slack's words for "try again later"; every other is its last word on the channel. */
const PASSING = new Set(['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout', 'ratelimited']);

/** Refuses unless only the home company can read the channel and we can post there. A channel Slack cannot vouch for counts as
 *  shared. Called before every internal post, because a channel can be shared after it was chosen. */
export async function demandInternalChannel(client: WebClient, channel: string): Promise<void> {
  const answer = await client.conversations.info({ channel }).catch((error: unknown) => {
    const said = slackRefusal(error);
    if (said && !PASSING.has(said)) throw new Refusal('channel-unreachable', {}, { cause: error });
    throw error;
  });
  const info = answer.channel;
  const pending = info?.pending_shared?.length || info?.is_pending_ext_shared;
  if (info?.is_ext_shared !== false || pending) throw new Refusal('channel-shared');
  if (info.is_archived || info.is_im || info.is_mpim || !info.is_member) throw new Refusal('channel-unreachable');
}

/** The code with which Slack itself said no, such as `channel_not_found`; null for a broken line, a time-out or anything else. */
export function slackRefusal(error: unknown): string | null {
  return error instanceof WebAPIPlatformError ? error.data.error : null;
}
