import { addDays, addMinutes } from 'date-fns';
import { beforeEach, expect, test } from 'vitest';
import { sweepSilences } from '../../../jobs/programme/sweep-silences.ts';
import { sweepStages } from '../../../jobs/recruit/sweep-stages.ts';
import { decideCompany } from '../../../src/discover/digest/decide-company.ts';
import type { StageState } from '../../../src/programme/companies/company.ts';
import { CompanyModel, getCompany } from '../../../src/programme/companies/company-repository.ts';
import { importCompanies } from '../../../src/programme/companies/import-companies.ts';
import { liftSuppression, suppress } from '../../../src/programme/suppression/suppress.ts';
import { keysOfCompany } from '../../../src/programme/suppression/suppression.ts';
import { insertSuppression, listSilencesDue } from '../../../src/programme/suppression/suppression-repository.ts';
import { rejectDraft, takeBackApproval } from '../../../src/recruit/outreach/decide-draft.ts';
import { findDraftsDue, getDraft } from '../../../src/recruit/outreach/draft-repository.ts';
import { sendApproved } from '../../../src/recruit/outreach/send-draft.ts';
import { startAnswer } from '../../../src/recruit/outreach/start-answer.ts';
import { startDraft } from '../../../src/recruit/outreach/start-draft.ts';
import { stopSuppressed, stopThread } from '../../../src/recruit/outreach/stop-thread.ts';
import { writeDraft } from '../../../src/recruit/outreach/write-draft.ts';
import { noteStage } from '../../../src/recruit/pipeline/note-stage.ts';
import { listWaiting } from '../../../src/recruit/pipeline/waiting.ts';
import { correctReply } from '../../../src/recruit/replies/act-on-reply.ts';
import { AT, aCompany, aContact, ana, aProgramme, approved, HOME, milo, recorder, seen } from '../../support/builders.ts';
import { someDeps } from '../../support/deps.ts';
import { aBounce, anAnswer } from '../../support/mails.ts';
import { useMongo } from '../../support/mongo.ts';
import { LATER, take } from '../../support/take.ts';
import { entry } from '../../support/walls.ts';

useMongo();
let companyId: string;
beforeEach(async () => {
  await aProgramme();
  companyId = (await aCompany()).id;
});

/** Where the company stands once what is due was done. */
async function standing(at = AT) {
  const { settle } = await noteStage(HOME, companyId, at);
  await settle();
  return (await getCompany(HOME, companyId)).stage;
}
const state = async (at = AT): Promise<StageState | undefined> => (await standing(at))?.state;

async function waiting() {
  const { draft } = await startDraft(milo, companyId, aContact(), AT);
  return writeDraft(HOME, draft.id, { ask: null, now: () => AT, publicUrl: null });
}
async function sent() {
  const { draft, approval } = await approved(await waiting());
  await sendApproved(HOME, draft.id, approval.id, { ...recorder(), now: () => AT });
  const gone = await getDraft(HOME, draft.id);
  if (!gone.messageId) throw new Error('not sent');
  return { ...gone, messageId: gone.messageId };
}

test('from new to sent, as the draft goes on, and whose it is', async () => {
  expect(await standing()).toBeUndefined();
  const { draft } = await startDraft(milo, companyId, aContact(), AT);
  expect(await standing()).toMatchObject({ state: 'drafted', by: milo.userId, post: `draft:${draft.id}` });
  const written = await writeDraft(HOME, draft.id, { ask: null, now: () => AT, publicUrl: null });
  expect(await state()).toBe('waiting');
  const { draft: allowed, approval } = await approved(written);
  expect(await state()).toBe('leaving');
  await takeBackApproval(ana, seen(allowed), AT);
  expect(await state()).toBe('waiting');
  const again = await approved(await getDraft(HOME, draft.id));
  expect(again.approval.id).not.toBe(approval.id);
  await sendApproved(HOME, draft.id, again.approval.id, { ...recorder(), now: () => AT });
  expect(await standing()).toMatchObject({ state: 'sent', by: milo.userId, post: `draft:${draft.id}` });
});

test.each([
  ['unknown', { outcome: 'unknown', reason: 'the line broke' } as const],
  ['failed', { outcome: 'failed', reason: '550 no', hard: false } as const],
])('a message whose fate is “%s” waits for a person', async (how, result) => {
  const { draft, approval } = await approved(await waiting());
  await sendApproved(HOME, draft.id, approval.id, { ...recorder(result), now: () => AT });
  expect(await standing()).toMatchObject({ state: 'waiting', how });
});

