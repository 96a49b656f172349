import { RespondError } from '@slack/bolt';
import type { KnownBlock } from '@slack/types';
import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import { classicBlocks, hasNewerBlocks } from '../../blocks/classic-blocks.ts';
import { postAt } from './answer-shortly.ts';
import { type ButtonClick, workspaceOf } from './listener.ts';

/** A workspace that refused a newer block gets sections for so long. */
const REMEMBERED_MS = 24 * 60 * 60_000;
/** Until when, by Slack (there is more than one) and workspace. Kept in this process alone: another one, or this one started anew, finds out with one refused
 *  call. */
const plainUntil = new Map<string, number>();

/** Whether a workspace gets sections at this moment. */
export function isPlain({ slackApiUrl }: Pick<WebClient, 'slackApiUrl'>, workspaceId: string, at: Date): boolean {
  return (plainUntil.get(`${slackApiUrl} ${workspaceId}`) ?? 0) > at.getTime();
}

/** Every message with blocks is posted and updated through this. `send` may be called twice: where Slack answers `invalid_blocks`, as it does
 *  while a plan or a workspace has not got the newer blocks yet, the same content goes as sections, and so does all else of this
 *  workspace for a day. A `response_url` that refuses without saying why gets sections this once. What was refused is logged by the block
 *  that Slack names. Throws what `send` throws otherwise. */
export async function withFallback<Sent>(
  client: WebClient,
  workspaceId: string,
  blocks: KnownBlock[],
  send: (blocks: KnownBlock[]) => Promise<Sent>,
): Promise<Sent> {
  const isNewer = hasNewerBlocks(blocks);
  if (isNewer && isPlain(client, workspaceId, new Date())) return send(classicBlocks(blocks));
  try {
    return await send(blocks);
  } catch (error) {
    const refusal = refusalOf(error);
    if (!refusal) throw error;
    // biome-ignore lint/complexity/useLiteralKeys: the client's own log is the one at hand wherever a message is sent, and private otherwise
    client['logger'].warn(`workspace ${workspaceId} refused blocks:`, refusal.problems.map((problem) => named(problem, blocks)).join('; '));
    if (!isNewer) throw error;
    const sent = await send(classicBlocks(blocks));
    // Not before: where the sections are refused as well, it was not for their age.
    if (refusal.isOfBlocks) plainUntil.set(`${client.slackApiUrl} ${workspaceId}`, Date.now() + REMEMBERED_MS);
    return sent;
  }
}

/** `isOfBlocks`: Slack says that it refuses the blocks, and does not only refuse. */
type BlocksRefusal = { problems: string[]; isOfBlocks: boolean };

/** What Slack says of each block; null when the blocks are not what it refuses. Of a `response_url`, what `postAt` read of its answer. */
function refusalOf(error: unknown): BlocksRefusal | null {
  if (error instanceof RespondError) {
    const isOfBlocks = error.message.includes('invalid_blocks');
    return error.statusCode === 400 ? { problems: [error.message], isOfBlocks } : null;
  }
  if (!(error instanceof WebAPIPlatformError) || error.data.error !== 'invalid_blocks') return null;
  const { messages = [] } = error.data.response_metadata ?? {};
  return { problems: messages.length > 0 ? messages : ['none is named'], isOfBlocks: true };
}

/** `[ERROR] unsupported type [json-pointer:/blocks/2/title]` with the type and the id of that block. */
function named(problem: string, blocks: KnownBlock[]): string {
  const index = /json-pointer:\/blocks\/(\d+)/.exec(problem)?.[1];
  const block = index === undefined ? undefined : blocks[Number(index)];
  return block ? `${block.type} ${block.block_id ?? `number ${index}`}: ${problem}` : problem;
}

/** Answers a command or a click where only the person who asked sees it. `replace`: in place of the private message that was clicked. */
export async function answerAsker(
  { client, context, body }: Pick<ButtonClick, 'client' | 'context'> & { body: { response_url: string } },
  { text, blocks = [] }: { text: string; blocks?: KnownBlock[] },
  replace: boolean,
): Promise<void> {
  const send = (shown: KnownBlock[]) =>
    postAt(body.response_url, {
      response_type: 'ephemeral',
      replace_original: replace,
      text,
      ...(shown.length > 0 ? { blocks: shown } : {}),
    });
  await withFallback(client, workspaceOf(context), blocks, send);
}
