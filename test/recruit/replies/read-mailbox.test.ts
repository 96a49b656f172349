import { addMinutes } from 'date-fns';
import mongoose from 'mongoose';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkMailbox, createReadMailbox } from '../../../src/recruit/mail/imap.ts';
import type { MailboxPlace, MailboxVisitor } from '../../../src/recruit/mail/mail.ts';
import { readMailbox } from '../../../src/recruit/replies/read-mailbox.ts';
import type { Reply } from '../../../src/recruit/replies/reply.ts';
import { listReplies } from '../../../src/recruit/replies/reply-repository.ts';
import { AT, HOME } from '../../support/builders.ts';
import { type Dovecot, hasDovecot, startDovecot } from '../../support/dovecot.ts';
import { aBounce, aMail, anAnswer } from '../../support/mails.ts';
import { useMongo } from '../../support/mongo.ts';
import { aSentDraft } from '../../support/sent.ts';

useMongo();
let server: Dovecot;
/** The mail server stamps mails with its own clock, which is not ours. */
let clock = new Date();
const now = () => clock;
const deaf = { onReply: async () => undefined, onAmbiguous: () => undefined, onPassed: () => undefined };

/** One visit, as the job makes it; the replies it took. */
async function visit(url = server.url): Promise<{ replies: Reply[]; problem: unknown; turn: boolean }> {
  const mailbox = createReadMailbox(url);
  if (!mailbox) throw new Error('no mailbox');
  const replies: Reply[] = [];
  const done = await readMailbox(mailbox, now, { ...deaf, onReply: async (reply) => void replies.push(reply) });
  return { replies, problem: done?.problem ?? null, turn: done !== null };
}

(hasDovecot() ? describe : describe.skip)('a real IMAP server', () => {
  beforeEach(async () => {
    clock = new Date();
    server = await startDovecot();
  });
  afterEach(() => server.stop());

  test('takes what answers ours and leaves everything else alone, flags included', async () => {
    const draft = await aSentDraft();
    await server.deliver(aMail('Buy this', { From: 'shop@elsewhere.example' }));
    await server.deliver(anAnswer(draft.messageId, 'Yes please.'));
    await server.deliver(aMail('News. Unsubscribe', { From: 'news@elsewhere.example', 'List-Id': '<news>' }));
    await server.deliver(aBounce({ messageId: draft.messageId, action: 'delayed', status: '4.4.1' }));
    const { replies, problem } = await visit();
    expect(problem).toBeNull();
    expect(replies.map(({ kind }) => kind).sort()).toEqual(['bounce', 'interested']);
    expect(await listReplies(HOME, draft.threadId)).toHaveLength(2);
    // No letter after `:2,`: nothing was seen, answered, flagged or deleted.
    for (const file of await server.files()) expect(file).not.toMatch(/:2,.+/);
    expect(await server.files()).toHaveLength(4);
  });

  test('goes on where it stopped, and reads what came since', async () => {
    const draft = await aSentDraft();
    await server.deliver(anAnswer(draft.messageId, 'Yes please.'));
    expect((await visit()).replies).toHaveLength(1);
    expect((await visit()).replies).toEqual([]);
    await server.deliver(anAnswer(draft.messageId, 'And another thing.'));
    expect((await visit()).replies).toMatchObject([{ text: 'And another thing.' }]);
    expect(await listReplies(HOME, draft.threadId)).toHaveLength(2);
  });

  test('more mails than one batch, and one far too large', async () => {
    const draft = await aSentDraft();
    for (let n = 0; n < 120; n++)
      await server.deliver(n % 10 === 0 ? anAnswer(draft.messageId, `Question ${n}?`) : aMail('x', { From: `s${n}@elsewhere.example` }));
    await server.deliver(anAnswer(draft.messageId, `Long.\n${'x'.repeat(70)}\n`.repeat(170_000)));
    expect((await visit()).replies).toHaveLength(13);
    const replies = await listReplies(HOME, draft.threadId);
    expect(replies.filter(({ isCut }) => isCut)).toHaveLength(1);
  });

  test('of a mail over 10 MB the text is read, and the cut is said', async () => {
    const draft = await aSentDraft();
    const parts = '--B\nContent-Type: text/plain\n\nstop\n--B\nContent-Type: application/pdf\nContent-Disposition: attachment\n\n';
    const mail = aMail(parts, { 'In-Reply-To': `<${draft.messageId}>`, 'Content-Type': 'multipart/mixed; boundary=B' });
    await server.deliver(Buffer.concat([mail, Buffer.from(`${'x'.repeat(76)}\r\n`.repeat(140_000))]));
    expect((await visit()).replies).toMatchObject([{ kind: 'opt-out', text: 'stop', isCut: true }]);
  });

  test('two readers at the same moment: one has it, and each mail is one reply', async () => {
    const draft = await aSentDraft();
    for (let n = 0; n < 8; n++) await server.deliver(anAnswer(draft.messageId, `Question ${n}?`));
    const visits = await Promise.all([visit(), visit(), visit()]);
    expect(visits.filter(({ turn }) => turn)).toHaveLength(1);
    expect(await listReplies(HOME, draft.threadId)).toHaveLength(8);
  });

  test('a reader that died lets go after a while; one that lost the mailbox stops', async () => {
    const draft = await aSentDraft();
    await server.deliver(anAnswer(draft.messageId, 'Yes please.'));
    const mailbox = createReadMailbox(server.url);
    if (!mailbox) throw new Error('no mailbox');
    // It claims, and never comes back.
    void readMailbox({ name: mailbox.name, read: () => new Promise(() => undefined) }, now, deaf);
    while ((await mongoose.connection.collection('mailboxes').countDocuments()) === 0)
      await new Promise((resolve) => setTimeout(resolve, 10));
    expect((await visit()).turn).toBe(false);
    clock = addMinutes(clock, 4);
    expect((await visit()).replies).toHaveLength(1);
  });

  test('the server numbers its mails anew: they are read again and nothing is doubled', async () => {
    const draft = await aSentDraft();
    await server.deliver(anAnswer(draft.messageId, 'Yes please.'));
    await visit();
    await mongoose.connection.collection('mailboxes').updateMany({}, { $set: { validity: '1', lastUid: 4_000_000 } });
    await server.deliver(anAnswer(draft.messageId, 'Another thing.'));
    await visit();
    expect(await listReplies(HOME, draft.threadId)).toHaveLength(2);
  });

  test('a wrong password, a folder that is none: said, tried again later and later, without a secret', async () => {
    await aSentDraft();
    const wrong = server.url.replace(/:[^:@]+@/, ':wrong@');
    const { problem } = await visit(wrong);
    expect(String(problem)).not.toBe('null');
    expect(JSON.stringify(problem, Object.getOwnPropertyNames(Object(problem)))).not.toContain('wrong');
    expect((await visit(wrong)).turn).toBe(false);
    clock = addMinutes(clock, 1);
    expect((await visit(wrong)).turn).toBe(true);
    clock = addMinutes(clock, 1);
    expect((await visit(wrong)).turn).toBe(false);
    expect((await visit(server.url.replace('/INBOX', '/None'))).problem).not.toBeNull();
    expect(await checkMailbox(server.url)).toEqual({ mails: 0 });
  });

  test('without encryption nothing is said to a server elsewhere', async () => {
    const { problem } = await visit(server.url.replace('127.0.0.1', '127.0.0.2'));
    expect(problem).toMatchObject({ message: expect.stringMatching(/STARTTLS/i) });
  });
});

