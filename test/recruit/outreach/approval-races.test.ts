import { beforeEach, expect, test } from 'vitest';
import { Refusal } from '../../../src/errors.ts';
import { listAudit } from '../../../src/programme/audit/audit-repository.ts';
import { approveDraft, markSent, rejectDraft } from '../../../src/recruit/outreach/decide-draft.ts';
import type { Draft } from '../../../src/recruit/outreach/draft.ts';
import { getDraft } from '../../../src/recruit/outreach/draft-repository.ts';
import { editDraft } from '../../../src/recruit/outreach/edit-draft.ts';
import { sendApproved } from '../../../src/recruit/outreach/send-draft.ts';
import { AT, aCompany, ana, aProgramme, approved, aWaitingDraft, HOME, milo, recorder, seen } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';

useMongo();
beforeEach(() => aProgramme());

const ROUNDS = Array.from({ length: 12 }, (_, round) => round);
const EDIT = { subject: 'Second thoughts', body: 'This is not what the first version said.' };
const now = () => AT;

const freshDraft = async (round: number) => aWaitingDraft({ company: await aCompany({ domain: `round${round}.example` }) });
const edit = (draft: Draft) => editDraft(milo, seen(draft), EDIT, AT);
const pause = (round: number) => new Promise((resolve) => setTimeout(resolve, round * 4));

/** True when it happened, false when the rules refused it. */
async function happened(step: Promise<unknown>): Promise<boolean> {
  try {
    await step;
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

test('an edit that races with the send job: either the edit is saved and nothing leaves, or the mail leaves and the edit is refused', async () => {
  const outcomes = new Set<boolean>();
  for (const round of ROUNDS) {
    const { draft, approval } = await approved(await freshDraft(round));
    const { mails, ...tools } = recorder();
    const send = () => sendApproved(HOME, draft.id, approval.id, { ...tools, now });
    // The first edit comes before the job, the last one after it, the others at every moment in between.
    const before = round === 0 ? await happened(edit(draft)) : false;
    const sending = send();
    const moment = round === ROUNDS.length - 1 ? sending : pause(round);
    const saved = before || (await happened(moment.then(() => edit(draft))));
    await sending;
    outcomes.add(saved);
    expect(mails).toHaveLength(saved ? 0 : 1);
    expect(await getDraft(HOME, draft.id)).toMatchObject(saved ? { status: 'waiting', version: 2, approval: null } : { status: 'sent' });
    // The job may run again, as jobs do.
    await send();
    expect(mails).toHaveLength(saved ? 0 : 1);
  }
  expect(outcomes).toEqual(new Set([true, false]));
});

test('an edit that races with the approval: what was approved is what was shown, never the edit', async () => {
  for (const round of ROUNDS) {
    const waiting = await freshDraft(round);
    const { mails, ...tools } = recorder();
    const approve = async () => {
      const { draft, changed } = await approveDraft(ana, seen(waiting), AT);
      if (changed && draft.approval) await sendApproved(HOME, draft.id, draft.approval.id, { ...tools, now });
    };
    const [saved] = await Promise.all([happened(edit(waiting)), happened(approve())]);
    expect(mails.map(({ subject }) => subject)).toEqual(saved ? [] : [waiting.subject]);
  }
});

test('approve, reject and edit at once: one of them happens', async () => {
  for (const round of ROUNDS) {
    const waiting = await freshDraft(round);
    const changed = (decision: Promise<{ changed: boolean }>) =>
      happened(decision.then((one) => one.changed || Promise.reject(new Refusal('draft-moved-on'))));
    const outcomes = await Promise.all([
      changed(approveDraft(ana, seen(waiting), AT)),
      changed(approveDraft(milo, seen(waiting), AT)),
      changed(rejectDraft(ana, seen(waiting), AT)),
      changed(rejectDraft(milo, seen(waiting), AT)),
    ]);
    expect(outcomes.filter(Boolean)).toHaveLength(1);
    const entries = await listAudit(HOME, { subject: `draft:${waiting.id}` });
    expect(entries.filter(({ action }) => ['draft.approve', 'draft.reject'].includes(action))).toHaveLength(1);
  }
});

test('twelve workers use one approval: one mail', async () => {
  for (const round of ROUNDS.slice(0, 4)) {
    const { draft, approval } = await approved(await freshDraft(round));
    const { mails, ...tools } = recorder();
    const results = await Promise.all(ROUNDS.map(() => sendApproved(HOME, draft.id, approval.id, { ...tools, now })));
    expect(mails).toHaveLength(1);
    expect(results.filter((result) => result?.status === 'sent')).toHaveLength(1);
  }
});

test('a person marks an unknown send as sent while another approves it again: never “sent” for an attempt that failed', async () => {
  // Two sends a round: the mailbox has twenty a day.
  for (const round of ROUNDS.slice(0, 9)) {
    const { draft, approval } = await approved(await freshDraft(round));
    const lost = recorder({ outcome: 'unknown', reason: 'the line broke' });
    await sendApproved(HOME, draft.id, approval.id, { ...lost, now });
    const unknown = await getDraft(HOME, draft.id);
    expect(unknown.status).toBe('unknown');

    const second = recorder({ outcome: 'failed', reason: '554 no mail today', hard: false });
    const again = async () => {
      const { draft: current, changed } = await approveDraft(ana, seen(unknown), AT);
      if (changed && current.approval) await sendApproved(HOME, draft.id, current.approval.id, { ...second, now });
    };
    await Promise.all([happened(again()), happened(pause(round).then(() => markSent(milo, seen(unknown), AT)))]);
    // Refused the second time, the first is as much in doubt as before.
    expect(await getDraft(HOME, draft.id)).toMatchObject({ status: second.mails.length > 0 ? 'unknown' : 'sent' });
  }
});
