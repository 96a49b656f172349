import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ACTIONS } from '../../../blocks/ids.ts';
import { accrueSales } from '../../../jobs/measure/accrue-sales.ts';
import { settleConversions } from '../../../jobs/measure/settle-conversions.ts';
import { listOfSale } from '../../../src/measure/ledger/ledger-repository.ts';
import { getLinkRules } from '../../../src/measure/links/link-rules-repository.ts';
import { findSale } from '../../../src/measure/sales/sale-repository.ts';
import type { Partner } from '../../../src/onboard/partners/partner.ts';
import { ANA, EXT_QUILLMONT, GENERAL, MILO, PIA } from '../../sandbox/cast.ts';
import type { SandboxMessage } from '../../sandbox/contract.ts';
import { aPartner } from '../../support/a-partner.ts';
import { DATA_KEY } from '../../support/a-payout.ts';
import { keptPlan } from '../../support/a-plan.ts';
import { AT, HOME } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';
import { type Product, startProduct } from '../../support/product.ts';
import { setUp } from '../../support/ready-workspace.ts';

const { uri } = useMongo();
let product: Product;
let partner: Partner;
beforeAll(async () => {
  product = await startProduct(uri, { now: () => AT, workers: false, env: { DATA_KEY } });
});
afterAll(() => product.stop());
beforeEach(async () => {
  await product.installations.connectByToken(product.sandbox.cast.app.botToken);
  await setUp(AT);
  partner = await aPartner({ types: ['affiliate'] });
  await keptPlan({ base: 'collected' });
});

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0';
const follow = (code: string, agent = FIREFOX, method = 'GET') =>
  fetch(`${product.url}/r/${code}`, { method, redirect: 'manual', headers: { 'user-agent': agent } });
const json = ({ blocks }: SandboxMessage) => JSON.stringify(blocks);
async function links(as: string = MILO): Promise<SandboxMessage> {
  const { sandbox } = product;
  const answers = () =>
    sandbox.messages({ as }).filter(({ text, userId }) => userId === sandbox.cast.app.botUserId && text === 'Referral links');
  const before = answers().length;
  await sandbox.as(as).command(GENERAL, '/partners links');
  return sandbox.waitFor(() => (answers().length > before ? answers().at(-1) : undefined));
}
const shown = (as: string, words: string) =>
  product.sandbox.waitFor(() => {
    const view = product.sandbox.modal(as);
    return JSON.stringify(view ?? {}).includes(words) && view;
  });

