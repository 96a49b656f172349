import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SLACK_USER, workspaceOfToken } from './seed-workspaces.ts';

/** A Web API that says yes to everything in Slack's shapes and counts what was posted: so small that its own cost does not hide ours. */
export type BareSlack = {
  apiUrl: string;
  url: string;
  /** New messages by channel. */
  posted: Map<string, number>;
  /** Channels whose message got its content. */
  filled: Set<string>;
  /** When an answer with the mark has come: that of the response URL, the trigger of the modal, or the person whose Home it is. */
  seen: (mark: string) => Promise<void>;
  close: () => Promise<void>;
};

type Fields = Record<string, string>;

export async function startBareSlack(): Promise<BareSlack> {
  const posted: BareSlack['posted'] = new Map();
  const filled: BareSlack['filled'] = new Set();
  const waiting = new Map<string, () => void>();
  const seen = (mark: string) => new Promise<void>((resolve) => void waiting.set(mark, resolve));
  const tell = (mark: string) => {
    waiting.get(mark)?.();
    waiting.delete(mark);
  };
  const server = createServer((request, response) => void answer(request, response, { posted, filled, tell }));
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // a TCP server's address is never a pipe's name
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url, apiUrl: `${url}/api/`, posted, filled, seen, close };
}

type Heard = Pick<BareSlack, 'posted' | 'filled'> & { tell: (mark: string) => void };

async function answer(request: IncomingMessage, response: ServerResponse, { posted, filled, tell }: Heard) {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const method = request.url?.split('/api/')[1];
  const raw = Buffer.concat(chunks).toString();
  const json = request.headers['content-type']?.includes('json');
  const fields: Fields = method ? (json ? JSON.parse(raw) : Object.fromEntries(new URLSearchParams(raw))) : {};
  const token = request.headers.authorization?.replace('Bearer ', '') ?? fields.token ?? '';
  const channel = fields.channel ?? '';
  if (method === 'chat.postMessage') posted.set(channel, (posted.get(channel) ?? 0) + 1);
  if (method === 'chat.update') filled.add(channel);
  const mark = request.url?.split('/respond/')[1];
  if (mark) tell(mark);
  if (method === 'views.update') tell((fields.view_id ?? '').replace('V-', ''));
  if (method === 'views.publish') tell(fields.user_id ?? '');
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ ok: true, ...answerOf(method ?? '', workspaceOfToken(token), fields) }));
}

/** Source of the shapes: docs.slack.dev/reference/methods, cut to what the product reads. */
function answerOf(method: string, workspaceId: string, { channel = '', trigger_id, view_id }: Fields): object {
  switch (method) {
    case 'auth.test':
      return { team_id: workspaceId, team: workspaceId, user_id: 'U0BOT', bot_id: 'B0BOT' };
    case 'users.info':
      return { user: { id: SLACK_USER, team_id: workspaceId, tz: 'UTC' } };
    case 'conversations.info':
      return { channel: { id: channel, is_member: true, is_ext_shared: false, is_archived: false } };
    case 'chat.postMessage':
    case 'chat.update':
      return { channel, ts: '1795446215.000005' };
    case 'chat.getPermalink':
      return { permalink: `https://bench.slack.example/archives/${channel}/p1795446215000005` };
    case 'views.open':
    case 'views.update':
      // So that what fills the modal says whose it is.
      return { view: { id: view_id ?? `V-${trigger_id}`, hash: '1795446215.bench' } };
    default:
      return {};
  }
}
