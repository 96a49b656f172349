import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

const ROOT = new URL('../../', import.meta.url);
const FOLDERS = ['src', 'jobs', 'blocks', 'prompts'];

/** Every source file of the product with its text, by path from the root. */
const sources = new Map(
  FOLDERS.flatMap((folder) =>
    readdirSync(new URL(folder, ROOT), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => [`${folder}/${name}`, readFileSync(new URL(`${folder}/${name}`, ROOT), 'utf8')] as const),
  ),
);

const filesWith = (pattern: RegExp): string[] => [...sources].flatMap(([path, text]) => (pattern.test(text) ? [path] : [])).sort();

test('the scan sees the product', () => {
  expect(sources.size).toBeGreaterThan(80);
});

const EMBEDDED = ['index', 'store/own-folder', 'wire/connection', 'wire/relay'];

/** Promise 1: no other code path can send. */
test.each([
  ['hands a mail over', /\bsendMail\(/, ['src/outreach/send-draft.ts']],
  ['can reach sendMail at all', /\bsendMail\b/, ['src/app.ts', 'src/deps.ts', 'src/mail/smtp.ts', 'src/outreach/send-draft.ts']],
  ['knows nodemailer', /['"]nodemailer/, ['src/mail/compose-mail.ts', 'src/mail/smtp.ts']],
  ['speaks SMTP', /['"]nodemailer\/lib\/smtp/, ['src/mail/smtp.ts']],
  ['makes the connection to the mail server', /from '.*\/smtp\.ts'/, ['src/app.ts']],
  ['uses an approval', /\bsendApproved\(/, ['jobs/send-draft.ts', 'src/outreach/send-draft.ts']],
  ['claims an approval', /\bclaimSend\(/, ['src/outreach/outbox-repository.ts', 'src/outreach/send-draft.ts']],
  ['says that a mail is handed over', /\bmarkHandedOver\(/, ['src/outreach/outbox-repository.ts', 'src/outreach/send-draft.ts']],
  ['makes an approval', /: Approval = \{/, ['src/outreach/decide-draft.ts']],
  ['stores an approval', /\bapproveVersion\(/, ['src/outreach/decide-draft.ts', 'src/outreach/draft-repository.ts']],
  [
    'queues a send',
    /import .*jobs\/send-draft\.ts'|from '\.\/send-draft\.ts'/,
    ['jobs/index.ts', 'jobs/sweep-drafts.ts', 'src/slack/actions/decide-draft.ts', 'src/slack/views/approve-draft.ts'],
  ],
  // The doctor only asks whether the mail server's port answers; the embedded database listens in its own folder; the website reader
  // connects to addresses it has checked, on the ports of the web.
  [
    'opens a socket of its own',
    /['"](node:)?(net|tls|dgram)['"]/,
    [
      'src/cli/doctor.ts',
      ...EMBEDDED.map((name) => `src/embedded-database/${name}.ts`),
      'src/website/network.ts',
      'src/website/public-address.ts',
    ],
  ],
])('only these files: who %s', (_what, pattern, files) => {
  expect(filesWith(pattern)).toEqual(files);
});
