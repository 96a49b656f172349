import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import mongoose from 'mongoose';
import { startTemporaryDatabase } from '../support/temporary-database.ts';
import { playFirstMorning } from './first-morning.ts';
import { playFirstPartners } from './first-partners.ts';
import { playFirstYear } from './first-year.ts';
import { INBOUND_SECRET } from './recipient.ts';
import { type Sandbox, startSandbox } from './server.ts';

const WAITING = 'You are Ana, the admin; the first digest waits in #partnerships.';

/** `npm run demo [-- --companies FILE] [--port N] [--blank | --no-partners]`: everything on this machine, with nothing to set up.
 *  `--blank` leaves set-up, import and the first digest to the person at the keyboard, `--no-partners` the first partners and the year of deals. */
async function demo(): Promise<void> {
  const { values } = parseArgs({
    options: {
      companies: { type: 'string' },
      port: { type: 'string', default: '8030' },
      blank: { type: 'boolean', default: false },
      'no-partners': { type: 'boolean', default: false },
    },
  });
  const companies = resolve(values.companies ?? fileURLToPath(new URL('./demo-companies.csv', import.meta.url)));
  if (!existsSync(companies)) throw new Error(`There is no file ${companies}.`);
  say('Starting a database, a mailbox and a local Slack on this machine…');
  const mongo = process.env.MONGODB_URI ? { uri: process.env.MONGODB_URI, stop: async () => {} } : await startTemporaryDatabase();
  const sandbox = await startSandbox({ port: Number(values.port) });
  const env = await appEnvironment(mongo.uri, sandbox);
  const app = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts'], { env, stdio: ['ignore', 'inherit', 'inherit'] });
  const stop = async () => {
    app.kill('SIGTERM');
    await Promise.race([once(app, 'exit'), new Promise((done) => setTimeout(done, 5000))]);
    await sandbox.close();
    await mongo.stop();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop().then(() => process.exit(0)));

  try {
    await ready(app, `http://127.0.0.1:${env.PORT}/healthz`);
    if (!values.blank) {
      await importFile(companies, env);
      await playFirstMorning(sandbox);
      if (!values['no-partners']) {
        await playFirstPartners(sandbox, mongo.uri);
        await mongoose.connect(mongo.uri);
        await playFirstYear();
        await mongoose.disconnect();
      }
    }
  } catch (error) {
    await stop();
    throw error;
  }
  say(`\nOpen ${sandbox.url} in a browser. ${values.blank ? 'You are Ana, the admin: type /partners setup.' : WAITING}\nStop with Ctrl+C.`);
}

async function importFile(companies: string, env: NodeJS.ProcessEnv): Promise<void> {
  const command = ['--import', 'tsx', 'src/cli.ts', 'import', 'companies', companies];
  const [code] = await once(spawn(process.execPath, command, { env, stdio: 'inherit' }), 'exit');
  if (code !== 0) throw new Error('The companies were not imported; the reason is above.');
}

/** A fixed list: a mail server, a model or a Slack app named in the person's own shell must not take part. */
async function appEnvironment(mongoUri: string, sandbox: Sandbox): Promise<NodeJS.ProcessEnv> {
  const port = await freePort();
  sandbox.setAppUrl(`http://127.0.0.1:${port}`);
  const { signingSecret, botToken } = sandbox.cast.app;
  const { PATH, HOME, LOG_LEVEL = 'warn' } = process.env;
  return {
    PATH,
    HOME,
    LOG_LEVEL,
    PORT: String(port),
    MONGODB_URI: mongoUri,
    SLACK_API_URL: sandbox.apiUrl,
    SLACK_SIGNING_SECRET: signingSecret,
    SLACK_BOT_TOKEN: botToken,
    SMTP_URL: sandbox.smtpUrl,
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    INBOUND_MAIL_SECRET: INBOUND_SECRET,
    // Nobody's money is behind what is typed here.
    DATA_KEY: '0'.repeat(64),
  };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

async function ready(app: ChildProcess, url: string): Promise<void> {
  for (let waited = 0; waited < 600; waited++) {
    if (app.exitCode !== null) throw new Error('The app did not start; its reason is above.');
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error('The app did not answer within a minute. Is the machine very busy? Try again.');
}

function say(words: string): void {
  process.stdout.write(`${words}\n`);
}

demo().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
