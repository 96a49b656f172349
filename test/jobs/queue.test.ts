import mongoose from 'mongoose';
import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { defineJob } from '../../jobs/job.ts';
import { noteStageJob } from '../../jobs/recruit/note-stage.ts';
import { showDraftJob } from '../../jobs/recruit/show-draft.ts';
import { writeDraftJob } from '../../jobs/recruit/write-draft.ts';
import type { Job } from '../../src/deps.ts';
import { Refusal } from '../../src/errors.ts';
import { createLog } from '../../src/log.ts';
import { findDraft } from '../../src/recruit/outreach/draft-repository.ts';
import { startDraft } from '../../src/recruit/outreach/start-draft.ts';
import { createScheduler, type Scheduler } from '../../src/scheduler.ts';
import { AT, aCompany, aContact, ana, aProgramme, HOME } from '../support/builders.ts';
import { someDeps } from '../support/deps.ts';
import { useMongo } from '../support/mongo.ts';

const { uri } = useMongo();
let scheduler: Scheduler | null = null;
afterEach(async () => {
  await scheduler?.stop();
  await queue().deleteMany({});
});

const queue = () => mongoose.connection.collection('jobs');
function start(...jobs: Job[]): Promise<void> {
  const log = createLog('silent');
  scheduler ??= createScheduler(uri, log);
  const slackFor = () => Promise.reject(new Refusal('workspace-unknown'));
  const deps = someDeps({ log, enqueue: scheduler.enqueue, slackFor });
  return scheduler.start(jobs, deps);
}
const counted = (once?: Job['once']) => {
  const runs: { end: () => void }[] = [];
  const run = () => new Promise<void>((end) => void runs.push({ end }));
  return { runs, job: defineJob({ name: 'count', payload: z.object({ id: z.string() }), ...(once ? { once } : {}), run }) };
};
async function until(look: () => Promise<boolean> | boolean): Promise<void> {
  for (let waited = 0; !(await look()); waited++) {
    if (waited > 500) throw new Error('it did not happen within ten seconds');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
const fresh = () => {
  scheduler = createScheduler(uri, createLog('silent'));
  return scheduler;
};

test('cards of a workspace that removed the app: quietly done, the text is written all the same, nothing stays queued', async () => {
  await aProgramme();
  const { draft } = await startDraft(ana, (await aCompany()).id, aContact(), AT);
  const { enqueue } = fresh();
  for (const job of [showDraftJob, writeDraftJob]) await enqueue(job, { workspaceId: HOME, draftId: draft.id });
  await start(showDraftJob, writeDraftJob, noteStageJob);
  await until(async () => (await queue().countDocuments()) === 0);
  expect((await findDraft(HOME, draft.id))?.status).toBe('waiting');
});

test('a job that failed for good leaves no record', async () => {
  const failing = defineJob({ name: 'fail', payload: z.object({}), run: () => Promise.reject(new Error('outage')) });
  await fresh().enqueue(failing, {});
  await queue().updateMany({}, { $set: { failCount: 6 } });
  await start(failing);
  await until(async () => (await queue().countDocuments()) === 0);
});

test('queued again and again while Slack is down: one job waits, and is brought forward', async () => {
  const { job } = counted('while-waiting');
  const { enqueue } = fresh();
  for (let sweep = 0; sweep < 5; sweep++) await enqueue(job, { id: 'a' });
  await enqueue(job, { id: 'b' });
  expect(await queue().countDocuments()).toBe(2);
  await queue().updateMany({}, { $set: { nextRunAt: new Date(Date.now() + 3_600_000), failCount: 3 } });
  await enqueue(job, { id: 'a' });
  expect(await queue().countDocuments({ nextRunAt: { $lte: new Date() } })).toBe(1);
  expect(await queue().countDocuments()).toBe(2);
});

test.each([
  ['while-waiting', 2],
  [true, 1],
] as const)('queued while one runs, once: %s: runs %d times', async (once, times) => {
  const { job, runs } = counted(once);
  const { enqueue } = fresh();
  await start(job);
  await enqueue(job, { id: 'a' });
  await until(() => runs.length === 1);
  await enqueue(job, { id: 'a' });
  if (times === 2) await until(() => runs.length === 2);
  for (const { end } of runs) end();
  await until(async () => (await queue().countDocuments()) === 0);
  expect(runs).toHaveLength(times);
});
