import { addDays } from 'date-fns';
import fc from 'fast-check';
import mongoose from 'mongoose';
import { expect, test } from 'vitest';
import { creditSales } from '../../../jobs/measure/credit-sales.ts';
import { rollUpRevenue } from '../../../jobs/measure/roll-up-revenue.ts';
import { contributionsOf, type Worth } from '../../../src/measure/attribution/contributions.ts';
import type { Credit } from '../../../src/measure/attribution/credit.ts';
import { findSaleCredit } from '../../../src/measure/attribution/credit-repository.ts';
import { MODEL_NAMES, MODEL_VERSIONS } from '../../../src/measure/attribution/models.ts';
import { recordRevenue, STAGES } from '../../../src/measure/ledger/record-revenue.ts';
import { changeMeasureRules, MeasureRulesGiven } from '../../../src/measure/measure-rules/change-measure-rules.ts';
import { defaultMeasureRules } from '../../../src/measure/measure-rules/measure-rules.ts';
import { getMeasureRules, saveMeasureRules } from '../../../src/measure/measure-rules/measure-rules-repository.ts';
import { bringRates } from '../../../src/measure/rates/bring-rates.ts';
import { readRevenueAsk, wordsOf } from '../../../src/measure/revenue/ask.ts';
import { checkRevenue } from '../../../src/measure/revenue/check-revenue.ts';
import { addSums, measureKey, type StageSums } from '../../../src/measure/revenue/measures.ts';
import { revenueReport } from '../../../src/measure/revenue/report.ts';
import { RollupModel } from '../../../src/measure/revenue/rollup-repository.ts';
import { stretchesOf } from '../../../src/measure/revenue/stretches.ts';
import { dueSince, markAllSalesDue, markSaleDue } from '../../../src/measure/sales/sale-repository.ts';
import { TOUCH_TYPES } from '../../../src/measure/touches/touch.ts';
import { appendTouch } from '../../../src/measure/touches/touch-repository.ts';
import { auditEntry } from '../../../src/programme/audit/audit.ts';
import { aPartner } from '../../support/a-partner.ts';
import { aSale, aTouch, revenue } from '../../support/a-sale.ts';
import { AT, ana, aProgramme, HOME } from '../../support/builders.ts';
import { someDeps } from '../../support/deps.ts';
import { useMongo } from '../../support/mongo.ts';

useMongo();

async function workOff(): Promise<void> {
  await creditSales.run({}, someDeps());
  await rollUpRevenue.run({}, someDeps());
}

const MEASURE_FORM = {
  ...{ currency: 'EUR', fiscalYearStart: '1', claimDays: '14', lookBackDays: '180', halfLifeDays: '30' },
  ...{ roleWeights: 'source: 40', secondApproval: '1,000' },
};
type Stored = { of: string; grain: string; at: string; sums: StageSums; due?: Date };
const stored = async () =>
  (await RollupModel.find({}).sort({ _id: 1 }).lean<Stored[]>())
    .filter(({ sums }) => Object.keys(sums).length > 0)
    .map(({ of, grain, at, sums }) => ({ of, grain, at, sums }));
const monthOf = async (of: string, at = '2026-11') =>
  (await stored()).find((one) => one.grain === 'month' && one.of === of && one.at === at)?.sums;

