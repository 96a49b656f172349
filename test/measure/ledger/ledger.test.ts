import { addDays } from 'date-fns';
import fc from 'fast-check';
import mongoose from 'mongoose';
import { expect, test } from 'vitest';
import { mirrorId } from '../../../src/manage/crm/mirror-repository.ts';
import { bringMoney, planMoney } from '../../../src/measure/ledger/bring-money.ts';
import { appendTransaction, findTransaction, listOfSale, listUnbalanced } from '../../../src/measure/ledger/ledger-repository.ts';
import { readMoneyFile } from '../../../src/measure/ledger/read-money-file.ts';
import { dayText, sumText } from '../../../src/measure/ledger/sheet-cells.ts';
import { isBalanced, moved, type Transaction } from '../../../src/measure/ledger/transaction.ts';
import { aSale } from '../../support/a-sale.ts';
import { AT, HOME } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';
import { sheetOf } from '../../support/workbook.ts';

useMongo();

const booked = (also: Partial<Transaction> = {}): Transaction => ({
  workspaceId: HOME,
  source: 'deal:1:won',
  kind: 'booked',
  at: AT,
  day: '2027-01-04',
  recordedAt: AT,
  by: 'U1',
  evidence: { kind: 'deal', ref: '1', words: 'Won' },
  of: null,
  saleId: 'deal:1',
  product: '',
  own: null,
  holdUntil: null,
  working: null,
  postings: moved({ minor: 120_000, currency: 'EUR' }, { to: 'booked', from: 'customers' }),
  ...also,
});

test('the same source is recorded once, however many record it at one instant', async () => {
  const all = await Promise.all(
    Array.from({ length: 20 }, (_, minor) =>
      appendTransaction(booked({ postings: moved({ minor, currency: 'EUR' }, { to: 'booked', from: 'customers' }) })),
    ),
  );
  expect(all.filter(({ changed }) => changed)).toHaveLength(1);
  const [stored] = await listOfSale(HOME, 'deal:1');
  for (const { transaction } of all) expect(transaction).toEqual(stored);
});

test('what does not add up to nothing in each currency is not recorded', async () => {
  const [one] = booked().postings;
  for (const postings of [
    [one, one],
    [one, { ...one, minor: -120_000, currency: 'USD' }],
    [one, { ...one, minor: -119_999 }],
    [one, { ...one, minor: -0.5 }],
  ])
    await expect(appendTransaction({ ...booked(), postings: postings as Transaction['postings'] })).rejects.toThrow();
  expect(await findTransaction(HOME, 'deal:1:won')).toBeNull();
});

test('a transaction that something else wrote without its other side is found', async () => {
  await appendTransaction(booked());
  expect(await listUnbalanced(10)).toEqual([]);
  await mongoose.connection.collection('ledger').updateOne({}, { $set: { 'postings.0.minor': 1 } });
  expect(await listUnbalanced(10)).toEqual([{ workspaceId: HOME, source: 'deal:1:won' }]);
});

test('the same source in another workspace is another transaction', async () => {
  await appendTransaction(booked());
  expect(await appendTransaction(booked({ workspaceId: 'T0OTHER' }))).toMatchObject({ changed: true });
  expect(await listOfSale(HOME, 'deal:1')).toHaveLength(1);
});

test('whatever is moved, both sides are recorded', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.maxSafeInteger(), fc.constantFrom('EUR', 'JPY', 'KWD')), { maxLength: 5 }), (sums) => {
      const postings = sums.flatMap(([minor, currency]) => moved({ minor, currency }, { to: 'payable', from: 'commission' }));
      expect(isBalanced({ postings })).toBe(true);
    }),
  );
});

const CSV = (...rows: string[]) => Buffer.from(['kind,id,sale,date,amount,currency,product,of', ...rows, ''].join('\n'));
const planned = async (...rows: string[]) => {
  const { entries, problems } = await readMoneyFile(CSV(...rows), 'money.csv');
  const plan = await planMoney(HOME, entries, AT);
  return { ...plan, problems: [...problems, ...plan.problems].map(({ line, code }) => [line, code]) };
};

