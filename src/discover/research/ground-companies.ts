import type { RESEARCHED_FIELDS, ResearchAnswer } from '../../../prompts/discover/research-companies.ts';
import { cleanText, isOrder, withoutInstructions, withoutLinks } from '../../programme/companies/clean-text.ts';
import { type CompanyFacts, NOTHING_KNOWN } from '../../programme/companies/company.ts';
import { matchColumns } from '../../programme/companies/company-columns.ts';
import { readCompanyRow } from '../../programme/companies/company-row.ts';
import { domainOf } from '../../programme/companies/domain-name.ts';
import { mergeImported } from '../../programme/companies/merge-facts.ts';
import type { ReadPage } from '../website/read-pages.ts';
import { comparable } from '../website/visible-text.ts';
import type { FoundCompany } from './research.ts';

type Field = (typeof RESEARCHED_FIELDS)[number];
type Answered = ResearchAnswer['companies'][number];

/** The facts that a file could have too are read as a file's are: cleaned, bounded, checked. */
const READ_AS_ROW = {
  website: 'Website',
  name: 'Name',
  oneLiner: 'One liner',
  description: 'Description',
  industries: 'Industries',
  locations: 'Locations',
  teamSize: 'Team size',
  founded: 'Founded',
} satisfies Partial<Record<Field | 'website' | 'name', string>>;
const ROW_FIELDS = Object.keys(READ_AS_ROW) as (keyof typeof READ_AS_ROW)[]; // Object.keys forgets the key type
const COLUMNS = matchColumns(Object.values(READ_AS_ROW));

const MOST_PAGES = 40;

/** The pages that an answer rests on, each once, of `sources`, those that the search gave or the answer cites. */
export function pagesBehind({ companies }: ResearchAnswer, sources: readonly string[]): string[] {
  const cited = new Set(sources.flatMap((url) => pageKey(url) ?? []));
  const named = companies.flatMap(({ url, partner, facts }) => [
    url,
    ...(partner ? [partner.url] : []),
    ...facts.flatMap(({ field, value, url: page }) => (field === 'partnerPage' ? [page, value] : page)),
  ]);
  const byKey = new Map(named.map((url) => [pageKey(url), url] as const));
  return [...byKey].flatMap(([key, url]) => (key !== null && cited.has(key) ? url : [])).slice(0, MOST_PAGES);
}

type Pages = ReadonlyMap<string, ReadPage>;

/** Keeps of a model's answer what stands on the pages that were read of `pagesBehind`, by address: a fact whose quote does not, and a
 *  company whose page is not among `sources` or that no page names, are dropped and counted. One entry a domain. The date of a fact is the day
 *  it was read. */
export function groundCompanies(
  { companies }: ResearchAnswer,
  sources: readonly string[],
  pages: Pages,
  now: Date,
): { companies: FoundCompany[]; dropped: number } {
  const cited = new Set(sources.flatMap((url) => pageKey(url) ?? []));
  const read: Pages = new Map([...pages].map(([url, page]) => [pageKey(url) ?? url, page]));
  const found = new Map<string, FoundCompany>();
  let dropped = 0;
  for (const answered of companies) {
    const company = cited.has(pageKey(answered.url) ?? '') ? foundCompany(answered, read, now) : null;
    const kept = company ? Object.keys(company.origins).length + (company.partner ? 1 : 0) : 0;
    dropped += company ? answered.facts.length + (answered.partner ? 1 : 0) - kept : 1;
    if (!company) continue;
    const earlier = found.get(company.domain);
    found.set(company.domain, earlier ? { ...company, ...earlier, ...mergeImported(earlier, company) } : company);
  }
  return { companies: [...found.values()], dropped };
}

function foundCompany({ name, website, url, partner, facts }: Answered, read: Pages, now: Date): FoundCompany | null {
  const site = domainOf(website);
  if (site === null) return null;
  const quoted = facts
    .map((fact) => ({ ...fact, value: borneOut(fact, read) }))
    .filter(({ value }) => value !== '')
    .toSorted((a, b) => distance(a.url, site) - distance(b.url, site));
  const naming = [url, ...quoted.map((fact) => fact.url)].find((page) => namesCompany(pageAt(page, read), name, site));
  if (naming === undefined) return null;
  const values = new Map<Field, { value: string; url: string }>();
  for (const { field, value, url: page } of quoted) if (!values.has(field)) values.set(field, { value, url: page });
  const cell = (index: number): string => {
    const field = ROW_FIELDS[index];
    if (field === 'website') return website;
    if (field === 'name') return withoutLinks(withoutInstructions(name));
    return (field && values.get(field)?.value) ?? '';
  };
  const { row } = readCompanyRow({ line: 1, cell }, COLUMNS, now.getUTCFullYear());
  if (row.domain === null || row.facts.name === '') return null;
  const integrations = (values.get('integrations')?.value ?? '').split(/[,;]/).map((text) => text.trim().slice(0, 60));
  const partnerPage = ownPage(values.get('partnerPage')?.value ?? '', row.domain, read);
  const known: CompanyFacts = { ...NOTHING_KNOWN, ...row.facts, integrations: integrations.filter(Boolean).slice(0, 30), partnerPage };
  const shown = partner && groundPartner(partner, read);
  return {
    domain: row.domain,
    facts: known,
    origin: { source: naming, at: now },
    origins: originsOf(known, values, now),
    ...(shown ? { partner: shown } : {}),
  };
}

