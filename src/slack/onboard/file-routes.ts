import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Deps, Route } from '../../deps.ts';
import { Refusal } from '../../errors.ts';
import { type FileLink, type Holder, readFileLink } from '../../onboard/files/file-link.ts';
import { findDocument } from '../../onboard/files/find-document.ts';
import { html } from '../../onboard/pages/html.ts';
import { PAGE_HEADERS, pageLayout } from '../../onboard/pages/page-layout.ts';
import { PAGE_WORDS, type PageKind } from '../../onboard/pages/page-words.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { findRole } from '../../programme/workspaces/role-repository.ts';
import { type Audience, demandAudience } from '../audience.ts';

type Tools = Pick<Deps, 'linkKey' | 'log' | 'now' | 'slackFor'>;
type Answer = { status: number; headers: Record<string, string>; body: Buffer };

/** `{PUBLIC_URL}/files/{token}`: documents that Slack did not take. Whoever has the link has the file, so it holds only as long as its holder would be
 *  given the file in Slack: Slack is asked anew who they are, and the document is looked up anew. Looking changes nothing. */
export function fileRoutes(tools: Tools): Route[] {
  return [{ path: '/files/:token', method: ['GET', 'HEAD'], handler: (request, response) => respond(request, response, tools) }];
}

async function respond(request: IncomingMessage, response: ServerResponse, tools: Tools): Promise<void> {
  const { status, headers, body } = await answer(request, tools).catch((err: unknown) => {
    tools.log.error({ err }, 'a file could not be handed out');
    return page('broken', 503);
  });
  response.writeHead(status, { ...PAGE_HEADERS, 'cache-control': 'private, no-store', ...headers, 'content-length': body.length });
  response.end(request.method === 'HEAD' ? undefined : body);
}

async function answer({ url = '' }: IncomingMessage, tools: Tools): Promise<Answer> {
  const at = tools.now();
  const link = readFileLink(url.split('?')[0]?.split('/').at(-1) ?? '', tools.linkKey, at);
  if (!link) return page('fileEnded', 410);
  const { workspaceId, document, holder } = link;
  try {
    await demandAudience(await tools.slackFor(workspaceId), workspaceId, audienceOf(holder));
    const { name, bytes } = await findDocument(await actorOf(link), document, at);
    tools.log.info({ workspace: workspaceId, document: document.kind, holder: holder.kind }, 'file handed out by its link');
    return { status: 200, headers: { 'content-type': 'application/octet-stream', 'content-disposition': attachment(name) }, body: bytes };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    tools.log.info({ workspace: workspaceId, document: document.kind, code: error.code }, 'file not handed out by its link');
    return page('fileGone', 410);
  }
}

function audienceOf(holder: Holder): Audience {
  if (holder.kind !== 'partner-channel') return holder;
  const { kind, channel, partnerId } = holder;
  return { kind, channel, shown: { object: 'asset', partnerId } };
}

/** Who the holder is for the rules of access. A channel reads as nobody in particular of its partner. */
async function actorOf({ workspaceId, holder }: FileLink): Promise<Actor> {
  if (holder.kind === 'person') {
    const { userId } = holder;
    return { kind: 'member', workspaceId, userId, role: (await findRole(workspaceId, userId)) ?? 'member' };
  }
  const { partnerId } = holder;
  return { kind: 'partner', workspaceId, userId: holder.kind === 'partner-person' ? holder.userId : '', teamId: '', partnerId };
}

function page(kind: PageKind, status: number): Answer {
  const { title, text } = PAGE_WORDS[kind];
  return { status, headers: {}, body: Buffer.from(pageLayout(title, html`<p>${text}</p>`, null)) };
}

/** To be kept, never shown by the browser. Names come from people: the plain one keeps letters, digits and a few marks, the other is encoded as
 *  RFC 8187 has it, by way of bytes, because half of a surrogate pair cannot be. */
function attachment(name: string): string {
  const plain = name.replace(/[^\w. -]/g, '_');
  const encoded = encodeURIComponent(
    Buffer.from(name)
      .toString()
      .replace(/[\p{Cc}\p{Cf}/\\]/gu, '_'),
  ).replace(/['()*!]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
