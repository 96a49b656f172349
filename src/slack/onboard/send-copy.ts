import { randomUUID } from 'node:crypto';
import type { WebClient } from '@slack/web-api';
import { fileLinkMessage } from '../../../blocks/onboard/library.ts';
import type { Deps } from '../../deps.ts';
import { Refusal } from '../../errors.ts';
import { type FileDocument, fileUrl, type Holder } from '../../onboard/files/file-link.ts';
import { findDocument } from '../../onboard/files/find-document.ts';
import { mayShow, type Place } from '../../onboard/partners/may-show.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { type Audience, demandAudience } from '../audience.ts';
import { showOnce } from '../post-once.ts';
import { slackRefusal } from '../slack-refusal.ts';

type Tools = Pick<Deps, 'publicUrl' | 'linkKey' | 'now'>;
export type Copy = { name: string; bytes: Buffer; text: string };
/** Where a file is put, and what is said in its place, once for each `key`, where Slack does not take it. */
export type FilePlace = {
  workspaceId: string;
  channel: string;
  threadTs?: string;
  document: FileDocument;
  holder: Holder;
  to: Audience;
  key: string;
};

/** Sends a document to the direct messages of the person who asked for it, whom the bot and nobody else reads along with. Refuses what
 *  `findDocument` refuses, and `partner-only` where it is not theirs to have. */
export async function sendCopy(client: WebClient, actor: Actor, document: FileDocument, text: string, tools: Tools): Promise<void> {
  const { workspaceId, userId } = actor;
  const { name, bytes, partnerId } = await findDocument(actor, document, tools.now());
  const isPartners = actor.kind === 'partner';
  const place: Place = isPartners ? { kind: 'shared', partnerIds: [actor.partnerId], others: false } : { kind: 'internal' };
  if (!mayShow({ object: 'asset', partnerId }, { reader: actor, place, surface: 'file' })) throw new Refusal('partner-only');
  const holder = isPartners
    ? ({ kind: 'partner-person', userId, partnerId: actor.partnerId } as const)
    : ({ kind: 'person', userId } as const);
  const { channel } = await client.conversations.open({ users: userId });
  const target = { workspaceId, channel: channel?.id ?? userId, document, holder, to: holder, key: `file-link:${randomUUID()}` };
  await putFile(client, target, { name, bytes, text }, tools);
}

/** Puts a file where it is read; where Slack does not take it, a link to it, and where the app has no address for that, `file-not-sent` is refused.
 *  Slack takes some files in no channel that is shared with another company, and none where an admin has switched files off or `files:write` was not
 *  granted. Source: reports at github.com/slackapi/node-slack-sdk. Refuses what `demandAudience` refuses. */
export async function putFile(client: WebClient, place: FilePlace, { name, bytes, text }: Copy, tools: Tools): Promise<void> {
  const { workspaceId, channel, threadTs, document, holder, to, key } = place;
  await demandAudience(client, workspaceId, to);
  const thread = threadTs ? { thread_ts: threadTs } : {};
  try {
    // The SDK's type wants a thread named or a channel alone.
    await client.files.uploadV2({ channel_id: channel, filename: name, file: bytes, initial_comment: text, ...thread });
  } catch (cause) {
    if (!slackRefusal(cause)) throw cause;
    const url = fileUrl({ workspaceId, document, holder }, tools);
    if (!url) throw new Refusal('file-not-sent', {}, { cause });
    const message = fileLinkMessage(name, url);
    const inThread = threadTs ? { thread: async () => ({ channel, ts: threadTs, link: null }) } : {};
    await showOnce(client, { workspaceId, key, to, ...inThread }, message.text, async () => message);
  }
}
