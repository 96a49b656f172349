import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { listAudit } from '../../src/programme/audit/audit-repository.ts';
import { countCompanies } from '../../src/programme/companies/company-names.ts';
import { findCompanyByDomain } from '../../src/programme/companies/company-repository.ts';
import { importCompanies } from '../../src/programme/companies/import-companies.ts';
import { localDay } from '../../src/programme/setup/digest-clock.ts';
import { UNCONNECTED } from '../../src/programme/workspaces/workspace.ts';
import { saveWorkspace } from '../../src/programme/workspaces/workspace-repository.ts';
import { createInstallations } from '../../src/slack/installations.ts';
import { ANA, PARTNERSHIPS } from '../sandbox/cast.ts';
import { type Sandbox, startSandbox } from '../sandbox/server.ts';
import { HOME } from '../support/builders.ts';
import { runCli } from '../support/child.ts';
import { useMongo } from '../support/mongo.ts';
import { bringCompanies, EVERY_DAY, setUp } from '../support/ready-workspace.ts';

const { uri } = useMongo();
const folder = mkdtempSync(join(tmpdir(), 'cli-'));
/** An endpoint that knows one key, and answers in the form of a letter. */
const letter = JSON.stringify({ noReason: 'test', subject: '', sentences: [], english: '' });
const models = createServer(({ url, headers }, response) => {
  response.writeHead(url !== '/v1/chat/completions' ? 404 : headers.authorization === 'Bearer sk-live' ? 200 : 401, {
    'content-type': 'application/json',
  });
  response.end(JSON.stringify({ choices: [{ index: 0, message: { role: 'assistant', content: letter }, finish_reason: 'stop' }] }));
});
let model = '';
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
  await new Promise<void>((done) => models.listen(0, '127.0.0.1', done));
  const address = models.address();
  model = `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`;
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  models.close();
  await sandbox.close();
});

const env = () => ({
  MONGODB_URI: uri,
  SLACK_API_URL: sandbox.apiUrl,
  SLACK_SIGNING_SECRET: sandbox.cast.app.signingSecret,
  SLACK_BOT_TOKEN: sandbox.cast.app.botToken,
});
const file = (content: string | Uint8Array, name = 'list.csv') => {
  const path = join(folder, `${randomUUID().slice(0, 8)}-${name}`);
  writeFileSync(path, content);
  return path;
};
const imported = (path: string, ...more: string[]) => runCli(['import', 'companies', path, ...more], env());
const connected = (id: string, day: number) =>
  saveWorkspace({
    id,
    enterpriseId: null,
    name: id,
    botToken: 'environment',
    botUserId: 'U0BOT',
    botId: null,
    installedBy: null,
    installedAt: new Date(Date.UTC(2026, 0, day)),
  });
const connect = () =>
  createInstallations(readConfig(env()), { slackApiUrl: sandbox.apiUrl }, () => new Date()).connectByToken(sandbox.cast.app.botToken);

