import { addDays, addHours, subDays } from 'date-fns';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { startFollowUpJob } from '../../../jobs/recruit/start-follow-up.ts';
import { sweepThreads } from '../../../jobs/recruit/sweep-threads.ts';
import type { Deps } from '../../../src/deps.ts';
import { decideCompany } from '../../../src/discover/digest/decide-company.ts';
import { auditEntry } from '../../../src/programme/audit/audit.ts';
import { listAudit } from '../../../src/programme/audit/audit-repository.ts';
import { approveDraft, rejectDraft, releaseDraft } from '../../../src/recruit/outreach/decide-draft.ts';
import { DRAFT_DAYS, type Draft } from '../../../src/recruit/outreach/draft.ts';
import { findOpenDraft, getDraft, listThreadDrafts } from '../../../src/recruit/outreach/draft-repository.ts';
import { lapseDraft, listLapsing } from '../../../src/recruit/outreach/lapse-drafts.ts';
import { noteTouch } from '../../../src/recruit/outreach/note-touch.ts';
import { sendApproved } from '../../../src/recruit/outreach/send-draft.ts';
import { startDraft } from '../../../src/recruit/outreach/start-draft.ts';
import { startFollowUp } from '../../../src/recruit/outreach/start-follow-up.ts';
import { noteReply, stopCompany, stopSuppressed, stopThread } from '../../../src/recruit/outreach/stop-thread.ts';
import { nextTouchAt, TOUCH_DAYS } from '../../../src/recruit/outreach/thread.ts';
import { findLiveThread, findThread, markReplied } from '../../../src/recruit/outreach/thread-repository.ts';
import { writeDraft } from '../../../src/recruit/outreach/write-draft.ts';
import { saveStyle } from '../../../src/recruit/style/change-style.ts';
import { AT, aCompany, aContact, ana, aProgramme, approved, aWaitingDraft, HOME, milo, recorder, seen } from '../../support/builders.ts';
import { someDeps } from '../../support/deps.ts';
import { useMongo } from '../../support/mongo.ts';
import { told } from '../../support/told.ts';

useMongo();
beforeEach(() => aProgramme());

/** Writes, approves and sends an open draft at a moment. */
async function deliver(draft: Draft, at: Date) {
  const waiting = draft.status === 'writing' ? await writeDraft(HOME, draft.id, { ask: null, now: () => at, publicUrl: null }) : draft;
  const { approval } = await approved(waiting, at);
  const office = recorder();
  const settled = await sendApproved(HOME, draft.id, approval.id, { ...office, now: () => at });
  return { settled, mail: office.mails[0] };
}

const first = async (at = AT) => deliver(await aWaitingDraft({ company: await aCompany() }), at);
const thread = async (draft: Draft | null) => {
  const found = draft && (await findThread(HOME, draft.threadId));
  if (!found) throw new Error('there is no thread');
  return found;
};

test('the planned days keep their distance from the first and from each other', () => {
  const touches = (days: number[]) => days.map((day, index) => ({ touch: index + 1, at: addDays(AT, day) }));
  expect(nextTouchAt(touches([0]))).toEqual(addDays(AT, 4));
  expect(nextTouchAt(touches([0, 4]))).toEqual(addDays(AT, 10));
  // Late ones push the next, early ones do not pull it.
  expect(nextTouchAt(touches([0, 8]))).toEqual(addDays(AT, 14));
  expect(nextTouchAt(touches([0, 4, 10]))).toBeNull();
  expect(nextTouchAt([])).toBeNull();
  const days = fc.array(fc.nat(30), { minLength: 1, maxLength: TOUCH_DAYS.length - 1 }).map((list) => list.toSorted((a, b) => a - b));
  fc.assert(
    fc.property(days, (given) => {
      const last = addDays(AT, given.at(-1) ?? 0);
      const next = nextTouchAt(touches(given));
      expect(next && next > last).toBe(true);
    }),
  );
});

test('a thread stays in the language that it began in', async () => {
  const { settled } = await first();
  await saveStyle(ana, { tone: 'plain', length: 'medium', language: 'de', houseStyle: '' }, AT);
  const follow = await startFollowUp(HOME, (await thread(settled)).id, addDays(AT, 4));
  const { settled: sent } = await deliver(follow ?? expect.fail('no follow-up was started'), addDays(AT, 4));
  expect(sent).toMatchObject({ language: 'en', kind: 'follow-up' });
});

