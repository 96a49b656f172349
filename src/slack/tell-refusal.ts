import type { WebClient } from '@slack/web-api';
import { escaped, section } from '../../blocks/mrkdwn.ts';
import { refusalSentence } from '../../blocks/refusals.ts';
import type { Refusal } from '../errors.ts';
import { showOnce } from './post-once.ts';

/** A user's id; the records also name rules, operators and the people written to. */
const IN_SLACK = /^[UW][A-Z0-9]+$/;

/** Tells one person, the first of `people` who is somebody in Slack, once for each `key`, why something that was to happen in the background did not. */
export async function tellRefusal(
  client: WebClient,
  { workspaceId, key, people }: { workspaceId: string; key: string; people: (string | null)[] },
  what: string,
  { code, details }: Refusal,
): Promise<void> {
  const person = people.find((one) => one !== null && IN_SLACK.test(one));
  if (!person) return;
  const text = `${escaped(what)} ${refusalSentence(code, details)}`;
  await showOnce(client, { workspaceId, key: `${key}:${person}`, person }, escaped(what), async () => ({
    text,
    blocks: [section(`:warning: ${text}`)],
  }));
}
