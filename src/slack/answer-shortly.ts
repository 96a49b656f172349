import { type ReceiverEvent, RespondError } from '@slack/bolt';
import type { Logger } from 'pino';
import { z } from 'zod';
import { noticeModal } from '../../blocks/elements.ts';

const POST_WITHIN_MS = 5_000;
/** Of sentences on their way to a `response_url`; beyond that a click is only acknowledged. */
const MOST_POSTS = 50;
let posts = 0;

const Body = z.object({
  type: z.string().optional(),
  command: z.string().optional(),
  response_url: z
    .url({ protocol: /^https?$/ })
    .optional()
    .catch(undefined),
  view: z
    .object({ blocks: z.array(z.object({ type: z.string(), block_id: z.string().optional() }).catch({ type: 'unknown' })) })
    .optional()
    .catch(undefined),
});

/** Acknowledges a payload that no listener gets, and says one sentence to the person behind it where that needs neither a token nor the
 *  database: with the acknowledgement, or at the payload's `response_url`. What was typed into a form stays there. */
export async function answerShortly({ body, ack }: ReceiverEvent, words: string, log: Logger): Promise<void> {
  const { type, command, view, response_url: responseUrl } = Body.parse(body);
  if (command !== undefined) return ack({ response_type: 'ephemeral', text: words });
  if (type === 'block_suggestion') return ack({ options: [] });
  if (type === 'view_submission') {
    const field = view?.blocks.find((block) => block.type === 'input')?.block_id;
    if (field !== undefined) return ack({ response_action: 'errors', errors: { [field]: words } });
    return ack({ response_action: 'push', view: noticeModal('Not done', words) });
  }
  await ack();
  if (!responseUrl || posts >= MOST_POSTS) return;
  posts += 1;
  try {
    await postAt(responseUrl, { text: words, response_type: 'ephemeral', replace_original: false });
  } catch (err) {
    log.warn({ err }, 'a person was not told');
  } finally {
    posts -= 1;
  }
}

/** Posts an answer at a `response_url`, which Slack gives to whoever was clicked or called. It says in words what it refuses; throws a `RespondError` then. */
export async function postAt(responseUrl: string, message: object): Promise<void> {
  const answer = await fetch(responseUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(message),
    redirect: 'error',
    signal: AbortSignal.timeout(POST_WITHIN_MS),
  });
  const said = await answer.text();
  if (!answer.ok) throw new RespondError(`Slack did not take an answer: ${answer.status} ${said.slice(0, 100)}`, answer.status);
}
