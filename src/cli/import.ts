import { randomUUID } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { columnWords, problemWords } from '../../blocks/programme/import-words.ts';
import { Refusal } from '../errors.ts';
import { recordAudit } from '../programme/audit/audit-repository.ts';
import { MAX_FILE_BYTES } from '../programme/companies/file-problems.ts';
import { type ImportReport, importCompanies } from '../programme/companies/import-companies.ts';
import { UNCONNECTED } from '../programme/workspaces/workspace.ts';
import { CommandError, chooseWorkspace, withDatabase } from './with-database.ts';

type Print = (line: string) => void;

/** `import companies FILE`: the report on standard output, progress on standard error. */
export async function runImport(
  { file, workspace, by }: { file: string; workspace: string | undefined; by: string },
  print: Print,
  note: Print,
) {
  const bytes = await readBytes(file);
  await withDatabase(async () => {
    const workspaceId = (await chooseWorkspace(workspace)) ?? UNCONNECTED;
    if (workspaceId === UNCONNECTED) note('No Slack workspace is connected yet: the companies move to the first one that is.');
    const at = new Date();
    const onProgress = ({ done, total }: { done: number; total: number }) => note(`${done} of ${total} companies`);
    const report = await importCompanies(workspaceId, { bytes, name: basename(file) }, { by, at, onProgress });
    const { rows, added, updated, skipped } = report;
    const subject = `import:${randomUUID()}`;
    await recordAudit({
      workspaceId,
      at,
      by,
      action: 'companies.import',
      subject,
      after: { source: basename(file), rows, added, updated, skipped },
    });
    for (const line of reportLines(report)) print(line);
  });
}

async function readBytes(file: string): Promise<Uint8Array> {
  const facts = await stat(file).catch(() => null);
  if (!facts?.isFile()) throw new CommandError(`There is no file ${file}.`);
  if (facts.size >= MAX_FILE_BYTES) throw new Refusal('file-unreadable', { problem: 'too-large' });
  return readFile(file);
}

function reportLines({ rows, added, updated, unchanged, merged, skipped, problems, columns, tookMs }: ImportReport): string[] {
  return [
    ...(columns ? columnWords(columns) : []),
    ...problems.map(({ line, field, ...problem }) => `line ${line}${field ? `, ${field}` : ''}: ${problemWords(problem)}`),
    `${rows} rows in ${(tookMs / 1000).toFixed(1)} s: ${added} new, ${updated} updated, ${unchanged} unchanged, ${merged} doubled in the file, ${skipped} left out.`,
  ];
}
