import { subDays, subMinutes } from 'date-fns';
import { z } from 'zod';
import { changedDrafts } from '../../src/recruit/outreach/draft-repository.ts';
import { defineJob } from '../job.ts';
import { showWhereStale } from './show-draft.ts';

/** Finds the cards that an outage of more than an hour left behind: of all that changed within a day, and of what did not leave, or may have, for
 *  as long as nobody has decided. Once an hour, because it asks one thing of the database for each of a day's changes. */
export const sweepDraftCards = defineJob({
  name: 'sweep-draft-cards',
  payload: z.object({}),
  every: '1 hour',
  run: async (_payload, { enqueue, now }) => {
    const [day, recent] = [subDays(now(), 1), subMinutes(now(), 1)];
    for await (const draft of changedDrafts(day, recent)) await showWhereStale(draft, enqueue);
    for await (const draft of changedDrafts(new Date(0), day, ['unknown', 'failed'])) await showWhereStale(draft, enqueue);
  },
});
