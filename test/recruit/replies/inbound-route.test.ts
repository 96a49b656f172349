import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { request } from 'node:http';
import mongoose from 'mongoose';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MOST_BYTES } from '../../../src/recruit/mail/mail.ts';
import type { Draft } from '../../../src/recruit/outreach/draft.ts';
import { findThread } from '../../../src/recruit/outreach/thread-repository.ts';
import { listReplies } from '../../../src/recruit/replies/reply-repository.ts';
import { AT, HOME } from '../../support/builders.ts';
import { aMail, anAnswer } from '../../support/mails.ts';
import { useMongo } from '../../support/mongo.ts';
import { type Product, startProduct } from '../../support/product.ts';
import { aSentDraft } from '../../support/sent.ts';

const { uri } = useMongo();
const SECRET = 'a secret that both sides know';
const NOW = Math.floor(AT.getTime() / 1000);
let product: Product;
let draft: Draft & { messageId: string };
beforeEach(async () => {
  product = await startProduct(uri, { env: { INBOUND_MAIL_SECRET: SECRET }, now: () => AT, workers: false });
  draft = await aSentDraft();
});
afterEach(() => product.stop());

function signed(body: Buffer, { timestamp = NOW as number | string, secret = SECRET } = {}): Record<string, string> {
  const mac = createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest('hex');
  return { 'x-partnerships-timestamp': String(timestamp), 'x-partnerships-signature': `v0=${mac}` };
}

async function post(body: Buffer, headers: Record<string, string> = signed(body), method = 'POST'): Promise<number> {
  const { status } = await fetch(`${product.url}/mail/inbound`, {
    method,
    headers,
    ...(method === 'POST' ? { body: new Uint8Array(body) } : {}),
  });
  return status;
}

const kept = () => listReplies(HOME, draft.threadId);

test('a signed mail is kept before it is answered for, and what follows is done', async () => {
  expect(await post(anAnswer(draft.messageId, 'Yes please.'))).toBe(202);
  expect(await kept()).toMatchObject([{ kind: 'interested' }]);
  expect(await findThread(HOME, draft.threadId)).toMatchObject({ status: 'replied' });
});

test('the same request again, also at the same moment: taken, and one reply', async () => {
  const body = anAnswer(draft.messageId, 'stop');
  const headers = signed(body);
  expect(await Promise.all([post(body, headers), post(body, headers), post(body, headers)])).toEqual([202, 202, 202]);
  expect(await post(body, headers)).toBe(202);
  expect(await kept()).toHaveLength(1);
});

test('somebody else’s mail and noise are taken, and nothing of them is kept', async () => {
  const before = await mongoose.connection.collection('audit').countDocuments();
  for (const body of [aMail('x', { From: 'eve@evil.example' }), Buffer.from([0, 1, 2]), Buffer.alloc(0)])
    expect(await post(body)).toBe(202);
  expect(await mongoose.connection.collection('replies').countDocuments()).toBe(0);
  expect(await mongoose.connection.collection('audit').countDocuments()).toBe(before);
});

describe('refused, and nothing is kept', () => {
  const body = () => anAnswer(draft.messageId, 'stop');
  test.each<[string, (mail: Buffer) => Record<string, string>]>([
    ['not signed', () => ({})],
    ['signed by somebody else', (mail) => signed(mail, { secret: 'another secret of theirs' })],
    ['signed for another mail', () => signed(Buffer.from('another mail'))],
    ['six minutes old', (mail) => signed(mail, { timestamp: NOW - 301 })],
    ['six minutes ahead', (mail) => signed(mail, { timestamp: NOW + 301 })],
    ['of no time', (mail) => signed(mail, { timestamp: 'now' })],
    ['of a time that is no number', (mail) => signed(mail, { timestamp: `${NOW}.5` })],
    ['signed then, sent as if now', (mail) => ({ ...signed(mail, { timestamp: NOW - 3600 }), 'x-partnerships-timestamp': String(NOW) })],
    [
      'a signature cut short',
      (mail) => ({ ...signed(mail), 'x-partnerships-signature': signed(mail)['x-partnerships-signature']?.slice(0, 20) ?? '' }),
    ],
    ['a signature of another kind', (mail) => ({ ...signed(mail), 'x-partnerships-signature': `v1=${'0'.repeat(64)}` })],
  ])('%s: 401', async (_name, headersOf) => {
    const mail = body();
    expect(await post(mail, headersOf(mail))).toBe(401);
    expect(await kept()).toEqual([]);
  });

  test('more than 40 MB, told before or found on the way: 413', async () => {
    const large = Buffer.concat([body(), Buffer.alloc(40_000_001, 'x')]);
    expect(await post(large).catch(() => 413)).toBe(413);
    expect(await postInParts(large, signed(large))).toBe(413);
    expect(await kept()).toEqual([]);
  });

  test('a large mail whose end is not the signed one: 401', async () => {
    const mail = withAttachment();
    const headers = signed(mail);
    mail.write('another end', mail.length - 11);
    expect(await post(mail, headers)).toBe(401);
    expect(await kept()).toEqual([]);
  });

  test('GET is no way in', async () => expect(await post(Buffer.alloc(0), {}, 'GET')).toBe(404));
});

