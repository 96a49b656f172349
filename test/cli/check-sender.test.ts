import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { checkDkim, checkOptOut } from '../../src/cli/doctor.ts';
import { readConfig } from '../../src/config.ts';

const makeKey = () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const PRIVATE = makeKey();
const publicOf = (pem: string) => createPublicKey(pem).export({ type: 'spki', format: 'der' }).toString('base64');
// As it fits on one line of an environment file.
const signing = readConfig({ DKIM_DOMAIN: 'larkspur.example', DKIM_SELECTOR: 'p1', DKIM_PRIVATE_KEY: PRIVATE.replaceAll('\n', '\\n') });
const answers = (record: string) => async (name: string) => {
  expect(name).toBe('p1._domainkey.larkspur.example');
  // A TXT record of more than 255 characters comes in parts.
  return [['v=spf1 -all'], [record.slice(0, 200), record.slice(200)]];
};

test('a key that is published is well; one that is not, or is another, is told with what to publish', async () => {
  expect(await checkDkim(signing, answers(`v=DKIM1; k=rsa; p=${publicOf(PRIVATE)}`))).toMatchObject({ ok: true });
  for (const lookUp of [answers(`v=DKIM1; p=${publicOf(makeKey())}`), () => Promise.reject(new Error('ENOTFOUND'))]) {
    const { ok, words } = await checkDkim(signing, lookUp);
    expect([ok, words.includes(`Publish: v=DKIM1; k=rsa; p=${publicOf(PRIVATE)}`)]).toEqual([false, true]);
    expect(words).not.toContain('PRIVATE KEY');
  }
});

test('without a key or a public address it says what would be better', async () => {
  expect((await checkDkim(readConfig({}))).words).toContain('DKIM_PRIVATE_KEY');
  expect(checkOptOut(readConfig({})).words).toContain('PUBLIC_URL');
  expect(checkOptOut(readConfig({ PUBLIC_URL: 'https://partners.larkspur.example/' })).words).toContain(
    'https://partners.larkspur.example/optout/',
  );
});

test.each([
  [{ DKIM_DOMAIN: 'larkspur.example' }, /DKIM_SELECTOR.*DKIM_PRIVATE_KEY/s],
  [{ DKIM_DOMAIN: 'a.example', DKIM_SELECTOR: 'p', DKIM_PRIVATE_KEY: 'nonsense' }, /PEM/],
  [{ PUBLIC_URL: 'http://partners.example' }, /begins with https/],
  [{ IMAP_URL: 'https://mail.example' }, /IMAP_URL looks like/],
  [{ INBOUND_MAIL_SECRET: 'short' }, /at least 16/],
])('%j is refused with what to change', (env, words) => {
  expect(() => readConfig(env)).toThrow(words);
});
