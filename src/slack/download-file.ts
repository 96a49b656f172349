import type { WebClient } from '@slack/web-api';
import { Refusal } from '../errors.ts';
import { MAX_FILE_BYTES } from '../programme/companies/file-problems.ts';
import { slackRefusal } from './slack-refusal.ts';

const TIMEOUT_MS = 60_000;
const GONE = new Set(['file_not_found', 'file_deleted']);

/** What Slack knows of a file. Refuses `file-unreadable` when it is gone. */
export async function findFile(client: WebClient, fileId: string) {
  const { file } = await client.files.info({ file: fileId }).catch((cause: unknown) => {
    if (GONE.has(slackRefusal(cause) ?? '')) throw new Refusal('file-unreadable', { problem: 'gone' }, { cause });
    throw cause;
  });
  return file ?? {};
}

/** The bytes of a file somebody gave us in Slack. Refuses `file-unreadable`. The bot token goes to Slack's own hosts only. */
export async function downloadFile(client: WebClient, fileId: string): Promise<Uint8Array> {
  const file = await findFile(client, fileId);
  if (!file.url_private_download) throw new Refusal('file-unreadable', { problem: 'binary' });
  if ((file.size ?? 0) >= MAX_FILE_BYTES) throw new Refusal('file-unreadable', { problem: 'too-large' });
  const url = new URL(file.url_private_download);
  if (!isSlackHost(url, client.slackApiUrl)) throw new Error('Slack named a file outside its own hosts');
  const answer = await fetch(url, { headers: { authorization: `Bearer ${client.token}` }, signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!answer.ok) throw new Error(`Slack answered ${answer.status} for a file`);
  if (isSignInPage(answer, file.mimetype)) throw new Refusal('file-unreadable', { problem: 'signed-out' });
  const bytes = new Uint8Array(await answer.arrayBuffer());
  if (bytes.length >= MAX_FILE_BYTES) throw new Refusal('file-unreadable', { problem: 'too-large' });
  return bytes;
}

/** Slack answers with its sign-in page and status 200 where the token may not read the file: it must not be taken for what somebody sent. */
function isSignInPage({ headers }: Response, mimetype: string | undefined): boolean {
  return /^text\/html\b/i.test(headers.get('content-type') ?? '') && !/html/i.test(mimetype ?? '');
}

function isSlackHost(url: URL, apiUrl: string): boolean {
  if (url.origin === new URL(apiUrl).origin) return true;
  return (
    url.protocol === 'https:' &&
    (url.hostname === 'slack.com' || url.hostname.endsWith('.slack.com') || url.hostname.endsWith('.slack-files.com'))
  );
}