test('a sale adds to the month of its partners, of its product and of all sales; a refund takes from it on its own day', async () => {
  await aSale({ partners: [{ partnerId: 'p1', role: 'source' }] });
  await appendTouch(aTouch({ type: 'registration', role: 'source' }));
  await appendTouch(aTouch({ source: 'touch-2', partnerId: 'p2', at: addDays(AT, 1) }));
  const { transaction: like } = await recordRevenue(revenue({ product: 'Suite' }), AT);
  const refund = { kind: 'refunded', source: 'refund-1', of: 'invoice-1', like, product: 'Suite', at: addDays(AT, 30) } as const;
  await recordRevenue(revenue({ ...refund, money: { minor: -200_001, currency: 'EUR' } }), AT);
  await markSaleDue(HOME, 'crm:1', AT);
  await workOff();
  expect((await monthOf('all'))?.invoiced).toMatchObject({
    all: 1_200_000,
    sourced: 1_200_000,
    influenced: 1_200_000,
    all_linear: 1_200_000,
  });
  expect((await monthOf('partner:p1'))?.invoiced).toMatchObject({
    all: 1_200_000,
    sourced: 1_200_000,
    all_linear: 600_000,
    all_first: 1_200_000,
  });
  expect((await monthOf('partner:p2'))?.invoiced).toMatchObject({ influenced: 1_200_000, influenced_linear: 600_000 });
  expect((await monthOf('partner:p2'))?.invoiced).not.toHaveProperty('sourced');
  expect((await monthOf('all', '2026-12'))?.invoiced).toMatchObject({ all: -200_001, sourced: -200_001 });
  expect((await monthOf('partner:p1', '2026-12'))?.invoiced?.all_linear).toBe(-100_001);
  expect((await monthOf('product:Suite', '2026-12'))?.invoiced).toEqual((await monthOf('all', '2026-12'))?.invoiced);
});

test('revenue without a rate is counted, and stands in no sum', async () => {
  await aSale();
  await recordRevenue(revenue({ money: { minor: 5, currency: 'JPY' } }), AT);
  await workOff();
  expect(await monthOf('all')).toEqual({ invoiced: { unrated: 1 } });
});

test('a part in the deal that was taken away counts no longer', async () => {
  await aSale({ id: 'deal:1', dealId: '1', partners: [{ partnerId: 'p1', role: 'source' }] });
  await appendTouch(aTouch({ saleId: 'deal:1', source: 'deal:1:registered', type: 'registration', role: 'source' }));
  await appendTouch(aTouch({ saleId: 'deal:1', source: 'deal:1:part:p2:influence', partnerId: 'p2' }));
  await workOff();
  expect(await findSaleCredit(HOME, 'deal:1')).toMatchObject({
    credits: [{ partnerId: 'p1', kinds: ['sourced'] }],
    uncounted: [{ source: 'deal:1:part:p2:influence', because: 'taken-back' }],
  });
});

test('a changed rule changes what sales adds to; a figure that nothing adds to any more comes to nothing', async () => {
  await aSale();
  await appendTouch(aTouch({ at: addDays(AT, -60), recordedAt: addDays(AT, -60) }));
  await recordRevenue(revenue(), AT);
  await workOff();
  expect((await monthOf('partner:p1'))?.invoiced?.all_linear).toBe(1_200_000);
  const entry = auditEntry({ workspaceId: HOME, by: 'U1', at: AT, action: 'measure.rules', subject: 'rules' });
  await saveMeasureRules(defaultMeasureRules(HOME), { lookBackDays: 30 }, entry);
  await markAllSalesDue(HOME, 'creditDue', AT);
  await workOff();
  expect(await monthOf('partner:p1')).toBeUndefined();
  expect((await monthOf('all'))?.invoiced).toEqual({ all: 1_200_000 });
});

test('however many work it out while it changes, what stands at the end is what one alone makes of it', async () => {
  const ids = ['crm:1', 'crm:2', 'crm:3'];
  for (const id of ids) await aSale({ id });
  const happen = ids.flatMap((saleId) =>
    Array.from({ length: 4 }, (_, number) => async () => {
      const source = `${saleId}-${number}`;
      await appendTouch(aTouch({ saleId, source, partnerId: `p${number % 3}`, at: addDays(AT, number) }));
      await recordRevenue(revenue({ saleId, source, money: { minor: 1000 + number, currency: 'EUR' } }), AT);
      await markSaleDue(HOME, saleId, new Date(AT.getTime() - number));
    }),
  );
  await Promise.all(happen.flatMap((event) => [event(), workOff()]));
  await workOff();
  const together = await stored();
  expect(await Promise.all(ids.map((id) => dueSince(HOME, id, 'creditDue')))).toEqual([null, null, null]);
  for (const name of ['revenue_rollups', 'sale_credits']) await mongoose.connection.collection(name).deleteMany({});
  await markAllSalesDue(HOME, 'creditDue', AT);
  await workOff();
  expect(together).toEqual(await stored());
  expect((await monthOf('all'))?.invoiced?.all).toBe(3 * 4006);
});

