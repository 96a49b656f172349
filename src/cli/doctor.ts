import { connect } from 'node:net';
import { resolve } from 'node:path';
import mongoose from 'mongoose';
import { type Config, readUsable, slackGaps } from '../config.ts';
import { DatabaseSilent, openDatabase } from '../platform/connect-database.ts';
import { workspaceName } from '../slack/workspace-name.ts';
import { checkMailIn } from './check-mail-in.ts';
import { checkModel } from './check-model.ts';
import { checkDkim, checkOptOut } from './check-sender.ts';

export type Check = { name: string; ok: boolean; words: string };

/** Without these the app does not start; without mail and a model it does. */
const NEEDED = new Set(['settings', 'database', 'Slack']);

/** `doctor`: what is configured, what is reachable, and what to do about the rest. Prints no secret; exit code 1 when the app cannot
 *  start. */
export async function runDoctor(print: (line: string) => void): Promise<void> {
  const { config, problems } = readUsable();
  const settings = problems.map((words) => ({ name: 'settings', ok: false, words }));
  const mail = [checkMail(config), checkMailIn(config), checkDkim(config)];
  const parts = await Promise.all([checkDatabase(config), checkSlack(config), ...mail, checkModel(config)]);
  const checks = [...settings, ...parts, checkOptOut(config)];
  for (const { name, ok, words } of checks) print(`${ok ? 'ok  ' : 'todo'} ${name.padEnd(10)} ${words}`);
  if (checks.some(({ ok, name }) => !ok && NEEDED.has(name))) process.exitCode = 1;
}

async function checkDatabase(config: Config): Promise<Check> {
  const name = 'database';
  try {
    const check = config.MONGODB_URI ? { ok: true, words: 'reachable' } : await checkEmbedded(config.DATA_DIR);
    const { close } = await openDatabase(config, 3000);
    try {
      const companies = await mongoose.connection.collection('companies').countDocuments();
      return { name, ok: check.ok, words: `${check.words}, ${companies} companies` };
    } finally {
      await close();
    }
  } catch (error) {
    if (error instanceof DatabaseSilent) return { name, ok: false, words: 'not reachable. Start MongoDB, or correct MONGODB_URI.' };
    const reason = error instanceof Error ? error.message : String(error);
    return { name, ok: false, words: config.MONGODB_URI ? `not usable: ${reason}. Mend what it names, or correct MONGODB_URI.` : reason };
  }
}

/** Where the embedded database is, its size, and whether its indexes agree with the data. Loaded only where it is used. */
async function checkEmbedded(folder: string): Promise<{ ok: boolean; words: string }> {
  const { checkFolder } = await import('../platform/embedded-database/store/check-indexes.ts');
  const { bytes, wrong } = await checkFolder(folder);
  const place = `embedded, in ${resolve(folder)}, ${(bytes / 1_000_000).toFixed(1)} MB`;
  if (wrong === null) return { ok: true, words: `${place}, in use by the running app (stop it to have the indexes compared)` };
  if (wrong.length === 0) return { ok: true, words: `${place}, indexes agree with the data` };
  const next = 'Write everything out with `export`, move the folder away, and `restore`';
  return { ok: false, words: `${place}, ${wrong.length} index entries are wrong (${wrong[0]}). ${next}` };
}

async function checkSlack(config: Config): Promise<Check> {
  const name = 'Slack';
  const [gap] = slackGaps(config);
  if (gap) return { name, ok: false, words: `set ${gap}` };
  if (!config.SLACK_BOT_TOKEN) return { name, ok: true, words: 'workspaces install by OAuth at /slack/install' };
  try {
    return { name, ok: true, words: `connected to ${await workspaceName(config.SLACK_BOT_TOKEN, config.SLACK_API_URL)}` };
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
