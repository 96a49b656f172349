import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Cast, defaultCast } from './cast.ts';
import { type Driver, driverOf } from './driver.ts';
import { startEmulator } from './emulator.ts';
import { download, takeUpload } from './files.ts';
import { textOf } from './json.ts';
import { startMailbox, type Trouble } from './mailbox.ts';
import { servePage } from './page.ts';
import { servePageApi } from './page-api.ts';
import { useResponseUrl } from './response-url.ts';
import { answerCall } from './web-api.ts';
import { bodyOf, fieldsOf, sendJson, sendText } from './web-request.ts';
import { changed, isExternal, meetsBot, openDirect, type World } from './world.ts';

export type SandboxOptions = Partial<Cast> & {
  /** Where the app listens, without a path. */
  appUrl?: string;
  /** When an event that was not taken is sent again; Slack's own: at once, after one minute, after five. */
  retryDelaysMs?: number[];
  /** Where the page and the Web API listen; another free port when it is taken, or when none is named. */
  port?: number;
};

export type Sandbox = Driver & {
  /** The page a person opens. */
  url: string;
  /** For SLACK_API_URL. */
  apiUrl: string;
  smtpUrl: string;
  mailTrouble: Trouble;
  setAppUrl(url: string): void;
  /** For an app that believes another time than ours. */
  setAppClock(now: () => Date): void;
  close(): Promise<void>;
};

/** Starts a local Slack and a mailbox on free ports of this machine. Without options: the default cast. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { appUrl = null, retryDelaysMs = [0, 60_000, 300_000], port = 0, ...cast } = options;
  let world: World | undefined;
  const server = createServer((request, response) => {
    if (!world) return sendText(response, 'Starting', 503);
    route(world, request, response).catch((error: unknown) => {
      sendJson(response, { ok: false, error: error instanceof Error ? error.message : String(error) }, 500);
    });
  });
  const url = await listen(server, port);
  const running = await makeWorld({ ...defaultCast, ...cast }, url, appUrl, retryDelaysMs);
  world = running;
  const mailbox = await startMailbox((mail) => {
    running.mail.push(mail);
    changed(running);
  });
  return {
    ...driverOf(running),
    url,
    apiUrl: `${url}/api/`,
    smtpUrl: mailbox.url,
    mailTrouble: mailbox.trouble,
    setAppUrl(appAt) {
      running.appUrl = appAt.replace(/\/$/, '');
    },
    setAppClock(now) {
      running.appClock = () => now().getTime();
    },
    async close() {
      for (const timer of running.timers) clearTimeout(timer);
      server.closeAllConnections();
      await Promise.all([new Promise((resolve) => server.close(resolve)), running.emulator.close(), mailbox.close()]);
    },
  };
}

async function listen(server: Server, port: number): Promise<string> {
  await new Promise<void>((resolve) => {
    server.once('error', () => server.listen(0, '127.0.0.1'));
    server.listen(port, '127.0.0.1', resolve);
  });
  // A TCP server's address is never a pipe's name.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function makeWorld(cast: Cast, url: string, appUrl: string | null, retryDelaysMs: number[]): Promise<World> {
  const world: World = {
    cast,
    url,
    appUrl,
    appClock: Date.now,
    emulator: await startEmulator(cast, url),
    channels: new Map(),
    messages: [],
    invitations: [],
    modals: new Map(),
    homes: new Map(),
    mail: [],
    calls: [],
    triggers: new Map(),
    responseUrls: new Map(),
    rateLimits: new Map(),
    stubs: new Map(),
    files: new Map(),
    version: 1,
    watchers: new Set(),
    timers: new Set(),
    retryDelaysMs,
  };
  for (const channel of cast.channels)
    world.channels.set(channel.id, {
      ...channel,
      archived: false,
      members: [...channel.members, ...(channel.bot ? [cast.app.botUserId] : [])],
    });
  // Everybody who can see the bot can write to it from the start: colleagues, and partners' people who share a channel with it.
  for (const person of cast.people) if (!isExternal(world, person) || meetsBot(world, person)) await openDirect(world, person.id);
  return world;
}

async function route(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', world.url);
  const path = url.pathname;
  if (path.startsWith('/api/')) return serveApi(world, request, response, url);
  if (path.startsWith('/sandbox/')) return servePageApi(world, request, response, url);
  if (path.startsWith('/actions/')) {
    const { status, text } = await useResponseUrl(world, path.split('/').at(-1) ?? '', (await bodyOf(request)).toString());
    return sendText(response, text, status);
  }
  if (path.startsWith('/files-pri/')) return download(world, request, response, path + url.search);
  if (path.startsWith('/upload/')) return takeUpload(world, request, response, path);
  if (!(await servePage(response, path))) sendText(response, 'There is nothing at this address.', 404);
}

async function serveApi(world: World, request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
  const raw = (await bodyOf(request)).toString();
  const args = fieldsOf(raw, request.headers['content-type'] ?? '', url.searchParams);
  const token = (request.headers.authorization ?? '').replace(/^Bearer\s+/i, '') || textOf(args.token);
  const { status, body, headers } = await answerCall(world, url.pathname.slice('/api/'.length), args, token);
  sendJson(response, body, status, headers);
}
