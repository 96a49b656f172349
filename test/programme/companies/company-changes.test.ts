import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { shareRuns } from '../../../src/programme/companies/company-changes.ts';

/** A run that is shared, and how many there were: together, and at once. */
function aRun(work: () => Promise<unknown>) {
  const seen = { runs: 0, atOnce: 0 };
  let now = 0;
  const ask = shareRuns(async () => {
    seen.runs++;
    seen.atOnce = Math.max(seen.atOnce, ++now);
    await work().finally(() => now--);
  });
  return { seen, ask };
}

test('all who ask while it runs share the next run', async () => {
  const { seen, ask } = aRun(() => turn());
  await Promise.all([ask(), ask(), ask()]);
  expect(seen).toEqual({ runs: 2, atOnce: 1 });
});

test('who asks the moment it has ended shares the run that others wait for, and starts no second one beside it', async () => {
  const { seen, ask } = aRun(() => turn());
  const first = ask();
  await Promise.all([ask(), first.then(() => ask())]);
  expect(seen).toEqual({ runs: 2, atOnce: 1 });
});

test('a run that fails is told to those who shared it, and the next one is not kept from running', async () => {
  const { seen, ask } = aRun(() => (seen.runs === 1 ? Promise.reject(new Error('no database')) : turn()));
  const both = await Promise.allSettled([ask(), ask()]);
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  expect(seen).toEqual({ runs: 2, atOnce: 1 });
});
