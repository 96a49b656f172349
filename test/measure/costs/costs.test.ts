import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readHours } from '../../../src/measure/costs/cost.ts';
import { costsCsv, readCostFile } from '../../../src/measure/costs/cost-file.ts';
import { listCosts, sumCommissions, sumCosts } from '../../../src/measure/costs/cost-repository.ts';
import { returnReport } from '../../../src/measure/costs/read-return.ts';
import { addCost, bringCosts, takeBackCost } from '../../../src/measure/costs/record-costs.ts';
import { newCustomers, type ReturnInputs, returnOf } from '../../../src/measure/costs/return.ts';
import { costReading, readCost, type TypedCost } from '../../../src/measure/costs/typed-cost.ts';
import { appendTransaction, LedgerModel } from '../../../src/measure/ledger/ledger-repository.ts';
import { moved } from '../../../src/measure/ledger/transaction.ts';
import { defaultMeasureRules } from '../../../src/measure/measure-rules/measure-rules.ts';
import { saveMeasureRules } from '../../../src/measure/measure-rules/measure-rules-repository.ts';
import { keepRates } from '../../../src/measure/rates/rate-repository.ts';
import { readPeriod } from '../../../src/measure/revenue/period.ts';
import type { ClosedSale } from '../../../src/measure/sales/closed-sales.ts';
import { auditEntry } from '../../../src/programme/audit/audit.ts';
import { aPartner } from '../../support/a-partner.ts';
import { aSale } from '../../support/a-sale.ts';
import { AT, HOME, milo } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';
import { setUp } from '../../support/ready-workspace.ts';
import { sheetOf } from '../../support/workbook.ts';

useMongo();
const NOVEMBER = { from: '2026-11-01', to: '2026-12-01' };
const GOOD: TypedCost = { day: '2026-11-02', kind: 'tools', sum: '1,200 EUR', words: 'Portal of a lab' };

test.each([
  ['12', 1200],
  ['7.5', 750],
  ['7,25', 725],
  ['0', null],
  ['-1', null],
  ['1e3', null],
  ['', null],
])('hours “%s” are %s hundredths', (typed, hours) => expect(readHours(typed)).toBe(hours));

const INPUTS: ReturnInputs = {
  revenueMinor: 500_000,
  costs: [
    { kind: 'people', minor: 80_000 },
    { kind: 'tools', minor: 20_000 },
  ],
  ...{ commissionMinor: 25_000, directMinor: 90_000, customers: { partner: 4, direct: 2 } },
};
test.each<[string, Partial<ReturnInputs>, Partial<ReturnType<typeof returnOf>>]>([
  ['both ways', {}, { cost: { without: 100_000, with: 125_000 }, returnBp: { without: 40_000, with: 30_000 } }],
  ['a customer', {}, { cac: { without: 25_000, with: 31_250 }, directCac: 45_000 }],
  ['nothing spent', { costs: [], commissionMinor: 0 }, { returnBp: { without: null, with: null } }],
  ['only commissions', { costs: [] }, { returnBp: { without: null, with: 190_000 } }],
  ['nothing sold', { revenueMinor: 0 }, { returnBp: { without: -10_000, with: -10_000 } }],
  ['no customer', { customers: { partner: 0, direct: 0 } }, { cac: { without: null, with: null }, directCac: null }],
  ['direct not known', { directMinor: null }, { directCac: null }],
  ['halves away from zero', { customers: { partner: 3, direct: 2 } }, { cac: { without: 33_333, with: 41_667 } }],
])('return: %s', (_name, given, expected) => expect(returnOf({ ...INPUTS, ...given })).toMatchObject(expected));

test('return is the same whatever the order and split of costs', () => {
  const minor = fc.integer({ min: 1, max: 1_000_000_000 });
  fc.assert(
    fc.property(fc.array(minor, { minLength: 1, maxLength: 9 }), minor, (parts, revenueMinor) => {
      const split = parts.map((part) => ({ kind: 'other' as const, minor: part }));
      const whole = [{ kind: 'tools' as const, minor: parts.reduce((sum, part) => sum + part, 0) }];
      const of = (costs: ReturnInputs['costs']) => returnOf({ ...INPUTS, costs, revenueMinor });
      expect(of(split)).toEqual(of(whole));
      expect(of(split.toReversed())).toEqual(of(whole));
    }),
  );
});

