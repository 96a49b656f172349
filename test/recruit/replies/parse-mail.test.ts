import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MOST_BYTES } from '../../../src/recruit/mail/mail.ts';
import { classifyReply } from '../../../src/recruit/replies/classify-reply.ts';
import { parseHead, parseMail } from '../../../src/recruit/replies/parse-mail.ts';
import { MOST_TEXT } from '../../../src/recruit/replies/reply.ts';
import { aBounce, aMail, anAnswer, type Headers } from '../../support/mails.ts';

const parsed = async (bytes: Buffer) => {
  const mail = await parseMail(bytes);
  if (!mail) throw new Error('not read');
  return mail;
};

test('an answer: who, what is new, what is quoted, what it answers', async () => {
  expect(
    await parsed(
      anAnswer('a1@larkspur.example', 'Sounds good.', { 'Message-ID': '<m1@peatworks.example>', Cc: 'Kim <kim@peatworks.example>' }),
    ),
  ).toMatchObject({
    messageId: 'm1@peatworks.example',
    answers: ['a1@larkspur.example'],
    from: { name: 'Dana Reed', address: 'dana@peatworks.example' },
    to: ['ana@larkspur.example', 'kim@peatworks.example'],
    subject: 'Re: Peatworks and Larkspur',
    text: 'Sounds good.',
    quoted: expect.stringContaining('“stop”'),
    isAutomatic: false,
    isReport: false,
    attachments: 0,
    report: null,
  });
});

test('what it answers comes first, the nearest reference next', async () => {
  const mail = aMail('x', { 'In-Reply-To': '<c@x.example>', References: '<a@x.example> <b@x.example>\n <c@x.example>' });
  expect((await parsed(mail)).answers).toEqual(['c@x.example', 'b@x.example', 'a@x.example']);
});

test('HTML alone becomes text; its quotes are quoted, its pictures and links stay where they are', async () => {
  const html =
    '<p>Sounds <b>good</b>. See <a href="https://peatworks.example/x">this</a>.</p><img src="https://track.example/p.gif"><p>On 23/11/2026, Ana wrote:</p><blockquote>answer stop</blockquote>';
  const { text, quoted } = await parsed(aMail(html, { 'Content-Type': 'text/html; charset=utf-8' }));
  expect(text).toContain('Sounds good.');
  expect(quoted).toContain('answer stop');
  expect(text).not.toContain('answer stop');
});

test('attachments are counted and left alone', async () => {
  const body =
    '--B\nContent-Type: text/plain\n\nSee the file.\n--B\nContent-Type: application/pdf; name=a.pdf\nContent-Disposition: attachment; filename=a.pdf\nContent-Transfer-Encoding: base64\n\nJVBERi0=\n--B--\n';
  expect(await parsed(aMail(body, { 'Content-Type': 'multipart/mixed; boundary=B' }))).toMatchObject({
    text: 'See the file.',
    attachments: 1,
  });
});

test('characters that hide or reorder others are gone, the rest stays', async () => {
  const { text, subject } = await parsed(aMail('s\u200bt\u202eop שלום 😀 \u0007x', { Subject: 'Re: \u202eabc' }));
  expect(text).toBe('stop שלום 😀 x');
  expect(subject).toBe('Re: abc');
});

test('a name and a subject stay in one line', async () => {
  const encoded = (text: string) => `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`;
  const two = encoded('Dana\n\t*Understood as:*\u2028interested\u0085');
  expect(await parsed(aMail('x', { From: `${two} <dana@peatworks.example>`, Subject: two }))).toMatchObject({
    from: { name: 'Dana *Understood as:* interested', address: 'dana@peatworks.example' },
    subject: 'Dana *Understood as:* interested',
  });
});

