import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Company } from '../../../src/programme/companies/company.ts';
import { countCompanies } from '../../../src/programme/companies/company-names.ts';
import { CompanyModel, findCompanyByDomain, saveDecision, toCompany } from '../../../src/programme/companies/company-repository.ts';
import { type ImportProgress, type ImportReport, importCompanies } from '../../../src/programme/companies/import-companies.ts';
import { useMongo } from '../../support/mongo.ts';
import { toldProblems } from '../../support/told.ts';

useMongo();
const MONDAY = new Date('2026-11-23T09:00:00Z');
const TUESDAY = new Date('2026-11-24T09:00:00Z');

function importText(content: string, { workspace = 'T1', name = 'companies.csv', at = MONDAY } = {}): Promise<ImportReport> {
  return importCompanies(workspace, { bytes: Buffer.from(content), name }, { by: 'U1', at });
}

async function stored(workspaceId = 'T1'): Promise<Company[]> {
  return (await CompanyModel.find({ workspaceId }).sort({ domain: 1 }).lean()).map(toCompany);
}

async function company(domain: string): Promise<Company> {
  const found = await findCompanyByDomain('T1', domain);
  if (!found) throw new Error(`${domain} is not stored`);
  return found;
}

test('bad rows stop nothing, and every row is accounted for', async () => {
  const report = await importText(
    'Domain,Company,Employees,Owner\nacme.com,Acme,many,x\njo@b.io,B,2,x\nshort\nwww.ACME.com,Acme Inc,,x\nc.io,,7,x\n',
  );
  expect(report).toMatchObject({ rows: 5, added: 2, updated: 0, unchanged: 0, merged: 1, skipped: 2 });
  expect(report.columns?.ignored).toEqual(['Owner']);
  expect(report.problems.map(({ line, field }) => [line, field])).toEqual([
    [2, 'Employees'],
    [3, 'Domain'],
    [4, ''],
    [5, ''],
  ]);
  expect(toldProblems(report.problems)[3]?.reason).toBe('acme.com is also on line 2; both lines make one company.');
  expect((await stored()).map(({ domain, name, teamSize }) => [domain, name, teamSize])).toEqual([
    ['acme.com', 'Acme', null],
    ['c.io', 'c.io', 7],
  ]);
});

describe('importing again', () => {
  test('the same file changes nothing, not even the time of the last change', async () => {
    const file = 'domain,name,tags,employees,founded,city\nacme.com,Acme,"a;b",51-200,2015,Bonn\nb.io,,,3,,\nacme.com,,c,,,\n';
    expect(await importText(file)).toMatchObject({ added: 2, merged: 1 });
    const before = await stored();
    expect(await importText(file, { at: TUESDAY })).toMatchObject({ added: 0, updated: 0, unchanged: 2, merged: 1 });
    expect(await stored()).toEqual(before);
  });

  test('empty values erase nothing, changed facts get the new origin, kept facts keep theirs', async () => {
    await importText('domain,name,tags,description\nacme.com,Acme,"a;b",Makes anvils\n');
    expect(await importText('domain,name,tags,description\nacme.com,ACME,,Makes anvils\n', { name: 'new.csv', at: TUESDAY })).toMatchObject(
      { updated: 1 },
    );
    expect(await company('acme.com')).toMatchObject({
      name: 'ACME',
      tags: ['a', 'b'],
      description: 'Makes anvils',
      origin: { source: 'companies.csv:2', at: MONDAY },
      origins: { name: { source: 'new.csv:2', at: TUESDAY } },
      createdAt: MONDAY,
      updatedAt: TUESDAY,
    });
    expect(Object.keys((await company('acme.com')).origins)).toEqual(['name']);
  });

  test('a missing name never replaces a known one, and a known one replaces the domain that stood in', async () => {
    await importText('domain\nacme.com\n');
    expect((await company('acme.com')).name).toBe('acme.com');
    await importText('domain,name\nacme.com,Acme\n');
    expect(await importText('domain\nacme.com\n')).toMatchObject({ unchanged: 1 });
    expect((await company('acme.com')).name).toBe('Acme');
  });

  test('a head count replaces a band that it contradicts, and only then', async () => {
    await importText('domain,employees\nacme.com,11-50\nb.io,11-50\n');
    await importText('domain,employees\nacme.com,400\nb.io,40\n');
    expect(await company('acme.com')).toMatchObject({ teamSize: 400, sizeBand: null });
    expect(await company('b.io')).toMatchObject({ teamSize: 40, sizeBand: '11-50' });
  });

  test('a decision stays', async () => {
    await importText('domain,name\nacme.com,Acme\n');
    const decision = { kind: 'not-fit', reason: 'no-contact', note: 'asked us', by: 'U2', at: MONDAY } as const;
    const entry = {
      id: 'a1',
      workspaceId: 'T1',
      at: MONDAY,
      by: 'U2',
      action: 'company.decide',
      subject: 'company:x',
      before: null,
      after: decision,
    };
    await saveDecision(await company('acme.com'), decision, entry);
    await importText('domain,name,decision\nacme.com,Acme 2,pursued\n');
    expect(await company('acme.com')).toMatchObject({ name: 'Acme 2', decision });
  });
});

