import { expect, test } from 'vitest';
import { createLog } from '../src/log.ts';
import { clientLogger } from '../src/slack/client-logger.ts';

const SECRETS = /Dear Dana|xoxb-1|xapp-1-A|sk-live|T1\/B1|pa@ss|hunter2|ticket=/;

function lines(write: (log: ReturnType<typeof createLog>) => void): string {
  const written: string[] = [];
  write(createLog('info', { write: (line) => void written.push(line) }));
  return written.join('');
}

/** Errors as MongoDB, the model client, Slack's client and SMTP throw them. */
const bulk = Object.assign(new Error('E11000 duplicate key'), { code: 11000, writeErrors: [{ err: { op: { body: 'Dear Dana' } } }] });
const model = Object.assign(new Error('401 Incorrect API key: sk-live-12345'), { request: { headers: { authorization: 'Bearer x' } } });
const respond = new Error('POST https://hooks.slack.com/actions/T1/B1/secret failed', { cause: bulk });
const mail = new Error('connect smtps://user:pa@ss@mail.example.com:465/x and mongodb+srv://u:hunter2@db.example.com/p failed');
const socket = new Error('wss://wss-primary.slack.com/link/?ticket=abc and xoxb-1-2 and xapp-1-A1 failed');

test.each([bulk, model, respond, mail, socket].map((err) => [err.message, err] as const))(
  '%s: no secret and nobody’s words',
  (_name, err) => {
    expect(lines((log) => log.child({ job: 'j' }).error({ err }, 'failed'))).not.toMatch(SECRETS);
    expect(lines((log) => clientLogger(log).error(err.message, err))).not.toMatch(SECRETS);
  },
);

test('what helps to find the fault is there: type, message, code, stack and cause', () => {
  const { err } = JSON.parse(lines((log) => log.error({ err: respond }, 'failed')));
  expect(Object.keys(err).sort()).toEqual(['cause', 'message', 'stack', 'type']);
  expect(err).toMatchObject({ type: 'Error', message: 'POST https://hooks.slack.com/… failed', cause: { code: 11000 } });
  expect(err.stack).toContain('log.test.ts');
});

test('a cause that is its own cause, and things thrown that are no errors', () => {
  const ring = new Error('ring');
  ring.cause = ring;
  for (const err of [ring, 'xoxb-1-2', { body: 'Dear Dana' }, null, undefined]) {
    expect(lines((log) => log.error({ err }, 'failed'))).not.toMatch(SECRETS);
  }
});
