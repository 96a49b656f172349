import { addMinutes } from 'date-fns';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CrmAdapter } from '../../../src/manage/crm/crm-adapter.ts';
import { createHubspot } from '../../../src/manage/crm/hubspot.ts';
import { countMirror, findOpportunity, findOwner, listAccounts } from '../../../src/manage/crm/mirror-repository.ts';
import { type DealToPush, pushDeal } from '../../../src/manage/crm/push-deal.ts';
import { findPush } from '../../../src/manage/crm/push-repository.ts';
import { dryRunCrm, syncCrm } from '../../../src/manage/crm/sync-crm.ts';
import { findSync } from '../../../src/manage/crm/sync-repository.ts';
import { AT, HOME } from '../../support/builders.ts';
import { startHubspot } from '../../support/hubspot-server.ts';
import { useMongo } from '../../support/mongo.ts';

useMongo();
let server: Awaited<ReturnType<typeof startHubspot>>;
let adapter: CrmAdapter;
let now = AT;
const sync = (given: object = {}) => syncCrm(HOME, adapter, { now: () => now, ...given });
/** Long enough before the first run to be out of what later runs read again. */
const BEFORE = addMinutes(AT, -60);
const deal = (id = '501') => findOpportunity(HOME, 'hubspot', id);

beforeEach(async () => {
  now = AT;
  server = await startHubspot();
  adapter = createHubspot({ token: 'pat-test', apiUrl: server.url });
  server.owners.push({ id: '7', email: 'sol@larkspur.example', firstName: 'Sol', lastName: 'Berg', updatedAt: AT.toISOString() });
  server.put(
    'companies',
    '100',
    { name: 'Saltmarsh', domain: 'saltmarsh.example', country: 'United Kingdom', lifecyclestage: 'customer' },
    BEFORE,
  );
  const open = { dealname: 'Saltmarsh, 40 seats', pipeline: 'default', dealstage: 'second', amount: '8800.50', hubspot_owner_id: '7' };
  server.put('deals', '501', { ...open, closedate: '2026-12-30T10:00:00Z', hs_is_closed: 'false' }, AT);
  server.companyOf.set('501', '100');
});
afterEach(() => server.stop());

test('owners, accounts and opportunities come in, with the names of stages and the company of each deal', async () => {
  expect(await sync()).toEqual({ state: 'done' });
  expect(await findOwner(HOME, 'hubspot', '7')).toMatchObject({ name: 'Sol Berg', email: 'sol@larkspur.example', slackUserId: null });
  expect(await listAccounts(HOME, 'hubspot', ['100'])).toMatchObject([
    { name: 'Saltmarsh', country: 'GB', isCustomer: true, isNamed: false },
  ]);
  expect(await deal()).toMatchObject({
    ...{ accountId: '100', accountName: 'Saltmarsh', domains: ['saltmarsh.example'], stage: 'Contract sent', state: 'open', ownerId: '7' },
    ...{ value: { minor: 880_050, currency: 'EUR' }, closeOn: '2026-12-30', closedAt: null },
  });
});

test('all pages are read, a later run asks only for what changed since, and twice changes nothing', async () => {
  for (let id = 1000; id < 1450; id++) server.put('companies', String(id), { name: `Company ${id}`, domain: `c${id}.example` }, BEFORE);
  await sync();
  expect(await countMirror(HOME, 'hubspot')).toEqual({ owners: 1, accounts: 451, opportunities: 1 });
  now = addMinutes(AT, 60);
  server.put('companies', '1003', { name: 'Another name' }, now);
  server.calls.length = 0;
  await sync();
  expect((await findSync(HOME, 'hubspot'))?.accounts.totals).toEqual({ read: 1, added: 0, changed: 1, deleted: 0, unread: 0 });
  expect(await listAccounts(HOME, 'hubspot', ['1003'])).toMatchObject([{ name: 'Another name' }]);
  await sync();
  expect((await findSync(HOME, 'hubspot'))?.accounts.totals).toMatchObject({ read: 1, changed: 0 });
});

