import { describe, expect, test } from 'vitest';
import { phraseWords } from '../../../blocks/discover/reason-words.ts';
import { decideCompany } from '../../../src/discover/digest/decide-company.ts';
import { findCompanies } from '../../../src/discover/find/find-companies.ts';
import { understandRequest } from '../../../src/discover/find/understand-request.ts';
import { CompanyModel } from '../../../src/programme/companies/company-repository.ts';
import { saveProgramme } from '../../../src/programme/setup/save-programme.ts';
import { AT, aCompany, ana, aProgramme, HOME } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';

useMongo();

type Known = Parameters<typeof aCompany>[0];
/** Nothing is known of it but what is given. */
const bring = (name: string, known: Known = {}) =>
  aCompany({
    name,
    domain: `${name.toLowerCase().replaceAll(' ', '')}.example`,
    oneLiner: '',
    industries: [],
    locations: [],
    teamSize: null,
    ...known,
  });
const find = (words: string, page = { from: 0, count: 10 }, workspaceId = HOME) =>
  findCompanies(workspaceId, understandRequest(words), { ...page, now: AT });
const names = async (words: string) => (await find(words)).found.map(({ company }) => company.name);
const sorted = async (words: string) => (await names(words)).sort();

const PL = { locations: ['Warsaw, Poland'] };
const VAR = { oneLiner: 'Value added reseller for hospitals and clinics' };

describe('demands', () => {
  test('what is stated is demanded; what is unknown comes last and is said', async () => {
    await aProgramme();
    await bring('Both', { ...VAR, ...PL });
    await bring('Elsewhere', { ...VAR, locations: ['Lyon, France'] });
    await bring('Nowhere', VAR);
    await bring('Other Trade', { oneLiner: 'Mobile games', ...PL });
    await bring('Blank');
    const { found, total, unsure, looked, misses } = await find('healthcare VARs in Poland');
    expect(found.map(({ company }) => company.name)).toEqual(['Both', 'Nowhere']);
    expect([total, unsure, looked]).toEqual([1, 1, 5]);
    expect(found.map(({ unknown }) => unknown.map(({ kind }) => kind))).toEqual([[], ['place']]);
    expect(found[0]?.met.map(({ phrase }) => phraseWords(phrase))).toEqual([
      '“hospitals” in its one-liner',
      '“Value added reseller” in its one-liner',
      '“Warsaw, Poland” in its locations',
    ]);
    expect(misses.map(({ demand, missed, alone }) => [demand.kind, missed, alone])).toEqual([
      ['customers', 1, 0],
      ['role', 1, 0],
      ['place', 1, 1],
    ]);
  });

  test('known before unknown, whatever the score', async () => {
    await aProgramme();
    await bring('Rich', { ...VAR, description: 'Analytics and reporting for private clinics, trusted by hospitals.', teamSize: 900 });
    await bring('Poor', { oneLiner: 'Reseller', ...PL });
    expect(await names('resellers in Poland')).toEqual(['Poor', 'Rich']);
    expect((await find('resellers in Poland', { from: 1, count: 1 })).found.map(({ company }) => company.name)).toEqual(['Rich']);
  });

  test('sizes by head count, by band, and unknown where the band says too little', async () => {
    await aProgramme();
    await bring('Twelve', { teamSize: 12 });
    await bring('Sixty', { teamSize: 60 });
    await bring('Band', { sizeBand: '11-50' });
    await bring('Wide', { sizeBand: '51-500', oneLiner: 'Reseller' });
    expect(await sorted('11-50 people')).toEqual(['Band', 'Twelve']);
    expect(await sorted('over 50 people')).toEqual(['Sixty', 'Wide']);
    const wide = await find('resellers, 100-200 people');
    expect(wide.found.map(({ company, unknown }) => [company.name, unknown.length])).toEqual([['Wide', 1]]);
  });

  test('places by country, group, region and name of a town; working everywhere is not known to be there', async () => {
    await aProgramme();
    await bring('Graz', { locations: ['Graz, Austria'] });
    await bring('Leeds', { locations: ['Leeds, United Kingdom'] });
    await bring('Remote', { locations: ['Remote'], oneLiner: 'Reseller' });
    expect(await names('DACH')).toEqual(['Graz']);
    expect(await sorted('Europe')).toEqual(['Graz', 'Leeds']);
    expect(await names('companies in leeds')).toEqual(['Leeds']);
    expect(await names('not Austria')).toEqual(['Leeds']);
    const { found } = await find('resellers in Austria');
    expect(found.map(({ company, unknown }) => `${company.name}: ${unknown.map(({ kind }) => kind)}`).sort()).toEqual([
      'Graz: role',
      'Remote: place',
    ]);
  });

  test('roles: a vendor sells a product, an agency does agency work, a firm of accountants is no law firm', async () => {
    await aProgramme();
    await bring('Ledger', { oneLiner: 'Accounting firm for small shops' });
    await bring('Barristers', { oneLiner: 'Law firm' });
    await bring('Pixel', { oneLiner: 'Digital agency. We work with Xero.' });
    await bring('Soft', { oneLiner: 'CRM software' });
    expect(await names('accounting firms')).toEqual(['Ledger']);
    expect(await names('law firms')).toEqual(['Barristers']);
    expect(await names('agencies that know xero')).toEqual(['Pixel']);
    expect(await names('ISVs')).toEqual(['Soft']);
    expect(await sorted('CRM or agencies')).toEqual([]);
  });

  test('a text in which nothing is understood says neither yes nor no', async () => {
    await aProgramme();
    await bring('Polski', { oneLiner: 'Sprzedaż i wdrożenia', ...PL });
    expect((await find('resellers in Poland')).found.map(({ company, unknown }) => [company.name, unknown.length])).toEqual([
      ['Polski', 1],
    ]);
  });

  test('like a company: its fields, without itself; one that is not on file is not used', async () => {
    await aProgramme();
    await bring('Brightwater', { oneLiner: 'SEO agency', description: 'Search engine optimization and content marketing.' });
    await bring('Alike', { oneLiner: 'Digital agency for content marketing' });
    await bring('Unlike', { oneLiner: 'Kubernetes platform' });
    expect(await names('agencies like brightwater')).toEqual(['Alike']);
    const { found, notOnFile } = await find('agencies like Nobody Knows');
    expect([found.length, notOnFile]).toEqual([2, ['Nobody Knows']]);
  });
});

