import { createHmac } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ACTIONS } from '../../../blocks/ids.ts';
import { pushDealJob } from '../../../jobs/manage/push-deal.ts';
import { sweepCrm } from '../../../jobs/manage/sweep-crm.ts';
import { countMirror, findOpportunity, findOwner } from '../../../src/manage/crm/mirror-repository.ts';
import { findPush } from '../../../src/manage/crm/push-repository.ts';
import { DealModel } from '../../../src/manage/deals/deal-repository.ts';
import { saveWorkspace } from '../../../src/programme/workspaces/workspace-repository.ts';
import { ANA, GENERAL, MIA, MILO, PIA } from '../../sandbox/cast.ts';
import type { SandboxView } from '../../sandbox/contract.ts';
import { foundOwner, take } from '../../support/a-crm.ts';
import { aDeal } from '../../support/a-deal.ts';
import { aPartner } from '../../support/a-partner.ts';
import { AT, aProgramme, HOME } from '../../support/builders.ts';
import { startHubspot } from '../../support/hubspot-server.ts';
import { useMongo } from '../../support/mongo.ts';
import { type Product, startProduct } from '../../support/product.ts';

const { uri } = useMongo();
let hubspot: Awaited<ReturnType<typeof startHubspot>>;
let product: Product;
beforeAll(async () => {
  hubspot = await startHubspot();
  const env = {
    HUBSPOT_TOKEN: 'pat-test',
    HUBSPOT_API_URL: hubspot.url,
    HUBSPOT_WEBHOOK_SECRET: 'hook',
    PUBLIC_URL: 'https://partners.example',
  };
  product = await startProduct(uri, { now: () => AT, env });
});
afterAll(async () => {
  await product.stop();
  await hubspot.stop();
});
beforeEach(async () => {
  await product.installations.connectByToken(product.sandbox.cast.app.botToken);
  await aProgramme();
  hubspot.put('companies', '100', { name: 'Saltmarsh', domain: 'saltmarsh.example' }, AT);
});
afterEach(async () => {
  for (const who of [MILO, MIA]) {
    for (let open = product.sandbox.modal(who); open; open = product.sandbox.modal(who)) await product.sandbox.as(who).close(open);
  }
});

const words = (shown: object | null) => JSON.stringify(shown ?? {});
const modal = (part: string, who = MILO): Promise<SandboxView> =>
  product.sandbox.waitFor(() => (words(product.sandbox.modal(who)).includes(part) ? product.sandbox.modal(who) : null), 20_000);
const dm = (part: string, who = MILO) =>
  product.sandbox.waitFor(
    () => product.sandbox.messages({ as: who, channel: product.sandbox.dmWith(who) }).find((message) => words(message).includes(part)),
    20_000,
  );
async function openCrm(): Promise<SandboxView> {
  await product.sandbox.as(MILO).command(GENERAL, '/partners crm');
  return modal('is connected');
}

test('a manager reads the CRM now and is shown the outcome', async () => {
  const page = await openCrm();
  await product.sandbox.as(MILO).click(page, ACTIONS.crmSync, { value: 'hubspot' });
  await modal('I show the progress');
  await dm('HubSpot is read');
  expect(await countMirror(HOME, 'hubspot')).toMatchObject({ accounts: 1 });
});

test('a dry run is told and stores nothing', async () => {
  const page = await openCrm();
  await product.sandbox.as(MILO).click(page, ACTIONS.crmDryRun, { value: 'hubspot' });
  await dm('Nothing is stored');
  expect(await countMirror(HOME, 'hubspot')).toMatchObject({ accounts: 0 });
});

test('a file is read, shown with what it would change, and taken over once somebody says so', async () => {
  const milo = product.sandbox.as(MILO);
  const lines = [
    'opportunity_id,account_name,website,stage,amount_eur,owner',
    'O-1,Oakfield,oakfield.example,Proposal,8800,Mia.Moss@larkspur.example',
    ',No id,x.example,Open,1,',
  ];
  const file = await milo.upload('deals.csv', Buffer.from(lines.join('\n')));
  await milo.click(await openCrm(), ACTIONS.crmUpload, { value: 'file' });
  await milo.submit(await modal('In the file are'), { object: 'opportunities', file: [file] });
  const check = await modal('1 row left out');
  expect(words(check)).toContain('*Oakfield*: new');
  expect(await findOpportunity(HOME, 'csv', 'O-1')).toBeNull();
  await milo.submit(check, {});
  await dm('is taken over');
  expect(await findOpportunity(HOME, 'csv', 'O-1')).toMatchObject({ accountName: 'Oakfield', value: { minor: 880_000, currency: 'EUR' } });
  expect(await findOwner(HOME, 'csv', 'mia.moss@larkspur.example')).toMatchObject({ slackUserId: null });
  const page = await openCrm();
  expect(words(page)).toContain('Who is *mia.moss@larkspur.example* in Slack?');
  await milo.click(page, ACTIONS.crmOwnerName, { value: MIA });
  await product.sandbox.waitFor(() => (words(product.sandbox.modal(MILO)).includes('Who is *mia') ? null : true), 20_000);
  expect(await findOwner(HOME, 'csv', 'mia.moss@larkspur.example')).toMatchObject({ slackUserId: MIA });
});

