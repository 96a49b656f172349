import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { simpleParser } from 'mailparser';
import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { MIA } from './cast.ts';
import type { SandboxMail } from './contract.ts';
import { INBOUND_SECRET } from './recipient.ts';
import { type Sandbox, startSandbox } from './server.ts';

type Seen = { url: string; headers: IncomingHttpHeaders; body: Buffer };
let sandbox: Sandbox;
let app: Server;
let appUrl = '';
let status = 202;
const seen: Seen[] = [];

/** An app that keeps what it is asked. */
beforeAll(async () => {
  sandbox = await startSandbox();
  app = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    seen.push({ url: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks) });
    response.writeHead(status).end();
  });
  await new Promise<void>((done) => app.listen(0, '127.0.0.1', done));
  const address = app.address();
  appUrl = `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`;
  sandbox.setAppUrl(appUrl);
});
afterAll(async () => {
  app.close();
  await sandbox.close();
});
beforeEach(() => {
  status = 202;
  seen.length = 0;
  sandbox.mail.length = 0;
});

async function aMail(headers: Record<string, string> = {}): Promise<SandboxMail> {
  const { port, hostname } = new URL(sandbox.smtpUrl);
  await createTransport({ host: hostname, port: Number(port) }).sendMail({
    messageId: '<first@larkspur.example>',
    from: 'Ana Alder <ana@larkspur.example>',
    to: 'Dana Reed <dana@peatworks.example>',
    subject: 'A talk?',
    text: 'Hello Dana,\nshall we talk?',
    headers,
  });
  const [mail] = sandbox.mail;
  if (!mail) throw new Error('no mail came');
  return mail;
}

const last = (): Seen => {
  const one = seen.at(-1);
  if (!one) throw new Error('the app was not asked');
  return one;
};

test('an answer is a mail in the thread, signed, with the original quoted', async () => {
  const mail = await aMail();
  expect(await sandbox.reply(mail, 'Gladly. Tuesday?')).toMatchObject({ did: 'reply', status: 202 });
  const { url, headers, body } = last();
  expect(url).toBe('/mail/inbound');
  const timestamp = headers['x-partnerships-timestamp'];
  const digest = createHmac('sha256', INBOUND_SECRET).update(`v0:${timestamp}:`).update(body).digest('hex');
  expect(headers['x-partnerships-signature']).toBe(`v0=${digest}`);
  const parsed = await simpleParser(body);
  expect(parsed).toMatchObject({ inReplyTo: '<first@larkspur.example>', subject: 'Re: A talk?' });
  expect([parsed.references].flat()).toContain('<first@larkspur.example>');
  expect(parsed.from?.value[0]?.address).toBe('dana@peatworks.example');
  expect(parsed.text).toMatch(/^Gladly\. Tuesday\?[\s\S]*> Hello Dana,\n> shall we talk\?/);
});

test('an out-of-office answer says that a program wrote it', async () => {
  expect(await sandbox.outOfOffice(await aMail())).toMatchObject({ did: 'away', status: 202 });
  const parsed = await simpleParser(last().body);
  expect(parsed.headers.get('auto-submitted')).toBe('auto-replied');
  expect(parsed.text).toContain('out of the office until');
});

test('a bounce is a report with the status and the head of the original', async () => {
  expect(await sandbox.bounce(await aMail())).toMatchObject({ did: 'bounce', status: 202 });
  const text = last().body.toString();
  expect(text).toMatch(/Content-Type: multipart\/report; report-type=delivery-status/);
  for (const line of [
    'Final-Recipient: rfc822; dana@peatworks.example',
    'Action: failed',
    'Status: 5.1.1',
    'Message-ID: <first@larkspur.example>',
  ])
    expect(text).toContain(line);
});

test('unsubscribing asks the link by one click; a mail without the offer, or whose link leads elsewhere, is not followed', async () => {
  const offer = { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };
  const mail = await aMail({ ...offer, 'List-Unsubscribe': `<${appUrl}/optout/abc>, <mailto:ana@larkspur.example>` });
  expect(await sandbox.unsubscribe(mail)).toMatchObject({ did: 'unsubscribe', status: 202 });
  expect(last()).toMatchObject({ url: '/optout/abc', headers: { 'content-type': expect.stringContaining('x-www-form-urlencoded') } });
  expect(last().body.toString()).toBe('List-Unsubscribe=One-Click');
  seen.length = 0;
  sandbox.mail.length = 0;
  expect(await sandbox.unsubscribe(await aMail())).toMatchObject({ status: 0, said: expect.stringContaining('no way') });
  sandbox.mail.length = 0;
  const away = await aMail({ ...offer, 'List-Unsubscribe': '<https://elsewhere.example/x>' });
  expect(await sandbox.unsubscribe(away)).toMatchObject({ status: 0, said: expect.stringContaining('away from this machine') });
  expect(seen).toEqual([]);
});

test('what the app answered stays with the mail, calmly also when it takes none', async () => {
  const mail = await aMail();
  status = 404;
  await sandbox.reply(mail, 'Hello?');
  expect(sandbox.state(MIA).mail[0]?.answers).toMatchObject([{ did: 'reply', status: 404, said: 'The app has nothing at this address.' }]);
  const ask = (given: object) => fetch(`${sandbox.url}/sandbox/mail`, { method: 'POST', body: JSON.stringify({ as: MIA, ...given }) });
  expect(await (await ask({ mail: mail.id, did: 'reply', text: ' ' })).json()).toMatchObject({
    ok: false,
    error: expect.stringContaining('Write'),
  });
  expect(await (await ask({ mail: mail.id, did: 'constructor' })).json()).toMatchObject({ ok: false });
  expect(await (await ask({ mail: 'none', did: 'bounce' })).json()).toMatchObject({ ok: false });
  expect(await (await ask({ mail: mail.id, did: 'bounce' })).json()).toMatchObject({ ok: true, answer: { status: 404 } });
});
