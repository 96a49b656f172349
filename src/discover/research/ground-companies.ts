import type { RESEARCHED_FIELDS, ResearchAnswer } from '../../../prompts/discover/research-companies.ts';
import { withoutInstructions, withoutLinks } from '../../programme/companies/clean-text.ts';
import { type CompanyFacts, NOTHING_KNOWN } from '../../programme/companies/company.ts';
import { matchColumns } from '../../programme/companies/company-columns.ts';
import { readCompanyRow } from '../../programme/companies/company-row.ts';
import { registrableDomain } from '../../programme/companies/domain-name.ts';
import { mergeImported } from '../../programme/companies/merge-facts.ts';
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

/** Keeps of a model's answer what pages stand behind: a company or fact whose page is not among `sources`, the pages that the search
 *  gave or the answer cites, is dropped and counted. One entry a domain. The date of a fact is the day it was read. */
export function groundCompanies(
  { companies }: ResearchAnswer,
  sources: string[],
  now: Date,
): { companies: FoundCompany[]; dropped: number } {
  const cited = new Set(sources.flatMap((url) => pageKey(url) ?? []));
  const found = new Map<string, FoundCompany>();
  let dropped = 0;
  for (const answered of companies) {
    const grounded = { ...answered, facts: answered.facts.filter(({ url }) => isCited(url, cited)) };
    const company = isCited(answered.url, cited) ? foundCompany(grounded, cited, now) : null;
    dropped += company ? answered.facts.length - Object.keys(company.origins).length : 1;
    if (!company) continue;
    const earlier = found.get(company.domain);
    found.set(company.domain, earlier ? { ...earlier, ...mergeImported(earlier, company) } : company);
  }
  return { companies: [...found.values()], dropped };
}

function foundCompany({ name, website, url, facts }: Answered, cited: ReadonlySet<string>, now: Date): FoundCompany | null {
  const values = new Map<Field, { value: string; url: string }>();
  for (const { field, value, url: page } of facts) {
    const text = field === 'partnerPage' ? value.trim() : withoutLinks(withoutInstructions(value));
    if (text !== '' && !values.has(field)) values.set(field, { value: text, url: page });
  }
  const cell = (index: number): string => {
    const field = ROW_FIELDS[index];
    if (field === 'website') return website;
    if (field === 'name') return withoutLinks(withoutInstructions(name));
    return (field && values.get(field)?.value) ?? '';
  };
  const { row } = readCompanyRow({ line: 1, cell }, COLUMNS, now.getUTCFullYear());
  if (row.domain === null || row.facts.name === '') return null;
  const integrations = (values.get('integrations')?.value ?? '').split(/[,;]/).map((text) => text.trim().slice(0, 60));
  const partnerPage = ownPage(values.get('partnerPage')?.value ?? '', row.domain, cited);
  const known: CompanyFacts = { ...NOTHING_KNOWN, ...row.facts, integrations: integrations.filter(Boolean).slice(0, 30), partnerPage };
  return { domain: row.domain, facts: known, origin: { source: url, at: now }, origins: originsOf(known, values, now) };
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

/** A page about partners is itself the page that was read, and the company's own. */
function ownPage(address: string, domain: string, cited: ReadonlySet<string>): string {
  const found = registrableDomain(address);
  return 'domain' in found && found.domain === domain && isCited(address, cited) ? address : '';
}

function isCited(url: string, cited: ReadonlySet<string>): boolean {
  const key = pageKey(url);
  return key !== null && cited.has(key);
}

/** One spelling for a page, whatever the tracking words, fragment and scheme; null for what is no page on the open web. */
function pageKey(url: string): string | null {
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) return null;
  const page = new URL(url);
  const host = registrableDomain(page.hostname);
  if (!('domain' in host) || page.port !== '' || page.username !== '' || page.password !== '') return null;
  for (const name of [...page.searchParams.keys()]) if (/^utm_/i.test(name)) page.searchParams.delete(name);
  return `${page.hostname.replace(/^www\./, '')}${page.pathname.replace(/\/$/, '')}${page.search}`;
}
