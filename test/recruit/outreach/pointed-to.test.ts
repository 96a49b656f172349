import mongoose from 'mongoose';
import { expect, test } from 'vitest';
import { ACTIONS } from '../../../blocks/ids.ts';
import { type OutreachInput, outreachEmail } from '../../../prompts/recruit/outreach-email.ts';
import type { Deps } from '../../../src/deps.ts';
import { changeContact } from '../../../src/recruit/outreach/change-contact.ts';
import { rejectDraft } from '../../../src/recruit/outreach/decide-draft.ts';
import { lapsedBecause } from '../../../src/recruit/outreach/demand-contact-allowed.ts';
import { findOpenDraft } from '../../../src/recruit/outreach/draft-repository.ts';
import { mayLeave } from '../../../src/recruit/outreach/may-leave.ts';
import { sendApproved } from '../../../src/recruit/outreach/send-draft.ts';
import { startDraft } from '../../../src/recruit/outreach/start-draft.ts';
import { writeDraft } from '../../../src/recruit/outreach/write-draft.ts';
import { listReplies } from '../../../src/recruit/replies/reply-repository.ts';
import { MILO } from '../../sandbox/cast.ts';
import { AT, aCompany, aContact, approved, HOME, milo as miloActor, recorder } from '../../support/builders.ts';
import { anAnswer } from '../../support/mails.ts';
import { textOf, useReplies } from '../../support/replies-in-slack.ts';
import { take } from '../../support/take.ts';

const { product, draft, receive, inTeam, card, modalSaying } = useReplies();
const milo = () => product().sandbox.as(MILO);
const OMAR = 'I am not the right person, please write to Omar Quist <omar@peatworks.example> about this.';
const written = () => product().sandbox.waitFor(() => inTeam().find((one) => textOf(one).includes('Dana Reed pointed me to you')));

test('a reply that names Omar: its card offers to write to him, the form is filled, and his letter says who pointed there', async () => {
  await receive(anAnswer(draft().messageId, OMAR));
  const reply = await card('not clear', 'Write to Omar Quist');
  await milo().click(reply, ACTIONS.companyDraft);
  const form = await modalSaying(MILO, 'Dana Reed names *Omar Quist*. The letter says so.');
  for (const value of ['Omar Quist', 'omar@peatworks.example', 'Named in a reply of 23 November 2026'])
    expect(JSON.stringify(form)).toContain(`"initial_value":"${value}"`);
  await milo().submit(form ?? '');
  const shown = await written();
  const letter = await findOpenDraft(HOME, draft().companyId);
  expect(letter).toMatchObject({ kind: 'first', touch: 1, contact: { name: 'Omar Quist', basis: 'other', country: 'GB' }, note: null });
  expect(letter?.contact).toMatchObject({ origin: 'colleague', source: 'Named in a reply of 23 November 2026' });
  expect(letter?.footer).toContain('We have your address from a colleague of yours.');
  expect(letter?.threadId).not.toBe(draft().threadId);
  expect(letter?.body).toMatch(/Omar[^\n]*\n\nDana Reed pointed me to you\. [\s\S]*\?/);
  // It goes into the thread of the company, as the reply did.
  expect(shown.threadTs).toBe(reply.threadTs);
});

test('named without an address: the form asks for it, and a person who can read the name fills it in', async () => {
  await receive(anAnswer(draft().messageId, 'Wrong person, write to Omar Quist.'));
  await milo().click(await card('not clear'), ACTIONS.replyCorrect);
  await milo().submit((await modalSaying(MILO, 'What does the reply say')) ?? '', { kind: 'wrong-person' });
  await milo().click(await card('somebody else decides', 'Write to Another Person'), ACTIONS.companyDraft);
  const form = await modalSaying(MILO, 'Dana Reed points to somebody else');
  expect(await milo().submit(form ?? '', { name: 'Omar Quist' })).toMatchObject({ errors: { email: expect.any(String) } });
  await milo().submit(form ?? '', { name: 'Omar Quist', email: 'omar@peatworks.example' });
  await written();
});