test('a new customer is a company’s first sale ever, on the side of that sale', () => {
  const won = (id: string, domain: string | null, side: ClosedSale['side'], dayOfMonth: number): ClosedSale => ({
    ...{ id, domain, side, customer: id, state: 'won', createdAt: AT, closedAt: new Date(Date.UTC(2026, 10, dayOfMonth)) },
  });
  const found = newCustomers(
    [
      won('a2', 'a.example', 'direct', 9),
      won('a1', 'a.example', 'partner', 3),
      won('b', 'b.example', 'partner', 4),
      won('c', 'c.example', 'direct', 5),
      won('d', 'd.example', 'helped', 5),
      won('e1', null, 'direct', 5),
      won('e2', null, 'direct', 6),
    ],
    new Set(['b.example']),
  );
  expect(found.partner.map(({ id }) => id)).toEqual(['a1']);
  expect(found.direct.map(({ id }) => id)).toEqual(['c', 'e1', 'e2']);
});

test('what is typed is read, or said field by field', async () => {
  await setUp(AT);
  await aPartner({ name: 'Acme', domains: ['acme.example'], people: [] });
  const reading = await costReading(HOME, AT);
  const read = (typed: TypedCost) => readCost(reading, { ...GOOD, ...typed });
  const problemsOf = async (typed: TypedCost) => (await read(typed)).problems.map(({ field }) => field);
  expect((await read({})).cost).toMatchObject({ scope: 'programme', partnerId: null, money: { minor: 120_000, currency: 'EUR' } });
  expect((await read({ partner: 'acme' })).cost).toMatchObject({ scope: 'partner' });
  expect((await read({ sum: '', hours: '7,5', rate: '80' })).cost).toMatchObject({ hours: 750, money: { minor: 60_000 } });
  expect((await read({ kind: 'Software', scope: 'direct' })).cost).toMatchObject({ kind: 'tools', scope: 'direct' });
  const wrong: [TypedCost, string[]][] = [
    [{ day: '2026-02-30' }, ['day']],
    [{ day: '2027-01-01' }, ['day']],
    [{ kind: 'beer' }, ['kind']],
    [{ sum: '' }, ['sum']],
    [{ sum: '0 EUR' }, ['sum']],
    [{ sum: '12 XYZ' }, ['sum']],
    [{ sum: '', hours: '3' }, ['rate']],
    [{ sum: '', hours: 'three', rate: '80' }, ['hours']],
    [{ scope: 'partner' }, ['partner']],
    [{ partner: 'Nobody' }, ['partner']],
    [{ scope: 'direct', partner: 'Acme' }, ['partner']],
  ];
  for (const [typed, fields] of wrong) expect([typed, await problemsOf(typed)]).toEqual([typed, fields]);
  const entry = auditEntry({ workspaceId: HOME, by: 'U1', at: AT, action: 'measure-rules.change', subject: 'measure-rules:all' });
  await saveMeasureRules(defaultMeasureRules(HOME), { hourMinor: 5_000 }, entry);
  expect((await readCost(await costReading(HOME, AT), { ...GOOD, sum: '', hours: '3' })).cost).toMatchObject({ money: { minor: 15_000 } });
});

test('a cost is recorded once for each form, and taken back on its own day, however often', async () => {
  await setUp(AT);
  const id = '3c6a0f4e-6d0b-4c55-9d6e-0d8f1f0a7b11';
  await Promise.all(Array.from({ length: 5 }, () => addCost(milo, { id, typed: GOOD }, AT)));
  expect(await sumCosts(HOME, NOVEMBER)).toEqual([{ kind: 'tools', scope: 'programme', currency: 'EUR', minor: 120_000, count: 1 }]);
  const backs = await Promise.all(Array.from({ length: 5 }, () => takeBackCost(milo, `cost:${id}`, AT)));
  expect(backs.filter(({ changed }) => changed)).toHaveLength(1);
  expect(await sumCosts(HOME, NOVEMBER)).toMatchObject([{ minor: 0, count: 0 }]);
  await expect(takeBackCost(milo, 'cost:none', AT)).rejects.toMatchObject({ code: 'cost-unknown' });
});

