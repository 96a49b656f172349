import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const ROOT = new URL('../../../', import.meta.url);
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

const EMBEDDED = ['index', 'store/data-folder', 'wire/connection', 'wire/relay'];

/** What partners' own people are sent, from fixed templates: it knows no draft and no outreach, and takes no text from anybody. */
const TO_PARTNERS = 'src/onboard/mails/send-partner-mail.ts';

/** Promise 1: no other code path can send. */
test.each([
  ['hands a mail over', /\bsendMail\(/, [TO_PARTNERS, 'src/recruit/outreach/send-draft.ts']],
  [
    'can reach sendMail at all',
    /\bsendMail\b/,
    [
      'src/app.ts',
      'src/deps.ts',
      TO_PARTNERS,
      'src/onboard/pages/page-link.ts',
      'src/recruit/mail/smtp.ts',
      'src/recruit/outreach/send-draft.ts',
      'src/slack/manage/tell-partner.ts',
    ],
  ],
  [
    'writes to a partner’s people',
    /\bsendPartnerMail(<|\()/,
    ['jobs/onboard/mail-reminder.ts', TO_PARTNERS, 'src/onboard/pages/page-link.ts', 'src/slack/manage/tell-partner.ts'],
  ],
  ['has words for partners’ people', /\bmailWords\b/, ['src/onboard/mails/mail-words.ts', TO_PARTNERS]],
  ['knows nodemailer', /['"]nodemailer/, ['src/recruit/mail/compose-mail.ts', 'src/recruit/mail/smtp.ts']],
  ['speaks SMTP', /['"]nodemailer\/lib\/smtp/, ['src/recruit/mail/smtp.ts']],
  ['makes the connection to the mail server', /from '.*\/smtp\.ts'/, ['src/app.ts']],
  ['uses an approval', /\bsendApproved\(/, ['jobs/recruit/send-draft.ts', 'src/recruit/outreach/send-draft.ts']],
  ['claims an approval', /\bclaimSend\(/, ['src/recruit/outreach/outbox-repository.ts', 'src/recruit/outreach/send-draft.ts']],
  [
    'says that a mail is handed over',
    /\bmarkHandedOver\(/,
    ['src/recruit/outreach/outbox-repository.ts', 'src/recruit/outreach/send-draft.ts'],
  ],
  ['makes an approval', /: Approval = \{/, ['src/recruit/outreach/decide-draft.ts']],
  ['stores an approval', /\bapproveVersion\(/, ['src/recruit/outreach/decide-draft.ts', 'src/recruit/outreach/draft-repository.ts']],
  [
    'queues a send',
    /import .*jobs\/recruit\/send-draft\.ts'|from '\.\/(recruit\/)?send-draft\.ts'/,
    ['jobs/index.ts', 'jobs/recruit/sweep-lost-sends.ts', 'jobs/recruit/sweep-ready.ts', 'src/slack/recruit/decide-draft.ts'],
  ],
  // The doctor only asks whether the mail server's port answers; the embedded database listens in its own folder; the website reader
  // connects to addresses it has checked, on the ports of the web.
  [
    'opens a socket of its own',
    /['"](node:)?(net|tls|dgram)['"]/,
    ['src/cli/doctor.ts', 'src/discover/website/network.ts', ...EMBEDDED.map((name) => `src/platform/embedded-database/${name}.ts`)],
  ],
])('only these files: who %s', (_what, pattern, files) => {
  expect(filesWith(pattern)).toEqual(files);
});
