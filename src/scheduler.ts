import { MongoBackend } from '@agendajs/mongo-backend';
import { Agenda, backoffStrategies, InMemoryNotificationChannel } from 'agenda';
import type { Logger } from 'pino';
import type { Job } from '../jobs/job.ts';
import type { Deps } from './deps.ts';

/** Jobs of other processes are found by polling; our own start at once. */
const POLL_MS = 3000;
/** A job whose process died is taken up again after this long. */
const LOCK_MS = 2 * 60_000;

export type Scheduler = { enqueue: Deps['enqueue']; start: (jobs: Job[], deps: Deps) => Promise<void>; stop: () => Promise<void> };

/** agenda on its own connection: it ships its own driver. */
export function createScheduler(mongoUri: string, log: Logger): Scheduler {
  const backend = new MongoBackend({ address: mongoUri, collection: 'jobs' });
  const agenda = new Agenda({
    backend,
    notificationChannel: new InMemoryNotificationChannel(),
    processEvery: POLL_MS,
    defaultConcurrency: 10,
    maxConcurrency: 50,
    defaultLockLifetime: LOCK_MS,
    removeOnComplete: true,
  });
  agenda.on('error', (err: Error) => log.error({ err }, 'the job queue has a problem'));
  agenda.on('fail', (err: Error, job: { attrs: { name: string; failCount?: number } }) => {
    log.warn({ err, job: job.attrs.name, attempt: job.attrs.failCount }, 'a job failed and may be tried again');
  });
  agenda.on('retry exhausted', (err: Error, job: { attrs: { name: string } }) => {
    log.error({ err, job: job.attrs.name }, 'a job failed for good');
  });

  const enqueue: Deps['enqueue'] = async (job, payload) => {
    const data = job.payload.parse(payload) as Record<string, unknown>;
    const queued = agenda.create(job.name, data).schedule(new Date());
    if (job.once) {
      const same = Object.fromEntries(Object.entries(data).map(([key, value]) => [`data.${key}`, value]));
      // A job that failed for good stays in the queue as a record; it must not keep the next one out.
      queued.unique({ ...same, $or: [{ nextRunAt: { $ne: null } }, { lockedAt: { $ne: null } }] }, { insertOnly: true });
    }
    await queued.save();
  };

  async function start(jobs: Job[], deps: Deps): Promise<void> {
    for (const job of jobs) {
      const backoff = backoffStrategies.exponential({ delay: 2000, factor: 3, maxRetries: 6 });
      agenda.define(
        job.name,
        async (queued) => job.run(job.payload.parse(queued.attrs.data ?? {}), { ...deps, log: log.child({ job: job.name }) }),
        { backoff },
      );
    }
    await agenda.start();
    for (const job of jobs) if (job.every) await agenda.every(job.every, job.name, {});
  }

  async function stop(): Promise<void> {
    await agenda.drain({ timeout: 20_000 });
    // A queue that was never started has connected all the same, and its connection would keep the process alive.
    await agenda.ready;
    await backend.disconnect();
  }

  return { enqueue, start, stop };
}
