import { addDays, addHours, addMinutes, addSeconds } from 'date-fns';
import mongoose from 'mongoose';
import { expect, test } from 'vitest';
import { sweepDraftCards } from '../../../jobs/recruit/sweep-draft-cards.ts';
import { sweepRecentCards } from '../../../jobs/recruit/sweep-recent-cards.ts';
import type { Deps } from '../../../src/deps.ts';
import type { Draft } from '../../../src/recruit/outreach/draft.ts';
import { claimPost, markShown } from '../../../src/slack/post-repository.ts';
import { AT, aProgramme, aWaitingDraft, HOME } from '../../support/builders.ts';
import { someDeps } from '../../support/deps.ts';
import { useMongo } from '../../support/mongo.ts';

useMongo();

const SOON = addMinutes(AT, 30);
const AFTER_OUTAGE = addHours(AT, 2);
const NEXT_DAY = addHours(AT, 25);
const NEXT_MONTH = addDays(AT, 40);

/** How often each sweep queues the card of this draft at a moment. */
async function queuedAt(now: Date, { id }: Draft): Promise<[minutely: number, hourly: number]> {
  const times: number[] = [];
  for (const sweep of [sweepRecentCards, sweepDraftCards]) {
    const queued: unknown[] = [];
    const enqueue: Deps['enqueue'] = async (job, payload) => void (job.name === 'show-draft' && queued.push(payload));
    await sweep.run({}, someDeps({ now: () => now, enqueue }));
    times.push(queued.filter((payload) => JSON.stringify(payload).includes(id)).length);
  }
  return [times[0] ?? 0, times[1] ?? 0];
}

test.each<[Draft['status'], string, Date, boolean, boolean]>([
  ['unknown', 'half an hour', SOON, true, true],
  ['unknown', 'two hours', AFTER_OUTAGE, true, true],
  ['unknown', 'a day', NEXT_DAY, false, true],
  ['unknown', 'a month', NEXT_MONTH, false, true],
  ['failed', 'half an hour', SOON, true, true],
  ['failed', 'two hours', AFTER_OUTAGE, false, true],
  ['failed', 'a day', NEXT_DAY, false, true],
  ['sent', 'half an hour', SOON, true, true],
  ['sent', 'two hours', AFTER_OUTAGE, false, true],
  ['sent', 'a day', NEXT_DAY, false, false],
  ['writing', 'two hours', AFTER_OUTAGE, false, false],
])('%s, not shown for %s: found each minute %s, each hour %s', async (status, _span, at, minutely, hourly) => {
  await aProgramme();
  const draft = await aWaitingDraft();
  await mongoose.connection.collection('drafts').updateOne({}, { $set: { status } });
  expect(await queuedAt(at, draft)).toEqual([Number(minutely), Number(hourly)]);
  // Shown before it changed is not shown; shown since is.
  await claimPost(HOME, `draft:${draft.id}`, AT);
  await markShown(HOME, `draft:${draft.id}`, addSeconds(AT, -1));
  expect(await queuedAt(at, draft)).toEqual([Number(minutely), Number(hourly)]);
  await markShown(HOME, `draft:${draft.id}`, at);
  expect(await queuedAt(at, draft)).toEqual([0, 0]);
});
