import { describe, expect, test } from 'vitest';
import { listAudit } from '../../../src/programme/audit/audit-repository.ts';
import { changeRole, grantFirstAdmin } from '../../../src/programme/workspaces/change-role.ts';
import { listRoles } from '../../../src/programme/workspaces/role-repository.ts';
import { AT, anActor, ana, HOME, mia, milo, pia } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';

useMongo();
const ROUNDS = Array.from({ length: 15 }, (_, round) => round);
const bea = anActor({ userId: 'U0BEA' });

const admins = async (workspaceId: string) =>
  (await listRoles(workspaceId)).filter(({ role }) => role === 'admin').map(({ userId }) => userId);

/** A workspace whose admins are Ana and Bea. */
async function twoAdmins(workspaceId: string) {
  await grantFirstAdmin(workspaceId, ana.userId, AT);
  await changeRole({ ...ana, workspaceId }, bea.userId, 'admin', AT);
}

describe('somebody can always grant roles', () => {
  test('the only admin cannot give the role up, nor take a lesser one', async () => {
    await grantFirstAdmin(HOME, ana.userId, AT);
    for (const role of [null, 'manager'] as const) {
      await expect(changeRole(ana, ana.userId, role, AT)).rejects.toMatchObject({ code: 'last-admin' });
    }
    expect(await listRoles(HOME)).toEqual([{ userId: ana.userId, role: 'admin' }]);
    expect(await listAudit(HOME, { action: 'role.change' })).toHaveLength(1);
  });

  test.each(['each revokes the other', 'each revokes themselves', 'one demotes, one revokes'])('two admins at once: %s', async (how) => {
    for (const round of ROUNDS) {
      const workspaceId = `T${round}`;
      await twoAdmins(workspaceId);
      const [one, two] = [ana, bea].map((admin) => ({ ...admin, workspaceId }));
      if (!one || !two) throw new Error('two admins');
      const [first, second] = how === 'each revokes themselves' ? [one, two] : [two, one];
      const outcomes = await Promise.allSettled([
        changeRole(one, first.userId, null, AT),
        changeRole(two, second.userId, how.startsWith('one demotes') ? 'manager' : null, AT),
      ]);
      expect(outcomes.filter(({ status }) => status === 'rejected')).toMatchObject([
        // Who was revoked in between may change nothing any more.
        { reason: { code: how === 'each revokes themselves' ? 'last-admin' : 'role-needed' } },
      ]);
      expect(await admins(workspaceId)).toHaveLength(1);
      // What is on record is what happened: three changes, not the one that was refused.
      expect(await listAudit(workspaceId, { action: 'role.change' })).toHaveLength(3);
    }
  });

  test('ten installations at once make one first admin', async () => {
    for (const round of ROUNDS) {
      const made = await Promise.all(ROUNDS.slice(0, 10).map((n) => grantFirstAdmin(`T${round}`, `U${n}`, AT)));
      expect(made.filter(Boolean)).toHaveLength(1);
      expect(await admins(`T${round}`)).toHaveLength(1);
    }
  });

  test('many different changes at once are all kept', async () => {
    await grantFirstAdmin(HOME, ana.userId, AT);
    await Promise.all(ROUNDS.map((n) => changeRole(ana, `U${n}`, n % 2 ? 'admin' : 'manager', AT)));
    expect(await listRoles(HOME)).toHaveLength(1 + ROUNDS.length);
    expect(await listAudit(HOME, { action: 'role.change' })).toHaveLength(1 + ROUNDS.length);
  });
});

test('nobody but an admin changes a role, and the attempt is on record', async () => {
  await grantFirstAdmin(HOME, ana.userId, AT);
  for (const by of [milo, mia, pia, { ...pia, role: 'admin' as const }]) {
    await expect(changeRole(by, by.userId, 'admin', AT)).rejects.toMatchObject({ name: 'Refusal' });
  }
  expect(await listRoles(HOME)).toEqual([{ userId: ana.userId, role: 'admin' }]);
  expect(await listAudit(HOME, { action: 'role.change-refused' })).toHaveLength(4);
});

test('an admin of one workspace is nobody in another', async () => {
  await grantFirstAdmin(HOME, ana.userId, AT);
  await grantFirstAdmin('T0OTHER', bea.userId, AT);
  await changeRole(ana, milo.userId, 'manager', AT);
  expect(await listRoles('T0OTHER')).toEqual([{ userId: bea.userId, role: 'admin' }]);
});
