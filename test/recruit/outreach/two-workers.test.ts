import { addMinutes } from 'date-fns';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sendDraft } from '../../../jobs/recruit/send-draft.ts';
import { listAudit } from '../../../src/programme/audit/audit-repository.ts';
import { getDraft } from '../../../src/recruit/outreach/draft-repository.ts';
import { ANA, MILO, PARTNERSHIPS } from '../../sandbox/cast.ts';
import { AT, aCompany, anApprovedDraft, aProgramme, approved, aWaitingDraft, HOME } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';
import { type Product, startProduct } from '../../support/product.ts';
import { type SendJob, spawnWorker, type Worker } from '../../support/spawn-worker.ts';
import { sweepAll } from '../../support/sweep-all.ts';

const { uri } = useMongo();
let clock = AT;
let product: Product;
let worker: Worker;
beforeEach(async () => {
  clock = AT;
  product = await startProduct(uri, { now: () => clock });
  worker = await spawnWorker(uri, product.sandbox.smtpUrl, AT);
});
afterEach(async () => {
  await worker.stop();
  await product.stop();
});

test('two processes run the same send jobs at the same moment: each mail leaves once', async () => {
  await aProgramme();
  const jobs: SendJob[] = [];
  for (let n = 0; n < 12; n++) {
    const { draft, approval } = await approved(await aWaitingDraft({ company: await aCompany({ domain: `c${n}.example` }) }));
    jobs.push({ workspaceId: HOME, draftId: draft.id, approvalId: approval.id });
  }
  const here = () => Promise.all(jobs.map((job) => sendDraft.run(job, product.deps)));
  await Promise.all([worker.send(jobs), here(), here()]);
  await product.sandbox.waitFor(() => product.sandbox.mail.length >= jobs.length);
  const ids = product.sandbox.mail.map(({ headers }) => headers['message-id']);
  expect(ids.sort()).toEqual(jobs.map(({ approvalId }) => `<${approvalId}@larkspur.example>`).sort());
  expect(await listAudit(HOME, { action: 'draft.sent' })).toHaveLength(jobs.length);
});

/** A worker is killed after the mail server has the whole message and before it has said so. */
async function killedWhileSending() {
  const { sandbox } = product;
  const { draft, approval } = await anApprovedDraft();
  const job = { workspaceId: HOME, draftId: draft.id, approvalId: approval.id };
  sandbox.mailTrouble.delayMs = 5000;
  void worker.send([job]).catch(() => null);
  await sandbox.waitFor(() => sandbox.mail.length === 1, 20_000);
  await worker.kill();
  expect(await getDraft(HOME, draft.id)).toMatchObject({ status: 'sending' });
  sandbox.mailTrouble.delayMs = 0;
  return { job, draft };
}

const card = (part: string) =>
  product.sandbox.waitFor(() =>
    product.sandbox.messages({ as: ANA, channel: PARTNERSHIPS }).find(({ blocks }) => JSON.stringify(blocks).includes(part)),
  );
const sweep = () => sweepAll(product.deps);

test('killed while sending: a person is told, nothing is tried again, and the person says it was sent', async () => {
  const { job, draft } = await killedWhileSending();
  clock = addMinutes(AT, 4);
  await sweep();
  await sendDraft.run(job, product.deps);
  expect(await getDraft(HOME, draft.id)).toMatchObject({ status: 'sending' });

  clock = addMinutes(AT, 6);
  await Promise.all([sweep(), sweep()]);
  const told = await card('Nobody can tell whether this left');
  expect(await getDraft(HOME, draft.id)).toMatchObject({ status: 'unknown', version: 2, approval: null });
  for (const minutes of [7, 60, 600]) {
    clock = addMinutes(AT, minutes);
    await sweep();
    await sendDraft.run(job, product.deps);
  }
  expect(product.sandbox.mail).toHaveLength(1);
  expect(await listAudit(HOME, { action: 'draft.send-unknown' })).toHaveLength(1);

  await product.sandbox.as(MILO).click(told, 'draft.mark-sent');
  await card('Outreach to Peatworks: sent');
  expect(await getDraft(HOME, draft.id)).toMatchObject({ status: 'sent' });
  expect(product.sandbox.mail).toHaveLength(1);
});

test('killed while sending: a person approves it again, and it leaves once more with an id of its own', async () => {
  const { sandbox } = product;
  const { job, draft } = await killedWhileSending();
  clock = addMinutes(AT, 6);
  await sweep();
  await sandbox.as(ANA).click(await card('Nobody can tell whether this left'), 'draft.approve');
  const confirm = await sandbox.waitFor(() => (JSON.stringify(sandbox.modal(ANA)).includes('may have left') ? sandbox.modal(ANA) : null));
  await sandbox.as(ANA).submit(confirm);
  await card('Outreach to Peatworks: sent');
  const ids = sandbox.mail.map(({ headers }) => headers['message-id']);
  expect(new Set(ids).size).toBe(2);
  expect(ids[0]).toBe(`<${job.approvalId}@larkspur.example>`);
  await sweep();
  expect(sandbox.mail).toHaveLength(2);
  expect(await getDraft(HOME, draft.id)).toMatchObject({ status: 'sent', messageId: ids[1]?.slice(1, -1) });
});