test('a file of money is read with the first fault of each line, and says of all else what would be recorded', async () => {
  await aSale({ opportunityId: mirrorId({ workspaceId: HOME, source: 'csv' }, 'OPP-7') });
  await aSale({ id: 'deal:d2', dealId: 'd2', opportunityId: null, customer: 'Brindle Foods', domain: 'brindle.example' });
  await aSale({ id: 'deal:d3', dealId: 'd3', opportunityId: null, customer: 'Brindle Foods', domain: null, createdAt: addDays(AT, 1) });
  const plan = await planned(
    'refund,r1,,2026-11-20,40,EUR,,i1',
    'invoice,i1,OPP-7,2026-11-10,"1,200.50",EUR,Analytics,',
    'Payment,p1,saltmarsh.example,2026-11-12,1200,USD,,',
    'payment,p2,d2,2026-11-12,300 EUR,,,',
    'gift,g,d2,2026-11-12,300,EUR,,',
    'payment,,d2,2026-11-12,300,EUR,,',
    'payment,p3,,2026-11-12,300,EUR,,',
    'payment,p3,d2,12/11/2026,300,EUR,,',
    'payment,p3,d2,2026-11-12,-300,EUR,,',
    'payment,p3,d2,2026-11-12,300,XYZ,,',
    'refund,r2,,2026-11-12,300,EUR,,',
    'payment,p2,d2,2026-11-12,300,EUR,,',
    'payment,p4,d2,2026-12-24,300,EUR,,',
    'payment,p5,Nobody,2026-11-12,300,EUR,,',
    'payment,p6,brindle foods,2026-11-12,300,EUR,,',
    'refund,r3,,2026-11-12,300,EUR,,nothing',
    'refund,r4,,2026-11-12,3,USD,,i1',
    'refund,r5,,2026-11-12,1200,EUR,,i1',
  );
  expect(plan.planned.map(({ entry, target }) => [entry.id, target, entry.money.minor])).toEqual([
    ['i1', 'crm:1', 120_050],
    ['p1', 'crm:1', 120_000],
    ['p2', 'deal:d2', 30_000],
    ['r1', 'invoice:i1', 4_000],
  ]);
  expect(plan.problems).toEqual([
    ...[
      [6, 'kind'],
      [7, 'id'],
      [8, 'sale'],
      [9, 'day'],
      [10, 'amount'],
      [11, 'amount'],
      [12, 'of'],
    ],
    ...[
      [13, 'id-twice'],
      [14, 'day-to-come'],
      [15, 'sale-none'],
      [16, 'sale-several'],
      [17, 'of-none'],
      [18, 'of-currency'],
      [19, 'of-left'],
    ],
  ]);
});

test.each([
  [28.322, 'EUR', '28.32'],
  [28.322, '', '28.322'],
  [1.005, '€', '1.01'],
  [1.2, 'EUR', '1.2'],
  [1234.5, 'JPY', '1235'],
  [0.1 + 0.2, 'EUR', '0.3'],
  [-5, 'EUR', '-5'],
  [1e30, 'EUR', '1e+30'],
  ['1.200', 'EUR', '1.200'],
  [null, 'EUR', ''],
])('a cell that says %s of %s is the sum “%s”', (value, unit, text) => expect(sumText(value, unit)).toBe(text));

test.each([
  [45_747, '2025-03-31'],
  [45_747.75, '2025-03-31'],
  [61, '1900-03-01'],
  [60, '60'],
  [2_958_466, '2958466'],
  ['45747', '45747'],
  [true, ''],
])('a cell that says %s is the day “%s”', (value, text) => expect(dayText(value)).toBe(text));

test('numbers of a spreadsheet and of JSON are rounded, its days are days, and a text is read as people write', async () => {
  const titles = ['kind', 'id', 'sale', 'date', 'amount', 'currency'];
  const sheet = sheetOf(titles, ['payment', 'p1', 'd2', 45_747, 28.322, 'EUR'], ['payment', 'p2', 'd2', '2025-03-31', '28.322', 'EUR']);
  const json = Buffer.from(JSON.stringify([{ kind: 'payment', id: 7, sale: 'd2', date: '2025-03-31', amount: 28.322, currency: 'EUR' }]));
  const read = async (bytes: Uint8Array, name: string) =>
    (await readMoneyFile(bytes, name)).entries.map(({ id, day, money }) => [id, day, money.minor]);
  expect(await read(sheet, 'money.xlsx')).toEqual([
    ['p1', '2025-03-31', 2_832],
    ['p2', '2025-03-31', 2_832_200],
  ]);
  expect(await read(json, 'money.json')).toEqual([['7', '2025-03-31', 2_832]]);
});

test('the same file twice, and by two at once, is recorded once; what has its id and is something else is said', async () => {
  const sale = await aSale();
  const rows = [
    'invoice,17,Saltmarsh Clinics,2026-11-10,100,EUR,,',
    'payment,17,Saltmarsh Clinics,2026-11-11,100,EUR,,',
    'refund,r,,2026-11-12,30,EUR,,payment:17',
  ];
  const { planned: all } = await planned(...rows);
  const bring = () => bringMoney(HOME, { planned: all }, { by: 'U1', at: AT, from: 'file' });
  const both = await Promise.all([bring(), bring()]);
  expect(both.reduce((sum, { recorded }) => sum + recorded, 0)).toBe(3);
  expect(await planned(...rows)).toMatchObject({ planned: [], known: 3, problems: [] });
  const kinds = (await listOfSale(HOME, sale.id)).map(({ kind, postings }) => [kind, postings[0]?.minor]);
  expect(kinds.sort()).toEqual([
    ['collected', 10_000],
    ['invoiced', 10_000],
    ['refunded', -3_000],
  ]);
  await aSale({ id: 'deal:d2', dealId: 'd2', opportunityId: null, customer: 'Brindle' });
  const others = [
    'invoice,17,Saltmarsh Clinics,2026-11-10,101,EUR,,',
    'payment,17,Brindle,2026-11-11,100,EUR,,',
    'refund,r2,,2026-11-12,71,EUR,,payment:17',
    'refund,r3,,2026-11-12,1,EUR,,17',
  ];
  expect((await planned(...others)).problems).toEqual([
    [2, 'known-other'],
    [3, 'known-other'],
    [4, 'of-left'],
    [5, 'of-several'],
  ]);
});
