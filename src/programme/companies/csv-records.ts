import { createPause } from '../../platform/slices.ts';
import { MAX_COLUMNS, unreadable } from './file-problems.ts';
import type { RowProblem } from './row-problem.ts';

/** A record of more bytes has most likely lost its closing quote. */
export const MAX_RECORD = 200_000;
/** After so many lost quotes the file is not read any further: every one of them costs another look at what follows. */
const MAX_RESTARTS = 20;
/** Read before the clock is looked at. */
const LOOK_BYTES = 4 * 1024;
export const DELIMITERS = [',', ';', '\t', '|'] as const;
/** Looked at for the delimiter and the header. */
export const HEADER_BYTES = 64 * 1024;
const NEWLINE = 0x0a;
const RETURN = 0x0d;
const QUOTE = 0x22;

/** `line` is where the record starts, from 1. */
export type CsvRecord = { line: number; values: string[] };

/**
 * The records of a CSV text in UTF-8, blank lines left out, some at a time. `delimiter` is the code of its letter. A quote that is never closed costs its own line: it is reported and reading goes on with the line after it. A quotation mark inside a
 * cell that does not begin with one is a letter, as is the whole of a cell that goes on behind its closing one. Each byte is looked at once,
 * and others get their turn meanwhile: a library took 30 µs for each short row and up to 5 seconds for 1 MB of line breaks, in one block.
 * Refuses with `file-unreadable` more columns than any list has. Source: RFC 4180.
 */
export async function* csvRecords(
  bytes: Uint8Array,
  report: (problem: RowProblem) => void,
  delimiter = firstDelimiter(bytes),
): AsyncGenerator<CsvRecord[]> {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const pause = createPause();
  let found: CsvRecord[] = [];
  let [line, at, lookAt, lost] = [1, 0, LOOK_BYTES, 0];
  while (at < text.length) {
    if (at > lookAt) {
      if (found.length > 0) yield found;
      found = [];
      const wait = pause();
      if (wait) await wait;
      lookAt = at + LOOK_BYTES;
    }
    const blank = lineEnd(text, at);
    if (blank > 0) {
      at += blank;
      line++;
      continue;
    }
    const record = readRecord(text, at, delimiter);
    if ('problem' in record) {
      const isRestLost = ++lost > MAX_RESTARTS;
      report({ line, field: '', code: 'open-quote', isTooLong: record.problem === 'too-long', isRestLost });
      if (isRestLost) break;
      at = nextLine(text, at);
      line++;
      // As much as a whole record was looked through for the quote.
      lookAt = 0;
      continue;
    }
    if (record.values.some((cell) => cell.trim() !== '')) found.push({ line, values: record.values });
    at = record.end;
    line += record.lines;
  }
  if (found.length > 0) yield found;
}

/** `end` is behind its line break; `lines` those it takes. `problem`: `too-long` where the row may just have too many characters. */
type Read = { values: string[]; end: number; lines: number } | { problem: '' | 'too-long' };

function readRecord(text: Buffer, start: number, delimiter: number): Read {
  const values: string[] = [];
  let [at, lines] = [start, 0];
  while (at - start <= MAX_RECORD) {
    const cell = text[at] === QUOTE ? quotedCell(text, at, delimiter) : plainCell(text, at, at, delimiter);
    if (!cell || cell.end - start > MAX_RECORD) break;
    values.push(cell.value);
    lines += cell.breaks;
    at = cell.end;
    if (text[at] !== delimiter) return { values, end: at + lineEnd(text, at), lines: lines + 1 };
    at++;
  }
  return { problem: start + MAX_RECORD < text.length ? 'too-long' : '' };
}

/** `end` is where its delimiter or line break stands; `breaks` counts the line breaks inside. */
type Cell = { value: string; end: number; breaks: number };

/** From `at` on to the next delimiter or line break; the text from `start` on is part of it. */
function plainCell(text: Buffer, start: number, at: number, delimiter: number): Cell {
  const most = Math.min(text.length, start + MAX_RECORD + 1);
  let end = at;
  while (end < most && text[end] !== delimiter && text[end] !== NEWLINE && text[end] !== RETURN) end++;
  // Two hundred thousand empty cells would take a tenth of a second otherwise.
  return { value: start === end ? '' : text.toString('utf8', start, end), end, breaks: 0 };
}

/** Null where the quotation mark at `start` has no other within the length of a record. */
function quotedCell(text: Buffer, start: number, delimiter: number): Cell | null {
  const most = Math.min(text.length, start + MAX_RECORD + 1);
  let doubled = false;
  let breaks = 0;
  for (let at = start + 1; at < most; at++) {
    const byte = text[at];
    if (byte === NEWLINE || (byte === RETURN && text[at + 1] !== NEWLINE)) breaks++;
    if (byte !== QUOTE) continue;
    const next = text[at + 1];
    if (next === QUOTE) {
      doubled = true;
      at++;
      continue;
    }
    const inside = text.toString('utf8', start + 1, at);
    const value = doubled ? inside.replaceAll('""', '"') : inside;
    if (next === undefined || next === delimiter || next === NEWLINE || next === RETURN) return { value, end: at + 1, breaks };
    // It goes on behind its closing mark, so both marks belong to it.
    const rest = plainCell(text, at + 1, at + 1, delimiter);
    return { value: `"${value}"${rest.value}`, end: rest.end, breaks };
  }
  return null;
}

/** Bytes of the line break at this place; 0 where there is none. */
function lineEnd(text: Buffer, at: number): 0 | 1 | 2 {
  if (text[at] === NEWLINE) return 1;
  if (text[at] !== RETURN) return 0;
  return text[at + 1] === NEWLINE ? 2 : 1;
}

/** Offset of the first byte of the line after the one that `from` is in; the length of the text when there is none. */
function nextLine(text: Buffer, from: number): number {
  let at = from;
  while (at < text.length && text[at] !== NEWLINE && text[at] !== RETURN) at++;
  return at + lineEnd(text, at);
}

/** The delimiter that the first line has most of, by its code. Refuses with `file-unreadable` a line of too many columns. */
export function firstDelimiter(bytes: Uint8Array): number {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8', 0, HEADER_BYTES);
  const header = (/^[\r\n]*([^\r\n]*)/.exec(start)?.[1] ?? '').replace(/"[^"]*"/g, '');
  const counted = DELIMITERS.map((delimiter) => ({ delimiter, count: header.split(delimiter).length }));
  const most = counted.reduce((best, next) => (next.count > best.count ? next : best));
  // Said here, where a header too long for one record is not yet taken for a lost quote.
  if (most.count > MAX_COLUMNS) throw unreadable('too-many-columns');
  return most.delimiter.charCodeAt(0);
}
