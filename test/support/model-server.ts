import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type ModelRequest = {
  model: string;
  messages: { role: string; content: string }[];
  response_format: { type: string };
  max_completion_tokens?: number;
};
/** One answer: the text of the completion, a status with headers and perhaps its body, a body that is sent as it is, or no answer at all. */
export type ModelReply =
  | { content: string | null; usage?: { prompt_tokens: number; completion_tokens: number } }
  | { status: number; headers?: Record<string, string>; body?: string }
  | { body: string }
  | 'hang';

/** A local server that speaks the chat completions API. Gives `replies` in turn, the last one for good. */
export async function startModelServer(...replies: (ModelReply | ((request: ModelRequest) => ModelReply))[]) {
  const requests: ModelRequest[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const asked: ModelRequest = JSON.parse(Buffer.concat(chunks).toString());
      requests.push(asked);
      const reply = replies[Math.min(requests.length, replies.length) - 1] ?? 'hang';
      answer(response, typeof reply === 'function' ? reply(asked) : reply);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A TCP server's address is never a pipe's name.
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  const config = { OPENAI_API_KEY: 'sk-test', OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1`, OPENAI_MODEL: 'test-model' };
  return { config, requests, close };
}

function answer(response: ServerResponse, reply: ModelReply): void {
  if (reply === 'hang') return;
  response.setHeader('content-type', 'application/json');
  if ('status' in reply) {
    for (const [name, value] of Object.entries(reply.headers ?? {})) response.setHeader(name, value);
    response.writeHead(reply.status).end(reply.body ?? JSON.stringify({ error: { message: 'Wrong key: sk-test', type: 'test' } }));
  } else if ('body' in reply) response.end(reply.body);
  else {
    const message = { role: 'assistant', content: reply.content };
    response.end(
      JSON.stringify({
        id: 'c1',
        object: 'chat.completion',
        created: 1,
        model: 'm',
        choices: [{ index: 0, message, finish_reason: 'stop' }],
        ...(reply.usage ? { usage: reply.usage } : {}),
      }),
    );
  }
}