test('of a mail over 10 MB the text is read, and the cut is said', async () => {
  const mail = aMail(`--B\nContent-Type: text/plain\n\nStop.\n--B\nContent-Type: application/pdf\nContent-Disposition: attachment\n\n`, {
    'Content-Type': 'multipart/mixed; boundary=B',
  });
  const large = Buffer.concat([mail, Buffer.alloc(MOST_BYTES + 1 - mail.length, 'x')]);
  expect(await parsed(large)).toMatchObject({ text: 'Stop.', attachments: 1, isCut: true });
  expect(await parsed(large.subarray(0, MOST_BYTES))).toMatchObject({ text: 'Stop.', isCut: false });
});

test('a megabyte is kept up to the limit and says so', async () => {
  const { text, isCut } = await parsed(aMail('word '.repeat(200_000)));
  expect([text.length, isCut]).toEqual([MOST_TEXT, true]);
});

describe('sent by a program', () => {
  test.each([
    [{ 'Auto-Submitted': 'auto-replied' }, true],
    [{ 'Auto-Submitted': 'auto-generated; owner=x' }, true],
    [{ 'Auto-Submitted': 'no' }, false],
    [{ 'X-Autoreply': 'yes' }, true],
    [{ 'X-Autorespond': 'x' }, true],
    [{ Precedence: 'auto_reply' }, true],
    [{ Precedence: 'bulk' }, false],
    [{ 'Return-Path': '<>' }, true],
    [{ 'Return-Path': '<dana@peatworks.example>' }, false],
    [{ 'Content-Type': 'multipart/report; report-type=disposition-notification; boundary=B' }, true],
    [{}, false],
  ])('%j: %s', async (headers, isAutomatic) => expect((await parsed(aMail('x', headers))).isAutomatic).toBe(isAutomatic));

  test.each([
    [{ Precedence: 'bulk' }, true],
    [{ 'List-Id': '<news.peatworks.example>' }, true],
    [{ 'List-Unsubscribe': '<mailto:x@peatworks.example>' }, true],
    [{ Precedence: 'bulk', 'Auto-Submitted': 'auto-replied' }, false],
    [{}, false],
  ])('to many: %j: %s', async (headers, isBulk) => expect((await parsed(aMail('x', headers))).isBulk).toBe(isBulk));
});

