import { createPause } from '../../platform/slices.ts';
import { matchColumns } from './company-columns.ts';
import { type CsvRecord, csvRecords, DELIMITERS, firstDelimiter, HEADER_BYTES } from './csv-records.ts';
import { MAX_COLUMNS } from './file-problems.ts';

/** Rows looked at from the top: above a header stand a title, a date, an empty row or two. */
export const ROWS_LOOKED_AT = 25;

/** Where the header stands in a CSV text, and what parts its cells; `delimiter` is the code of its letter. Null for a text without rows. */
export type CsvHead = { delimiter: number; header: CsvRecord };

/** What spreadsheets write above the header for each other: `sep=;`. */
const SEPARATOR_LINE = /^[\r\n]*"?sep=(.)"?[,;\t| ]*(?:\r\n|\n|\r|$)/i;

/** How many of these titles are known: what tells a header from the rows around it. */
export type KnownTitles = (cells: readonly string[]) => number;
const OF_COMPANIES: KnownTitles = (cells) => Object.keys(matchColumns(cells).fields).length;

/** Refuses with `file-unreadable` a first line of too many columns. */
export async function findCsvHead(bytes: Uint8Array, countKnown = OF_COMPANIES): Promise<CsvHead | null> {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const separator = SEPARATOR_LINE.exec(text.toString('utf8', 0, 100))?.[1];
  const first = firstDelimiter(text);
  const isNamed = separator !== undefined && separator.charCodeAt(0) < 128;
  const tried = isNamed ? [separator.charCodeAt(0)] : DELIMITERS.map((delimiter) => delimiter.charCodeAt(0));
  let best: (CsvHead & { known: number; alike: number }) | null = null;
  const pause = createPause();
  for (const delimiter of tried) {
    const wait = pause();
    if (wait) await wait;
    const records = await firstRecords(text, delimiter);
    const found = headerAmong(isNamed ? records.slice(1) : records, ({ values }) => values, countKnown);
    if (!found) continue;
    // Where nothing is known by its title, rows of one length tell the delimiter.
    const length = found.row.values.length;
    const alike = length < 2 ? 0 : records.filter(({ values }) => values.length === length).length;
    const isBetter = !best || found.known > best.known || (found.known === best.known && alike > best.alike);
    const isAsGood = best && found.known === best.known && alike === best.alike;
    if (isBetter || (isAsGood && delimiter === first)) best = { delimiter, header: found.row, known: found.known, alike };
  }
  return best && { delimiter: best.delimiter, header: best.header };
}

/** The row with the most titles that are known, the first of several; without any, the first that has more than one cell, else the first. */
export function headerAmong<Row>(
  rows: readonly Row[],
  cellsOf: (row: Row) => readonly string[],
  countKnown = OF_COMPANIES,
): { row: Row; known: number } | null {
  let best: { row: Row; known: number } | null = null;
  for (const row of rows.slice(0, ROWS_LOOKED_AT)) {
    const cells = cellsOf(row);
    const known = cells.length > MAX_COLUMNS ? 0 : countKnown(cells);
    if (known > (best?.known ?? 0)) best = { row, known };
  }
  const several = rows.find((row) => cellsOf(row).filter((cell) => cell.trim() !== '').length > 1);
  const fallback = several ?? rows[0];
  return best ?? (fallback === undefined ? null : { row: fallback, known: 0 });
}

async function firstRecords(text: Buffer, delimiter: number): Promise<CsvRecord[]> {
  const found: CsvRecord[] = [];
  for await (const some of csvRecords(text.subarray(0, HEADER_BYTES), () => {}, delimiter)) {
    found.push(...some);
    if (found.length > ROWS_LOOKED_AT) break;
  }
  return found.slice(0, ROWS_LOOKED_AT + 1);
}
