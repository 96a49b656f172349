import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runCommissions } from '../../../src/cli/commissions.ts';
import { converted, percentOf, splitInParts, sumOf } from '../../../src/measure/commissions/exact.ts';
import { capTogether, marginalCommission, reversals } from '../../../src/measure/commissions/rules.ts';

const FILE = new URL('money.jsonl', import.meta.url).pathname;
const cases = readFileSync(FILE, 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));

test.each(cases.map((one) => [one.id, one] as const))('%s', async (id, { expected }) => {
  const printed: string[] = [];
  await runCommissions([FILE, '--json'], (line) => void printed.push(line));
  expect(printed.map((line) => JSON.parse(line)).find((one) => one.id === id)).toEqual({ id, result: expected });
});

const minor = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });
const rate = fc.integer({ min: 0, max: 10_000 });

test('the parts of a split equal the whole, and none is a unit away from its exact share', () => {
  const shares = fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: 1, maxLength: 12 }).filter((all) => sumOf(all) > 0);
  fc.assert(
    fc.property(minor, shares, (amount, all) => {
      const parts = splitInParts(amount, all);
      expect(sumOf(parts)).toBe(amount);
      for (const [place, part] of parts.entries()) expect(Math.abs(part - (amount * (all[place] ?? 0)) / sumOf(all))).toBeLessThan(1);
    }),
  );
});

test('a commission in tiers does not depend on how the sales are cut, but for the rounding of each', () => {
  const tiers = [
    { fromMinor: 0, rateBp: 500 },
    { fromMinor: 100_000, rateBp: 800 },
    { fromMinor: 700_000, rateBp: 1100 },
  ];
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 400_000 }), { minLength: 1, maxLength: 8 }), (sales) => {
      let volumeBeforeMinor = 0;
      const apart = sales.map((saleMinor) => {
        const earned = marginalCommission(tiers, { volumeBeforeMinor, saleMinor });
        volumeBeforeMinor += saleMinor;
        return earned;
      });
      const together = marginalCommission(tiers, { volumeBeforeMinor: 0, saleMinor: sumOf(sales) });
      expect(Math.abs(sumOf(apart) - together)).toBeLessThanOrEqual(sales.length / 2);
    }),
  );
});

test('refunds that make a full one take back exactly the commission, in either currency', () => {
  const sale = fc.array(fc.integer({ min: 0, max: 5_000_000 }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(sale, rate, (refunds, rateBp) => {
      const whole = sumOf(refunds);
      for (const on of [
        (kept: number) => percentOf(kept, rateBp),
        (kept: number) => converted(percentOf(kept, rateBp), { from: 'GBP', to: 'JPY', rate: '197.613' }),
      ])
        expect(sumOf(reversals(whole, refunds, on)) + on(whole)).toBe(0);
    }),
  );
});

test('more cannot be refunded than was sold', () => {
  expect(() => reversals(1000, [600, 401], (kept) => percentOf(kept, 1000))).toThrow(expect.objectContaining({ code: 'refund-too-large' }));
});

test('several commissions under one cap never exceed it, and are left alone below it', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 6 }), fc.nat(2_000_000), (all, cap) => {
      expect(sumOf(capTogether(all, cap))).toBe(Math.min(cap, sumOf(all)));
    }),
  );
});
