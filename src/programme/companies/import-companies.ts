import { createPause } from '../../platform/slices.ts';
import { MOST_LISTED, type NewContact, readContact } from '../contacts/contact.ts';
import { saveAllContacts } from '../contacts/contact-repository.ts';
import { silenceImported } from '../suppression/follow-silence.ts';
import { listGatedHashes } from '../suppression/suppression-repository.ts';
import { cleanText, shortenText } from './clean-text.ts';
import { findColumnChoice } from './column-choice-repository.ts';
import { NOTHING_KNOWN, type Origin } from './company.ts';
import type { ColumnMatch } from './company-columns.ts';
import { idsByDomain } from './company-repository.ts';
import type { CompanyRow, RowPerson } from './company-row.ts';
import { registrableDomain } from './domain-name.ts';
import { MAX_FILE_BYTES, MAX_ROWS, unreadable } from './file-problems.ts';
import { type ImportedCompany, mergeImported } from './merge-facts.ts';
import { type CompanyFile, type FindChoice, readCompanyFile } from './read-companies.ts';
import type { RowProblem } from './row-problem.ts';
import { type SaveResult, saveImported } from './save-imported.ts';

export type ImportInput = { bytes: Uint8Array; name: string } | { pastedDomains: string };

/** `by` is the person who imports; `findChoice` what people have said of files with the same titles. Each origin is the file's name and line, or `pasted by <by>`. */
export type ImportOptions = { by: string; at: Date; onProgress?: (progress: ImportProgress) => void; findChoice?: FindChoice };

/** Companies written so far of those the file has, each domain once. */
export type ImportProgress = { done: number; total: number };

/** `rows` = `added` + `updated` + `unchanged` + `merged` (into an earlier row of the same domain) + `skipped`. `columns` is null for pasted
 *  domains. `people` are kept with an e-mail address, each once in a company; `silenced` are not, because nobody may write to them. */
export type ImportReport = Record<SaveResult, number> & {
  rows: number;
  merged: number;
  skipped: number;
  people: number;
  silenced: number;
  problems: RowProblem[];
  columns: ColumnMatch | null;
  tookMs: number;
};

/** What an import would write: each domain once, in the order of the file, with the people named beside it. */
export type ReadImport = Pick<ImportReport, 'rows' | 'merged' | 'problems' | 'columns'> & {
  companies: ImportedCompany[];
  people: ReadonlyMap<string, NewContact[]>;
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
  const read = await readImport(input, { findChoice: (header) => findColumnChoice(workspaceId, header), ...options });
  const counts = await saveAll(workspaceId, read, options);
  const written = counts.added + counts.updated + counts.unchanged;
  const { rows, merged, problems, columns, people } = read;
  return {
    rows,
    ...counts,
    merged,
    skipped: rows - written - merged,
    people: [...people.values()].reduce((sum, { length }) => sum + length, 0) - counts.silenced,
    problems,
    columns,
    tookMs: Math.round(performance.now() - started),
  };
}

/** As `importCompanies`, up to the moment before anything is written. Asks no database. */
export async function readImport(input: ImportInput, options: ImportOptions): Promise<ReadImport> {
  const file =
    'bytes' in input
      ? await readCompanyFile(input.bytes, input.name, options.at, options.findChoice)
      : await readPastedDomains(input.pastedDomains);
  const { companies, merged, notes, people } = await byDomain(file, originOf(input, options));
  const problems = [...file.problems, ...notes].sort((a, b) => a.line - b.line);
  return { rows: file.rows, merged, problems, columns: file.columns, companies, people };
}