test('owners are named, and only colleagues can be', async () => {
  await take('owners', { records: [foundOwner()] });
  const milo = product.sandbox.as(MILO);
  await milo.click(await openCrm(), ACTIONS.crmOwners, { value: '0' });
  const form = await modal('without a person in Slack');
  expect(await milo.submit(form, { 'owner-0': PIA })).toMatchObject({ errors: { 'owner-0': expect.stringContaining('full member') } });
  await milo.submit(form, { 'owner-0': ANA });
  await modal('0 of them without');
  expect(await findOwner(HOME, 'hubspot', 'o1')).toMatchObject({ slackUserId: ANA });
  await take('owners', { records: [foundOwner({ name: 'Sol B.', changedAt: new Date(AT.getTime() + 1000) })] });
  expect(await findOwner(HOME, 'hubspot', 'o1')).toMatchObject({ name: 'Sol B.', slackUserId: ANA });
});

test('a member without the role reads nothing', async () => {
  await product.sandbox.as(MIA).command(GENERAL, '/partners crm');
  const shown = await product.sandbox.waitFor(() => {
    const all = words([product.sandbox.modal(MIA), product.sandbox.state(MIA).messages]);
    return all.includes('You need the role') ? all : null;
  }, 20_000);
  expect(shown).not.toContain('HubSpot');
});

test('of two workspaces the CRM of the environment is nobody’s', async () => {
  const other = {
    enterpriseId: null,
    name: 'Other',
    botToken: 'environment',
    botUserId: 'U1',
    botId: null,
    installedBy: null,
    installedAt: AT,
  };
  await saveWorkspace({ id: 'T0OTHER', ...other });
  hubspot.calls.length = 0;
  await sweepCrm.run({}, product.deps);
  await product.sandbox.as(MILO).command(GENERAL, '/partners crm');
  await modal('No CRM is connected');
  expect(hubspot.calls).toEqual([]);
});

describe('a hint of HubSpot', () => {
  const hint = (timestamp: number, { secret = 'hook', body = '[]' } = {}) => {
    const signed = createHmac('sha256', secret).update(`POSThttps://partners.example/crm/hubspot${body}${timestamp}`).digest('base64');
    const headers = {
      'x-hubspot-signature-v3': signed,
      'x-hubspot-request-timestamp': String(timestamp),
      'content-type': 'application/json',
    };
    return fetch(`${product.url}/crm/hubspot`, { method: 'POST', headers, body: '[]' }).then(({ status }) => status);
  };

  test('that is signed brings the next run forward', async () => {
    expect(await hint(AT.getTime())).toBe(204);
    await product.sandbox.waitFor(async () => ((await countMirror(HOME, 'hubspot')).accounts === 1 ? true : null), 20_000);
  });

  test('by another, of another body or older than five minutes is refused', async () => {
    expect(await hint(AT.getTime(), { secret: 'another' })).toBe(401);
    expect(await hint(AT.getTime(), { body: '[1]' })).toBe(401);
    expect(await hint(AT.getTime() - 301_000)).toBe(401);
    expect(await fetch(`${product.url}/crm/hubspot`, { method: 'POST', body: '[]' }).then(({ status }) => status)).toBe(401);
  });
});

test('an approved deal is pushed, one that is not is left, and what the CRM demands is told to the partner’s owner', async () => {
  const deal = await aDeal(await aPartner({ owner: MILO }));
  const payload = { workspaceId: HOME, dealId: deal.id };
  await pushDealJob.run(payload, product.deps);
  expect(await findPush(HOME, deal.id)).toBeNull();
  await DealModel.updateOne({ _id: deal.id }, { $set: { status: 'approved', approvedAt: AT, protectedUntil: new Date('2027-02-21') } });
  hubspot.faults.push({ status: 400, on: /upsert/, body: { context: { properties: ['region'] } } });
  await pushDealJob.run(payload, product.deps);
  await dm('`region`');
  await pushDealJob.run(payload, product.deps);
  expect(await findPush(HOME, deal.id)).toMatchObject({ problem: null, opportunityId: expect.any(String) });
});
