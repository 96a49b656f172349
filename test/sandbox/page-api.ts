import type { IncomingMessage, ServerResponse } from 'node:http';
import { act } from './actions.ts';
import { typeCommand } from './commands.ts';
import type { SandboxAction, ViewValues } from './contract.ts';
import { uploadFile } from './files.ts';
import { type Json, jsonOf, parsed, textOf } from './json.ts';
import { stateFor } from './state.ts';
import { dismiss, submit } from './submissions.ts';
import { openHome, say } from './talk.ts';
import { bodyOf, sendJson } from './web-request.ts';
import { getPerson, type World } from './world.ts';

type Doing = (world: World, given: Json) => unknown;

/** What the page may ask for, by the path after `/sandbox/`; `contract.ts` is the description. */
const DOINGS: Record<string, Doing> = {
  command: (world, { as, channel, text }) => typeCommand(world, getPerson(world, textOf(as)), textOf(channel), textOf(text)),
  message: (world, { as, channel, text, threadTs }) =>
    say(world, getPerson(world, textOf(as)), textOf(channel), textOf(text), textOf(threadTs) || undefined),
  // The page is ours and sends what the contract says; both sides are compiled against it.
  action: (world, { as, action }) => act(world, getPerson(world, textOf(as)), action as SandboxAction),
  submit: (world, { as, viewId, values }) => submit(world, getPerson(world, textOf(as)), textOf(viewId), jsonOf(values) as ViewValues),
  close: (world, { as, viewId }) => dismiss(world, getPerson(world, textOf(as)), textOf(viewId)),
  home: (world, { as }) => openHome(world, getPerson(world, textOf(as))),
  'rate-limit': (world, { method, seconds }) => {
    world.rateLimits.set(textOf(method), Date.now() + Number(seconds) * 1000);
    return { ok: true };
  },
};

/** Answers `/sandbox/…`. */
export async function servePageApi(world: World, request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
  const name = url.pathname.slice('/sandbox/'.length);
  // A page that has just been opened does not know yet who it is.
  const as = url.searchParams.get('as') || (world.cast.people[0]?.id ?? '');
  if (name === 'state') return sendJson(response, stateFor(world, as));
  if (name === 'events') return watch(world, response);
  if (name === 'upload') {
    const file = await uploadFile(world, as, url.searchParams.get('name') ?? 'file', await bodyOf(request));
    return sendJson(response, { ok: true, file });
  }
  const doing = Object.hasOwn(DOINGS, name) ? DOINGS[name] : undefined;
  if (!doing) return sendJson(response, { ok: false, error: `There is no /sandbox/${name}.` }, 404);
  sendJson(response, await doing(world, jsonOf(parsed((await bodyOf(request)).toString()))));
}

function watch(world: World, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  const tell = (version: number) => response.write(`data: ${version}\n\n`);
  tell(world.version);
  world.watchers.add(tell);
  response.on('close', () => world.watchers.delete(tell));
}