async function saveAll(
  workspaceId: string,
  { companies, people }: Pick<ReadImport, 'companies' | 'people'>,
  { at, onProgress }: ImportOptions,
): Promise<Record<SaveResult | 'silenced', number>> {
  const counts = { added: 0, updated: 0, unchanged: 0, silenced: 0 };
  const silent = new Set(await listGatedHashes(workspaceId));
  const pause = createPause();
  for (let done = 0; done < companies.length; ) {
    const batch = companies.slice(done, done + BATCH);
    const results = await saveImported(workspaceId, batch, at);
    for (const result of results) counts[result]++;
    const added = batch.filter((_, place) => results[place] === 'added');
    await silenceImported(
      workspaceId,
      added.map(({ domain }) => domain),
      silent,
    );
    counts.silenced += await savePeople(workspaceId, batch, people);
    done += batch.length;
    if (done % TOLD_EVERY === 0 || done === companies.length) onProgress?.({ done, total: companies.length });
    const wait = pause();
    if (wait) await wait;
  }
  return counts;
}

async function savePeople(workspaceId: string, batch: readonly ImportedCompany[], people: ReadImport['people']): Promise<number> {
  const domains = batch.map(({ domain }) => domain).filter((domain) => people.has(domain));
  if (domains.length === 0) return 0;
  const ids = await idsByDomain(workspaceId, domains);
  return saveAllContacts(
    workspaceId,
    [...ids].map(([domain, companyId]) => ({ companyId, contacts: people.get(domain) ?? [] })),
  );
}

type ByDomain = Pick<ReadImport, 'companies' | 'merged' | 'people'> & { notes: RowProblem[] };

/** One entry a domain: of two rows the first gives the name, else the later wins where it says something, and the report names both lines. */
async function byDomain(file: Pick<CompanyFile, 'companies'>, origin: (row: CompanyRow) => Origin): Promise<ByDomain> {
  const pause = createPause();
  const found = new Map<string, { line: number; company: ImportedCompany }>();
  const people = createPeople();
  const notes: RowProblem[] = [];
  for (const row of file.companies) {
    const wait = pause();
    if (wait) await wait;
    if (row.domain === null) continue;
    const company = { domain: row.domain, facts: row.facts, origin: origin(row), origins: {} };
    const contact = row.person && contactOf(row.person, row.line, company.origin);
    if (contact) people.add(row.domain, contact, row.line);
    const earlier = found.get(row.domain);
    if (earlier) notes.push({ line: row.line, field: '', code: 'same-domain', domain: row.domain, earlier: earlier.line });
    found.set(row.domain, { line: earlier?.line ?? row.line, company: earlier ? mergeImported(earlier.company, company) : company });
  }
  return {
    companies: [...found.values()].map(({ company }) => company),
    merged: notes.length,
    notes: [...notes, ...people.notes()],
    people: people.kept,
  };
}

/** People by the domain of their company, each address once and no more of one company than are offered. */
function createPeople() {
  const kept = new Map<string, NewContact[]>();
  const places = new Map<string, Map<string, number>>();
  const over = new Map<string, number>();
  const add = (domain: string, contact: NewContact, line: number): void => {
    const contacts = kept.get(domain) ?? [];
    const known = places.get(domain) ?? new Map<string, number>();
    kept.set(domain, contacts);
    places.set(domain, known);
    const place = known.get(contact.email) ?? known.size;
    known.set(contact.email, place);
    const earlier = contacts[place];
    if (place < MOST_LISTED) contacts[place] = earlier ? mergeContacts(earlier, contact) : contact;
    else if (!over.has(domain)) over.set(domain, line);
  };
  const notes = (): RowProblem[] =>
    [...over].map(([domain, line]) => {
      return { line, field: '', code: 'people-left-out', domain, kept: MOST_LISTED, of: places.get(domain)?.size ?? 0 };
    });
  return { kept, add, notes };
}

/** What two rows say of one person: the source is the first one's, what the later one says replaces, what is empty erases nothing. */
function mergeContacts(earlier: NewContact, later: NewContact): NewContact {
  return {
    ...earlier,
    name: later.name || earlier.name,
    role: later.role || earlier.role,
    country: later.country || earlier.country,
  };
}

function contactOf(person: RowPerson, line: number, { source, at }: Origin): NewContact | null {
  const said = shortenText(cleanText(person.said), MAX_SOURCE).text;
  const file = source.slice(0, source.lastIndexOf(':'));
  return readContact(person, { kind: 'import', file, line, ...(said ? { said } : {}) }, at);
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
