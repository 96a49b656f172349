import { lookup } from 'node:dns/promises';
import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { isPublicAddress } from './public-address.ts';

/** The two things a reader needs of the internet; tests bring their own. */
export type Network = {
  /** Every address of a host name. */
  resolve: (host: string) => Promise<string[]>;
  /** Opens a connection to this very address: a name is not looked up again. `host` is what a certificate must be for. */
  dial: (to: { address: string; port: number; host: string; secure: boolean }) => Socket;
};

export const internet: Network = {
  resolve: async (host) => (await lookup(host, { all: true })).map(({ address }) => address),
  dial: ({ address, port, host, secure }) =>
    secure ? connectTls({ host: address, port, servername: host, ALPNProtocols: ['http/1.1'] }) : connect({ host: address, port }),
};

/** Why a page was not read. */
export const PAGE_PROBLEMS = {
  'bad-address': 'The address is not one that a visitor without a login can open.',
  'private-address': 'The address leads into a private network.',
  unreachable: 'The site does not answer.',
  'too-slow': 'The site took too long.',
  'too-large': 'The page is too large.',
  'too-many-redirects': 'The site sends visitors in circles.',
  'moved-away': 'The address leads to another company’s site.',
  'not-a-page': 'There is no web page at the address.',
  'robots-say-no': 'The site asks programs not to read it.',
} as const;
export type PageProblem = keyof typeof PAGE_PROBLEMS;

export class PageUnreadable extends Error {
  readonly problem: PageProblem;

  constructor(problem: PageProblem, options?: ErrorOptions) {
    super(PAGE_PROBLEMS[problem], options);
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