const FILE = `Date;Kind;Amount;Currency;Partner;Note
2026-11-03;people;800,00;EUR;;Two days
2026-11-03;people;800,00;EUR;;Two days
2026-11-04;dinner;50;EUR;;=SUM(A1)
2026-11-05;events;1200;EUR;Acme;Fair
2026-11-06;events;1200;CHF;;Fair
`;

test('a file is read line by line, and each line is recorded once, also out of a longer file and by two at once', async () => {
  await setUp(AT);
  await aPartner({ name: 'Acme', domains: ['acme.example'], people: [] });
  const bytes = Buffer.from(FILE);
  const file = await readCostFile(HOME, { bytes, name: 'costs.csv' }, AT);
  expect(file).toMatchObject({ known: 0, costs: [{ line: 2 }, { line: 3 }, { line: 5 }, { line: 6, own: null }] });
  expect(file.problems).toMatchObject([{ line: 4, field: 'kind' }]);
  expect(await LedgerModel.countDocuments({})).toBe(0);
  const both = await Promise.all([1, 2].map(() => bringCosts(milo, { bytes, name: 'costs.csv' }, AT)));
  expect(both.reduce((sum, { added }) => sum + added, 0)).toBe(4);
  const longer = Buffer.from(`${FILE}2026-11-07;tools;10;EUR;;Plug\n`);
  expect(await bringCosts(milo, { bytes: longer, name: 'costs-2.csv' }, AT)).toMatchObject({ added: 1, known: 4 });
  expect(await sumCosts(HOME, NOVEMBER)).toMatchObject([
    { kind: 'events', scope: 'partner', minor: 120_000 },
    { kind: 'events', scope: 'programme', currency: null, count: 1 },
    { kind: 'people', minor: 160_000, count: 2 },
    { kind: 'tools', minor: 1_000 },
  ]);
  for (const [wrong, problem] of [
    ['Date,Kind\n2026-11-03,people\n', 'no-cost-columns'],
    ['Date,Kind,Amount\n', 'header-only'],
  ] as const)
    await expect(readCostFile(HOME, { bytes: Buffer.from(wrong), name: 'costs.csv' }, AT)).rejects.toMatchObject({ details: { problem } });
});

test('our own export brings nothing twice, and nothing back that was taken back', async () => {
  await setUp(AT);
  await addCost(milo, { id: 'kept', typed: GOOD }, AT);
  await addCost(milo, { id: 'gone', typed: { ...GOOD, sum: '7 EUR' } }, AT);
  await takeBackCost(milo, 'cost:gone', AT);
  await bringCosts(milo, { bytes: Buffer.from(FILE), name: 'costs.csv' }, AT);
  const before = await sumCosts(HOME, NOVEMBER);
  const bytes = Buffer.from(costsCsv(await listCosts(HOME, NOVEMBER, 99), new Map()));
  const again = await bringCosts(milo, { bytes, name: 'costs-2026-11-01.csv' }, AT);
  expect(again).toMatchObject({ added: 0, known: 4, back: 1, problems: [] });
  expect(await sumCosts(HOME, NOVEMBER)).toEqual(before);
  const forged = Buffer.from(
    'Day,Kind,Amount,Source\n2026-11-02,tools,5,sale:crm:1:0\n2026-11-02,tools,5,cost:x\n2026-11-02,tools,6,cost:x\n',
  );
  const { costs, problems } = await readCostFile(HOME, { bytes: forged, name: 'costs.csv' }, AT);
  expect(costs.map(({ source }) => source)).toEqual([expect.stringMatching(/^cost:file:/), 'cost:x']);
  expect(problems).toMatchObject([{ line: 4, message: 'Its source stands in an earlier line' }]);
});

