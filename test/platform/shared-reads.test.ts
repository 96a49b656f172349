import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shareReads } from '../../src/platform/shared-reads.ts';

describe('reads that are shared', () => {
  test('whoever asks while one runs gets the next, and all of them the same', async () => {
    const ends: ((value: number) => void)[] = [];
    const read = shareReads<number>(() => new Promise((end) => ends.push(end)));
    const first = read('a');
    const [second, third] = [read('a'), read('a')];
    expect(ends).toHaveLength(1);
    ends[0]?.(1);
    expect(await first).toBe(1);
    await Promise.resolve();
    expect(ends).toHaveLength(2);
    ends[1]?.(2);
    expect([await second, await third]).toEqual([2, 2]);
    void read('a');
    expect(ends).toHaveLength(3);
  });

  test('nobody gets an answer of before the question, however asked and however slow', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ wait: fc.nat(3), changes: fc.boolean(), fails: fc.boolean() }), { maxLength: 30 }),
        async (steps) => {
          let stored = 0;
          const delays = steps.map(({ wait, fails }) => ({ wait, fails }));
          const read = shareReads(async () => {
            const { wait = 0, fails = false } = delays.pop() ?? {};
            const seen = stored;
            for (let turn = 0; turn < wait; turn++) await new Promise(setImmediate);
            if (fails) throw new Error('not read');
            return seen;
          });
          const asked: Promise<void>[] = [];
          for (const { changes, wait } of steps) {
            if (changes) stored++;
            const least = stored;
            asked.push(
              read('a').then(
                (seen) => expect(seen).toBeGreaterThanOrEqual(least),
                () => {},
              ),
            );
            if (wait > 1) await new Promise(setImmediate);
          }
          await Promise.all(asked);
        },
      ),
    );
  });

  test('an error reaches those who asked for that read, and the next one is read again', async () => {
    let reads = 0;
    const read = shareReads(async () => {
      reads++;
      if (reads === 1) throw new Error('not reached');
      return reads;
    });
    const [first, second] = [read('a'), read('a')];
    await expect(first).rejects.toThrow('not reached');
    expect(await second).toBe(2);
    expect(await read('b')).toBe(3);
  });
});
