import { expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { auditEntry } from '../../src/audit/audit.ts';
import { listPartners } from '../../src/companies/save-decision.ts';
import { startAnswer } from '../../src/outreach/start-answer.ts';
import { correctReply } from '../../src/replies/correct-reply.ts';
import type { Reply } from '../../src/replies/reply.ts';
import * as replies from '../../src/replies/reply-repository.ts';
import { settleReply } from '../../src/replies/settle-reply.ts';
import { silenceSender } from '../../src/replies/silence-sender.ts';
import { takeMail } from '../../src/replies/take-mail.ts';
import { AT, anActor, HOME, mia, pia } from '../support/builders.ts';
import { anAnswer } from '../support/mails.ts';
import { useMongo } from '../support/mongo.ts';
import { aSentDraft } from '../support/sent.ts';

useMongo();
const OTHER = 'T0OTHER';
const eve = anActor({ workspaceId: OTHER, userId: 'U0EVE' });
const entry = auditEntry({ workspaceId: OTHER, by: 'U0EVE', at: AT, action: 'reply.correct', subject: 'reply:x' });

async function aTakenReply(): Promise<Reply> {
  const draft = await aSentDraft();
  const taken = await takeMail(
    anAnswer(draft.messageId, 'Who are you?'),
    AT,
    () => AT,
    () => undefined,
  );
  if (!taken) throw new Error('not taken');
  return taken.reply;
}

async function stored(): Promise<string> {
  const all = await Promise.all(
    Object.values(mongoose.models).map((model) =>
      model
        .find({ workspaceId: { $ne: OTHER } })
        .sort({ _id: 1 })
        .lean<object[]>(),
    ),
  );
  return JSON.stringify(all);
}

const incoming = ({ threadId, from, text, kind, messageId, receivedAt }: Reply) => ({
  threadId,
  from,
  text,
  understoodAs: kind,
  messageId,
  receivedAt,
});
const said = (code: string) => ({ name: 'Refusal', code });

test('every function of the repository and every use case, called from another workspace with the right ids: nothing', async () => {
  const reply = await aTakenReply();
  const theirs = { ...reply, workspaceId: OTHER };
  const before = await stored();
  expect(await replies.findReply(OTHER, reply.id)).toBeNull();
  await expect(replies.getReply(OTHER, reply.id)).rejects.toMatchObject(said('reply-unknown'));
  expect(await replies.listReplies(OTHER, reply.threadId)).toEqual([]);
  expect(await replies.markSettled(theirs, AT)).toBeNull();
  expect(await replies.correctKind(theirs, 'opt-out', entry)).toBeNull();
  expect(await listPartners(OTHER)).toEqual([]);
  await expect(settleReply(OTHER, reply.id, AT)).rejects.toMatchObject(said('reply-unknown'));
  await expect(correctReply(eve, reply.id, 'opt-out', AT)).rejects.toMatchObject(said('reply-unknown'));
  await expect(silenceSender(eve, reply.id, AT)).rejects.toMatchObject(said('reply-unknown'));
  await expect(startAnswer(eve, incoming(reply), AT)).rejects.toMatchObject(said('thread-unknown'));
  expect(await stored()).toBe(before);
});

test.each([
  ['a colleague without a role', mia, 'role-needed'],
  ['a person of another company', pia, 'internal-only'],
])('%s does nothing of it', async (_name, actor, code) => {
  const reply = await aTakenReply();
  await expect(correctReply(actor, reply.id, 'opt-out', AT)).rejects.toMatchObject(said(code));
  await expect(silenceSender(actor, reply.id, AT)).rejects.toMatchObject(said(code));
  await expect(startAnswer(actor, incoming(reply), AT)).rejects.toMatchObject(said(code));
  expect(await replies.getReply(HOME, reply.id)).toEqual(reply);
});
