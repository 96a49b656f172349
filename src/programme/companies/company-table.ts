import type { SniffedFile } from './company-file.ts';
import type { RawRow } from './company-row.ts';
import { type CsvRecord, csvRecords, MAX_RECORD } from './csv-records.ts';
import { MAX_COLUMNS, MAX_ROWS, unreadable } from './file-problems.ts';
import { findCsvHead, headerAmong, type KnownTitles } from './header-row.ts';
import { jsonReader, pathsOf, valueAt } from './json-records.ts';
import type { RowProblem } from './row-problem.ts';
import { readSheets, type SheetRow } from './xlsx-sheets.ts';

/** `nested` are paths in `header` that stand beside the name of the thing around them. Rows can be read once more. */
export type Table = { header: string[]; nested: ReadonlySet<string>; rows: () => AsyncIterable<RawRow[]> };
type Report = (problem: RowProblem) => void;

/** The header of a list and the rows below it; rows that cannot be read go to `report`. `countKnown`: by whose titles the header is found, companies' where none is
 *  given. Refuses with `file-unreadable`. */
export async function openTable(format: SniffedFile['format'], text: Uint8Array, report: Report, countKnown?: KnownTitles): Promise<Table> {
  const open = { csv: csvTable, json: jsonTable, xlsx: xlsxTable }[format];
  const table = await open(text, report, countKnown);
  if (table.header.length > MAX_COLUMNS) throw unreadable('too-many-columns');
  return table;
}

async function csvTable(text: Uint8Array, report: Report, countKnown?: KnownTitles): Promise<Table> {
  const head = await findCsvHead(text, countKnown);
  if (!head) throw unreadable('empty');
  const { delimiter, header } = head;
  async function* rows(): AsyncGenerator<RawRow[]> {
    for await (const some of csvRecords(text, report, delimiter)) yield some.filter(({ line }) => line > header.line).flatMap(read);
  }
  const read = ({ line, values }: CsvRecord): RawRow[] => {
    if (hasColumns(values, header.values.length)) return [{ line, cell: (index) => values[index] }];
    report({ line, field: '', code: 'cells', cells: values.length, columns: header.values.length });
    return [];
  };
  return { header: header.values, nested: new Set(), rows };
}

/** Spreadsheets leave empty cells at the end of a row; those count for nothing. */
function hasColumns(values: string[], columns: number): boolean {
  return values.length >= columns && values.slice(columns).every((cell) => cell.trim() === '');
}

/** The columns are the keys of all objects together, in the order they first appear: a first pass finds them, a second reads the rows. */
async function jsonTable(text: Uint8Array, report: Report): Promise<Table> {
  const records = await jsonReader(text);
  const keys = new Set<string>();
  const nested = new Set<string>();
  const plain = new Set<string>();
  let [objects, lines] = [0, 0];
  for await (const { object } of records()) {
    if (++lines > MAX_ROWS) throw unreadable('too-many-rows');
    if (!object) continue;
    for (const path of pathsOf(object)) {
      keys.add(path);
      if (!Object.hasOwn(object, path)) nested.add(path);
      else if (!isAround(object[path])) plain.add(path);
    }
    if (keys.size > MAX_COLUMNS) throw unreadable('too-many-columns');
    objects++;
  }
  if (objects === 0) throw unreadable('json-document');
  // What only holds others that are read says nothing itself.
  const isOnlyAround = (key: string): boolean => !plain.has(key) && [...nested].some((path) => path.startsWith(`${key}.`));
  const header = [...keys].filter((key) => nested.has(key) || !isOnlyAround(key));
  async function* rows(): AsyncGenerator<RawRow[]> {
    for await (const { line, object, isTooLong } of records()) {
      if (object) yield [{ line, cell: (index) => valueAt(object, header[index] ?? '', keys) }];
      else report({ line, field: '', ...(isTooLong ? { code: 'line-too-long', most: MAX_RECORD } : { code: 'not-an-object' }) });
    }
  }
  return { header, nested, rows };
}

function isAround(value: unknown): boolean {
  return value === null || (typeof value === 'object' && !Array.isArray(value));
}

/** The sheet whose header names the most columns that are known, the first of several; without any, the first with anything on it. */
async function xlsxTable(zip: Uint8Array, _report: Report, countKnown?: KnownTitles): Promise<Table> {
  let best: { header: string[]; line: number; known: number; sheet: SheetRow[] } | null = null;
  for await (const sheet of readSheets(zip)) {
    const found = headerAmong(sheet, ({ cells }) => cells.map(String), countKnown);
    if (!found || (best && found.known <= best.known)) continue;
    best = { header: found.row.cells.map(String), line: found.row.line, known: found.known, sheet };
  }
  if (!best) throw unreadable('empty');
  const { header, line: headerLine, sheet } = best;
  async function* rows(): AsyncGenerator<RawRow[]> {
    const below = sheet.filter(({ line }) => line > headerLine);
    yield below.map(({ line, cells, links }) => ({ line, cell: (index) => cells[index], link: (index) => links.get(index) }));
  }
  return { header, nested: new Set(), rows };
}
