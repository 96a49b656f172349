import { subMinutes } from 'date-fns';
import mongoose from 'mongoose';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ANA } from '../sandbox/cast.ts';
import { HOME } from '../support/builders.ts';
import { useMongo } from '../support/mongo.ts';
import { type Product, startProduct } from '../support/product.ts';
import { asRequest, recorded } from '../support/recorded.ts';

const { uri } = useMongo();
let products: Product[] = [];
beforeAll(async () => {
  products = [await startProduct(uri, { workers: false }), await startProduct(uri, { workers: false })];
});
beforeEach(async () => {
  for (const { installations, sandbox } of products) await installations.connectByToken(sandbox.cast.app.botToken);
});
afterAll(async () => {
  for (const product of products) await product.stop();
});

const taken = () => mongoose.connection.collection('taken-events');
const answers = () => products.flatMap(({ sandbox }) => sandbox.calls.filter(({ method }) => method === 'chat.postEphemeral')).length;

/** Sends one event to a process, as Slack does the `retry`th time. */
async function send({ sandbox }: Product, eventId: string, retry = 0): Promise<number> {
  const payload = recorded('event-direct-message', sandbox.url);
  const event = { ...Object(payload.event), channel: sandbox.dmWith(ANA) };
  const { body, type } = asRequest('event-direct-message', { ...payload, event, event_id: eventId });
  const again: Record<string, string> = retry ? { 'x-slack-retry-num': String(retry), 'x-slack-retry-reason': 'http_timeout' } : {};
  return (await sandbox.post(body, { ...type, ...again, ...sandbox.sign(body) })).status;
}
async function answered(eventId: string): Promise<void> {
  for (let waited = 0; waited < 200; waited++) {
    if (await taken().findOne({ eventId, isDone: true })) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`${eventId} was not answered`);
}

test('an event sent again, to this process and another at once: answered once', async () => {
  const before = answers();
  const statuses = await Promise.all(products.flatMap((product) => [0, 1, 2].map((retry) => send(product, 'EvTWICE', retry))));
  await answered('EvTWICE');
  // Of another event, the answer; of this one, no second.
  for (const product of products) expect(await send(product, 'EvTWICE', 3)).toBe(200);
  await send(products[0] as Product, 'EvOTHER');
  await answered('EvOTHER');
  expect(answers() - before).toBe(2);
  // The first time, it is acknowledged. Repeated while it is being answered, it may have to come again.
  expect([statuses[0], statuses[3]]).toEqual([200, 200]);
  for (const status of statuses) expect([200, 503]).toContain(status);
});

test('a process that died over an event: what Slack sends again after five minutes is answered', async () => {
  const [product] = products;
  if (!product) throw new Error('no product');
  const now = product.deps.now();
  await taken().insertMany([
    { workspaceId: HOME, eventId: 'EvDEAD', takenAt: subMinutes(now, 5), isDone: false },
    { workspaceId: HOME, eventId: 'EvBUSY', takenAt: subMinutes(now, 1), isDone: false },
  ]);
  const before = answers();
  // Acknowledged, it would never come again, though whoever has taken it may be dead.
  expect(await send(product, 'EvBUSY', 2)).toBe(503);
  expect(await send(product, 'EvDEAD', 3)).toBe(200);
  await answered('EvDEAD');
  expect(answers() - before).toBe(1);
  await taken().updateOne({ eventId: 'EvBUSY' }, { $set: { takenAt: subMinutes(now, 5) } });
  expect(await send(product, 'EvBUSY', 3)).toBe(200);
  await answered('EvBUSY');
  expect(answers() - before).toBe(2);
});

test('what was taken is forgotten after a day, not sooner than Slack’s last try', async () => {
  const indexes = await taken().indexes();
  const [{ expireAfterSeconds } = {}] = indexes.filter(({ key }) => 'takenAt' in key);
  expect(expireAfterSeconds).toBeGreaterThanOrEqual(24 * 60 * 60);
});
