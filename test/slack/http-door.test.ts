import { once } from 'node:events';
import { createServer, type RequestListener, request, type Server } from 'node:http';
import type { Receiver } from '@slack/bolt';
import { afterEach, expect, test } from 'vitest';
import { createLog } from '../../src/log.ts';
import { clientLogger } from '../../src/slack/client-logger.ts';
import { createBodyReader, openDoor } from '../../src/slack/http-door.ts';

const logger = clientLogger(createLog('silent'));
const idle = async () => {};
const nobody: Receiver = { init: () => {}, start: idle, stop: idle };
const door = (host: string | undefined, port = 0, slack: RequestListener | null = null) =>
  openDoor({ routes: [], host, port, logger }, slack, nobody);
const open: { stop: () => Promise<unknown> }[] = [];
afterEach(async () => {
  for (const { stop } of open.splice(0)) await stop();
});

async function started(receiver: Receiver): Promise<{ address: string; port: number }> {
  // What `start` of an open door resolves with.
  const server = (await receiver.start()) as Server;
  open.push(receiver);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address;
}

test('it listens where it is told', async () => {
  expect((await started(door('127.0.0.1'))).address).toBe('127.0.0.1');
  expect((await started(door('0.0.0.0'))).address).toBe('0.0.0.0');
  expect(['::', '0.0.0.0']).toContain((await started(door(undefined))).address);
});

test('a place that cannot be had is said in a sentence', async () => {
  const { port } = await started(door('127.0.0.1'));
  await expect(door('127.0.0.1', port).start()).rejects.toThrow(/Another program listens there\. Stop it, or set PORT/);
  await expect(door('203.0.113.7').start()).rejects.toThrow(/no address of this machine\. Set HOST/);
});

test('without Slack behind it, its path is no door', async () => {
  const { port } = await started(door('127.0.0.1'));
  expect((await fetch(`http://127.0.0.1:${port}/slack/events`, { method: 'POST', body: '{}' })).status).toBe(404);
});

test('bodies are bounded one by one and together, and a place is free again after each', async () => {
  const readBody = createBodyReader(1_000);
  const server = createServer((incoming, response) => {
    readBody(incoming, 600).then(
      (body) => response.end(typeof body === 'string' ? body : String(body.length)),
      () => incoming.destroy(),
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  open.push({ stop: async () => server.close().closeAllConnections() });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const begin = (bytes: number) => {
    const sending = request({ host: '127.0.0.1', port: address.port, method: 'POST', headers: { 'transfer-encoding': 'chunked' } });
    sending.on('error', () => {});
    sending.write('x'.repeat(bytes));
    const answer = once(sending, 'response').then(async ([response]) => {
      const parts: string[] = [];
      for await (const part of response) parts.push(String(part));
      return parts.join('');
    });
    return { sending, answer };
  };
  expect(await begin(700).answer).toBe('too-large');
  const held = begin(500);
  const slow = begin(400);
  await new Promise((done) => setTimeout(done, 300));
  expect(await begin(300).answer).toBe('too-many');
  held.sending.end();
  expect(await held.answer).toBe('500');
  const next = begin(300);
  next.sending.end();
  expect(await next.answer).toBe('300');
  // Never ended: cut off after the seconds that Slack waits.
  await expect(slow.answer).rejects.toThrow();
});
