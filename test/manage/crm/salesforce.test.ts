import { addMinutes } from 'date-fns';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CrmAdapter } from '../../../src/manage/crm/crm-adapter.ts';
import { countMirror, findOpportunity, findOwner, listAccounts } from '../../../src/manage/crm/mirror-repository.ts';
import { type DealToPush, pushDeal } from '../../../src/manage/crm/push-deal.ts';
import { createSalesforce } from '../../../src/manage/crm/salesforce.ts';
import { syncCrm } from '../../../src/manage/crm/sync-crm.ts';
import { findSync } from '../../../src/manage/crm/sync-repository.ts';
import { AT, HOME } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';
import { startSalesforce } from '../../support/salesforce-server.ts';

useMongo();
let server: Awaited<ReturnType<typeof startSalesforce>>;
let adapter: CrmAdapter;
let now = AT;
const BEFORE = addMinutes(AT, -60);
const sync = (given: object = {}) => syncCrm(HOME, adapter, { now: () => now, ...given });
const opportunity = (id = '006A') => findOpportunity(HOME, 'salesforce', id);
const connected = (clientSecret = 'sf-secret') => createSalesforce({ url: server.url, clientId: 'sf-id', clientSecret, currency: 'EUR' });

beforeEach(async () => {
  now = AT;
  server = await startSalesforce();
  adapter = connected();
  server.put('User', { Id: '005A', Name: 'Sol Berg', Email: 'sol@larkspur.example', IsActive: true }, BEFORE);
  server.put(
    'Account',
    { Id: '001A', Name: 'Saltmarsh', Website: 'https://saltmarsh.example', BillingCountry: 'Germany', Type: 'Customer - Direct' },
    BEFORE,
  );
  const open = {
    AccountId: '001A',
    Name: '40 seats',
    StageName: 'Proposal',
    IsClosed: false,
    IsWon: false,
    Amount: 8800.5,
    OwnerId: '005A',
  };
  server.put('Opportunity', { Id: '006A', ...open, CloseDate: '2026-12-30' }, BEFORE);
});
afterEach(() => server.stop());

test('owners, accounts and opportunities come in', async () => {
  expect(await sync()).toEqual({ state: 'done' });
  expect(await findOwner(HOME, 'salesforce', '005A')).toMatchObject({ name: 'Sol Berg' });
  expect(await listAccounts(HOME, 'salesforce', ['001A'])).toMatchObject([
    { name: 'Saltmarsh', country: 'DE', isCustomer: true, isNamed: false },
  ]);
  expect(await opportunity()).toMatchObject({
    ...{ accountName: 'Saltmarsh', domains: ['saltmarsh.example'], stage: 'Proposal', state: 'open', closeOn: '2026-12-30' },
    value: { minor: 880_050, currency: 'EUR' },
  });
});

test('fields that an organisation has are read, and those it lacks are not asked for', async () => {
  server.fields.Account?.add('Named_Account__c').add('BillingCountryCode');
  server.fields.Opportunity?.add('CurrencyIsoCode');
  server.put('Account', { Id: '001A', Named_Account__c: true, BillingCountryCode: 'AT' }, BEFORE);
  server.put('Opportunity', { Id: '006A', CurrencyIsoCode: 'USD' }, BEFORE);
  await sync();
  expect(await listAccounts(HOME, 'salesforce', ['001A'])).toMatchObject([{ isNamed: true, country: 'AT' }]);
  expect(await opportunity()).toMatchObject({ value: { minor: 880_050, currency: 'USD' } });
});

test('all pages are read, and a place in them that is lost is found again from the start', async () => {
  for (let id = 1000; id < 1500; id++) server.put('Account', { Id: `001${id}`, Name: `Company ${id}`, Website: `c${id}.example` }, BEFORE);
  expect(await sync({ mostPages: 2 })).toEqual({ state: 'more' });
  server.places.clear();
  expect(await sync()).toEqual({ state: 'done' });
  expect(await countMirror(HOME, 'salesforce')).toEqual({ owners: 1, accounts: 501, opportunities: 1 });
});

test('what is deleted or merged there is gone here, who has left is no owner, and won is won', async () => {
  server.put('Account', { Id: '001B', Name: 'Oakfield', Website: 'oakfield.example' }, BEFORE);
  server.put('Opportunity', { Id: '006B', Name: 'Gone soon', StageName: 'New', IsClosed: false, IsWon: false }, BEFORE);
  await sync();
  now = addMinutes(AT, 60);
  server.put('Opportunity', { Id: '006B', IsDeleted: true }, now);
  server.put('Account', { Id: '001A', IsDeleted: true, MasterRecordId: '001B' }, now);
  server.put('User', { Id: '005A', IsActive: false }, now);
  server.put('Opportunity', { Id: '006A', StageName: 'Closed Won', IsClosed: true, IsWon: true, AccountId: '001B' }, now);
  await sync();
  expect(await opportunity('006B')).toMatchObject({ deletedAt: now });
  expect(await listAccounts(HOME, 'salesforce', ['001A'])).toMatchObject([{ deletedAt: now }]);
  expect(await findOwner(HOME, 'salesforce', '005A')).toMatchObject({ deletedAt: now });
  expect(await opportunity()).toMatchObject({ accountId: '001B', accountName: 'Oakfield', state: 'won' });
});

