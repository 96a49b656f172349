import type { IncomingMessage, ServerResponse } from 'node:http';
import { stopOutreach } from '../../../jobs/recruit/stop-outreach.ts';
import type { Deps, Route } from '../../deps.ts';
import { FROM_PAGE, languageAccepted, optOutPage, PAGE_HEADERS, type PageKind } from './opt-out-page.ts';
import { findOptOut, optOut } from './take-opt-out.ts';

/** A one-click request has 26 bytes, as a form with parts some hundred. */
const MAX_BYTES = 8 * 1024;

type Tools = Pick<Deps, 'enqueue' | 'log' | 'now'>;
type Answer = { status: number; page: string };

/** `{PUBLIC_URL}/optout/{token}`: looking shows a page and changes nothing, because scanners of mail open every link; POST acts at once.
 *  Source: RFC 8058. Errors end here: Bolt would let one end the process. */
export function optOutRoutes(tools: Tools): Route[] {
  return [{ path: '/optout/:token', method: ['GET', 'HEAD', 'POST'], handler: (request, response) => answer(request, response, tools) }];
}

async function answer(request: IncomingMessage, response: ServerResponse, tools: Tools): Promise<void> {
  const language = languageAccepted(request.headers['accept-language']);
  const { status, page } = await (request.method === 'POST' ? act(request, tools) : look(request)).catch((err: unknown): Answer => {
    tools.log.error({ err }, 'an opt-out could not be answered');
    return { status: 503, page: optOutPage('out-of-order', language) };
  });
  const isOver = status === 413 ? { connection: 'close' } : {};
  // A page is told its length, also when only its head was asked for.
  response.writeHead(status, { ...PAGE_HEADERS, ...isOver, 'content-length': Buffer.byteLength(page) });
  response.end(request.method === 'HEAD' ? undefined : page);
}

async function look(request: IncomingMessage): Promise<Answer> {
  const link = await findOptOut(tokenIn(request));
  return link ? { status: 200, page: optOutPage('ask', link.language, link.address) } : nobody(request, 'unknown', 404);
}

async function act(request: IncomingMessage, { enqueue, log, now }: Tools): Promise<Answer> {
  const body = await readSmall(request);
  if (body === null) return nobody(request, 'too-large', 413);
  const via = new URLSearchParams(body).get(FROM_PAGE.name) === FROM_PAGE.value ? 'page' : 'one-click';
  const done = await optOut(tokenIn(request), via, now());
  if (!done) return nobody(request, 'unknown', 404);
  const { workspaceId, address, language } = done.link;
  // Queued the second time too: the first may have died in between.
  const what = { kind: 'address', value: address } as const;
  await enqueue(stopOutreach, { workspaceId, because: 'opt-out', by: 'recipient', what });
  log.info({ workspace: workspaceId, via, changed: done.changed }, 'a recipient opted out');
  return { status: 200, page: optOutPage('done', language, address) };
}

function nobody({ headers }: IncomingMessage, kind: PageKind, status: number): Answer {
  return { status, page: optOutPage(kind, languageAccepted(headers['accept-language'])) };
}

/** Of a request for `/{page}/{token}`. */
export function tokenIn({ url = '' }: IncomingMessage): string {
  return url.split('?')[0]?.split('/')[2] ?? '';
}

/** Null when there is more than anybody sends who means it. */
async function readSmall(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  // Left before its end, the request stays open for the answer.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