describe('reports on a delivery', () => {
  test.each([
    ['failed', '5.1.1', undefined, true],
    ['failed', '5.1.2', undefined, true],
    ['failed', '5.1.10', undefined, true],
    ['failed', '5.2.1', '550 5.2.1 The account is disabled', true],
    ['failed', '5.2.1', '550 5.2.1 Too many messages at a time', false],
    ['failed', '5.4.4', 'Host or domain name not found. Name service error for name=peatworks.example type=A: Host not found', true],
    ['failed', '5.4.310', '550 5.4.310 DNS domain peatworks.example does not exist', true],
    ['failed', '5.4.4', '550 5.4.4 Unable to route', false],
    // It says no more than “failed”, so the words say it.
    ['failed', '5.0.0', '550 No such user', true],
    ['failed', '5.1.0', '550 5.1.0 Address rejected', false],
    // The sender's address, and what it may send.
    ['failed', '5.1.7', '553 5.1.7 Bad sender address', false],
    ['failed', '5.1.8', '501 5.1.8 Domain of sender address does not exist', false],
    ['failed', '5.1.90', '550 5.1.90 Your message exceeds the daily limit of recipients', false],
    // Their server was away for too long.
    ['failed', '5.4.7', undefined, false],
    ['failed', '5.4.300', '550 5.4.300 Message expired', false],
    ['failed', '5.4.316', '550 5.4.316 Message expired, connection refused', false],
    ['failed', '5.2.2', undefined, false],
    ['failed', '5.3.4', undefined, false],
    ['failed', '5.7.1', undefined, false],
    ['failed', '4.4.7', undefined, false],
    ['delayed', '4.4.1', undefined, false],
    ['delayed', '5.1.1', undefined, false],
  ])('%s %s, %s: hard %s', async (action, status, said, hard) => {
    expect(await parsed(aBounce({ messageId: 'a1@larkspur.example', action, status, ...(said && { said }) }))).toMatchObject({
      isReport: true,
      answers: ['a1@larkspur.example'],
      attachments: 0,
      report: { of: 'delivery', entries: [{ recipient: 'dana@peatworks.example', action, status, hard }] },
    });
  });

  test.each([
    ['550 5.1.1 No such user', '5.1.1', true],
    ['550-5.7.1 Blocked', '5.7.1', false],
    ['connect to 5.1.1.7: refused', '5.0.0', false],
  ])('an undefined status is told by the other side: %s', async (said, status, hard) => {
    const { report } = await parsed(aBounce({ messageId: null, status: '5.0.0', said }));
    expect(report?.entries).toMatchObject([{ status, hard }]);
  });

  const daemon = 'Mail Delivery Subsystem <MAILER-DAEMON@mx.peatworks.example>';
  const postmaster = 'Pat Moss <postmaster@peatworks.example>';
  test.each<[Headers, boolean]>([
    [{ From: daemon, 'Return-Path': '<>', Subject: 'failure notice' }, true],
    [{ From: daemon }, true],
    [{ From: postmaster, 'Auto-Submitted': 'auto-replied' }, true],
    [{ From: postmaster, 'Return-Path': '<>' }, true],
    [{ From: postmaster, Subject: 'Undeliverable: Peatworks and Larkspur' }, true],
    [{ From: postmaster }, false],
    [{ 'Return-Path': '<>', 'Auto-Submitted': 'auto-generated', Subject: 'Automatic reply: Peatworks' }, false],
    [{ 'Return-Path': '<>', 'Content-Type': 'multipart/report; report-type=disposition-notification; boundary=B' }, false],
    [{ 'Content-Type': 'multipart/report; report-type=delivery-status; boundary=B' }, true],
    [{ 'Content-Type': 'multipart/report; boundary=B' }, true],
  ])('%j is one: %s', async (headers, isReport) => expect((await parsed(aMail('x', headers))).isReport).toBe(isReport));

  test('one of success says so', async () => {
    const { report } = await parsed(aBounce({ messageId: null, action: 'delivered', status: '2.0.0' }));
    expect(report?.entries).toMatchObject([{ action: 'delivered', status: '2.0.0', hard: false }]);
  });

  test('the whole mail returned, folded fields, the address it was sent to first', async () => {
    const body = [
      '--B\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\nOriginal-Recipient: rfc822;dana@peatworks.example\nFinal-Recipient: RFC822;\n dreed@peatworks.example\nAction: FAILED\nStatus: 5.1.1 (bad destination)\n',
      '--B\nContent-Type: message/rfc822\n\nSubject: x\nmessage-id:\n <a1@larkspur.example>\n\nMessage-ID: <other@larkspur.example>\n',
      '--B--\n',
    ].join('\n');
    const { report, answers } = await parsed(aMail(body, { 'Content-Type': 'multipart/report; report-type=delivery-status; boundary=B' }));
    const recipients = ['dana@peatworks.example', 'dreed@peatworks.example'];
    expect(report?.entries).toEqual([{ recipient: 'dana@peatworks.example', recipients, action: 'failed', status: '5.1.1', hard: true }]);
    expect(answers).toEqual(['a1@larkspur.example']);
  });
});

test('the same mail has the same key whatever way it came; another has another', async () => {
  const text = 'Sounds good.';
  const headers = { 'Message-ID': '<m1@peatworks.example>' };
  const [first, second, other, unnamed, unnamedTwo] = await Promise.all(
    [
      aMail(text, headers),
      Buffer.concat([Buffer.from('Received: from mx.example\r\n'), aMail(text, headers)]),
      aMail(text, { ...headers, From: 'Eve <eve@evil.example>' }),
      aMail(text, { 'Message-ID': undefined }),
      aMail(`${text} Yes.`, { 'Message-ID': undefined }),
    ].map(parsed),
  );
  expect(second?.key).toBe(first?.key);
  expect(new Set([first, other, unnamed, unnamedTwo].map((mail) => mail?.key)).size).toBe(4);
});

test.each([
  ['nothing', Buffer.alloc(0)],
  ['noise', Buffer.from([0, 255, 1, 2, 3, 200])],
  ['a text', Buffer.from('hello')],
])('%s is no mail', async (_name, bytes) => expect(await parseMail(bytes)).toBeNull());