describe('trouble', () => {
  test('a token that has expired is renewed once, in the middle of a run', async () => {
    await sync({ mostPages: 1 });
    server.expire();
    expect(await sync()).toEqual({ state: 'done' });
    expect(server.tokens()).toBe(2);
  });

  test('a secret that is wrong is asked with once, and is a problem that people see', async () => {
    adapter = connected('another');
    expect(await sync()).toMatchObject({ state: 'waits' });
    expect(await findSync(HOME, 'salesforce')).toMatchObject({ problem: { code: 'refused' } });
  });

  test('a day’s calls that are spent are waited for, though they come as 403', async () => {
    server.faults.push({ status: 403, body: [{ errorCode: 'REQUEST_LIMIT_EXCEEDED' }] });
    expect(await sync()).toMatchObject({ state: 'waits', waitMs: 10_000 });
    expect(await findSync(HOME, 'salesforce')).toMatchObject({ problem: { code: 'busy' } });
  });

  test('an answer that leads to another host is not followed with our token', async () => {
    server.faults.push({
      status: 200,
      on: /User/,
      body: { records: [], done: false, nextRecordsUrl: 'https://evil.example/services/data' },
    });
    expect(await sync()).toMatchObject({ state: 'done' });
    expect(server.calls.filter(({ path }) => path.includes('User')).length).toBeGreaterThan(1);
  });
});

describe('a deal of ours', () => {
  const ours: DealToPush = {
    ...{
      dealId: 'deal/1',
      partnerName: 'Brindle',
      company: 'Saltmarsh',
      domain: 'saltmarsh.example',
      value: { minor: 1_200_000, currency: 'EUR' },
    },
    ...{ closeOn: '2027-03-31', protectedUntil: new Date('2027-02-21T09:00:00Z') },
  };
  const push = (given: Partial<DealToPush> = {}) => pushDeal(HOME, { ...ours, ...given }, adapter, now);
  const there = () => [...(server.stores.Opportunity?.values() ?? [])].filter((row) => row.Partner_Deal_Id__c === 'deal/1');
  beforeEach(() => sync());

  test('is written once, in the first stage and at its account, and found again by its id', async () => {
    await push();
    await push();
    expect(there()).toMatchObject([
      {
        ...{ Name: 'Saltmarsh (Brindle)', Amount: 12_000, CloseDate: '2027-03-31', StageName: 'Prospecting', AccountId: '001A' },
        ...{ Partner_Name__c: 'Brindle', Partner_Protected_Until__c: '2027-02-21' },
      },
    ]);
  });

  test('a change leaves what somebody changed there', async () => {
    const { push: first } = await push();
    server.put('Opportunity', { Id: first.opportunityId ?? '', Amount: 9000, StageName: 'Proposal' }, now);
    const { push: next } = await push({ value: { minor: 1_300_000, currency: 'EUR' }, closeOn: '2027-04-30' });
    expect(next.conflicts).toEqual([{ field: 'amount', ours: '13000', theirs: '9000' }]);
    expect(there()).toMatchObject([{ Amount: 9000, CloseDate: '2027-04-30', StageName: 'Proposal' }]);
  });

  test('a sum in another currency than the organisation’s is left out', async () => {
    await push({ value: { minor: 1_200_000, currency: 'USD' } });
    expect(there()).toMatchObject([{ CloseDate: '2027-03-31' }]);
    expect(there()[0]).not.toHaveProperty('Amount');
  });

  test('fields that nobody made there, or that it demands, are a problem that names them', async () => {
    server.faults.push({
      status: 400,
      on: /Partner_Deal_Id__c\/deal%2F1$/,
      body: [{ errorCode: 'REQUIRED_FIELD_MISSING', fields: ['Region__c'] }],
    });
    expect((await push()).push).toMatchObject({ problem: { code: 'fields', fields: ['Region__c'] } });
    server.fields.Opportunity?.delete('Partner_Name__c');
    adapter = connected();
    expect((await push()).push).toMatchObject({ problem: { code: 'fields', fields: ['Partner_Name__c'] } });
  });
});