/** Shorter quotes stand anywhere. */
const SHORTEST_QUOTE = 4;

function stands({ quote, url }: { quote: string; url: string }, read: Pages): boolean {
  const wanted = comparable(quote);
  return wanted.length >= SHORTEST_QUOTE && !isOrder(quote) && (pageAt(url, read)?.words.includes(wanted) ?? false);
}

/** What the quote of a fact says of it; empty for nothing. A sentence is the quote itself. Numbers, products, and the town of each place (its
 *  country, where that is all) must be in the quote, and of industries those stay whose words are. */
function borneOut({ field, value, quote, url }: Answered['facts'][number], read: Pages): string {
  const text = field === 'partnerPage' ? value.trim() : withoutLinks(withoutInstructions(value));
  if (text === '' || !stands({ quote, url }, read)) return '';
  const said = comparable(quote);
  const words = wordsIn(said);
  switch (field) {
    case 'oneLiner':
    case 'description':
      return withoutLinks(quote);
    case 'industries': {
      const isSaid = (word: string) => words.includes(` ${word} `);
      const kept = text.split(/[;,]/).filter((industry) => wordsIn(comparable(industry)).trim().split(' ').every(isSaid));
      return kept.join(',');
    }
    case 'locations':
      return townsOf(text).every((town) => words.includes(wordsIn(town))) ? text : '';
    case 'integrations':
      return listOf(text).every((product) => said.includes(product)) ? text : '';
    case 'teamSize':
    case 'founded':
      return numbersIn(text).every((number) => numbersIn(said).includes(number)) ? text : '';
    case 'partnerPage':
      return text;
  }
}

/** The first part of each place: “Leeds” of “Leeds, United Kingdom”. */
function townsOf(places: string): string[] {
  return places.split(';').flatMap((place) => comparable(place.split(',')[0] ?? '') || []);
}

/** Also where words are written without blanks between them. */
const WORDS = new Intl.Segmenter('en', { granularity: 'word' });

/** The words with a blank before and behind each, so that “oman” is not in “woman”. */
function wordsIn(text: string): string {
  const words = [...WORDS.segment(text.replaceAll("'", ' '))].flatMap(({ segment, isWordLike }) => (isWordLike ? segment : []));
  return ` ${words.join(' ')} `;
}

function numbersIn(text: string): string[] {
  return text.replace(/(\d)[.,’' ](?=\d{3}\b)/g, '$1').match(/\d+/g) ?? [];
}

function listOf(value: string): string[] {
  return value.split(/[;,]/).map(comparable).filter(Boolean);
}

function groundPartner({ type, why, quote, url }: NonNullable<Answered['partner']>, read: Pages): FoundCompany['partner'] {
  const reason = cleanText(withoutLinks(withoutInstructions(why)));
  return reason !== '' && stands({ quote, url }, read) ? { type, why: reason, quote: cleanText(withoutLinks(quote)), url } : undefined;
}

/** By name, by the name of its domain, or by the site that it links to or is. */
function namesCompany(page: ReadPage | undefined, name: string, domain: string): boolean {
  const spelled = [comparable(name), domain.split('.')[0] ?? ''].filter(({ length }) => length >= SHORTEST_QUOTE);
  return page !== undefined && (page.domains.has(domain) || spelled.some((words) => page.words.includes(words)));
}

const BLOG = /(^|\.)(blog|news|medium|substack)\.|\/(blog|news|press|articles?|posts?|stories)(\/|$)/i;

/** Whose word counts first where several pages say the same: the company's own, then a directory's, then a blog's. */
function distance(url: string, domain: string): number {
  if (domainOf(url) === domain) return 0;
  return BLOG.test(url.replace(/^https?:\/\//i, '')) ? 2 : 1;
}

/** The page behind each fact that was kept. A range of people is kept as a band. */
function originsOf(facts: CompanyFacts, values: ReadonlyMap<Field, { url: string }>, at: Date): FoundCompany['origins'] {
  const origins: FoundCompany['origins'] = {};
  for (const [field, { url }] of values) {
    const kept = field === 'teamSize' && facts.teamSize === null ? 'sizeBand' : field;
    const fact = facts[kept];
    if (fact !== null && fact !== undefined && fact.toString() !== '') origins[kept] = { source: url, at };
  }
  return origins;
}

/** A page about partners is itself a page that was read, and the company's own. */
function ownPage(address: string, domain: string, read: Pages): string {
  return domainOf(address) === domain && pageAt(address, read) ? address : '';
}

function pageAt(url: string, read: Pages): ReadPage | undefined {
  return read.get(pageKey(url) ?? '');
}

/** One spelling for a page, whatever the tracking words, fragment and scheme; null for what is no page on the open web. */
function pageKey(url: string): string | null {
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) return null;
  const page = new URL(url);
  if (domainOf(page.hostname) === null || page.port !== '' || page.username !== '' || page.password !== '') return null;
  for (const name of [...page.searchParams.keys()]) if (/^utm_/i.test(name)) page.searchParams.delete(name);
  return `${page.hostname.replace(/^www\./, '')}${page.pathname.replace(/\/$/, '')}${page.search}`;
}