test('an answer, what a person says it is, and our answer to it', async () => {
  const draft = await sent();
  const taken = await take(anAnswer(draft.messageId, 'Who are you?'));
  if (!taken) throw new Error('not taken');
  expect(await standing()).toMatchObject({ state: 'answered', how: 'other', post: `reply:${taken.reply.id}` });
  await correctReply(ana, taken.reply.id, 'interested', AT);
  expect(await standing()).toMatchObject({ state: 'answered', how: 'interested' });
  const { threadId, from, text, kind, messageId, receivedAt } = taken.reply;
  const answer = await startAnswer(ana, { threadId, from, text, understoodAs: kind, messageId, receivedAt }, AT);
  const written = await writeDraft(HOME, answer.draft.id, { ask: null, now: () => AT, publicUrl: null });
  expect(await state()).toBe('waiting');
  const later = addMinutes(LATER, 5);
  const { draft: allowed, approval } = await approved(written, later);
  await sendApproved(HOME, allowed.id, approval.id, { ...recorder(), now: () => later });
  expect(await standing(later)).toMatchObject({ state: 'sent', post: `draft:${allowed.id}` });
});

test('a mailbox that is none is an answer too, an absence is not', async () => {
  const draft = await sent();
  await take(anAnswer(draft.messageId, 'I am out of office until 2 December.', { 'Auto-Submitted': 'auto-replied' }));
  expect(await state()).toBe('sent');
  await take(aBounce({ messageId: draft.messageId }));
  expect(await standing()).toMatchObject({ state: 'answered', how: 'bounce' });
});

test('a reply waits for whoever started the message and for whoever approved it', async () => {
  const draft = await sent();
  await take(anAnswer(draft.messageId, 'Who are you?'));
  await standing();
  const waitsFor = async (by: string) => (await listWaiting(HOME, { from: 0, count: 10, by })).replies;
  expect(draft.startedBy).not.toBe(draft.decidedBy);
  expect(await Promise.all([draft.startedBy, draft.decidedBy ?? '', 'U0NOBODY'].map(waitsFor))).toEqual([1, 1, 0]);
});

test('a company that is imported after it was silenced stands so', async () => {
  await suppress(HOME, { kind: 'domain', value: 'calm.com' }, { reason: 'asked-us', via: 'command', by: ana.userId, at: AT });
  await importCompanies(HOME, { pastedDomains: 'calm.com bright.com' }, { by: ana.userId, at: AT });
  await heal();
  const states = await CompanyModel.find({ workspaceId: HOME, domain: { $in: ['calm.com', 'bright.com'] } }).lean();
  expect(states.map(({ domain, stage }) => [domain, stage?.state]).sort()).toEqual([
    ['bright.com', undefined],
    ['calm.com', 'silenced'],
  ]);
});

test('the team’s word stands above outreach, and taken back it leaves what was', async () => {
  await sent();
  const until = addDays(AT, 3);
  await decideCompany(ana, companyId, { kind: 'later', until }, AT);
  expect(await standing()).toMatchObject({ state: 'later', until, by: ana.userId });
  expect(await state(addDays(AT, 4))).toBe('sent');
  await decideCompany(ana, companyId, { kind: 'not-fit', reason: 'too-small', note: '' }, AT);
  expect(await standing()).toMatchObject({ state: 'turned-down', how: 'too-small' });
  await decideCompany(ana, companyId, { kind: 'partner' }, AT);
  expect(await state()).toBe('partner');
  await decideCompany(ana, companyId, { kind: 'undecided' }, AT);
  expect(await state()).toBe('sent');
});

test('a draft that was turned down, and a thread nobody answered', async () => {
  await rejectDraft(ana, seen(await waiting()), AT);
  expect(await standing()).toMatchObject({ state: 'turned-down', how: 'draft' });
  const { threadId } = await sent();
  await stopThread(HOME, threadId, { because: 'no-answer', by: 'system', at: AT });
  expect(await standing()).toMatchObject({ state: 'sent', how: 'no-answer' });
});

test('a draft that silence closed was not turned down', async () => {
  const { contact } = await waiting();
  const key = { kind: 'address', value: contact.email } as const;
  await suppress(HOME, key, { reason: 'asked-us', via: 'command', by: ana.userId, at: AT });
  await stopSuppressed(HOME, key, { because: 'opt-out', by: ana.userId, at: AT });
  expect(await standing()).toMatchObject({ state: 'answered', how: 'opt-out' });
});

