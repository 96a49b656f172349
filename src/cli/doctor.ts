import { createPublicKey } from 'node:crypto';
import { resolveTxt } from 'node:dns/promises';
import { connect } from 'node:net';
import { resolve } from 'node:path';
import { WebClient } from '@slack/web-api';
import mongoose from 'mongoose';
import { type Config, dkimKey, listenHost, readUsable, slackGaps } from '../config.ts';
import { createCrm } from '../manage/crm/connect-crm.ts';
import { CrmTrouble } from '../manage/crm/crm-adapter.ts';
import { DatabaseSilent, openDatabase, productDatabase } from '../platform/connect-database.ts';
import { demandKnown } from '../programme/migrations/migrate.ts';
import { MIGRATIONS } from '../programme/migrations/migrations.ts';
import { findSchemaVersion } from '../programme/migrations/schema-version-repository.ts';
import { checkMailbox } from '../recruit/mail/imap.ts';
import { checkModel } from './check-model.ts';

export type Check = { name: string; ok: boolean; words: string };

/** Without these the app does not start; without mail and a model it does. */
const NEEDED = new Set(['settings', 'database', 'Slack']);

/** `doctor`: what is configured, what is reachable, and what to do about the rest. Prints no secret; exit code 1 when the app cannot
 *  start. */
export async function runDoctor(print: (line: string) => void): Promise<void> {
  const { config, problems } = readUsable();
  const settings = problems.map((words) => ({ name: 'settings', ok: false, words }));
  const mail = [checkMail(config), checkMailIn(config), checkDkim(config)];
  const parts = await Promise.all([checkDatabase(config), checkSlack(config), ...mail, checkModel(config), checkCrm(config)]);
  const checks = [...settings, ...parts, checkHttp(config), checkOptOut(config), checkDataKey(config)];
  for (const { name, ok, words } of checks) print(`${ok ? 'ok  ' : 'todo'} ${name.padEnd(10)} ${words}`);
  if (checks.some(({ ok, name }) => !ok && NEEDED.has(name))) process.exitCode = 1;
}

async function checkDatabase(config: Config): Promise<Check> {
  const name = 'database';
  try {
    const check = config.MONGODB_URI ? { ok: true, words: 'reachable' } : await checkEmbedded(config.DATA_DIR);
    const prepare = async (db: mongoose.mongo.Db) => demandKnown((await findSchemaVersion(db))?.version ?? 0);
    const { close } = await openDatabase(config, { timeoutMs: 3000, prepare });
    try {
      const companies = await mongoose.connection.collection('companies').countDocuments();
      return { name, ok: check.ok, words: `${check.words}, ${companies} companies${companies > 0 ? await shapeWords() : ''}` };
    } finally {
      await close();
    }
  } catch (error) {
    if (error instanceof DatabaseSilent) return { name, ok: false, words: 'not reachable. Start MongoDB, or correct MONGODB_URI.' };
    const reason = error instanceof Error ? error.message : String(error);
    return { name, ok: false, words: config.MONGODB_URI ? `not usable: ${reason}. Mend what it names, or correct MONGODB_URI.` : reason };
  }
}

