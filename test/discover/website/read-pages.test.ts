import { afterEach, expect, test } from 'vitest';
import { readPages } from '../../../src/discover/website/read-pages.ts';
import { type SiteAnswer, startSites } from '../../support/site-server.ts';

let sites: Awaited<ReturnType<typeof startSites>>;
afterEach(() => sites.close());

const LIST = 'https://list.example/clinics';
const GOOD = `<title>Clinics</title><p>Peatworks books “appointments”.</p><a href="https://www.oatley.example/x">Site</a><a href="mailto:a@b.example">Mail</a>`;

async function read(
  answer: SiteAnswer,
  more: { addresses?: Record<string, string[]>; ms?: number; sites?: Record<string, SiteAnswer> } = {},
) {
  sites = await startSites({ 'list.example/clinics': answer, 'own.example/': '<p>Own page</p>', ...more.sites }, more.addresses);
  return readPages([LIST, 'https://own.example/'], sites.network, more.ms ?? 10_000);
}

test('the words of a page as quotes are compared, and the sites that it is and links to', async () => {
  const pages = await read(GOOD);
  expect([...pages.keys()].sort()).toEqual([LIST, 'https://own.example/']);
  expect(pages.get(LIST)?.words).toContain('peatworks books "appointments".');
  expect([...(pages.get(LIST)?.domains ?? [])]).toEqual(['list.example', 'oatley.example']);
});

test.each<[string, SiteAnswer]>([
  ['sends visitors in circles', { status: 302, headers: { location: LIST } }],
  ['is a PDF', { headers: { 'content-type': 'application/pdf' }, body: '%PDF-1.7 Peatworks' }],
  ['has 5 MB', 'Peatworks '.repeat(524_288)],
  ['leads to the login page of another site', { status: 302, headers: { location: 'https://login.example/' } }],
  ['leads into a private network', { status: 302, headers: { location: 'http://10.0.0.5/' } }],
  ['is not there', { status: 404, body: GOOD }],
  ['breaks off', (response) => response.destroy()],
])('a page that %s is left out, and the others are read', async (_name, answer) => {
  expect([...(await read(answer)).keys()]).toEqual(['https://own.example/']);
});

test('a private address is not connected to, and a robots.txt is obeyed', async () => {
  expect([...(await read(GOOD, { addresses: { 'list.example': ['192.168.0.1'] } })).keys()]).toEqual(['https://own.example/']);
  expect(sites.requests).not.toContain('list.example/clinics');
  await sites.close();
  const rules = { 'list.example/robots.txt': 'User-agent: *\nDisallow: /clinics' };
  expect([...(await read(GOOD, { sites: rules })).keys()]).toEqual(['https://own.example/']);
  expect(sites.requests).not.toContain('list.example/clinics');
});

test('a site that hangs holds nobody up longer than is allowed', async () => {
  const pages = await read(() => undefined, { ms: 1_000 });
  expect([...pages.keys()]).toEqual(['https://own.example/']);
});
