import { describe, expect, test } from 'vitest';
import { listenHost, readConfig, slackGaps } from '../../src/config.ts';
import { seal, unseal } from '../../src/platform/seal.ts';

const MONGODB_URI = 'mongodb://127.0.0.1:27017/partnerships';

describe('the environment', () => {
  test.each<[string, Record<string, string>, RegExp]>([
    ['a port that is none', { PORT: 'web' }, /^PORT: PORT is a number/],
    ['a key that is too short', { TOKEN_KEY: 'abc' }, /^TOKEN_KEY: .*openssl rand -hex 32/],
    ['an API address that is none', { SLACK_API_URL: 'slack' }, /^SLACK_API_URL: .*ends with/],
    ['a mail server that is none', { SMTP_URL: 'mail' }, /^SMTP_URL: .*smtps:/],
    ['a mail server of the web', { SMTP_URL: 'http://mail.example.com' }, /^SMTP_URL: .*smtps:/],
    ['a model address that is none', { OPENAI_BASE_URL: 'x' }, /^OPENAI_BASE_URL: .*https/],
    ['half of OAuth', { SLACK_CLIENT_ID: '1.2' }, /SLACK_CLIENT_SECRET.*\n.*SLACK_STATE_SECRET.*\n.*TOKEN_KEY/],
  ])('%s: one line that says what to change', (_name, given, words) => {
    const said = () => readConfig({ MONGODB_URI, ...given });
    expect(said).toThrow(words);
    for (const value of Object.values(given)) if (value.length > 4) expect(said).not.toThrow(value);
  });

  test('no database named: the embedded one', () => {
    const { MONGODB_URI: none, DATA_DIR } = readConfig({ MONGODB_URI: '' });
    expect([none, DATA_DIR]).toEqual([undefined, '.data']);
  });

  test.each<[string, Record<string, string>, string | undefined]>([
    ['nothing set: this machine only', {}, '127.0.0.1'],
    ['a public address: all interfaces', { PUBLIC_URL: 'https://partners.example.com' }, undefined],
    ['its own word stands above both', { PUBLIC_URL: 'https://partners.example.com', HOST: '10.0.0.7' }, '10.0.0.7'],
  ])('where HTTP listens: %s', (_name, env, host) => {
    expect(listenHost(readConfig(env))).toBe(host);
  });

  test('several things wrong: a line each', () => {
    expect(() => readConfig({ PORT: '-1', TOKEN_KEY: 'x' })).toThrow(/PORT.*\n.*TOKEN_KEY/);
  });

  test('an empty variable counts as not set', () => {
    expect(readConfig({ MONGODB_URI, PORT: '', SMTP_URL: '', OPENAI_API_KEY: '' })).toMatchObject({
      PORT: 3000,
      SLACK_API_URL: 'https://slack.com/api/',
    });
  });

  test.each<[Record<string, string>, number]>([
    [{}, 2],
    [{ SLACK_SIGNING_SECRET: 's' }, 1],
    [{ SLACK_SIGNING_SECRET: 's', SLACK_BOT_TOKEN: 't' }, 0],
    [{ SLACK_APP_TOKEN: 'a', SLACK_BOT_TOKEN: 't' }, 0],
  ])('what serving Slack still needs: %j', (given, gaps) => {
    expect(slackGaps(readConfig({ MONGODB_URI, ...given }))).toHaveLength(gaps);
  });
});

describe('a sealed token', () => {
  const key = 'ab'.repeat(32);
  test.each(['xoxb-123', '', 'ü😀'.repeat(500)])('opens with its key: %#', (token) => {
    const sealed = seal(token, key);
    expect(unseal(sealed, [key])).toBe(token);
    if (token) expect(sealed).not.toContain(token);
    expect(seal(token, key)).not.toBe(sealed);
  });

  test('with another key, changed in any part, or in another form it does not open', () => {
    const sealed = seal('xoxb-123', key);
    expect(() => unseal(sealed, ['cd'.repeat(32)])).toThrow();
    for (const part of [1, 2, 3]) {
      const parts = sealed.split(':');
      const bytes = Buffer.from(parts[part] ?? '', 'base64');
      bytes[0] = (bytes[0] ?? 0) ^ 1;
      parts[part] = bytes.toString('base64');
      expect(() => unseal(parts.join(':'), [key])).toThrow();
    }
    const [version, iv, tag = '', text] = sealed.split(':');
    const short = Buffer.from(tag, 'base64').subarray(0, 4).toString('base64');
    expect(() => unseal([version, iv, short, text].join(':'), [key])).toThrow();
    for (const form of ['', 'xoxb-123', 'v2:a:b:c', 'v1:::', sealed.replace('v1', 'v0')]) expect(() => unseal(form, [key])).toThrow();
  });
});
