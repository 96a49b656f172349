import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { STORIES } from './any-operations.ts';
import { text } from './compare.ts';
import { play, prepare } from './play.ts';
import { SERVERS, useServer } from './servers.ts';

/** CONTRACT_SEED and CONTRACT_RUNS look further than a run of all tests does. */
const seed = Number(process.env.CONTRACT_SEED ?? 20_261_123);
const numRuns = Number(process.env.CONTRACT_RUNS ?? 60);

/** Without a real server there is nothing to compare with. */
const describeIfBoth = SERVERS.includes('mongod') ? describe : describe.skip;

describeIfBoth('what one does with generated documents, the other does', () => {
  const real = useServer('mongod');
  const embedded = useServer('the embedded engine');
  beforeAll(async () => {
    await Promise.all([prepare(real.db), prepare(embedded.db)]);
  });

  test.each(Object.entries(STORIES))('%s', async (_, anyStory) => {
    const same = fc.asyncProperty(anyStory, async (story) => {
      const [expected, found] = await Promise.all([play(real.db, story), play(embedded.db, story)]);
      // The story in the message, as the counterexample's own form hides the types of numbers.
      expect({ story: text(story), played: found }).toEqual({ story: text(story), played: expected });
    });
    await fc.assert(same, { numRuns, seed });
  });
});
