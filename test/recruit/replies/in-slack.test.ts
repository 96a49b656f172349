import { addDays } from 'date-fns';
import { expect, test } from 'vitest';
import { ACTIONS } from '../../../blocks/ids.ts';
import { settleReplyJob } from '../../../jobs/recruit/settle-reply.ts';
import { findPartnerOfCompany } from '../../../src/onboard/partners/partner-of-company.ts';
import { listAudit } from '../../../src/programme/audit/audit-repository.ts';
import { getCompany } from '../../../src/programme/companies/company-repository.ts';
import { keysOfAddress, keysOfCompany } from '../../../src/programme/suppression/suppression.ts';
import { findSuppression } from '../../../src/programme/suppression/suppression-repository.ts';
import { findOpenDraft, getDraft } from '../../../src/recruit/outreach/draft-repository.ts';
import { startFollowUp } from '../../../src/recruit/outreach/start-follow-up.ts';
import type { ReplyKind } from '../../../src/recruit/replies/reply.ts';
import { listReplies } from '../../../src/recruit/replies/reply-repository.ts';
import { ANA, GENERAL, MILO } from '../../sandbox/cast.ts';
import type { SandboxMessage } from '../../sandbox/contract.ts';
import { AT, HOME } from '../../support/builders.ts';
import { aBounce, aComplaint, anAnswer } from '../../support/mails.ts';
import { textOf, useReplies } from '../../support/replies-in-slack.ts';
import { sweepAll } from '../../support/sweep-all.ts';
import { take } from '../../support/take.ts';

const { product, draft, receive, inTeam, card, modalSaying } = useReplies();
const milo = () => product().sandbox.as(MILO);
const actionsOf = (message: SandboxMessage) => [...textOf(message).matchAll(/"action_id":"([^"]+)"/g)].map(([, id]) => id);

test('a reply stands in the company’s thread: who, the new text, the quoted part folded, how it was understood and by which sentence', async () => {
  await receive(anAnswer(draft().messageId, 'Yes please.\n\n*Dana* <!channel>'));
  const message = await card('interested');
  expect(message.threadTs).not.toBeNull();
  expect(textOf(message)).toContain('Yes please.\\n\\n*Dana* <!channel>');
  expect(message.blocks.find(({ type }) => type === 'container')).toMatchObject({ is_collapsible: true, default_collapsed: true });
  expect(textOf(message)).toContain('by: “Yes please.”');
  expect(actionsOf(message)).toEqual([ACTIONS.replyAnswer, ACTIONS.replyPartner, ACTIONS.replyLater, ACTIONS.replyCorrect]);
  expect(message.text).not.toContain('<!channel>');
});

test('the same mail again, and a sweep: one card', async () => {
  const mail = anAnswer(draft().messageId, 'Yes please.');
  await Promise.all([receive(mail), receive(mail)]);
  await card('interested');
  await receive(mail);
  await sweepAll(product().deps);
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(inTeam().filter((message) => textOf(message).includes('Understood as'))).toHaveLength(1);
});

test('Draft Answer: a draft in the same thread of mails, to be approved like any other', async () => {
  await receive(anAnswer(draft().messageId, 'Yes please.', { 'Message-ID': '<from-dana@peatworks.example>' }));
  const message = await card('interested');
  await Promise.all([milo().click(message, ACTIONS.replyAnswer), product().sandbox.as(ANA).click(message, ACTIONS.replyAnswer)]);
  await product().sandbox.waitFor(() => inTeam().find(({ text }) => text.includes('waiting for approval')));
  const answer = await findOpenDraft(HOME, draft().companyId);
  expect(answer).toMatchObject({
    kind: 'answer',
    touch: 0,
    threadId: draft().threadId,
    status: 'waiting',
    contact: draft().contact,
    references: [draft().messageId, 'from-dana@peatworks.example'],
    answers: { text: 'Yes please.', understoodAs: 'interested', at: AT },
  });
  expect(await listAudit(HOME, { action: 'draft.start' })).toHaveLength(2);
});

