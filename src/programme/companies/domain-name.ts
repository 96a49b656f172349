import { domainToASCII } from 'node:url';
import freeMail from 'email-providers';
import { parse } from 'tldts';

/** Why a text is no company's web domain. */
export type DomainProblem =
  | 'empty'
  | 'address'
  | 'ip'
  | 'localhost'
  | 'public-suffix'
  | 'unknown-ending'
  | 'shared-host'
  | 'free-mail'
  | 'not-web'
  | 'too-long'
  | 'not-a-domain';

/** Hosts where many companies have a page: the page's address says nothing of the company's own domain. The bare host is the host's company. */
const SHARED_HOSTS = new Set(
  `github.com gitlab.com bitbucket.org linkedin.com facebook.com instagram.com twitter.com x.com youtube.com tiktok.com medium.com
  crunchbase.com g2.com capterra.com trustpilot.com producthunt.com angel.co wellfound.com xing.com apps.apple.com itunes.apple.com
  play.google.com sites.google.com docs.google.com drive.google.com maps.google.com goo.gl g.page bit.ly tinyurl.com linktr.ee
  t.me wa.me discord.gg clutch.co goodfirms.co f6s.com yelp.com yellowpages.com europages.com europages.de europages.fr kompass.com
  northdata.com northdata.de zoominfo.com dnb.com glassdoor.com indeed.com kununu.com ycombinator.com dealroom.co getapp.com
  softwareadvice.com sortlist.com designrush.com opencorporates.com pinterest.com tumblr.com behance.net dribbble.com
  etsy.com meetup.com eventbrite.com appexchange.salesforce.com apps.shopify.com marketplace.atlassian.com ecosystem.hubspot.com
  slideshare.net about.me gelbeseiten.de wlw.de pagesjaunes.fr societe.com paginasamarillas.es
  paginegialle.it goudengids.nl`.split(/\s+/),
);

/** Endings kept for examples and trials (RFC 2606): no register has them, and no mistake of typing leads to them. */
const TRIAL_ENDINGS = new Set(['example', 'test']);

const MAX_INPUT = 2_048;
const MAX_HOST = 253;

/** The registrable domain in lower case (punycode where it has other letters) of a domain or a web address, by the public suffix list. */
export function registrableDomain(input: string): { domain: string } | { problem: DomainProblem } {
  const text = input.trim();
  if (text === '') return { problem: 'empty' };
  if (text.length > MAX_INPUT) return { problem: 'too-long' };
  if (/^mailto:/i.test(text) || /^[^\s/@:]+@[^\s/@]+$/.test(text)) return { problem: 'address' };
  const scheme = /^([a-z][a-z0-9+.-]*):(?!\d|$)/i.exec(text)?.[1]?.toLowerCase();
  if (scheme && scheme !== 'http' && scheme !== 'https') return { problem: 'not-web' };
  const [, authority = '', path = ''] = /^(?:https?:)?(?:\/\/)?([^/?#\\]*)(.*)$/is.exec(text) ?? [];
  return domainOfHost(authority.replace(/^.*@/s, '').replace(/:\d*$/, '').replace(/\.$/, ''), path);
}

/** As `registrableDomain`, where it does not matter why there is none. */
export function domainOf(input: string): string | null {
  const found = registrableDomain(input);
  return 'domain' in found ? found.domain : null;
}

function domainOfHost(host: string, path: string): { domain: string } | { problem: DomainProblem } {
  if (/^\[.*\]$/.test(host) || /^\d+(\.\d+){3}$/.test(host)) return { problem: 'ip' };
  const ascii = /[\s%]/.test(host) ? '' : domainToASCII(host);
  if (ascii === '' || /^[\d.]+$/.test(ascii)) return { problem: 'not-a-domain' };
  const labels = ascii.split('.');
  if (ascii.length > MAX_HOST || labels.some((label) => label.length > 63)) return { problem: 'too-long' };
  if (/(^|\.)(localhost|local|internal|lan)$/.test(ascii)) return { problem: 'localhost' };
  const found = parse(ascii, { allowPrivateDomains: true, extractHostname: false });
  const suffixKnown = found.isIcann || found.isPrivate;
  if (suffixKnown && found.publicSuffix === ascii) return { problem: 'public-suffix' };
  if (!found.domain || labels.length < 2 || !isRegistrable(found.domain)) return { problem: 'not-a-domain' };
  if (!suffixKnown && !TRIAL_ENDINGS.has(found.publicSuffix ?? '')) return { problem: 'unknown-ending' };
  if (SHARED_HOSTS.has(ascii.replace(/^(www|m|[a-z]{2})\./, '')) && /[^/?#\\]/.test(path)) return { problem: 'shared-host' };
  return { domain: found.domain };
}

/** Letters, digits and inner hyphens in every label: what a register accepts. */
function isRegistrable(domain: string): boolean {
  return domain.split('.').every((label) => /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(label));
}

/** Domains at which anybody can have a mailbox: silence for one of them would close strangers, and it names no company. The three at the
 *  end are missing in the library. */
const FREE_MAIL = new Set([...freeMail, 'gmx.ch', 'fastmail.com', 'tutanota.com']);

export function isFreeMail(domain: string): boolean {
  return FREE_MAIL.has(domain.toLowerCase());
}
