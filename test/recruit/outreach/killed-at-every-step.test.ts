import { addMinutes } from 'date-fns';
import mongoose from 'mongoose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Refusal } from '../../../src/errors.ts';
import { listAudit } from '../../../src/programme/audit/audit-repository.ts';
import { takeBackApproval } from '../../../src/recruit/outreach/decide-draft.ts';
import { Approval, type Draft, messageText } from '../../../src/recruit/outreach/draft.ts';
import { getDraft } from '../../../src/recruit/outreach/draft-repository.ts';
import { editDraft } from '../../../src/recruit/outreach/edit-draft.ts';
import { findLiveThread } from '../../../src/recruit/outreach/thread-repository.ts';
import type { SandboxMail } from '../../sandbox/contract.ts';
import { type Mailbox, startMailbox } from '../../sandbox/mailbox.ts';
import { AT, aCompany, ana, aProgramme, approved, aWaitingDraft, HOME, seen } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';
import { type SendJob, spawnWorker, type Worker } from '../../support/spawn-worker.ts';
import { sweepSends } from '../../support/sweep-sends.ts';
import { told } from '../../support/told.ts';

const { uri } = useMongo();
/** Every moment of sending that `send-draft.ts` names. `KILL_ROUNDS=500` looks longer. */
const STEPS = ['read', 'checked', 'kept', 'claimed', 'ready', 'handed-over', 'answered', 'settled'];
const ROUNDS = Number(process.env.KILL_ROUNDS ?? 24);
const DRAFTS = 3;

const kept: SandboxMail[] = [];
let mailbox: Mailbox;
let spare: Promise<Worker>;
let workers: Worker[];
const start = () => spawnWorker(uri, mailbox.url, AT);
beforeAll(async () => {
  mailbox = await startMailbox((mail) => kept.push(mail));
  workers = await Promise.all([start(), start()]);
  spare = start();
});
afterAll(async () => {
  await Promise.all([...workers, await spare].map((worker) => worker.stop()));
  await mailbox.close();
});

/** Somebody of the team changes their mind while it leaves. */
async function meddle(round: number, draft: Draft): Promise<void> {
  const text = { subject: 'Second thoughts', body: 'Nobody has approved this version of it.' };
  const act = round % 5 === 0 ? takeBackApproval(ana, seen(draft), AT) : round % 5 === 1 ? editDraft(ana, seen(draft), text, AT) : null;
  await act?.catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error;
  });
}

/** Both workers get the same jobs; one of them dies at a step, and the sweeps of an hour follow. */
async function play(round: number): Promise<Draft[]> {
  await mongoose.connection.collection('send-slots').deleteMany({}); // or the day's twenty would be used up
  const drafts: Draft[] = [];
  const jobs: SendJob[] = [];
  for (let n = 0; n < DRAFTS; n++) {
    const { draft, approval } = await approved(await aWaitingDraft({ company: await aCompany({ domain: `r${round}n${n}.example` }) }));
    drafts.push(draft);
    jobs.push({ workspaceId: HOME, draftId: draft.id, approvalId: approval.id });
  }
  if (round % 7 === 3) mailbox.trouble.tryLater = true;
  if (round % 11 === 5) mailbox.trouble.dropAfterData = true;
  const [first, second] = workers;
  const [victim, other] = round % 2 ? [first, second] : [second, first];
  if (!victim || !other) throw new Error('there are two workers');
  const dieAt = { step: STEPS[round % STEPS.length] ?? 'read', nth: 1 + (round % DRAFTS) };
  const done = victim.send(jobs, dieAt);
  const both = Promise.all([other.send(jobs), Promise.race([done, victim.gone]), meddle(round, drafts[0] as Draft)]);
  await both;
  await victim.kill();
  workers = [other, await spare];
  spare = start();
  for (const minutes of [2, 4, 6, 9, 12, 60]) await sweepSends(mailbox.url, addMinutes(AT, minutes));
  return Promise.all(drafts.map(({ id }) => getDraft(HOME, id)));
}

async function check(draft: Draft): Promise<'sent' | 'unknown' | 'taken back'> {
  const subject = `draft:${draft.id}`;
  const approvals = (await listAudit(HOME, { subject, action: 'draft.approve' })).map(({ after }) =>
    Approval.parse(Object(after).approval),
  );
  const arrived = kept.filter(({ id }) => approvals.some((approval) => id === `<${approval.id}@larkspur.example>`));
  // One approval, one mail at most; and what arrived is what was approved.
  expect(arrived.length).toBeLessThanOrEqual(1);
  for (const mail of arrived) expect(mail.text.replaceAll('\r\n', '\n')).not.toContain('Nobody has approved');
  if (draft.status === 'sent') {
    expect(arrived).toHaveLength(1);
    expect(arrived[0]?.text.replaceAll('\r\n', '\n')).toBe(messageText(draft).trimEnd());
    expect((await findLiveThread(HOME, draft.companyId))?.touches.map(({ draftId }) => draftId)).toEqual([draft.id]);
    return 'sent';
  }
  if (draft.status === 'unknown') {
    expect(told(draft)).toMatchObject({ approval: null, note: expect.stringContaining('Nobody can tell') });
    return 'unknown';
  }
  // Taken back or edited by a person before it left: nothing arrived.
  expect(draft).toMatchObject({ status: 'waiting', approval: null });
  expect(arrived).toEqual([]);
  return 'taken back';
}

test(
  'whichever step a worker dies at: no approved mail is lost, none arrives twice, and none that nobody approved',
  async () => {
    await aProgramme();
    const ends = { sent: 0, unknown: 0, 'taken back': 0 };
    for (let round = 0; round < ROUNDS; round++) {
      for (const draft of await play(round)) ends[await check(draft)] += 1;
      // Every draft is written among all companies on file: those of rounds that are over only cost time.
      await mongoose.connection.collection('companies').deleteMany({});
      expect((await listAudit(HOME, { action: 'draft.send-failed' })).length).toBe(0);
    }
    process.stderr.write(`${ROUNDS} kills: ${JSON.stringify(ends)}\n`);
    // All three ends were come to, or the test would say little.
    expect(Object.values(ends).every((count) => count > 0)).toBe(true);
  },
  60 * 60_000,
);
