import { createPause } from '../../platform/slices.ts';
import { cleanText, shortenText } from './clean-text.ts';
import { NOTHING_KNOWN, type Origin } from './company.ts';
import type { ColumnMatch } from './company-columns.ts';
import type { CompanyRow } from './company-row.ts';
import { registrableDomain } from './domain-name.ts';
import { MAX_FILE_BYTES, MAX_ROWS, unreadable } from './file-problems.ts';
import { type ImportedCompany, mergeImported } from './merge-facts.ts';
import { type CompanyFile, readCompanyFile } from './read-companies.ts';
import type { RowProblem } from './row-problem.ts';
import { type SaveResult, saveImported } from './save-imported.ts';

export type ImportInput = { bytes: Uint8Array; name: string } | { pastedDomains: string };

/** `by` is the person who imports. Each origin is the file's name and line, or `pasted by <by>`. */
export type ImportOptions = { by: string; at: Date; onProgress?: (progress: ImportProgress) => void };

/** Companies written so far of those the file has, each domain once. */
export type ImportProgress = { done: number; total: number };

/** `rows` = `added` + `updated` + `unchanged` + `merged` (into an earlier row of the same domain) + `skipped`. `columns` is null for pasted domains. */
export type ImportReport = Record<SaveResult, number> & {
  rows: number;
  merged: number;
  skipped: number;
  problems: RowProblem[];
  columns: ColumnMatch | null;
  tookMs: number;
};

/** Written at once: more would keep others waiting for some tens of milliseconds. */
const BATCH = 100;
/** A multiple of it. */
const TOLD_EVERY = 500;
const MAX_SOURCE = 120;

/**
 * Takes candidate companies into a workspace, one per registrable domain. Importing again updates and never duplicates, also at the same
 * moment; empty values erase nothing. Refuses with `file-unreadable` before anything is written; bad rows are reported and stop nothing.
 */
export async function importCompanies(workspaceId: string, input: ImportInput, options: ImportOptions): Promise<ImportReport> {
  const started = performance.now();
  const file = 'bytes' in input ? await readCompanyFile(input.bytes, input.name, options.at) : await readPastedDomains(input.pastedDomains);
  const { companies, merged, notes } = await byDomain(file, originOf(input, options));
  const counts = await saveAll(workspaceId, companies, options);
  const written = counts.added + counts.updated + counts.unchanged;
  return {
    rows: file.rows,
    ...counts,
    merged,
    skipped: file.rows - written - merged,
    problems: [...file.problems, ...notes].sort((a, b) => a.line - b.line),
    columns: file.columns,
    tookMs: Math.round(performance.now() - started),
  };
}

async function saveAll(
  workspaceId: string,
  companies: ImportedCompany[],
  { at, onProgress }: ImportOptions,
): Promise<Record<SaveResult, number>> {
  const counts = { added: 0, updated: 0, unchanged: 0 };
  const pause = createPause();
  for (let done = 0; done < companies.length; ) {
    const batch = companies.slice(done, done + BATCH);
    for (const result of await saveImported(workspaceId, batch, at)) counts[result]++;
    done += batch.length;
    if (done % TOLD_EVERY === 0 || done === companies.length) onProgress?.({ done, total: companies.length });
    const wait = pause();
    if (wait) await wait;
  }
  return counts;
}

type ByDomain = { companies: ImportedCompany[]; merged: number; notes: RowProblem[] };

/** One entry a domain: of two rows the later wins where it says something, and the report names both lines. */
async function byDomain(file: Pick<CompanyFile, 'companies'>, origin: (row: CompanyRow) => Origin): Promise<ByDomain> {
  const pause = createPause();
  const found = new Map<string, { line: number; company: ImportedCompany }>();
  const notes: RowProblem[] = [];
  for (const row of file.companies) {
    const wait = pause();
    if (wait) await wait;
    if (row.domain === null) continue;
    const company = { domain: row.domain, facts: row.facts, origin: origin(row), origins: {} };
    const earlier = found.get(row.domain);
    if (earlier) notes.push({ line: row.line, field: '', code: 'same-domain', domain: row.domain, earlier: earlier.line });
    found.set(row.domain, { line: earlier?.line ?? row.line, company: earlier ? mergeImported(earlier.company, company) : company });
  }
  return { companies: [...found.values()].map(({ company }) => company), merged: notes.length, notes };
}

function originOf(input: ImportInput, { by, at }: ImportOptions): (row: CompanyRow) => Origin {
  const place = shortenText(cleanText('bytes' in input ? input.name : `pasted by ${by}`), MAX_SOURCE).text;
  return ({ line }) => ({ source: 'bytes' in input ? `${place}:${line}` : place, at });
}

/** Domains or web addresses as a person pastes them, parted by spaces, commas, semicolons or lines. `line` is where each stands. */
export async function readPastedDomains(
  text: string,
): Promise<{ columns: null; rows: number; companies: CompanyRow[]; problems: RowProblem[] }> {
  if (text.length >= MAX_FILE_BYTES) throw unreadable('too-large');
  const companies: CompanyRow[] = [];
  const problems: RowProblem[] = [];
  const pause = createPause();
  let [rows, line] = [0, 1];
  for (const [found] of text.matchAll(/\r\n|\n|\r|[^\s,;]+/g)) {
    const wait = pause();
    if (wait) await wait;
    if (/^[\r\n]/.test(found)) {
      line++;
      continue;
    }
    if (++rows > MAX_ROWS) throw unreadable('too-many-rows');
    const read = registrableDomain(found);
    if ('domain' in read) companies.push({ line, id: '', domain: read.domain, facts: NOTHING_KNOWN, person: null });
    else problems.push({ line, field: '', code: 'bad-domain', problem: read.problem, text: found, isRowLost: false });
  }
  if (rows === 0) throw unreadable('no-domains-pasted');
  return { columns: null, rows, companies, problems };
}