describe('import companies', () => {
  test('files that cannot be read: one sentence each on standard error, exit 2, nothing stored', async () => {
    const bad: [string | Uint8Array, RegExp][] = [
      ['', /empty/],
      ['Company,Town\nA,B\n', /“Domain” or “Website”/],
      [gzipSync('Company,Website\nA,a.example\n').subarray(0, 20), /gzip file is damaged/],
    ];
    const runs = await Promise.all(bad.map(async ([content, words]) => ({ words, ...(await imported(file(content))) })));
    runs.push({ words: /There is no file/, ...(await imported(join(folder, 'nowhere.csv'))) });
    for (const { code, out, err, words } of runs) {
      expect(err).toMatch(words);
      expect(err).not.toMatch(/\bat \S+\.ts|Error:/);
      expect([code, out]).toEqual([2, '']);
    }
    expect(await countCompanies(UNCONNECTED)).toBe(0);
  });

  test('a dry run tells what would come of a file, without a database', async () => {
    const dry = (path: string, ...more: string[]) =>
      runCli(['import', 'companies', path, '--dry-run', ...more], { MONGODB_URI: 'mongodb://127.0.0.1:9/x' });
    const { code, out } = await dry(file('Company,Website,Town\nPeatworks,peatworks.example,Cork\nBad,,\n'), '--json');
    expect([code, JSON.parse(out)]).toEqual([
      0,
      {
        outcome: 'imported',
        companies: 1,
        names: ['Peatworks'],
        domains: ['peatworks.example'],
        columns: { Company: 'name', Website: 'website', Town: 'city' },
        problems: [{ line: 3, field: '', message: expect.stringContaining('no web domain') }],
        first: { people: null, place: 'Cork' },
      },
    ]);
    const refused = file('Company,Town\nA,B\n');
    expect(JSON.parse((await dry(refused, '--json')).out)).toMatchObject({ outcome: 'refused', companies: 0 });
    expect(await dry(refused)).toMatchObject({ code: 2, out: '', err: expect.stringContaining('“Domain” or “Website”') });
    expect(await dry(join(folder, 'nowhere.csv'), '--json')).toMatchObject({ code: 2, out: '' });
  });

  test('no workspace yet: kept aside, and the first workspace that connects takes them', async () => {
    const { code, out, err } = await imported(file('Company,Website\nPeatworks,peatworks.example\nBad,\nToo,127.0.0.1\n'));
    expect(code).toBe(0);
    expect(err).toContain('No Slack workspace is connected yet');
    expect(out).toContain('1 new');
    expect(out).toMatch(/line 3/);
    await connect();
    expect((await findCompanyByDomain(HOME, 'peatworks.example'))?.name).toBe('Peatworks');
    expect(await countCompanies(UNCONNECTED)).toBe(0);
  });

  test('later workspaces take nothing', async () => {
    await connected('T0FIRST', 1);
    await importCompanies(UNCONNECTED, { pastedDomains: 'left.example' }, { by: ANA, at: new Date() });
    await connect();
    expect([await countCompanies(HOME), await countCompanies(UNCONNECTED)]).toEqual([0, 1]);
  });

  test('several workspaces: asks which, refuses one that is not there, and imports into the one named', async () => {
    await connected('T0FIRST', 1);
    await connected('T0SECOND', 2);
    const path = file('Company,Website\nPeatworks,peatworks.example\n');
    const runs = [await imported(path), await imported(path, '--workspace', 'T0NONE'), await imported(path, '--workspace', 'T0SECOND')];
    expect(runs.map(({ code }) => code)).toEqual([2, 2, 0]);
    expect(runs[0]?.err).toContain('T0FIRST, T0SECOND');
    expect(runs[1]?.err).toContain('T0NONE is not connected');
    expect(await countCompanies('T0SECOND')).toBe(1);
    const [entry] = await listAudit('T0SECOND', { action: 'companies.import' });
    expect(entry).toMatchObject({ by: expect.stringMatching(/^cli:/), after: { rows: 1, added: 1 } });
  });
});

test('digest: says what is missing; posts once; the second time posts nothing', async () => {
  const none = await runCli(['digest'], env());
  expect([none.code, none.err]).toEqual([2, expect.stringContaining('No Slack workspace is connected')]);
  await connect();
  const early = await runCli(['digest'], env());
  expect([early.code, early.err]).toEqual([2, expect.stringContaining('/partners setup')]);
  const now = new Date();
  await setUp(now);
  await bringCompanies(2, now);
  for (const _time of [1, 2])
    expect(await runCli(['digest'], env())).toMatchObject({ code: 0, out: expect.stringContaining('in the team channel') });
  expect(sandbox.messages({ as: ANA, channel: PARTNERSHIPS }).filter(({ blocks }) => blocks.length > 0)).toHaveLength(1);

  sandbox.answerWith('conversations.info', () => ({ ok: false, error: 'channel_not_found' }));
  // A zone where it is another day: at every hour, one of these two.
  const today = localDay(now, EVERY_DAY.timeZone);
  const timeZone = ['Pacific/Kiritimati', 'Pacific/Niue'].find((zone) => localDay(now, zone) !== today) ?? '';
  await setUp(now, { timeZone });
  const closed = await runCli(['digest'], env());
  sandbox.answerWith('conversations.info', null);
  expect(closed.out).not.toContain('in the team channel');
  expect([closed.code, closed.err]).toEqual([1, expect.stringContaining('was not posted')]);
});