test('what is archived or merged there is gone here, and a deal that closed is closed', async () => {
  server.put('companies', '101', { name: 'Oakfield', domain: 'oakfield.example' }, AT);
  server.put('deals', '502', { dealname: 'Gone soon', pipeline: 'default', dealstage: 'first' }, AT);
  await sync();
  now = addMinutes(AT, 60);
  server.archive('deals', '502', now);
  server.put('companies', '101', { hs_merged_object_ids: '100' }, now);
  server.stores.companies.delete('100');
  server.put('deals', '501', { dealstage: 'closedwon', hs_is_closed: 'true', hs_is_closed_won: 'true' }, now);
  await sync();
  expect(await deal('502')).toMatchObject({ deletedAt: now });
  expect(await listAccounts(HOME, 'hubspot', ['100'])).toMatchObject([{ deletedAt: now }]);
  expect(await deal()).toMatchObject({ state: 'won', stage: 'Closed won' });
});

describe('trouble', () => {
  test('429 is waited for as HubSpot says, and nobody asks before', async () => {
    server.faults.push({ status: 429, headers: { 'retry-after': '30' }, on: /companies/ });
    expect(await sync()).toEqual({ state: 'waits', waitMs: 30_000, failures: 1 });
    const asked = server.calls.length;
    expect(await sync()).toMatchObject({ state: 'waits' });
    expect(server.calls).toHaveLength(asked);
    now = addMinutes(AT, 1);
    expect(await sync()).toEqual({ state: 'done' });
    expect(await findSync(HOME, 'hubspot')).toMatchObject({ problem: null, failures: 0, notBefore: null });
  });

  test('nobody waits for days, and a server in trouble is asked less and less often', async () => {
    server.faults.push({ status: 429, headers: { 'retry-after': '864000' } });
    expect(await sync()).toMatchObject({ waitMs: 600_000 });
    const waits = [];
    for (let again = 0; again < 3; again++) {
      now = addMinutes(now, 11);
      server.faults.push({ status: 502 });
      const synced = await sync();
      waits.push(synced.state === 'waits' && synced.waitMs);
    }
    expect(waits).toEqual([10_000, 20_000, 40_000]);
    expect(await findSync(HOME, 'hubspot')).toMatchObject({ problem: { code: 'down' }, failures: 4 });
  });

  test('a token that HubSpot refuses is a problem that people see, and no word of it is kept', async () => {
    const other = createHubspot({ token: 'pat-wrong', apiUrl: server.url });
    expect(await syncCrm(HOME, other, { now: () => now })).toMatchObject({ state: 'waits' });
    expect(await findSync(HOME, 'hubspot')).toMatchObject({ problem: { code: 'refused' } });
    expect(JSON.stringify(await findSync(HOME, 'hubspot'))).not.toContain('pat-');
  });

  test('a record that cannot be read is counted, and the others stand', async () => {
    server.stores.companies.set('102', { id: '102', properties: { name: 'No time' }, updatedAt: 'never' });
    await sync();
    expect((await findSync(HOME, 'hubspot'))?.accounts.totals).toMatchObject({ added: 1, unread: 1 });
  });
});

describe('a run that is broken off', () => {
  beforeEach(() => {
    for (let id = 1000; id < 1900; id++) server.put('companies', String(id), { name: `Company ${id}`, domain: `c${id}.example` }, BEFORE);
  });

  test('goes on page by page where it stood', async () => {
    const states = [];
    for (let go = 0; go < 12 && states.at(-1) !== 'done'; go++) states.push((await sync({ mostPages: 2 })).state);
    expect(states.at(-1)).toBe('done');
    expect(states.length).toBeGreaterThan(2);
    expect(await countMirror(HOME, 'hubspot')).toMatchObject({ accounts: 901 });
    const first = server.calls.filter(
      ({ path, body }) => path.includes('companies/search') && !JSON.stringify(body).includes('hs_object_id","operator'),
    );
    expect(first).toHaveLength(1);
  });

  test('by a killed worker, another takes it up after its time and reads the page again', async () => {
    let pages = 0;
    const killed: CrmAdapter = {
      ...adapter,
      readPage: async (object, from) => {
        if (object === 'accounts' && ++pages === 3) return new Promise<never>(() => undefined);
        return adapter.readPage(object, from);
      },
    };
    void syncCrm(HOME, killed, { now: () => now });
    for (let waited = 0; waited < 400 && pages < 3; waited++) await new Promise((resolve) => setTimeout(resolve, 25));
    expect(pages).toBe(3);
    expect(await sync()).toEqual({ state: 'taken' });
    now = addMinutes(AT, 5);
    expect(await sync()).toEqual({ state: 'done' });
    expect(await countMirror(HOME, 'hubspot')).toEqual({ owners: 1, accounts: 901, opportunities: 1 });
  });
});