test('they write again while an answer waits: its card and its confirmation say so, and it can still be approved', async () => {
  await receive(anAnswer(draft().messageId, 'Yes please.'));
  await milo().click(await card('interested'), ACTIONS.replyAnswer);
  const waiting = () => inTeam().find(({ text }) => text.includes('waiting for approval'));
  const before = await product().sandbox.waitFor(waiting);
  expect(textOf(before)).not.toContain('wrote again');
  const taken = await take(anAnswer(draft().messageId, 'On second thoughts, in March.', { 'Message-ID': '<second@peatworks.example>' }));
  await settleReplyJob.run({ workspaceId: HOME, replyId: taken?.reply.id ?? '' }, product().deps);
  const after = await product().sandbox.waitFor(() => [waiting()].find((one) => one && textOf(one).includes('They wrote again')));
  await milo().click(after, ACTIONS.draftApprove);
  await milo().submit(await modalSaying(MILO, 'They wrote again'));
  await product().sandbox.waitFor(async () => (await findOpenDraft(HOME, draft().companyId))?.status === 'approved');
});

test('Draft Answer to a colleague who wrote instead goes to the colleague', async () => {
  await receive(anAnswer(draft().messageId, 'Yes please.', { From: 'Kim Moss <kim@peatworks.example>' }));
  await milo().click(await card('Kim Moss'), ACTIONS.replyAnswer);
  await product().sandbox.waitFor(() => inTeam().find(({ text }) => text.includes('waiting for approval')));
  expect((await findOpenDraft(HOME, draft().companyId))?.contact).toMatchObject({
    name: 'Kim Moss',
    email: 'kim@peatworks.example',
    basis: 'given',
  });
});

test('Make Partner: a form filled with what is known, a record, out of every list, and the thread ends', async () => {
  await receive(anAnswer(draft().messageId, 'Yes please.'));
  await milo().click(await card('interested'), ACTIONS.replyPartner);
  await milo().submit(await modalSaying(MILO, 'peatworks.example'), { types: ['technology'] });
  const contact = await modalSaying(MILO, 'Who is your main contact there?');
  expect(JSON.stringify(contact)).toContain('dana@peatworks.example');
  await milo().submit(contact, { role: 'leadership' });
  const settled = await card('Partner, says', 'Open Partner');
  expect((await getCompany(HOME, draft().companyId)).decision).toMatchObject({ kind: 'partner', by: MILO });
  expect(await findPartnerOfCompany(HOME, draft().companyId)).toMatchObject({
    ...{ name: 'Peatworks', status: 'invited', owner: MILO, types: ['technology'] },
    people: [{ name: 'Dana Reed', email: 'dana@peatworks.example', role: 'leadership' }],
  });
  const answered = (words: string) =>
    product().sandbox.waitFor(() =>
      product()
        .sandbox.messages({ as: MILO, channel: GENERAL })
        .find((one) => (one.text + textOf(one)).includes(words)),
    );
  await milo().command(GENERAL, '/partners list');
  expect(textOf(await answered('andidates'))).not.toContain('Peatworks');
  await milo().click(settled, ACTIONS.companyPartner);
  await modalSaying(MILO, 'Dana Reed');
});

test('an opt-out closes the card of what waited, and offers nothing more', async () => {
  const followUp = await startFollowUp(HOME, draft().threadId, addDays(AT, 5));
  await receive(anAnswer(draft().messageId, 'Stop'));
  const message = await card('They get nothing more from us');
  expect(actionsOf(message)).toEqual([ACTIONS.replyCorrect]);
  await product().sandbox.waitFor(() => inTeam().find((one) => textOf(one).includes('Closed: they want nothing more')));
  expect(await getDraft(HOME, followUp?.id ?? '')).toMatchObject({ status: 'rejected' });
});

