import { subDays } from 'date-fns';
import { z } from 'zod';
import { dropClicks, keepDayCounts, listClickDaysDue, listClickWorkspacesDue } from '../../src/measure/links/click-repository.ts';
import { getMeasureRules } from '../../src/measure/measure-rules/measure-rules-repository.ts';
import { defineJob } from '../job.ts';

/** Days of which a count may still be missing, when no process ran for a while. */
const FOLDED_DAYS = 7;
const dayOf = (at: Date) => at.toISOString().slice(0, 10);

/** Keeps how many people clicked each link on each day, and lets go of clicks that are older than the workspace looks back for a sale. A count is
 *  kept before its clicks go, and only rises, so that a crash between loses none. */
export const foldClicks = defineJob({
  name: 'fold-clicks',
  payload: z.object({}),
  every: '1 hour',
  once: true,
  run: async (_payload, { now }) => {
    const today = dayOf(now());
    for (const day of await listClickDaysDue()) {
      const isOld = day < dayOf(subDays(now(), FOLDED_DAYS));
      if (day < today && !isOld) await keepDayCounts(day);
      if (!isOld) continue;
      for (const workspaceId of await listClickWorkspacesDue(day)) {
        const { lookBackDays } = await getMeasureRules(workspaceId);
        if (day >= dayOf(subDays(now(), lookBackDays + 1))) continue;
        await keepDayCounts(day);
        await dropClicks(workspaceId, day);
      }
    }
  },
});
