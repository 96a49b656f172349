import pino from 'pino';
import { z } from 'zod';
import { tryLetter } from '../../prompts/recruit/try-letter.ts';
import type { Config } from '../config.ts';
import { AnswerUnfit, ModelBusy } from '../errors.ts';
import { createAsk } from '../llm.ts';

const TIMEOUT_MS = 30_000;
const OFFLINE = 'Until then letters are written by the offline writer.';

type Connection = Pick<Config, 'OPENAI_API_KEY' | 'OPENAI_BASE_URL' | 'OPENAI_MODEL'>;

/** Asks the model one question of a few words, in the form in which it is asked for letters: all that can go wrong with a letter's question goes
 *  wrong with this. Without a key there is nobody to ask. */
export async function checkModel(config: Connection, timeoutMs = TIMEOUT_MS): Promise<{ name: 'model'; ok: boolean; words: string }> {
  const name = 'model';
  const ask = createAsk(config, pino({ level: 'silent' }), timeoutMs);
  if (!ask) return { name, ok: true, words: 'no OPENAI_API_KEY: drafts are written by the offline writer' };
  const { host } = new URL(config.OPENAI_BASE_URL ?? 'https://api.openai.com/v1');
  const begun = performance.now();
  const seconds = () => ((performance.now() - begun) / 1000).toFixed(1);
  try {
    await ask(tryLetter, null);
  } catch (error) {
    const problem =
      performance.now() - begun >= timeoutMs ? `has not answered after ${seconds()} s. Try again later.` : wordsFor(error, config);
    return { name, ok: false, words: `${host} ${problem} ${OFFLINE}` };
  }
  const words = `${host} reached: ${config.OPENAI_MODEL} answered in the form of a letter in ${seconds()} s. It writes the drafts; where it fails, the offline writer does.`;
  return { name, ok: true, words };
}

const Answered = z.object({ status: z.number().int(), message: z.string() });
/** Characters of what the endpoint says. */
const MOST_SAID = 200;

/** What is wrong and what to do about it; no more of the endpoint's own words than why it refused the question, without the key. */
function wordsFor(error: unknown, { OPENAI_API_KEY = '', OPENAI_MODEL }: Connection): string {
  if (error instanceof ModelBusy) return 'is busy. Try again later.';
  if (error instanceof AnswerUnfit)
    return `is there, but ${OPENAI_MODEL} does not keep to the form of a letter. Name a model in OPENAI_MODEL that answers by a JSON schema.`;
  const answered = Answered.safeParse(error);
  if (!answered.success) return 'does not answer. Check OPENAI_BASE_URL and the network.';
  const { status, message } = answered.data;
  if (status === 401 || status === 403) return 'refuses the key. Copy OPENAI_API_KEY again.';
  if (status === 404) return `knows no model ${OPENAI_MODEL}, or has nothing at this address. Correct OPENAI_MODEL or OPENAI_BASE_URL.`;
  if (status === 429) return 'says that nothing is left to spend for this key. Look at its account.';
  if (status >= 500) return `has trouble (${status}). Try again later.`;
  const said = message.replaceAll(OPENAI_API_KEY, '…').replace(/\s+/g, ' ').slice(0, MOST_SAID);
  return `refuses the question (${said}). Name a model in OPENAI_MODEL that answers by a JSON schema.`;
}
