import type { IncomingMessage, ServerResponse } from 'node:http';
import { isJson, type Json } from './json.ts';

export async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/** Fields of a Web API call, from JSON, a form or the address. Form fields stay text, as Slack reads them. */
export function fieldsOf(body: string, contentType: string, query: URLSearchParams): Json {
  if (contentType.includes('application/json')) {
    try {
      const read: unknown = JSON.parse(body);
      return isJson(read) ? read : {};
    } catch {
      return {};
    }
  }
  return { ...Object.fromEntries(query), ...Object.fromEntries(new URLSearchParams(body)) };
}

export function sendJson(response: ServerResponse, value: unknown, status = 200, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(JSON.stringify(value));
}

export function sendText(response: ServerResponse, text: string, status = 200, contentType = 'text/plain'): void {
  response.writeHead(status, { 'content-type': `${contentType}; charset=utf-8` });
  response.end(text);
}