describe('doctor', () => {
  test.each<[string, () => Record<string, string>, number, RegExp[]]>([
    [
      'all there',
      () => ({ ...env(), SMTP_URL: sandbox.smtpUrl }),
      0,
      [/ok {3}database/, /ok {3}Slack .*Larkspur/, /ok {3}mail/, /ok {3}HTTP .*127\.0\.0\.1, port 3000: this machine only/],
    ],
    [
      'nothing at all',
      () => ({ TOKEN_KEY: 'short', SMTP_URL: sandbox.smtpUrl, DATA_DIR: join(folder, 'data') }),
      1,
      [/todo settings .*TOKEN_KEY/, /ok {3}database .*embedded, in .*data, .*, 0 companies/, /todo Slack/, /ok {3}mail/, /ok {3}model/],
    ],
    ['a model that answers', () => ({ ...env(), OPENAI_API_KEY: 'sk-live', OPENAI_BASE_URL: `${model}/v1` }), 0, [/ok {3}model .*gpt/]],
    [
      'a model that refuses the key',
      () => ({ ...env(), OPENAI_API_KEY: 'sk-old', OPENAI_BASE_URL: `${model}/v1` }),
      0,
      [/todo model .*key/],
    ],
    [
      'no model there',
      () => ({ ...env(), OPENAI_API_KEY: 'sk', OPENAI_BASE_URL: 'http://127.0.0.1:9/v1' }),
      0,
      [/todo model .*not answer/],
    ],
    [
      'nothing but a database',
      () => ({ MONGODB_URI: uri }),
      1,
      [/todo Slack .*SLACK_SIGNING_SECRET/, /todo mail .*SMTP_URL/, /todo mail in .*IMAP_URL or INBOUND_MAIL_SECRET/],
    ],
    [
      'mail that is handed over, and a mailbox that does not answer',
      () => ({ ...env(), INBOUND_MAIL_SECRET: 'a secret of sixteen', IMAP_URL: 'imap://ana:sk-secret@127.0.0.1:9/INBOX' }),
      0,
      [/todo mail in .*127\.0\.0\.1 does not open the mailbox .*Correct IMAP_URL/],
    ],
    ['mail that is handed over', () => ({ ...env(), INBOUND_MAIL_SECRET: 'a secret of sixteen' }), 0, [/ok {3}mail in .*\/mail\/inbound/]],
    [
      'nothing reachable',
      () => ({ ...env(), MONGODB_URI: 'mongodb://127.0.0.1:9/x', SLACK_BOT_TOKEN: 'xoxb-other', SMTP_URL: 'smtp://127.0.0.1:9' }),
      1,
      [/todo database .*not reachable/, /todo Slack .*invalid_auth/, /todo mail .*does not answer/],
    ],
  ])('%s', async (_name, given, code, lines) => {
    const run = await runCli(['doctor'], given());
    for (const line of lines) expect(run.out).toMatch(line);
    expect(run.code).toBe(code);
    expect(run.out + run.err).not.toMatch(/xoxb|sk-|sandbox-signing-secret/);
  });
});

test.each([[['dance']], [['digest', '--week', '3']]])('%j: says what there is, exit 2', async (args) => {
  const { code, err } = await runCli(args, env());
  expect(code).toBe(2);
  expect(err).toMatch(/Usage|Unknown option/);
  expect(err).not.toMatch(/\bat \S+\.ts/);
});

test('no database answers: exit 1, as the command is right', async () => {
  const { code, err } = await runCli(['digest'], { ...env(), MONGODB_URI: 'mongodb://127.0.0.1:9/x' });
  expect([code, err]).toEqual([1, expect.stringContaining('The database does not answer')]);
});
