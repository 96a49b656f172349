import { afterEach, beforeEach, expect, test } from 'vitest';
import { VIEWS } from '../../../blocks/ids.ts';
import { listAudit } from '../../../src/programme/audit/audit-repository.ts';
import { changeContact } from '../../../src/recruit/outreach/change-contact.ts';
import type { Draft } from '../../../src/recruit/outreach/draft.ts';
import { getDraft } from '../../../src/recruit/outreach/draft-repository.ts';
import { ANA, MILO } from '../../sandbox/cast.ts';
import { viewSubmission } from '../../sandbox/payloads.ts';
import { AT, aContact, aProgramme, aWaitingDraft, HOME, milo, seen } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';
import { type Product, startProduct } from '../../support/product.ts';

const { uri } = useMongo();
let product: Product;
let draft: Draft;
beforeEach(async () => {
  product = await startProduct(uri);
  await aProgramme();
  draft = await aWaitingDraft();
});
afterEach(() => product.stop());

/** What Slack sends when this person presses *Approve and Send*. */
function approvalBy(person: string, shown = seen(draft)) {
  const { sandbox } = product;
  const view = {
    id: `V${Math.random().toString(36).slice(2, 12).toUpperCase()}`,
    hash: '1.a',
    type: 'modal',
    callback_id: VIEWS.draftApprove,
    private_metadata: JSON.stringify(shown),
    app_installed_team_id: HOME,
    team_id: HOME,
  };
  return viewSubmission(sandbox.sourceOf(person), { view, values: {}, triggerId: sandbox.trigger(person) });
}

async function settled(status: Draft['status']): Promise<void> {
  for (let waited = 0; waited < 400; waited++) {
    if ((await getDraft(HOME, draft.id)).status === status) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`the draft is ${(await getDraft(HOME, draft.id)).status}, not ${status}`);
}

const audit = async (action: string) => listAudit(HOME, { subject: `draft:${draft.id}`, action });

test('fifty approvals of one draft at the same moment, by two people: one decision, one mail, fifty calm answers', async () => {
  const { sandbox } = product;
  const payloads = Array.from({ length: 50 }, (_, index) => approvalBy(index % 2 ? ANA : MILO));
  const answers = await Promise.all(payloads.map((payload) => sandbox.postPayload(payload)));
  // On a machine that is busy with other things, Slack's three seconds may pass before the last is acknowledged; it is carried out all the same.
  const heard = answers.filter(({ failure }) => failure !== 'operation_timeout');
  expect(heard.map(({ status }) => status)).toEqual(heard.map(() => 200));
  await settled('sent');
  // The form of the first closes; every other one says who was first, at once or, where that takes long, a moment later.
  const second = heard.filter(({ body }) => body !== '');
  expect(heard.length - second.length).toBeLessThanOrEqual(1);
  for (const { body } of second) expect(JSON.parse(body)).toMatchObject({ response_action: 'update' });
  const atOnce = second.filter(({ body }) => body.includes('Decided already: approved by'));
  const soon = second.filter(({ body }) => body.includes('One moment'));
  expect(atOnce.length + soon.length).toBe(second.length);
  await sandbox.waitFor(() => {
    const filled = sandbox.calls.filter(
      ({ method, args }) => method === 'views.update' && /Decided already|Approved\./.test(JSON.stringify(args)),
    );
    return filled.length >= soon.length;
  });
  expect(sandbox.mail).toHaveLength(1);
  expect(await audit('draft.approve')).toHaveLength(1);
  // The entry follows the state it records.
  for (let waited = 0; waited < 100 && (await audit('draft.sent')).length === 0; waited++)
    await new Promise((done) => setTimeout(done, 50));
  expect(await audit('draft.sent')).toHaveLength(1);
});

test('approvals that arrive after the mail failed are for the old version: they approve nothing, and nothing leaves', async () => {
  const { sandbox } = product;
  sandbox.mailTrouble.rejectRecipient = true;
  await sandbox.postPayload(approvalBy(ANA));
  await settled('failed');
  const late = await Promise.all(Array.from({ length: 10 }, (_, index) => sandbox.postPayload(approvalBy(index % 2 ? ANA : MILO))));
  expect(late.map(({ status }) => status)).toEqual(Array(10).fill(200));
  for (const { body } of late) expect(body).toContain('has changed since');
  expect(await getDraft(HOME, draft.id)).toMatchObject({ status: 'failed', version: 2, approval: null });
  expect(await audit('draft.approve')).toHaveLength(1);
  expect(await audit('draft.approve-refused')).toHaveLength(10);
  expect(sandbox.mail).toEqual([]);

  // There is no such mailbox: another person gets it.
  await changeContact(milo, seen(await getDraft(HOME, draft.id)), aContact({ email: 'zoe@peatworks.example' }), null, AT);
  await sandbox.postPayload(approvalBy(MILO, seen(await getDraft(HOME, draft.id))));
  await settled('sent');
  expect(sandbox.mail).toHaveLength(1);
});
