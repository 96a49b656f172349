import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import type { Network } from '../../src/discover/website/network.ts';

/** One address of a site: its page, or something a server does instead. */
export type SiteAnswer =
  | string
  | { status?: number; headers?: Record<string, string>; body?: string | Buffer }
  | ((response: ServerResponse) => void);
/** By address without the scheme, such as `peatworks.example/about`. */
export type Sites = Record<string, SiteAnswer>;

/** Sites on a local server behind a network of its own: every name resolves to a public address, unless `addresses` says otherwise,
 *  and every connection to a public address ends at the server. `dialled` are the addresses that were connected to. */
export async function startSites(sites: Sites, addresses: Record<string, string[]> = {}) {
  const requests: string[] = [];
  const dialled: string[] = [];
  const lookups: string[] = [];
  const listener: RequestListener = ({ headers, url = '' }, response) => {
    const key = `${headers.host}${url}`;
    requests.push(key);
    const answer = sites[key] ?? { status: 404 };
    if (typeof answer === 'function') return answer(response);
    const { status = 200, headers: more = {}, body = '' } = typeof answer === 'string' ? { body: answer } : answer;
    const type = url === '/robots.txt' ? 'text/plain' : 'text/html; charset=utf-8';
    response.writeHead(status, { 'content-type': type, ...more }).end(body);
  };
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A TCP server's address is never a pipe's name.
  const { port } = server.address() as AddressInfo;
  const network: Network = {
    resolve: async (host) => {
      lookups.push(host);
      return addresses[host] ?? ['93.184.216.34'];
    },
    dial: ({ address }) => {
      dialled.push(address);
      return connect(port, '127.0.0.1');
    },
  };
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { network, requests, dialled, lookups, close };
}