test('begun again after some of its writes, it comes to the same', async () => {
  await aSale();
  await appendTouch(aTouch());
  await recordRevenue(revenue(), AT);
  // The figures are kept, and none of them is marked.
  const never = new Date(0);
  await creditSales.run({}, someDeps());
  await RollupModel.deleteMany({});
  await mongoose.connection.collection('sale_credits').updateOne({}, { $set: { unmarked: ['all|2026-11-28', 'partner:p9|2026-11-01'] } });
  await markSaleDue(HOME, 'crm:1', never);
  await workOff();
  expect((await monthOf('all'))?.invoiced?.all).toBe(1_200_000);
  expect((await monthOf('partner:p1'))?.invoiced?.all).toBe(1_200_000);
  expect(await findSaleCredit(HOME, 'crm:1')).toMatchObject({ unmarked: [] });
});

test('the nightly check finds a figure that is not what the ledger says, and has it made anew', async () => {
  await aSale();
  await recordRevenue(revenue(), AT);
  await workOff();
  expect(await checkRevenue(HOME, AT)).toEqual([]);
  await RollupModel.updateMany({ of: 'all' }, { $set: { 'sums.invoiced.all': 1 } });
  await mongoose.connection.collection('sale_credits').updateOne({}, { $set: { 'lines.0.sums.all': 1 } });
  expect(await checkRevenue(HOME, AT)).toContainEqual({
    of: 'all',
    at: '2026-11-23',
    stage: 'invoiced',
    sum: 'all',
    should: 1_200_000,
    is: 1,
  });
  await workOff();
  expect(await checkRevenue(HOME, AT)).toEqual([]);
  expect((await monthOf('all'))?.invoiced?.all).toBe(1_200_000);
});

test('the nightly check finds a wrong figure of a partner and of a month, and what older models made, and has them made anew', async () => {
  await aSale();
  await appendTouch(aTouch());
  await recordRevenue(revenue(), AT);
  await workOff();
  const right = await stored();
  expect(await checkRevenue(HOME, AT)).toEqual([]);
  await RollupModel.updateOne({ of: 'partner:p1', grain: 'day' }, { $set: { 'sums.invoiced.all_first': 7 } });
  await RollupModel.updateOne({ of: 'all', grain: 'month' }, { $set: { 'sums.collected': { all: 5 } } });
  expect(await checkRevenue(HOME, AT)).toEqual([
    { of: 'all', at: '2026-11', stage: 'collected', sum: 'all', should: 0, is: 5 },
    { of: 'partner:p1', at: '2026-11-23', stage: 'invoiced', sum: 'all_first', should: 1_200_000, is: 7 },
  ]);
  await workOff();
  expect(await stored()).toEqual(right);
  expect(await checkRevenue(HOME, AT)).toEqual([]);
  await mongoose.connection.collection('sale_credits').updateOne({}, { $set: { models: 'first@0' } });
  expect(await checkRevenue(HOME, AT)).toBeNull();
  expect(await dueSince(HOME, 'crm:1', 'creditDue')).toEqual(AT);
  await workOff();
  expect(await findSaleCredit(HOME, 'crm:1')).toMatchObject({ models: MODEL_VERSIONS });
});

