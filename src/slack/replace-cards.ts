import type { WebClient } from '@slack/web-api';
import { section } from '../../blocks/mrkdwn.ts';
import { DELETED_CARD } from '../../blocks/programme/privacy-page.ts';
import { listPostsAbout, markShown } from './post-repository.ts';
import { slackRefusal } from './slack-refusal.ts';

/** Puts neutral words in the place of every message of ours about these records. One that is gone, or where we cannot go any more, is left. */
export async function replaceCards(client: WebClient, workspaceId: string, subjects: readonly string[]): Promise<void> {
  for (const { key, channel, ts } of await listPostsAbout(workspaceId, subjects)) {
    const message = { channel, ts, text: DELETED_CARD, blocks: [section(DELETED_CARD)] };
    await client.chat.update(message).catch((error: unknown) => {
      if (slackRefusal(error) === null) throw error;
    });
    await markShown(workspaceId, key, new Date());
  }
}
