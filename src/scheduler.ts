import { MongoBackend } from '@agendajs/mongo-backend';
import { Agenda, backoffStrategies, InMemoryNotificationChannel } from 'agenda';
import type { Logger } from 'pino';
import type { Deps, Job } from './deps.ts';
import { Refusal, type RefusalCode } from './errors.ts';

/** Jobs of other processes are found by polling; our own start at once. */
const POLL_MS = 3000;
/** A job whose process died is taken up again after this long. */
const LOCK_MS = 2 * 60_000;
/** How long running jobs may take when the process ends; a job cut off is taken up again by its lock. */
const DRAIN_MS = 20_000;
/** Refusals of a job that nobody can do any more. */
const GONE: ReadonlySet<RefusalCode> = new Set([
  'workspace-unknown',
  'company-unknown',
  'draft-unknown',
  'reply-unknown',
  'partner-unknown',
  'invitation-unknown',
]);

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
  logFailures(agenda, log);

  async function start(jobs: Job[], deps: Deps): Promise<void> {
    for (const job of jobs) defineIn(agenda, job, deps);
    await agenda.start();
    for (const job of jobs) if (job.every) await agenda.every(job.every, job.name, {});
  }

  async function stop(): Promise<void> {
    await drain(agenda);
    // A queue that was never started has connected all the same, and its connection would keep the process alive.
    await agenda.ready;
    await backend.disconnect();
  }

  return { enqueue: enqueueIn(agenda), start, stop };
}

/** Lets running jobs finish. agenda looks whether the last one is done before it has taken away that job's record, and would then
 *  wait for as long as it may; hence our own look. */
async function drain(agenda: Agenda): Promise<void> {
  const idle = new AbortController();
  const look = async () => {
    if ((await agenda.getRunningStats()).runningJobs === 0) idle.abort();
  };
  // Never started, it has no statistics and nothing to wait for.
  const looking = setInterval(() => void look().catch(() => idle.abort()), 100);
  await agenda.drain({ timeout: DRAIN_MS, signal: idle.signal });
  clearInterval(looking);
}

type AgendaJob = { attrs: { name: string; failCount?: number; nextRunAt?: Date | null }; remove: () => Promise<unknown> };

function logFailures(agenda: Agenda, log: Logger): void {
  agenda.on('error', (err: Error) => log.error({ err }, 'the job queue has a problem'));
  agenda.on('fail', (err: Error, job: AgendaJob) => {
    log.warn({ err, job: job.attrs.name, attempt: job.attrs.failCount }, 'a job failed and may be tried again');
  });
  agenda.on('retry exhausted', (err: Error, job: AgendaJob) => {
    log.error({ err, job: job.attrs.name }, 'a job failed for good');
    // Nothing would ever take its record away. A repeated job has its next time and stays.
    if (!job.attrs.nextRunAt) job.remove().catch((error: unknown) => log.error({ err: error }, 'the job queue has a problem'));
  });
}

const enqueueIn =
  (agenda: Agenda): Deps['enqueue'] =>
  async (job, payload, waitMs = 0) => {
    const data = job.payload.parse(payload) as Record<string, unknown>; // every job's payload is an object
    const queued = agenda.create(job.name, data).schedule(new Date(Date.now() + waitMs));
    const same = Object.fromEntries(Object.entries(data).map(([key, value]) => [`data.${key}`, value]));
    // A job that runs has no next time; one that failed for good has no lock either, and must not keep the next one out.
    if (job.once === true) {
      queued.unique({ ...same, $or: [{ nextRunAt: { $ne: null } }, { lockedAt: { $ne: null } }] }, { insertOnly: true });
    }
    if (job.once === 'while-waiting') queued.unique({ ...same, nextRunAt: { $ne: null }, lockedAt: null });
    await queued.save();
  };

function defineIn(agenda: Agenda, job: Job, deps: Deps): void {
  const log = deps.log.child({ job: job.name });
  const run = async ({ attrs }: { attrs: { data?: unknown } }) => {
    try {
      await job.run(job.payload.parse(attrs.data ?? {}), { ...deps, log });
    } catch (error) {
      // The workspace has removed the app, or what it was about was deleted: trying again changes nothing.
      if (!(error instanceof Refusal) || !GONE.has(error.code)) throw error;
      log.warn({ ...error.details, code: error.code }, 'what a job was about is gone');
    }
  };
  agenda.define(job.name, run, { backoff: backoffStrategies.exponential({ delay: 2000, factor: 3, maxRetries: 6 }) });
}
