import mongoose from 'mongoose';
import { afterEach, describe, expect, test } from 'vitest';
import type { Partner } from '../../src/onboard/partners/partner.ts';
import * as merges from '../../src/onboard/partners/partner-merge-repository.ts';
import * as partners from '../../src/onboard/partners/partner-repository.ts';
import { auditEntry } from '../../src/programme/audit/audit.ts';
import { SERVERS, useModels } from './servers.ts';

const at = new Date('2026-11-23T09:00:00Z');
const entry = (id: string) => auditEntry({ id, workspaceId: 'T1', at, by: 'U1', action: 'partner.edit', subject: 'partner:1' });

const insert = (name: string, given: Partial<Partner> = {}) =>
  partners.insertPartner(
    {
      ...{
        workspaceId: 'T1',
        name,
        domains: [`${name}.example`],
        aliases: [],
        types: ['agency'],
        tier: '',
        status: 'invited',
        statusAt: at,
      },
      ...{ countries: [], owner: 'U1', people: [], teamIds: [], channel: null, companyId: 'c1', notes: [], firstRegistrationAt: null },
      ...{ endedBecause: '', createdBy: 'U1', createdAt: at },
      ...given,
    },
    (id) => entry(`add-${id}`),
  );
const taken = expect.objectContaining({ code: 'partner-exists' });

describe.each(SERVERS)('partners on %s', (name) => {
  useModels(name);
  afterEach(() => Promise.all(Object.values(mongoose.models).map((model) => model.deleteMany({}))));

  test('many have no Slack workspace, and each workspace and each domain belongs to one', async () => {
    const [one, other] = [await insert('one'), await insert('other', { domains: ['other.example', 'second.example'] })];
    await insert('third');
    const connected = await partners.changePartner(one, { teamIds: ['TA', 'TB'] }, entry('e1'));
    await expect(partners.changePartner(other, { teamIds: ['TC', 'TB'] }, entry('e2'))).rejects.toEqual(taken);
    await expect(insert('fourth', { teamIds: ['TA'] })).rejects.toEqual(taken);
    await expect(insert('fifth', { domains: ['fifth.example', 'second.example'] })).rejects.toEqual(taken);
    await insert('one', { workspaceId: 'T2', teamIds: ['TA'] });
    expect((await partners.findPartnerByTeam('T1', 'TB'))?.id).toBe(one.id);
    // Given up, it is another's to have, and an empty list is nobody's alone again.
    await partners.changePartner(connected ?? one, { teamIds: [] }, entry('e3'));
    expect((await partners.changePartner(other, { teamIds: ['TB'] }, entry('e4')))?.teamIds).toEqual(['TB']);
  });

  test('of ten who add the same at once, one does', async () => {
    const done = await Promise.allSettled(Array.from({ length: 10 }, () => insert('one')));
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await partners.listPartnerRecords('T1', {}, { from: 0, count: 10 })).total).toBe(1);
  });

  test('what is due is found by its mark, and a record is taken over by one', async () => {
    const [one, other, third] = [await insert('one'), await insert('other'), await insert('third')];
    const due = await partners.listKeepOutDue();
    expect(due).toHaveLength(3);
    for (const each of due) await partners.settleKeepOut(each);
    expect(await partners.listKeepOutDue()).toEqual([]);
    const claims = await Promise.all([other, third].map((from) => merges.claimMerge(one, from, { by: 'U1', at })));
    expect(claims.filter(Boolean)).toHaveLength(1);
    const merge = await merges.findMerge('T1', one.id);
    if (!merge) throw new Error('the merge was claimed');
    expect(await merges.listMergesDue()).toEqual([{ workspaceId: 'T1', id: one.id }]);
    expect([await merges.deleteAbsorbed(merge), await merges.deleteAbsorbed(merge)]).toEqual([true, false]);
    expect(await merges.settleMerge(merge, { domains: ['one.example', ...merge.absorbed.domains] }, entry('m'))).toMatchObject({
      id: one.id,
    });
    expect([await merges.findMerge('T1', one.id), await merges.settleMerge(merge, {}, entry('m2'))]).toEqual([null, null]);
  });
});
