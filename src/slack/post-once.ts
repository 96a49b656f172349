import { setTimeout as pause } from 'node:timers/promises';
import type { KnownBlock } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { demandInternalChannel, slackRefusal } from './internal-channel.ts';
import { claimPost, findPost, forgetPost, markShown, type Place, releasePost, savePost } from './post-repository.ts';

export type Message = { text: string; blocks: KnownBlock[] };
/** A channel of the home company, or one person's direct messages with the bot. */
type Target = { workspaceId: string; key: string; threadTs?: string } & ({ channel: string } | { person: string });

/** Titles and texts are mrkdwn, escaped by who writes them.
 *  Shows something to the team or to one person once, whoever asks and however often. Slack cannot be asked to post a thing only once,
 *  so the first call posts a title alone, and the content comes by `chat.update`, which may be repeated freely: a process killed
 *  between Slack's answer and our note of it leaves at worst a bare title, never the content twice.
 *  `render` is called again until what it returned is still true after the update, so the last state wins over a slow worker. */
export async function showOnce(client: WebClient, target: Target, title: string, render: () => Promise<Message>): Promise<Place> {
  const known = await findPost(target.workspaceId, target.key);
  // A channel can be shared after the message was posted; a new message checks its channel itself.
  if (known && 'channel' in target) await demandInternalChannel(client, known.channel);
  const place = known ?? (await postTitle(client, target, title));
  for (let shown = '', attempt = 0; attempt < 5; attempt++) {
    const readAt = new Date();
    const message = await render();
    const wanted = JSON.stringify(message);
    if (wanted === shown) break;
    await client.chat.update({ ...place, ...message }).catch(async (error: unknown) => {
      // Somebody deleted our message: forgotten here, so that the next try posts it anew.
      if (slackRefusal(error) === 'message_not_found') await forgetPost(target.workspaceId, target.key);
      throw error;
    });
    await markShown(target.workspaceId, target.key, readAt);
    shown = wanted;
  }
  return place;
}

async function postTitle(client: WebClient, target: Target, title: string): Promise<Place> {
  const { workspaceId, key, threadTs } = target;
  const channel = await channelOf(client, target);
  const claimedAt = new Date();
  if (!(await claimPost(workspaceId, key, claimedAt))) return otherWorkersPost(workspaceId, key);
  try {
    const posted = await client.chat.postMessage({ channel, text: title, ...(threadTs ? { thread_ts: threadTs } : {}) });
    if (!posted.channel || !posted.ts) throw new Error('Slack posted a message and did not name it');
    const place = { channel: posted.channel, ts: posted.ts };
    return (await savePost(workspaceId, key, claimedAt, place)) ? place : otherWorkersPost(workspaceId, key);
  } catch (error) {
    // Slack's own "no" means nothing was posted; a broken line leaves the claim until it lapses.
    if (slackRefusal(error)) await releasePost(workspaceId, key, claimedAt);
    throw error;
  }
}

async function channelOf(client: WebClient, target: Target): Promise<string> {
  if ('channel' in target) {
    await demandInternalChannel(client, target.channel);
    return target.channel;
  }
  const { channel } = await client.conversations.open({ users: target.person });
  return channel?.id ?? target.person;
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
