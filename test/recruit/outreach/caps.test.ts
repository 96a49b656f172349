import { addDays, addHours, addMinutes } from 'date-fns';
import { beforeEach, expect, test } from 'vitest';
import { listAudit } from '../../../src/programme/audit/audit-repository.ts';
import { PER_MAILBOX, PER_WORKSPACE } from '../../../src/recruit/outreach/business-hours.ts';
import { releaseDraft, takeBackApproval } from '../../../src/recruit/outreach/decide-draft.ts';
import type { Draft } from '../../../src/recruit/outreach/draft.ts';
import { getDraft } from '../../../src/recruit/outreach/draft-repository.ts';
import { listReadyDrafts } from '../../../src/recruit/outreach/outbox-repository.ts';
import { sendApproved } from '../../../src/recruit/outreach/send-draft.ts';
import { countSlots, takeSlot } from '../../../src/recruit/outreach/send-slots-repository.ts';
import { AT, aCompany, ana, aProgramme, approved, aWaitingDraft, HOME, mia, milo, recorder, seen } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';
import { told } from '../../support/told.ts';

useMongo();
beforeEach(() => aProgramme());

const DAY = '2026-11-23';
const slot = (n: number, mailbox = 'ana@larkspur.example') =>
  takeSlot({ workspaceId: HOME, day: DAY, mailbox, approvalId: `a${n}` }, false);
const many = <T>(n: number, act: (index: number) => Promise<T>) => Promise.all(Array.from({ length: n }, (_, index) => act(index)));

test('a mailbox has twenty slots a day, however many ask at once; asking again takes no second', async () => {
  const first = await many(60, (n) => slot(n % 30));
  expect(first.filter(({ full }) => full === null).length).toBeGreaterThanOrEqual(PER_MAILBOX);
  expect((await countSlots(HOME, DAY)).get('ana@larkspur.example')).toBe(PER_MAILBOX);
  expect((await countSlots(HOME, DAY)).get('*')).toBe(PER_MAILBOX);
  const again = await many(30, slot);
  expect(again.filter(({ full }) => full === null)).toHaveLength(PER_MAILBOX);
  expect(again.filter(({ full }) => full === 'mailbox-cap')).toHaveLength(10);
});

test('a workspace has a hundred over all mailboxes, and a refused one keeps none of its mailbox’s', async () => {
  const asked = await many(120, (n) => slot(n, `m${n % 8}@larkspur.example`));
  expect(asked.filter(({ full }) => full === null)).toHaveLength(PER_WORKSPACE);
  expect(asked.filter(({ full }) => full === 'workspace-cap')).toHaveLength(20);
  const counted = await countSlots(HOME, DAY);
  const mailboxes = [...counted].filter(([name]) => name !== '*').reduce((sum, [, taken]) => sum + taken, 0);
  expect([counted.get('*'), mailboxes]).toEqual([PER_WORKSPACE, PER_WORKSPACE]);
});

/** Approved at `at`, and looked at by the send job at once. */
async function sendAt(at: Date, name = 'peatworks') {
  const { draft, approval } = await approved(await aWaitingDraft({ company: await aCompany({ domain: `${name}.example` }) }), at);
  const office = recorder();
  const send = (now: Date) => sendApproved(HOME, draft.id, approval.id, { ...office, now: () => now });
  return { draft, send, mails: office.mails, held: await send(at) };
}

test('at night it waits until nine where they are, says so, and leaves then by itself', async () => {
  const night = new Date('2026-11-23T22:00:00Z');
  const morning = new Date('2026-11-24T09:00:00Z');
  const { draft, held, send, mails } = await sendAt(night);
  expect(held).toMatchObject({ status: 'approved', hold: { why: 'hours', until: morning } });
  // A second look says nothing new.
  expect(await send(addMinutes(night, 1))).toBeNull();
  expect(await listReadyDrafts(addHours(night, 10), night)).toEqual([]);
  expect((await listReadyDrafts(morning, night)).map(({ id }) => id)).toEqual([draft.id]);
  expect(await send(morning)).toMatchObject({ status: 'sent', hold: null });
  expect(mails).toHaveLength(1);
  expect((await listAudit(HOME, { subject: `draft:${draft.id}`, action: 'draft.hold' })).length).toBe(1);
});

