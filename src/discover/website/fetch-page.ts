import { type IncomingMessage, request } from 'node:http';
import { addAbortSignal, pipeline, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { checkedAddress, type Network, PageUnreadable } from './network.ts';

/** Names us in a site's log and in its robots.txt. */
export const AGENT = 'PartnershipsReader';

const MAX_REDIRECTS = 5;
const MAX_BYTES = 2_000_000;
const TIMEOUT_MS = 15_000;
const MAX_ADDRESS = 2_000;

/** `url` is where the content was found in the end; `text` is empty for a status other than 200. */
export type Page = { url: string; status: number; text: string };

export type FetchOptions = {
  /** Content types that are read; any other is no page. */
  types: RegExp;
  /** Asked before every request, redirects included; throws to refuse. */
  check?: (url: URL) => Promise<void>;
  timeoutMs?: number;
};

/** Reads one page over HTTP. Every hop is checked anew: scheme, port, the address it leads to. The deadline holds for all hops
 *  together. Throws `PageUnreadable`. */
export async function fetchPage(address: string, network: Network, { types, check, timeoutMs = TIMEOUT_MS }: FetchOptions): Promise<Page> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    return await Promise.race([follow(openable(address), network, types, check, signal), late(signal)]);
  } catch (error) {
    if (error instanceof PageUnreadable) throw error;
    throw new PageUnreadable(signal.aborted ? 'too-slow' : 'unreachable', { cause: error });
  }
}

async function follow(first: URL, network: Network, types: RegExp, check: FetchOptions['check'], signal: AbortSignal): Promise<Page> {
  let url = first;
  for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
    await check?.(url);
    const response = await ask(url, await checkedAddress(url, network), network, signal);
    const { statusCode: status = 0, headers } = response;
    if (status >= 300 && status < 400 && headers.location) {
      response.destroy();
      url = openable(headers.location, url);
      continue;
    }
    if (status === 200 && types.test(headers['content-type'] ?? '')) return { url: url.href, status, text: await textOf(response, signal) };
    response.destroy();
    if (status === 200) throw new PageUnreadable('not-a-page');
    return { url: url.href, status, text: '' };
  }
  throw new PageUnreadable('too-many-redirects');
}

/** An address a visitor's browser would open: http or https, the usual ports, no name and password. */
function openable(address: string, base?: URL): URL {
  if (address.length > MAX_ADDRESS || !URL.canParse(address, base?.href)) throw new PageUnreadable('bad-address');
  const url = new URL(address, base?.href);
  const isWeb = url.protocol === 'http:' || url.protocol === 'https:';
  // The usual port of the scheme is an empty one; the other of the two is no more open to us than any third.
  if (!isWeb || url.port !== '' || url.username !== '' || url.password !== '') throw new PageUnreadable('bad-address');
  url.hash = '';
  return url;
}

function ask(url: URL, address: string, { dial }: Network, signal: AbortSignal): Promise<IncomingMessage> {
  const secure = url.protocol === 'https:';
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        path: `${url.pathname}${url.search}`,
        headers: {
          host: url.host,
          'user-agent': `${AGENT}/1.0`,
          accept: 'text/html,text/plain;q=0.8',
          'accept-encoding': 'gzip',
          connection: 'close',
        },
        // With an agent, even a fresh one, this would be passed over and the name looked up again.
        createConnection: () => dial({ address, port: secure ? 443 : 80, host: url.hostname, secure }),
        signal,
      },
      resolve,
    );
    sent.once('error', reject).end();
  });
}

/** The whole body as text; a packed one is counted as it unpacks, so that a small answer cannot fill the memory. */
async function textOf(response: IncomingMessage, signal: AbortSignal): Promise<string> {
  const body = addAbortSignal(signal, unpacked(response));
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) {
      response.destroy();
      throw new PageUnreadable('too-large');
    }
    chunks.push(chunk);
  }
  return decoded(Buffer.concat(chunks), response.headers['content-type'] ?? '');
}

function unpacked(response: IncomingMessage): Readable {
  // A broken end shows while reading, so nobody waits for this callback.
  const through = (unpacker: ReturnType<typeof createGunzip>) => pipeline(response, unpacker, () => undefined);
  switch (response.headers['content-encoding'] ?? 'identity') {
    case 'identity':
      return response;
    case 'gzip':
    case 'x-gzip':
      return through(createGunzip());
    case 'deflate':
      return through(createInflate());
    case 'br':
      return through(createBrotliDecompress());
    default:
      throw new PageUnreadable('not-a-page');
  }
}

/** The encoding is told by the header, else by the page itself, else it is UTF-8. */
function decoded(bytes: Buffer, contentType: string): string {
  const named = /charset\s*=\s*["']?([\w-]+)/i;
  const label = named.exec(contentType)?.[1] ?? named.exec(bytes.toString('latin1', 0, 1024))?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(label).decode(bytes);
  } catch {
    // A label that no browser knows either.
    return new TextDecoder().decode(bytes);
  }
}

function late(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new PageUnreadable('too-slow')), { once: true });
  });
}
