import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebClient } from '@slack/web-api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { downloadFile } from '../../src/slack/download-file.ts';

/** A Slack that knows one file: what it says of it, and what it gives out under its address. */
let file: Record<string, unknown>;
let given: { type: string; body: string };
let server: Server;
let client: WebClient;
beforeAll(async () => {
  server = createServer((request, response) => {
    const isInfo = request.url?.startsWith('/api/');
    response.writeHead(200, { 'content-type': isInfo ? 'application/json' : given.type });
    response.end(isInfo ? JSON.stringify({ ok: true, file }) : given.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // it listens on a port
  client = new WebClient('xoxb-t', { slackApiUrl: `http://127.0.0.1:${port}/api/` });
  file = { mimetype: 'text/csv', size: 9, url_private_download: `http://127.0.0.1:${port}/files-pri/F1/a.csv` };
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

test('a file comes as it is, a web page that somebody sent included', async () => {
  given = { type: 'text/csv', body: 'a.example' };
  expect(Buffer.from(await downloadFile(client, 'F1')).toString()).toBe('a.example');
  file = { ...file, mimetype: 'text/html' };
  given = { type: 'text/html; charset=utf-8', body: '<p>terms</p>' };
  expect(Buffer.from(await downloadFile(client, 'F1')).toString()).toBe('<p>terms</p>');
});

test('Slack’s sign-in page, which comes with status 200, is not taken for the file', async () => {
  file = { ...file, mimetype: 'text/csv' };
  given = { type: 'text/html; charset=utf-8', body: '<!DOCTYPE html><title>Sign in to Slack</title>' };
  await expect(downloadFile(client, 'F1')).rejects.toMatchObject({ code: 'file-unreadable', details: { problem: 'signed-out' } });
});
