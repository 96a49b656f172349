import { subDays, subHours, subMinutes } from 'date-fns';
import { changedDrafts } from '../../src/recruit/outreach/draft-repository.ts';
import { defineSweep } from '../job.ts';
import { showWhereStale } from './show-draft.ts';

/** Finds the cards that show an older state of the last hour. Those of drafts of which nobody can say whether they left are looked for over a day,
 *  because a person is to look into a mailbox and hears of it within minutes of Slack's return. `sweep-draft-cards` does the rest. */
export const sweepRecentCards = defineSweep({
  name: 'sweep-recent-cards',
  every: '1 minute',
  find: async function* (at) {
    yield* changedDrafts(subHours(at, 1), subMinutes(at, 1));
    yield* changedDrafts(subDays(at, 1), subHours(at, 1), ['unknown']);
  },
  act: (draft, { enqueue }) => showWhereStale(draft, enqueue),
});
