import { readDay, readMail, understandMail } from '../../src/recruit/replies/mail-reader.ts';

const HEAD = 'From: Eve <eve@evil.example>\r\nTo: ana@larkspur.example\r\nSubject: Re: Hello\r\nMessage-ID: <1@evil.example>\r\n';
const OURS = { subject: 'Hello', text: 'Hello Dana,\n\nshall we talk?\n\nIf you would rather not hear from us, answer “stop”.' };
const NOW = new Date('2026-11-23T09:00:00Z');
const mailOf = (type: string, text: string) => readMail(Buffer.from(`${HEAD}Content-Type: ${type}; charset=utf-8\r\n\r\n${text}`));
const understood = (text: string, isAutomatic: boolean) =>
  understandMail(
    { text, subject: 'Re: Hello', isAutomatic, isUnsubscribe: false, away: null, report: null },
    { ours: OURS, writtenTo: 'dana@peatworks.example', now: NOW },
  );

/** Every way on which what somebody mails to us is read, the way the product goes. */
export const mailReaders: Record<string, (text: string) => Promise<unknown>> = {
  mails: (text) => mailOf('text/plain', text),
  'mails in HTML': (text) => mailOf('text/html', text),
  'mails in parts': (text) => mailOf('multipart/mixed; boundary=B', `--B\r\n${text}`),
  heads: (text) => readMail(Buffer.from(text)),
  quotes: (text) => mailOf('text/plain', `Yes.\n\nOn Mon, 23 Nov 2026 at 10:00, Ana <ana@larkspur.example> wrote:\n> Hello\n${text}`),
  reports: async (text) => {
    const mail = await readMail(Buffer.from(`From: mailer-daemon@evil.example\r\nMessage-ID: <1@evil.example>\r\n\r\n${text}`));
    return mail && understandMail(mail, { ours: OURS, writtenTo: 'dana@peatworks.example', now: NOW });
  },
  // Of a sender that may be a mail server: each address of the words may be one of the head that is returned.
  'returned heads': async (text) => {
    const parts = `--B\r\n\r\n${text}\r\n--B\r\nContent-Type: text/rfc822-headers\r\n\r\nTo: ${text.replaceAll('@', '@x.')}\r\n--B--\r\n`;
    const head = 'From: no-reply@evil.example\r\nMessage-ID: <1@evil.example>\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n';
    const mail = await readMail(Buffer.from(head + parts));
    return mail && understandMail(mail, { ours: OURS, writtenTo: 'dana@peatworks.example', now: NOW });
  },
  complaints: (text) =>
    mailOf('multipart/report; report-type=feedback-report; boundary=B', `--B\r\nContent-Type: message/feedback-report\r\n\r\n${text}`),
  'opt-outs': (text) => understood(text, false),
  'notices of absence': (text) => understood(text, true),
  dates: (text) => readDay(text, { now: NOW }),
};
