import { createServer as createTlsServer } from 'node:tls';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { fetchPage } from '../../../src/discover/website/fetch-page.ts';
import { internet, type PageProblem } from '../../../src/discover/website/network.ts';
import { type Sites, startSites } from '../../support/site-server.ts';

let running: Awaited<ReturnType<typeof startSites>> | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});

const HTML = /^text\/html/;
async function read(address: string, sites: Sites = {}, addresses: Record<string, string[]> = {}, timeoutMs = 5_000) {
  running = await startSites(sites, addresses);
  return fetchPage(address, running.network, { types: HTML, timeoutMs });
}
const problemOf = (reading: Promise<unknown>): Promise<unknown> =>
  reading.then(
    () => null,
    (error) => error.problem,
  );
const to = (location: string, status = 302) => ({ status, headers: { location } });

test('a page is read with its final address', async () => {
  expect(await read('https://a.example/', { 'a.example/': to('/home'), 'a.example/home': '<p>Hello' })).toEqual({
    url: 'https://a.example/home',
    status: 200,
    text: '<p>Hello',
  });
  expect(running?.lookups).toEqual(['a.example', 'a.example']);
});

test.each([
  ['ftp://a.example/', 'bad-address'],
  ['file:///etc/passwd', 'bad-address'],
  ['data:text/html,hello', 'bad-address'],
  ['javascript:alert(1)', 'bad-address'],
  ['https://a.example:8443/', 'bad-address'],
  ['http://a.example:443/', 'bad-address'],
  ['http://a.example:22/', 'bad-address'],
  ['https://user:secret@a.example/', 'bad-address'],
  ['not an address', 'bad-address'],
  [`https://a.example/${'x'.repeat(3_000)}`, 'bad-address'],
  ['https://93.184.216.34/', 'bad-address'],
  ['http://127.0.0.1/', 'private-address'],
  ['http://2130706433/', 'private-address'],
  ['http://0x7f.1/', 'private-address'],
  ['http://017700000001/', 'private-address'],
  ['http://[::1]/', 'private-address'],
  ['http://[::ffff:169.254.169.254]/', 'private-address'],
  ['http://[::ffff:a9fe:a9fe]/', 'private-address'],
  ['http://169.254.169.254/latest/meta-data/', 'private-address'],
  ['http://localhost/', 'private-address'],
  ['http://LOCALHOST./', 'private-address'],
  ['http://intranet/', 'private-address'],
  ['http://metadata.google.internal/', 'private-address'],
  ['http://printer.local/', 'private-address'],
])('%s is refused before anything is sent, directly and after a redirect', async (address, problem) => {
  expect(await problemOf(read(address))).toBe(problem);
  expect(running?.dialled).toEqual([]);
  await running?.close();
  // A link to a bare word is a link into the same site.
  if (address === 'not an address') return;
  expect(await problemOf(read('https://a.example/', { 'a.example/': to(address) }))).toBe(problem);
  expect(running?.dialled).toHaveLength(1);
});

test.each([
  [['10.0.0.1']],
  [['93.184.216.34', '127.0.0.1']],
  [['2606:4700::1111', '::1']],
  [['100.64.1.1']],
  [['::ffff:10.0.0.1']],
  [['fd00:ec2::254']],
])('a name that resolves to %j is refused, directly and after a redirect', async (found) => {
  expect(await problemOf(read('https://a.example/', {}, { 'a.example': found }))).toBe('private-address');
  await running?.close();
  const answer = await problemOf(read('https://b.example/', { 'b.example/': to('https://a.example/') }, { 'a.example': found }));
  expect(answer).toBe('private-address');
  expect(running?.dialled).toEqual(['93.184.216.34']);
});

test('the address that was checked is the one connected to: a name that changes its mind is not asked again', async () => {
  running = await startSites({ 'a.example/': '<p>Hello' });
  const answers = [['93.184.216.34'], ['127.0.0.1']];
  const network = { ...running.network, resolve: async () => answers.shift() ?? [] };
  expect(await fetchPage('https://a.example/', network, { types: HTML })).toMatchObject({ status: 200 });
  expect(running.dialled).toEqual(['93.184.216.34']);
  expect(answers).toHaveLength(1);
});

