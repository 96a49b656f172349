import { setTimeout as pause } from 'node:timers/promises';
import type { KnownBlock } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { Refusal } from '../errors.ts';
import { type Audience, demandAudience } from './audience.ts';
import { claimPost, findPost, forgetPost, keepLink, markShown, type Place, releasePost, savePost } from './post-repository.ts';
import { slackRefusal } from './slack-refusal.ts';
import { withFallback } from './with-fallback.ts';

export type Message = { text: string; blocks: KnownBlock[] };
/** What is shown, to whom, and in which thread; the thread is asked for only when the message is not there yet. */
type Target = { workspaceId: string; key: string; to: Audience; thread?: () => Promise<Place> };

/** Slack's words for a message that is gone, or that another bot user of ours wrote before the app was installed anew. */
const GONE = new Set(['message_not_found', 'cant_update_message']);
/** Updates of one message in one go; a state that changes more often is shown by the next job or sweep. */
const MOST_UPDATES = 5;

/** Titles and texts are mrkdwn, escaped by who writes them.
 *  Shows something to the team or to one person once, whoever asks and however often. Slack cannot be asked to post a thing only once,
 *  so the first call posts a title alone, and the content comes by `chat.update`, which may be repeated freely: a process killed
 *  between Slack's answer and our note of it leaves at worst a bare title, never the content twice. Slack documents nothing on whether an update
 *  takes cards, containers, tables and plans as a new message does: where it answers `invalid_blocks`, `withFallback` says the same in sections.
 *  A message that somebody deleted is posted again, and so is one in a channel we cannot post in any more once the team has chosen another.
 *  `render` is called again until what it returned is still true after the update, so the last state wins over a slow worker.
 *  Refuses what `demandAudience` refuses. */
export async function showOnce(client: WebClient, target: Target, title: string, render: () => Promise<Message>): Promise<Place> {
  // A second time for a message that was gone; one that is deleted as soon as it is posted is left to the next try.
  const place = (await showAt(client, target, title, render)) ?? (await showAt(client, target, title, render));
  if (!place) throw new Error('a message was deleted as soon as it was posted');
  return place.link ? place : { ...place, link: await askLink(client, target, place) };
}

/** Null when the message was gone: it is forgotten here. */
async function showAt(client: WebClient, target: Target, title: string, render: () => Promise<Message>): Promise<Place | null> {
  const { workspaceId, key } = target;
  const place = (await knownPlace(client, target)) ?? (await postTitle(client, target, title));
  for (let shown = '', update = 0; update < MOST_UPDATES; update++) {
    const readAt = new Date();
    const message = await render();
    const wanted = JSON.stringify(message);
    if (wanted === shown) break;
    await demandAudience(client, workspaceId, audienceAt(target, place));
    const { channel, ts } = place;
    const { text, blocks } = message;
    const updated = withFallback(client, workspaceId, blocks, (shown) => client.chat.update({ channel, ts, text, blocks: shown }));
    const gone = await updated.then(() => false, isGone);
    if (gone) {
      await forgetPost(workspaceId, key, place);
      return null;
    }
    await markShown(workspaceId, key, readAt);
    shown = wanted;
  }
  return place;
}

function isGone(error: unknown): true {
  if (GONE.has(slackRefusal(error) ?? '')) return true;
  throw error;
}

/** Where it was posted. In a channel that is closed to us while the team has chosen another, it counts as not posted. */
async function knownPlace(client: WebClient, target: Target): Promise<Place | null> {
  const { workspaceId, key, to } = target;
  const known = await findPost(workspaceId, key);
  if (!known || !('channel' in to) || known.channel === to.channel) return known;
  try {
    await demandAudience(client, workspaceId, audienceAt(target, known));
    return known;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    await forgetPost(workspaceId, key, known);
    return null;
  }
}

/** Whoever the target is for, where the message stands. */
function audienceAt({ to }: Target, { channel }: Place): Audience {
  return 'channel' in to ? { ...to, channel } : to;
}

async function postTitle(client: WebClient, target: Target, title: string): Promise<Place> {
  const { workspaceId, key, thread } = target;
  const head = thread ? await thread() : null;
  const channel = head?.channel ?? (await channelOf(client, target));
  if (head) await demandAudience(client, workspaceId, audienceAt(target, head));
  const claimedAt = new Date();
  if (!(await claimPost(workspaceId, key, claimedAt))) return otherWorkersPost(workspaceId, key);
  try {
    const posted = await client.chat.postMessage({ channel, text: title, ...(head ? { thread_ts: head.ts } : {}) });
    if (!posted.channel || !posted.ts) throw new Error('Slack posted a message and did not name it');
    const place = { channel: posted.channel, ts: posted.ts, link: null };
    return (await savePost(workspaceId, key, claimedAt, place)) ? place : otherWorkersPost(workspaceId, key);
  } catch (error) {
    // Slack's own "no" means nothing was posted; a broken line leaves the claim until it lapses.
    if (slackRefusal(error)) await releasePost(workspaceId, key, claimedAt);
    throw error;
  }
}

async function channelOf(client: WebClient, { workspaceId, to }: Target): Promise<string> {
  await demandAudience(client, workspaceId, to);
  if ('channel' in to) return to.channel;
  const { channel } = await client.conversations.open({ users: to.userId });
  return channel?.id ?? to.userId;
}

/** Asked when a message is posted, so that no page has to ask while it is rendered; asked again with each update for as long as there is
 *  none. A page without the link says in which channel it is, so an error here stops nothing. */
async function askLink(client: WebClient, { workspaceId, key }: Target, place: Place): Promise<string | null> {
  const { channel, ts } = place;
  const answer = await client.chat.getPermalink({ channel, message_ts: ts }).catch(() => null);
  if (!answer?.permalink) return null;
  await keepLink(workspaceId, key, place, answer.permalink);
  return answer.permalink;
}

/** Another worker posts at this moment; a few seconds are enough, else the job is tried again later. */
async function otherWorkersPost(workspaceId: string, key: string): Promise<Place> {
  for (let waited = 0; waited < 20; waited++) {
    await pause(250);
    const place = await findPost(workspaceId, key);
    if (place) return place;
  }
  throw new Error('another worker is posting this message');
}
