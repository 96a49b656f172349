import { expect, test } from 'vitest';
import { followSales } from '../../../jobs/measure/follow-sales.ts';
import { answerSale, noteSale } from '../../../src/manage/conflicts/answer-sale.ts';
import type { Deal } from '../../../src/manage/deals/deal.ts';
import { getDeal } from '../../../src/manage/deals/deal-repository.ts';
import { decideDeal } from '../../../src/manage/deals/decide-deal.ts';
import { closeByHand, endDeal } from '../../../src/manage/deals/protect-deal.ts';
import { shareDeal } from '../../../src/manage/deals/share-deal.ts';
import { listOfSale } from '../../../src/measure/ledger/ledger-repository.ts';
import { keepRates } from '../../../src/measure/rates/rate-repository.ts';
import { findSale } from '../../../src/measure/sales/sale-repository.ts';
import { listTouches } from '../../../src/measure/touches/touch-repository.ts';
import { foundOpportunity, take } from '../../support/a-crm.ts';
import { aDeal } from '../../support/a-deal.ts';
import { aPartner } from '../../support/a-partner.ts';
import { AT, aProgramme, HOME, milo } from '../../support/builders.ts';
import { someDeps } from '../../support/deps.ts';
import { useMongo } from '../../support/mongo.ts';

useMongo();
const follow = () => followSales.run({}, someDeps());
const bookedOf = async (saleId: string) =>
  (await listOfSale(HOME, saleId))
    .sort((a, b) => (a.source < b.source ? -1 : 1))
    .map(({ kind, postings, own }) => [kind, postings.find(({ account }) => account === 'booked')?.minor, own?.minor ?? null]);

async function anApprovedDeal(): Promise<Deal> {
  await aProgramme();
  const deal = await aDeal(await aPartner());
  return (await decideDeal(milo, deal.id, { move: 'approve' }, { byName: 'Milo', at: AT })).deal;
}

test('an approved deal is a sale with its registration; won, it is booked once, however often it is followed', async () => {
  const deal = await anApprovedDeal();
  await follow();
  expect(await findSale(HOME, `deal:${deal.id}`)).toMatchObject({
    state: 'open',
    createdAt: AT,
    partners: [{ partnerId: deal.partnerId, role: 'source' }],
  });
  expect(await listTouches(HOME, `deal:${deal.id}`)).toMatchObject([{ type: 'registration', partnerId: deal.partnerId, at: AT }]);
  await endDeal({ workspaceId: HOME, id: deal.id }, 'win', { by: milo.userId, at: AT });
  await Promise.all([follow(), follow()]);
  await follow();
  expect(await findSale(HOME, `deal:${deal.id}`)).toMatchObject({ state: 'won', closedAt: AT });
  expect(await bookedOf(`deal:${deal.id}`)).toEqual([['booked', 1_200_000, 1_200_000]]);
});

test('closed by hand, what it was worth in the end is booked, as of the day that was said', async () => {
  const deal = await anApprovedDeal();
  const closing = { value: { minor: 900_000, currency: 'EUR' }, closedOn: '2026-11-20' };
  await closeByHand(milo, deal.id, 'win', AT, closing);
  await follow();
  expect(await getDeal(HOME, deal.id)).toMatchObject({ status: 'won', ...closing });
  expect(await findSale(HOME, `deal:${deal.id}`)).toMatchObject({ state: 'won', closedAt: new Date('2026-11-20') });
  expect(await bookedOf(`deal:${deal.id}`)).toEqual([['booked', 900_000, 900_000]]);
});

test('a sale of our own that turns out to be a partner’s deal is booked as that deal’s, and no more as our own', async () => {
  const deal = await anApprovedDeal();
  const won = foundOpportunity({
    state: 'won',
    closedAt: AT,
    value: { minor: 880_000, currency: 'EUR' },
    accountName: 'Saltmarsh Clinics',
  });
  await take('opportunities', { records: [won] });
  await follow();
  const saleId = `${HOME}:hubspot:${won.sourceId}`;
  expect(await bookedOf(`crm:${saleId}`)).toHaveLength(1);
  await noteSale(deal, saleId, AT);
  await answerSale(milo, { dealId: deal.id, saleId }, 'this', AT);
  await follow();
  await follow();
  expect((await bookedOf(`crm:${saleId}`)).map(([kind, minor]) => [kind, minor])).toEqual([
    ['booked', 880_000],
    ['reversed', -880_000],
  ]);
  expect(await bookedOf(`deal:${deal.id}`)).toEqual([['booked', 880_000, 880_000]]);
  expect(await findSale(HOME, `deal:${deal.id}`)).toMatchObject({ state: 'won', dealId: deal.id });
});

test('a deal that nobody approved is no sale', async () => {
  await aProgramme();
  const deal = await aDeal(await aPartner());
  await follow();
  expect(await findSale(HOME, `deal:${deal.id}`)).toBeNull();
});

test('another partner that is given a part has touched the sale', async () => {
  const deal = await anApprovedDeal();
  const other = await aPartner({ name: 'Brindle', domains: ['brindle.example'], people: [] });
  await shareDeal(milo, deal.id, { partnerId: other.id, role: 'implement', seesOthers: false }, AT);
  await follow();
  const touches = await listTouches(HOME, `deal:${deal.id}`);
  expect(touches.map(({ type, partnerId }) => [type, partnerId]).sort()).toEqual([
    ['implementation', other.id],
    ['registration', deal.partnerId],
  ]);
});

test('a sale of our own is booked when the CRM says that it is won; another sum takes back the first at its own rate', async () => {
  await aProgramme();
  await keepRates(HOME, [{ day: '2026-11-20', perEuro: { USD: '1.25' } }]);
  const won = foundOpportunity({ state: 'won', closedAt: AT, value: { minor: 100_000, currency: 'USD' } });
  const saleId = `crm:${HOME}:hubspot:${won.sourceId}`;
  await take('opportunities', { records: [won] });
  await follow();
  expect(await bookedOf(saleId)).toEqual([['booked', 100_000, 80_000]]);
  await take('opportunities', {
    records: [{ ...won, value: { minor: 90_000, currency: 'USD' }, changedAt: new Date(won.changedAt.getTime() + 1_000) }],
  });
  await follow();
  await follow();
  expect(await bookedOf(saleId)).toEqual([
    ['booked', 100_000, 80_000],
    ['reversed', -100_000, -80_000],
    ['booked', 90_000, 72_000],
  ]);
});