test.each<[string, Sites, PageProblem]>([
  ['circles', { 'a.example/': to('/') }, 'too-many-redirects'],
  ['a redirect to nowhere', { 'a.example/': to('http://') }, 'bad-address'],
  ['another content type', { 'a.example/': { headers: { 'content-type': 'application/pdf' }, body: '%PDF' } }, 'not-a-page'],
  ['no content type', { 'a.example/': (response) => void response.end('x') }, 'not-a-page'],
  ['an unknown packing', { 'a.example/': { headers: { 'content-encoding': 'zstd' }, body: 'x' } }, 'not-a-page'],
  ['broken packing', { 'a.example/': { headers: { 'content-encoding': 'gzip' }, body: 'x' } }, 'unreachable'],
  ['a page of three megabytes', { 'a.example/': 'x'.repeat(3_000_000) }, 'too-large'],
  [
    'a small page that unpacks to 200 megabytes',
    { 'a.example/': { headers: { 'content-encoding': 'gzip' }, body: gzipSync(Buffer.alloc(200_000_000)) } },
    'too-large',
  ],
  [
    'a page without an end',
    { 'a.example/': (response) => void response.writeHead(200, { 'content-type': 'text/html' }).write('x'.repeat(2_100_000)) },
    'too-large',
  ],
  [
    'a line that is cut',
    {
      'a.example/': (response) =>
        void response.writeHead(200, { 'content-type': 'text/html', 'content-length': '9' }).write('x', () => response.destroy()),
    },
    'unreachable',
  ],
  ['headers that are too long', { 'a.example/': { headers: { x: 'x'.repeat(40_000) } } }, 'unreachable'],
])('%s', async (_name, sites, problem) => {
  expect(await problemOf(read('https://a.example/', sites))).toBe(problem);
});

test.each<[string, Sites]>([
  ['never answers', { 'a.example/': () => undefined }],
  ['stops in the middle', { 'a.example/': (response) => void response.writeHead(200, { 'content-type': 'text/html' }).write('x') }],
  [
    'sends one letter at a time',
    {
      'a.example/': (response) => {
        response.writeHead(200, { 'content-type': 'text/html' });
        const timer = setInterval(() => response.write('x'), 20);
        response.on('close', () => clearInterval(timer));
      },
    },
  ],
  ['answers the last redirect too late', { 'a.example/': to('/b'), 'a.example/b': () => undefined }],
])('a site that %s is given up', async (_name, sites) => {
  expect(await problemOf(read('https://a.example/', sites, {}, 200))).toBe('too-slow');
});

test('a name that does not resolve, and a look-up that hangs', async () => {
  running = await startSites({});
  const failing = { ...running.network, resolve: () => Promise.reject(new Error('ENOTFOUND')) };
  expect(await problemOf(fetchPage('https://a.example/', failing, { types: HTML }))).toBe('unreachable');
  const hanging = { ...running.network, resolve: () => new Promise<string[]>(() => undefined) };
  expect(await problemOf(fetchPage('https://a.example/', hanging, { types: HTML, timeoutMs: 50 }))).toBe('too-slow');
});

test('letters are read in the encoding the site says', async () => {
  const body = Buffer.from('<meta charset="iso-8859-1"><p>Zürich', 'latin1');
  const latin = await read('https://a.example/', { 'a.example/': { headers: { 'content-type': 'text/html' }, body } });
  expect(latin.text).toContain('Zürich');
  await running?.close();
  const odd = await read('https://a.example/', {
    'a.example/': { headers: { 'content-type': 'text/html; charset=klingon' }, body: 'Zürich' },
  });
  expect(odd.text).toBe('Zürich');
});

test('the network of the product asks for a certificate of the name, at the address it was given', async () => {
  let asked = '';
  const server = createTlsServer({
    SNICallback: (name, answer) => {
      asked = name;
      answer(new Error('no certificate here'));
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const socket = internet.dial({ address: '127.0.0.1', port, host: 'a.example', secure: true });
  await new Promise((resolve) => socket.once('error', resolve));
  server.close();
  expect(asked).toBe('a.example');
});
