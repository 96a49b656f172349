import { addMinutes } from 'date-fns';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { noteWords } from '../../../blocks/recruit/draft-notes.ts';
import { listAudit } from '../../../src/programme/audit/audit-repository.ts';
import { changeContact } from '../../../src/recruit/outreach/change-contact.ts';
import type { Draft } from '../../../src/recruit/outreach/draft.ts';
import { editDraft } from '../../../src/recruit/outreach/edit-draft.ts';
import { sendApproved } from '../../../src/recruit/outreach/send-draft.ts';
import type { SandboxMail } from '../../sandbox/contract.ts';
import { type Mailbox, startMailbox } from '../../sandbox/mailbox.ts';
import { AT, aContact, anApprovedDraft, approved, HOME, mailTools, milo, seen } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';
import { told } from '../../support/told.ts';

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
  const settled = await sendApproved(HOME, draft.id, approval.id, { ...mailTools(smtpUrl), now: () => AT });
  if (!settled) throw new Error('the approval was not used');
  const trail = await listAudit(HOME, { subject: `draft:${draft.id}` });
  return { settled, approval, actions: trail.map(({ action }) => action) };
}

test('the address does not exist: not sent, and the advice is to check the address', async () => {
  mailbox.trouble.rejectRecipient = true;
  const { settled, actions } = await sendTo(mailbox.url);
  expect(settled).toMatchObject({ status: 'failed', version: 2, approval: null });
  expect(noteWords(settled.note)).toMatch(/^Not sent: .*550.*name another person under Contact\.$/);
  expect(actions).toContain('draft.send-failed');
  expect(kept).toEqual([]);
});

test('the server is busy: it waits and is tried again by itself', async () => {
  mailbox.trouble.tryLater = true;
  const { settled } = await sendTo(mailbox.url);
  expect(settled).toMatchObject({ status: 'approved', version: 1, attempts: 1, hold: { why: 'retry', until: addMinutes(AT, 1) } });
  expect(settled.hold?.said).toContain('451');
  expect(kept).toEqual([]);
});

test('nobody listens there: tried again, and after the last attempt for a person', async () => {
  await mailbox.close();
  const { settled, approval } = await sendTo(mailbox.url);
  expect(settled).toMatchObject({ status: 'approved', hold: { why: 'retry', said: expect.stringContaining('ECONNREFUSED') } });
  let draft: Draft | null = settled;
  for (let attempt = 2; draft?.status === 'approved' && attempt < 20; attempt++) {
    const at = draft.hold?.until ?? AT;
    expect(draft.approval?.id).toBe(approval.id);
    draft = await sendApproved(HOME, settled.id, approval.id, { ...mailTools(mailbox.url), now: () => at });
  }
  expect(told(draft)).toMatchObject({
    status: 'failed',
    note: expect.stringMatching(/^Not sent after 8 attempts: .*Approve it again to go on trying\.$/),
  });
  mailbox = await startMailbox(() => undefined);
});

test('no mail server is connected: not sent, and the advice names the variable', async () => {
  const { settled } = await sendTo(undefined);
  expect(told(settled)).toMatchObject({ status: 'failed', note: expect.stringContaining('set SMTP_URL, then approve it again') });
});

test('the line breaks after the message: nobody knows, and the team is asked to look', async () => {
  mailbox.trouble.dropAfterData = true;
  const { settled, actions } = await sendTo(mailbox.url);
  expect(told(settled)).toMatchObject({
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
  const other = await changeContact(milo, seen(settled), contact, null, AT);
  const edited = await editDraft(
    milo,
    seen(other),
    { subject: 'Grüße aus Leeds', body: 'Hello Zoë, would you like to talk about 日本語?' },
    AT,
  );
  const second = await approved(edited);
  const sent = await sendApproved(HOME, edited.id, second.approval.id, { ...mailTools(mailbox.url), now: () => AT });
  expect(told(sent)).toMatchObject({ status: 'sent', version: 4, note: '', messageId: `${second.approval.id}@larkspur.example` });
  expect(second.approval.id).not.toBe(approval.id);
  expect(kept).toMatchObject([{ id: `<${sent?.messageId}>`, subject: 'Grüße aus Leeds', text: expect.stringContaining('日本語') }]);
  expect(kept[0]?.to).toContain('zoe@peatworks.example');
});