test('a first message, two follow-ups, each a draft of its own in the same mail thread, and then an end', async () => {
  const { settled, mail } = await first();
  let live = await thread(settled);
  expect(live).toMatchObject({ status: 'open', touches: [{ touch: 1 }], nextTouchAt: addDays(AT, 4) });
  expect(await startFollowUp(HOME, live.id, addDays(AT, 3))).toBeNull();

  const ids = [mail?.messageId];
  for (const [touch, day] of [
    [2, 4],
    [3, 10],
  ] as const) {
    const at = addDays(AT, day);
    const both = await Promise.all([startFollowUp(HOME, live.id, at), startFollowUp(HOME, live.id, at)]);
    const draft = both.find((one) => one !== null);
    if (!draft) throw new Error('no follow-up was started');
    expect(draft).toMatchObject({ kind: 'follow-up', touch, status: 'writing', references: ids, contact: aContact() });
    expect((await listThreadDrafts(HOME, live.id)).length).toBe(touch);
    // Nothing leaves by itself.
    const { settled: sent, mail: next } = await deliver(draft, at);
    expect(sent).toMatchObject({ status: 'sent' });
    expect(next?.references).toEqual(ids);
    expect(next?.subject).toMatch(/^Re: /);
    ids.push(next?.messageId);
    live = await thread(sent);
  }
  expect(live.touches.map(({ touch }) => touch)).toEqual([1, 2, 3]);
  expect(await startFollowUp(HOME, live.id, addDays(AT, 30))).toBeNull();
  expect(await thread(settled)).toMatchObject({ status: 'ended', end: { because: 'no-answer' } });
  expect(await findOpenDraft(HOME, live.companyId)).toBeNull();
});

test('the sweep finds threads that are due and starts each once', async () => {
  const { settled } = await first();
  const run = async (now: Date) => {
    const queued: string[] = [];
    const enqueue: Deps['enqueue'] = async (job, payload) => {
      if (job.name === startFollowUpJob.name)
        await startFollowUpJob.run(startFollowUpJob.payload.parse(payload), someDeps({ now: () => now, enqueue }));
      queued.push(job.name);
    };
    await sweepThreads.run({}, someDeps({ now: () => now, enqueue }));
    return queued;
  };
  expect(await run(addDays(AT, 3))).toEqual([]);
  expect(await run(addDays(AT, 4))).toEqual(['write-draft', 'start-follow-up']);
  expect(await run(addDays(AT, 5))).toEqual([]);
  expect((await listThreadDrafts(HOME, settled?.threadId ?? '')).length).toBe(2);
});

describe('what stops a thread closes what was still to leave in it', () => {
  const stops: [string, (draft: Draft) => Promise<unknown>, string][] = [
    ['they answered', (draft) => noteReply(HOME, draft.threadId, AT), 'they answered'],
    ['the address is dead', (draft) => stopThread(HOME, draft.threadId, { because: 'bounce', by: 'system', at: AT }), 'does not exist'],
    [
      'they opted out',
      (draft) => stopSuppressed(HOME, { kind: 'address', value: draft.contact.email }, { because: 'opt-out', by: 'recipient', at: AT }),
      'want nothing more',
    ],
    [
      'their whole domain is silent',
      (_draft) => stopSuppressed(HOME, { kind: 'domain', value: 'peatworks.example' }, { because: 'opt-out', by: 'U1', at: AT }),
      'want nothing more',
    ],
    [
      'the team decided otherwise',
      (draft) => stopCompany(HOME, draft.companyId, { because: 'decision', by: 'U1', at: AT }),
      'decided otherwise',
    ],
  ];
  test.each(stops)('%s', async (_name, stop, note) => {
    const { settled } = await first();
    const live = await thread(settled);
    const started = await startFollowUp(HOME, live.id, addDays(AT, 4));
    if (!started) throw new Error('no follow-up was started');
    const { draft, approval } = await approved(
      await writeDraft(HOME, started.id, { ask: null, now: () => AT, publicUrl: null }),
      addDays(AT, 4),
    );
    await stop(draft);
    await stop(draft);
    const office = recorder();
    await sendApproved(HOME, draft.id, approval.id, { ...office, now: () => addDays(AT, 4) });
    expect(office.mails).toEqual([]);
    expect(told(await getDraft(HOME, draft.id))).toMatchObject({ status: 'rejected', approval: null, note: expect.stringContaining(note) });
    expect(await thread(settled)).toMatchObject({ nextTouchAt: null });
    expect(await startFollowUp(HOME, live.id, addDays(AT, 40))).toBeNull();
    expect((await listAudit(HOME, { subject: `draft:${draft.id}`, action: 'draft.close' })).length).toBe(1);
  });

  test('an entry for somebody else stops nothing', async () => {
    const { settled } = await first();
    await stopSuppressed(HOME, { kind: 'address', value: 'other@peatworks.example' }, { because: 'opt-out', by: 'recipient', at: AT });
    expect(await thread(settled)).toMatchObject({ status: 'open' });
  });
});

test('an approved follow-up of a thread that somebody answered in that very moment does not leave', async () => {
  const { settled } = await first();
  const started = await startFollowUp(HOME, (await thread(settled)).id, addDays(AT, 4));
  const { draft, approval } = await approved(
    await writeDraft(HOME, started?.id ?? '', { ask: null, now: () => AT, publicUrl: null }),
    addDays(AT, 4),
  );
  // Only the thread knows yet; the draft has not been closed.
  const entry = auditEntry({ workspaceId: HOME, by: 'recipient', at: AT, action: 'thread.replied', subject: 'thread:x' });
  await markReplied(HOME, draft.threadId, entry);
  const office = recorder();
  const after = await sendApproved(HOME, draft.id, approval.id, { ...office, now: () => addDays(AT, 4) });
  expect(office.mails).toEqual([]);
  expect(told(after)).toMatchObject({ status: 'rejected', note: 'Not sent: they answered meanwhile.' });
});

