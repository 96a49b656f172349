import type { WebClient } from '@slack/web-api';
import { Refusal } from '../../errors.ts';
import { mayShow, type Place, type Shown } from '../../onboard/partners/may-show.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { slackRefusal } from '../slack-refusal.ts';

export type Copy = { name: string; bytes: Buffer; text: string };
/** Where a file is put: a channel, or the direct messages that a user id stands for; and in which thread. */
export type FilePlace = { channel: string; threadTs?: string };

/** Sends a file to the direct messages of the person who asked for it, whom the bot and nobody else reads along with. Refuses `partner-only` where it is not
 *  theirs to have. */
export async function sendCopy(client: WebClient, actor: Actor, copy: Copy, shown: Shown): Promise<void> {
  const user = actor.userId;
  const place: Place = actor.kind === 'partner' ? { kind: 'shared', partnerIds: [actor.partnerId], others: false } : { kind: 'internal' };
  if (!mayShow(shown, { reader: actor, place, surface: 'file' })) throw new Refusal('partner-only');
  const { channel } = await client.conversations.open({ users: user });
  await putFile(client, { channel: channel?.id ?? user }, copy);
}

/** Puts a file where it is read. Refuses `file-not-sent` where Slack does not take it: it takes some files in no channel that is shared with another
 *  company, and none where an admin has switched files off or `files:write` was not granted. Source: reports at github.com/slackapi/node-slack-sdk. */
export async function putFile(client: WebClient, { channel, threadTs }: FilePlace, { name, bytes, text }: Copy): Promise<void> {
  const thread = threadTs ? { thread_ts: threadTs } : {};
  try {
    // The SDK's type wants a thread named or a channel alone.
    await client.files.uploadV2({ channel_id: channel, filename: name, file: bytes, initial_comment: text, ...thread });
  } catch (cause) {
    if (!slackRefusal(cause)) throw cause;
    throw new Refusal('file-not-sent', {}, { cause });
  }
}
