import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { refusalSentence } from '../../../blocks/refusals.ts';
import { sendPageLinks } from '../../../jobs/onboard/send-page-links.ts';
import type { Deps, Route } from '../../deps.ts';
import { Refusal } from '../../errors.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import { mayShow } from '../partners/may-show.ts';
import { fieldHtml, type Html, html } from './html.ts';
import { PAGE_HEADERS, pageLayout } from './page-layout.ts';
import { createLimit, isFromElsewhere, readForm, secretIn, sessionCookie } from './page-request.ts';
import { FORM_TOKEN, type PageFile, type PageSection } from './page-section.ts';
import {
  ADDRESS_LABEL,
  ADDRESS_WRONG,
  ASK_BUTTON,
  HOME_LINK,
  helloWords,
  LEAVE_BUTTON,
  OPEN_BUTTON,
  PAGE_WORDS,
  type PageKind,
} from './page-words.ts';
import { isFormToken } from './secret.ts';
import { enterPage, findVisit, isLinkOpen, leavePage, type Visit } from './visit.ts';

type Tools = Pick<Deps, 'enqueue' | 'log' | 'now' | 'publicUrl'>;
type Asked = { request: IncomingMessage; tools: Tools; base: string; sections: readonly PageSection[] };
/** `back`: the page to return to, when there is one. */
type Answer = { status: number; title: string; body: Html; back?: boolean; headers?: Record<string, string>; file?: PageFile };

/** `{PUBLIC_URL}/page`: what partners' people use who have no Slack with us. Looking changes nothing; what a form does, the same use cases do as in
 *  Slack, by the same rule. Works without script. `tools` is read at each request. */
export function pageRoutes(tools: Tools, sections: readonly PageSection[]): Route[] {
  const route = (path: string, method: string[], answer: (asked: Asked) => Promise<Answer>): Route => ({
    path,
    method,
    handler: (request, response) => respond({ request, tools, base: baseOf(tools), sections }, response, answer),
  });
  const mayAsk = createLimit();
  return [
    route('/page/link/:secret', ['GET', 'HEAD'], lookAtLink),
    route('/page/link/:secret', ['POST'], enter),
    route('/page/new-link', ['GET', 'HEAD'], async ({ base }) => away(base, 'away', 200)),
    route('/page/new-link', ['POST'], (asked) => askLink(asked, mayAsk)),
    route('/page/leave', ['POST'], leave),
    route('/page', ['GET', 'HEAD'], home),
    route('/page/:section', ['GET', 'HEAD'], (asked) => visiting(asked, showSection)),
    route('/page/:section', ['POST'], (asked) => visiting(asked, takeSection)),
  ];
}

/** Where the page lies on its host: a proxy may have put it below a path. */
function baseOf({ publicUrl }: Tools): string {
  return `${publicUrl ? new URL(publicUrl).pathname.replace(/\/+$/, '') : ''}/page`;
}

async function respond({ request, tools, base, sections }: Asked, response: ServerResponse, answer: (asked: Asked) => Promise<Answer>) {
  const isForged = request.method === 'POST' && isFromElsewhere(request);
  const answering = isForged ? Promise.resolve(plain('forged', 403)) : answer({ request, tools, base, sections });
  const { status, title, body, back, headers, file } = await answering.catch((error: unknown): Answer => {
    if (error instanceof Refusal) return { ...plain('refused', 403), body: html`<p>${sentenceOf(error)}</p>`, back: true };
    tools.log.error({ err: error }, 'a partner’s page could not be answered');
    return plain('broken', 503);
  });
  if (file) return sendFile(response, file);
  const page = pageLayout(title, body, back ? { href: base, label: HOME_LINK } : null);
  const isOver = status === 413 ? { connection: 'close' } : {};
  response.writeHead(status, { ...PAGE_HEADERS, ...isOver, ...headers, 'content-length': Buffer.byteLength(page) });
  response.end(request.method === 'HEAD' ? undefined : page);
}

/** To be kept, never shown by the browser: it may be of anybody's making. */
function sendFile(response: ServerResponse, { name, bytes }: PageFile): void {
  response.writeHead(200, {
    ...PAGE_HEADERS,
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
    'content-length': bytes.length,
  });
  response.end(bytes);
}

