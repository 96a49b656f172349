import type { KnownBlock } from '@slack/types';
import type { WebClient } from '@slack/web-api';

/** A direct message from the bot, when the person's own click left nowhere else to answer. */
export async function whisper(
  client: WebClient,
  { user, text, blocks }: { user: string; text: string; blocks?: KnownBlock[] },
): Promise<void> {
  const { channel } = await client.conversations.open({ users: user });
  await client.chat.postMessage({ channel: channel?.id ?? user, text, ...(blocks ? { blocks } : {}) });
}
