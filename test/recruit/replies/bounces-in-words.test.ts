import { describe, expect, test } from 'vitest';
import { classifyReply } from '../../../src/recruit/replies/classify-reply.ts';
import { readMail, understandMail } from '../../../src/recruit/replies/mail-reader.ts';
import { parseMail } from '../../../src/recruit/replies/parse-mail.ts';
import { aMail, type Headers } from '../../support/mails.ts';
import { NOW, OURS } from '../../support/understood.ts';

/** Bounces without a part for programs, as mail servers and providers in several languages word them. */

const DANA = 'dana@peatworks.example';
const DAEMON: Headers = { From: 'MAILER-DAEMON@mx.peatworks.example', 'Return-Path': '<>', Subject: 'failure notice' };
const POSTMASTER: Headers = { From: 'postmaster@peatworks.example', 'Return-Path': '<>', Subject: 'Undeliverable: Peatworks and Larkspur' };
const COPY = `Received: by mx\nMessage-ID: <a1@larkspur.example>\nFrom: ana@larkspur.example\nTo: ${DANA}\n\nHello Dana,\n\nShall we talk?`;

async function read(text: string, headers: Headers) {
  const mail = await parseMail(aMail(text, headers));
  if (!mail) throw new Error('it is a mail');
  return classifyReply(mail, { ours: OURS, writtenTo: DANA, now: NOW });
}

