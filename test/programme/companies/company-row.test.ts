import { expect, test } from 'vitest';
import { type CompanyFile, readCompanyFile } from '../../../src/programme/companies/read-companies.ts';
import { toldProblems } from '../../support/told.ts';

const read = (content: string): Promise<CompanyFile> => readCompanyFile(Buffer.from(content), 'a', new Date('2026-11-23T09:00:00Z'));

test.each<[string, unknown, object, number]>([
  ['employees', 1200, { teamSize: 1200 }, 0],
  ['employees', '1,200', { teamSize: 1200 }, 0],
  ['employees', '~ 50 people', { teamSize: 50 }, 0],
  ['employees', '12.0', { teamSize: 12 }, 0],
  ['employees', '11-50', { teamSize: null, sizeBand: '11-50' }, 0],
  ['employees', '201–500 employees', { sizeBand: '51-500' }, 0],
  ['employees', '501 to 1,000', { sizeBand: '500+' }, 0],
  ['employees', '500+', { sizeBand: '500+' }, 0],
  ['employees', '50+', { teamSize: null, sizeBand: null }, 1],
  ['employees', '11-200', { teamSize: null, sizeBand: null }, 1],
  ['employees', '50-11', { teamSize: null, sizeBand: null }, 1],
  ['employees', 'many', { teamSize: null }, 1],
  ['employees', '0', { teamSize: null }, 1],
  ['employees', '-5', { teamSize: null }, 1],
  ['employees', '1e9', { teamSize: null }, 1],
  ['employees', 'N/A', { teamSize: null }, 0],
  ['employees', { count: 5 }, { teamSize: null }, 1],
  ['founded', 2015, { founded: 2015 }, 0],
  ['founded', '2015-03-01', { founded: 2015 }, 0],
  ['founded', '3019', { founded: null }, 1],
  ['founded', '1066', { founded: null }, 1],
  ['founded', 'long ago', { founded: null }, 1],
  ['status', 'ACTIVE', { status: 'Active' }, 0],
  ['status', 'prospect', { status: null }, 1],
  ['tags', 'a; b|c ;A;', { tags: ['a', 'b', 'c'] }, 0],
  ['tags', 'a, b', { tags: ['a', 'b'] }, 0],
  ['tags', ['a', null, 2, { b: 1 }], { tags: ['a', '2'] }, 1],
  ['tags', { a: 1 }, { tags: [] }, 1],
  ['tags', Array.from({ length: 60 }, (_, tag) => `t${tag}`), { tags: Array.from({ length: 50 }, (_, tag) => `t${tag}`) }, 1],
  ['aliases', 'Acme, Inc., Acme Labs', { aliases: ['Acme, Inc.', 'Acme Labs'] }, 0],
  ['hq', 'New York, NY, USA', { locations: ['New York, NY, USA'] }, 0],
  ['hq', 'Berlin; Paris', { locations: ['Berlin', 'Paris'] }, 0],
  ['name', '  Acme\u0000\u202e \t\n Inc ', { name: 'Acme Inc' }, 0],
  ['name', '=HYPERLINK("x")', { name: '=HYPERLINK("x")' }, 0],
  ['name', '@cme', { name: '@cme' }, 0],
  ['name', '\ud800 half', { name: '\ufffd half' }, 0],
  ['name', 'a'.repeat(201), { name: 'a'.repeat(200) }, 1],
  ['name', `${'a'.repeat(199)}😀`, { name: 'a'.repeat(199) }, 1],
  ['description', 'a'.repeat(5_001), { description: 'a'.repeat(5_000) }, 1],
  ['website', 'www.acme.com/en', { website: 'https://www.acme.com/en' }, 0],
  ['website', 'https://github.com/acme', { website: 'https://github.com/acme' }, 0],
  ['website', 'javascript:alert(1)', { website: '' }, 1],
  ['website', `https://acme.com/${'a'.repeat(600)}`, { website: '' }, 1],
])('%s %j', async (field, value, facts, problems) => {
  const file = await read(JSON.stringify({ domain: 'acme.com', [field]: value }));
  expect(file.companies[0]?.facts).toMatchObject(facts);
  expect(toldProblems(file.problems)).toEqual(
    Array.from({ length: problems }, () => ({ line: 1, field, reason: expect.stringMatching(/^\S.*\.$/) })),
  );
});

test('city, region and country are one location', async () => {
  const file = await read(
    'domain,City,State,Country,Location\na.com,Austin,TX,USA,Remote\nb.com,,,Peru,\nc.com,Bonn,,Germany,"Bonn, Germany"',
  );
  expect(file.companies.map(({ facts }) => facts.locations)).toEqual([['Remote', 'Austin, TX, USA'], ['Peru'], ['Bonn, Germany']]);
});

test('the website stands in for a missing or bad domain, and a row without either is told why', async () => {
  const file = await read('Domain,Website\n,acme.com/x\njo@b.io,https://b.io\ngithub.io,\n,\n"x y",10.0.0.1\n-,\n');
  expect(file.companies.map(({ domain }) => domain)).toEqual(['acme.com', 'b.io', null, null, null]);
  expect(toldProblems(file.problems)).toEqual([
    { line: 3, field: 'Domain', reason: '“jo@b.io” is an e-mail address; give the web domain. Left out.' },
    { line: 4, field: 'Domain', reason: expect.stringContaining('is an ending that many domains share') },
    { line: 6, field: 'Domain', reason: expect.stringContaining('“x y” is not a web domain') },
    { line: 6, field: 'Website', reason: '“10.0.0.1” is an IP address; give the web domain. The row is skipped.' },
    { line: 7, field: '', reason: 'There is no web domain and no website. The row is skipped.' },
  ]);
});
