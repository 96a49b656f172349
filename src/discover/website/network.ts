import { lookup } from 'node:dns/promises';
import { BlockList, connect, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

/** The two things a reader needs of the internet; tests bring their own. */
export type Network = {
  /** Every address of a host name. */
  resolve: (host: string) => Promise<string[]>;
  /** Opens a connection to this very address: a name is not looked up again. `host` is what a certificate must be for. */
  dial: (to: { address: string; port: number; host: string; secure: boolean }) => Socket;
};

/** Names that no site ever has: samples and tests ask nobody for them. Source: RFC 2606. */
const RESERVED = /(^|\.)(example|invalid|test)$/i;

export const internet: Network = {
  resolve: async (host) => (RESERVED.test(host) ? [] : (await lookup(host, { all: true })).map(({ address }) => address)),
  dial: ({ address, port, host, secure }) =>
    secure ? connectTls({ host: address, port, servername: host, ALPNProtocols: ['http/1.1'] }) : connect({ host: address, port }),
};

/** Why a page was not read. */
export const PAGE_PROBLEMS = [
  // The address is not one that a visitor without a login can open.
  'bad-address',
  // The address leads into a private network.
  'private-address',
  // The site does not answer.
  'unreachable',
  // The site took too long.
  'too-slow',
  // The page is too large.
  'too-large',
  // The site sends visitors in circles.
  'too-many-redirects',
  // The address leads to another company’s site.
  'moved-away',
  // There is no web page at the address.
  'not-a-page',
  // The site asks programs not to read it.
  'robots-say-no',
] as const;
export type PageProblem = (typeof PAGE_PROBLEMS)[number];

export class PageUnreadable extends Error {
  readonly problem: PageProblem;

  constructor(problem: PageProblem, options?: ErrorOptions) {
    super(`page unreadable: ${problem}`, options);
    this.name = 'PageUnreadable';
    this.problem = problem;
  }
}

/** The address to connect to, looked up once and checked. One private address among several is enough to refuse: which one a
 *  connection would take is not ours to choose. */
export async function checkedAddress({ hostname }: URL, { resolve }: Network): Promise<string> {
  const host = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  // A company's site has a name; a bare address is where somebody wants us to look inside.
  if (isIP(host)) throw new PageUnreadable(isPublicAddress(host) ? 'bad-address' : 'private-address');
  const addresses = await resolved(host, resolve);
  const [first] = addresses;
  if (first === undefined) throw new PageUnreadable('unreachable');
  if (!addresses.every(isPublicAddress)) throw new PageUnreadable('private-address');
  // IPv4 first: not every server has a way out over IPv6.
  return addresses.find((address) => isIP(address) === 4) ?? first;
}

async function resolved(host: string, resolve: Network['resolve']): Promise<string[]> {
  if (/(^|\.)(localhost|local|internal|lan|home\.arpa)$/i.test(host) || !host.includes('.')) throw new PageUnreadable('private-address');
  try {
    return await resolve(host);
  } catch (error) {
    throw new PageUnreadable('unreachable', { cause: error });
  }
}

/** Addresses that are not on the public internet, or lead back into somebody's own network. Source: the special-purpose address
 *  registries of IANA, and the address at which Azure answers its own machines. */
const CLOSED_V4 = `0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 168.63.129.16/32 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24
  192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24
  224.0.0.0/4 240.0.0.0/4`;

/** Of IPv6 only global unicast is open, without the parts that wrap IPv4 addresses or are kept for special use. Mapped addresses
 *  (::ffff:…), NAT64, unique local, link-local and multicast lie outside it. */
const OPEN_V6 = '2000::/3';
const CLOSED_V6 = '2001::/23 2001:db8::/32 2002::/16 2620:4f:8000::/48 3fff::/20';

const closedV4 = listOf(CLOSED_V4, 'ipv4');
const openV6 = listOf(OPEN_V6, 'ipv6');
const closedV6 = listOf(CLOSED_V6, 'ipv6');

/** Whether an IP address, written as text, is a place on the public internet. Anything that is no plain address is not. */
export function isPublicAddress(address: string): boolean {
  if (address.includes('%')) return false;
  const family = isIP(address);
  if (family === 4) return !closedV4.check(address, 'ipv4');
  return family === 6 && openV6.check(address, 'ipv6') && !closedV6.check(address, 'ipv6');
}

function listOf(ranges: string, family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList();
  for (const range of ranges.split(/\s+/)) {
    const [net = '', prefix] = range.split('/');
    list.addSubnet(net, Number(prefix), family);
  }
  return list;
}