type Row = [name: string, hard: boolean, status: string, text: string, headers?: Headers];
test.each<Row>([
  [
    'Postfix',
    true,
    '5.1.1',
    `<${DANA}>: host mx said: 550 5.1.1\n    <${DANA}>: Recipient address rejected: User unknown in relay\n    recipient table\n\n${COPY}`,
  ],
  [
    'Postfix, no domain',
    true,
    '',
    `<${DANA}>: Host or domain name not found. Name service error for name=peatworks.example type=A: Host not found`,
  ],
  [
    'Postfix, later',
    false,
    '4.2.0',
    `Your message could not be delivered for 4 hours. It will be retried.\n\n<${DANA}>: host mx said: 450 4.2.0 <${DANA}>: Recipient address rejected: Greylisted`,
  ],
  [
    'Sendmail',
    true,
    '5.1.1',
    `   ----- The following addresses had permanent fatal errors -----\n<${DANA}>\n    (reason: 550 5.1.1 <${DANA}>... User unknown)\n\n   ----- Transcript of session follows -----\n<<< 503 5.0.0 Need RCPT (recipient)`,
  ],
  [
    'Sendmail, a warning',
    false,
    '',
    `THIS IS A WARNING MESSAGE ONLY\n<${DANA}>... Deferred: Connection timed out\nWill keep trying until message is 5 days old`,
  ],
  [
    'Exim, no route',
    true,
    '',
    `The following address(es) failed:\n\n  ${DANA}\n    Unrouteable address\n\n------ This is a copy of the message. ------\n\n${COPY}`,
  ],
  ['Exim, full', false, '', `The following address(es) failed:\n\n  ${DANA}\n    mailbox is full: retry timeout exceeded`],
  ['Exim, 550 with words', true, '', `  ${DANA}\n    SMTP error from remote mail server after RCPT TO:<${DANA}>:\n    550 unknown user`],
  [
    'Exim, 550 for spam',
    false,
    '',
    `  ${DANA}\n    SMTP error from remote mail server after end of data:\n    550 Message rejected as spam by content filter`,
  ],
  ['a block list', false, '5.7.1', `  ${DANA}\n    550 5.7.1 Service unavailable; client [203.0.113.40] blocked`],
  ['a version is no status', true, '', `Exim 4.94.2 and Postfix 2.11.3 at mx\n<${DANA}>: mailbox not found`],
  ['qmail, no host', true, '5.1.2', `<${DANA}>:\nSorry, I couldn't find any host named peatworks.example. (#5.1.2)`],
  [
    'qmail, refused',
    true,
    '',
    `<${DANA}>:\n192.0.2.3 does not like recipient.\nRemote host said: 550 ${DANA}... No such user\nGiving up on 192.0.2.3.`,
  ],
  [
    'Exchange',
    true,
    '5.1.1',
    `did not reach the following recipient(s):\n\n${DANA} on Mon, 16 Nov 2026\n    The e-mail account does not exist at the organization.\n        <mx.peatworks.example #5.1.1>`,
    POSTMASTER,
  ],
  [
    'Exchange, full',
    false,
    '5.2.2',
    `${DANA}\nThe recipient's mailbox is full and can't accept messages now.\n\n${DANA}\nRemote Server returned '554 5.2.2 mailbox full'\n\nOriginal message headers:\n\n${COPY}`,
    POSTMASTER,
  ],
  [
    'Exchange in German',
    true,
    '5.1.1',
    `Fehler bei der Nachrichtenzustellung an folgende Empfänger:\n\n${DANA}\n#550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##`,
    { ...POSTMASTER, Subject: 'Unzustellbar: x' },
  ],
  [
    'Gmail',
    true,
    '',
    `Your message wasn't delivered to ${DANA} because the address couldn't be found, or is unable to receive mail.`,
    { ...DAEMON, 'X-Failed-Recipients': DANA },
  ],
  ['Gmail, a closed account', true, '5.2.1', `     ${DANA}\n\n550 5.2.1 The email account that you tried to reach is disabled.`],
  ['Yahoo, a closed account', true, '', `<${DANA}>:\n554: delivery error: dd This account has been disabled or discontinued [#102].`],
  ['Yahoo, a user that is none', true, '', `<${DANA}>:\nThis user doesn't have a peatworks.example account (${DANA}) [0]`],
  [
    'GMX, full',
    false,
    '',
    `"${DANA}":\nSMTP error from remote server after RCPT command:\nQuota exceeded. The recipients mailbox is full.`,
  ],
  ['Domino', true, '', `was not delivered to:\n\n  ${DANA}\n\nbecause:\n\n  User dana (${DANA}) not listed in Domino Directory`],
  [
    'GroupWise',
    true,
    '',
    `The attached file had the following undeliverable recipient(s):\n\t${DANA}\n\tResponse: 550 ${DANA} is not a valid mailbox`,
  ],
  ['a wall against spam', false, '', `Your message to: ${DANA}\nwas blocked by our Spam Firewall and has NOT BEEN DELIVERED.`, POSTMASTER],
  [
    'a gateway, busy',
    false,
    '',
    `could not be delivered:\n-- ${DANA}\n\nThe problem appears to be :\n-- Recipient server unavailable or busy`,
    POSTMASTER,
  ],
  ['the sender refused', false, '', `<${DANA}>: 550 Sender address rejected: Domain not found`],
  ['an error nobody knows', false, '', `Unable to deliver to address ${DANA}: unknown error`],
  ['no connection', false, '', `<${DANA}>: connect to mx[192.0.2.2]:25: Connection refused`],
  ['too large', false, '', `<${DANA}>: message size exceeds size limit of server`],
  ['German', true, '', `Ihre Nachricht konnte nicht zugestellt werden.\n\n${DANA}: Das Postfach existiert nicht.`],
  ['German, full', false, '', `Ihre Nachricht an ${DANA} konnte nicht zugestellt werden, weil das Postfach des Empfängers voll ist.`],
  ['French', true, '', `Votre message n'a pas pu être remis à ${DANA}.\nL'adresse du destinataire est inconnue.`],
  ['Spanish', true, '', `No se pudo entregar el mensaje a ${DANA} porque el buzón no existe.`],
  ['Italian', true, '', `Il messaggio per ${DANA} non è stato consegnato: utente sconosciuto.`],
  ['Portuguese', true, '', `A mensagem para ${DANA} não pôde ser entregue: usuário desconhecido.`],
  ['Dutch', true, '', `Uw bericht aan ${DANA} kon niet worden bezorgd: de mailbox bestaat niet.`],
  ['Polish', true, '', `Wiadomość do ${DANA} nie została dostarczona: użytkownik nie istnieje.`],
  ['Russian', true, '', `Ваше письмо не может быть доставлено:\n\n${DANA}\nПользователь с таким адресом не найден`],
  ['Chinese', true, '', `抱歉，您的邮件被退回来了。\n\n收件人：${DANA}\n退信原因：收件人邮箱帐号不存在`],
  ['Chinese, full', false, '', `收件人：${DANA}\n退信原因：收件人邮箱空间已满`],
  ['Korean', true, '', `${DANA} 님에게 메일이 전송되지 못했습니다.\n수신자 계정이 존재하지 않습니다.`],
  [
    'Japanese, from nobody’s mailbox',
    true,
    '',
    `宛先が見つからずお届けできませんでした。\n\n${DANA}: 宛先不明\n\n${COPY}`,
    { From: 'no-reply@keitai.example', Subject: 'エラー通知' },
  ],
])('%s: hard %s, status %j', async (_name, hard, status, text, headers = DAEMON) => {
  expect(await read(text, headers)).toMatchObject({ kind: 'bounce', isAutomatic: true, bounce: { recipient: DANA, status, hard } });
});

