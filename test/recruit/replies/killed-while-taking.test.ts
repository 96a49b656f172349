import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { addHours } from 'date-fns';
import { beforeAll, expect, test } from 'vitest';
import { settleReplyJob } from '../../../jobs/recruit/settle-reply.ts';
import { sweepReplies } from '../../../jobs/recruit/sweep-replies.ts';
import type { Deps } from '../../../src/deps.ts';
import { listAudit } from '../../../src/programme/audit/audit-repository.ts';
import { countSuppressions } from '../../../src/programme/suppression/suppression-repository.ts';
import { findThread } from '../../../src/recruit/outreach/thread-repository.ts';
import { listReplies } from '../../../src/recruit/replies/reply-repository.ts';
import { takeMail } from '../../../src/recruit/replies/take-mail.ts';
import { AT, HOME } from '../../support/builders.ts';
import { someDeps } from '../../support/deps.ts';
import { aBounce, anAnswer } from '../../support/mails.ts';
import { useMongo } from '../../support/mongo.ts';
import { aSentDraft } from '../../support/sent.ts';
import { bundled } from '../../support/spawn-worker.ts';

const { uri } = useMongo();
const LATER = addHours(AT, 1);
let script: string;
beforeAll(async () => {
  script = await bundled('take-worker');
});

/** Another process takes the mail and dies at this step. */
async function dieAt(step: string, mail: Buffer): Promise<void> {
  const env = { ...process.env, NODE_OPTIONS: '', MONGODB_URI: uri, AT: LATER.toISOString(), STEP: step, MAIL: mail.toString('base64') };
  const child = spawn(process.execPath, [script], { env, stdio: 'inherit' });
  expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
}

/** What the sweep queues, done. */
async function sweep(): Promise<void> {
  const queue: { workspaceId: string; replyId: string }[] = [];
  const enqueue: Deps['enqueue'] = async (job, payload) => {
    if (job.name === settleReplyJob.name) queue.push(settleReplyJob.payload.parse(payload));
  };
  const deps = someDeps({ now: () => addHours(LATER, 1), enqueue });
  await sweepReplies.run({}, deps);
  for (const payload of queue) await settleReplyJob.run(payload, someDeps({ now: () => addHours(LATER, 1) }));
}

const KINDS = {
  'opt-out': {
    mailOf: (id: string) => anAnswer(id, 'Please stop.'),
    status: 'ended',
    because: 'opt-out',
    silenced: 1,
    steps: ['matched', 'kept', 'silenced', 'followed', 'settled'],
  },
  bounce: {
    mailOf: (messageId: string) => aBounce({ messageId }),
    status: 'ended',
    because: 'bounce',
    silenced: 1,
    steps: ['kept', 'silenced', 'followed'],
  },
  interested: {
    mailOf: (id: string) => anAnswer(id, 'Yes please.'),
    status: 'replied',
    because: undefined,
    silenced: 0,
    steps: ['kept', 'followed'],
  },
} as const;
const cases = Object.entries(KINDS).flatMap(([kind, { steps }]) => steps.map((step) => [kind as keyof typeof KINDS, step] as const));

test.each(cases)('%s, killed when %s: the sweep and the mail once more make it whole, and nothing happens twice', async (kind, step) => {
  const { mailOf, status, because, silenced } = KINDS[kind];
  const draft = await aSentDraft();
  const mail = mailOf(draft.messageId);
  await dieAt(step, mail);
  await sweep();
  const isKept = step !== 'matched';
  const afterSweep = {
    replies: (await listReplies(HOME, draft.threadId)).length,
    thread: (await findThread(HOME, draft.threadId))?.status,
  };
  expect(afterSweep).toEqual(isKept ? { replies: 1, thread: status } : { replies: 0, thread: 'open' });

  // Whoever handed it over heard no answer and comes again.
  expect(
    await takeMail(
      mail,
      LATER,
      () => LATER,
      () => undefined,
    ),
  ).toMatchObject({ changed: !isKept, reply: { kind } });
  expect(await listReplies(HOME, draft.threadId)).toMatchObject([{ kind, settledAt: expect.any(Date) }]);
  const thread = await findThread(HOME, draft.threadId);
  expect([thread?.status, thread?.end?.because]).toEqual([status, because]);
  expect((await countSuppressions(HOME)).address).toBe(silenced);
  for (const action of ['reply.take', 'thread.end', 'thread.replied', 'suppression.add'])
    expect((await listAudit(HOME, { action })).length).toBeLessThanOrEqual(1);
});
