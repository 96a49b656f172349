import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { listAudit } from '../../src/audit/audit-repository.ts';
import { editDraft } from '../../src/outreach/edit-draft.ts';
import { sendApproved } from '../../src/outreach/send-draft.ts';
import { createSendMail } from '../../src/smtp.ts';
import type { SandboxMail } from '../sandbox/contract.ts';
import { type Mailbox, startMailbox } from '../sandbox/mailbox.ts';
import { AT, aContact, anApprovedDraft, approved, HOME, milo, seen } from '../support/builders.ts';
import { useMongo } from '../support/mongo.ts';

useMongo();
let mailbox: Mailbox;
const kept: SandboxMail[] = [];
beforeEach(async () => {
  kept.length = 0;
  mailbox = await startMailbox((mail) => kept.push(mail));
});
afterEach(() => mailbox.close());

/** Uses a fresh approval with this mail server; returns what the team is left with. */
async function sendTo(smtpUrl: string | undefined) {
  const { draft, approval } = await anApprovedDraft();
  const settled = await sendApproved(HOME, draft.id, approval.id, { sendMail: createSendMail(smtpUrl), now: () => AT });
  if (!settled) throw new Error('the approval was not used');
  const trail = await listAudit(HOME, { subject: `draft:${draft.id}` });
  return { settled, approval, actions: trail.map(({ action }) => action) };
}

test('the address does not exist: not sent, and the advice is to check the address', async () => {
  mailbox.trouble.rejectRecipient = true;
  const { settled, actions } = await sendTo(mailbox.url);
  expect(settled).toMatchObject({ status: 'failed', version: 2, approval: null });
  expect(settled.note).toMatch(/^Not sent: .*550.*check the address with Edit, then approve it again\.$/);
  expect(actions).toContain('draft.send-failed');
  expect(kept).toEqual([]);
});

test('the server is busy: not sent, and the advice is to approve again', async () => {
  mailbox.trouble.tryLater = true;
  const { settled } = await sendTo(mailbox.url);
  expect(settled).toMatchObject({ status: 'failed', version: 2, approval: null });
  expect(settled.note).toMatch(/^Not sent: .*451.*approve it again to try once more\.$/);
  expect(kept).toEqual([]);
});

test('nobody listens there: not sent', async () => {
  await mailbox.close();
  const { settled } = await sendTo(mailbox.url);
  expect(settled).toMatchObject({ status: 'failed', note: expect.stringContaining('ECONNREFUSED') });
  mailbox = await startMailbox(() => undefined);
});

test('no mail server is connected: not sent, and the advice names the variable', async () => {
  const { settled } = await sendTo(undefined);
  expect(settled).toMatchObject({ status: 'failed', note: expect.stringContaining('set SMTP_URL, then approve it again') });
});

test('the line breaks after the message: nobody knows, and the team is asked to look', async () => {
  mailbox.trouble.dropAfterData = true;
  const { settled, actions } = await sendTo(mailbox.url);
  expect(settled).toMatchObject({
    status: 'unknown',
    version: 2,
    approval: null,
    note: expect.stringContaining('Look in the sender’s mailbox first'),
  });
  expect(actions).toContain('draft.send-unknown');
  expect(kept).toHaveLength(1);
});

test('after a failure, the corrected address is approved and gets the mail, under a new Message-ID', async () => {
  mailbox.trouble.rejectRecipient = true;
  const { settled, approval } = await sendTo(mailbox.url);
  const contact = aContact({ name: 'Zoë Çelik', email: 'Zoe@Peatworks.Example'.toLowerCase() });
  const edited = await editDraft(
    milo,
    seen(settled),
    { subject: 'Grüße aus Leeds', body: 'Hello Zoë, would you like to talk about 日本語?', contact },
    AT,
  );
  const second = await approved(edited);
  const sent = await sendApproved(HOME, edited.id, second.approval.id, { sendMail: createSendMail(mailbox.url), now: () => AT });
  expect(sent).toMatchObject({ status: 'sent', version: 3, note: '', messageId: `${second.approval.id}@larkspur.example` });
  expect(second.approval.id).not.toBe(approval.id);
  expect(kept).toMatchObject([{ id: `<${sent?.messageId}>`, subject: 'Grüße aus Leeds', text: expect.stringContaining('日本語') }]);
  expect(kept[0]?.to).toContain('zoe@peatworks.example');
});