/** Without the marks that Slack reads. */
function sentenceOf({ code, details }: Refusal): string {
  return refusalSentence(code, details).replace(/[*`]/g, '').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

function plain(kind: PageKind, status: number): Answer {
  const { title, text } = PAGE_WORDS[kind];
  return { status, title, body: html`<p>${text}</p>` };
}

/** A page for whoever has no session, with the way to one. */
function away(base: string, kind: 'ended' | 'away', status: number, wrong?: string): Answer {
  const { title, text } = PAGE_WORDS[kind];
  const field = fieldHtml({ kind: 'email', name: 'email', label: ADDRESS_LABEL, value: '', max: 200, wrong });
  return {
    status,
    title,
    body: html`<p>${text}</p><form method="post" action="${base}/new-link">${field}<button>${ASK_BUTTON}</button></form>`,
  };
}

async function lookAtLink({ request, base, tools }: Asked): Promise<Answer> {
  if (!(await isLinkOpen(lastPart(request), tools.now()))) return away(base, 'ended', 410);
  const { title, text } = PAGE_WORDS.ask;
  return { status: 200, title, body: html`<p>${text}</p><form method="post"><button>${OPEN_BUTTON}</button></form>` };
}

async function enter({ request, base, tools }: Asked): Promise<Answer> {
  const secret = await enterPage(lastPart(request), tools.now());
  if (!secret) return away(base, 'ended', 410);
  return redirect(base, { 'set-cookie': sessionCookie(secret, base, tools.publicUrl) });
}

function redirect(to: string, headers: Record<string, string>): Answer {
  return { status: 303, title: HOME_LINK, body: html`<p><a href="${to}">${HOME_LINK}</a></p>`, headers: { ...headers, location: to } };
}

const Ask = z.object({ email: z.email().max(200) });

/** The same words for every address: nobody learns here who is a partner. */
async function askLink({ request, base, tools }: Asked, mayAsk: ReturnType<typeof createLimit>): Promise<Answer> {
  const form = await readForm(request);
  if (!form) return plain('large', 413);
  const asked = Ask.safeParse({ email: form.get('email')?.trim().toLowerCase() });
  if (!asked.success) return away(base, 'away', 422, ADDRESS_WRONG);
  if (!mayAsk(asked.data.email, tools.now())) return plain('often', 429);
  await tools.enqueue(sendPageLinks, { id: randomUUID(), email: asked.data.email });
  return plain('sent', 200);
}

async function leave({ request, base, tools }: Asked): Promise<Answer> {
  const form = await readForm(request);
  const secret = secretIn(request);
  if (!form || !isFormToken(form.get(FORM_TOKEN) ?? '', secret)) return plain('forged', 403);
  await leavePage(secret);
  return { ...plain('left', 200), headers: { 'set-cookie': sessionCookie('', base, tools.publicUrl) } };
}

async function home({ request, base, tools, sections }: Asked): Promise<Answer> {
  const visit = await findVisit(secretIn(request), tools.now());
  if (!visit) return away(base, 'away', 401);
  const { partner, contact, formToken } = visit;
  const { company } = await getProgramme(partner.workspaceId);
  const theirs = sections.filter(({ isFor }) => isFor?.(partner) ?? true);
  const links = theirs.map(({ path, title }) => html`<li><a href="${base}/${path}">${title}</a></li>`);
  const body = html`<p>${helloWords(contact.name, partner.name, company?.name ?? 'us')}</p>
<ul class="list">${links}</ul>
<form method="post" action="${base}/leave"><input type="hidden" name="${FORM_TOKEN}" value="${formToken}"><button>${LEAVE_BUTTON}</button></form>`;
  return { status: 200, title: HOME_LINK, body };
}

type InSection = (visit: Visit, section: PageSection, request: IncomingMessage) => Promise<Answer>;

async function visiting({ request, base, tools, sections }: Asked, answer: InSection): Promise<Answer> {
  const visit = await findVisit(secretIn(request), tools.now());
  if (!visit) return away(base, 'away', 401);
  const section = sections.find(({ path, isFor }) => path === lastPart(request) && (isFor?.(visit.partner) ?? true));
  if (!section) return { ...plain('unknown', 404), back: true };
  const shown = { object: section.object, partnerId: visit.partner.id };
  if (!mayShow(shown, { reader: visit.actor, place: { kind: 'unclear' }, surface: 'page' })) throw new Refusal('partner-only');
  return { ...(await answer(visit, section, request)), back: true };
}

const showSection: InSection = async (visit, { title, show }, { url = '' }) => {
  const asked = new URLSearchParams(url.split('?')[1] ?? '');
  return { status: 200, title, body: await show(visit, asked) };
};

const takeSection: InSection = async (visit, { title, take }, request) => {
  const form = await readForm(request);
  if (!form) return plain('large', 413);
  if (!take || !isFormToken(form.get(FORM_TOKEN) ?? '', secretIn(request))) return plain('forged', 403);
  const taken = await take(visit, form);
  return 'bytes' in taken ? { status: 200, title, body: html``, file: taken } : { status: 200, title, body: taken };
};

function lastPart({ url = '' }: IncomingMessage): string {
  return url.split('?')[0]?.split('/').at(-1) ?? '';
}