test('a follow-up that is approved too soon waits for its distance, and no release helps', async () => {
  const { settled } = await first();
  const live = await thread(settled);
  const started = await startFollowUp(HOME, live.id, addDays(AT, 4));
  const { draft, approval } = await approved(await writeDraft(HOME, started?.id ?? '', { ask: null, now: () => AT, publicUrl: null }), AT);
  const office = recorder();
  const send = () => sendApproved(HOME, draft.id, approval.id, { ...office, now: () => addDays(AT, 1) });
  expect(await send()).toMatchObject({ hold: { why: 'touch-distance', until: addDays(AT, 4) } });
  expect(await releaseDraft(milo, seen(await getDraft(HOME, draft.id)), AT)).toMatchObject({ changed: false, draft: { releasedBy: null } });
  expect(await send()).toBeNull();
  expect(await getDraft(HOME, draft.id)).toMatchObject({ status: 'approved', hold: { why: 'touch-distance' } });
  expect(office.mails).toEqual([]);
});

test('one live thread a company: a new message ends the old thread, and two people at once open one', async () => {
  const { settled } = await first();
  const companyId = settled?.companyId ?? '';
  const zoe = aContact({ name: 'Zoë Çelik', email: 'zoe@peatworks.example' });
  const opened = await Promise.all([
    startDraft(ana, companyId, zoe, AT),
    startDraft(milo, companyId, zoe, AT),
    startDraft(ana, companyId, zoe, AT),
  ]);
  expect(new Set(opened.map(({ draft }) => draft.id)).size).toBe(1);
  expect(await thread(settled)).toMatchObject({ status: 'ended', end: { because: 'new-thread' } });
  const live = await findLiveThread(HOME, companyId);
  expect(live).toMatchObject({ id: opened[0]?.draft.threadId, contact: zoe });
});

test('a rejected draft ends its thread; so does one that nobody decided on for 14 days', async () => {
  const waiting = await aWaitingDraft();
  await rejectDraft(ana, seen(waiting), AT);
  expect(await thread(waiting)).toMatchObject({ status: 'ended', end: { because: 'turned-down' } });

  const old = await aWaitingDraft({ company: await aCompany({ domain: 'old.example' }) });
  const lapse = addDays(AT, DRAFT_DAYS);
  await expect(approveDraft(ana, seen(old), lapse)).rejects.toMatchObject({ code: 'draft-lapsed' });
  expect(await listLapsing(subDays(lapse, 1))).toEqual([]);
  expect(await lapseDraft(HOME, old.id, subDays(lapse, 1))).toBeNull();
  expect(await listLapsing(addHours(lapse, 1))).toEqual([{ workspaceId: HOME, id: old.id }]);
  expect(await lapseDraft(HOME, old.id, addHours(lapse, 1))).toMatchObject({ id: old.id, status: 'rejected' });
  expect(await lapseDraft(HOME, old.id, addHours(lapse, 1))).toBeNull();
  expect(await thread(old)).toMatchObject({ status: 'ended' });
});

test('a follow-up is not started for a company the team decided against, also when nobody told the thread', async () => {
  const { settled } = await first();
  const live = await thread(settled);
  await decideCompany(ana, live.companyId, { kind: 'later' }, AT);
  expect(await startFollowUp(HOME, live.id, addDays(AT, 4))).toBeNull();
  expect(await thread(settled)).toMatchObject({ status: 'ended', end: { because: 'decision' } });
});

test.each([
  ['later', 'was put off with Later after this was approved. To write now, press Draft Outreach on the company.'],
  ['partner', 'became a partner after this was approved. To write all the same, press Reconsider on the company first.'],
] as const)('decided meanwhile, %s, and nobody told the draft: it does not leave, and says what was decided', async (kind, why) => {
  const { draft, approval } = await approved(await aWaitingDraft({ company: await aCompany() }));
  await decideCompany(ana, draft.companyId, { kind }, AT);
  const office = recorder();
  const after = await sendApproved(HOME, draft.id, approval.id, { ...office, now: () => AT });
  expect(office.mails).toEqual([]);
  expect(told(after)).toMatchObject({ status: 'rejected', note: `Not sent: Peatworks ${why}` });
});

test('a message is noted once in its thread, however often it is said', async () => {
  const { settled } = await first();
  if (!settled) throw new Error('nothing was sent');
  await Promise.all([noteTouch(settled), noteTouch(settled), noteTouch(settled)]);
  expect((await thread(settled)).touches).toHaveLength(1);
});
