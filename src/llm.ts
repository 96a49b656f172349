import type OpenAI from 'openai';
import type { ClientOptions } from 'openai';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Prompt } from '../prompts/prompt.ts';
import type { Config } from './config.ts';
import type { AskWeb, Deps, WebAnswer } from './deps.ts';
import { AnswerUnfit, ModelBusy } from './errors.ts';
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
  return async (prompt, input, once) => {
    try {
      const read = prompt.answer.safeParse(parseJson(await answerOf(prompt, prompt.render(input), once)));
      if (!read.success) throw new AnswerUnfit(`the model’s answer to ${prompt.name} does not fit its schema`, { cause: read.error });
      return read.data;
    } catch (err) {
      log.warn({ err, prompt: prompt.name }, 'the model did not answer');
      throw err;
    }
  };
}

type Rendered = ReturnType<Prompt<never, z.ZodType>['render']>;
type Once = Parameters<NonNullable<Deps['ask']>>[2];
type Complete = (prompt: { name: string; answer: z.ZodType }, rendered: Rendered, once: Once) => Promise<string>;

function createComplete(settings: ClientOptions, model: string, timeoutMs: number): Complete {
  let client: OpenAI | undefined;
  return async (prompt, { instructions, data }, once) => {
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
        ...(once ? { max_completion_tokens: once.outputTokens } : {}),
      },
      { signal, ...(once ? { maxRetries: 0 } : {}) },
    );
    // The client sleeps as long as a `Retry-After` asks, an hour if need be, and hears no signal meanwhile.
    const completion = await Promise.race([request, aborted(signal, prompt.name)]).catch((error: unknown) => {
      throw busyError(error, openai.default) ?? error;
    });
    const tokens = tokensOf(completion.usage?.prompt_tokens, completion.usage?.completion_tokens);
    if (tokens) once?.hear({ searches: 0, ...tokens });
    const answer = completion.choices[0]?.message.content;
    if (!answer) throw new Error(`the model gave no answer to ${prompt.name}`);
    return answer;
  };
}

/** More than any answer uses: what says so says nothing that may be booked. */
const Tokens = z.number().int().min(0).max(10_000_000);
const Used = z.object({ inputTokens: Tokens, outputTokens: Tokens }).nullable().catch(null);

/** Null where the endpoint does not say what an answer used, or says something else than two numbers of tokens. */
function tokensOf(inputTokens: unknown, outputTokens: unknown): z.infer<typeof Used> {
  return Used.parse({ inputTokens, outputTokens });
}

function aborted(signal: AbortSignal, name: string): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error(`the model took too long to answer ${name}, or nobody waits for it`)), {
      once: true,
    });
  });
}

type Settings = Pick<Config, 'OPENAI_API_KEY' | 'OPENAI_BASE_URL' | 'OPENAI_MODEL' | 'OPENAI_PRICES' | 'RESEARCH_USD_PER_DAY'>;

/** How long a busy endpoint is left alone when it does not say, and at most. */
const WAIT_MS = { unsaid: 60_000, most: 3_600_000 } as const;

/** What is read of a response; everything else in it is passed over. */
const Annotation = z.looseObject({ type: z.string(), url: z.string().optional() });
const Content = z.looseObject({ type: z.string(), text: z.string().optional(), annotations: z.array(Annotation).nullish() });
const Action = z.looseObject({
  type: z.string(),
  url: z.string().nullish(),
  sources: z.array(z.looseObject({ url: z.string().optional() })).nullish(),
});
const Item = z.looseObject({ type: z.string(), content: z.array(Content).nullish(), action: Action.nullish() });
const Answered = z.looseObject({
  output: z.array(Item),
  usage: z.looseObject({ input_tokens: z.unknown(), output_tokens: z.unknown() }).nullish().catch(null),
});
type Answered = z.infer<typeof Answered>;

/** Research by OpenAI's Responses API and its web search tool, or any endpoint that speaks both; null without a key. */
export function createResearch(config: Settings): Deps['research'] {
  if (!config.OPENAI_API_KEY) return null;
  const [input = 0, output = 0, searches = 0] = config.OPENAI_PRICES.split(',').map(Number);
  return { askWeb: createAskWeb(config), prices: { input, output, searches }, perDayUsd: config.RESEARCH_USD_PER_DAY };
}

function createAskWeb({ OPENAI_API_KEY, OPENAI_BASE_URL, OPENAI_MODEL: model }: Settings): AskWeb {
  let client: OpenAI | undefined;
  return async (prompt, input, { searches, outputTokens, timeoutMs, signal: cancelled }) => {
    const { instructions, data } = prompt.render(input);
    const [openai, { zodTextFormat }] = await Promise.all([import('openai'), import('openai/helpers/zod')]);
    // The caller decides about a second try: this one may have been paid for.
    client ??= new openai.default({ apiKey: OPENAI_API_KEY, baseURL: OPENAI_BASE_URL, timeout: timeoutMs, maxRetries: 0 });
    const signal = AbortSignal.any([cancelled, AbortSignal.timeout(timeoutMs)]);
    const request = client.responses.create(
      {
        model,
        instructions,
        input: data,
        text: { format: zodTextFormat(prompt.answer, prompt.name) },
        max_output_tokens: outputTokens,
        store: false,
        ...(searches > 0
          ? {
              tools: [{ type: 'web_search' as const, search_context_size: 'low' as const }],
              max_tool_calls: searches,
              // With a schema the model's citations may be missing; the pages its searches gave are always told.
              include: ['web_search_call.action.sources' as const],
            }
          : {}),
      },
      { signal },
    );
    const response = await Promise.race([request, aborted(signal, prompt.name)]).catch((error: unknown) => {
      throw busyError(error, openai.default) ?? error;
    });
    return readAnswer(Answered.parse(response), prompt.answer);
  };
}

function readAnswer<Answer extends z.ZodType>({ output, usage }: Answered, schema: Answer): WebAnswer<z.infer<Answer>> {
  const contents = output.flatMap(({ type, content }) => (type === 'message' ? (content ?? []) : []));
  const text = contents.map(({ type, text = '' }) => (type === 'output_text' ? text : '')).join('');
  const parsed = schema.safeParse(parseJson(text));
  const searched = output.flatMap(({ type, action }) => (type === 'web_search_call' && action ? [action] : []));
  const cited = contents.flatMap(({ annotations }) => (annotations ?? []).filter(({ type }) => type === 'url_citation'));
  const pages = [...cited, ...searched, ...searched.flatMap(({ sources }) => sources ?? [])];
  const tokens = tokensOf(usage?.input_tokens, usage?.output_tokens);
  // Opening a page of the results is part of its search.
  const searches = searched.filter(({ type }) => type === 'search').length;
  return {
    answer: parsed.success ? parsed.data : null,
    sources: [...new Set(pages.flatMap(({ url }) => url ?? []))],
    usage: tokens && { searches, ...tokens },
  };
}

function busyError(error: unknown, client: typeof OpenAI): ModelBusy | null {
  if (!(error instanceof client.APIError) || error.status !== 429) return null;
  // Without credit no waiting helps.
  if (error.code === 'insufficient_quota') return null;
  const said = error.headers?.get('retry-after') ?? '';
  const waitMs = /^\d+(\.\d+)?$/.test(said) ? Number(said) * 1_000 : Date.parse(said) - Date.now();
  const wait = Number.isFinite(waitMs) && waitMs >= 0 ? waitMs : WAIT_MS.unsaid;
  return new ModelBusy(Math.min(Math.ceil(wait), WAIT_MS.most), { cause: error });
}