test('the model is told who pointed there and the sentence alone, and its letter may say so', async () => {
  const taken = await take(anAnswer(draft().messageId, OMAR));
  const { draft: letter } = await startDraft(
    miloActor,
    draft().companyId,
    aContact({ name: 'Omar Quist', email: 'omar@peatworks.example' }),
    AT,
    taken?.reply.id,
  );
  const asked: OutreachInput[] = [];
  const sentences = [
    { text: 'Hello Omar Quist,', kind: 'greeting', from: [] },
    { text: 'Dana Reed told me to write to you.', kind: 'their-reply', from: ['reply'] },
    { text: 'You make appointment booking for clinics.', kind: 'their-fact', from: ['f1'] },
    { text: 'Shall we talk?', kind: 'question', from: [] },
  ];
  const ask: NonNullable<Deps['ask']> = async (prompt, input) => {
    if (prompt.name === outreachEmail.name) asked.push(input as OutreachInput); // the prompt of that name has that input
    const answer = prompt.name === outreachEmail.name ? { noReason: '', subject: 'Booking', sentences, english: '' } : { findings: [] };
    return prompt.answer.parse(answer) as never;
  };
  const deps = { ask, now: () => AT, publicUrl: null };
  expect(await writeDraft(HOME, letter.id, deps)).toMatchObject({
    writer: 'model',
    note: null,
    body: expect.stringContaining('Dana Reed told me'),
  });
  expect(asked).toMatchObject([{ kind: 'first', reply: { from: 'Dana Reed', text: OMAR, understoodAs: 'other' } }]);
  const [input] = asked;
  expect(input && outreachEmail.render(input).instructions).toMatch(/"reply\.from", answered us and named the person/);
});

test('somebody whom the reply does not name is told of nobody, and a letter to Omar stays one to Omar', async () => {
  const taken = await take(anAnswer(draft().messageId, OMAR));
  const to = (given: object) => startDraft(miloActor, draft().companyId, aContact(given), AT, taken?.reply.id);
  const { draft: kim } = await to({ name: 'Kim Lee', email: 'kim@peatworks.example' });
  const deps = { ask: null, now: () => AT, publicUrl: null };
  const letter = await writeDraft(HOME, kim.id, deps);
  expect(letter.body).not.toContain('Dana Reed');
  await rejectDraft(miloActor, { draftId: kim.id, version: letter.version }, AT);
  const { draft: omar } = await to({ name: 'Omar Quist', email: 'omar@peatworks.example' });
  const { version } = await writeDraft(HOME, omar.id, deps);
  const changed = (given: object) => changeContact(miloActor, { draftId: omar.id, version }, aContact(given), null, AT);
  await expect(changed({ name: 'Kim Lee', email: 'kim@peatworks.example' })).rejects.toMatchObject({ code: 'contact-named' });
  expect(await changed({ name: 'Omar Quist', email: 'o.quist@peatworks.example' })).toMatchObject({ contact: { name: 'Omar Quist' } });
});

test('the letter lapses when the reply that names its reader is deleted, and does not leave on an approval of before', async () => {
  const taken = await take(anAnswer(draft().messageId, OMAR));
  const omar = aContact({ name: 'Omar Quist', email: 'omar@peatworks.example' });
  const { draft: opened } = await startDraft(miloActor, draft().companyId, omar, AT, taken?.reply.id);
  const { draft: waiting, approval } = await approved(await writeDraft(HOME, opened.id, { ask: null, now: () => AT, publicUrl: null }));
  expect(await lapsedBecause(waiting, AT)).toBeNull();
  expect((await mayLeave(waiting, AT)).verdict).not.toBe('void');
  await mongoose.connection.collection<{ _id: string }>('replies').deleteOne({ _id: taken?.reply.id ?? '' });
  expect(await lapsedBecause(waiting, AT)).toEqual({ because: 'pointer' });
  expect(await mayLeave(waiting, AT)).toEqual({ verdict: 'void', note: { code: 'pointer-gone' } });
  const { mails, ...tools } = recorder();
  await sendApproved(HOME, waiting.id, approval.id, { ...tools, now: () => AT });
  expect(mails).toEqual([]);
});

test('a reply of another company names nobody here', async () => {
  const taken = await take(anAnswer(draft().messageId, OMAR));
  const other = await aCompany({ domain: 'mossworks.example', name: 'Mossworks' });
  const start = startDraft(miloActor, other.id, aContact({ email: 'kim@mossworks.example' }), AT, taken?.reply.id);
  await expect(start).rejects.toMatchObject({ code: 'reply-unknown' });
  expect(await findOpenDraft(HOME, other.id)).toBeNull();
  expect(await listReplies(HOME, draft().threadId)).toHaveLength(1);
});
