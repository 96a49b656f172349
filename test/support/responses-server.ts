import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type ResponsesRequest = {
  model: string;
  instructions: string;
  input: string;
  tools?: { type: string }[];
  max_tool_calls?: number;
  include?: string[];
  text: { format: { type: string; name: string; strict: boolean } };
};

type Found = {
  answer: unknown;
  sources?: string[];
  cited?: string[];
  searches?: number;
  usage?: { input_tokens: number; output_tokens: number } | null;
};
/** What the model answers: an answer with the pages behind it, a status with headers, a body sent as it is, or nothing at all. */
export type ResponsesReply = Found | { status: number; headers?: Record<string, string>; code?: string } | { body: string } | 'hang';

/** A local server that speaks the Responses API with the web search tool. A question in chat completions, such as the second reader's in
 *  the same product, is answered with no verdict and counts nowhere. `replyTo` sees each request; a list is given in turn, the last
 *  one for good. `waiting` counts the questions that were never answered and not given up either. */
export async function startResponsesServer(replyTo: ResponsesReply[] | ((request: ResponsesRequest, n: number) => ResponsesReply)) {
  const requests: ResponsesRequest[] = [];
  const open = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (request.url?.endsWith('/chat/completions')) return noVerdict(response);
      const asked: ResponsesRequest = JSON.parse(Buffer.concat(chunks).toString());
      requests.push(asked);
      const n = requests.length;
      const reply = typeof replyTo === 'function' ? replyTo(asked, n) : replyTo[Math.min(n, replyTo.length) - 1];
      open.add(response);
      response.on('close', () => open.delete(response));
      answer(response, reply ?? 'hang');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A TCP server's address is never a pipe's name.
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  const env = { OPENAI_API_KEY: 'sk-test', OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1`, OPENAI_MODEL: 'test-model' };
  const config = { ...env, OPENAI_PRICES: '0.25,2,10', RESEARCH_USD_PER_DAY: 3 };
  return { env, config, requests, waiting: () => open.size, close };
}

function noVerdict(response: ServerResponse): void {
  const message = { role: 'assistant', content: JSON.stringify({ verdict: 'partner', otherType: 'none', quote: '' }) };
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ id: 'c1', object: 'chat.completion', choices: [{ index: 0, message, finish_reason: 'stop' }] }));
}

function answer(response: ServerResponse, reply: ResponsesReply): void {
  if (reply === 'hang') return;
  response.setHeader('content-type', 'application/json');
  if ('status' in reply) {
    for (const [name, value] of Object.entries(reply.headers ?? {})) response.setHeader(name, value);
    response.writeHead(reply.status).end(JSON.stringify({ error: { message: 'no', type: 'test', code: reply.code ?? null } }));
  } else if ('body' in reply) response.end(reply.body);
  else response.end(JSON.stringify(responseOf(reply)));
}

/** Shaped as OpenAI's documentation shows a response with web search. */
function responseOf({ answer: said, sources = [], cited = [], searches = 1, usage = { input_tokens: 9_000, output_tokens: 900 } }: Found) {
  const text = typeof said === 'string' ? said : JSON.stringify(said);
  const annotations = cited.map((url) => ({ type: 'url_citation', url, title: 'A page', start_index: 0, end_index: 1 }));
  const search = (n: number) => ({
    id: `ws_${n}`,
    type: 'web_search_call',
    status: 'completed',
    action: { type: 'search', query: 'q', queries: ['q'], sources: n === 0 ? sources.map((url) => ({ type: 'url', url })) : [] },
  });
  return {
    id: 'resp_1',
    object: 'response',
    created_at: 1,
    status: 'completed',
    model: 'test-model',
    output: [
      { id: 'rs_1', type: 'reasoning', summary: [] },
      ...Array.from({ length: searches }, (_, n) => search(n)),
      { id: 'msg_1', type: 'message', role: 'assistant', status: 'completed', content: [{ type: 'output_text', text, annotations }] },
    ],
    ...(usage ? { usage: { ...usage, total_tokens: usage.input_tokens + usage.output_tokens } } : {}),
  };
}
