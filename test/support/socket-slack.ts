import { createServer } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Sandbox } from '../sandbox/server.ts';

export type SocketSlack = {
  apiUrl: string;
  /** The connections that Slack may still use, oldest first. */
  open: () => WebSocket[];
  /** What the app sent, in order. */
  received: { envelope_id?: string; payload?: unknown }[];
  /** How often an envelope was acknowledged. */
  acknowledged: (envelopeId: string) => number;
  /** Sends no more over these connections; once nothing is under way, Slack closes them. */
  retire: (sockets: WebSocket[]) => void;
  /** Hands one message to any one of the open connections, as Slack does; false when there is none. */
  send: (message: unknown) => boolean;
  close: () => void;
};

/** Slack's side of Socket Mode: `apps.connections.open` names a socket, which greets; every other call goes to the sandbox. */
export async function startSocketSlack(sandbox: Sandbox): Promise<SocketSlack> {
  const server = createServer();
  const sockets = new WebSocketServer({ server });
  const received: SocketSlack['received'] = [];
  let sent = 0;
  let port = 0;
  server.on('request', async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    if (request.url?.endsWith('apps.connections.open')) {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ ok: true, url: `ws://127.0.0.1:${port}/link` }));
      return;
    }
    const headers = { 'content-type': request.headers['content-type'] ?? '', authorization: request.headers.authorization ?? '' };
    const answer = await fetch(`${sandbox.url}${request.url}`, { method: 'POST', headers, body: Buffer.concat(chunks) });
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  port = address.port;
  sockets.on('connection', (socket) => {
    socket.on('message', (data) => received.push(JSON.parse(String(data))));
    socket.send(JSON.stringify({ type: 'hello', num_connections: 1, connection_info: { app_id: 'A1' }, debug_info: {} }));
  });
  const retired = new Set<WebSocket>();
  const open = () => [...sockets.clients].filter((socket) => socket.readyState === 1 && !retired.has(socket));
  const send = (message: unknown) => {
    const choice = open();
    sent += 1;
    choice[sent % choice.length]?.send(typeof message === 'string' ? message : JSON.stringify(message));
    return choice.length > 0;
  };
  const retire = (leaving: WebSocket[]) => {
    for (const socket of leaving) retired.add(socket);
  };
  const acknowledged = (id: string) => received.filter(({ envelope_id }) => envelope_id === id).length;
  const close = () => {
    for (const socket of sockets.clients) socket.terminate();
    sockets.close();
    server.close();
  };
  return { apiUrl: `http://127.0.0.1:${port}/api/`, open, received, acknowledged, retire, send, close };
}