test('revenue without a rate comes into the figures once its rate is brought, or once the workspace counts in its currency', async () => {
  await aSale();
  await recordRevenue(revenue({ money: { minor: 125_000, currency: 'USD' } }), AT);
  await workOff();
  expect((await monthOf('all'))?.invoiced).toEqual({ unrated: 1 });
  await bringRates(HOME, Buffer.from('Date,USD\n2026-11-23,1.25\n'), { by: 'U0MIA', at: AT });
  await workOff();
  expect((await monthOf('all'))?.invoiced?.all).toBe(100_000);
  const { rev } = await getMeasureRules(HOME);
  await aProgramme();
  const given = MeasureRulesGiven.parse({ ...MEASURE_FORM, currency: 'USD' });
  await changeMeasureRules(ana, { ...given, rev }, AT);
  expect(await stored()).toEqual([]);
  await workOff();
  expect((await monthOf('all'))?.invoiced?.all).toBe(125_000);
  expect(await checkRevenue(HOME, AT)).toEqual([]);
});

const events = fc.array(
  fc.oneof(
    fc.record({
      is: fc.constant('touch' as const),
      partnerId: fc.constantFrom('p1', 'p2', 'p3'),
      type: fc.constantFrom(...TOUCH_TYPES),
      after: fc.integer({ min: -100, max: 60 }),
    }),
    fc.record({
      is: fc.constant('revenue' as const),
      stage: fc.constantFrom(...STAGES),
      minor: fc.integer({ min: -500_000, max: 5_000_000 }),
      after: fc.integer({ min: 0, max: 60 }),
      product: fc.constantFrom('', 'Suite'),
    }),
  ),
  { minLength: 3, maxLength: 12 },
);

test('in whatever order things happen, and however often it is worked out between, figures are the plain sums over the ledger', async () => {
  await fc.assert(
    fc.asyncProperty(events, fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }), async (all, stops) => {
      for (const name of ['revenue_rollups', 'sale_credits', 'sales', 'touches', 'ledger'])
        await mongoose.connection.collection(name).deleteMany({});
      await aSale({ state: 'won', closedAt: addDays(AT, 50) });
      for (const [number, event] of all.entries()) {
        const at = addDays(AT, event.after);
        if (event.is === 'touch') await appendTouch(aTouch({ ...event, source: `t${number}`, at, recordedAt: at }));
        else {
          const { stage, product, minor } = event;
          const kind = minor < 0 ? 'refunded' : stage;
          await recordRevenue(revenue({ kind, stage, product, at, source: `r${number}`, money: { minor, currency: 'EUR' } }), AT);
        }
        await markSaleDue(HOME, 'crm:1', AT);
        if (stops[number]) await workOff();
      }
      await workOff();
      const months = (await stored()).filter(({ grain }) => grain === 'month');
      const days = (await stored()).filter(({ grain }) => grain === 'day');
      const ledger = all.flatMap((event) => (event.is === 'revenue' ? [event] : []));
      for (const stage of STAGES) {
        const plain = ledger.filter((event) => event.stage === stage).reduce((sum, { minor }) => sum + minor, 0);
        const total = (some: Stored[], of: RegExp, key: string) =>
          some.filter((one) => of.test(one.of)).reduce((sum, one) => sum + (one.sums[stage]?.[key] ?? 0), 0);
        expect(total(months, /^all$/, 'all')).toBe(plain);
        expect(total(months, /^product:/, 'all')).toBe(plain);
        for (const model of MODEL_NAMES) {
          const key = measureKey({ kind: 'all', model });
          const attributed = total(months, /^all$/, key);
          expect([0, plain]).toContain(attributed);
          expect(total(months, /^partner:/, key)).toBe(attributed);
        }
        expect(total(months, /^partner:/, 'sourced')).toBe(total(months, /^all$/, 'sourced'));
      }
      const sumOf = (some: Stored[]) => addSums(some.flatMap(({ sums }) => Object.values(sums)));
      expect(sumOf(days)).toEqual(sumOf(months));
    }),
    { numRuns: 8 },
  );
});

