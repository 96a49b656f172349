import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { Sender } from '../../../src/programme/setup/programme.ts';
import { createComposeMail } from '../../../src/recruit/mail/compose-mail.ts';
import type { Mail, MailResult } from '../../../src/recruit/mail/mail.ts';
import { createSendMail } from '../../../src/recruit/mail/smtp.ts';
import { Contact, DraftText } from '../../../src/recruit/outreach/draft.ts';
import type { SandboxMail } from '../../sandbox/contract.ts';
import { startMailbox } from '../../sandbox/mailbox.ts';
import { AT, aContact } from '../../support/builders.ts';
import { type Reply, startOddSmtp } from '../../support/odd-smtp.ts';

const MAIL: Mail = {
  messageId: 'approval-1@larkspur.example',
  from: { name: 'Ana Alder', address: 'ana@larkspur.example' },
  to: { name: 'Dana Reed', address: 'dana@peatworks.example' },
  subject: 'Working together?',
  text: 'Hello Dana,\n\nwould you like to talk?\n\nAna',
  references: [],
  optOut: { url: null, mailto: 'mailto:ana@larkspur.example?subject=stop' },
  date: AT,
};

const compose = createComposeMail(null);
/** Composes a mail and hands it over without a second thought. */
const sendTo = (smtpUrl: string | undefined) => async (mail: Mail) =>
  createSendMail(smtpUrl)({ from: mail.from.address, to: mail.to.address }, await compose(mail), async () => true);

let close: () => Promise<unknown> = async () => null;
afterEach(() => close());

async function mailbox() {
  const kept: SandboxMail[] = [];
  const server = await startMailbox((mail) => kept.push(mail));
  close = server.close;
  return { ...server, kept, send: sendTo(server.url) };
}

describe('a server that is slow', () => {
  const envelope = { from: MAIL.from.address, to: MAIL.to.address };

  test.each(['EHLO', 'MAIL', 'RCPT', 'DATA'] as const)(
    'at %s, longer than the lease: put off, and never asked to hand over',
    async (moment) => {
      const server = await startOddSmtp({ [moment]: 'silence', HELO: 'silence' });
      close = server.close;
      let asked = 0;
      const sent = createSendMail(server.url, 300)(envelope, await compose(MAIL), async () => ++asked > 0);
      expect(await sent).toEqual({ outcome: 'retry', reason: 'the mail server was not ready in time' });
      expect([asked, server.messages]).toEqual([0, []]);
    },
  );

  test('once it is ready, the last look and its answer may take longer', async () => {
    const { url, kept } = await mailbox();
    const slowly = () => new Promise<boolean>((resolve) => setTimeout(resolve, 600, true));
    expect(await createSendMail(url, 300)(envelope, await compose(MAIL), slowly)).toMatchObject({ outcome: 'sent' });
    expect(kept).toHaveLength(1);
  });
});

describe('what a strange mail server makes of a mail', () => {
  type Case = [string, Parameters<typeof startOddSmtp>[0], MailResult['outcome'], hard?: boolean];
  const none: Reply = 'silence';
  const cases: Case[] = [
    ['it says no at the door', { connect: '554 go away' }, 'failed'],
    ['it hangs up at the door', { connect: 'hang up' }, 'retry'],
    ['it never greets', { connect: none }, 'retry'],
    ['it is busy', { EHLO: '421 later', HELO: '421 later' }, 'retry'],
    ['it refuses the sender', { MAIL: '553 not you' }, 'failed'],
    ['its disk is full', { MAIL: '452 no space' }, 'retry'],
    ['it knows no such mailbox', { RCPT: '550 nobody here' }, 'failed', true],
    ['it knows no such user', { RCPT: '553 <dana@peatworks.example>: unknown user' }, 'failed', true],
    ['it does not relay for us', { RCPT: '550 relay not permitted' }, 'failed'],
    ['it cannot verify the sender', { RCPT: '550 Sender verify failed' }, 'failed'],
    ['it finds us on a list', { RCPT: '550 203.0.113.7 is listed at bl.example' }, 'failed'],
    ['it is not in charge', { RCPT: '553 sorry, that domain is not in my list of allowed rcpthosts' }, 'failed'],
    ['it knows no such mailbox, by its code', { RCPT: '550 5.1.1 nobody here' }, 'failed', true],
    ['it closed the mailbox', { RCPT: '550 5.2.1 the account is disabled' }, 'failed', true],
    ['it dislikes our address', { RCPT: '550 5.1.8 bad sender' }, 'failed'],
    ['it dislikes us for its policy', { RCPT: '550 5.7.1 blocked by policy' }, 'failed'],
    ['its mailbox is full', { RCPT: '552 5.2.2 mailbox full' }, 'failed'],
    ['it greylists', { RCPT: '450 4.7.1 come back in five minutes' }, 'retry'],
    ['it hangs up at the recipient', { RCPT: 'hang up' }, 'retry'],
    ['it hangs up at the data', { DATA: 'hang up' }, 'retry'],
    ['it refuses the data', { DATA: '554 no mail today' }, 'failed'],
    ['it refuses the message', { message: '550 looks like spam' }, 'failed'],
    ['it asks to come back', { message: '451 later' }, 'retry'],
    ['it keeps the message', { message: '250 kept' }, 'sent'],
    ['it keeps the message and hangs up', { message: { last: '250 kept\r\n' } }, 'sent'],
    ['it hangs up after the message', { message: 'hang up' }, 'unknown'],
    ['it says nothing after the message', { message: none }, 'unknown'],
    ['it says half a refusal and hangs up', { message: { last: '45' } }, 'unknown'],
    ['it says nonsense after the message', { message: 'what?' }, 'unknown'],
    ['it wants more after the message', { message: '354 go on' }, 'unknown'],
  ];
  test.each(cases)('%s', async (_name, replies, outcome, hard = false) => {
    const server = await startOddSmtp(replies);
    close = server.close;
    const impatient = Object.values(replies).includes(none) ? '?greetingTimeout=500&socketTimeout=1000' : '';
    const result = await sendTo(server.url + impatient)(MAIL);
    expect(result.outcome).toBe(outcome);
    if (result.outcome === 'failed') expect(result.hard).toBe(hard);
    // Whatever happened is told in one line that fits on a card.
    if ('reason' in result) expect(result.reason).toMatch(/^[^\r\n]{5,300}$/);
    if (outcome === 'unknown') expect(server.messages).toHaveLength(1);
  });

  test('a server that is not there', async () => {
    const server = await startOddSmtp({});
    await server.close();
    close = async () => null;
    expect(await sendTo(server.url)(MAIL)).toEqual({ outcome: 'retry', reason: expect.stringContaining('ECONNREFUSED') });
  });

  test('no server at all', async () => {
    expect(await sendTo(undefined)(MAIL)).toEqual({ outcome: 'failed', reason: 'no mail server is connected', hard: false });
  });

  test('a password crosses no network unencrypted', async () => {
    const server = await startOddSmtp({ EHLO: '250-odd.example\r\n250 AUTH PLAIN LOGIN' });
    close = server.close;
    // 0.0.0.0 leads here, and is not one of the names of this machine.
    const result = await sendTo(`smtp://user:secret@0.0.0.0:${server.port}`)(MAIL);
    expect(result).toMatchObject({ outcome: 'failed', reason: expect.not.stringContaining('secret'), hard: false });
    expect(server.lines.filter((line) => line.startsWith('AUTH'))).toEqual([]);
    expect(server.messages).toEqual([]);
  });
});

