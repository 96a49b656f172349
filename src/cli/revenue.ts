import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { moneyProblemWords } from '../../blocks/measure/money-forms.ts';
import { CommandError } from '../errors.ts';
import { bringMoney, planMoney } from '../measure/ledger/bring-money.ts';
import type { MoneyProblem } from '../measure/ledger/money-entry.ts';
import { readMoneyFile } from '../measure/ledger/read-money-file.ts';
import { rebuildRevenue } from '../measure/revenue/check-revenue.ts';
import { chooseWorkspace, withDatabase } from './with-database.ts';

type Print = (line: string) => void;
type Asked = { file: string; workspace: string | undefined; by: string; dryRun: boolean; json: boolean };

async function workspaceOr(named: string | undefined): Promise<string> {
  const workspaceId = await chooseWorkspace(named);
  if (workspaceId) return workspaceId;
  throw new CommandError('No Slack workspace is connected yet. Start the app with its Slack settings first (see the README).');
}

/** `revenue import FILE`: invoices, payments and refunds, read as in Slack. Refuses what `readMoneyFile` refuses. */
export async function runRevenueImport({ file, workspace, by, dryRun, json }: Asked, print: Print): Promise<void> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new CommandError(`${file} cannot be read; check the path.`, { cause });
  });
  await withDatabase(async () => {
    const workspaceId = await workspaceOr(workspace);
    const read = await readMoneyFile(bytes, basename(file));
    const plan = await planMoney(workspaceId, read.entries, new Date());
    const brought = dryRun ? { recorded: 0, problems: [] } : await bringMoney(workspaceId, plan, { by, at: new Date(), from: 'file' });
    const problems: MoneyProblem[] = [...read.problems, ...plan.problems, ...brought.problems].sort((a, b) => a.line - b.line);
    const sums = { entries: plan.planned.length, known: plan.known, recorded: brought.recorded };
    if (json) return print(JSON.stringify({ ...sums, problems: problems.map((one) => ({ ...one, message: moneyProblemWords(one) })) }));
    print(`${sums.entries} new, ${sums.known} on file already; ${dryRun ? 'nothing recorded, as asked' : `${sums.recorded} recorded`}.`);
    for (const problem of problems) print(`Line ${problem.line}: ${moneyProblemWords(problem)}`);
  });
}

/** `rebuild-revenue`: has all figures made anew; the running app does it, or the next start. */
export async function runRebuildRevenue(workspace: string | undefined, print: Print): Promise<void> {
  await withDatabase(async () => {
    await rebuildRevenue(await workspaceOr(workspace), new Date());
    print('All figures are made anew from the ledger; the running app does it in the next minutes.');
  });
}
