import type { KnownBlock } from '@slack/types';
import type { WebClient } from '@slack/web-api';

type Words = { text: string; blocks?: KnownBlock[] };

/** An answer in a channel that only the asking colleague sees; safe in shared channels. */
export async function replyPrivately(
  client: WebClient,
  { channel, user, threadTs }: { channel: string; user: string; threadTs?: string },
  words: Words,
) {
  await client.chat.postEphemeral({ channel, user, ...(threadTs ? { thread_ts: threadTs } : {}), ...words });
}

/** An answer that everybody in the channel may read: for words that hold nothing internal. */
export async function replyOpenly(client: WebClient, { channel, threadTs }: { channel: string; threadTs?: string }, text: string) {
  await client.chat.postMessage({ channel, text, ...(threadTs ? { thread_ts: threadTs } : {}) });
}