describe('what arrives is what was approved', () => {
  test.each([
    ['Zoë Çelik-Łukasz', 'Grüße aus Zürich: 日本語 و العربية 🎉'],
    ['李小龍', 'Ünïcödé '.repeat(18).trim()],
    ['"Dana" <eve@elsewhere.example>, Eve', 'Bcc: eve@elsewhere.example'],
    ['Dana (the boss); Eve', '=?utf-8?B?ZXZl?= and “quotes”'],
  ])('%s', async (name, subject) => {
    const { kept, send } = await mailbox();
    const text = `Hello ${name},\n\n.\n..dots\nFrom here on\n${'long '.repeat(300)}\n日本語\n\nAna`;
    expect(await send({ ...MAIL, to: { ...MAIL.to, name }, subject, text })).toMatchObject({ outcome: 'sent' });
    const [mail] = kept;
    expect(mail?.subject).toBe(subject);
    expect(mail?.text.replace(/\r\n/g, '\n')).toBe(text);
    expect(mail?.headers['message-id']).toBe('<approval-1@larkspur.example>');
    expect(Object.keys(mail?.headers ?? {})).toEqual(expect.not.arrayContaining(['bcc', 'cc']));
    expect(mail?.to.match(/<[^>]*@[^>]*>/g)?.at(-1)).toBe('<dana@peatworks.example>');
  });

  test('no name and no subject adds a header or a recipient, whatever is in it', async () => {
    const server = await startOddSmtp({});
    close = server.close;
    const hostile = fc
      .array(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.constantFrom('\r\n', '\n', '\r', '\u2028', '\0', 'Bcc: eve@elsewhere.example', '\r\n\r\n.\r\n'),
        ),
      )
      .map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(hostile, hostile, async (name, subject) => {
        server.messages.length = 0;
        await sendTo(server.url)({ ...MAIL, to: { ...MAIL.to, name }, from: { ...MAIL.from, name }, subject });
        expect(server.messages).toHaveLength(1);
        const head = (server.messages[0] ?? '').split('\r\n\r\n')[0] ?? '';
        const names = head.split(/\r\n(?![ \t])/).map((line) => line.split(':')[0]);
        const allowed = [
          'From',
          'To',
          'Subject',
          'Message-ID',
          'Date',
          'MIME-Version',
          'Content-Type',
          'Content-Transfer-Encoding',
          'List-Unsubscribe',
        ];
        expect(names.filter((one) => !allowed.includes(one ?? ''))).toEqual([]);
      }),
      { numRuns: 60, seed: 4 },
    );
  });
});

test.each(['\n', '\r', '\r\n', '\nBcc: eve@elsewhere.example'])(
  'a line break in a name, an address or a subject is refused with a sentence: %j',
  (mark) => {
    const broken = `Dana${mark}Reed`;
    expect(Contact.safeParse(aContact({ name: broken })).error?.issues[0]?.message).toBe('Use one line');
    expect(Contact.safeParse(aContact({ email: `dana${mark}@peatworks.example` })).success).toBe(false);
    expect(Contact.safeParse(aContact({ email: `dana@peatworks.example${mark}x@y.example` })).success).toBe(false);
    const text = { subject: broken, body: 'A body that is long enough.' };
    expect(DraftText.safeParse(text).error?.issues[0]?.message).toBe('Use one line');
    const sender = { name: broken, address: 'ana@larkspur.example', postalAddress: '1 Harbour Street, London' };
    expect(Sender.safeParse(sender).error?.issues[0]?.message).toBe('Use one line');
    expect(Sender.safeParse({ ...sender, name: 'Ana', address: `ana@larkspur.example${mark}` }).success).toBe(false);
  },
);
