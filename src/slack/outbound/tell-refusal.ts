import type { WebClient } from '@slack/web-api';
import { escaped, section } from '../../../blocks/mrkdwn.ts';
import { refusalSentence } from '../../../blocks/refusals.ts';
import type { Refusal } from '../../errors.ts';
import { showOnce } from './post-once.ts';

/** Tells one person, once for each `key`, why something that was to happen in the background did not. */
export async function tellRefusal(
  client: WebClient,
  { workspaceId, key, person }: { workspaceId: string; key: string; person: string },
  what: string,
  { code, details }: Refusal,
): Promise<void> {
  if (person === 'system') return;
  const text = `${escaped(what)} ${refusalSentence(code, details)}`;
  await showOnce(client, { workspaceId, key: `${key}:${person}`, person }, escaped(what), async () => ({
    text,
    blocks: [section(`:warning: ${text}`)],
  }));
}
