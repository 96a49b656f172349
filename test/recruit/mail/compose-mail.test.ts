import { createHash, createVerify, generateKeyPairSync } from 'node:crypto';
import { simpleParser } from 'mailparser';
import { describe, expect, test } from 'vitest';
import { createComposeMail } from '../../../src/recruit/mail/compose-mail.ts';
import type { Mail } from '../../../src/recruit/mail/mail.ts';
import { AT } from '../../support/builders.ts';

const MAIL: Mail = {
  messageId: 'approval-1@larkspur.example',
  from: { name: 'Ana Alder', address: 'ana@larkspur.example' },
  to: { name: 'Zoë Çelik', address: 'zoe@peatworks.example' },
  subject: 'Re: Grüße aus Bristol',
  text: `Hello Zoë,\n\nwould you like to talk?  \n\n${'long '.repeat(60)}\n日本語\n\nAna`,
  references: ['first@larkspur.example', 'reply@peatworks.example'],
  optOut: { url: 'https://partners.larkspur.example/optout/token', mailto: 'mailto:ana@larkspur.example?subject=stop' },
  date: AT,
};

const plain = createComposeMail(null);
const headOf = (bytes: Buffer) =>
  bytes
    .toString()
    .split('\r\n\r\n')[0]
    ?.replace(/\r\n[ \t]+/g, ' ') ?? '';

test('the same mail has the same bytes, however often it is composed', async () => {
  const [first, second] = await Promise.all([plain(MAIL), plain(structuredClone(MAIL))]);
  expect(first.equals(second)).toBe(true);
  expect(first.equals(await plain({ ...MAIL, text: 'Another text.' }))).toBe(false);
});

test('it says what it answers, how to say no by one click and by mail, and nothing that tells whether it was opened', async () => {
  const bytes = await plain(MAIL);
  const head = headOf(bytes);
  expect(head).toContain('In-Reply-To: <reply@peatworks.example>');
  expect(head).toContain('References: <first@larkspur.example> <reply@peatworks.example>');
  expect(head).toContain('List-Unsubscribe: <https://partners.larkspur.example/optout/token>, <mailto:ana@larkspur.example?subject=stop>');
  expect(head).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
  const parsed = await simpleParser(bytes);
  expect(parsed.text?.trimEnd()).toBe(MAIL.text);
  // No bare line feed: these bytes go over the line as they are.
  expect(bytes.toString('binary')).not.toMatch(/[^\r]\n|\r[^\n]/);
  expect([parsed.html, parsed.attachments]).toEqual([false, []]);
  expect(bytes.toString()).not.toMatch(/<img|text\/html|multipart/i);
});

test('without a public address an opt-out goes by mail, and no one-click is promised', async () => {
  const head = headOf(await plain({ ...MAIL, optOut: { ...MAIL.optOut, url: null } }));
  expect(head).toContain('List-Unsubscribe: <mailto:ana@larkspur.example?subject=stop>');
  expect(head).not.toContain('List-Unsubscribe-Post');
});

test('a first message answers nothing', async () => {
  expect(headOf(await plain({ ...MAIL, references: [] }))).not.toMatch(/In-Reply-To|References/);
});

describe('DKIM', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const signed = createComposeMail({ domain: 'larkspur.example', selector: 'partners', privateKey });

  /** Checks a signature as a receiving server does. Source: RFC 6376, relaxed canonicalisation. */
  function verify(mail: Buffer): { valid: boolean; tags: Map<string, string> } {
    const [head = '', ...rest] = mail.toString('binary').split('\r\n\r\n');
    const fields = head.split(/\r\n(?![ \t])/).map((field) => {
      const colon = field.indexOf(':');
      return { name: field.slice(0, colon).toLowerCase(), value: field.slice(colon + 1) };
    });
    const relaxed = ({ name, value }: { name: string; value: string }) =>
      `${name}:${value
        .replace(/\r\n/g, '')
        .replace(/[ \t]+/g, ' ')
        .trim()}`;
    const signature = fields.find(({ name }) => name === 'dkim-signature');
    const tags = new Map(
      (signature?.value ?? '')
        .replace(/\s+/g, '')
        .split(';')
        .filter(Boolean)
        .map((tag) => [tag.slice(0, tag.indexOf('=')), tag.slice(tag.indexOf('=') + 1)]),
    );
    const lines = rest
      .join('\r\n\r\n')
      .split('\r\n')
      .map((line) => line.replace(/[ \t]+/g, ' ').trimEnd());
    const body = `${lines.join('\r\n').replace(/(\r\n)*$/, '')}\r\n`;
    const bodyHash = createHash('sha256').update(body, 'binary').digest('base64');
    const named = (tags.get('h') ?? '').split(':').map((name) => fields.find((field) => field.name === name.toLowerCase()));
    const unsigned = relaxed({ name: 'dkim-signature', value: (signature?.value ?? '').replace(/(;\s*b=)[^;]*/, '$1') });
    const text = [...named.flatMap((field) => (field ? [relaxed(field)] : [])), unsigned].join('\r\n');
    const valid = createVerify('sha256')
      .update(text, 'binary')
      .verify(publicKey, tags.get('b') ?? '', 'base64');
    return { valid: valid && bodyHash === tags.get('bh'), tags };
  }

  test('a signature that a receiver accepts, over both opt-out headers', async () => {
    const { valid, tags } = verify(await signed(MAIL));
    expect(valid).toBe(true);
    expect([tags.get('d'), tags.get('s')]).toEqual(['larkspur.example', 'partners']);
    expect(tags.get('h')?.toLowerCase().split(':')).toEqual(
      expect.arrayContaining(['from', 'to', 'subject', 'message-id', 'date', 'list-unsubscribe', 'list-unsubscribe-post']),
    );
  });

  test.each([
    ['the text', (mail: string) => mail.replace('Ana', 'Eve')],
    ['the opt-out', (mail: string) => mail.replace('/optout/token', '/optout/other')],
    ['the sender', (mail: string) => mail.replace('ana@larkspur.example>', 'eve@larkspur.example>')],
  ])('does not outlive a change of %s', async (_name, change) => {
    const bytes = await signed(MAIL);
    const changed = Buffer.from(change(bytes.toString('binary')), 'binary');
    expect(changed.equals(bytes)).toBe(false);
    expect(verify(changed).valid).toBe(false);
  });

  test.each([
    ['mail.larkspur.example', true],
    ['elsewhere.example', false],
    ['notlarkspur.example', false],
  ])('a sender at %s: signed %s', async (domain, isSigned) => {
    const head = headOf(await signed({ ...MAIL, from: { ...MAIL.from, address: `ana@${domain}` } }));
    expect(head.includes('DKIM-Signature')).toBe(isSigned);
  });
});
