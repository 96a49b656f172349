import type { CompanyFacts } from './company.ts';
import type { ColumnField, ColumnMatch } from './company-columns.ts';
import { type Note, readList, readName, readProse, readSize, readStatus, readText, readYear } from './company-values.ts';
import { type DomainProblem, problemText, registrableDomain } from './domain-name.ts';

/** A row of a file as it came: `cell` gives what stands under a column, undefined for nothing. `line` is where it starts, from 1. */
export type RawRow = { line: number; cell: (column: number) => unknown };

/** Something that was not taken over as it stands in the file. `field` is the column's title, empty for the row as a whole. */
export type RowProblem = { line: number; field: string; reason: string };

/** `domain` is null when the row has no usable one. An empty `name` is unknown. `id` is what the file calls the company, or empty. */
export type CompanyRow = { line: number; id: string; domain: string | null; facts: CompanyFacts };

/** Longest texts that are stored, in characters; the report says where one was cut. */
const MAX = { name: 200, address: 3_000, website: 500, oneLiner: 300, description: 5_000, word: 100, location: 200, id: 100 } as const;

/** Reads one row; a bad optional value is left out and reported, and the rest of the row stays. */
export function readCompanyRow(row: RawRow, { fields }: ColumnMatch, thisYear: number): { row: CompanyRow; problems: RowProblem[] } {
  const problems: RowProblem[] = [];
  const note: Note = (field, reason) => {
    problems.push({ line: row.line, field, reason });
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
  const consequence = domain === null ? 'The row is skipped.' : 'Left out.';
  if (byColumn.problem) note(given.domain.title, `${problemText(byColumn.problem, given.domain.text)} ${consequence}`);
  if (byWebsite.problem && !websiteStands)
    note(given.website.title, `${problemText(byWebsite.problem, given.website.text)} ${consequence}`);
  if (domain === null && !byColumn.problem && !byWebsite.problem) note('', 'There is no web domain and no website. The row is skipped.');
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
  note(title, `This is not an address that can be opened, or one of more than ${MAX.website} characters. Left out.`);
  return '';
}

function withPlace(locations: string[], place: string): string[] {
  return place === '' || locations.some((known) => known.toLowerCase() === place.toLowerCase()) ? locations : [...locations, place];
}
