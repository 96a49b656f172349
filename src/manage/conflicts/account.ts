import { parse } from 'tldts';
import { domainOf, isFreeMail } from '../../programme/companies/domain-name.ts';
import { type AccountName, folded, readName, spellingsOf } from './account-name.ts';

/** What is said of a company where it is registered or stored; any part may be empty. */
export type Said = {
  /** Its name, and other names it is known by. */
  names: readonly string[];
  /** Websites, hosts or mail domains, as typed. */
  sites: readonly string[];
  /** ISO 3166-1 alpha-2. */
  country: string | null;
  city: string | null;
};

/** A web address of a company. */
export type Site = {
  domain: string;
  /** The domain without its ending: `example` of example.co.uk. */
  label: string;
  /** What stands before the domain, letters only: `financialservices` of financial-services.example.com; empty for `www` and none. */
  host: string;
  /** The ending names the country that the company is said to be in. Many sell .io, .ai or .co to everybody: alone an ending says nothing. */
  isLocal: boolean;
  /** The path begins with that country: example.com/nl. */
  isLocalPath: boolean;
};

/** A company as the conflict check compares it. */
export type Account = { names: readonly AccountName[]; sites: readonly Site[]; country: string | null; city: string };

export function readAccount({ names, sites, country, city }: Said): Account {
  const spellings = [...new Set(names.flatMap(spellingsOf))];
  // A name may be an address: somebody typed the domain where the name belongs.
  const addresses = spellings.filter(isAddress);
  const found = [...sites, ...addresses].map((site) => readSite(site, country)).filter((site) => site !== null);
  const read = [...spellings.map(readName), ...addresses.map(addressName)];
  return { names: read.filter(({ compact }) => compact !== ''), sites: uniqueSites(found), country, city: folded(city ?? '').trim() };
}

function isAddress(spelling: string): boolean {
  return /^[^\s@]+\.[a-z]{2,}\/?$/i.test(spelling) && !/\.\S+\.$/.test(spelling) && domainOf(spelling) !== null;
}

function addressName(address: string): AccountName {
  return readName(labelOf(domainOf(address) ?? address).replace(/-/g, ' '));
}

function uniqueSites(sites: readonly Site[]): Site[] {
  return [...new Map(sites.map((site) => [`${site.domain} ${site.host}`, site])).values()];
}

/** What an address says beyond its domain, which may be a unit of its own: `health.example.com`, `example.com/nl`; null for nothing. */
export function placeIn(typed: string): string | null {
  const [, host = '', step] = /^(?:[a-z]+:\/\/)?([^/?#:]+)(?::\d+)?(?:\/([a-z]{2})(?:[/?#-]|$))?/i.exec(typed.trim()) ?? [];
  const domain = domainOf(host);
  const own = host
    .toLowerCase()
    .replace(/^www\./, '')
    .replace(/\.$/, '');
  if (!domain || (own === domain && !step)) return null;
  return step ? `${own}/${step.toLowerCase()}` : own;
}

/** Null for what is no company's own address: free mail, shared hosts, nonsense. */
export function readSite(typed: string, country: string | null): Site | null {
  const domain = domainOf(typed.replace(/^[^\s/@:]+@/, ''));
  if (!domain || isFreeMail(domain)) return null;
  const { subdomain, publicSuffix } = parse(typed.toLowerCase());
  const host = (subdomain ?? '').replace(/^www\.?/, '').replace(/[^\p{L}\p{N}]/gu, '');
  const step = /^(?:[a-z]+:\/\/)?[^/]+\/([a-z]{2})(?:[/?#-]|$)/i.exec(typed.trim())?.[1];
  const isLocal = country !== null && countryOfEnding(publicSuffix ?? '') === country;
  return { domain, label: labelOf(domain), host, isLocal, isLocalPath: country !== null && step?.toUpperCase() === country };
}

function countryOfEnding(suffix: string): string {
  const ending = suffix.split('.').at(-1)?.toUpperCase() ?? '';
  return ending === 'UK' ? 'GB' : ending;
}

function labelOf(domain: string): string {
  const { domainWithoutSuffix } = parse(domain, { allowPrivateDomains: true });
  return domainWithoutSuffix ?? domain;
}
