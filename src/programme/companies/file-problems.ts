import { z } from 'zod';
import { Refusal } from '../../errors.ts';

/** A file of this many bytes or more is refused, packed or unpacked. */
export const MAX_FILE_BYTES = 50_000_000;
/** More rows are refused, so that one file cannot fill the memory of everybody. */
export const MAX_ROWS = 200_000;
/** A list of companies has far fewer. */
export const MAX_COLUMNS = 500;

/** What is wrong with a list of companies as a whole; `blocks/programme/import-words.ts` says what to do about each. */
export const FileProblem = z.enum([
  'gone',
  'signed-out',
  'empty',
  'too-large',
  'too-many-rows',
  'archive',
  'spreadsheet',
  'gzip-broken',
  'gzip-twice',
  'binary',
  'web-page',
  'json-document',
  'header-only',
  'no-domain-column',
  'columns-unclear',
  'too-many-columns',
  'no-domains-pasted',
  'no-rates',
  'too-many-entries',
  'no-cost-columns',
]);
export type FileProblem = z.infer<typeof FileProblem>;

export function unreadable(problem: FileProblem, details: Record<string, string | number> = {}, cause?: unknown): Refusal {
  return new Refusal('file-unreadable', { problem, ...details }, { cause });
}
