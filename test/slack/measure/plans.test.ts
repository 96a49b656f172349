import { subDays } from 'date-fns';
import mongoose from 'mongoose';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ACTIONS } from '../../../blocks/ids.ts';
import { accrueSales } from '../../../jobs/measure/accrue-sales.ts';
import { decideDeal } from '../../../src/manage/deals/decide-deal.ts';
import { endDeal } from '../../../src/manage/deals/protect-deal.ts';
import { DEFAULT_SHARES } from '../../../src/measure/commissions/plan.ts';
import { listPlanVersions } from '../../../src/measure/commissions/plan-repository.ts';
import { listOfSale } from '../../../src/measure/ledger/ledger-repository.ts';
import { recordInvoice, recordRefund } from '../../../src/measure/ledger/record-money.ts';
import { followDeal } from '../../../src/measure/sales/follow-deal.ts';
import type { Partner } from '../../../src/onboard/partners/partner.ts';
import { ANA, MILO, PARTNERSHIPS, PIA } from '../../sandbox/cast.ts';
import { aDeal } from '../../support/a-deal.ts';
import { aPartner } from '../../support/a-partner.ts';
import { keptPlan } from '../../support/a-plan.ts';
import { aSale, revenue } from '../../support/a-sale.ts';
import { HOME, milo } from '../../support/builders.ts';
import { forgedClick } from '../../support/forged-click.ts';
import { useMongo } from '../../support/mongo.ts';
import { type Product, startProduct } from '../../support/product.ts';
import { setUp } from '../../support/ready-workspace.ts';

const { uri } = useMongo();
let product: Product;
let partner: Partner;
beforeAll(async () => {
  product = await startProduct(uri, { workers: false });
});
afterAll(() => product.stop());
beforeEach(async () => {
  await product.installations.connectByToken(product.sandbox.cast.app.botToken);
  await setUp(product.deps.now());
  partner = await aPartner();
  await aSale({ partners: [{ partnerId: partner.id, role: 'source' }] });
  for (const who of [ANA, MILO, PIA]) {
    const open = product.sandbox.modal(who);
    if (open) await product.sandbox.as(who).close(open);
  }
});

const modalWith = (who: string, words: string) =>
  product.sandbox.waitFor(() => {
    const view = product.sandbox.modal(who);
    return view && JSON.stringify(view).includes(words) ? view : null;
  });
const { money, ...invoice } = revenue();
const sold = (source: string, currency: string) =>
  recordInvoice({ ...invoice, source, money: { minor: 1_200_000, currency }, at: subDays(product.deps.now(), 20) }, product.deps.now());
const accrue = () => accrueSales.run({}, product.deps);
const commissions = async () => (await listOfSale(HOME, 'crm:1')).filter(({ kind }) => kind === 'earned' || kind === 'clawback');

test('an admin types a plan, hears beside each field what cannot be read, sees the last year under it, saves it; the partner reads why each line is', async () => {
  const { sandbox } = product;
  await sold('invoice-1', 'EUR');
  const ana = sandbox.as(ANA);
  await ana.command(PARTNERSHIPS, '/partners plan');
  await ana.click(await modalWith(ANA, 'nobody earns anything'), ACTIONS.planEdit, { value: 'new' });
  const wrong = { name: 'Standard', whom: 'Partner: Nobody', currency: 'XYZ', pay: 'a lot', limits: 'hold: long' };
  expect(await ana.submit(await modalWith(ANA, 'How much'), wrong)).toMatchObject({
    ok: false,
    errors: {
      ...{ whom: expect.stringContaining('“Nobody”'), currency: expect.stringContaining('EUR') },
      ...{ pay: expect.stringContaining('“a lot”'), limits: expect.stringContaining('“hold: long”') },
    },
  });
  const right = {
    ...wrong,
    whom: 'agency',
    currency: 'EUR',
    pay: 'tiers: from 0: 10 %, from 5000: 12,5 %, per year',
    limits: 'hold: 10 days\ncap per deal: 1,000',
  };
  const startsOn = '2020-01-01';
  await ana.submit(await modalWith(ANA, 'How much'), { ...right, startsOn });
  const replayed = await modalWith(ANA, 'as if it had held');
  expect(JSON.stringify(replayed)).toContain('*Quillmont*: 0 EUR → 1,000 EUR (+1,000 EUR)');
  expect(await listPlanVersions(HOME)).toEqual([]);
  await ana.click(replayed, ACTIONS.planBack);
  const again = await modalWith(ANA, 'How much');
  expect(JSON.stringify(again)).toContain('from 5000: 12.5 %');
  await ana.submit(again, { ...right, limits: 'hold: 10 days\nleast payout: 50', startsOn });
  await ana.submit(await modalWith(ANA, '0 EUR → 1,375 EUR'), {});
  await modalWith(ANA, 'version 1, is saved');
  await accrue();
  await recordRefund({ ...invoice, source: 'refund-1', of: 'invoice-1', minor: 600_000, at: product.deps.now() }, product.deps.now());
  await accrue();
  expect((await commissions()).map(({ postings }) => postings[0]?.minor)).toEqual([137_500, -75_000]);

  await forgedClick(product, sandbox.sourceOf(PIA), { actionId: ACTIONS.earningsShow, value: partner.id });
  const earnings = await modalWith(PIA, '625 EUR earned; 625 EUR owed, 0 EUR paid; paid out from 50 EUR on');
  const value = JSON.stringify({ partnerId: partner.id, source: `earned:invoice-1:${partner.id}:source` });
  await sandbox.as(PIA).click(earnings, ACTIONS.earningsWhy, { value });
  const why = JSON.stringify(await modalWith(PIA, 'Plan: Standard, version 1'));
  for (const words of [
    'From: 12,000 EUR, it was invoiced',
    'Plan: Standard, version 1',
    'By tiers, after 0 EUR',
    '1,375 EUR',
    'taken back by a refund',
  ])
    expect(why).toContain(words);
});

