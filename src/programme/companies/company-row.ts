import { contactAddress } from '../contacts/contact.ts';
import { cleanText, shortenText, withoutInstructions, withoutLinks } from './clean-text.ts';
import { COMPANY_STATUSES, type CompanyFacts } from './company.ts';
import type { ColumnField, ColumnMatch } from './company-columns.ts';
import { type DomainProblem, isFreeMail, registrableDomain } from './domain-name.ts';
import type { RowProblem, ValueProblem } from './row-problem.ts';
import { readTeamSize, sizeBetween, type TeamSize } from './team-size.ts';

/** A row of a file as it came: `cell` gives what stands under a column, a number where the file itself says it is one, undefined for nothing; `link` where it leads when it is clicked.
 *  `line` is where the row starts, from 1. */
export type RawRow = { line: number; cell: (column: number) => unknown; link?: (column: number) => string | undefined };

/** Whoever the row names beside the company, as it is written there; `email` is never empty. */
export type RowPerson = { email: string; name: string; role: string; country: string; said: string };

/** `domain` is null when the row has no usable one. An empty `name` is unknown. `id` is what the file calls the company, or empty. */
export type CompanyRow = {
  line: number;
  id: string;
  domain: string | null;
  facts: CompanyFacts;
  person: RowPerson | null;
  /** The page on a site from which alone the domain is known, and the title of its column. */
  page?: { address: string; title: string; mailDomain: string | null };
};

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

  const cell = (field: ColumnField): Cell => {
    const link = fields[field] && row.link?.(fields[field].index);
    return { text: link ? cleanText(link) : text(field, MAX.address), title: title(field) };
  };
  const name = readName(value('name'), title('name'), MAX.name, note);
  const emails = (['companyEmail', 'contactEmail'] as const).map(cell).map((one) => ({ ...one, text: firstAddress(one.text) }));
  const { domain, website, page } = readWeb({ domain: cell('domain'), website: cell('website'), emails, name }, note);
  const place = (['city', 'region', 'country'] as const).map((field) => text(field, MAX.word)).filter((part) => part !== '');
  const facts: CompanyFacts = {
    name,
    website,
    oneLiner: readProse(value('oneLiner'), title('oneLiner'), MAX.oneLiner, note),
    description: readProse(value('description'), title('description'), MAX.description, note),
    industries: list('industries', MAX.word, 'commas'),
    tags: list('tags', MAX.word, 'commas'),
    ...readSizes((field) => ({ text: text(field, 60), title: title(field) }), note),
    locations: withPlace(list('locations', MAX.location, 'no-commas'), place.join(', ')),
    founded: readYear(value('founded'), title('founded'), thisYear, note),
    status: readStatus(value('status'), title('status'), note),
    aliases: list('aliases', MAX.name, 'names'),
  };
  const person = readPerson(emails, (field) => text(field, MAX.name));
  for (const email of emails.filter(({ text: given }) => given !== '' && !contactAddress(given)))
    note(email.title, { code: 'bad-address', text: email.text });
  return { row: { line: row.line, id: text('id', MAX.id), domain, facts, person, ...(page ? { page } : {}) }, problems };
}

