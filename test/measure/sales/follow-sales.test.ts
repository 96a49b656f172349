import { addDays } from 'date-fns';
import { expect, test } from 'vitest';
import { creditSales } from '../../../jobs/measure/credit-sales.ts';
import { followSales } from '../../../jobs/measure/follow-sales.ts';
import { answerSale, noteSale } from '../../../src/manage/conflicts/answer-sale.ts';
import { tieToDeal } from '../../../src/manage/crm/meet-repository.ts';
import type { Deal } from '../../../src/manage/deals/deal.ts';
import { DealModel, getDeal } from '../../../src/manage/deals/deal-repository.ts';
import { decideDeal, replyToReview } from '../../../src/manage/deals/decide-deal.ts';
import { closeByHand, endDeal } from '../../../src/manage/deals/protect-deal.ts';
import { shareDeal } from '../../../src/manage/deals/share-deal.ts';
import { findSaleCredit } from '../../../src/measure/attribution/credit-repository.ts';
import { listOfSale } from '../../../src/measure/ledger/ledger-repository.ts';
import { recordRefund } from '../../../src/measure/ledger/record-money.ts';
import { keepRates } from '../../../src/measure/rates/rate-repository.ts';
import { followDeal } from '../../../src/measure/sales/follow-deal.ts';
import { findSale } from '../../../src/measure/sales/sale-repository.ts';
import { listTouches } from '../../../src/measure/touches/touch-repository.ts';
import { saveProgramme } from '../../../src/programme/setup/save-programme.ts';
import { foundAccount, foundOpportunity, take } from '../../support/a-crm.ts';
import { aDeal } from '../../support/a-deal.ts';
import { aPartner, piaOf } from '../../support/a-partner.ts';
import { AT, ana, aProgramme, HOME, milo } from '../../support/builders.ts';
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
  expect(await findSale(HOME, `deal:${deal.id}`)).toMatchObject({ state: 'won', closedAt: new Date('2026-11-20T12:00:00Z') });
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
  await keepRates(HOME, [
    { day: '2026-11-20', perEuro: { USD: '1.25' } },
    { day: '2027-11-20', perEuro: { USD: '1.5' } },
  ]);
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

test('west of Greenwich a day that was said is that day, in its month and at its rate', async () => {
  const deal = await anApprovedDeal();
  const digest = { channel: 'C0PARTNERSHIPS', hour: 8, timeZone: 'America/New_York', weekdays: [1], count: 5 };
  await saveProgramme(ana, 'digest', digest, AT);
  await closeByHand(milo, deal.id, 'win', AT, { value: { minor: 900_000, currency: 'EUR' }, closedOn: '2026-11-01' });
  const sold = foundOpportunity({ state: 'won', closedAt: new Date('2026-11-01T00:00:00Z'), value: { minor: 500, currency: 'EUR' } });
  await take('opportunities', { records: [sold] });
  await follow();
  const days = async (saleId: string) => (await listOfSale(HOME, saleId)).map(({ day }) => day);
  expect(await days(`deal:${deal.id}`)).toEqual(['2026-11-01']);
  expect(await days(`crm:${HOME}:hubspot:${sold.sourceId}`)).toEqual(['2026-11-01']);
});

test('what the CRM says it was sold for stands before the lines of the registration, unless they make up that sum', async () => {
  await aProgramme();
  const lines = [
    { product: 'Suite', quantity: 1, value: { minor: 6_000_000, currency: 'EUR' } },
    { product: 'Care', quantity: 1, value: { minor: 4_000_000, currency: 'EUR' } },
  ];
  const deal = await aDeal(await aPartner(), { lines });
  await decideDeal(milo, deal.id, { move: 'approve' }, { byName: 'Milo', at: AT });
  const sold = foundOpportunity({ state: 'won', closedAt: AT, value: { minor: 6_000_000, currency: 'EUR' } });
  await take('opportunities', { records: [sold] });
  await tieToDeal(HOME, `${HOME}:hubspot:${sold.sourceId}`, deal.id, AT);
  await endDeal({ workspaceId: HOME, id: deal.id }, 'win', { by: 'crm:hubspot', at: AT });
  await follow();
  expect(await bookedOf(`deal:${deal.id}`)).toEqual([['booked', 6_000_000, 6_000_000]]);
});