test('in one file the first name of a domain stays, else the later row wins where it says something, and each fact points at its line', async () => {
  await importText('domain,name,tags,founded\nacme.com,Acme,a,2015\nwww.acme.com,Acme Inc,,\nacme.com,,b;c,\n');
  expect(await company('acme.com')).toMatchObject({
    name: 'Acme',
    tags: ['b', 'c'],
    founded: 2015,
    origin: { source: 'companies.csv:2' },
    origins: { tags: { source: 'companies.csv:4' } },
  });
});

describe('at the same moment', () => {
  const list = (column: string, value: string): string =>
    `domain,${column}\n${Array.from({ length: 1_200 }, (_, row) => `c${row}.io,${value}`).join('\n')}\n`;

  test('two imports of the same new companies make each once', async () => {
    const reports = await Promise.all([1, 2, 3].map(() => importText(list('name', 'A'))));
    expect(await countCompanies('T1')).toBe(1_200);
    expect(reports.reduce((sum, { added }) => sum + added, 0)).toBe(1_200);
    expect(reports.every(({ added, updated, unchanged }) => added + unchanged === 1_200 && updated === 0)).toBe(true);
  });

  test('two imports that know different things of a company lose nothing', async () => {
    await Promise.all([importText(list('name', 'A'), { name: 'a.csv' }), importText(list('tags', 'x'), { name: 'b.csv' })]);
    const companies = await stored();
    expect(companies.length).toBe(1_200);
    expect(companies.filter(({ name, tags }) => name !== 'A' || tags[0] !== 'x')).toEqual([]);
    const sources = companies.map(({ origin, origins }) => [(origins.name ?? origin).source[0], (origins.tags ?? origin).source[0]].join());
    expect(new Set(sources)).toEqual(new Set(['a,b']));
  });

  test('two workspaces keep their own', async () => {
    await Promise.all([importText('domain,name\nacme.com,One\n'), importText('domain,name\nacme.com,Two\n', { workspace: 'T2' })]);
    expect([...(await stored('T1')), ...(await stored('T2'))].map(({ name }) => name)).toEqual(['One', 'Two']);
  });
});

test('pasted domains', async () => {
  const pasted = 'acme.com, https://www.b.io/x;jo@c.io\r\nco.uk\n\n acme.com d.example';
  const report = await importCompanies('T1', { pastedDomains: pasted }, { by: 'U7', at: MONDAY });
  expect(report).toMatchObject({ rows: 6, added: 3, merged: 1, skipped: 2, columns: null });
  expect(toldProblems(report.problems).map(({ line, reason }) => [line, reason.slice(0, 9)])).toEqual([
    [1, '“jo@c.io”'],
    [2, '“co.uk” i'],
    [4, 'acme.com '],
  ]);
  expect((await company('b.io')).origin).toEqual({ source: 'pasted by U7', at: MONDAY });
  const nothing = importCompanies('T1', { pastedDomains: ' ,\n; ' }, { by: 'U7', at: MONDAY });
  await expect(nothing).rejects.toMatchObject({ code: 'file-unreadable', details: { problem: 'no-domains-pasted' } });
});

test('progress is told after every batch, up to the last company', async () => {
  const seen: ImportProgress[] = [];
  const bytes = Buffer.from(`domain\n${Array.from({ length: 1_100 }, (_, row) => `c${row}.io`).join('\n')}`);
  await importCompanies('T1', { bytes, name: 'a\u0000 b.csv' }, { by: 'U1', at: MONDAY, onProgress: (progress) => seen.push(progress) });
  expect(seen).toEqual([
    { done: 500, total: 1_100 },
    { done: 1_000, total: 1_100 },
    { done: 1_100, total: 1_100 },
  ]);
  expect((await company('c5.io')).origin.source).toBe('a b.csv:7');
});

test('whatever the rows: importing twice is importing once, and the order of different domains does not matter', async () => {
  const row = fc.record({
    domain: fc.constantFrom('a.io', 'b.io', 'www.c.io', 'bad', ''),
    name: fc.oneof(fc.string({ unit: 'binary' }), fc.constant('')),
    tags: fc.oneof(fc.array(fc.string()), fc.string({ unit: 'binary' })),
    employees: fc.oneof(fc.integer(), fc.constantFrom('11-50', '500+', 'x')),
    oneLiner: fc.string({ maxLength: 400 }),
  });
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 8 }), async (rows) => {
      run++;
      const text = (list: unknown[]): string => list.map((item) => JSON.stringify(item)).join('\n');
      const first = await importText(text(rows), { workspace: `A${run}` });
      const facts = await stored(`A${run}`);
      expect(await importText(text(rows), { workspace: `A${run}`, at: TUESDAY })).toMatchObject({
        added: 0,
        updated: 0,
        unchanged: first.added,
      });
      expect(await stored(`A${run}`)).toEqual(facts);
      const byDomain = rows
        .map((item, index) => ({ item, index }))
        .sort((a, b) => b.item.domain.localeCompare(a.item.domain) || a.index - b.index);
      await importText(text(byDomain.map(({ item }) => item)), { workspace: `B${run}` });
      const known = (list: Company[]): unknown => list.map(({ id, workspaceId, origin, origins, ...rest }) => rest);
      expect(known(await stored(`B${run}`))).toEqual(known(facts));
    }),
    { numRuns: 60 },
  );
});
