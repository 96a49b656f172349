import { addDays, addMinutes } from 'date-fns';
import mongoose from 'mongoose';
import { beforeEach, expect, test } from 'vitest';
import { jobs } from '../../jobs/index.ts';
import type { Deps } from '../../src/deps.ts';
import { createLog } from '../../src/log.ts';
import { auditEntry } from '../../src/programme/audit/audit.ts';
import { listAudit } from '../../src/programme/audit/audit-repository.ts';
import { DRAFT_DAYS, type DraftStatus } from '../../src/recruit/outreach/draft.ts';
import { getDraft } from '../../src/recruit/outreach/draft-repository.ts';
import { AT, aCompany, aProgramme, aWaitingDraft, HOME } from '../support/builders.ts';
import { someDeps } from '../support/deps.ts';
import { useMongo } from '../support/mongo.ts';

useMongo();
beforeEach(() => aProgramme());

const drafts = () => mongoose.connection.collection<{ _id: string }>('drafts');
/** As a fault, or somebody's hand, may leave a record: no schema of ours reads it. */
const POISON = { contact: 5, version: 'none', claim: { leaseUntil: new Date(0), fence: 'x' } };

/** Runs one sweep by its name; what it queued, and which records it logged as passed over. */
async function run(name: string, now: Date, more: Partial<Deps> = {}): Promise<{ queued: string[]; passed: unknown[] }> {
  const queued: string[] = [];
  const passed: unknown[] = [];
  const destination = { write: (line: string) => void passed.push(JSON.parse(line).record) };
  const enqueue: Deps['enqueue'] = async (job, payload) => void queued.push(`${job.name} ${JSON.stringify(job.payload.parse(payload))}`);
  const sweep = jobs.find((job) => job.name === name);
  if (!sweep) throw new Error(`there is no ${name}`);
  await sweep.run({}, someDeps({ now: () => now, enqueue, log: createLog('error', destination), ...more }));
  return { queued, passed };
}

/** A poisoned record that is older, and so found first, and a good one in the same state. */
async function two(state: object): Promise<{ bad: string; good: string }> {
  const ids: string[] = [];
  for (const domain of ['bad.example', 'good.example']) {
    const { id } = await aWaitingDraft({ company: await aCompany({ domain, name: domain }) });
    ids.push(id);
  }
  const [bad = '', good = ''] = ids;
  await drafts().updateMany({}, { $set: state });
  await drafts().updateOne({ _id: bad }, { $set: { ...POISON, updatedAt: addMinutes(AT, -1) } });
  return { bad, good };
}

const SOON = addMinutes(AT, 10);
const LATER = addDays(AT, DRAFT_DAYS + 1);
const status = (one: DraftStatus, more: object = {}) => ({ status: one, ...more });
const LOST = status('sending', { claim: { fence: 1, leaseUntil: AT, handedAt: null }, approval: null });
const SENT = status('sent', { noted: false, open: false, sentAt: AT, messageId: 'a@larkspur.example' });

test.each<[string, object, Date, (id: string) => Promise<unknown>]>([
  ['sweep-lost-sends', LOST, SOON, async (id) => expect((await getDraft(HOME, id)).status).toBe('approved')],
  ['sweep-touches', SENT, SOON, async (id) => expect(await drafts().findOne({ _id: id })).toMatchObject({ noted: true })],
  ['sweep-lapsed', status('waiting'), LATER, async (id) => expect((await getDraft(HOME, id)).status).toBe('rejected')],
])('%s passes over a record it cannot read, says so, and goes on with the rest', async (name, state, now, expectDone) => {
  const { bad, good } = await two(state);
  expect((await run(name, now)).passed).toEqual([bad]);
  await expectDone(good);
  // The next one does the same: nothing is stuck, and nothing is done twice.
  expect((await run(name, now)).passed).toEqual([bad]);
});

