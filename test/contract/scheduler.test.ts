import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { defineJob } from '../../jobs/job.ts';
import type { Job } from '../../src/deps.ts';
import { createLog } from '../../src/log.ts';
import { createScheduler, type Scheduler } from '../../src/scheduler.ts';
import { someDeps } from '../support/deps.ts';
import { SERVERS, useServer } from './servers.ts';

const log = createLog('silent');
const _unused = async () => {
  throw new Error('no job of these tests calls it');
};

/** Resolves when `done` says so; the test's own limit ends it otherwise. */
async function until(done: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await done())) await new Promise((next) => setTimeout(next, 50));
}

describe.each(SERVERS)('two schedulers on %s', (name) => {
  const server = useServer(name);
  const jobs = () => server.db.collection('jobs');
  let running: Scheduler[] = [];
  afterEach(async () => {
    await Promise.all(running.map((scheduler) => scheduler.stop()));
    running = [];
    await jobs().deleteMany({});
  });

  function two(): [Scheduler, Scheduler] {
    const pair: [Scheduler, Scheduler] = [createScheduler(server.uri, log), createScheduler(server.uri, log)];
    running = pair;
    return pair;
  }
  async function start(all: Job[]): Promise<void> {
    for (const { enqueue, start } of running) {
      await start(all, someDeps({ log, now: () => new Date(), enqueue }));
    }
  }
  /** A job that notes which numbers it ran with. */
  function noting(more: Partial<Job> = {}): { job: Job; ran: number[] } {
    const ran: number[] = [];
    const run: Job['run'] = async (payload) => void ran.push(z.object({ n: z.number().default(-1) }).parse(payload).n);
    return { job: defineJob({ name: 'note', payload: z.object({ n: z.number().optional() }), run, ...more }), ran };
  }

  test('run each of forty jobs once and leave nothing behind', async () => {
    const { job, ran } = noting();
    const [one, other] = two();
    await start([job]);
    await Promise.all(Array.from({ length: 40 }, (_, n) => (n % 2 ? one : other).enqueue(job, { n })));
    await until(async () => (await jobs().countDocuments()) === 0);
    expect(ran.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, n) => n));
  });

  test('keep one of the same job while it waits, and take it again when it is done', async () => {
    const { job, ran } = noting({ once: true });
    const [one, other] = two();
    for (const scheduler of [one, other, one]) await scheduler.enqueue(job, { n: 1 });
    await one.enqueue(job, { n: 2 });
    expect(await jobs().countDocuments()).toBe(2);
    await start([job]);
    await until(async () => (await jobs().countDocuments()) === 0);
    expect(ran.toSorted()).toEqual([1, 2]);
    await other.enqueue(job, { n: 1 });
    await until(() => ran.length === 3);
    expect(ran).toHaveLength(3);
  });

  test('take up what a dead process held, and leave alone what a living one holds', async () => {
    const { job, ran } = noting();
    const [one] = two();
    await one.enqueue(job, { n: 1 });
    await one.enqueue(job, { n: 2 });
    const locked = (n: number, ago: number) =>
      jobs().updateOne({ 'data.n': n }, { $set: { lockedAt: new Date(Date.now() - ago), nextRunAt: new Date(Date.now() - ago) } });
    await locked(1, 10 * 60_000);
    await locked(2, 1_000);
    await start([job]);
    await until(() => ran.length > 0);
    await one.enqueue(job, { n: 3 });
    await until(() => ran.length > 1);
    expect(ran).toEqual([1, 3]);
    expect(await jobs().findOne({ 'data.n': 2 })).toMatchObject({ lockedAt: expect.any(Date) });
  });

  test('share one repeated job', async () => {
    const { job, ran } = noting({ every: '1 second' });
    two();
    await start([job]);
    expect(await jobs().countDocuments({ name: 'note', type: 'single' })).toBe(1);
    await until(() => ran.length >= 2);
    expect(await jobs().countDocuments({ name: 'note' })).toBe(1);
  });
});
