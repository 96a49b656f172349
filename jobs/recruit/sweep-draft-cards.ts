import { subDays, subMinutes } from 'date-fns';
import { changedDrafts } from '../../src/recruit/outreach/draft-repository.ts';
import { defineSweep } from '../job.ts';
import { showWhereStale } from './show-draft.ts';

/** Finds the cards that an outage of more than an hour left behind: of all that changed within a day, and of what did not leave, or may have, for
 *  as long as nobody has decided. Once an hour, because it asks one thing of the database for each of a day's changes. */
export const sweepDraftCards = defineSweep({
  name: 'sweep-draft-cards',
  every: '1 hour',
  find: async function* (at) {
    const day = subDays(at, 1);
    yield* changedDrafts(day, subMinutes(at, 1));
    yield* changedDrafts(new Date(0), day, ['unknown', 'failed']);
  },
  act: (draft, { enqueue }) => showWhereStale(draft, enqueue),
});
