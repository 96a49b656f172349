import { z } from 'zod';
import { rollUp } from '../../src/measure/revenue/roll-up.ts';
import { defineJob } from '../job.ts';

/** Adds up the figures of days and months whose sales have changed. Each says itself that it waits, so a crash loses none. */
export const rollUpRevenue = defineJob({
  name: 'roll-up-revenue',
  payload: z.object({}),
  every: '1 minute',
  once: 'while-waiting',
  run: async (_payload, { now, enqueue }) => {
    const { isMore } = await rollUp(now());
    if (isMore) await enqueue(rollUpRevenue, {});
  },
});
