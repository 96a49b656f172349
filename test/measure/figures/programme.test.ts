import { addDays } from 'date-fns';
import { expect, test } from 'vitest';
import { programmeMessage } from '../../../blocks/measure/programme-page.ts';
import { creditSales } from '../../../jobs/measure/credit-sales.ts';
import { rollUpRevenue } from '../../../jobs/measure/roll-up-revenue.ts';
import { insertDigest, markPosted } from '../../../src/discover/digest/digest-repository.ts';
import { bandOf, type Followed, funnelOf, sourceOf } from '../../../src/measure/figures/funnel.ts';
import { firstWinOf, type Registered, registrationFigures, saleFigures } from '../../../src/measure/figures/programme-figures.ts';
import { programmeReport } from '../../../src/measure/figures/read-figures.ts';
import { recordRevenue } from '../../../src/measure/ledger/record-revenue.ts';
import { readPeriod } from '../../../src/measure/revenue/period.ts';
import { dueSummaries } from '../../../src/measure/revenue/summary.ts';
import type { ClosedSale } from '../../../src/measure/sales/closed-sales.ts';
import { appendTouch } from '../../../src/measure/touches/touch-repository.ts';
import { aPartner, changed } from '../../support/a-partner.ts';
import { aSale, aTouch, revenue } from '../../support/a-sale.ts';
import { AT, aCompany, HOME } from '../../support/builders.ts';
import { someDeps } from '../../support/deps.ts';
import { useMongo } from '../../support/mongo.ts';
import { EVERY_DAY, setUp } from '../../support/ready-workspace.ts';

useMongo();

const closed = (side: ClosedSale['side'], state: ClosedSale['state'], days: number): ClosedSale => ({
  ...{ id: `${side}${days}`, customer: '', domain: null, side, state, createdAt: AT, closedAt: addDays(AT, days) },
});
test('win rate and cycle are of sales that a partner sourced, and of those without any partner', () => {
  const sales = [closed('partner', 'won', 10), closed('partner', 'won', 20), closed('partner', 'lost', 90), closed('helped', 'won', 1)];
  expect(saleFigures([...sales, closed('direct', 'lost', 5)])).toEqual({
    winRate: { partner: { part: 2, of: 3 }, direct: { part: 0, of: 1 } },
    cycle: { partner: { medianDays: 15, of: 2 }, direct: { medianDays: null, of: 0 } },
  });
});

const registered = (given: Partial<Registered>): Registered => ({
  ...{ submittedAt: AT, decidedAt: addDays(AT, 2), isApproved: true, isChecked: true, isConflict: false, ...given },
});
test.each([
  ['none', [], { approval: { part: 0, of: 0 }, decision: { medianDays: null, of: 0 }, conflicts: { part: 0, of: 0 } }],
  ['one that waits', [registered({ decidedAt: null, isApproved: false })], { approval: { part: 0, of: 0 }, conflicts: { part: 0, of: 1 } }],
  [
    'approved and turned away',
    [registered({}), registered({ decidedAt: AT, isApproved: false, isConflict: true }), registered({ isChecked: false })],
    { approval: { part: 2, of: 3 }, decision: { medianDays: 2, of: 3 }, conflicts: { part: 1, of: 2 } },
  ],
])('registrations: %s', (_name, given, expected) => expect(registrationFigures(given)).toMatchObject(expected));

test('the first deal won counts in the period of it alone', () => {
  const partners = ['a', 'b', 'c'].map((id) => ({ id, createdAt: new Date('2026-01-01') }));
  const wonOn = new Map([
    ['a', '2026-02-10'],
    ['b', '2025-12-01'],
  ]);
  expect(firstWinOf(partners, wonOn, { from: '2026-01-01', to: '2026-04-01' })).toEqual({ medianDays: 40, of: 1 });
});

test.each([
  ['https://a.example/partners', 'research'],
  ['pasted by U1', 'pasted'],
  ['partner record', 'hand'],
  ['list.csv:12', 'file'],
])('what is known from “%s” comes from %s', (origin, source) => expect(sourceOf(origin)).toBe(source));

test('each company is in one source and one band, and everybody in the first row', () => {
  const one = (source: Followed['source'], score: number | null, ...reached: string[]) =>
    ({ source, score, reached: new Set(reached), revenueMinor: 100 }) as Followed;
  const rows = funnelOf([one('file', 85, 'suggested', 'won'), one('file', 60, 'suggested'), one('hand', null, 'partner', 'won')]);
  expect(rows.map(({ key, counts, revenueMinor }) => [key, counts.suggested, counts.partner, counts.won, revenueMinor])).toEqual([
    ['all', 2, 1, 2, 300],
    ['file', 2, 0, 1, 200],
    ['hand', 0, 1, 1, 100],
    [80, 1, 0, 1, 100],
    [60, 1, 0, 0, 100],
  ]);
  expect([100, 80, 79.9, 40, 0].map(bandOf)).toEqual([80, 80, 60, 40, 0]);
  expect(funnelOf([])).toEqual([]);
});

