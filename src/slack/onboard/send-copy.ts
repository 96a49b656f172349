import type { WebClient } from '@slack/web-api';
import { link } from '../../../blocks/mrkdwn.ts';
import { Refusal } from '../../errors.ts';
import { slackRefusal } from '../slack-refusal.ts';

export type Copy = { name: string; bytes: Buffer; text: string };
/** Where a file is put: a channel, or the direct messages that a user id stands for; and in which thread. */
export type FilePlace = { channel: string; threadTs?: string };

/** Sends a file to the direct messages of the person who asked for it, colleague or not; the caller has seen that it is theirs to have. */
export async function sendCopy(client: WebClient, user: string, copy: Copy, fallbackLink: string | null = null): Promise<void> {
  const { channel } = await client.conversations.open({ users: user });
  await putFile(client, { channel: channel?.id ?? user }, copy, fallbackLink);
}

/** Puts a file where it is read. Slack takes some files in no channel that is shared with another company, and none where an admin has switched
 *  files off or `files:write` was not granted: then `fallbackLink`, a signed address of ours, is posted in its place; without one it refuses
 *  `file-not-sent`. Source: github.com/slackapi/node-slack-sdk, issue 2301. */
export async function putFile(
  client: WebClient,
  { channel, threadTs }: FilePlace,
  { name, bytes, text }: Copy,
  fallbackLink: string | null,
): Promise<void> {
  const thread = threadTs ? { thread_ts: threadTs } : {};
  try {
    // The SDK's type wants a thread named or a channel alone.
    await client.files.uploadV2({ channel_id: channel, filename: name, file: bytes, initial_comment: text, ...thread });
  } catch (cause) {
    if (!slackRefusal(cause)) throw cause;
    if (!fallbackLink) throw new Refusal('file-not-sent', {}, { cause });
    await client.chat.postMessage({ channel, text: `${text} ${link(fallbackLink, name)}`, ...thread });
  }
}
