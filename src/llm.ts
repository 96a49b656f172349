import type OpenAI from 'openai';
import type { ClientOptions } from 'openai';
import type { Logger } from 'pino';
import type { z } from 'zod';
import type { Prompt } from '../prompts/prompt.ts';
import type { Config } from './config.ts';
import type { Deps } from './deps.ts';
import { parseJson } from './platform/parse-json.ts';

const TIMEOUT_MS = 30_000;

type Connection = Pick<Config, 'OPENAI_API_KEY' | 'OPENAI_BASE_URL' | 'OPENAI_MODEL'>;

/** Makes `ask` for OpenAI or any endpoint that speaks its chat completions API; null without a key. `timeoutMs` holds for the whole
 *  question, a second attempt and the pause before it included. Whoever asks goes on without the model when it fails, so why it failed is
 *  logged here. */
export function createAsk(config: Connection, log: Logger, timeoutMs = TIMEOUT_MS): Deps['ask'] {
  if (!config.OPENAI_API_KEY) return null;
  const settings = { apiKey: config.OPENAI_API_KEY, baseURL: config.OPENAI_BASE_URL, timeout: timeoutMs, maxRetries: 1 };
  const answerOf = createComplete(settings, config.OPENAI_MODEL, timeoutMs);
  return async (prompt, input) => {
    try {
      const read = prompt.answer.safeParse(parseJson(await answerOf(prompt, prompt.render(input))));
      if (!read.success) throw new Error(`the model’s answer to ${prompt.name} does not fit its schema`, { cause: read.error });
      return read.data;
    } catch (err) {
      log.warn({ err, prompt: prompt.name }, 'the model did not answer');
      throw err;
    }
  };
}

type Rendered = ReturnType<Prompt<never, z.ZodType>['render']>;
type Complete = (prompt: { name: string; answer: z.ZodType }, rendered: Rendered) => Promise<string>;

function createComplete(settings: ClientOptions, model: string, timeoutMs: number): Complete {
  let client: OpenAI | undefined;
  return async (prompt, { instructions, data }) => {
    // Loaded with the first question: a process without a model, or just starting, does not pay for it.
    const [openai, { zodResponseFormat }] = await Promise.all([import('openai'), import('openai/helpers/zod')]);
    client ??= new openai.default(settings);
    const signal = AbortSignal.timeout(timeoutMs);
    const request = client.chat.completions.create(
      {
        model,
        messages: [
          { role: 'system', content: instructions },
          { role: 'user', content: data },
        ],
        response_format: zodResponseFormat(prompt.answer, prompt.name),
      },
      { signal },
    );
    // The client sleeps as long as a `Retry-After` asks, an hour if need be, and hears no signal meanwhile.
    const completion = await Promise.race([request, aborted(signal, prompt.name)]);
    const answer = completion.choices[0]?.message.content;
    if (!answer) throw new Error(`the model gave no answer to ${prompt.name}`);
    return answer;
  };
}

function aborted(signal: AbortSignal, name: string): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error(`the model took too long to answer ${name}`)), { once: true });
  });
}
