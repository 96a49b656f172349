import { randomBytes } from 'node:crypto';
import { type Json, jsonOf, parsed, textOf } from './json.ts';
import { slackErrors } from './limits.ts';
import { deleteMessage, findMessage, forget, postEphemeral, postMessage, replaceEphemeral, updateMessage } from './messages.ts';
import type { ResponseUrl, World } from './world.ts';

const LIFE_MS = 30 * 60_000;
const MOST_USES = 5;

/** A new `response_url` for one click or command. */
export function newResponseUrl(world: World, channel: string, personId: string, source: ResponseUrl['source']): string {
  const id = randomBytes(12).toString('hex');
  world.responseUrls.set(id, { channel, personId, source, uses: 0, expiresAt: Date.now() + LIFE_MS });
  return `${world.url}/actions/${world.cast.team.id}/${id}`;
}

/** What the app POSTs to a `response_url`; five times in thirty minutes. */
export async function useResponseUrl(world: World, id: string, body: string): Promise<{ status: number; text: string }> {
  const target = world.responseUrls.get(id);
  if (!target) return { status: 404, text: 'invalid_url' };
  if (target.expiresAt < Date.now()) return { status: 404, text: 'expired_url' };
  if (target.uses >= MOST_USES) return { status: 404, text: 'used_url' };
  target.uses += 1;
  const answer = jsonOf(parsed(body));
  const real = async (): Promise<Json> => {
    const said = await answerTo(world, target, answer);
    return said ? { ok: false, error: said } : { ok: true };
  };
  const { error } = await (world.stubs.get('response_url')?.(answer, real) ?? real());
  return error ? { status: error === 'no_text' ? 500 : 400, text: textOf(error) } : { status: 200, text: 'ok' };
}

/** Carries out an answer to a person's click or command; also the body of the command's own HTTP response. Returns Slack's error or null. */
export async function answerTo(world: World, target: ResponseUrl, answer: Json): Promise<string | null> {
  const { channel, source } = target;
  if (answer.delete_original && source) return remove(world, channel, source);
  const wrong = slackErrors('response_url', answer);
  if (wrong) return wrong.error;
  if (answer.replace_original && source) return replace(world, channel, source, answer);
  const thread = answer.thread_ts ? { thread_ts: answer.thread_ts } : {};
  const message = { channel, text: answer.text, blocks: answer.blocks, ...thread };
  const posted =
    answer.response_type === 'in_channel'
      ? await postMessage(world, message)
      : await postEphemeral(world, { ...message, user: target.personId }, target.personId);
  return posted.ok ? null : textOf(posted.error);
}

async function remove(world: World, channel: string, source: { ts: string; ephemeral: boolean }): Promise<string | null> {
  if (source.ephemeral) {
    forget(world, channel, source.ts);
    return null;
  }
  const answer = await deleteMessage(world, { channel, ts: source.ts });
  return answer.ok ? null : textOf(answer.error);
}

/** An ephemeral message stays ephemeral whatever `response_type` says. */
async function replace(world: World, channel: string, source: { ts: string; ephemeral: boolean }, answer: Json): Promise<string | null> {
  if (source.ephemeral) {
    const message = findMessage(world, channel, source.ts);
    if (!message) return 'message_not_found';
    replaceEphemeral(world, message, answer);
    return null;
  }
  const updated = await updateMessage(world, { channel, ts: source.ts, text: answer.text ?? '', blocks: answer.blocks });
  return updated.ok ? null : textOf(updated.error);
}