describe('places', () => {
  test('a town without “in”: by its places, by its text where those say no more than the country, and never another town', async () => {
    await aProgramme();
    await bring('Spree', { oneLiner: 'Design studio', locations: ['Berlin, Germany'] });
    await bring('Land', { oneLiner: 'Web agency with a studio in Berlin', locations: ['Germany'] });
    await bring('Open', { oneLiner: 'Digital agency', locations: ['Germany'] });
    await bring('Isar', { oneLiner: 'Branding agency, with clients in Berlin', locations: ['Munich, Germany'] });
    await bring('Seine', { oneLiner: 'Web agency', locations: ['Paris, France'] });
    const { found, total, unsure } = await find('agencies berlin');
    expect(found.slice(0, 2).map(({ company }) => company.name)).toEqual(expect.arrayContaining(['Spree', 'Land']));
    expect([found.map(({ company }) => company.name).at(2), found.length, total, unsure]).toEqual(['Open', 3, 2, 1]);
    const land = found.find(({ company }) => company.name === 'Land');
    expect(land?.met.map(({ phrase }) => phraseWords(phrase).toLowerCase())).toContain('“berlin” in its one-liner');
  });

  test('by the people of a country, in its places or its text; “us” is none', async () => {
    await aProgramme();
    await bring('Lumière', { oneLiner: 'Shopify agency in Lyon' });
    await bring('Boutique', { oneLiner: 'Shopify design studio', locations: ['Nantes, France'] });
    await bring('Yankee', { oneLiner: 'Shopify agency', locations: ['Austin, Texas, USA'] });
    expect(await sorted('french shopify studios')).toEqual(['Boutique', 'Lumière']);
    expect(await names('US shopify agencies')).toEqual(['Yankee', 'Lumière']);
    expect((await find('shopify agencies who talk to us')).total).toBe(3);
  });
});

