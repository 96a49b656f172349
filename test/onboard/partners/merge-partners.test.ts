import { addHours } from 'date-fns';
import mongoose from 'mongoose';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { mergePartnersJob } from '../../../jobs/onboard/merge-partners.ts';
import { createLog } from '../../../src/log.ts';
import { listDeals } from '../../../src/manage/deals/deal-repository.ts';
import { acceptAgreement } from '../../../src/onboard/agreements/accept-agreement.ts';
import { listAcceptances } from '../../../src/onboard/agreements/acceptance-repository.ts';
import { publishAgreement } from '../../../src/onboard/agreements/publish-agreement.ts';
import { listChecklistsOf } from '../../../src/onboard/checklists/checklist-repository.ts';
import { insertLink } from '../../../src/onboard/pages/page-link-repository.ts';
import { newSecret } from '../../../src/onboard/pages/secret.ts';
import { enterPage, findVisit } from '../../../src/onboard/pages/visit.ts';
import { finishMerge, startMerge } from '../../../src/onboard/partners/merge-partners.ts';
import type { Partner } from '../../../src/onboard/partners/partner.ts';
import { listMergesDue } from '../../../src/onboard/partners/partner-merge-repository.ts';
import {
  findPartnerByTeam,
  getPartner,
  listPartnerRecords,
  settlePartnerTrails,
} from '../../../src/onboard/partners/partner-repository.ts';
import { userIdOfContact } from '../../../src/onboard/partners/person-of.ts';
import { takeOverExample } from '../../../src/onboard/training/change-course.ts';
import { listProgress } from '../../../src/onboard/training/progress-repository.ts';
import { readUnit } from '../../../src/onboard/training/take-course.ts';
import { listAudit } from '../../../src/programme/audit/audit-repository.ts';
import { ANA, EXT_QUILLMONT, MILO } from '../../sandbox/cast.ts';
import { aDeal } from '../../support/a-deal.ts';
import { aPartner, changed, piaOf, QUILLMONT_TEAM } from '../../support/a-partner.ts';
import { AT, ana, aProgramme, HOME, mia, milo } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';

useMongo();
let stays: Partner;
let goes: Partner;
beforeEach(async () => {
  await aProgramme();
  const dana = { name: 'Dana Reed', email: 'dana@quillmont.example', role: 'finance' as const };
  goes = await aPartner({ people: [dana, { name: 'Pia Pine', email: 'pia.pine@quillmont.example', role: 'sales' }] });
  const [d, p] = goes.people;
  if (!d || !p) throw new Error('there are two people');
  const notes = [{ id: 'n2', text: 'Later', by: MILO, at: new Date(AT.getTime() + 2) }];
  const slack = { userId: 'U0PIAPINE1', teamId: QUILLMONT_TEAM };
  goes = await changed(goes, { people: [d, { ...p, slack }], notes, firstRegistrationAt: AT, status: 'active', owner: ANA });
  const pia = { name: 'Pia P.', email: 'pia.pine@quillmont.example', role: 'leadership' as const };
  const at = new Date(AT.getTime() + 1);
  const other = { name: 'Quillmont Ltd', domains: ['quillmont.test'], types: ['reseller'] as const, people: [pia] };
  stays = await aPartner(other, { teamIds: ['T0OTHER1'], notes: [{ id: 'n1', text: 'Earlier', by: MILO, at }] });
});

/** Ids of records that some other collection keeps of a partner. */
let records: string[];
const move = async (_workspaceId: string, from: string, to: string) => {
  records = records.map((id) => (id === from ? to : id));
};
beforeEach(() => {
  records = [goes.id, stays.id];
});

