import { domainOf } from '../../programme/companies/domain-name.ts';
import { fetchPage } from './fetch-page.ts';
import { type Network, PageUnreadable } from './network.ts';
import { homeFacts, linkedPage, statedIntegrations } from './page-facts.ts';
import { mayRead } from './robots.ts';
import { type VisiblePage, visiblePage } from './visible-text.ts';
import type { Website } from './website-repository.ts';

const HTML = /^(text\/html|application\/xhtml\+xml)\b/i;
const TEXT = /^text\/plain\b/i;

/** Reads a company's front page and the pages about partners and integrations it links to, one after the other, as far as its
 *  robots.txt allows. Never throws for what the site does: the answer carries the problem. */
export async function readWebsite(domain: string, network: Network, now: Date): Promise<Website> {
  const nothing = {
    domain,
    readAt: now,
    home: '',
    name: '',
    oneLiner: '',
    description: '',
    integrations: [],
    integrationsAt: '',
    partnerPage: '',
  };
  try {
    const read = reader(domain, network);
    const front = await frontPage(domain, read);
    const { page } = front;
    const partnerPage = linkedPage(page, front.url, 'partner');
    const listed = linkedPage(page, front.url, 'integrations');
    const integrations = await integrationsOf(listed === partnerPage ? null : listed, read);
    const stated =
      integrations.integrations.length > 0 ? integrations : { integrations: statedIntegrations(page), integrationsAt: front.url };
    return {
      ...nothing,
      ...homeFacts(page),
      ...stated,
      home: front.url,
      partnerPage: (await exists(partnerPage, read)) ?? '',
      problem: null,
    };
  } catch (error) {
    if (error instanceof PageUnreadable) return { ...nothing, problem: error.problem };
    throw error;
  }
}

/** What a visitor of a company's front page sees, and where it stands in the end. Throws `PageUnreadable`. */
export async function readFrontPage(domain: string, network: Network): Promise<{ url: string; page: VisiblePage }> {
  return frontPage(domain, reader(domain, network));
}

async function frontPage(domain: string, read: Read): Promise<{ url: string; page: VisiblePage }> {
  const front = await read(`https://${domain}/`).catch((error: unknown) => {
    // A site without TLS; anything it says about itself would come out the same over https.
    if (!(error instanceof PageUnreadable) || error.problem !== 'unreachable') throw error;
    return read(`http://${domain}/`);
  });
  if (!front) throw new PageUnreadable('not-a-page');
  return { url: front.url, page: await visiblePage(front.text) };
}

type Read = (address: string) => Promise<{ url: string; text: string } | null>;

/** Reads pages of one company's site: other sites are refused, and each host's robots.txt is asked first. Null for a page that is not there. */
export function reader(domain: string, network: Network): Read {
  const robots = new Map<string, Promise<string>>();
  const check = async (url: URL): Promise<void> => {
    if (domainOf(url.href) !== domain) throw new PageUnreadable('moved-away');
    const rules = robots.get(url.origin) ?? robotsOf(url.origin, network);
    robots.set(url.origin, rules);
    if (!mayRead(await rules, `${url.pathname}${url.search}`)) throw new PageUnreadable('robots-say-no');
  };
  return async (address) => {
    const page = await fetchPage(address, network, { types: HTML, check });
    return page.status === 200 ? page : null;
  };
}

/** The rules of one host. No robots.txt (400–499) allows everything; a server in trouble forbids everything. Source: RFC 9309, 2.3.1. */
async function robotsOf(origin: string, network: Network): Promise<string> {
  try {
    const { status, text } = await fetchPage(`${origin}/robots.txt`, network, { types: TEXT });
    return status >= 500 ? 'User-agent: *\nDisallow: /' : text;
  } catch (error) {
    // A page in place of the rules, as sites give for any address, is no rule.
    if (error instanceof PageUnreadable && (error.problem === 'not-a-page' || error.problem === 'too-large')) return '';
    throw error;
  }
}

async function integrationsOf(address: string | null, read: Read): Promise<Pick<Website, 'integrations' | 'integrationsAt'>> {
  const page = await optional(address, read);
  return { integrations: page ? statedIntegrations(await visiblePage(page.text)) : [], integrationsAt: page?.url ?? '' };
}

/** A page that is linked and does not open proves nothing. */
async function exists(address: string | null, read: Read): Promise<string | null> {
  return (await optional(address, read))?.url ?? null;
}

async function optional(address: string | null, read: Read): ReturnType<Read> {
  if (!address) return null;
  return read(address).catch((error: unknown) => {
    if (error instanceof PageUnreadable) return null;
    throw error;
  });
}