test('a report of success in words', async () => {
  const text = `Your message was successfully delivered to:\n\n<${DANA}>: delivery via mx: 250 2.0.0 Ok: queued`;
  expect(await read(text, { ...DAEMON, Subject: 'Successful Mail Delivery Report' })).toMatchObject({
    kind: 'receipt',
    bounce: { recipient: DANA, status: '2.0.0', hard: false },
  });
});

const AUTO: Headers = { 'Auto-Submitted': 'auto-replied' };
test.each<[string, string, Headers]>([
  ['out-of-office', 'I am out of the office until 5 December 2026. Mail is not delivered to my phone.', AUTO],
  ['out-of-office', 'Jag klättrar i fjällen. Åter 2026-12-14.', { 'Auto-Submitted': 'auto-replied (vacation)' }],
  ['out-of-office', 'Climbing. Back later.', { 'X-Apple-Action': 'VACATION' }],
  ['wrong-person', 'This mailbox has been closed. Please write to office@peatworks.example.', AUTO],
  ['wrong-person', 'Your message was not delivered: this mailbox is no longer monitored.', { ...AUTO, From: 'no-reply@peatworks.example' }],
  ['wrong-person', 'Dieses Postfach wird nicht mehr gelesen.', AUTO],
  ['wrong-person', 'Cette adresse n’est plus utilisée.', AUTO],
  ['wrong-person', 'Questo indirizzo non è più attivo.', AUTO],
  ['wrong-person', 'Dit e-mailadres is niet meer in gebruik.', AUTO],
  ['wrong-person', 'My address has changed. Please use dana.reed@peatworks.example.', AUTO],
  ['other', 'Your message reached our help desk. This mailbox is not monitored. If your account was not found, register.', AUTO],
  [
    'other',
    'For delivery to Ireland see our page. Orders that were not delivered: orders@shop.example.',
    { ...AUTO, From: 'no-reply@shop.example' },
  ],
  ['opt-out', 'Apple Mail hat diese E-Mail gesendet.', { ...AUTO, 'X-Apple-Unsubscribe': 'true', Subject: 'Abmelden' }],
])('%s, and no bounce: %j', async (kind, text, headers) => {
  expect(await read(text, headers)).toMatchObject({ kind, bounce: null, isAutomatic: true });
});