async function expectMerged(): Promise<void> {
  const { partners, total } = await listPartnerRecords(HOME, {}, { from: 0, count: 10 });
  expect(total).toBe(1);
  expect(partners[0]).toMatchObject({
    id: stays.id,
    ...{ name: 'Quillmont Ltd', aliases: ['Quillmont'], domains: ['quillmont.test', 'quillmont.example'], types: ['reseller', 'agency'] },
    ...{ status: 'invited', owner: MILO, channel: EXT_QUILLMONT, firstRegistrationAt: AT, teamIds: ['T0OTHER1', QUILLMONT_TEAM] },
    people: [
      { name: 'Pia P.', role: 'leadership', slack: { userId: 'U0PIAPINE1' } },
      { name: 'Dana Reed', role: 'finance' },
    ],
    notes: [{ id: 'n1' }, { id: 'n2' }],
  });
  expect(records).toEqual([stays.id, stays.id]);
  expect(await listMergesDue()).toEqual([]);
  expect(await listAudit(HOME, { action: 'partner.merge' })).toMatchObject([
    { by: MILO, before: { partnerId: goes.id, name: 'Quillmont' } },
  ]);
}

test('two records become one: two Slack workspaces are fine, what both have is kept once', async () => {
  await startMerge(milo, stays, goes, AT);
  await finishMerge(HOME, stays.id, [move]);
  await expectMerged();
  expect(await finishMerge(HOME, stays.id, [move])).toBeNull();
});

test('run by four at once, the outcome is the same', async () => {
  await startMerge(milo, stays, goes, AT);
  await Promise.all([1, 2, 3, 4].map(() => finishMerge(HOME, stays.id, [move])));
  await expectMerged();
});

test('only by a manager, only as they were seen, and not with itself', async () => {
  await expect(startMerge(mia, stays, goes, AT)).rejects.toMatchObject({ code: 'role-needed' });
  await expect(startMerge(milo, stays, stays, AT)).rejects.toMatchObject({ code: 'partner-moved-on' });
  const before = goes;
  await changed(goes, { tier: 'Gold' });
  await expect(startMerge(milo, stays, before, AT)).rejects.toMatchObject({ code: 'partner-moved-on' });
});

test('what somebody changes in the record that goes, after the merge began, is not lost', async () => {
  await startMerge(milo, stays, goes, AT);
  await changed(goes, { countries: ['Poland'] });
  await finishMerge(HOME, stays.id, [move]);
  expect((await getPartner(HOME, stays.id)).countries).toEqual(['United Kingdom', 'Poland']);
});

test('two people merge in opposite directions: one record is left, and nothing is lost', async () => {
  const started = await Promise.allSettled([startMerge(milo, stays, goes, AT), startMerge(ana, goes, stays, AT)]);
  expect(started.some(({ status }) => status === 'fulfilled')).toBe(true);
  for (let round = 0; round < 4; round++) await Promise.allSettled((await listMergesDue()).map(({ id }) => finishMerge(HOME, id, [move])));
  const { partners, total } = await listPartnerRecords(HOME, {}, { from: 0, count: 10 });
  expect(total).toBe(1);
  expect(partners[0]?.domains.toSorted()).toEqual(['quillmont.example', 'quillmont.test']);
  expect((await findPartnerByTeam(HOME, QUILLMONT_TEAM))?.id).toBe(partners[0]?.id);
});

test('the job moves what hangs on the record that goes; who accepted what is never lost', async () => {
  const given = { title: 'Terms', types: [], fileName: null, bytes: Buffer.from('terms'), askBy: null };
  const { version } = await publishAgreement(ana, given, AT);
  await acceptAgreement(piaOf(goes), { versionId: version.id, name: 'Pia Pine', jobTitle: 'Sales' }, AT);
  const deal = await aDeal(goes);
  await startMerge(milo, stays, goes, AT);
  const queued: string[] = [];
  const deps = { now: () => AT, log: createLog('silent'), enqueue: async ({ name }: { name: string }) => void queued.push(name) };
  // The job uses no more of them.
  await mergePartnersJob.run({ workspaceId: HOME, partnerId: stays.id }, deps as never);
  expect(await listAcceptances(HOME, stays.id)).toMatchObject([{ versionId: version.id }]);
  expect(await listDeals(HOME, stays.id, 10)).toMatchObject({ total: 1, deals: [{ id: deal.id }] });
  expect(await listChecklistsOf(HOME, [stays.id, goes.id])).toHaveLength(1);
  expect(queued).toContain('stop-outreach');
});

