import { addDays } from 'date-fns';
import { expect, test } from 'vitest';
import { rejectDraft } from '../../../src/recruit/outreach/decide-draft.ts';
import { DRAFT_DAYS, type Draft } from '../../../src/recruit/outreach/draft.ts';
import { findOpenDraft } from '../../../src/recruit/outreach/draft-repository.ts';
import { lapseDraft } from '../../../src/recruit/outreach/lapse-drafts.ts';
import { sendApproved } from '../../../src/recruit/outreach/send-draft.ts';
import { startAnswer } from '../../../src/recruit/outreach/start-answer.ts';
import { startFollowUp } from '../../../src/recruit/outreach/start-follow-up.ts';
import { findThread } from '../../../src/recruit/outreach/thread-repository.ts';
import { writeDraft } from '../../../src/recruit/outreach/write-draft.ts';
import { AT, ana, approved, HOME, recorder, seen } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';
import { aSentDraft } from '../../support/sent.ts';

useMongo();
const DUE = addDays(AT, 4);
const LAPSED = addDays(AT, DRAFT_DAYS + 1);

/** Somebody's question, taken for an absence since, has an answer that waits for a decision. */
async function anAnswer(): Promise<Draft> {
  const { threadId } = await aSentDraft();
  const from = { name: 'Dana Reed', address: 'dana@peatworks.example' };
  const incoming = { from, text: 'Who are you?', understoodAs: 'other', threadId, messageId: null, receivedAt: AT };
  const { draft } = await startAnswer(ana, incoming, AT);
  return writeDraft(HOME, draft.id, { ask: null, now: () => AT, publicUrl: null });
}

async function send(answer: Draft) {
  const { approval } = await approved(answer, DUE);
  return sendApproved(HOME, answer.id, approval.id, { ...recorder(), now: () => DUE });
}

test.each<[string, (answer: Draft) => Promise<unknown>, Date]>([
  ['rejected', (answer) => rejectDraft(ana, seen(answer), DUE), addDays(DUE, 1)],
  ['lapsed', (answer) => lapseDraft(HOME, answer.id, LAPSED), LAPSED],
  ['sent', send, addDays(DUE, 1)],
])('a follow-up that is due while an answer is open waits, and is started once that is %s', async (_name, decide, then) => {
  const answer = await anAnswer();
  const { threadId } = answer;
  for (const at of [DUE, DUE]) expect(await startFollowUp(HOME, threadId, at)).toBeNull();
  expect(await findThread(HOME, threadId)).toMatchObject({ status: 'open', nextTouchAt: addDays(DUE, 1) });
  await decide(answer);
  expect(await findOpenDraft(HOME, answer.companyId)).toBeNull();
  expect(await startFollowUp(HOME, threadId, then)).toMatchObject({ kind: 'follow-up', touch: 2, status: 'writing' });
  expect(await findThread(HOME, threadId)).toMatchObject({ status: 'open', nextTouchAt: null });
});