describe('words', () => {
  test('other forms of a word that is in no list', async () => {
    await aProgramme();
    await bring('Molar', { oneLiner: 'Practice software for dental clinics' });
    await bring('Pipes', { oneLiner: 'Scheduling software for plumbers' });
    await bring('Ward', { oneLiner: 'Telehealth platform for hospitals', description: 'Incidental costs, identical rules.' });
    await bring('Lens', { oneLiner: 'Wedding photography' });
    expect(await names('dentists')).toEqual(['Molar']);
    expect(await names('photographers')).toEqual(['Lens']);
    expect(await sorted('healthcare companies')).toEqual(['Molar', 'Ward']);
    expect(await names('software for dentists')).toEqual(['Molar']);
    expect(await names('plumbing')).toEqual(['Pipes']);
    expect(await names('"plumbing"')).toEqual([]);
  });

  test('one in no list is demanded where somebody uses it, else not used', async () => {
    await aProgramme();
    await bring('Hub', { oneLiner: 'Digital agency', description: 'HubSpot onboarding for our clients.' });
    await bring('Plain', { oneLiner: 'Digital agency' });
    const hub = await find('hubspot agencies');
    expect([hub.found.map(({ company }) => company.name), hub.asked.left, hub.total]).toEqual([['Hub'], [], 1]);
    const none = await find('trustworthy agencies');
    expect([none.total, none.asked.left]).toEqual([2, [0]]);
  });

  test('mistyped: the nearest word with which companies say what they are, never one of those left out', async () => {
    await aProgramme();
    await bring('Molar', { oneLiner: 'Orthodontics for families' });
    await bring('Rival', { oneLiner: 'Zymurgical platform' });
    await saveProgramme(ana, 'leaveOut', { competitors: ['rival.example'], customers: [], existing: [] }, AT);
    expect([...(await find('orthodontcs')).near]).toEqual([['orthodontcs', 'orthodontics']]);
    expect([...(await find('zymurgcal')).near]).toEqual([]);
    expect([...(await find('agencies __proto__ constructor')).near]).toEqual([]);
  });

  test('“and” asks for both, “or” and the comma for either', async () => {
    await aProgramme();
    await bring('Both', { oneLiner: 'CRM and ERP consulting' });
    await bring('One', { oneLiner: 'CRM consulting' });
    expect(await names('crm and erp')).toEqual(['Both']);
    expect(await sorted('crm or erp')).toEqual(['Both', 'One']);
    expect(await sorted('crm, erp')).toEqual(['Both', 'One']);
  });
});

test('what a company is stands before what it mentions; selling to somebody is not being one', async () => {
  await aProgramme();
  await bring('Mentions', {
    oneLiner: 'IT services company',
    description: 'Custom software development for our clients. We help clients with SEO.',
  });
  await bring('Is', { oneLiner: 'SEO agency' });
  await bring('Sells', { oneLiner: 'SEO software for agencies', description: 'Our platform is used by agencies.' });
  expect(await names('SEO agencies')).not.toContain('Sells');
  expect((await names('SEO'))[0]).not.toBe('Mentions');
  expect((await names('SEO')).at(-1)).toBe('Mentions');
});

test('a company that is held back says so', async () => {
  await aProgramme();
  await bring('Closed', { ...VAR, ...PL, status: 'Inactive' });
  const { found } = await find('resellers in Poland');
  expect(found.map(({ fit }) => fit.holds.map(({ hold }) => hold))).toEqual([expect.arrayContaining(['inactive'])]);
});

describe('who is left out', () => {
  test('gated companies and those turned down are counted, never shown', async () => {
    await aProgramme();
    await bring('Rival', { ...VAR, ...PL });
    const turnedDown = await bring('Turned Down', { ...VAR, ...PL });
    await bring('Fine', { ...VAR, ...PL });
    await saveProgramme(ana, 'leaveOut', { competitors: ['rival.example'], customers: [], existing: [] }, AT);
    await decideCompany(ana, turnedDown.id, { kind: 'not-fit', reason: 'too-small', note: '' }, AT);
    const { found, leftOut, total } = await find('resellers in Poland');
    expect(found.map(({ company }) => company.name)).toEqual(['Fine']);
    expect([leftOut, total]).toEqual([{ gated: 1, notFit: 1 }, 1]);
    expect((await find('resellers in France')).misses.find(({ demand }) => demand.kind === 'place')?.missed).toBe(1);
  });

  test('another workspace’s companies are not looked at, nor named as models', async () => {
    await aProgramme();
    await aProgramme('T0OTHER');
    await bring('Theirs', { ...VAR, ...PL, workspaceId: 'T0OTHER' });
    expect(await find('resellers like Theirs')).toMatchObject({ looked: 0, total: 0, found: [], notOnFile: ['Theirs'] });
  });

  test('before set-up it is refused', async () => {
    await expect(find('resellers')).rejects.toMatchObject({ code: 'setup-incomplete' });
  });
});

test('a thousand companies are gone through in turns', async () => {
  await aProgramme();
  const pattern = await bring('Pattern', {
    ...VAR,
    ...PL,
    description: 'Reseller of payment software and services to hospitals. '.repeat(30),
  });
  const stored = await CompanyModel.findById(pattern.id).lean();
  const copies = Array.from({ length: 1_000 }, (_, n) => ({ ...stored, _id: undefined, name: `Copy ${n}`, domain: `copy${n}.example` }));
  await CompanyModel.insertMany(copies.map(({ _id, ...copy }) => copy));
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  const { total } = await find('healthcare VARs in Poland');
  clearInterval(timer);
  expect(total).toBe(1_001);
  // Many more than one for each page that is read: nobody waits for all of them.
  expect(turns).toBeGreaterThan(10);
});
