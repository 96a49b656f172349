import { addDays } from 'date-fns';
import { beforeEach, expect, test } from 'vitest';
import { findMirrored } from '../../../src/manage/crm/meet-mirror.ts';
import { savePush } from '../../../src/manage/crm/push-repository.ts';
import { foundAccount, foundOpportunity, take } from '../../support/a-crm.ts';
import { AT, HOME } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';

useMongo();
const SALTMARSH = { names: ['Saltmarsh Clinics'], sites: ['saltmarsh.example'], country: 'GB', city: null };
const met = async (workspaceId = HOME) =>
  (await findMirrored(workspaceId, SALTMARSH, AT)).map(({ verdict, record }) => [verdict, record.kind, record.role]);

beforeEach(async () => {
  await take('accounts', { records: [foundAccount()] });
});

test('an open sale is met, and one that was worked on in the last 90 days', async () => {
  expect(await met()).toEqual([]);
  const closed = { state: 'lost', lastActivityAt: addDays(AT, -89) } as const;
  await take('opportunities', { records: [foundOpportunity(), foundOpportunity({ sourceId: 'd2', ...closed })] });
  expect(await met()).toEqual([
    ['same', 'opportunity', 'opportunity'],
    ['same', 'opportunity', 'opportunity'],
  ]);
  expect(await met('T0OTHER')).toEqual([]);
});

test('one that is over, one that is deleted and what we pushed ourselves are not', async () => {
  const push = { dealId: 'deal-1', source: 'hubspot', opportunityId: 'd3', hash: '', written: {}, problem: null, at: AT } as const;
  await savePush(HOME, { ...push, conflicts: [] });
  const over = foundOpportunity({ state: 'lost', lastActivityAt: addDays(AT, -91) });
  await take('opportunities', { records: [over, foundOpportunity({ sourceId: 'd2' }), foundOpportunity({ sourceId: 'd3' })] });
  await take('opportunities', { deleted: [{ sourceId: 'd2', at: addDays(AT, 1) }] });
  expect(await met()).toEqual([]);
});

test('what was won is a customer, however long ago, and whoever brought it', async () => {
  await take('opportunities', { records: [foundOpportunity({ state: 'won', lastActivityAt: addDays(AT, -400) })] });
  expect(await met()).toEqual([['same', 'opportunity', 'customer']]);
});

test('a customer and an account of the direct team are met', async () => {
  const changedAt = addDays(AT, 1);
  await take('accounts', { records: [foundAccount({ isCustomer: true, changedAt }), foundAccount({ sourceId: 'a2', isNamed: true })] });
  expect((await met()).sort()).toEqual([
    ['same', 'account', 'customer'],
    ['same', 'account', 'named'],
  ]);
});
