import { addDays, addHours } from 'date-fns';
import { afterEach, describe, expect, test } from 'vitest';
import { readWebsite } from '../../../src/discover/website/read-website.ts';
import { refreshCompany } from '../../../src/discover/website/refresh-company.ts';
import { findWebsite } from '../../../src/discover/website/website-repository.ts';
import { getCompany } from '../../../src/programme/companies/company-repository.ts';
import { AT, aCompany, HOME } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';
import { type Sites, startSites } from '../../support/site-server.ts';

useMongo();
let running: Awaited<ReturnType<typeof startSites>>;
afterEach(() => running.close());

const HOME_PAGE = `<!doctype html><html><head><title>Peatworks | Appointment booking for clinics</title>
<meta name="description" content="Peatworks lets clinics fill their calendars. It is used by 400 clinics."></head><body>
<nav><a href="/pricing">Pricing</a><a href="/integrations">Integrations</a><a href="/partner-programme#join">Partners</a></nav>
<h1>Booking for clinics</h1><p>Works with Google Calendar and Outlook.</p></body></html>`;
const INTEGRATIONS = '<h1>Integrations</h1><ul><li>Integrates with Salesforce, HubSpot, and Zapier.</li><li>Connects to Epic</li></ul>';
const SITES: Sites = {
  'peatworks.example/': HOME_PAGE,
  'peatworks.example/integrations': INTEGRATIONS,
  'peatworks.example/partner-programme': '<h1>Become a partner</h1>',
};

async function site(sites: Sites, addresses: Record<string, string[]> = {}) {
  running = await startSites(sites, addresses);
  return readWebsite('peatworks.example', running.network, AT);
}

test('name, what it does, integrations and partner page, each with the page it stands on', async () => {
  expect(await site(SITES)).toEqual({
    domain: 'peatworks.example',
    readAt: AT,
    problem: null,
    home: 'https://peatworks.example/',
    name: 'Peatworks',
    oneLiner: 'Appointment booking for clinics',
    description: 'Peatworks lets clinics fill their calendars. It is used by 400 clinics.',
    integrations: ['Salesforce', 'HubSpot', 'Zapier', 'Epic'],
    integrationsAt: 'https://peatworks.example/integrations',
    partnerPage: 'https://peatworks.example/partner-programme',
  });
  expect(running.requests.filter((request) => request.endsWith('/robots.txt'))).toHaveLength(1);
});

test('integrations are read on the front page when there is no page for them; a link that does not open is no partner page', async () => {
  const { 'peatworks.example/': home } = SITES;
  expect(await site({ 'peatworks.example/': home ?? '' })).toMatchObject({
    integrations: ['Google Calendar', 'Outlook'],
    integrationsAt: 'https://peatworks.example/',
    partnerPage: '',
  });
});

describe('what a site does instead', () => {
  const moved = (location: string) => ({ status: 301, headers: { location } });
  test.each<[string, Sites, object]>([
    [
      'a redirect to www',
      { 'peatworks.example/': moved('https://www.peatworks.example/en'), 'www.peatworks.example/en': HOME_PAGE },
      { problem: null, home: 'https://www.peatworks.example/en' },
    ],
    [
      'a redirect to another company',
      { 'peatworks.example/': moved('https://rival.example/') },
      { problem: 'moved-away', description: '' },
    ],
    [
      'robots.txt forbids all',
      { ...SITES, 'peatworks.example/robots.txt': 'User-agent: *\nDisallow: /' },
      { problem: 'robots-say-no', description: '' },
    ],
    [
      'robots.txt forbids the partner page',
      { ...SITES, 'peatworks.example/robots.txt': 'User-agent: *\nDisallow: /partner' },
      { problem: null, partnerPage: '' },
    ],
    ['robots.txt is in trouble', { ...SITES, 'peatworks.example/robots.txt': { status: 503 } }, { problem: 'robots-say-no' }],
    [
      'robots.txt is a web page',
      { ...SITES, 'peatworks.example/robots.txt': { headers: { 'content-type': 'text/html' }, body: HOME_PAGE } },
      { problem: null, name: 'Peatworks' },
    ],
    [
      'robots.txt of the host it redirects to forbids all',
      {
        'peatworks.example/': moved('https://www.peatworks.example/'),
        'www.peatworks.example/': HOME_PAGE,
        'www.peatworks.example/robots.txt': 'User-agent: PartnershipsReader\nDisallow: /',
      },
      { problem: 'robots-say-no' },
    ],
    ['no page', {}, { problem: 'not-a-page' }],
    ['an empty page', { 'peatworks.example/': '' }, { problem: null, name: '', description: '', integrations: [], partnerPage: '' }],
    ['a page of opening tags', { 'peatworks.example/': '<div>'.repeat(200_000) }, { problem: null, description: '' }],
    [
      'a partner page at another site',
      { 'peatworks.example/': '<a href="https://rival.example/partners">Partners</a>', 'rival.example/partners': 'x' },
      { partnerPage: '' },
    ],
    [
      'a partner page in the network of the reader',
      { 'peatworks.example/': '<a href="http://169.254.169.254/partners">Partners</a><a href="http://localhost/partners">Partners</a>' },
      { partnerPage: '' },
    ],
  ])('%s', async (_name, sites, expected) => expect(await site(sites)).toMatchObject(expected));

  test('its name leads into a private network', async () => {
    expect(await site(SITES, { 'peatworks.example': ['10.0.0.7'] })).toMatchObject({ problem: 'private-address', name: '' });
    expect(running.dialled).toEqual([]);
  });
});

