import { cleanText, shortenText, withoutInstructions, withoutLinks } from './clean-text.ts';
import { COMPANY_STATUSES, type CompanyFacts, type SIZE_BANDS } from './company.ts';
import type { ColumnField, ColumnMatch } from './company-columns.ts';
import { type DomainProblem, registrableDomain } from './domain-name.ts';
import { bandOf } from './merge-facts.ts';
import type { RowProblem, ValueProblem } from './row-problem.ts';

/** A row of a file as it came: `cell` gives what stands under a column, undefined for nothing. `line` is where it starts, from 1. */
export type RawRow = { line: number; cell: (column: number) => unknown };

/** `domain` is null when the row has no usable one. An empty `name` is unknown. `id` is what the file calls the company, or empty. */
export type CompanyRow = { line: number; id: string; domain: string | null; facts: CompanyFacts };

/** Longest texts that are stored, in characters; the report says where one was cut. */
const MAX = { name: 200, address: 3_000, website: 500, oneLiner: 300, description: 5_000, word: 100, location: 200, id: 100 } as const;

/** Reads one row; a bad optional value is left out and reported, and the rest of the row stays. */
export function readCompanyRow(row: RawRow, { fields }: ColumnMatch, thisYear: number): { row: CompanyRow; problems: RowProblem[] } {
  const problems: RowProblem[] = [];
  const note: Note = (field, problem) => {
    problems.push({ line: row.line, field, ...problem });
  };
  const value = (field: ColumnField): unknown => fields[field] && row.cell(fields[field].index);
  const title = (field: ColumnField): string => fields[field]?.title ?? field;
  const text = (field: ColumnField, max: number): string => readText(value(field), title(field), max, note);
  const list = (field: ColumnField, max: number, separators: 'commas' | 'no-commas' | 'names'): string[] =>
    readList(value(field), title(field), max, separators, note);

  const cell = (field: ColumnField): Cell => ({ text: text(field, MAX.address), title: title(field) });
  const { domain, website } = readWeb({ domain: cell('domain'), website: cell('website') }, note);
  const size = readSize(value('teamSize'), title('teamSize'), note);
  const band = readSize(value('sizeBand'), title('sizeBand'), note);
  const place = (['city', 'region', 'country'] as const).map((field) => text(field, MAX.word)).filter((part) => part !== '');
  const facts: CompanyFacts = {
    name: readName(value('name'), title('name'), MAX.name, note),
    website,
    oneLiner: readProse(value('oneLiner'), title('oneLiner'), MAX.oneLiner, note),
    description: readProse(value('description'), title('description'), MAX.description, note),
    industries: list('industries', MAX.word, 'commas'),
    tags: list('tags', MAX.word, 'commas'),
    teamSize: size.teamSize ?? band.teamSize,
    sizeBand: band.sizeBand ?? size.sizeBand,
    locations: withPlace(list('locations', MAX.location, 'no-commas'), place.join(', ')),
    founded: readYear(value('founded'), title('founded'), thisYear, note),
    status: readStatus(value('status'), title('status'), note),
    aliases: list('aliases', MAX.name, 'names'),
  };
  return { row: { line: row.line, id: text('id', MAX.id), domain, facts }, problems };
}

/** The domain column names the domain, else the website does. What is wrong with either is reported, also where the other helps out. */
function readWeb(given: { domain: Cell; website: Cell }, note: Note): { domain: string | null; website: string } {
  const byColumn = domainIn(given.domain);
  const byWebsite = domainIn(given.website);
  const domain = byColumn.domain ?? byWebsite.domain;
  const websiteStands = byWebsite.domain !== null || (domain !== null && byWebsite.problem === 'shared-host');
  const bad = (problem: DomainProblem, { text, title }: Cell) =>
    note(title, { code: 'bad-domain', problem, text, isRowLost: domain === null });
  if (byColumn.problem) bad(byColumn.problem, given.domain);
  if (byWebsite.problem && !websiteStands) bad(byWebsite.problem, given.website);
  if (domain === null && !byColumn.problem && !byWebsite.problem) note('', { code: 'no-domain' });
  return { domain, website: websiteStands ? readWebsite(given.website, note) : '' };
}

type Cell = { text: string; title: string };

function domainIn({ text }: Cell): { domain: string | null; problem?: DomainProblem } {
  if (text === '') return { domain: null };
  const found = registrableDomain(text);
  return 'domain' in found ? found : { domain: null, problem: found.problem };
}

/** With its scheme; a bare host gets `https://`. */
function readWebsite({ text, title }: Cell, note: Note): string {
  const address = /^https?:\/\//i.test(text) ? text : `https://${text.replace(/^(https?:)?\/*/i, '')}`;
  if (URL.canParse(address) && address.length <= MAX.website) return address;
  note(title, { code: 'bad-website', most: MAX.website });
  return '';
}

function withPlace(locations: string[], place: string): string[] {
  return place === '' || locations.some((known) => known.toLowerCase() === place.toLowerCase()) ? locations : [...locations, place];
}

/** Takes note of what could not be read or kept whole. */
export type Note = (field: string, problem: ValueProblem) => void;

