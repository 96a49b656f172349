import { connect } from 'node:net';
import mongoose from 'mongoose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { listAudit } from '../../../src/programme/audit/audit-repository.ts';
import { keysOfAddress } from '../../../src/programme/suppression/suppression.ts';
import { countSuppressions, findSuppression } from '../../../src/programme/suppression/suppression-repository.ts';
import { keepOptOutLink, newOptOutToken } from '../../../src/recruit/opt-out/opt-out-link-repository.ts';
import { AT, aContact, HOME } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';
import { type Product, startProduct } from '../../support/product.ts';

const { uri } = useMongo();
let product: Product;
let token = '';

beforeAll(async () => {
  product = await startProduct(uri, { workers: false });
});
afterAll(() => product.stop());
beforeEach(async () => {
  token = newOptOutToken();
  const contact = aContact({ email: 'dana+partners@peatworks.example' });
  await keepOptOutLink({ workspaceId: HOME, contact, language: 'de', optOutToken: token }, AT);
});

const ask = (method: string, path = `/optout/${token}`, init: RequestInit = {}) => fetch(product.url + path, { method, ...init });
const silence = () => findSuppression(HOME, keysOfAddress('dana@peatworks.example'));
const queued = () => mongoose.connection.collection('jobs').find({ name: 'stop-outreach' }).toArray();

describe('looking', () => {
  test('shows the page in the language of the mail and changes nothing, however often a scanner looks', async () => {
    for (const method of ['GET', 'HEAD', 'GET', 'HEAD']) {
      const answer = await ask(method, `/optout/${token}?utm=1`);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
      expect(answer.headers.get('x-robots-tag')).toContain('noindex');
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(answer.headers.get('set-cookie')).toBeNull();
      const page = await answer.text();
      expect(page.includes('Keine Mails mehr')).toBe(method === 'GET');
      expect(page).not.toContain('dana');
    }
    expect(await silence()).toBeNull();
    expect(await queued()).toEqual([]);
  });

  test.each(['PUT', 'DELETE', 'OPTIONS', 'PATCH'])('%s does nothing', async (method) => {
    expect((await ask(method)).status).toBe(404);
    expect(await silence()).toBeNull();
  });
});

describe('POST', () => {
  const bodies: [string, RequestInit, string][] = [
    ['one click', { body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) }, 'one-click'],
    ['one click as a form with parts', { body: formOf('List-Unsubscribe', 'One-Click') }, 'one-click'],
    ['no body', {}, 'one-click'],
    ['another body', { body: '{"x":', headers: { 'content-type': 'application/json' } }, 'one-click'],
    ['the button of the page', { body: new URLSearchParams({ from: 'page' }) }, 'page'],
  ];
  test.each(bodies)('%s acts at once', async (_name, init, via) => {
    const answer = await ask('POST', `/optout/${token}`, init);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('Erledigt');
    expect(await silence()).toMatchObject({ kind: 'address', reason: 'opt-out', via, by: 'recipient' });
    const [job] = await queued();
    const what = { kind: 'address', value: 'dana@peatworks.example' };
    expect(job?.data).toEqual({ workspaceId: HOME, because: 'opt-out', by: 'recipient', what });
  });

  test('again and at once from everywhere: one entry, one record, the same calm answer', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask('POST')));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(await countSuppressions(HOME)).toEqual({ address: 1, domain: 0, company: 0 });
    expect(await listAudit(HOME, { action: 'suppression.add' })).toHaveLength(1);
    expect(JSON.stringify(await listAudit(HOME))).not.toContain('dana');
    expect(await queued()).toHaveLength(1);
    expect(await (await ask('POST')).text()).toContain('Erledigt');
  });

  test('more than anybody sends is refused and does nothing', async () => {
    const answer = await ask('POST', `/optout/${token}`, { body: 'x'.repeat(100_000) });
    expect(answer.status).toBe(413);
    expect(await answer.text()).toContain('stop');
    expect(await silence()).toBeNull();
  });

  test('when the database is away, it says so and how to say stop; nothing dies', async () => {
    const { deps } = product;
    const enqueue = deps.enqueue;
    deps.enqueue = () => Promise.reject(new Error('gone'));
    try {
      const answer = await ask('POST', `/optout/${token}`, { headers: { 'accept-language': 'fr' } });
      expect([answer.status, (await answer.text()).includes('Réessayez')]).toEqual([503, true]);
    } finally {
      deps.enqueue = enqueue;
    }
    // What was noted holds, and the second try says so.
    expect(await silence()).not.toBeNull();
    expect((await ask('POST')).status).toBe(200);
  });
});

describe('a link that is nobody’s', () => {
  const strange = ['A'.repeat(22), 'x', '%', '%00', '..%2f', '$ne', '[$ne]', 'A'.repeat(5000), "' OR 1=1", 'constructor'];
  test.each(strange)('%s: a plain page that says how to say stop', async (made) => {
    for (const method of ['GET', 'POST'] as const) {
      const answer = await ask(method, `/optout/${made}`, { headers: { 'accept-language': 'es' } });
      expect(answer.status).toBe(404);
      expect(await answer.text()).toContain('«stop»');
    }
    expect(await countSuppressions(HOME)).toEqual({ address: 0, domain: 0, company: 0 });
  });

  test.each(['/optout', '/optout/', `/optout/a/b`, '/optout//', '//optout/x'])('%s is no address of ours', async (path) => {
    expect((await ask('GET', path)).status).toBe(404);
    expect((await ask('POST', path)).status).toBe(404);
  });

  test('a caller who hangs up in the middle harms nobody', async () => {
    const { port } = new URL(product.url);
    await new Promise<void>((done) => {
      const socket = connect(Number(port), '127.0.0.1', () => {
        socket.write(`POST /optout/${token} HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nabc`, () => socket.destroy());
      });
      socket.on('close', () => done());
    });
    expect((await ask('GET')).status).toBe(200);
    expect(await silence()).toBeNull();
  });
});

function formOf(name: string, value: string): FormData {
  const form = new FormData();
  form.append(name, value);
  return form;
}