test('a text of a file is a sum as people write it; a number of a spreadsheet is rounded, and its day is one', async () => {
  await setUp(AT);
  const read = async (bytes: Uint8Array, name: string) =>
    (await readCostFile(HOME, { bytes, name }, AT)).costs.map(({ cost: { day, money } }) => [day, money.minor]);
  const csv = Buffer.from('Datum;Art;Betrag\n2025-03-31;tools;1.200\n2025-03-31;tools;28,32\n');
  expect(await read(csv, 'kosten.csv')).toEqual([
    ['2025-03-31', 120_000],
    ['2025-03-31', 2_832],
  ]);
  const sheet = sheetOf(['Day', 'Kind', 'Amount'], [45_747, 'tools', 28.322], [45_748.5, 'tools', 1.2]);
  expect(await read(sheet, 'costs.xlsx')).toEqual([
    ['2025-03-31', 2_832],
    ['2025-04-01', 120],
  ]);
});

test('a cost and a commission in another currency are kept, and count by the rate of their day once it is brought', async () => {
  await setUp(AT);
  const usd = { ...GOOD, sum: '110 USD' };
  for (const id of ['kept', 'gone']) expect((await addCost(milo, { id, typed: usd }, AT)).cost).not.toBeNull();
  await takeBackCost(milo, 'cost:gone', AT);
  const evidence = { kind: 'file', ref: '', words: '' } as const;
  await appendTransaction({
    ...{ workspaceId: HOME, source: 'c1', kind: 'earned', at: AT, day: '2026-11-02', recordedAt: AT, by: 'system', evidence, own: null },
    ...{ of: null, saleId: null, product: '', holdUntil: null, working: null },
    postings: moved({ minor: 5_500, currency: 'USD' }, { to: 'payable', from: 'commission', partnerId: 'p1' }),
  });
  const sums = async () => [await sumCosts(HOME, NOVEMBER), await sumCommissions(HOME, NOVEMBER)];
  const whose = { kind: 'tools', scope: 'programme' };
  expect(await sums()).toEqual([[{ ...whose, currency: null, minor: 0, count: 1 }], [{ currency: null, minor: 0, count: 1 }]]);
  await keepRates(HOME, [{ day: '2026-11-02', perEuro: { USD: '1.1' } }]);
  expect(await sums()).toEqual([[{ ...whose, currency: 'EUR', minor: 10_000, count: 1 }], [{ currency: 'EUR', minor: 5_000, count: 1 }]]);
  // Figures in the currency of the cost need no rate, and what was fixed in the other one is worth anew.
  await addCost(milo, { id: 'euro', typed: { ...GOOD, sum: '10 EUR' } }, AT);
  const entry = auditEntry({ workspaceId: HOME, by: 'U1', at: AT, action: 'measure-rules.change', subject: 'measure-rules:all' });
  await saveMeasureRules(defaultMeasureRules(HOME), { currency: 'USD' }, entry);
  expect(await sums()).toEqual([[{ ...whose, currency: 'USD', minor: 12_100, count: 2 }], [{ currency: 'USD', minor: 5_500, count: 1 }]]);
});

test('a period is weighed by its own costs; what direct sales cost is in no sum of the programme', async () => {
  await setUp(AT);
  for (const [place, typed] of [GOOD, { ...GOOD, scope: 'direct', sum: '300 EUR' }, { ...GOOD, day: '2026-10-31' }].entries())
    await addCost(milo, { id: `${place}`, typed }, AT);
  await aSale({ id: 'crm:7', state: 'won', closedAt: AT });
  const period = readPeriod('2026-11', { today: '2026-11-30', fiscalYearStart: 1 });
  const report = period && (await returnReport(HOME, period, 'booked'));
  expect(report?.inputs).toEqual({
    ...{ revenueMinor: 0, costs: [{ kind: 'tools', minor: 120_000 }], commissionMinor: 0, directMinor: 30_000 },
    customers: { partner: 0, direct: 1 },
  });
  expect(report?.figures).toMatchObject({ returnBp: { without: -10_000 }, cac: { without: null }, directCac: 30_000 });
});