test.each<[string, object]>([
  ['sweep-drafts', status('writing')],
  ['sweep-ready', status('approved', { approval: { id: 'an-approval' } })],
  ['sweep-recent-cards', status('waiting')],
  ['sweep-draft-cards', status('unknown')],
])('%s finds its records also when one cannot be read: the job of each is its own', async (name, state) => {
  const { good } = await two(state);
  const { queued } = await run(name, SOON);
  expect(queued.filter((job) => job.includes(good))).toHaveLength(1);
});

test.each(['sweep-replies', 'sweep-reply-cards', 'sweep-threads', 'sweep-research', 'sweep-research-cards', 'sweep-unposted'])(
  '%s survives a record that holds nothing but what it is found by',
  async (name) => {
    for (const collection of ['replies', 'threads', 'researches', 'digests']) {
      const found = {
        settledAt: null,
        updatedAt: AT,
        live: true,
        status: 'open',
        nextTouchAt: AT,
        postedAt: null,
        createdAt: AT,
        notBefore: AT,
      };
      await mongoose.connection.collection<{ _id: string; workspaceId?: string }>(collection).insertMany([
        { _id: 'bad', ...found, ...(collection === 'researches' ? { status: name === 'sweep-research' ? 'running' : 'done' } : {}) },
        {
          _id: 'good',
          workspaceId: HOME,
          ...found,
          ...(collection === 'researches' ? { status: name === 'sweep-research' ? 'running' : 'done' } : {}),
        },
      ]);
    }
    const { queued, passed } = await run(name, SOON);
    expect([queued.filter((job) => job.includes('"good"')).length, passed]).toEqual([1, ['bad']]);
  },
);

test('sweep-digests passes over a programme it cannot read, and queues the digest of the next', async () => {
  await aProgramme('T0OTHER');
  const due = { nextDigestAt: addMinutes(AT, -30) };
  await mongoose.connection.collection('programmes').updateMany({}, { $set: due });
  await mongoose.connection.collection<{ _id: string }>('programmes').updateOne({ _id: HOME }, { $set: { digest: 'every day' } });
  const { queued, passed } = await run('sweep-digests', AT);
  expect(passed).toEqual([HOME]);
  expect(queued.filter((job) => job.startsWith('post-digest') && job.includes('T0OTHER'))).toHaveLength(1);
});

test('sweep-standing-research looks at each workspace in its turn, also where one cannot be read', async () => {
  await aProgramme('T0OTHER');
  await mongoose.connection.collection<{ _id: string }>('programmes').updateOne({ _id: HOME }, { $set: { digest: 'every day' } });
  const askWeb = () => Promise.reject(new Error('not asked'));
  const research = { askWeb, prices: { input: 1, output: 1, searches: 1 }, perDayUsd: 3 };
  const swept = async (minutes: number) => run('sweep-standing-research', addMinutes(AT, minutes), { research });
  const first = await swept(0);
  expect([first.passed, first.queued]).toEqual([[HOME], [expect.stringContaining('T0OTHER')]]);
  expect((await swept(5)).passed).toEqual([]);
  expect((await swept(10)).passed).toEqual([HOME]);
});

test('sweep-trails moves the entries of the others, of the same collection too', async () => {
  await aCompany({ domain: 'bad.example' });
  await aCompany({ domain: 'good.example' });
  const entry = auditEntry({ workspaceId: HOME, by: 'U1', at: AT, action: 'test.entry', subject: 'thing:1' });
  const leave = (collection: string, filter: object, trail: object[]) =>
    mongoose.connection.collection(collection).updateOne(filter, { $set: { trail } });
  await leave('companies', { domain: 'bad.example' }, [{ id: 5, at: AT }]);
  await leave('companies', { domain: 'good.example' }, [entry]);
  await leave('programmes', { _id: HOME }, [{ ...entry, id: 'another' }]);
  expect((await run('sweep-trails', AT)).passed).toEqual(['companies']);
  expect(await listAudit(HOME, { action: 'test.entry' })).toHaveLength(2);
});
