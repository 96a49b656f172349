import { buildApp } from '../../src/app.ts';
import { type Config, readConfig } from '../../src/config.ts';
import type { Network } from '../../src/discover/website/network.ts';
import { createLog } from '../../src/log.ts';
import { INBOUND_SECRET } from '../sandbox/recipient.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../sandbox/server.ts';
import { AT } from './builders.ts';

export type Product = ReturnType<typeof buildApp> & { sandbox: Sandbox; url: string; config: Config; stop: () => Promise<void> };

/** The whole product in this process, over HTTP with signature checks, against the sandbox: what production runs, on free ports.
 *  The test file has connected mongoose to the same database (see `mongo.ts`). */
export async function startProduct(
  mongoUri: string,
  {
    env = {},
    now = aWorkingDay(),
    sandbox: sandboxOptions,
    workers = true,
    connect = true,
    network,
  }: {
    env?: Record<string, string>;
    now?: () => Date;
    sandbox?: SandboxOptions;
    workers?: boolean;
    connect?: boolean;
    /** The way to websites; the internet when it is left out. */
    network?: Network;
  } = {},
): Promise<Product> {
  const sandbox = await startSandbox(sandboxOptions);
  const config = readConfig({
    MONGODB_URI: mongoUri,
    SLACK_API_URL: sandbox.apiUrl,
    SLACK_SIGNING_SECRET: sandbox.cast.app.signingSecret,
    SLACK_BOT_TOKEN: sandbox.cast.app.botToken,
    SMTP_URL: sandbox.smtpUrl,
    INBOUND_MAIL_SECRET: INBOUND_SECRET,
    LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent',
    ...env,
  });
  const built = buildApp(config, createLog(config.LOG_LEVEL), { now, ...(network ? { network } : {}) });
  if (connect) await built.installations.connectByToken(sandbox.cast.app.botToken);
  await built.app.init();
  if (workers) await built.startJobs();
  const url = await listen(built);
  sandbox.setAppUrl(url);
  sandbox.setAppClock(now);
  // Known only now: mails written from here on carry links that lead to this app.
  built.deps.publicUrl ??= url;
  const stop = async () => {
    await built.app.stop();
    if (workers) await built.stopJobs();
    await sandbox.close();
  };
  return { ...built, sandbox, url, config, stop };
}

/** A clock that runs from a Monday morning on: messages leave in business hours only. */
function aWorkingDay(): () => Date {
  const started = Date.now();
  return () => new Date(AT.getTime() + Date.now() - started);
}

async function listen({ app }: Pick<Product, 'app'>): Promise<string> {
  const server: unknown = await app.start(0);
  if (typeof server !== 'object' || server === null || !('address' in server) || typeof server.address !== 'function')
    throw new Error('not HTTP');
  return `http://127.0.0.1:${server.address().port}`;
}
