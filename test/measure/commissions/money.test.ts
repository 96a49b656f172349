import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runCommissions } from '../../../src/cli/commissions.ts';
import { cappedTogether } from '../../../src/measure/commissions/cap-together.ts';
import type { Sold } from '../../../src/measure/commissions/commission-line.ts';
import { splitInParts, sumOf } from '../../../src/measure/commissions/exact.ts';
import { marginalCommission } from '../../../src/measure/commissions/rules.ts';

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

const SOLD: Omit<Sold, 'minor'> = {
  ...{ source: 's', saleId: 's', stage: 'invoiced', day: '2026-11-23', product: '', currency: 'EUR', dayMinor: 0, firstDay: '2026-11-23' },
};

test('several commissions under one cap never exceed it, and are left alone below it', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 6 }), fc.nat(2_000_000), (all, cap) => {
      const would = all.map((minor, place) => ({ partnerId: `p${place}`, role: 'source', minor }));
      const rules = cappedTogether({ ...SOLD, minor: cap }, would, { totalCapBp: 10_000, others: [], order: [] });
      const parts = rules.map(([rule], place) => (rule ? Number(rule.figure.split('/')[0]) : (all[place] ?? 0)));
      expect(sumOf(parts)).toBe(Math.min(cap, sumOf(all)));
    }),
  );
});