/** Whether the app will have to change what is stored when it starts; nothing is changed here. */
async function shapeWords(): Promise<string> {
  const version = (await findSchemaVersion(productDatabase()))?.version ?? 0;
  const behind = MIGRATIONS.length - version;
  return behind === 0 ? '' : `, of an earlier version: the next start brings it up to date (${behind} ${behind === 1 ? 'step' : 'steps'})`;
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

/** By which way answers come back to us: a mailbox that is read, a mail service that hands them over, or none yet. */
export async function checkMailIn({ IMAP_URL, INBOUND_MAIL_SECRET }: Config): Promise<Check> {
  const name = 'mail in';
  const webhook = INBOUND_MAIL_SECRET ? 'mail is taken at /mail/inbound' : null;
  if (!IMAP_URL) {
    const words = 'set IMAP_URL or INBOUND_MAIL_SECRET; until then answers stay in the mailbox and “stop” is not heard.';
    return { name, ok: webhook !== null, words: webhook ?? words };
  }
  const { hostname } = new URL(IMAP_URL);
  try {
    const { mails } = await checkMailbox(IMAP_URL);
    return { name, ok: true, words: [`${hostname} opens the mailbox, ${mails} mails in it`, webhook].filter(Boolean).join('; ') };
  } catch (error) {
    return { name, ok: false, words: `${hostname} does not open the mailbox (${reasonOf(error)}). Correct IMAP_URL.` };
  }
}

/** What the server said, where it said something; never the address, which holds the password. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const said = 'responseText' in error && typeof error.responseText === 'string' ? error.responseText : error.message;
  return said.replace(/\s+/g, ' ').slice(0, 200);
}

/** Whether the CRM of the environment answers, and whose it is. */
export async function checkCrm(config: Config): Promise<Check> {
  const name = 'CRM';
  const crm = createCrm(config);
  if (!crm)
    return { name, ok: true, words: 'none is connected (HUBSPOT_TOKEN or SALESFORCE_URL); files can be uploaded with /partners crm' };
  const title = crm.source === 'hubspot' ? 'HubSpot' : 'Salesforce';
  const trouble = await crm.readPage('owners', { since: null, cursor: null }).then(
    () => null,
    (error: unknown) => (error instanceof CrmTrouble ? error.kind : 'down'),
  );
  const whose = crm.workspaceId
    ? `it belongs to the workspace ${crm.workspaceId} alone (CRM_WORKSPACE)`
    : 'it belongs to the only workspace with the app, unless it was read for another before. Set CRM_WORKSPACE to say whose it is.';
  if (trouble === null) return { name, ok: true, words: `${title} answers; ${whose}` };
  const refused = `refuses the token. Check it and its scopes: ${crm.source === 'hubspot' ? 'HUBSPOT_TOKEN' : 'SALESFORCE_CLIENT_ID and SALESFORCE_CLIENT_SECRET'}.`;
  const words = { refused, fields: refused, busy: 'asks to be left alone. Try again later.', down: 'does not answer. Check its address.' }[
    trouble
  ];
  return { name, ok: false, words: `${title} ${words}` };
}

/** Who can reach the app's HTTP door. By Socket Mode, Slack does not need it. */
export function checkHttp(config: Config): Check {
  const host = listenHost(config);
  const where = `listens on ${host ?? 'all interfaces'}, port ${config.PORT}`;
  const isLocal = host !== undefined && (host === 'localhost' || host === '::1' || host.startsWith('127.'));
  const words = isLocal ? `${where}: this machine only. Set HOST=0.0.0.0 when your proxy or Slack comes from elsewhere.` : where;
  return { name: 'HTTP', ok: true, words };
}

/** How recipients of outreach say no. */
export function checkOptOut({ PUBLIC_URL }: Config): Check {
  const name = 'opt-out';
  if (PUBLIC_URL) return { name, ok: true, words: `by one click at ${PUBLIC_URL}/optout/…, and by mail` };
  return { name, ok: false, words: 'by mail only. Set PUBLIC_URL to where the internet reaches this app, for opt-outs by one click.' };
}

/** Whether partners can give payment details. What is sealed by a key that is not named here stays closed. */
export function checkDataKey({ DATA_KEY, DATA_KEY_OLD = [] }: Partial<Config>): Check {
  const name = 'data key';
  if (!DATA_KEY) return { name, ok: false, words: 'set DATA_KEY (openssl rand -hex 32); until then partners cannot give payment details.' };
  if (DATA_KEY_OLD.length === 0) return { name, ok: true, words: 'payment details are sealed' };
  return { name, ok: true, words: 'payment details are sealed; after `rotate-keys`, take DATA_KEY_OLD away' };
}

/** Whether mail is signed, and whether the world can check the signature. */
export async function checkDkim(config: Config, lookUp: (name: string) => Promise<string[][]> = resolveTxt): Promise<Check> {
  const name = 'DKIM';
  const key = dkimKey(config);
  if (!key)
    return {
      name,
      ok: false,
      words: 'not signed here. Unless your mail server signs, set DKIM_DOMAIN, DKIM_SELECTOR and DKIM_PRIVATE_KEY.',
    };
  const record = `${key.selector}._domainkey.${key.domain}`;
  const ours = createPublicKey(key.privateKey).export({ type: 'spki', format: 'der' }).toString('base64');
  const published = await lookUp(record).catch(() => null);
  if (!published)
    return { name, ok: false, words: `signs for ${key.domain}, but ${record} has no TXT record. Publish: v=DKIM1; k=rsa; p=${ours}` };
  const found = published.map((parts) => /(?:^|;)\s*p=([A-Za-z0-9+/=\s]*)/.exec(parts.join(''))?.[1]?.replace(/\s/g, ''));
  if (found.includes(ours)) return { name, ok: true, words: `signs for ${key.domain}, and ${record} has the key` };
  return { name, ok: false, words: `${record} has another key. Publish: v=DKIM1; k=rsa; p=${ours}` };
}

/** The workspace a bot token belongs to, as Slack names it; throws Slack's reason within seconds when it does not work. */
export async function workspaceName(botToken: string, slackApiUrl: string | undefined): Promise<string> {
  const where = slackApiUrl ? { slackApiUrl } : {};
  const { team } = await new WebClient(botToken, { ...where, timeout: 5000, retryConfig: { retries: 0 } }).auth.test();
  return team ?? 'a workspace without a name';
}
