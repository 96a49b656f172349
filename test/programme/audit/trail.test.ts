import mongoose from 'mongoose';
import { describe, expect, test } from 'vitest';
import { sweepTrails } from '../../../jobs/programme/sweep-trails.ts';
import { decideCompany } from '../../../src/discover/digest/decide-company.ts';
import { createLog } from '../../../src/log.ts';
import { auditEntry } from '../../../src/programme/audit/audit.ts';
import { listAudit, recordAudit } from '../../../src/programme/audit/audit-repository.ts';
import { findCompaniesByName } from '../../../src/programme/companies/company-names.ts';
import { settleCompanyTrails } from '../../../src/programme/companies/company-repository.ts';
import { settleProgrammeTrails } from '../../../src/programme/setup/programme-repository.ts';
import { saveProgramme } from '../../../src/programme/setup/save-programme.ts';
import { changeRole } from '../../../src/programme/workspaces/change-role.ts';
import { MIA, MILO } from '../../sandbox/cast.ts';
import { AT, ana, HOME, mia, milo } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';
import { bringCompanies, EVERY_DAY, setUp } from '../../support/ready-workspace.ts';

useMongo();
const entry = (n: number) =>
  auditEntry({ workspaceId: HOME, by: 'U1', at: AT, action: 'test.entry', subject: `thing:${n}`, before: { n }, after: { n: n + 1 } });
/** As a process leaves it that died between the change and the move. */
const leaveBehind = (collection: string, filter: object, ...entries: object[]) =>
  mongoose.connection.collection(collection).updateMany(filter, { $push: { trail: { $each: entries } } } as object);
const moved = async () => (await listAudit(HOME, { action: 'test.entry' }, 1000)).map(({ subject }) => subject).sort();
const trails = async (collection: string) => mongoose.connection.collection(collection).countDocuments({ 'trail.0': { $exists: true } });

describe('entries of a process that died are moved once', () => {
  test('by the sweep, from every collection that keeps a trail', async () => {
    await setUp(AT);
    await bringCompanies(2, AT);
    await leaveBehind('programmes', { _id: HOME }, entry(1), entry(2));
    await leaveBehind('companies', { domain: 'oakfield1.example' }, entry(3));
    // The sweep reaches for nothing else here.
    const deps = { enqueue: async () => {}, log: createLog('silent'), now: () => AT } as unknown as Parameters<typeof sweepTrails.run>[1];
    await sweepTrails.run({}, deps);
    await sweepTrails.run({}, deps);
    expect(await moved()).toEqual(['thing:1', 'thing:2', 'thing:3']);
    expect([await trails('programmes'), await trails('companies')]).toEqual([0, 0]);
  });

  test('by ten sweeps at once, while more arrive', async () => {
    await setUp(AT);
    await leaveBehind('programmes', { _id: HOME }, ...Array.from({ length: 50 }, (_, n) => entry(n)));
    const sweeps = Array.from({ length: 10 }, () => settleProgrammeTrails());
    const arriving = Array.from({ length: 20 }, (_, n) => leaveBehind('programmes', { _id: HOME }, entry(100 + n)));
    await Promise.all([...sweeps, ...arriving]);
    await settleProgrammeTrails();
    expect(await moved()).toHaveLength(70);
    expect(new Set(await moved()).size).toBe(70);
    expect(await trails('programmes')).toBe(0);
  });

  test('also when it was copied already and only the removal is missing', async () => {
    await setUp(AT);
    const copied = entry(1);
    await recordAudit(copied);
    await leaveBehind('programmes', { _id: HOME }, copied);
    await Promise.all([settleProgrammeTrails(), settleProgrammeTrails()]);
    expect(await moved()).toEqual(['thing:1']);
  });

  test('an entry recorded twice under one id stands once, as it was first', async () => {
    await recordAudit({ ...entry(1), id: 'same' });
    await recordAudit({ ...entry(2), id: 'same' });
    expect(await moved()).toEqual(['thing:1']);
  });
});

describe('what it was and what it is', () => {
  test('set-up', async () => {
    await setUp(AT);
    await saveProgramme(ana, 'digest', { ...EVERY_DAY, hour: 17 }, AT);
    const entries = await listAudit(HOME, { subject: 'programme:digest' });
    expect(entries).toContainEqual(
      expect.objectContaining({ by: ana.userId, at: AT, before: { ...EVERY_DAY }, after: { ...EVERY_DAY, hour: 17 } }),
    );
  });

  test('roles, granted and taken, and the refused attempt', async () => {
    await setUp(AT);
    await changeRole(ana, MIA, 'manager', AT);
    await changeRole(ana, MIA, 'manager', AT);
    await changeRole(ana, MIA, null, AT);
    await expect(changeRole(mia, MIA, 'admin', AT)).rejects.toMatchObject({ code: 'role-needed' });
    const entries = (await listAudit(HOME, { subject: `user:${MIA}` })).map(({ action, by, before, after }) => ({
      action,
      by,
      before,
      after,
    }));
    const base = { action: 'role.change', by: ana.userId };
    expect(entries).toHaveLength(3);
    expect(entries).toContainEqual({ ...base, before: null, after: 'manager' });
    expect(entries).toContainEqual({ ...base, before: 'manager', after: null });
    expect(entries).toContainEqual({
      action: 'role.change-refused',
      by: mia.userId,
      before: null,
      after: { code: 'role-needed', need: 'admin' },
    });
    expect((await listAudit(HOME, { subject: `user:${MILO}` })).length).toBeGreaterThan(0);
  });

  test('decisions on a company', async () => {
    await setUp(AT);
    await bringCompanies(1, AT);
    const [company] = await findCompaniesByName(HOME, 'Oakfield 1', 1);
    await decideCompany(milo, company?.id ?? '', { kind: 'later' }, AT);
    await decideCompany(milo, company?.id ?? '', { kind: 'not-fit', reason: 'other', note: 'x' }, AT);
    const entries = await listAudit(HOME, { action: 'company.decide' });
    expect(entries).toContainEqual(expect.objectContaining({ before: null, after: expect.objectContaining({ kind: 'later' }) }));
    expect(entries).toContainEqual(
      expect.objectContaining({
        before: expect.objectContaining({ kind: 'later' }),
        after: expect.objectContaining({ kind: 'not-fit', note: 'x' }),
      }),
    );
    expect(await settleCompanyTrails()).toBe(0);
  });
});
