import { addHours } from 'date-fns';
import { describe, expect, test } from 'vitest';
import { matchKeys } from '../../../src/manage/conflicts/match-keys.ts';
import { findMirrored } from '../../../src/manage/crm/meet-mirror.ts';
import { findOpportunity, listAccounts, listAccountsByKeys } from '../../../src/manage/crm/mirror-repository.ts';
import { savePush } from '../../../src/manage/crm/push-repository.ts';
import { foundAccount, foundOpportunity, take, WHOSE } from '../../support/a-crm.ts';
import { AT, HOME } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';

useMongo();
const keysOf = (domain: string) => matchKeys({ names: [], domains: [domain] });
const LATER = addHours(AT, 1);
/** Whether a registration for this website meets an opportunity. */
const isMet = async (site: string) =>
  (await findMirrored(HOME, { names: [], sites: [site], country: null, city: null }, LATER)).some(
    ({ record }) => record.kind === 'opportunity',
  );
const opportunity = (id = 'd1') => findOpportunity(HOME, 'hubspot', id);

test('the same page twice changes nothing', async () => {
  const accounts = { records: [foundAccount()] };
  const opportunities = { records: [foundOpportunity()] };
  expect(await take('accounts', accounts)).toMatchObject({ added: 1, changed: 0, same: 0 });
  expect(await take('opportunities', opportunities)).toMatchObject({ added: 1, changed: 0, same: 0 });
  const before = await opportunity();
  expect(await take('accounts', accounts, { at: LATER })).toMatchObject({ added: 0, changed: 0, same: 1, rows: [] });
  expect(await take('opportunities', opportunities, { at: LATER })).toMatchObject({ added: 0, changed: 0, same: 1, rows: [] });
  expect(await opportunity()).toEqual(before);
});

test('an opportunity has the names, the domains and the keys of its account, and follows them', async () => {
  await take('accounts', { records: [foundAccount()] });
  await take('opportunities', { records: [foundOpportunity()] });
  expect(await opportunity()).toMatchObject({
    accountName: 'Saltmarsh Clinics',
    domains: ['saltmarsh.example'],
    country: 'GB',
    city: 'Leeds',
  });
  expect(await isMet('saltmarsh.example')).toBe(true);
  await take('accounts', { records: [foundAccount({ domains: ['saltmarsh-group.example'], changedAt: LATER })] });
  expect(await opportunity()).toMatchObject({ domains: ['saltmarsh-group.example'] });
  expect(await isMet('saltmarsh.example')).toBe(false);
  expect(await listAccountsByKeys(HOME, keysOf('saltmarsh-group.example'), 10)).toHaveLength(1);
});

test('an opportunity that came before its account follows it all the same', async () => {
  await take('opportunities', { records: [foundOpportunity()] });
  expect(await opportunity()).toMatchObject({ accountName: '', keys: [] });
  await take('accounts', { records: [foundAccount()] });
  expect(await opportunity()).toMatchObject({ accountName: 'Saltmarsh Clinics', domains: ['saltmarsh.example'] });
});

describe('of two versions', () => {
  test('the one that the CRM changed later stands, whichever comes last', async () => {
    await take('opportunities', { records: [foundOpportunity({ stage: 'Negotiation', changedAt: LATER })] });
    expect(await take('opportunities', { records: [foundOpportunity()] })).toMatchObject({ changed: 0, same: 1 });
    expect(await opportunity()).toMatchObject({ stage: 'Negotiation' });
  });

  test('of one record twice in a page the later stands', async () => {
    const twice = [foundOpportunity(), foundOpportunity({ stage: 'Negotiation', changedAt: LATER })];
    expect(await take('opportunities', { records: twice })).toMatchObject({ added: 1, changed: 1 });
    expect(await opportunity()).toMatchObject({ stage: 'Negotiation' });
  });
});

describe('what is gone', () => {
  test('stays on file, is found no more, and an older version does not bring it back; a newer one does', async () => {
    await take('accounts', { records: [foundAccount()] });
    await take('opportunities', { records: [foundOpportunity()] });
    const gone = { deleted: [{ sourceId: 'd1', at: LATER }] };
    expect(await take('opportunities', gone)).toMatchObject({ deleted: 1 });
    expect(await take('opportunities', gone)).toMatchObject({ deleted: 0 });
    expect(await opportunity()).toMatchObject({ deletedAt: LATER });
    expect(await isMet('saltmarsh.example')).toBe(false);
    await take('opportunities', { records: [foundOpportunity()] });
    expect(await opportunity()).toMatchObject({ deletedAt: LATER });
    await take('opportunities', { records: [foundOpportunity({ changedAt: addHours(LATER, 1) })] });
    expect(await opportunity()).toMatchObject({ deletedAt: null });
    expect(await take('opportunities', gone)).toMatchObject({ deleted: 0 });
  });

  test('of merged accounts the opportunities belong to the one that stays', async () => {
    await take('accounts', {
      records: [foundAccount(), foundAccount({ sourceId: 'a2', name: 'Oakfield', domains: ['oakfield.example'] })],
    });
    await take('opportunities', { records: [foundOpportunity()] });
    const merge = { merged: [{ from: 'a1', into: 'a2', at: LATER }] };
    expect(await take('accounts', merge)).toMatchObject({ deleted: 1 });
    expect(await take('accounts', merge)).toMatchObject({ deleted: 0 });
    expect(await opportunity()).toMatchObject({ accountId: 'a2', accountName: 'Oakfield', domains: ['oakfield.example'] });
    expect(await listAccounts(HOME, 'hubspot', ['a1'])).toMatchObject([{ deletedAt: LATER }]);
  });
});

describe('our deal', () => {
  const push = { dealId: 'deal-1', source: 'hubspot', opportunityId: 'd1', hash: 'h', written: {}, conflicts: [], problem: null } as const;

  test('follows a merge of opportunities, told on the same page', async () => {
    await savePush(HOME, { ...push, conflicts: [], at: AT });
    await take('opportunities', { records: [foundOpportunity()] });
    const merged = foundOpportunity({ sourceId: 'd9', changedAt: LATER });
    await take('opportunities', { records: [merged], merged: [{ from: 'd1', into: 'd9', at: LATER }] });
    expect(await opportunity('d9')).toMatchObject({ partnerDealId: 'deal-1', deletedAt: null });
    expect(await opportunity('d1')).toMatchObject({ deletedAt: LATER });
  });
});

test('a dry run says what would change and changes nothing', async () => {
  await take('opportunities', { records: [foundOpportunity()] });
  const page = {
    records: [foundOpportunity({ stage: 'Negotiation', changedAt: LATER }), foundOpportunity({ sourceId: 'd2' })],
    deleted: [{ sourceId: 'd1', at: addHours(LATER, 1) }],
  };
  const before = await opportunity();
  const { rows, ...counts } = await take('opportunities', page, { dry: true });
  expect(counts).toEqual({ added: 1, changed: 1, deleted: 1, same: 0 });
  expect(rows[0]).toMatchObject({ kind: 'changed', sourceId: 'd1', fields: [{ field: 'stage', old: 'Proposal', new: 'Negotiation' }] });
  expect([await opportunity(), await opportunity('d2')]).toEqual([before, null]);
});

test('another workspace with the same CRM has records of its own', async () => {
  await take('opportunities', { records: [foundOpportunity()] });
  await take('opportunities', { records: [foundOpportunity({ stage: 'Theirs' })] }, { whose: { ...WHOSE, workspaceId: 'T0OTHER' } });
  expect(await opportunity()).toMatchObject({ stage: 'Proposal' });
});