test('a manager releases what waits, and it leaves at once; nobody else can', async () => {
  const night = new Date('2026-11-23T22:00:00Z');
  const { held, send, mails } = await sendAt(night);
  const waiting = held as Draft;
  await expect(releaseDraft(mia, seen(waiting), night)).rejects.toMatchObject({ code: 'role-needed' });
  const both = await Promise.all([releaseDraft(milo, seen(waiting), night), releaseDraft(ana, seen(waiting), night)]);
  expect(both.filter(({ changed }) => changed)).toHaveLength(1);
  await send(night);
  expect(mails).toHaveLength(1);
  expect((await listAudit(HOME, { action: 'draft.release' })).length).toBe(1);
});

test('released again by a click that saw the attempt before: no fresh attempt is made', async () => {
  const night = new Date('2026-11-23T22:00:00Z');
  const { draft, approval } = await approved(await aWaitingDraft(), night);
  const busy = recorder({ outcome: 'retry', reason: '421 later' });
  const send = () => sendApproved(HOME, draft.id, approval.id, { ...busy, now: () => night });
  const waits = (await send()) as Draft;
  expect(waits).toMatchObject({ hold: { why: 'hours' }, attempts: 0 });
  expect(await releaseDraft(milo, seen(waits), night)).toMatchObject({ changed: true });
  expect(await send()).toMatchObject({ hold: { why: 'retry' }, attempts: 1 });
  for (let again = 0; again < 3; again++) {
    expect(await releaseDraft(milo, seen(waits), night)).toMatchObject({ changed: false });
    await send();
  }
  expect(busy.mails).toHaveLength(1);
  // Who has seen that it was put off may say so once more.
  expect(await releaseDraft(milo, seen(await getDraft(HOME, draft.id)), night)).toMatchObject({ changed: true });
  expect(await send()).toMatchObject({ attempts: 2 });
  expect(busy.mails).toHaveLength(2);
});

test('a manager takes the approval back, and nothing leaves', async () => {
  const night = new Date('2026-11-23T22:00:00Z');
  const { held, send, mails, draft } = await sendAt(night);
  expect(await takeBackApproval(milo, seen(held as Draft), night)).toMatchObject({
    changed: true,
    draft: { status: 'waiting', version: 2 },
  });
  expect(await send(addDays(night, 1))).toBeNull();
  expect(mails).toEqual([]);
  expect(await getDraft(HOME, draft.id)).toMatchObject({ approval: null, hold: null });
});

test('the twenty-first of a day waits for the next one; released, it leaves and is counted', async () => {
  await many(PER_MAILBOX, slot);
  const { held, send, mails } = await sendAt(AT);
  expect(held).toMatchObject({ hold: { why: 'mailbox-cap', until: new Date('2026-11-24T00:00:00Z') } });
  // At midnight it is no business time: it waits on until nine.
  expect(await send(new Date('2026-11-24T00:00:00Z'))).toMatchObject({ hold: { why: 'hours', until: new Date('2026-11-24T09:00:00Z') } });
  const current = await getDraft(HOME, (held as Draft).id);
  await releaseDraft(ana, seen(current), AT);
  await send(AT);
  expect(mails).toHaveLength(1);
  expect((await countSlots(HOME, DAY)).get('ana@larkspur.example')).toBe(PER_MAILBOX + 1);
});

test('what waits too long lapses with its approval', async () => {
  const { send, mails } = await sendAt(new Date('2026-11-23T22:00:00Z'));
  expect(told(await send(new Date('2026-11-26T22:00:00Z')))).toMatchObject({ status: 'waiting', note: expect.stringContaining('lapsed') });
  expect(mails).toEqual([]);
});
