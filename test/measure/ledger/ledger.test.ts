import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import mongoose from 'mongoose';
import { appendTransaction, findTransaction, listOfSale, listUnbalanced } from '../../../src/measure/ledger/ledger-repository.ts';
import { isBalanced, moved, type Transaction } from '../../../src/measure/ledger/transaction.ts';
import { AT, HOME } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';

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