test('silence, by whatever path, and its end', async () => {
  const [key] = keysOfCompany('peatworks.example');
  if (!key) throw new Error('no key');
  await decideCompany(ana, companyId, { kind: 'partner' }, AT);
  await suppress(HOME, key, { reason: 'asked-us', via: 'command', by: ana.userId, at: AT });
  expect(await standing()).toMatchObject({ state: 'silenced', how: 'asked-us' });
  await liftSuppression(ana, key, 'They wrote to us', AT);
  expect(await state()).toBe('partner');
  await decideCompany(ana, companyId, { kind: 'not-fit', reason: 'no-contact', note: '' }, AT);
  expect(await state()).toBe('silenced');
});

/** What the sweeps queue, done. */
async function heal(at = AT): Promise<void> {
  const queued: { workspaceId: string; companyId: string }[] = [];
  const enqueue = async (_job: unknown, payload: unknown) => void queued.push(payload as (typeof queued)[number]);
  const deps = someDeps({ enqueue, now: () => at });
  await sweepSilences.run({}, deps);
  await sweepStages.run({}, deps);
  for (const one of queued) await (await noteStage(one.workspaceId, one.companyId, at)).settle();
}

test('killed before the stage followed: the sweep finds each kind of change, once', async () => {
  const stored = async () => (await getCompany(HOME, companyId)).stage?.state;
  const draft = await sent();
  expect(await stored()).toBeUndefined();
  await heal();
  expect(await stored()).toBe('sent');
  await take(anAnswer(draft.messageId, 'Yes please.'));
  await heal();
  expect(await stored()).toBe('answered');
  await decideCompany(ana, companyId, { kind: 'later', until: addDays(AT, 1) }, AT);
  await heal();
  expect(await stored()).toBe('later');
  await heal(addDays(AT, 2));
  expect(await stored()).toBe('answered');
  // Killed between the entry and the company: the entry alone is known, by its hash.
  const silenced = { kind: 'company', value: 'peatworks.example' } as const;
  await insertSuppression(HOME, silenced, { reason: 'asked-us', via: 'command', by: ana.userId, at: AT }, { ...entry, workspaceId: HOME });
  await heal();
  expect(await stored()).toBe('silenced');
  expect(await findDraftsDue(HOME, companyId)).toEqual([]);
  expect(await listSilencesDue()).toEqual([]);
  const { stage } = await getCompany(HOME, companyId);
  await heal();
  expect((await getCompany(HOME, companyId)).stage).toEqual(stage);
});

test('what changes while a stage is noted stays due', async () => {
  const draft = await waiting();
  const { settle } = await noteStage(HOME, companyId, AT);
  await approved(draft);
  await settle();
  await heal();
  expect((await getCompany(HOME, companyId)).stage?.state).toBe('leaving');
});

test('noted by many at once while the team decides: the last state wins', async () => {
  const draft = await waiting();
  for (let round = 0; round < 8; round++) {
    const isPartner = round % 2 === 0;
    await Promise.all([
      decideCompany(ana, companyId, { kind: isPartner ? 'partner' : 'undecided' }, addMinutes(AT, round)),
      ...Array.from({ length: 6 }, () => noteStage(HOME, companyId, AT)),
    ]);
    await heal();
    expect((await getCompany(HOME, companyId)).stage?.state).toBe(isPartner ? 'partner' : 'waiting');
  }
  expect((await getDraft(HOME, draft.id)).status).toBe('waiting');
});

test('a company that stands wrongly keeps nothing from leaving, and lets nothing leave', async () => {
  const { draft, approval } = await approved(await waiting());
  const lie = (word: string) =>
    CompanyModel.updateOne(
      { _id: companyId },
      { $set: { stage: { state: word, at: AT, by: '', how: '', until: null, post: '', rev: 9 } } },
    );
  await lie('silenced');
  const tools = { ...recorder(), now: () => AT };
  await sendApproved(HOME, draft.id, approval.id, tools);
  expect(tools.mails).toHaveLength(1);
  const other = await aCompany({ domain: 'mossworks.example', name: 'Mossworks' });
  await decideCompany(ana, other.id, { kind: 'not-fit', reason: 'no-contact', note: '' }, AT);
  await CompanyModel.updateOne(
    { _id: other.id },
    { $set: { stage: { state: 'new', at: AT, by: '', how: '', until: null, post: '', rev: 9 } } },
  );
  await expect(startDraft(ana, other.id, aContact({ email: 'kim@mossworks.example' }), AT)).rejects.toMatchObject({ name: 'Refusal' });
});
