import { addMinutes } from 'date-fns';
import mongoose from 'mongoose';
import { afterEach, describe, expect, test } from 'vitest';
import { findMirrored } from '../../src/manage/crm/meet-mirror.ts';
import * as mirror from '../../src/manage/crm/mirror-repository.ts';
import * as pushes from '../../src/manage/crm/push-repository.ts';
import * as syncs from '../../src/manage/crm/sync-repository.ts';
import { foundAccount, foundOpportunity, foundOwner, take } from '../support/a-crm.ts';
import { AT, HOME } from '../support/builders.ts';
import { SERVERS, useModels } from './servers.ts';

const LATER = addMinutes(AT, 60);
const push = { dealId: 'deal-1', source: 'hubspot', opportunityId: 'd1', hash: 'h', written: {}, problem: null, at: AT } as const;

describe.each(SERVERS)('the mirror of a CRM on %s', (name) => {
  useModels(name);
  afterEach(() => Promise.all(Object.values(mongoose.models).map((model) => model.deleteMany({}))));

  test('is brought to a page, whatever came before, and tells what closed', async () => {
    await pushes.savePush(HOME, { ...push, conflicts: [{ field: 'amount', ours: '1', theirs: '2' }] });
    await take('owners', { records: [foundOwner(), foundOwner({ sourceId: 'o2' })] });
    await take('accounts', { records: [foundAccount()] });
    await take('opportunities', { records: [foundOpportunity(), foundOpportunity({ sourceId: 'd2' })] });
    const won = foundOpportunity({ state: 'won', changedAt: LATER });
    expect(await take('opportunities', { records: [won] }, { at: LATER })).toMatchObject({ changed: 1 });
    expect(await take('opportunities', { records: [won], deleted: [{ sourceId: 'd2', at: LATER }] })).toMatchObject({
      same: 1,
      deleted: 1,
    });
    expect(await mirror.findOpportunity(HOME, 'hubspot', 'd1')).toMatchObject({ state: 'won', partnerDealId: 'deal-1', meetDue: LATER });
    expect(await mirror.countMirror(HOME, 'hubspot')).toEqual({ owners: 2, accounts: 1, opportunities: 1 });
    expect(await mirror.listOwners(HOME, 1, 1)).toMatchObject({ owners: [{ sourceId: 'o2' }], total: 2, open: 2 });
    expect(await pushes.listPushTroubles(HOME, 1)).toMatchObject({ total: 1, pushes: [{ dealId: 'deal-1' }] });
  });

  test('is read by one worker at a time, and whoever lost it writes no more', async () => {
    await syncs.watchSync(HOME, 'hubspot', { userId: 'U1', key: 'k1' });
    const lease = addMinutes(AT, 2);
    const [one, other] = await Promise.all([syncs.claimSync(HOME, 'hubspot', AT, lease), syncs.claimSync(HOME, 'hubspot', AT, lease)]);
    const first = one ?? other;
    expect([one, other].filter(Boolean)).toHaveLength(1);
    const second = await syncs.claimSync(HOME, 'hubspot', lease, LATER);
    expect(first && (await syncs.saveSync(first, { pending: ['owners'] }, LATER))).toBe(false);
    expect(second && (await syncs.saveSync(second, { pending: ['accounts'], failures: 2 }, LATER))).toBe(true);
    await syncs.forgetWatchers(HOME, 'hubspot', ['k1']);
    expect(await syncs.findSync(HOME, 'hubspot')).toMatchObject({
      pending: ['accounts'],
      failures: 2,
      watchers: [],
      owners: { round: null },
    });
  });

  test('is met by domain behind a crowd of one name, and by a word that few have', async () => {
    const crowd = Array.from({ length: 120 }, (_, at) =>
      foundOpportunity({ sourceId: `c${at}`, accountId: null, accountName: 'Saltmarsh' }),
    );
    const own = foundOpportunity({ sourceId: 'own', accountId: null, accountName: 'Tidewrack Labs', domains: ['saltmarsh.example'] });
    await take('opportunities', { records: [...crowd, own] });
    const met = async (names: string[], sites: string[]) => findMirrored(HOME, { names, sites, country: null, city: null }, AT);
    const crowded = await met(['Saltmarsh'], ['saltmarsh.example']);
    expect(crowded.find(({ record }) => record.id.endsWith(':own'))).toMatchObject({ weights: [{ code: 'domain-same' }] });
    expect(await met(['Tidewrack Labs Northern'], [])).toMatchObject([
      { record: { kind: 'opportunity', said: { names: ['Tidewrack Labs'] } } },
    ]);
  });
});