describe('what fails', () => {
  let isAway = false;
  let failing = '';
  const passed: number[] = [];
  const texts: string[] = [];
  const mails = new Map<number, Buffer>();
  const mailbox = {
    name: 'prm@mail.example/INBOX',
    read: async (from: MailboxPlace | null, { wants, take, reached }: MailboxVisitor) => {
      if (isAway) throw new Error('no connection');
      for (const [uid, mail] of [...mails].filter(([one]) => one > (from?.lastUid ?? 0))) {
        const there = { place: { validity: '1', lastUid: uid }, receivedAt: clock };
        if (await wants(mail.subarray(0, mail.indexOf('\r\n\r\n')), there)) await take(mail, there);
        await reached(there.place);
      }
    },
  };
  const onReply = async ({ text }: Reply) => {
    if (text === failing) throw new Error('the database is away');
    texts.push(text);
  };
  /** One visit, as soon as it may be. */
  const again = async () => {
    clock = addMinutes(clock, 31);
    return readMailbox(mailbox, now, { ...deaf, onReply, onPassed: (uid) => void passed.push(uid) });
  };

  beforeEach(async () => {
    const { messageId } = await aSentDraft();
    clock = AT;
    isAway = false;
    failing = '';
    passed.length = 0;
    texts.length = 0;
    mails.clear();
    ['One?', 'Two?', 'Three?'].forEach((text, n) => void mails.set(n + 1, anAnswer(messageId, text)));
  });

  test('a long outage is held against no mail', async () => {
    isAway = true;
    for (let n = 0; n < 20; n++) expect(await again()).toMatchObject({ problem: { message: 'no connection' }, uid: null });
    isAway = false;
    failing = 'Two?';
    expect(await again()).toMatchObject({ problem: { message: 'the database is away' }, uid: 2 });
    failing = '';
    expect(await again()).toEqual({ problem: null, uid: null });
    expect([texts, passed]).toEqual([['One?', 'Two?', 'Three?'], []]);
  });

  test('a mail that fails eight times itself is passed over; outages between count for nothing', async () => {
    failing = 'Two?';
    for (let n = 0; n < 7; n++) {
      expect(await again()).toMatchObject({ uid: 2 });
      isAway = true;
      expect(await again()).toMatchObject({ uid: null });
      isAway = false;
    }
    expect([texts, passed]).toEqual([['One?'], []]);
    expect(await again()).toEqual({ problem: null, uid: null });
    expect([texts, passed]).toEqual([['One?', 'Three?'], [2]]);
  });

  test('each mail has its own count', async () => {
    for (const [uid, text] of [...['One?', 'Two?', 'Three?'].entries()].map(([n, one]) => [n + 1, one] as const)) {
      failing = text;
      for (let n = 0; n < 7; n++) expect(await again()).toMatchObject({ uid });
    }
    failing = '';
    await again();
    expect([texts, passed]).toEqual([['One?', 'Two?', 'Three?'], []]);
  });
});

test('a server that is not there: said, and tried again', async () => {
  const { problem } = await visit('imap://a:b@127.0.0.1:9/INBOX');
  expect(problem).toMatchObject({ code: 'ECONNREFUSED' });
  expect(AT).toBeInstanceOf(Date);
});

test('no address, no mailbox', () => expect(createReadMailbox(undefined)).toBeNull());
