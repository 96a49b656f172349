import type { WebClient } from '@slack/web-api';
import { Refusal } from '../../errors.ts';
import type { Draft } from '../../recruit/outreach/draft.ts';
import { findPost } from '../post-repository.ts';

/** A sentence that leads to a draft's card. */
export async function draftPlace(client: WebClient, workspaceId: string, { id }: Pick<Draft, 'id'>): Promise<string> {
  const post = await findPost(workspaceId, `draft:${id}`);
  if (!post) return 'It appears in the company’s thread in a moment.';
  const { permalink } = await client.chat.getPermalink({ channel: post.channel, message_ts: post.ts });
  return permalink ? `<${permalink}|Open it in its thread.>` : `It is in a thread in <#${post.channel}>.`;
}

/** `draftId|version`, as the card's buttons carry it. */
export function seenIn(value: string | undefined): { draftId: string; version: number } {
  const [draftId, version] = (value ?? '').split('|');
  if (!draftId || !Number.isInteger(Number(version))) throw new Refusal('draft-unknown');
  return { draftId, version: Number(version) };
}
