import { CsvError, type Parser, parse } from 'csv-parse';
import type { RowProblem } from './row-problem.ts';

/** A record that grows beyond this many characters has most likely lost its closing quote. */
const MAX_RECORD = 200_000;
/** After so many lost quotes the file is not read any further: every one of them costs another look at what follows. */
const MAX_RESTARTS = 20;
const CHUNK_BYTES = 64 * 1024;
const NEWLINE = 0x0a;
const RETURN = 0x0d;

/** `line` is where the record starts, from 1. */
export type CsvRecord = { line: number; values: string[] };

/**
 * The records of a CSV text in UTF-8, blank lines left out. Delimiter `,` `;` tab or `|`, whichever the first line has most of. A quote
 * that is never closed costs its own line: it is reported and reading goes on with the line after it.
 */
export async function* csvRecords(bytes: Uint8Array, report: (problem: RowProblem) => void): AsyncGenerator<CsvRecord> {
  const delimiter = delimiterOf(bytes);
  let rest = bytes;
  let linesBefore = 0;
  for (let restarts = 0; ; restarts++) {
    let line = 1;
    try {
      for await (const { cells, lastLine } of parsed(rest, delimiter)) {
        if (cells.some((cell) => cell.trim() !== '')) yield { line: linesBefore + line, values: cells };
        line = lastLine + 1;
      }
      return;
    } catch (error) {
      if (!(error instanceof CsvError)) throw error;
      const more = restarts < MAX_RESTARTS;
      const isTooLong = error.code === 'CSV_MAX_RECORD_SIZE';
      report({ line: linesBefore + line, field: '', code: 'open-quote', isTooLong, isRestLost: !more });
      if (!more) return;
      rest = rest.subarray(startOfLine(rest, line + 1));
      linesBefore += line;
    }
  }
}

type Parsed = { cells: string[]; lastLine: number };

/** Collects records as the parser meets them: read from it as a stream, those before an error would be lost with it. */
async function* parsed(bytes: Uint8Array, delimiter: string): AsyncGenerator<Parsed> {
  let found: Parsed[] = [];
  const parser = parse({
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_quotes: true,
    relax_column_count: true,
    max_record_size: MAX_RECORD,
    on_record: (cells: string[], { lines }) => {
      found.push({ cells, lastLine: lines });
      return null;
    },
  });
  // `feed` hands the error over; without a listener it would end the process as well.
  parser.on('error', () => {});
  for (const chunk of chunks(bytes)) {
    const failure = await feed(parser, chunk);
    yield* found;
    found = [];
    if (failure) throw failure;
  }
}

/** Resolves when the parser is done with the chunk, null being the end: to the error it met, if any. */
function feed(parser: Parser, chunk: Uint8Array | null): Promise<Error | null> {
  return new Promise((resolve) => {
    const done = (error?: Error | null): void => resolve(error ?? null);
    if (chunk) parser.write(chunk, done);
    else parser.end(done);
  });
}

function* chunks(bytes: Uint8Array): Generator<Uint8Array | null> {
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) yield Buffer.from(bytes.subarray(at, at + CHUNK_BYTES));
  yield null;
}

function delimiterOf(bytes: Uint8Array): string {
  const start = Buffer.from(bytes.subarray(0, CHUNK_BYTES)).toString('utf8');
  const header = (/^[\r\n]*([^\r\n]*)/.exec(start)?.[1] ?? '').replace(/"[^"]*"/g, '');
  const counted = [',', ';', '\t', '|'].map((delimiter) => ({ delimiter, count: header.split(delimiter).length }));
  return counted.reduce((best, next) => (next.count > best.count ? next : best)).delimiter;
}

/** Offset of the first byte of a line, counting lines from 1; the length of the text when it has fewer. */
function startOfLine(bytes: Uint8Array, line: number): number {
  let lines = 1;
  let at = 0;
  for (; at < bytes.length && lines < line; at++) {
    if (bytes[at] === NEWLINE || (bytes[at] === RETURN && bytes[at + 1] !== NEWLINE)) lines++;
  }
  return at;
}