test('a refund of all of it leaves nothing, whatever the shares', () => {
  const credit = (partnerId: string, share: number): Credit => ({
    partnerId,
    kinds: ['influenced'],
    shares: { first: share, last: share, linear: share, position: share, decay: share, roles: share },
  });
  fc.assert(
    fc.property(fc.maxSafeInteger(), fc.integer({ min: 0, max: 1_000_000 }), (minor, share) => {
      const sold: Worth = { day: '2026-11-28', product: '', stage: 'booked', minor };
      const credits = [credit('b', share), credit('a', 1_000_000 - share)];
      expect(contributionsOf([sold, { ...sold, minor: -minor }], credits)).toEqual([]);
    }),
  );
});

test.each([
  ['2026-01-01', '2026-04-01', ['month 2026-01 2026-04']],
  [
    '2026-01-15',
    '2026-04-10',
    ['month 2026-01 2026-02', '- day 2026-01-01 2026-01-15', 'month 2026-02 2026-04', 'day 2026-04-01 2026-04-10'],
  ],
  ['2026-12-01', '2027-01-01', ['month 2026-12 2027-01']],
  ['2026-12-02', '2027-01-01', ['month 2026-12 2027-01', '- day 2026-12-01 2026-12-02']],
  ['2026-08-31', '2026-11-30', ['day 2026-08-31 2026-09-01', 'month 2026-09 2026-12', '- day 2026-11-30 2026-12-01']],
  ['2026-02-04', '2026-02-27', ['month 2026-02 2026-03', '- day 2026-02-01 2026-02-04', '- day 2026-02-27 2026-03-01']],
  ['2026-02-02', '2026-02-02', []],
  ['2026-12-30', '2027-01-02', ['day 2026-12-30 2027-01-02']],
  ['2026-03-05', '2026-03-06', ['day 2026-03-05 2026-03-06']],
])('from %s to %s are as few figures as come to it', (from, to, expected) => {
  expect(stretchesOf({ from, to }).map(({ grain, sign, ...one }) => `${sign < 0 ? '- ' : ''}${grain} ${one.from} ${one.to}`)).toEqual(
    expected,
  );
});