describe('into the facts of a company', () => {
  const long = '2026-01-02T00:00:00Z';
  test('unknown facts are filled, with page and date; what a person brought stays; a second look asks nobody', async () => {
    running = await startSites(SITES);
    const company = await aCompany({ name: 'peatworks.example', oneLiner: 'Booking, said our file' });
    expect(await refreshCompany(HOME, company.id, running.network, AT)).toMatchObject({ result: 'updated', website: { problem: null } });
    const after = await getCompany(HOME, company.id);
    expect(after).toMatchObject({ name: 'Peatworks', oneLiner: 'Booking, said our file', industries: ['Healthcare'], teamSize: 60 });
    expect(after).toMatchObject({
      integrations: ['Salesforce', 'HubSpot', 'Zapier', 'Epic'],
      partnerPage: 'https://peatworks.example/partner-programme',
    });
    expect(after.origin).toEqual(company.origin);
    expect(after.origins).toEqual({
      name: { source: 'https://peatworks.example/', at: AT },
      website: { source: 'https://peatworks.example/', at: AT },
      description: { source: 'https://peatworks.example/', at: AT },
      integrations: { source: 'https://peatworks.example/integrations', at: AT },
      partnerPage: { source: 'https://peatworks.example/partner-programme', at: AT },
    });
    const asked = running.requests.length;
    expect(await refreshCompany(HOME, company.id, running.network, addDays(AT, 6))).toMatchObject({ result: 'unchanged' });
    expect(running.requests).toHaveLength(asked);
    expect(await getCompany(HOME, company.id)).toEqual(after);
    await refreshCompany(HOME, company.id, running.network, addDays(AT, 8));
    expect(running.requests).toHaveLength(asked * 2);
    const later = await getCompany(HOME, company.id);
    expect(later.origins.description).toEqual({ source: 'https://peatworks.example/', at: addDays(AT, 8) });
    expect(later.updatedAt).toEqual(after.updatedAt);
  });

  test('a stale fact of a file gives way, and a page that says the same makes it fresh again', async () => {
    running = await startSites(SITES);
    const { id } = await aCompany({ name: 'Peatworks', oneLiner: 'Diaries for doctors' });
    const later = addDays(AT, 181);
    expect(await refreshCompany(HOME, id, running.network, later)).toMatchObject({ result: 'updated', website: { problem: null } });
    const after = await getCompany(HOME, id);
    expect(after.oneLiner).toBe('Appointment booking for clinics');
    expect(after.origins.oneLiner).toEqual({ source: 'https://peatworks.example/', at: later });
    expect(after.origins.name).toEqual({ source: 'https://peatworks.example/', at: later });
    expect(after.origins.industries).toBeUndefined();
  });

  test('a site that cannot be read changes nothing and is asked again the next day, not sooner', async () => {
    running = await startSites({ 'peatworks.example/': { status: 500 } });
    const company = await aCompany();
    expect(await refreshCompany(HOME, company.id, running.network, AT)).toMatchObject({
      result: 'unchanged',
      website: { problem: 'not-a-page' },
    });
    expect(await getCompany(HOME, company.id)).toEqual(company);
    await refreshCompany(HOME, company.id, running.network, addHours(AT, 23));
    expect(running.requests).toHaveLength(2);
    await refreshCompany(HOME, company.id, running.network, addHours(AT, 25));
    expect(running.requests).toHaveLength(4);
  });

  test('what one workspace read is not another’s', async () => {
    running = await startSites(SITES);
    const company = await aCompany();
    await refreshCompany(HOME, company.id, running.network, new Date(long));
    expect(await findWebsite(HOME, company.domain)).toMatchObject({ name: 'Peatworks' });
    expect(await findWebsite('T0OTHER', company.domain)).toBeNull();
    await expect(refreshCompany('T0OTHER', company.id, running.network, AT)).rejects.toMatchObject({ code: 'company-unknown' });
  });
});