test('whoever has left by either record has left; what somebody in both did by mail stays theirs, and so does their page', async () => {
  const old = goes.people.find(({ email }) => email.startsWith('pia'))?.id ?? '';
  const { secret, hash } = newSecret();
  await insertLink(
    hash,
    { workspaceId: HOME, partnerId: goes.id, contactId: old },
    { by: MILO, createdAt: AT, expiresAt: addHours(AT, 1) },
  );
  const cookie = (await enterPage(secret, AT)) ?? '';
  const visit = await findVisit(cookie, AT);
  if (!visit) throw new Error('she is not in');
  const course = await takeOverExample(ana, AT);
  await readUnit(visit.actor, course.id, course.units[0]?.id ?? '');
  goes = await getPartner(HOME, goes.id);
  await changed(goes, { people: goes.people.map((one) => (one.id === old ? one : { ...one, leftAt: AT })) });
  stays = await aPartner({
    name: 'Third',
    domains: ['third.test'],
    people: goes.people.map(({ name, email, role }) => ({ name, email, role })),
  });
  await startMerge(milo, stays, await getPartner(HOME, goes.id), AT);
  const deps = { now: () => AT, log: createLog('silent'), enqueue: async () => undefined };
  // The job uses no more of them.
  await mergePartnersJob.run({ workspaceId: HOME, partnerId: stays.id }, deps as never);
  const { people } = await getPartner(HOME, stays.id);
  expect(people.map(({ leftAt }) => leftAt)).toEqual([AT, null]);
  const id = people.find(({ email }) => email.startsWith('pia'))?.id ?? '';
  expect(await findVisit(cookie, AT)).toMatchObject({ contact: { id, email: 'pia.pine@quillmont.example' } });
  expect(await listProgress(HOME, stays.id)).toMatchObject([{ userId: userIdOfContact(id) }]);
});

/** The driver's collection, whose writes die from the nth on, before it is done or after. */
const collection = () => mongoose.connection.collection('partners');
const WRITES = ['updateOne', 'deleteOne', 'findOneAndUpdate'] as const;
afterEach(() => {
  for (const write of WRITES) Reflect.deleteProperty(collection(), write);
});

function dieAt(nth: number, moment: 'before' | 'after'): () => number {
  let done = 0;
  for (const write of WRITES) {
    const real: unknown = Reflect.get(collection(), write);
    Reflect.set(collection(), write, async (...args: unknown[]) => {
      done++;
      if (done > nth || (done === nth && moment === 'before')) throw new Error('the process died');
      const result: unknown = await Reflect.apply(Object(real), collection(), args);
      if (done === nth) throw new Error('the process died');
      return result;
    });
  }
  return () => done;
}

test.each(
  Array.from({ length: 8 }, (_, n) => n + 1).flatMap((nth) => (['before', 'after'] as const).map((moment) => [nth, moment] as const)),
)('killed at write %i, %s it is done: the sweep completes the same', async (nth, moment) => {
  const written = dieAt(nth, moment);
  await startMerge(milo, stays, goes, AT)
    .then(() => finishMerge(HOME, stays.id, [move]))
    .catch((error: unknown) => {
      expect(JSON.stringify([String(error), String(Object(error).errors)])).toContain('died');
    });
  // Every write of a whole merge was one of those at which it died.
  expect(written()).toBeLessThan(8);
  for (const write of WRITES) Reflect.deleteProperty(collection(), write);
  const due = await listMergesDue();
  for (const { id } of due) await finishMerge(HOME, id, [move]);
  await settlePartnerTrails();
  if ((await listPartnerRecords(HOME, {}, { from: 0, count: 10 })).total === 1) return expectMerged();
  // It died before it had begun: both are as they were.
  expect([await getPartner(HOME, stays.id), await getPartner(HOME, goes.id)]).toEqual([stays, goes]);
});
