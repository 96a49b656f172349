import { writeFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { noteWords } from '../../blocks/recruit/draft-notes.ts';
import { CommandError } from '../errors.ts';
import { findDraft } from '../recruit/outreach/draft-repository.ts';
import { findBytes } from '../recruit/outreach/sent-bytes-repository.ts';
import { exportOutreach } from '../recruit/records/export-outreach.ts';
import { countRecords } from '../recruit/records/outreach-records-repository.ts';
import { chooseWorkspace, withDatabase } from './with-database.ts';

type Asked = { workspace: string | undefined; csv: string | undefined; bytes: string | undefined };

/** `outreach`: how many messages are in each state. `--csv FILE` writes every message with its record into a new file that its owner alone
 *  may read; `--bytes ID` prints what was handed to the mail server for one. */
export async function runOutreach({ workspace, csv, bytes }: Asked, print: (line: string) => void): Promise<void> {
  await withDatabase(async () => {
    const workspaceId = await chooseWorkspace(workspace);
    if (!workspaceId)
      throw new CommandError('No Slack workspace is connected yet. Start the app with its Slack settings first (see the README).');
    if (bytes) return print(await bytesOf(workspaceId, bytes));
    if (csv) return print(await writeCsv(workspaceId, csv));
    for (const { state, total, reasons } of await countRecords(workspaceId)) {
      const why = reasons.map(({ why: code, count }) => `${count} ${typeof code === 'string' ? code : noteWords(code)}`).join(', ');
      print(`${state.padEnd(9)} ${String(total).padStart(6)}${why ? `  ${why}` : ''}`);
    }
  });
}

async function bytesOf(workspaceId: string, draftId: string): Promise<string> {
  const draft = await findDraft(workspaceId, draftId);
  const found = draft && (await findBytes(draft));
  if (!found) throw new CommandError(`Nothing was handed to a mail server for ${draftId}. The column “id” of --csv names the messages.`);
  return found.toString();
}

async function writeCsv(workspaceId: string, file: string): Promise<string> {
  let lines = -1;
  const counted = async function* () {
    for await (const line of exportOutreach(workspaceId, noteWords)) {
      lines += 1;
      yield line;
    }
  };
  await writeFile(file, Readable.from(counted()), { mode: 0o600, flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') throw new CommandError(`${file} is there already. Name a new file.`);
    if (error.code === 'ENOENT' || error.code === 'EISDIR')
      throw new CommandError(`${file} cannot be written. Name a file in a folder that exists.`);
    throw error;
  });
  return `${lines} ${lines === 1 ? 'message' : 'messages'} in ${file}.`;
}
