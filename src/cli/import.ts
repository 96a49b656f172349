import { randomUUID } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { columnWords, fileProblemWords, problemWords } from '../../blocks/programme/import-words.ts';
import { CommandError, Refusal } from '../errors.ts';
import { recordAudit } from '../programme/audit/audit-repository.ts';
import type { CompanyFacts } from '../programme/companies/company.ts';
import { type ColumnMatch, matchColumns } from '../programme/companies/company-columns.ts';
import { MAX_FILE_BYTES } from '../programme/companies/file-problems.ts';
import { type ImportReport, importCompanies, type ReadImport, readImport } from '../programme/companies/import-companies.ts';
import { readColumns } from '../programme/companies/read-companies.ts';
import type { RowProblem } from '../programme/companies/row-problem.ts';
import { UNCONNECTED } from '../programme/workspaces/workspace.ts';
import { chooseWorkspace, withDatabase } from './with-database.ts';

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

/** `import companies FILE --dry-run`: what an import would do, from the same reading; stores nothing and needs no database. */
export async function runDryImport({ file, json }: { file: string; json: boolean }, print: Print): Promise<void> {
  const name = basename(file);
  const bytes = await readBytes(file);
  const at = new Date();
  const read = await readImport({ bytes, name }, { by: 'nobody', at }).catch(async (error: unknown) => {
    if (!(error instanceof Refusal)) throw error;
    return error;
  });
  if (read instanceof Refusal && !json) throw read;
  if (read instanceof Refusal) print(JSON.stringify(await toldRefusal(read, bytes, name)));
  else for (const line of json ? [JSON.stringify(toldReading(read))] : readingLines(read)) print(line);
}

/** The contract of the command line; `people` is a number, or the two ends of a band, the upper one null where it is open. */
function toldReading({ companies, columns, problems }: ReadImport) {
  const [first] = companies;
  return {
    outcome: 'imported',
    companies: companies.length,
    names: companies.map(({ facts, domain }) => facts.name || domain),
    domains: companies.map(({ domain }) => domain),
    columns: columns ? toldColumns(columns) : {},
    problems: problems.map(({ line, field, ...problem }) => ({ line, field, message: problemWords(problem) })),
    first: first ? { people: toldSize(first.facts), place: first.facts.locations[0] ?? null } : { people: null, place: null },
  };
}

async function toldRefusal({ details }: Refusal, bytes: Uint8Array, name: string) {
  const isAsked = details.problem === 'columns-unclear';
  const header = isAsked ? (await readColumns(bytes, name)).header : [];
  return {
    outcome: isAsked ? 'mapping-asked' : 'refused',
    companies: 0,
    names: [],
    domains: [],
    columns: toldColumns(matchColumns(header)),
    problems: [{ line: 0, field: '', message: fileProblemWords(details) }],
    first: { people: null, place: null },
  };
}

function toldColumns({ fields, ignored }: ColumnMatch): Record<string, string | null> {
  const read = Object.entries(fields).map(([field, { title }]) => [title, field] as const);
  return Object.fromEntries([...ignored.map((title) => [title, null] as const), ...read]);
}

function toldSize({ teamSize, sizeBand }: CompanyFacts): number | [number, number | null] | null {
  if (teamSize !== null || sizeBand === null) return teamSize;
  const [least = 0, most] = sizeBand.split(/[-+]/).map(Number);
  return sizeBand.endsWith('+') ? [least + 1, null] : [least, most ?? null];
}

function readingLines({ rows, companies, merged, problems, columns }: ReadImport): string[] {
  return [
    ...(columns ? columnWords(columns) : []),
    ...problemLines(problems),
    `${rows} rows make ${companies.length} companies; ${merged} doubled in the file, ${rows - companies.length - merged} left out. Nothing was stored.`,
  ];
}

function problemLines(problems: readonly RowProblem[]): string[] {
  return problems.map(({ line, field, ...problem }) => `line ${line}${field ? `, ${field}` : ''}: ${problemWords(problem)}`);
}

async function readBytes(file: string): Promise<Uint8Array> {
  const facts = await stat(file).catch(() => null);
  if (!facts?.isFile()) throw new CommandError(`There is no file ${file}.`);
  if (facts.size >= MAX_FILE_BYTES) throw new Refusal('file-unreadable', { problem: 'too-large' });
  return readFile(file);
}

function reportLines({
  rows,
  added,
  updated,
  unchanged,
  merged,
  skipped,
  people,
  silenced,
  problems,
  columns,
  tookMs,
}: ImportReport): string[] {
  return [
    ...(columns ? columnWords(columns) : []),
    ...problemLines(problems),
    `${rows} rows in ${(tookMs / 1000).toFixed(1)} s: ${added} new, ${updated} updated, ${unchanged} unchanged, ${merged} doubled in the file, ${skipped} left out. ${people} e-mail addresses kept${silenced > 0 ? `, ${silenced} under silence left out` : ''}.`,
  ];
}
