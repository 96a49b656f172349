import OpenAI from 'openai';
import { zodResponseFormat } from 'openai/helpers/zod';
import type { Config } from './config.ts';
import type { Deps } from './deps.ts';

const TIMEOUT_MS = 30_000;

/** Makes `ask` for OpenAI or any endpoint that speaks its chat completions API; null without a key. */
export function createAsk(config: Config): Deps['ask'] {
  if (!config.OPENAI_API_KEY) return null;
  const client = new OpenAI({ apiKey: config.OPENAI_API_KEY, baseURL: config.OPENAI_BASE_URL, timeout: TIMEOUT_MS, maxRetries: 1 });
  return async (prompt, input) => {
    const { instructions, data } = prompt.render(input);
    const completion = await client.chat.completions.create({
      model: config.OPENAI_MODEL,
      messages: [
        { role: 'system', content: instructions },
        { role: 'user', content: data },
      ],
      response_format: zodResponseFormat(prompt.answer, prompt.name),
    });
    const answer = completion.choices[0]?.message.content;
    if (!answer) throw new Error(`the model gave no answer to ${prompt.name}`);
    return prompt.answer.parse(JSON.parse(answer));
  };
}
