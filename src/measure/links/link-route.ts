import type { IncomingMessage } from 'node:http';
import { isbot } from 'isbot';
import type { Deps, Route } from '../../deps.ts';
import { isPublicAddress } from '../../discover/website/network.ts';
import { Refusal } from '../../errors.ts';
import { html } from '../../onboard/pages/html.ts';
import { PAGE_HEADERS, pageLayout } from '../../onboard/pages/page-layout.ts';
import type { ClickCounter } from './count-clicks.ts';
import { createFollowLink } from './follow-link.ts';
import { withClick } from './link.ts';
import { NO_SUCH_LINK } from './link-page.ts';

const UNKNOWN = pageLayout(NO_SUCH_LINK.title, html`<p>${NO_SUCH_LINK.text}</p>`, null);
const HEADERS = { 'cache-control': 'no-store', 'x-robots-tag': 'noindex, nofollow', 'content-length': 0 } as const;

/** `GET /r/CODE`: leads to the page of a link, and tells it in the parameter `via` whose click it is. Programs that look at links, and browsers
 *  that fetch a page before anybody asks for it, are led there too and not counted. 404 for what is no link; 503 try again. */
export function linkRoutes({ now, log }: Pick<Deps, 'now' | 'log'>, clicks: Pick<ClickCounter, 'note'>): Route[] {
  const follow = createFollowLink(now);
  const handler: Route['handler'] = async (request, response) => {
    const isHead = request.method === 'HEAD';
    try {
      const followed = await follow(codeIn(request));
      if (!followed) {
        response.writeHead(404, { ...PAGE_HEADERS, 'content-length': Buffer.byteLength(UNKNOWN) });
        return void response.end(isHead ? undefined : UNKNOWN);
      }
      const { counts, target } = followed;
      const location = counts && isPerson(request) ? withClick(target, clicks.note(followed, whoIs(request))) : target;
      response.writeHead(302, { ...HEADERS, location }).end();
    } catch (err) {
      if (!(err instanceof Refusal)) log.error({ err }, 'a link could not be followed');
      response.writeHead(503, { ...HEADERS, 'retry-after': '1' }).end();
    }
  };
  return [{ path: '/r/:code', method: ['GET', 'HEAD'], handler }];
}

function codeIn({ url = '' }: IncomingMessage): string {
  return url.split('?')[0]?.split('/').at(-1) ?? '';
}

/** Somebody who looks at the page now. Source: the Fetch standard for `Sec-Purpose`; `Purpose` and `X-Moz` are its elder names. */
export function isPerson({ method, headers }: Pick<IncomingMessage, 'method' | 'headers'>): boolean {
  const purposes = [headers['sec-purpose'], headers.purpose, headers['x-moz'], headers['x-purpose']];
  if (method !== 'GET' || purposes.some((purpose) => /prefetch|prerender|preview/i.test(String(purpose ?? '')))) return false;
  const agent = headers['user-agent'] ?? '';
  return agent !== '' && !isbot(agent);
}

/** The address as a near proxy has it, which adds it at the end; what stands before that anybody can write, and who comes straight from outside all. */
export function addressOf(peer: string, forwarded: string): string {
  const direct = peer.replace(/^::ffff:/, '');
  // A proxy of ours stands on this machine or in the same private network.
  const isNear = direct !== '' && !isPublicAddress(direct);
  return (isNear && forwarded.split(',').at(-1)?.trim()) || direct;
}

function whoIs({ headers, socket }: IncomingMessage): { address: string; agent: string } {
  const address = addressOf(socket.remoteAddress ?? '', String(headers['x-forwarded-for'] ?? ''));
  return { address, agent: headers['user-agent'] ?? '' };
}