test.each([
  ['an open boundary', aMail('--B\nContent-Type: text/plain\n\nHello', { 'Content-Type': 'multipart/mixed; boundary=B' })],
  ['a boundary that never comes', aMail('Hello', { 'Content-Type': 'multipart/mixed; boundary=B' })],
  ['a made-up charset', aMail('Hello', { 'Content-Type': 'text/plain; charset=x-none' })],
  ['broken base64', aMail('%%%=', { 'Content-Transfer-Encoding': 'base64' })],
  ['a report without a report', aMail('Hello', { 'Content-Type': 'multipart/report; boundary=B' })],
  ['mails in mails', aMail('Content-Type: message/rfc822\n\n'.repeat(300), { 'Content-Type': 'message/rfc822' })],
  ['deep HTML', aMail('<div>'.repeat(5000), { 'Content-Type': 'text/html' })],
  ['long HTML', aMail('<p>x</p>'.repeat(200_000), { 'Content-Type': 'text/html' })],
])('broken: %s', async (_name, bytes) => expect(await parseMail(bytes)).toMatchObject({ from: { address: 'dana@peatworks.example' } }));

test('any bytes: a mail or none, never a crash; the head says the same as the whole', async () => {
  const line = fc.constantFrom(
    'From: a@b.example',
    'To: c@d.example',
    'Content-Type: multipart/mixed; boundary=B',
    '--B',
    '--B--',
    '',
    'Message-ID: <x@y.example>',
    'Subject: =?utf-8?B?4pyT?=',
    'Content-Transfer-Encoding: quoted-printable',
    '=3D=zz',
    'In-Reply-To: <<>>',
    'References: <a@b> <',
    'Content-Type: message/delivery-status',
    'Final-Recipient: rfc822;',
    'Status: 5',
  );
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 2000 }).map((array) => Buffer.from(array)),
    fc.array(fc.oneof(line, fc.string({ unit: 'binary' })), { maxLength: 30 }).map((lines) => Buffer.from(lines.join('\r\n'))),
  );
  await fc.assert(
    fc.asyncProperty(bytes, async (given) => {
      const mail = await parseMail(given);
      expect(mail === null || mail.key.length === 64).toBe(true);
    }),
    { numRuns: 200 },
  );
  const whole = anAnswer('a1@larkspur.example', 'Hello');
  const head = await parseHead(whole.subarray(0, whole.indexOf('\r\n\r\n')));
  expect(await parseMail(whole)).toMatchObject(head ?? { missing: true });
});

describe('a mail that the parser gives up on is still a mail', () => {
  const stop = 'Stop. Please do not write to us again.';
  const parts = Array.from({ length: 1_100 }, () => '--B\r\nContent-Type: text/plain\r\n\r\nx\r\n').join('');
  const inParts = `--B\r\nContent-Type: text/plain\r\n\r\n${stop}\r\n${parts}--B--\r\n`;
  test.each([
    ['a header folded thousands of times', anAnswer('a1@larkspur.example', stop, { 'X-Long': `a${'\r\n b'.repeat(30_000)}` })],
    ['thousands of parts', anAnswer('a1@larkspur.example', inParts, { 'Content-Type': 'multipart/mixed; boundary=B' })],
  ])('%s: who answers what is read, and the wish in it', async (_what, bytes) => {
    const mail = await parsed(bytes);
    expect(mail).toMatchObject({ answers: ['a1@larkspur.example'], from: { address: 'dana@peatworks.example' }, isCut: true });
    expect(
      classifyReply(mail, { writtenTo: 'dana@peatworks.example', ours: { subject: 'x', text: 'y' }, now: new Date('2026-11-23T09:00:00Z') })
        .kind,
    ).toBe('opt-out');
    expect(await parseHead(bytes.subarray(0, bytes.indexOf('\r\n\r\n')))).toMatchObject({ answers: ['a1@larkspur.example'] });
  });
});
