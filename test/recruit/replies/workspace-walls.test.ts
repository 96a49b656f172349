import { beforeEach, expect, test } from 'vitest';
import { listPartners } from '../../../src/programme/companies/company-repository.ts';
import { startAnswer } from '../../../src/recruit/outreach/start-answer.ts';
import { correctReply, silenceSender } from '../../../src/recruit/replies/act-on-reply.ts';
import type { Reply } from '../../../src/recruit/replies/reply.ts';
import * as replies from '../../../src/recruit/replies/reply-repository.ts';
import { settleReply } from '../../../src/recruit/replies/settle-reply.ts';
import { AT, anActor, HOME, mia, pia } from '../../support/builders.ts';
import { anAnswer } from '../../support/mails.ts';
import { useMongo } from '../../support/mongo.ts';
import { aSentDraft } from '../../support/sent.ts';
import { take } from '../../support/take.ts';
import { type Calls, entry, OTHER, testWalls } from '../../support/walls.ts';

useMongo();
const eve = anActor({ workspaceId: OTHER, userId: 'U0EVE' });
const caught = (error: unknown) => error;
const said = (code: string) => ({ name: 'Refusal', code });

let reply: Reply;
/** Our reply as somebody of the other workspace would name it. */
let theirs: Reply;
beforeEach(async () => {
  const draft = await aSentDraft();
  const taken = await take(anAnswer(draft.messageId, 'Who are you?'));
  if (!taken) throw new Error('not taken');
  reply = taken.reply;
  theirs = { ...reply, workspaceId: OTHER };
});

const incoming = () => {
  const { threadId, from, text, kind, messageId, receivedAt } = reply;
  return { threadId, from, text, understoodAs: kind, messageId, receivedAt };
};

const calls: Calls = {
  replies: {
    insertReply: [() => replies.insertReply(theirs, 'key', entry).catch(caught), { code: 11000 }],
    findReply: [() => replies.findReply(OTHER, reply.id), null],
    getReply: [() => replies.getReply(OTHER, reply.id).catch(caught), said('reply-unknown')],
    listReplies: [() => replies.listReplies(OTHER, reply.threadId), []],
    listRepliesTo: [() => replies.listRepliesTo(OTHER, [{ id: reply.draftId, threadId: reply.threadId }]), []],
    listRepliedCompanies: [() => replies.listRepliedCompanies(OTHER, [String(reply.companyId)]), []],
    findLastHeard: [() => replies.findLastHeard(OTHER, reply.companyId), null],
    markTold: [() => replies.markTold(OTHER, reply.id), undefined],
    findRepliesDue: [() => replies.findRepliesDue(OTHER, reply.companyId), []],
    settleRepliesDue: [async () => replies.settleRepliesDue(OTHER, await replies.findRepliesDue(HOME, reply.companyId)), undefined],
    countReplies: [() => replies.countReplies(OTHER), []],
    markSettled: [() => replies.markSettled(theirs, AT), null],
    noteUnderstanding: [
      () => replies.noteUnderstanding(theirs, { kind: 'no', sentence: 'No', laterUntil: null, namedContact: null }, entry),
      null,
    ],
    correctKind: [() => replies.correctKind(theirs, { kind: 'opt-out', laterUntil: null }, entry), null],
  },
  'use cases': {
    listPartners: [() => listPartners(OTHER), []],
    settleReply: [() => settleReply(OTHER, reply.id, AT).catch(caught), said('reply-unknown')],
    correctReply: [() => correctReply(eve, reply.id, 'opt-out', AT).catch(caught), said('reply-unknown')],
    silenceSender: [() => silenceSender(eve, reply.id, AT).catch(caught), said('reply-unknown')],
    startAnswer: [() => startAnswer(eve, incoming(), AT).catch(caught), said('thread-unknown')],
  },
};

testWalls(calls, { replies });

test.each([
  ['a colleague without a role', mia, 'role-needed'],
  ['a person of another company', pia, 'internal-only'],
])('%s does nothing of it', async (_name, actor, code) => {
  await expect(correctReply(actor, reply.id, 'opt-out', AT)).rejects.toMatchObject(said(code));
  await expect(silenceSender(actor, reply.id, AT)).rejects.toMatchObject(said(code));
  await expect(startAnswer(actor, incoming(), AT)).rejects.toMatchObject(said(code));
  expect(await replies.getReply(HOME, reply.id)).toEqual(reply);
});