/** Makes a link in Slack, and a secret; gives what signs and sends an event. */
async function linkAndWebhook(): Promise<(event: object, signature?: string) => Promise<number>> {
  const { sandbox } = product;
  await sandbox.as(MILO).click(await links(), ACTIONS.linkNew);
  const form = await shown(MILO, 'Make Link');
  const chosen = { partnerId: partner.id, campaign: 'Spring', target: 'https://larkspur.example/pricing?x=1#top', coupon: 'spring' };
  const elsewhere = await sandbox.as(MILO).submit(form, { ...chosen, target: 'https://evil.example' });
  expect(elsewhere.errors).toEqual({ target: expect.stringContaining('larkspur.example') });
  await sandbox.as(MILO).submit(form, chosen);
  await shown(MILO, '/r/quillmont-spring');
  await sandbox.as(ANA).click(await links(ANA), ACTIONS.webhookOpen);
  await sandbox.as(ANA).click(await shown(ANA, 'Your own events'), ACTIONS.webhookSecret);
  const secret = /phs_[\w-]+/.exec(JSON.stringify(await shown(ANA, 'shown this once')))?.[0] ?? '';
  const { hookId, secret: kept } = await getLinkRules(HOME);
  expect(JSON.stringify(kept)).not.toContain(secret);
  return async (event, given) => {
    const [body, timestamp] = [JSON.stringify(event), String(AT.getTime() / 1000)];
    const signature = given ?? `v1=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;
    const headers = { 'x-partnerships-timestamp': timestamp, 'x-partnerships-signature': signature };
    return (await fetch(`${product.url}/conversions/${hookId}`, { method: 'POST', body, headers })).status;
  };
}

async function work(): Promise<void> {
  await settleConversions.run({}, product.deps);
  await accrueSales.run({}, product.deps);
}
const earned = async () =>
  (await listOfSale(HOME, 'customer:C1'))
    .filter(({ kind }) => kind === 'earned' || kind === 'clawback')
    .map(({ postings }) => postings[0]?.minor ?? 0)
    .sort((a, b) => b - a);

test('a click leads to a signed sale, its commission and its refund; who is no person, and who does not sign, counts for nothing', async () => {
  const send = await linkAndWebhook();
  const led = await follow('QUILLMONT-spring');
  const [, via] = /^https:\/\/larkspur\.example\/pricing\?x=1&via=([\w-]{22})#top$/.exec(led.headers.get('location') ?? '') ?? [];
  expect([led.status, via]).toEqual([302, expect.any(String)]);
  expect((await follow('quillmont-spring')).headers.get('location')).toContain(via);
  const plainTarget = 'https://larkspur.example/pricing?x=1#top';
  expect((await follow('quillmont-spring', 'Slackbot-LinkExpanding 1.0')).headers.get('location')).toBe(plainTarget);
  expect((await follow('quillmont-spring', FIREFOX, 'HEAD')).headers.get('location')).toBe(plainTarget);
  const nowhere = await follow('nowhere');
  expect([nowhere.status, await nowhere.text()]).toEqual([404, expect.stringContaining('no such link')]);
  await product.settled(1000);

  const sale = { type: 'sale', id: 'order-1', customer: 'C1', click: via, amount: 20_000, currency: 'EUR', product: 'Pro' };
  expect(await send(sale, `v1=${'0'.repeat(64)}`)).toBe(401);
  expect(await send({ ...sale, amount: 'much' })).toBe(422);
  expect([await send(sale), await send(sale)]).toEqual([202, 202]);
  expect((await fetch(`${product.url}/conversions/unknown`, { method: 'POST', body: '{}' })).status).toBe(401);
  expect((await fetch(`${product.url}/conversions/unknown`, { method: 'POST', body: 'x'.repeat(600_000) })).status).toBe(401);
  const { hookId } = await getLinkRules(HOME);
  expect((await fetch(`${product.url}/conversions/${hookId}`, { method: 'POST', body: 'x'.repeat(600_000) })).status).toBe(413);
  await work();
  expect(await earned()).toEqual([2000]);
  expect(await send({ type: 'refund', id: 'back-1', of: 'order-1', amount: 5000, currency: 'EUR' })).toBe(202);
  await work();
  expect(await earned()).toEqual([2000, -500]);
  expect(json(await links())).toMatch(/1 person · 1 conversion · 1 sale/);

  // Her company sees the same on its desk, makes one for itself and reads of nobody else.
  await product.sandbox.as(PIA).mention(EXT_QUILLMONT, 'desk');
  const desk = await product.sandbox.waitFor(() =>
    product.sandbox.messages({ as: PIA }).find((one) => json(one).includes(ACTIONS.linksShow)),
  );
  await product.sandbox.as(PIA).click(desk, ACTIONS.linksShow);
  await product.sandbox.as(PIA).click(await shown(PIA, '1 person · 1 conversion · 1 sale'), ACTIONS.linkNew);
  const form = await shown(PIA, 'Make Link');
  expect(JSON.stringify(form)).not.toContain('Coupon');
  expect((await product.sandbox.as(PIA).submit(form, { code: 'quillmont-spring', target: 'larkspur.example' })).errors).toEqual({
    code: expect.stringContaining('is taken'),
  });
  await product.sandbox.as(PIA).submit(form, { code: 'quill-autumn', target: 'larkspur.example' });
  await shown(PIA, '/r/quill-autumn');
});

test('a customer of the partner itself is held until a manager says that it counts', async () => {
  const send = await linkAndWebhook();
  expect(
    await send({ type: 'sale', id: 'o', customer: 'C1', coupon: 'Spring', email: 'x@quillmont.example', amount: 9000, currency: 'EUR' }),
  ).toBe(202);
  await work();
  const page = await links();
  expect(json(page)).toContain('held: 1 to decide');
  expect(json(page)).toContain('may have referred itself (quillmont.example)');
  await product.sandbox.as(MILO).click(page, ACTIONS.referralNot);
  await product.sandbox.as(MILO).submit(await shown(MILO, 'does not count'), { because: 'Their own account' });
  await shown(MILO, 'taken back within a minute');
  await work();
  expect(await earned()).toEqual([900, -900]);
  await product.sandbox.as(MILO).click(await links(), ACTIONS.referralCount);
  await product.sandbox.as(MILO).submit(await shown(MILO, 'commissions are paid'), { because: 'A customer of theirs after all' });
  await shown(MILO, 'It counts');
  await work();
  expect(await earned()).toEqual([900, 900, -900]);
  expect((await findSale(HOME, 'customer:C1'))?.referral?.decision).toMatchObject({ counts: true, by: MILO });
  expect(json(await links())).toContain('A customer of theirs after all');
});
