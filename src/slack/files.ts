import type { WebClient } from '@slack/web-api';
import { Refusal } from '../errors.ts';
import { slackRefusal } from './slack-refusal.ts';

/** Sends a file to one person's direct messages with the bot. Refuses `files-not-granted` where the workspace installed us without
 *  `files:write`. */
export async function sendFile(
  client: WebClient,
  { user, name, bytes, text }: { user: string; name: string; bytes: Buffer; text: string },
): Promise<void> {
  const { channel } = await client.conversations.open({ users: user });
  const upload = { channel_id: channel?.id ?? user, filename: name, file: bytes, initial_comment: text };
  await client.files.uploadV2(upload).catch((cause: unknown) => {
    if (slackRefusal(cause) === 'missing_scope') throw new Refusal('files-not-granted', {}, { cause });
    throw cause;
  });
}
