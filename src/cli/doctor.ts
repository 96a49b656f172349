import { connect } from 'node:net';
import { WebClient } from '@slack/web-api';
import mongoose from 'mongoose';
import { type Config, readConfig, slackGaps } from '../config.ts';

type Check = { name: string; ok: boolean; words: string };

/** `doctor`: what is configured, what is reachable, and what to do about the rest. Prints no secret. */
export async function runDoctor(print: (line: string) => void): Promise<void> {
  const config = readConfig();
  const checks = [await checkDatabase(config), await checkSlack(config), await checkMail(config), checkModel(config)];
  for (const { name, ok, words } of checks) print(`${ok ? 'ok  ' : 'todo'} ${name.padEnd(10)} ${words}`);
  if (checks.some(({ ok, name }) => !ok && (name === 'database' || name === 'Slack'))) process.exitCode = 1;
}

async function checkDatabase({ MONGODB_URI }: Config): Promise<Check> {
  const name = 'database';
  const connection = mongoose.createConnection(MONGODB_URI, { serverSelectionTimeoutMS: 3000 });
  try {
    await connection.asPromise();
    const companies = await connection.collection('companies').countDocuments();
    return { name, ok: true, words: `reachable, ${companies} companies` };
  } catch {
    return { name, ok: false, words: 'not reachable. Start MongoDB, or correct MONGODB_URI.' };
  } finally {
    await connection.close();
  }
}

async function checkSlack(config: Config): Promise<Check> {
  const name = 'Slack';
  const [gap] = slackGaps(config);
  if (gap) return { name, ok: false, words: `set ${gap}` };
  if (!config.SLACK_BOT_TOKEN) return { name, ok: true, words: 'workspaces install by OAuth at /slack/install' };
  try {
    const client = new WebClient(config.SLACK_BOT_TOKEN, { slackApiUrl: config.SLACK_API_URL, timeout: 5000, retryConfig: { retries: 0 } });
    const { team } = await client.auth.test();
    return { name, ok: true, words: `connected to ${team}` };
  } catch (error) {
    return {
      name,
      ok: false,
      words: `SLACK_BOT_TOKEN does not work (${error instanceof Error ? error.message : 'unknown'}). Copy it again.`,
    };
  }
}

async function checkMail({ SMTP_URL }: Config): Promise<Check> {
  const name = 'mail';
  if (!SMTP_URL) return { name, ok: false, words: 'set SMTP_URL; until then approved outreach is not sent.' };
  const { hostname, port, protocol } = new URL(SMTP_URL);
  const reachable = await canConnect(hostname, Number(port) || (protocol === 'smtps:' ? 465 : 587));
  return {
    name,
    ok: reachable,
    words: reachable ? `${hostname} answers` : `${hostname} does not answer. Check the host and port in SMTP_URL.`,
  };
}

function checkModel({ OPENAI_API_KEY, OPENAI_MODEL }: Config): Check {
  if (OPENAI_API_KEY) return { name: 'model', ok: true, words: `drafts are written by ${OPENAI_MODEL}, else by the offline writer` };
  return { name: 'model', ok: true, words: 'no OPENAI_API_KEY: the offline writer writes the drafts' };
}

function canConnect(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 3000 });
    const settle = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket
      .once('connect', () => settle(true))
      .once('error', () => settle(false))
      .once('timeout', () => settle(false));
  });
}