/** The first of several addresses, also inside “Dana <dana@example.com>”; empty without any. */
function firstAddress(text: string): string {
  const at = text.indexOf('@');
  const [before = ''] = at === -1 ? [] : (/[^\s<>"(),;:]*$/.exec(text.slice(Math.max(0, at - 64), at)) ?? []);
  const [behind = ''] = at === -1 ? [] : (/^[^\s<>"(),;]+/.exec(text.slice(at, at + 255)) ?? []);
  return before + behind;
}

type Web = { domain: string | null; website: string; page?: CompanyRow['page'] };

/** The domain column names the domain, else the website does, else an e-mail address at which not anybody can have a mailbox. What is
 *  wrong with a column is reported, also where another helps out. */
function readWeb(given: { domain: Cell; website: Cell; emails: Cell[]; name: string }, note: Note): Web {
  const byColumn = domainIn(given.domain, given.name);
  const byWebsite = domainIn(given.website, given.name);
  const byMail = given.emails.filter(({ text }) => text !== '').map((email) => ({ email, ...mailDomain(email.text) }));
  const ofMail = byMail.find(({ domain }) => domain !== null)?.domain ?? null;
  const domain = byColumn.domain ?? byWebsite.domain ?? ofMail;
  const websiteStands = byWebsite.domain !== null || (domain !== null && byWebsite.problem === 'shared-host');
  const bad = (problem: DomainProblem, { text, title }: Cell) =>
    note(title, { code: 'bad-domain', problem, text, isRowLost: domain === null });
  if (byColumn.problem) bad(byColumn.problem, given.domain);
  if (byWebsite.problem && !websiteStands) bad(byWebsite.problem, given.website);
  const [mail] = byMail;
  if (domain === null && !byColumn.problem && !byWebsite.problem) {
    if (mail?.problem) bad(mail.problem, { ...mail.email, text: mail.email.text.slice(mail.email.text.lastIndexOf('@') + 1) });
    else note('', { code: 'no-domain' });
  }
  const website = websiteStands ? readWebsite(given.website, note) : '';
  const isPage = byColumn.domain === null && byWebsite.domain !== null && /^(?:https?:)?\/*[^/]+\/[^/]/i.test(given.website.text);
  return { domain, website, ...(isPage ? { page: { address: given.website.text, title: given.website.title, mailDomain: ofMail } } : {}) };
}

type Cell = { text: string; title: string };
type Found = { domain: string | null; problem?: DomainProblem };

/** A provider of mailboxes is a company only where the row is about the provider: CRMs make companies out of people's addresses. */
function domainIn({ text }: Cell, name: string): Found {
  if (text === '') return { domain: null };
  const found = registrableDomain(text);
  if ('problem' in found) return { domain: null, problem: found.problem };
  const [label = ''] = found.domain.split('.');
  const isTheirs = name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
    .includes(label.replaceAll('-', ''));
  return isFreeMail(found.domain) && !isTheirs ? { domain: null, problem: 'free-mail' } : found;
}

/** The domain of an address, unless anybody can have a mailbox there. */
function mailDomain(text: string): Found {
  const address = contactAddress(text);
  if (!address) return { domain: null };
  const found = registrableDomain(address.slice(address.lastIndexOf('@') + 1));
  if ('problem' in found) return { domain: null, problem: found.problem };
  return isFreeMail(found.domain) ? { domain: null, problem: 'free-mail' } : found;
}

/** The person's own address before the company's. */
function readPerson(emails: readonly Cell[], text: (field: ColumnField) => string): RowPerson | null {
  const email = emails.map((one) => contactAddress(one.text)).findLast((address) => address !== null);
  if (!email) return null;
  const full = [text('firstName'), text('lastName')].filter(Boolean).join(' ');
  return {
    email,
    name: text('contactName') || full,
    role: text('role'),
    country: text('contactCountry') || text('country'),
    said: text('contactSource'),
  };
}

/** Three spellings of one fact: a number, a band, and a range between two columns. */
function readSizes(cell: (field: ColumnField) => Cell, note: Note): TeamSize {
  const read = (field: ColumnField): TeamSize | null => {
    const { text, title } = cell(field);
    const size = text === '' ? null : readTeamSize(text);
    if (text !== '' && !size) note(title, { code: 'bad-size', text });
    return size;
  };
  const [size, band] = [read('teamSize'), read('sizeBand')];
  const [least, most] = [cell('minSize'), cell('maxSize')];
  const between = sizeBetween(least.text, most.text);
  if (!between) note(least.title, { code: 'bad-size', text: `${least.text}–${most.text}` });
  return {
    teamSize: size?.teamSize ?? band?.teamSize ?? between?.teamSize ?? null,
    sizeBand: band?.sizeBand ?? size?.sizeBand ?? between?.sizeBand ?? null,
  };
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