test('Silence This Person and Silence the Company', async () => {
  await receive(anAnswer(draft().messageId, 'Who are you?'));
  await milo().click(await card('not clear'), ACTIONS.replySilencePerson);
  const message = await card('This person gets nothing from us any more');
  expect(await findSuppression(HOME, keysOfAddress('dana@peatworks.example'))).toMatchObject({
    kind: 'address',
    reason: 'asked-us',
    via: 'card',
    by: MILO,
  });
  await milo().click(message, ACTIONS.replySilenceCompany);
  await card('Asked not to be contacted');
  expect(await findSuppression(HOME, keysOfCompany('peatworks.example'))).toMatchObject({
    kind: 'company',
    reason: 'asked-us',
    via: 'card',
  });
});

test('It Is Something Else: recorded, and what follows is done', async () => {
  await receive(anAnswer(draft().messageId, 'Who are you?'));
  await milo().click(await card('not clear'), ACTIONS.replyCorrect);
  const form = await modalSaying(MILO, 'What does the reply say');
  if (!form) throw new Error('no form');
  await milo().submit(form, { kind: 'opt-out' });
  await card('They get nothing more from us', `says <@${MILO}>`);
  expect(await findSuppression(HOME, keysOfAddress('dana@peatworks.example'))).toMatchObject({ reason: 'opt-out', by: MILO });
  expect(await listAudit(HOME, { action: 'reply.correct' })).toMatchObject([{ by: MILO, before: 'other', after: 'opt-out' }]);
});

const plainTextOf = (block: object) => ('text' in block && Object(block.text).type === 'plain_text' ? String(Object(block.text).text) : '');

test('a long mail: as much as fits, said, and the whole in a modal of pages', async () => {
  const words = Array.from({ length: 6000 }, (_, n) => `word${n}`).join(' ');
  await receive(anAnswer(draft().messageId, words));
  const message = await card('more characters');
  await milo().click(message, ACTIONS.replyShow);
  let view = await modalSaying(MILO, 'page 1 of');
  let read = '';
  for (let page = 1; ; page++) {
    read += (view?.blocks ?? []).map(plainTextOf).join('');
    const next = JSON.stringify(view).includes('Next Page');
    if (!next || !view) break;
    await milo().click(view, ACTIONS.replyShow, {
      blockId: JSON.stringify(view).includes('Page Before') ? `page:${page - 1}:b` : `page:${page - 1}:a`,
    });
    view = await modalSaying(MILO, `page ${page + 1} of`);
  }
  for (const word of ['word0 ', 'word2999 ', 'word5999']) expect(read).toContain(word);
});

test.each<[string, () => Buffer, ReplyKind, string]>([
  ['a bounce', () => aBounce({ messageId: draft().messageId }), 'bounce', 'There is no such mailbox'],
  ['a delay', () => aBounce({ messageId: draft().messageId, action: 'delayed', status: '4.4.1' }), 'bounce', 'nothing was changed'],
  ['a complaint', () => aComplaint({ messageId: draft().messageId }), 'complaint', 'told their mail provider that our mail is spam'],
  [
    'a receipt',
    () => aBounce({ messageId: draft().messageId, action: 'delivered', status: '2.0.0' }),
    'receipt',
    'Our message arrived, says their mail server',
  ],
  [
    'an absence',
    () => anAnswer(draft().messageId, 'I am out of office until 7 December 2026.', { 'Auto-Submitted': 'auto-replied' }),
    'out-of-office',
    'Nothing is planned before 8 December 2026',
  ],
  ['a no', () => anAnswer(draft().messageId, 'No thanks.'), 'no', 'by: “No thanks.”'],
])('%s is shown with its next step', async (_name, mailOf, kind, words) => {
  await receive(mailOf());
  await card(words);
  expect(await listReplies(HOME, draft().threadId)).toMatchObject([{ kind }]);
});
