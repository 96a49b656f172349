import { parseJson } from '../../platform/parse-json.ts';
import { createPause } from '../../platform/slices.ts';
import { type ColumnMatch, matchColumns } from './company-columns.ts';
import { sniffCompanyFile, unreadable } from './company-file.ts';
import { type CompanyRow, type RawRow, readCompanyRow } from './company-row.ts';
import { type CsvRecord, csvRecords, MAX_RECORD } from './csv-records.ts';
import { MAX_COLUMNS, MAX_ROWS } from './file-problems.ts';
import type { RowProblem } from './row-problem.ts';

/** `rows` counts all rows with content, readable or not; `companies` are those that could be read, also ones without a domain. */
export type CompanyFile = { columns: ColumnMatch; rows: number; companies: CompanyRow[]; problems: RowProblem[] };

type Table = { header: string[]; rows: AsyncIterable<RawRow[]> };
type Report = (problem: RowProblem) => void;

/** Reads a CSV or JSONL file, gzipped or not. `at` bounds the year founded. Refuses with `file-unreadable` what holds no list of companies. */
export async function readCompanyFile(bytes: Uint8Array, name: string, at: Date): Promise<CompanyFile> {
  const { format, text } = await sniffCompanyFile(bytes, name);
  const problems: RowProblem[] = [];
  const companies: CompanyRow[] = [];
  let lost = 0;
  const reportLost: Report = (problem) => {
    lost++;
    problems.push(problem);
    if (lost > MAX_ROWS) throw unreadable('too-many-rows');
  };
  const table = format === 'csv' ? await csvTable(text, reportLost) : await jsonlTable(text, reportLost);
  const columns = matchColumns(table.header);
  if (!columns.fields.domain && !columns.fields.website) throw unreadable('no-domain-column', { columns: seen(columns) });
  const pause = createPause();
  for await (const some of table.rows) {
    for (const raw of some) {
      const wait = pause();
      if (wait) await wait;
      const read = readCompanyRow(raw, columns, at.getUTCFullYear());
      companies.push(read.row);
      for (const problem of read.problems) problems.push(problem);
      if (companies.length + lost > MAX_ROWS) throw unreadable('too-many-rows');
    }
  }
  const rows = companies.length + lost;
  if (rows === 0) throw unreadable('header-only');
  return { columns, rows, companies, problems: problems.sort((a, b) => a.line - b.line) };
}

async function csvTable(text: Uint8Array, reportLost: Report): Promise<Table> {
  const records = csvRecords(text, reportLost);
  const first = await records.next();
  const [head, ...below] = first.done ? [] : first.value;
  if (!head) throw unreadable('empty');
  const header = head.values;
  if (header.length > MAX_COLUMNS) throw unreadable('too-many-columns');
  async function* rows(): AsyncGenerator<RawRow[]> {
    yield read(below);
    for await (const some of records) yield read(some);
  }
  const read = (some: readonly CsvRecord[]): RawRow[] =>
    some.flatMap(({ line, values }) => {
      if (hasColumns(values, header.length)) return { line, cell: (index) => values[index] };
      reportLost({ line, field: '', code: 'cells', cells: values.length, columns: header.length });
      return [];
    });
  return { header, rows: rows() };
}

/** The columns are the keys of all objects together, in the order they first appear: a first pass finds them, a second reads the rows. */
async function jsonlTable(text: Uint8Array, reportLost: Report): Promise<Table> {
  const keys = new Set<string>();
  let objects = 0;
  let lines = 0;
  for await (const { object } of jsonlRecords(text)) {
    if (++lines > MAX_ROWS) throw unreadable('too-many-rows');
    for (const key of Object.keys(object ?? {})) keys.add(key);
    if (keys.size > MAX_COLUMNS) throw unreadable('too-many-columns');
    if (object) objects++;
  }
  if (objects === 0) throw unreadable('json-document');
  const header = [...keys];
  async function* rows(): AsyncGenerator<RawRow[]> {
    for await (const { line, object, isTooLong } of jsonlRecords(text)) {
      if (object) yield [{ line, cell: (index) => object[header[index] ?? ''] }];
      else reportLost({ line, field: '', ...(isTooLong ? { code: 'line-too-long', most: MAX_RECORD } : { code: 'not-an-object' }) });
    }
  }
  return { header, rows: rows() };
}

/** Spreadsheets leave empty cells at the end of a row; those count for nothing. */
function hasColumns(values: string[], columns: number): boolean {
  return values.length >= columns && values.slice(columns).every((cell) => cell.trim() === '');
}

function seen({ fields, ignored }: ColumnMatch): string {
  const titles = [...Object.values(fields).map(({ title }) => title), ...ignored];
  const shown = titles.slice(0, 12).map((title) => `“${title}”`);
  return shown.join(', ') + (titles.length > shown.length ? ` and ${titles.length - shown.length} more` : '');
}

const NEWLINE = 0x0a;

/** `object` is null where the line is no JSON object. It has no prototype: a key such as `constructor` is there only if the line has it. */
export type JsonRecord = { line: number; object: Record<string, unknown> | null; isTooLong: boolean };

/** The lines of a JSONL text in UTF-8, blank ones left out. Others get their turn meanwhile. */
export async function* jsonlRecords(bytes: Uint8Array): AsyncGenerator<JsonRecord> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const pause = createPause();
  let line = 0;
  for (let at = 0; at < buffer.length; ) {
    // Looking at the clock for every short line would take longer than the line.
    const wait = line % LINES_A_LOOK === 0 ? pause() : null;
    if (wait) await wait;
    if (buffer[at] === NEWLINE) {
      at++;
      line++;
      continue;
    }
    const found = buffer.indexOf(NEWLINE, at);
    const end = found === -1 ? buffer.length : found;
    const isTooLong = end - at > MAX_RECORD;
    const text = isTooLong ? '' : buffer.toString('utf8', at, end).trim();
    at = end + 1;
    line++;
    if (text !== '' || isTooLong) yield { line, object: objectIn(text), isTooLong };
    const more = text.length > LONG_LINE ? pause() : null;
    if (more) await more;
  }
}

const LINES_A_LOOK = 64;
const LONG_LINE = 10_000;

function objectIn(text: string): Record<string, unknown> | null {
  const value = parseJson(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  return Object.setPrototypeOf(value, null);
}
