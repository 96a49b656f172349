import { createPause } from '../../platform/slices.ts';
import { type ColumnChoice, type ColumnMatch, chosenColumns, IDENTIFYING, matchColumns, titleOf } from './company-columns.ts';
import { sniffCompanyFile } from './company-file.ts';
import { type CompanyRow, type RawRow, readCompanyRow } from './company-row.ts';
import { openTable, type Table } from './company-table.ts';
import { registrableDomain } from './domain-name.ts';
import { MAX_ROWS, unreadable } from './file-problems.ts';
import type { RowProblem } from './row-problem.ts';

/** `rows` counts all rows with content, readable or not; `companies` are those that could be read, also ones without a domain. */
export type CompanyFile = { columns: ColumnMatch; rows: number; companies: CompanyRow[]; problems: RowProblem[] };

/** What a person has said before of a file with these titles; null when nobody has. */
export type FindChoice = (header: readonly string[]) => Promise<ColumnChoice | null>;

const NO_CHOICE: FindChoice = async () => null;

/**
 * Reads a list of companies as CSV, JSON or an Excel workbook, gzipped or not. `at` bounds the year founded. Refuses with `file-unreadable`
 * what holds no list of companies; with `columns-unclear` as its `problem` where web domains are there and no title says whose they are.
 */
export async function readCompanyFile(bytes: Uint8Array, name: string, at: Date, findChoice = NO_CHOICE): Promise<CompanyFile> {
  const problems: RowProblem[] = [];
  const lost = countLost(problems);
  const table = await openCompanyTable(bytes, name, lost.report);
  const choice = await findChoice(table.header);
  const columns = choice ? chosenColumns(table.header, choice) : matchTable(table);
  if (!IDENTIFYING.some((field) => columns.fields[field])) throw await withoutDomains(table, columns);
  const companies = await readRows(table, columns, at, { problems, lost });
  const rows = companies.length + lost.count();
  if (rows === 0) throw unreadable('header-only');
  return {
    columns,
    rows,
    companies: withoutDirectories(companies, problems),
    problems: problems.sort((a, b) => a.line - b.line),
  };
}

/** The titles of a file with two example values each, and what each column is taken for; for a person to say what it is. Refuses as above. */
export async function readColumns(
  bytes: Uint8Array,
  name: string,
  findChoice = NO_CHOICE,
): Promise<{ header: string[]; examples: string[][]; choice: ColumnChoice }> {
  const table = await openCompanyTable(bytes, name, () => {});
  const first = await firstRows(table);
  const { fields } = matchTable(table);
  const matched = table.header.map((_, index) => FIELDS_OF(fields).find(([, column]) => column?.index === index)?.[0] ?? null);
  const examples = table.header.map((_, index) =>
    [...new Set(first.map((row) => textOf(row.cell(index))).filter((text) => text !== ''))].slice(0, 2),
  );
  return { header: table.header, examples, choice: (await findChoice(table.header)) ?? matched };
}

// Object.entries forgets that the keys are fields.
const FIELDS_OF = (fields: ColumnMatch['fields']) => Object.entries(fields) as [keyof typeof fields, { index: number } | undefined][];

async function openCompanyTable(bytes: Uint8Array, name: string, report: (problem: RowProblem) => void): Promise<Table> {
  const { format, text } = await sniffCompanyFile(bytes, name);
  return openTable(format, text, report);
}

/** Of a nested thing that nothing is read from, its name alone is listed. */
function matchTable({ header, nested }: Table): ColumnMatch {
  const { fields, ignored } = matchColumns(header);
  const read = Object.values(fields).map(({ index }) => header[index] ?? '');
  const isReadInside = (title: string): boolean => read.some((path) => path.startsWith(`${title}.`));
  return { fields, ignored: ignored.filter((title) => !(nested.has(title) || isReadInside(title))) };
}

type Lost = { report: (problem: RowProblem) => void; count: () => number };

function countLost(problems: RowProblem[]): Lost {
  let lost = 0;
  const report = (problem: RowProblem) => {
    lost++;
    problems.push(problem);
    if (lost > MAX_ROWS) throw unreadable('too-many-rows');
  };
  return { report, count: () => lost };
}

async function readRows(
  table: Table,
  columns: ColumnMatch,
  at: Date,
  { problems, lost }: { problems: RowProblem[]; lost: Lost },
): Promise<CompanyRow[]> {
  const companies: CompanyRow[] = [];
  const pause = createPause();
  for await (const some of table.rows()) {
    for (const raw of some) {
      const wait = pause();
      if (wait) await wait;
      const read = readCompanyRow(raw, columns, at.getUTCFullYear());
      companies.push(read.row);
      for (const problem of read.problems) problems.push(problem);
      if (companies.length + lost.count() > MAX_ROWS) throw unreadable('too-many-rows');
    }
  }
  return companies;
}

/** A site on which so many companies of different names have a page each is a directory of them. */
const PAGES_OF_A_DIRECTORY = 3;

/** Rows that have only a page in a directory take the domain of their e-mail address, or lose the one that is not theirs. */
function withoutDirectories(companies: CompanyRow[], problems: RowProblem[]): CompanyRow[] {
  const pages = new Map<string, { names: Set<string>; addresses: Set<string> }>();
  for (const { domain, page, facts } of companies) {
    if (!page || domain === null || facts.name === '') continue;
    const known = pages.get(domain) ?? { names: new Set(), addresses: new Set() };
    known.names.add(facts.name.toLowerCase());
    known.addresses.add(page.address);
    pages.set(domain, known);
  }
  const isDirectory = (domain: string): boolean => {
    const { names, addresses } = pages.get(domain) ?? { names: new Set(), addresses: new Set() };
    return Math.min(names.size, addresses.size) >= PAGES_OF_A_DIRECTORY;
  };
  return companies.map((row) => {
    if (!row.page || row.domain === null || !isDirectory(row.domain)) return row;
    const { address, title, mailDomain } = row.page;
    problems.push({ line: row.line, field: title, code: 'bad-domain', problem: 'shared-host', text: address, isRowLost: !mailDomain });
    return { ...row, domain: mailDomain };
  });
}

const ROWS_TRIED = 200;

async function firstRows(table: Table): Promise<RawRow[]> {
  const first: RawRow[] = [];
  for await (const some of table.rows()) {
    first.push(...some.slice(0, ROWS_TRIED - first.length));
    if (first.length >= ROWS_TRIED) break;
  }
  return first;
}

/** Why no company can be told: only a person can say whose the domains in a column are, or there are none. */
async function withoutDomains(table: Table, columns: ColumnMatch): Promise<Error> {
  const first = await firstRows(table);
  const holdsDomains = table.header.some((title, index) => {
    const values = first.map((row) => textOf(row.cell(index))).filter((value) => value !== '');
    const domains = values.filter(isDomain);
    return !isDomain(title) && domains.length > 0 && domains.length >= values.length / 2;
  });
  return unreadable(holdsDomains ? 'columns-unclear' : 'no-domain-column', { columns: seen(columns) });
}

function isDomain(text: string): boolean {
  const address = text.slice(text.lastIndexOf('@') + 1);
  return 'domain' in registrableDomain(address);
}

function textOf(value: unknown): string {
  return typeof value === 'object' || value === undefined ? '' : titleOf(String(value));
}

function seen({ fields, ignored }: ColumnMatch): string {
  const titles = [...Object.values(fields).map(({ title }) => title), ...ignored];
  const shown = titles.slice(0, 12).map((title) => `“${title}”`);
  return shown.join(', ') + (titles.length > shown.length ? ` and ${titles.length - shown.length} more` : '');
}
