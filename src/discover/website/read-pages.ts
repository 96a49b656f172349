import { domainOf } from '../../programme/companies/domain-name.ts';
import { type Network, PageUnreadable } from './network.ts';
import { reader } from './read-website.ts';
import { comparable, visiblePage, wordsOf } from './visible-text.ts';

/** What stands on a page, to be held against quotes: its words as `comparable` spells them, its own domain and those it links to. */
export type ReadPage = { words: string; domains: ReadonlySet<string> };

/** Sites read at a time; the pages of one come one after the other. */
const AT_ONCE = 6;

/** Reads pages of any sites as far as their robots.txt allows, by address as given. What cannot be read, or not within `ms`, is left out. */
export async function readPages(addresses: readonly string[], network: Network, ms: number): Promise<Map<string, ReadPage>> {
  const bySite = new Map<string, string[]>();
  for (const address of addresses) {
    const site = domainOf(address);
    if (site !== null) bySite.set(site, [...(bySite.get(site) ?? []), address]);
  }
  const sites = [...bySite];
  const read = new Map<string, ReadPage>();
  const late = AbortSignal.timeout(ms);
  const worker = async (): Promise<void> => {
    for (let site = sites.shift(); site && !late.aborted; site = sites.shift()) {
      const open = reader(site[0], network);
      for (const address of site[1]) {
        const page = late.aborted ? null : await readOne(address, open);
        if (page) read.set(address, page);
      }
    }
  };
  const timeUp = new Promise((resolve) => late.addEventListener('abort', resolve, { once: true }));
  await Promise.race([Promise.all(Array.from({ length: AT_ONCE }, worker)), timeUp]);
  return new Map(read);
}

async function readOne(address: string, open: ReturnType<typeof reader>): Promise<ReadPage | null> {
  const found = await open(address).catch((error: unknown) => {
    if (error instanceof PageUnreadable) return null;
    throw error;
  });
  if (!found) return null;
  const page = await visiblePage(found.text);
  const addresses = [found.url, ...page.links.flatMap(({ href }) => (URL.canParse(href, found.url) ? new URL(href, found.url).href : []))];
  const domains = addresses.flatMap((url) => domainOf(url) ?? []);
  return { words: comparable(wordsOf(page)), domains: new Set(domains) };
}
