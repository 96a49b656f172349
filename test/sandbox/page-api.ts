import type { IncomingMessage, ServerResponse } from 'node:http';
import { act } from './actions.ts';
import { typeCommand } from './commands.ts';
import type { MailAnswer, SandboxAction, ViewValues } from './contract.ts';
import { sentFile, uploadFile } from './files.ts';
import { answerInvitation } from './invitations-for.ts';
import { type Json, jsonOf, listOf, parsed, textOf } from './json.ts';
import { bounce, outOfOffice, reply, unsubscribe } from './recipient.ts';
import { stateFor } from './state.ts';
import { dismiss, submit } from './submissions.ts';
import { openHome, say } from './talk.ts';
import { bodyOf, sendJson, sendText } from './web-request.ts';
import { getPerson, type World } from './world.ts';

type Doing = (world: World, given: Json) => unknown;

/** What the page may ask for, by the path after `/sandbox/`; `contract.ts` is the description. */
const DOINGS: Record<string, Doing> = {
  command: (world, { as, channel, text }) => typeCommand(world, getPerson(world, textOf(as)), textOf(channel), textOf(text)),
  message: (world, { as, channel, text, threadTs, files }) =>
    say(world, getPerson(world, textOf(as)), textOf(channel), textOf(text), textOf(threadTs) || undefined, listOf(files)),
  // The page is ours and sends what the contract says; both sides are compiled against it.
  action: (world, { as, action }) => act(world, getPerson(world, textOf(as)), action as SandboxAction),
  submit: (world, { as, viewId, values }) => submit(world, getPerson(world, textOf(as)), textOf(viewId), jsonOf(values) as ViewValues),
  close: (world, { as, viewId }) => dismiss(world, getPerson(world, textOf(as)), textOf(viewId)),
  mail: (world, { mail, did, text }) => playRecipient(world, textOf(mail), textOf(did), textOf(text)),
  invitation: (world, { as, id, did, approval }) =>
    answerInvitation(world, getPerson(world, textOf(as)), textOf(id), textOf(did), textOf(approval)),
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
  if (name === 'file') {
    const file = await sentFile(world, as, url.searchParams.get('id') ?? '');
    if (!file) return sendText(response, 'There is no such file here.', 404);
    response.writeHead(200, {
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    });
    return void response.end(file.bytes);
  }
  const doing = Object.hasOwn(DOINGS, name) ? DOINGS[name] : undefined;
  if (!doing) return sendJson(response, { ok: false, error: `There is no /sandbox/${name}.` }, 404);
  sendJson(response, await doing(world, jsonOf(parsed((await bodyOf(request)).toString()))));
}

/** What a person does with a mail who plays its recipient. */
async function playRecipient(world: World, id: string, did: string, text: string): Promise<Json> {
  const mail = world.mail.find((one) => one.id === id);
  if (!mail) return { ok: false, error: 'This mail is not here any more.' };
  if (did === 'reply' && !text.trim()) return { ok: false, error: 'Write an answer first.' };
  const plays: Record<string, () => Promise<MailAnswer>> = {
    reply: () => reply(world, mail, text),
    away: () => outOfOffice(world, mail),
    unsubscribe: () => unsubscribe(world, mail),
    bounce: () => bounce(world, mail),
  };
  const play = Object.hasOwn(plays, did) ? plays[did] : undefined;
  return play ? { ok: true, answer: await play() } : { ok: false, error: `Nobody can do “${did}” with a mail.` };
}

function watch(world: World, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  const tell = (version: number) => response.write(`data: ${version}\n\n`);
  tell(world.version);
  world.watchers.add(tell);
  response.on('close', () => world.watchers.delete(tell));
}