test('whatever the span, each day of it counts once and no other, in at most 16 figures at each end', () => {
  const dayOf = (number: number) => new Date(Date.UTC(2026, 0, 1 + number)).toISOString().slice(0, 10);
  fc.assert(
    fc.property(fc.nat(800), fc.nat(800), (first, length) => {
      const counted = new Map<string, number>();
      const stretches = stretchesOf({ from: dayOf(first), to: dayOf(first + length) });
      for (let number = 0; number < 2_000; number++) {
        const day = dayOf(number);
        const holds = stretches.filter(({ grain, from, to }) =>
          grain === 'day' ? from <= day && day < to : from <= day.slice(0, 7) && day.slice(0, 7) < to,
        );
        const count = holds.reduce((sum, { sign }) => sum + sign, 0);
        if (count !== 0) counted.set(day, count);
      }
      expect([...counted.values()].every((count) => count === 1)).toBe(true);
      expect([...counted.keys()]).toEqual(Array.from({ length }, (_, number) => dayOf(first + number)));
      const days = stretches.filter(({ grain }) => grain === 'day').map(({ from, to }) => (Date.parse(to) - Date.parse(from)) / 86_400_000);
      expect(days.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(32);
    }),
    { numRuns: 40 },
  );
});

test('a report has the figure, its share of all, the lines and who is behind the change', async () => {
  const acme = await aPartner();
  const brindle = await aPartner({ name: 'Brindle', domains: ['brindle.example'], people: [], tier: 'Gold' });
  for (const [number, partnerId] of [acme.id, brindle.id].entries()) {
    const saleId = `crm:${number}`;
    await aSale({ id: saleId, createdAt: addDays(AT, -60) });
    const at = addDays(AT, -60);
    await appendTouch(aTouch({ saleId, partnerId, source: `t${number}`, type: 'registration', at, recordedAt: at }));
    const booked = { saleId, kind: 'booked', stage: 'booked' } as const;
    await recordRevenue(revenue({ ...booked, source: `a${number}`, at: addDays(AT, -60), money: { minor: 100_000, currency: 'EUR' } }), AT);
    await recordRevenue(revenue({ ...booked, source: `b${number}`, money: { minor: 100_000 + number * 50_000, currency: 'EUR' } }), AT);
  }
  await aSale({ id: 'crm:own' });
  await recordRevenue(
    revenue({ saleId: 'crm:own', source: 'own', kind: 'booked', stage: 'booked', money: { minor: 750_000, currency: 'EUR' } }),
    AT,
  );
  await workOff();
  const calendar = { today: '2026-11-29', fiscalYearStart: 1 };
  const report = (words: string) => revenueReport(HOME, readRevenueAsk(words, calendar).ask);
  expect(await report('this quarter')).toMatchObject({
    ...{ total: 250_000, totalBefore: 0, everything: 1_000_000, unrated: 0, isBehind: false, currency: 'EUR' },
    rows: [
      { name: 'Brindle', now: 150_000 },
      { key: acme.id, now: 100_000 },
    ],
  });
  expect(await report('last 30 days compare')).toMatchObject({ total: 250_000, totalBefore: 0 });
  expect(await report('last 60 days')).toMatchObject({
    total: 250_000,
    totalBefore: 200_000,
    behind: [{ name: 'Brindle', now: 150_000, before: 100_000 }],
  });
  expect((await report('last 3 months by month')).rows).toEqual([
    { key: '2026-09', name: '2026-09', now: 200_000, before: 0 },
    { key: '2026-10', name: '2026-10', now: 0, before: 200_000 },
    { key: '2026-11', name: '2026-11', now: 250_000, before: 0 },
  ]);
  expect((await report('2026-10 by month')).rows).toEqual([{ key: '2026-10', name: '2026-10', now: 0, before: 200_000 }]);
  expect((await report('by tier model linear')).rows.map(({ name, now }) => [name, now])).toContainEqual(['Gold', 150_000]);
  expect((await report('influenced')).total).toBe(0);
  await markSaleDue(HOME, 'crm:own', AT);
  expect(await report('this quarter')).toMatchObject({ isBehind: true });
});

test('words of a report may come in any order; those that say nothing are named', () => {
  const calendar = { today: '2026-11-29', fiscalYearStart: 1 };
  const read = (words: string) => {
    const { ask, unknown } = readRevenueAsk(words, calendar);
    return [ask.words, ask.by, ask.measure.kind, ask.measure.model, ask.stage, ask.compare, unknown];
  };
  expect(read('')).toEqual(['this quarter', 'partner', 'sourced', null, 'booked', false, []]);
  expect(read('last quarter by partner')).toEqual(['last quarter', 'partner', 'sourced', null, 'booked', false, []]);
  expect(read('compare collected by Month co-sell, 2026-Q3')).toEqual(['2026-q3', 'month', 'co-sell', null, 'collected', true, []]);
  expect(read('model time decay by product for last 12 months')).toEqual([
    'last 12 months',
    'product',
    'all',
    'decay',
    'booked',
    false,
    [],
  ]);
  expect(read('influenced revenue in the last year model first by tier')).toEqual([
    'last year',
    'tier',
    'influenced',
    'first',
    'booked',
    false,
    [],
  ]);
  expect(read('from 2026-01-15 to 2026-03-20 invoiced')).toEqual([
    'from 2026-01-15 to 2026-03-20',
    'partner',
    'sourced',
    null,
    'invoiced',
    false,
    [],
  ]);
  expect(read('by colour next quarter')).toEqual(['quarter', 'partner', 'sourced', null, 'booked', false, ['colour', 'next']]);
  for (const words of ['last quarter by type model last booked', 'march 2026 delivered compare', 'last 3 months invoiced']) {
    const { ask } = readRevenueAsk(words, calendar);
    expect(readRevenueAsk(wordsOf(ask), calendar)).toEqual({ ask, unknown: [] });
  }
});
