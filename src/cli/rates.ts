import { readFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { CommandError } from '../errors.ts';
import { bringRates } from '../measure/rates/bring-rates.ts';
import { chooseWorkspace, withDatabase } from './with-database.ts';

/** `rates FILE`: the euro reference rates of the European Central Bank. Refuses `file-unreadable`. */
export async function runRates(
  { file, workspace }: { file: string; workspace: string | undefined },
  print: (line: string) => void,
): Promise<void> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new CommandError(`${file} cannot be read; check the path.`, { cause });
  });
  await withDatabase(async () => {
    const workspaceId = await chooseWorkspace(workspace);
    if (!workspaceId)
      throw new CommandError('No Slack workspace is connected yet. Start the app with its Slack settings first (see the README).');
    const { days, added, from, to, unknown } = await bringRates(workspaceId, bytes, { by: `cli:${userInfo().username}`, at: new Date() });
    print(`${days} days read, ${from} to ${to}; ${added} new.`);
    if (unknown.length > 0) print(`Left out, as no currency of today: ${unknown.join(', ')}.`);
  });
}