/** A deal that was approved in spite of an opportunity of our own sales. */
async function aDealThatMet(): Promise<{ deal: Deal; opportunityId: string; won: ReturnType<typeof foundOpportunity> }> {
  await aProgramme();
  const open = foundOpportunity({ createdAt: addDays(AT, -30), value: { minor: 700_000, currency: 'EUR' } });
  await take('accounts', { records: [foundAccount()] });
  await take('opportunities', { records: [open] });
  const partner = await aPartner();
  const deal = await aDeal(partner);
  expect(deal.check).toMatchObject({ code: 'conflict-direct' });
  await replyToReview(piaOf(partner), deal.id, { move: 'appeal', words: 'They asked us' }, AT);
  await decideDeal(milo, deal.id, { move: 'approve' }, { byName: 'Milo', at: AT });
  const won = { ...open, state: 'won' as const, closedAt: AT, changedAt: addDays(open.changedAt, 1) };
  return { deal, opportunityId: `${HOME}:hubspot:${open.sourceId}`, won };
}

test('of a deal that ended without being won, the opportunity it met is our own sales’ again, with what it was won for and without its parts', async () => {
  const { deal, opportunityId, won } = await aDealThatMet();
  const saleId = `crm:${opportunityId}`;
  await follow();
  expect(await findSale(HOME, saleId)).toMatchObject({ dealId: deal.id, partners: [{ partnerId: deal.partnerId }] });
  await endDeal({ workspaceId: HOME, id: deal.id }, 'expire', { by: 'system', at: AT });
  await take('opportunities', { records: [won] });
  await follow();
  await follow();
  expect(await findSale(HOME, saleId)).toMatchObject({ dealId: null, state: 'won', partners: [] });
  expect(await bookedOf(saleId)).toEqual([['booked', 700_000, 700_000]]);
  await creditSales.run({}, someDeps());
  expect((await findSaleCredit(HOME, saleId))?.credits).toEqual([]);
});

test('an opportunity that is another sale than the deal that met it is no partner’s', async () => {
  const { deal, opportunityId, won } = await aDealThatMet();
  await follow();
  await take('opportunities', { records: [won] });
  await noteSale(deal, opportunityId, AT);
  await answerSale(milo, { dealId: deal.id, saleId: opportunityId }, 'other', AT);
  await follow();
  expect(await findSale(HOME, `crm:${opportunityId}`)).toMatchObject({ dealId: null, state: 'won', partners: [] });
  expect(await findSale(HOME, `deal:${deal.id}`)).toMatchObject({ state: 'open', partners: [{ partnerId: deal.partnerId }] });
});

test('whoever follows a sale at once, what is booked in the end is what its record says last', async () => {
  const deal = await anApprovedDeal();
  await endDeal({ workspaceId: HOME, id: deal.id }, 'win', { by: milo.userId, at: AT });
  const sum = (minor: number) =>
    DealModel.updateOne({ _id: deal.id }, { $set: { value: { minor, currency: 'EUR' }, measureDue: AT }, $inc: { rev: 1 } });
  for (const minor of [100, 90, 80, 70, 60]) {
    const followed = [followDeal(HOME, deal.id, AT), followDeal(HOME, deal.id, AT)];
    await sum(minor);
    await Promise.all([...followed, followDeal(HOME, deal.id, AT)]);
    const standing = (await bookedOf(`deal:${deal.id}`)).reduce((total, [, booked]) => total + Number(booked), 0);
    expect(standing).toBe(minor);
  }
});

test('a refund stays when the CRM corrects what it is a part of, and nothing is left below zero when the sale is lost', async () => {
  await aProgramme();
  const won = foundOpportunity({ state: 'won', closedAt: AT, value: { minor: 10_000, currency: 'EUR' } });
  const saleId = `crm:${HOME}:hubspot:${won.sourceId}`;
  const standing = async () => (await bookedOf(saleId)).reduce((sum, [, minor]) => sum + Number(minor), 0);
  const says = async (change: object, later: number) => {
    await take('opportunities', { records: [{ ...won, ...change, changedAt: addDays(won.changedAt, later) }] });
    await follow();
    await follow();
  };
  await says({}, 0);
  const evidence = { kind: 'person', ref: 'r1', words: 'Cancelled in part' } as const;
  await recordRefund({ workspaceId: HOME, source: 'r1', of: `${saleId}:won:0`, minor: 3_000, at: AT, by: 'U0MILO', evidence }, AT);
  await says({ value: { minor: 10_001, currency: 'EUR' } }, 1);
  expect(await standing()).toBe(7_001);
  await says({ value: { minor: 2_000, currency: 'EUR' } }, 2);
  expect(await standing()).toBe(0);
  await says({ state: 'lost', value: { minor: 2_000, currency: 'EUR' } }, 3);
  expect(await standing()).toBe(0);
});