test('figures and funnel are read from what is stored, and few say that they are few', async () => {
  await setUp(AT);
  const company = await aCompany({ domain: 'acme.example' });
  const item = {
    companyId: company.id,
    name: 'Acme',
    domain: 'acme.example',
    oneLiner: '',
    type: 'agency',
    score: 72,
    known: 1,
    reasons: [],
  };
  const digest = { id: 'd1', workspaceId: HOME, number: 1, day: '2026-11-23', round: 0, requestedBy: 'schedule', candidates: 1 } as const;
  await insertDigest({ ...digest, items: [{ ...item, type: 'agency' }], createdAt: AT, postedAt: null });
  await markPosted(HOME, 'd1', AT);
  const acme = await changed(await aPartner({ name: 'Acme', domains: ['acme.example'], people: [] }), { firstRegistrationAt: AT });
  await aPartner({ name: 'Brindle', domains: ['brindle.example'], people: [] });
  await aSale({ state: 'won', createdAt: addDays(AT, -3), closedAt: AT });
  await appendTouch(aTouch({ partnerId: acme.id, type: 'registration', role: 'source', at: addDays(AT, -3), recordedAt: AT }));
  await recordRevenue(revenue({ kind: 'booked', stage: 'booked' }), AT);
  await aSale({ id: 'crm:2', state: 'lost', closedAt: AT });
  await creditSales.run({}, someDeps());
  await rollUpRevenue.run({}, someDeps());
  const period = readPeriod('2026-11', { today: '2026-12-10', fiscalYearStart: 1 });
  if (!period) throw new Error('no period');
  const report = await programmeReport(HOME, period, AT);
  expect(report.figures).toMatchObject({
    winRate: { partner: { part: 1, of: 1 }, direct: { part: 0, of: 1 } },
    cycle: { partner: { medianDays: 3, of: 1 } },
    ...{ productive: { part: 1, of: 2 }, firstRegistration: { medianDays: 0, of: 1 }, firstWin: { of: 1 } },
  });
  expect(
    report.funnel.map(({ key, counts: { suggested, partner, registered: first, won }, revenueMinor }) => [
      key,
      suggested,
      partner,
      first,
      won,
      revenueMinor,
    ]),
  ).toEqual([
    ['all', 1, 2, 1, 1, 1_200_000],
    ['file', 1, 1, 1, 1, 1_200_000],
    ['hand', 0, 1, 0, 0, 0],
    [60, 1, 1, 1, 1, 1_200_000],
  ]);
  const { text, blocks } = programmeMessage(report, '2026-11', '');
  expect(text).toContain('1 of 1 sale: too few to say');
  expect(JSON.stringify(blocks)).toContain('Only 1 suggested: too few');
});

const DIGEST = { ...EVERY_DAY, weekdays: [1, 2, 3, 4, 5] };
const ON = { fiscalYearStart: 1, weeklySummary: true, quarterlySummary: true };
test.each([
  ['Monday before the hour', '2026-11-30T07:59:00Z', DIGEST, ON, []],
  ['Monday at the hour', '2026-11-30T08:00:00Z', DIGEST, ON, ['summary:week:2026-11-23']],
  ['Wednesday, made up for', '2026-12-02T08:00:00Z', DIGEST, ON, ['summary:week:2026-11-23']],
  ['Thursday, too late', '2026-12-03T08:00:00Z', DIGEST, ON, []],
  ['no Monday', '2026-12-01T08:00:00Z', { ...DIGEST, weekdays: [2] }, ON, ['summary:week:2026-11-23']],
  ['a Friday that begins a quarter', '2027-01-01T08:00:00Z', DIGEST, ON, ['summary:quarter:2026-10-01']],
  [
    'a week and a quarter',
    '2026-10-01T07:00:00Z',
    { ...DIGEST, weekdays: [4] },
    ON,
    ['summary:week:2026-09-21', 'summary:quarter:2026-07-01'],
  ],
  [
    'the year of accounts',
    '2026-11-02T08:00:00Z',
    DIGEST,
    { ...ON, fiscalYearStart: 2 },
    ['summary:week:2026-10-26', 'summary:quarter:2026-08-01'],
  ],
  ['switched off', '2026-11-30T08:00:00Z', DIGEST, { ...ON, weeklySummary: false }, []],
])('summaries: %s', (_name, at, digest, rules, keys) =>
  expect(dueSummaries(digest, rules, new Date(at)).map(({ key }) => key)).toEqual(keys),
);