test('Apple’s head says until when somebody is away, in their own time', async () => {
  const until = async (end: string) =>
    (await read('Climbing.', { 'X-Apple-Action': 'VACATION', 'X-Apple-Criteria': `{kind=VACATION,endDate=${end}}` })).laterUntil;
  expect(await until('2026-12-13T22:59:59Z')).toEqual(new Date('2026-12-14'));
  expect(await until('2026-12-14T07:59:59Z')).toEqual(new Date('2026-12-14'));
  expect(await until('2026-12-13T14:59:59Z')).toEqual(new Date('2026-12-14'));
});

test('a person who writes like a mail server is a person', async () => {
  for (const text of [
    'Your mail to bob could not be delivered, he left.',
    'Mailbox full of offers already!',
    `${DANA} does not exist any more, 550.`,
  ])
    expect(await read(text, {})).toMatchObject({ kind: 'other', isAutomatic: false, bounce: null });
});

/** Our message as somebody sends it back with their answer. */
const returned = (text: string, copy = COPY) =>
  `--B\nContent-Type: text/plain; charset=utf-8\n\n${text}\n\n--B\nContent-Type: message/rfc822\n\n${copy}\n--B--\n`;
const IN_PARTS: Headers = { 'Content-Type': 'multipart/mixed; boundary=B' };

describe.each([
  'Happy to talk on Tuesday. Our old office address is no longer valid, we moved to Linz.',
  'Gerne! Unsere alte Adresse in Wien ist nicht mehr gültig.',
  'I am interested. Bob’s account is closed, so take me.',
])('a person who returns our message: %j', (words) => {
  const signed = `${words}\n\nDana Reed\n${DANA}`;
  test.each<[string, string, Headers]>([
    ['attached', returned(signed), IN_PARTS],
    ['with its source below', `${signed}\n\n${COPY}`, {}],
    ['from another address of theirs', returned(signed), { ...IN_PARTS, From: 'Dana Reed <dana@moor.example>' }],
  ])('%s', async (_name, text, headers) => {
    const reading = await read(text, headers);
    expect(reading).toMatchObject({ isAutomatic: false, bounce: null });
    expect(['bounce', 'receipt']).not.toContain(reading.kind);
  });
});

test('whom we wrote to never says in words that their own address is none, whatever their mail looks like', async () => {
  const words = `Our old office address is no longer valid, we moved to Linz. Your mail could not be delivered there.\n\n${DANA}`;
  const postmaster = 'postmaster@peatworks.example';
  const mails: [string, Headers][] = [
    [returned(words), { ...IN_PARTS, ...AUTO }],
    [`${words}\n\n${COPY}`, AUTO],
    [words, { ...AUTO, Subject: 'Undeliverable: Linz' }],
    [words, { 'X-Failed-Recipients': DANA }],
  ];
  for (const [text, headers] of mails) expect(await read(text, headers)).toMatchObject({ bounce: null });
  const text = returned(words.replace(DANA, postmaster), COPY.replace(DANA, postmaster));
  const mail = await parseMail(aMail(text, { ...IN_PARTS, From: `Dana <${postmaster}>`, Subject: 'Undeliverable: Linz' }));
  expect(mail && classifyReply(mail, { ours: OURS, writtenTo: postmaster, now: NOW })).toMatchObject({ bounce: null });
});

test('thousands of addresses in the head that is returned, and others in the words, are read in the time that a mail may take', async () => {
  const many = (count: number, domain: string) => Array.from({ length: count }, (_, at) => `<a${at}@${domain}>`);
  const words = `Could not be delivered.\n${many(1_000, 'peat.example').join('\n')}`;
  const head = `Message-ID: <a1@larkspur.example>\nTo: ${many(7_000, 'x.example').join(',\n ')}`;
  const mail = await readMail(aMail(returned(words, head).replace('message/rfc822', 'text/rfc822-headers'), { ...IN_PARTS, ...AUTO }));
  expect(mail).toMatchObject({ answers: ['a1@larkspur.example'], report: { of: 'delivery' } });
  expect(mail && (await understandMail(mail, { ours: OURS, writtenTo: DANA, now: NOW }))).toMatchObject({ isAutomatic: true });
});
