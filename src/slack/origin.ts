import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { parseJson } from '../platform/parse-json.ts';
import { replyPrivately, type Words, whisper } from './answer-error.ts';
import { postAt } from './answer-shortly.ts';
import type { ButtonClick } from './listener.ts';
import { slackRefusal } from './slack-refusal.ts';
import { withFallback } from './with-fallback.ts';

/** A page of a modal, which is drawn again once a form on top of it was sent. */
export const ModalPage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('details'), companyId: z.string() }),
  z.object({ kind: z.literal('draft'), draftId: z.string() }),
  z.object({ kind: z.literal('partner'), partnerId: z.string() }),
]);
export type ModalPage = z.infer<typeof ModalPage>;

/** Where a form or a page was opened: on a card that one person sees (`responseUrl`), on a page of a modal, in a channel. It travels in the
 *  form's metadata, so that what became of it is said there. */
export const Origin = z.object({
  responseUrl: z.url({ protocol: /^https?$/ }).optional(),
  page: ModalPage.optional(),
  channel: z.string().optional(),
  threadTs: z.string().optional(),
});
export type Origin = z.infer<typeof Origin>;

export function originOf({ view, channel, container, response_url: responseUrl }: ButtonClick['body']): Origin {
  if (view) return Origin.catch({}).parse(parseJson(view.private_metadata));
  const threadTs: unknown = container.thread_ts;
  return {
    ...(container.is_ephemeral ? { responseUrl } : {}),
    ...(channel ? { channel: channel.id } : {}),
    ...(typeof threadTs === 'string' ? { threadTs } : {}),
  };
}

/** Says to one person what became of what they began at `origin`, where only they see it; in a direct message where it is gone. */
export async function tellAt(
  client: WebClient,
  { workspaceId, userId: user }: { workspaceId: string; userId: string },
  { channel, threadTs }: Origin,
  words: Words,
): Promise<void> {
  if (!channel) return whisper(client, { workspaceId, user }, words);
  await replyPrivately(client, { workspaceId, channel, user, threadTs }, words).catch((error: unknown) => {
    if (slackRefusal(error) === null) throw error;
    return whisper(client, { workspaceId, user }, words);
  });
}

/** Puts `words` in place of the private card at this `response_url`. Throws once it has run out, after half an hour or five answers. */
export async function replaceCard(
  client: WebClient,
  workspaceId: string,
  responseUrl: string,
  { text, blocks = [] }: Words,
): Promise<void> {
  await withFallback(client, workspaceId, blocks, (shown) =>
    postAt(responseUrl, { text, blocks: shown, response_type: 'ephemeral', replace_original: true }),
  );
}
