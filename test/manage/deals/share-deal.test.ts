import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import type { Deal } from '../../../src/manage/deals/deal.ts';
import { changeDeal, getDeal, moveDeals } from '../../../src/manage/deals/deal-repository.ts';
import { demandDeal } from '../../../src/manage/deals/demand-deal.ts';
import { entryOf } from '../../../src/manage/deals/move-deal.ts';
import { registerDeal } from '../../../src/manage/deals/register-deal.ts';
import { MOST_PARTS, shareDeal, sharedWith, unshareDeal } from '../../../src/manage/deals/share-deal.ts';
import { endPartner } from '../../../src/onboard/partners/move-partner.ts';
import type { Partner } from '../../../src/onboard/partners/partner.ts';
import { listAudit } from '../../../src/programme/audit/audit-repository.ts';
import { aDeal, SAID } from '../../support/a-deal.ts';
import { aPartner, piaOf } from '../../support/a-partner.ts';
import { AT, aProgramme, HOME, mia, milo } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';

useMongo();
let quillmont: Partner;
let brindle: Partner;
let deal: Deal;
beforeEach(async () => {
  await aProgramme();
  quillmont = await aPartner();
  brindle = await another('Brindle');
  deal = await aDeal(quillmont);
});

const another = (name: string) => aPartner({ name, domains: [`${name.toLowerCase()}.example`], people: [] });
const part = ({ id }: Partner, role: Deal['role'] = 'resell') => ({ partnerId: id, role, seesOthers: false });
const parts = async () => (await getDeal(HOME, deal.id)).partners;

test('a manager adds partners with their roles, each once; adding again changes the role, and each change is recorded', async () => {
  await Promise.all([shareDeal(milo, deal.id, part(brindle), AT), shareDeal(milo, deal.id, part(brindle), AT)]);
  expect(await parts()).toEqual([part(brindle)]);
  expect(await listAudit(HOME, { action: 'deal.share' })).toMatchObject([{ by: milo.userId, after: { role: 'resell' } }]);
  await shareDeal(milo, deal.id, { ...part(brindle, 'implement'), seesOthers: true }, AT);
  expect(await parts()).toEqual([{ partnerId: brindle.id, role: 'implement', seesOthers: true }]);
  await unshareDeal(milo, deal.id, brindle.id, AT);
  expect(await unshareDeal(milo, deal.id, brindle.id, AT)).toMatchObject({ changed: false });
  expect(await parts()).toEqual([]);
  expect(await listAudit(HOME, { action: 'deal.unshare' })).toHaveLength(1);
  const of = { partnerId: brindle.id, by: milo.userId, at: AT };
  expect((await getDeal(HOME, deal.id)).notes).toMatchObject([
    { ...of, what: 'part-given', role: 'resell' },
    { ...of, what: 'part-changed', role: 'implement' },
    { ...of, what: 'part-removed', role: 'implement' },
  ]);
});

test('two partners added at the same time are both in it', async () => {
  const third = await another('Fenwick');
  await Promise.all([shareDeal(milo, deal.id, part(brindle), AT), shareDeal(milo, deal.id, part(third), AT)]);
  expect((await parts()).map(({ partnerId }) => partnerId).toSorted()).toEqual([brindle.id, third.id].toSorted());
});

test('a member, the partner itself and one with a part can neither add nor remove', async () => {
  await shareDeal(milo, deal.id, part(brindle), AT);
  for (const [who, code] of [
    [mia, 'role-needed'],
    [piaOf(quillmont), 'internal-only'],
  ] as const) {
    await expect(shareDeal(who, deal.id, part(brindle, 'source'), AT)).rejects.toMatchObject({ code });
    await expect(unshareDeal(who, deal.id, brindle.id, AT)).rejects.toMatchObject({ code });
  }
  await expect(unshareDeal({ ...milo, workspaceId: 'T0OTHER' }, deal.id, brindle.id, AT)).rejects.toMatchObject({ code: 'deal-unknown' });
  expect(await parts()).toEqual([part(brindle)]);
});

test('never the one that registered it, nobody whose partnership has ended, and no more than there is room for', async () => {
  await expect(shareDeal(milo, deal.id, part(quillmont), AT)).rejects.toMatchObject({ code: 'share-refused', details: { why: 'own' } });
  await endPartner(milo, brindle.id, 'They closed', AT);
  await expect(shareDeal(milo, deal.id, part(brindle), AT)).rejects.toMatchObject({ code: 'partner-ended' });
  const full = Array.from({ length: MOST_PARTS }, (_, place) => ({ ...part(brindle), partnerId: `p${place}` }));
  await changeDeal(await getDeal(HOME, deal.id), { partners: full }, { entry: entryOf(deal, 'share', { by: milo.userId, at: AT }) });
  const third = await another('Fenwick');
  await expect(shareDeal(milo, deal.id, part(third), AT)).rejects.toMatchObject({ code: 'share-refused', details: { why: 'full' } });
});

test('one with a part lists the deal with its own role, opens it, and learns nothing else of it; without the part it is gone', async () => {
  const fenwick = await another('Fenwick');
  const said = { ...SAID, company: 'Fenwick Yards', website: 'fenwick-yards.example' };
  const { deal: theirs } = await registerDeal(milo, { partnerId: fenwick.id, dealId: randomUUID() }, said, AT);
  await shareDeal(milo, theirs.id, part(quillmont, 'service'), AT);
  await shareDeal(milo, theirs.id, part(brindle), AT);
  const { shared, total } = await sharedWith(piaOf(quillmont), quillmont.id, 10, AT);
  expect([total, shared]).toEqual([
    1,
    [{ id: theirs.id, company: 'Fenwick Yards', domain: 'fenwick-yards.example', status: theirs.status, role: 'service' }],
  ]);
  const wanted = { need: 'member', action: 'deal.show', at: AT } as const;
  expect(await demandDeal(piaOf(quillmont), theirs.id, { ...wanted, evenParticipants: true })).toMatchObject({ side: 'participant' });
  await expect(demandDeal(piaOf(quillmont), theirs.id, wanted)).rejects.toMatchObject({ code: 'deal-unknown' });
  await expect(sharedWith(piaOf(quillmont), brindle.id, 10, AT)).rejects.toMatchObject({ code: 'partner-only' });
  await unshareDeal(milo, theirs.id, quillmont.id, AT);
  expect(await sharedWith(piaOf(quillmont), quillmont.id, 10, AT)).toEqual({ shared: [], total: 0 });
});

test('of two partner records that become one, each deal has the partner once, and never beside its own registration', async () => {
  const [goes, stays] = [await another('Fenwick'), brindle];
  await shareDeal(milo, deal.id, part(goes, 'service'), AT);
  await moveDeals(HOME, goes.id, stays.id);
  expect(await parts()).toEqual([part(stays, 'service')]);
  await shareDeal(milo, deal.id, part(goes, 'refer'), AT);
  await moveDeals(HOME, goes.id, stays.id);
  expect(await parts()).toEqual([part(stays, 'service')]);
  await moveDeals(HOME, quillmont.id, stays.id);
  expect(await getDeal(HOME, deal.id)).toMatchObject({ partnerId: stays.id, partners: [] });
});