test('two refunds of one invoice at once are never more than it, and one without its invoice is refused until that is there', async () => {
  const now = product.deps.now();
  const refund = (source: string, minor: number) => recordRefund({ ...invoice, source, of: 'invoice-1', minor, at: now }, now);
  await expect(refund('refund-1', 1)).rejects.toMatchObject({ code: 'revenue-unknown' });
  await sold('invoice-1', 'EUR');
  const done = await Promise.allSettled([refund('refund-1', 700_000), refund('refund-2', 700_000), refund('refund-1', 700_000)]);
  // Whichever is first stands, and the same one sent again is that one.
  expect(new Set(done.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : [])))).toEqual(new Set(['refund-too-large']));
  expect(await mongoose.connection.collection('ledger').countDocuments({ kind: 'refunded' })).toBe(1);
  await expect(refund('refund-3', 500_001)).rejects.toMatchObject({ code: 'refund-too-large' });
});

test('a manager sees what waits for a rate and brings the bank’s file; then it is worked out', async () => {
  const { sandbox } = product;
  const milo = sandbox.as(MILO);
  const ana = sandbox.as(ANA);
  await sold('invoice-1', 'USD');
  await ana.command(PARTNERSHIPS, '/partners plan');
  await ana.click(await modalWith(ANA, 'nobody earns anything'), ACTIONS.planEdit, { value: 'new' });
  const plan = { name: 'Standard', whom: 'Everybody', currency: 'EUR', pay: '10 %', startsOn: '2020-01-01' };
  await ana.submit(await modalWith(ANA, 'How much'), plan);
  await ana.submit(await modalWith(ANA, 'no exchange rate of the day'), {});
  await modalWith(ANA, 'is saved');
  await accrue();
  await milo.command(PARTNERSHIPS, '/partners rates');
  const day = subDays(product.deps.now(), 21).toISOString().slice(0, 10);
  const form = await modalWith(MILO, 'USD to EUR');
  const later = subDays(product.deps.now(), 19).toISOString().slice(0, 10);
  const table = `Date,USD,JPY,CYP,\n${later},1.3,N/A,0.58,\n${day},1.25,N/A,0.58,\n`;
  await milo.click(form, ACTIONS.rateType);
  const typing = await modalWith(MILO, 'Where does it stand?');
  expect(await milo.submit(typing, { day, currency: 'ABC', rate: 'much', from: '' })).toMatchObject({ ok: false });
  await milo.submit(typing, { day, currency: 'AED', rate: '4.05', from: 'Central Bank of the UAE' });
  await modalWith(MILO, 'One euro is 4.05 AED');
  await milo.command(PARTNERSHIPS, '/partners rates');
  const again = await modalWith(MILO, 'USD to EUR');
  const file = await milo.upload('eurofxref-hist.csv', Buffer.from(table));
  await milo.submit(again, { file: [file] });
  await modalWith(MILO, '2 days new');
  expect(JSON.stringify(sandbox.modal(MILO))).toContain('CYP');
  await accrue();
  expect((await commissions()).map(({ postings }) => postings[0])).toMatchObject([{ minor: 96_000, currency: 'EUR' }]);
});

test('a part in a won sale that earns nothing is named on the sale and on its deal, with the way to the plans; the card of a partner leads to its earnings', async () => {
  const { sandbox } = product;
  const at = product.deps.now();
  const deal = await aDeal(partner);
  await decideDeal(milo, deal.id, { move: 'approve' }, { byName: 'Milo', at });
  await endDeal({ workspaceId: HOME, id: deal.id }, 'win', { by: MILO, at });
  await followDeal(HOME, deal.id, at);
  const page = async (who: string, actionId: string, value: string, words: string) => {
    await forgedClick(product, sandbox.sourceOf(who), { actionId, value });
    return modalWith(who, words);
  };
  await page(MILO, ACTIONS.revenueSale, `deal:${deal.id}`, '*Quillmont*, which found it (source): no plan is for it.');
  await page(PIA, ACTIONS.dealShow, deal.id, 'History');
  expect(JSON.stringify(sandbox.modal(PIA))).not.toContain('No commission');
  const card = await page(ANA, ACTIONS.dealShow, deal.id, '*No commission*');
  await sandbox.as(ANA).click(card, ACTIONS.planList);
  await modalWith(ANA, 'nobody earns anything');
  await keptPlan({ shares: { ...DEFAULT_SHARES, source: 0 } });
  await page(MILO, ACTIONS.revenueSale, `deal:${deal.id}`, 'the plan *Standard* gives this role nothing');
  await keptPlan({ version: 2, leastPayoutMinor: 5000 });
  await page(MILO, ACTIONS.dealShow, deal.id, 'History');
  expect(JSON.stringify(sandbox.modal(MILO))).not.toContain('No commission');
  await page(ANA, ACTIONS.planList, 'open', 'paid out from 50 EUR on');
  const partnerCard = await page(MILO, ACTIONS.partnerOpen, partner.id, 'Show Checklist');
  await sandbox.as(MILO).click(partnerCard, ACTIONS.earningsShow);
  await modalWith(MILO, 'Payment details');
});