test('“stop” with 12 MB attached is obeyed, and says that not all of it is kept', async () => {
  const mail = withAttachment();
  expect(await post(mail)).toBe(202);
  expect(await kept()).toMatchObject([{ kind: 'opt-out', text: 'stop', isCut: true, attachments: 1 }]);
});

function withAttachment(): Buffer {
  const parts = '--B\nContent-Type: text/plain\n\nstop\n--B\nContent-Type: application/pdf\nContent-Disposition: attachment\n\n';
  const mail = aMail(parts, { 'In-Reply-To': `<${draft.messageId}>`, 'Content-Type': 'multipart/mixed; boundary=B' });
  return Buffer.concat([mail, Buffer.alloc(12_000_000, 'x')]);
}

/** Without a Content-Length. */
function postInParts(body: Buffer, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(
      `${product.url}/mail/inbound`,
      { method: 'POST', headers: { ...headers, 'transfer-encoding': 'chunked' } },
      (response) => {
        resolve(response.statusCode ?? 0);
        response.resume();
      },
    );
    // The server hangs up once it has said so.
    sent.on('error', (error) => ('code' in error && (error.code === 'EPIPE' || error.code === 'ECONNRESET') ? undefined : reject(error)));
    sent.end(body);
  });
}

/** A request that looks signed and whose end does not come. */
function begin(body: Buffer) {
  const headers = { ...signed(Buffer.from('another mail')), 'transfer-encoding': 'chunked' };
  const sending = request(`${product.url}/mail/inbound`, { method: 'POST', headers }).on('error', () => {});
  sending.write(body);
  return sending;
}

test('who sends next to nothing keeps nobody out, and is cut off', async () => {
  const begun = Array.from({ length: 30 }, () => begin(Buffer.from('x')));
  const closed = begun.map((sending) => new Promise((resolve) => sending.on('close', resolve)));
  await Promise.all(begun.map((sending) => once(sending, 'socket')));
  expect(await post(anAnswer(draft.messageId, 'Sounds good.'))).toBe(202);
  await Promise.all(closed);
});

test('a hundred megabytes are read at once; who comes then is asked to try again, and is taken once there is room', async () => {
  const mail = anAnswer(draft.messageId, 'Sounds good.');
  const begun = Array.from({ length: 10 }, () => begin(Buffer.alloc(MOST_BYTES, 'x')));
  const status = async (wanted: number) => {
    for (let tries = 0; tries < 500; tries++) if ((await post(mail)) === wanted) return;
    throw new Error(`never ${wanted}`);
  };
  await status(503);
  for (const sending of begun) sending.destroy();
  await status(202);
});

test('299 seconds off is now', async () => {
  const mail = anAnswer(draft.messageId, 'Yes please.');
  expect(await post(mail, signed(mail, { timestamp: NOW - 299 }))).toBe(202);
  expect(await post(mail, signed(mail, { timestamp: NOW + 299 }))).toBe(202);
});

test('without a secret there is no such address', async () => {
  await product.stop();
  product = await startProduct(uri, { env: { INBOUND_MAIL_SECRET: '' }, workers: false });
  expect(await post(anAnswer(draft.messageId, 'stop'))).toBe(404);
});