test('a dry run counts and shows, and leaves all as it is', async () => {
  const { found, isWhole } = await dryRunCrm(HOME, adapter, now);
  expect([found.accounts.added, found.opportunities.added, isWhole]).toEqual([1, 1, true]);
  expect(await countMirror(HOME, 'hubspot')).toEqual({ owners: 0, accounts: 0, opportunities: 0 });
  expect(await findSync(HOME, 'hubspot')).toBeNull();
});

describe('a deal of ours', () => {
  const ours: DealToPush = {
    ...{
      dealId: 'deal-1',
      partnerName: 'Brindle',
      company: 'Saltmarsh',
      domain: 'saltmarsh.example',
      value: { minor: 1_200_000, currency: 'EUR' },
    },
    ...{ closeOn: '2027-03-31', protectedUntil: new Date('2027-02-21T09:00:00Z') },
  };
  const push = (given: Partial<DealToPush> = {}) => pushDeal(HOME, { ...ours, ...given }, adapter, now);
  const there = () => [...server.stores.deals.values()].filter(({ properties }) => properties.partner_deal_id === 'deal-1');
  const writes = () => server.calls.filter(({ method, path }) => method === 'PATCH' || path.endsWith('upsert'));
  beforeEach(() => sync());

  test('is written once with the fields of the partner, in the first stage and at its company', async () => {
    const { push: done } = await push();
    expect(there()).toMatchObject([
      {
        id: done.opportunityId,
        properties: {
          ...{ dealname: 'Saltmarsh (Brindle)', amount: '12000', deal_currency_code: 'EUR', partner_name: 'Brindle', dealstage: 'first' },
          ...{ partner_deal_id: 'deal-1', partner_protected_until: '2027-02-21', closedate: '2027-03-31T12:00:00Z' },
        },
      },
    ]);
    expect(server.companyOf.get(done.opportunityId ?? '')).toBe('100');
    server.calls.length = 0;
    expect(await push()).toMatchObject({ changed: false });
    expect(server.calls).toEqual([]);
    now = addMinutes(AT, 60);
    await sync();
    expect(await deal(done.opportunityId ?? '')).toMatchObject({ partnerDealId: 'deal-1' });
  });

  test('is one opportunity, though two push it at once or die after the call', async () => {
    await Promise.all([push(), push()]);
    expect(there()).toHaveLength(1);
  });

  test('a change is written alone, and what somebody changed there is left and kept as a conflict', async () => {
    const { push: first } = await push();
    const id = first.opportunityId ?? '';
    server.put('deals', id, { closedate: '2027-05-01T00:00:00Z', dealstage: 'second' }, now);
    server.calls.length = 0;
    const { push: next } = await push({ closeOn: '2027-04-30', protectedUntil: new Date('2027-04-21T00:00:00Z') });
    expect(writes().map(({ body }) => body)).toEqual([{ properties: { partner_protected_until: '2027-04-21' } }]);
    expect(next.conflicts).toEqual([{ field: 'closeOn', ours: '2027-04-30', theirs: '2027-05-01' }]);
    expect(server.stores.deals.get(id)?.properties).toMatchObject({ closedate: '2027-05-01T00:00:00Z', dealstage: 'second' });
  });

  test('of a sum and its currency, one that was changed there holds both back', async () => {
    const { push: first } = await push();
    server.put('deals', first.opportunityId ?? '', { deal_currency_code: 'USD' }, now);
    const { push: next } = await push({ value: { minor: 1_300_000, currency: 'EUR' } });
    expect(next.conflicts).toEqual([{ field: 'amount', ours: '13000', theirs: '12000' }]);
  });

  test('that lacks what HubSpot demands, or whose record is gone, is a problem and no error', async () => {
    server.faults.push({ status: 400, on: /upsert/, body: { category: 'VALIDATION_ERROR', context: { properties: ['region'] } } });
    expect((await push()).push).toMatchObject({ problem: { code: 'fields', fields: ['region'] }, opportunityId: null });
    const { push: done } = await push();
    expect(done).toMatchObject({ problem: null, opportunityId: expect.any(String) });
    server.archive('deals', done.opportunityId ?? '', now);
    expect((await push({ closeOn: '2027-06-30' })).push).toMatchObject({ problem: { code: 'gone' } });
  });

  test('is tried again later when HubSpot does not answer', async () => {
    server.faults.push({ status: 503, on: /deals/ });
    await expect(push()).rejects.toMatchObject({ kind: 'down' });
    expect(await findPush(HOME, 'deal-1')).toBeNull();
  });
});
