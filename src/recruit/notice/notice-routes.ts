import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Deps, Route } from '../../deps.ts';
import { languageAccepted, PAGE_HEADERS } from '../opt-out/opt-out-page.ts';
import { tokenIn } from '../opt-out/opt-out-routes.ts';
import { TOKEN } from '../opt-out/take-opt-out.ts';
import { findDraftByToken } from '../outreach/draft-repository.ts';
import { noNoticePage, noticePage } from './notice-page.ts';

type Tools = Pick<Deps, 'log' | 'publicUrl'>;
type Answer = { status: number; page: string };

/** `{PUBLIC_URL}/notice/{token}`, the token being that of the opt-out link: the words that were approved with the message, whatever set-up says today.
 *  What was deleted is answered as what never was. Errors end here: Bolt would let one end the process. */
export function noticeRoutes(tools: Tools): Route[] {
  return [{ path: '/notice/:token', method: ['GET', 'HEAD'], handler: (request, response) => answer(request, response, tools) }];
}

async function answer(request: IncomingMessage, response: ServerResponse, tools: Tools): Promise<void> {
  const language = languageAccepted(request.headers['accept-language']);
  const known = await read(tokenIn(request), tools).catch((err: unknown): Answer => {
    tools.log.error({ err }, 'a notice could not be shown');
    return { status: 503, page: noNoticePage('out-of-order', language) };
  });
  const { status, page } = known ?? { status: 404, page: noNoticePage('unknown', language) };
  response.writeHead(status, { ...PAGE_HEADERS, 'content-length': Buffer.byteLength(page) });
  response.end(request.method === 'HEAD' ? undefined : page);
}

async function read(token: string, { publicUrl }: Tools): Promise<Answer | null> {
  const draft = TOKEN.test(token) ? await findDraftByToken(token) : null;
  if (!draft?.notice) return null;
  return { status: 200, page: noticePage(draft.notice, draft.language, `${publicUrl ?? ''}/optout/${token}`) };
}