const MAX_ITEMS = 50;
/** Parts of a list that are looked at, and characters of its text: no list is longer, and each part costs microseconds. */
const MAX_PARTS = 500;
const MAX_LIST = 20_000;
/** What exports write where they know nothing. */
const NOTHING = /^(?:#?n\/a|null|undefined|-+|–|—|\?)$/i;
const MAX_PEOPLE = 10_000_000;

/** A text on one line, at most `max` characters. */
export function readText(value: unknown, field: string, max: number, note: Note): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'object') {
    note(field, { code: 'not-text' });
    return '';
  }
  const cleaned = cleanText(String(value));
  const text = NOTHING.test(cleaned) ? '' : cleaned;
  const kept = shortenText(text, max);
  if (kept.cut) note(field, { code: 'text-cut', kept: max, of: text.length });
  return kept.text;
}

/** As `readText`, for sentences: those that give orders to programs are no statement about the company. */
export function readProse(value: unknown, field: string, max: number, note: Note): string {
  const text = readText(value, field, max, note);
  const kept = withoutInstructions(text);
  if (kept !== text) note(field, { code: 'orders-left-out' });
  return kept;
}

/** As `readText`, for what is repeated in our own words: without links and mentions. */
export function readName(value: unknown, field: string, max: number, note: Note): string {
  const text = readText(value, field, max, note);
  const kept = withoutLinks(text);
  if (kept !== text) note(field, { code: 'links-left-out' });
  return kept;
}

/** A list, or a text whose parts `separators` divide; no part twice, whatever its case. */
export function readList(value: unknown, field: string, max: number, separators: 'commas' | 'no-commas' | 'names', note: Note): string[] {
  if (value === null || value === undefined || value === '') return [];
  if (typeof value === 'object' && !Array.isArray(value)) {
    note(field, { code: 'not-a-list' });
    return [];
  }
  const parts = (Array.isArray(value) ? value : splitText(String(value).slice(0, MAX_LIST), separators)).slice(0, MAX_PARTS);
  const items = new Map<string, string>();
  for (const part of parts) {
    const text = readName(readProse(part, field, max, note), field, max, note);
    if (text !== '' && !items.has(text.toLowerCase())) items.set(text.toLowerCase(), text);
  }
  if (items.size > MAX_ITEMS) note(field, { code: 'list-cut', kept: MAX_ITEMS, of: items.size });
  return [...items.values()].slice(0, MAX_ITEMS);
}

/** “1,200”, “~50 people”, or a range such as “51-200” and “1000+”, which only tells the band. */
export function readSize(
  value: unknown,
  field: string,
  note: Note,
): { teamSize: number | null; sizeBand: (typeof SIZE_BANDS)[number] | null } {
  const text = readText(value, field, 60, note);
  if (text === '') return { teamSize: null, sizeBand: null };
  const plain = text.replace(/\b(employees|people|staff|ftes?)$/i, '').replace(/[\s'’_~≈]/g, '');
  const bounds = plain
    .replace(/\+$/, '')
    .split(/-|–|—|to/)
    .map(wholeNumber);
  const [from, to] = bounds;
  if (from !== undefined && from !== null && bounds.length <= 2) {
    if (to === undefined && !plain.endsWith('+') && from >= 1 && from <= MAX_PEOPLE) return { teamSize: from, sizeBand: null };
    const [first, last] = plain.endsWith('+') ? [from + 1, MAX_PEOPLE] : [Math.max(from, 1), to ?? 0];
    if (last >= first && bandOf(first) === bandOf(last)) return { teamSize: null, sizeBand: bandOf(first) };
  }
  note(field, { code: 'bad-size', text });
  return { teamSize: null, sizeBand: null };
}

/** A year from 1500 to next year, also at the start of a date. */
export function readYear(value: unknown, field: string, thisYear: number, note: Note): number | null {
  const text = readText(value, field, 60, note);
  if (text === '') return null;
  const year = Number(/^(\d{4})(?:\.0+|-\d{1,2}(?:-\d{1,2}.*)?)?$/.exec(text)?.[1]);
  if (year >= 1500 && year <= thisYear + 1) return year;
  note(field, { code: 'bad-year', text, last: thisYear + 1 });
  return null;
}

export function readStatus(value: unknown, field: string, note: Note): (typeof COMPANY_STATUSES)[number] | null {
  const text = readText(value, field, 60, note);
  if (text === '') return null;
  const known = COMPANY_STATUSES.find((status) => status.toLowerCase() === text.toLowerCase());
  if (!known) note(field, { code: 'bad-status', text });
  return known ?? null;
}

/** A comma parts words only where the text has no `;`, `|` or line break; in names it does not part “Acme, Inc.”; in places it never does. */
function splitText(text: string, separators: 'commas' | 'no-commas' | 'names'): string[] {
  if (/[;|\n]/.test(text) || separators === 'no-commas') return text.split(/[;|\n]/);
  return text.split(
    separators === 'names' ? /,(?!\s*(?:inc|llc|llp|ltd|limited|gmbh|ag|s\.?a|s\.?l|b\.?v|plc|corp|co|pty|oy|ab|as|kg|sas|srl)\b)/i : ',',
  );
}

/** Digits, also with separators of thousands; null for anything else. */
function wholeNumber(text: string): number | null {
  const digits = text.replace(/^(\d{1,3})((?:[.,]\d{3})+)$/, (all) => all.replace(/[.,]/g, '')).replace(/\.0+$/, '');
  return /^\d{1,9}$/.test(digits) ? Number(digits) : null;
}
