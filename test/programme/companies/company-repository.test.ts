import { beforeEach, describe, expect, test } from 'vitest';
import { adoptCompanies } from '../../../src/programme/companies/adopt-companies.ts';
import type { Company } from '../../../src/programme/companies/company.ts';
import { nothingRead, readChanges } from '../../../src/programme/companies/company-changes.ts';
import { countCompanies, findCompaniesByName } from '../../../src/programme/companies/company-names.ts';
import {
  CompanyModel,
  findCompanyByDomain,
  getCompany,
  listCompaniesByIds,
  saveDecision,
} from '../../../src/programme/companies/company-repository.ts';
import { importCompanies } from '../../../src/programme/companies/import-companies.ts';
import { useMongo } from '../../support/mongo.ts';

useMongo();
const at = new Date('2026-11-23T09:00:00Z');

async function add(workspaceId: string, csv: string): Promise<void> {
  await importCompanies(workspaceId, { bytes: Buffer.from(csv), name: 'a.csv' }, { by: 'U1', at });
}

async function idOf(workspaceId: string, domain: string): Promise<string> {
  return (await findCompanyByDomain(workspaceId, domain))?.id ?? 'none';
}

describe('finding by name', () => {
  beforeEach(async () => {
    await add(
      'T1',
      'domain,name,aliases\nacme.com,Acme,Anvil Works\nacmelabs.io,Acme Labs,\nlabs.acme.example,Zeta,ACME\na-b.io,C++ (EMEA) [x] | y*,\nbig.com,An Acme Reseller,\n',
    );
    await add('T2', 'domain,name\nother.com,Acme\n');
  });
  const named = async (text: string, limit = 10): Promise<string[]> =>
    (await findCompaniesByName('T1', text, limit)).map(({ name }) => name);

  test.each([
    ['acme', ['Acme', 'Zeta', 'Acme Labs', 'An Acme Reseller']],
    ['  ACME\n', ['Acme', 'Zeta', 'Acme Labs', 'An Acme Reseller']],
    ['anvil', ['Acme']],
    ['https://www.acme.com/about', ['Acme']],
    ['c++ (emea) [x] | y*', ['C++ (EMEA) [x] | y*']],
    ['.*', []],
    ['^', []],
    ['\\', []],
    ['(((((', []],
    ['\0', []],
    ['', []],
    ['x'.repeat(10_000), []],
  ])('%j', async (text, names) => {
    expect(await named(text)).toEqual(names);
  });

  test('no more than asked for, the exact ones first', async () => {
    expect([await named('acme', 1), await named('acme', 3), await named('acme', 0)]).toEqual([['Acme'], ['Acme', 'Zeta', 'Acme Labs'], []]);
  });
});

test('a company of another workspace, an id that is none, and one that is not there are unknown', async () => {
  await add('T2', 'domain\nacme.com\n');
  for (const id of [await idOf('T2', 'acme.com'), 'x', '', '65f000000000000000000000', '__proto__']) {
    await expect(getCompany('T1', id)).rejects.toMatchObject({ code: 'company-unknown' });
  }
});

test('companies come in the order of the ids, each once, without those that are not there', async () => {
  await add('T1', 'domain\na.io\nb.io\n');
  const [a, b] = [await idOf('T1', 'a.io'), await idOf('T1', 'b.io')];
  expect((await listCompaniesByIds('T1', [b, 'x', a, b])).map(({ domain }) => domain)).toEqual(['b.io', 'a.io']);
});

test.each([0, 1, 99, 100, 201])('all of %d companies are met once', async (count) => {
  if (count > 0) await add('T1', `domain\n${Array.from({ length: count }, (_, row) => `c${row}.io`).join('\n')}`);
  await add('T2', 'domain\nother.com\n');
  const domains: string[] = [];
  for await (const { companies } of readChanges('T1', nothingRead())) domains.push(...companies.map(({ domain }) => String(domain)));
  expect([domains.length, new Set(domains).size, await countCompanies('T1')]).toEqual([count, count, count]);
});

test('what the schema does not know cannot be written', async () => {
  await add('T1', 'domain\nacme.com\n');
  await expect(CompanyModel.updateOne({ domain: 'acme.com' }, { $set: { secret: 1 } })).rejects.toThrow('strict');
  await expect(CompanyModel.updateOne({ domain: 'acme.com' }, { $set: { 'origins.secret': 1 } })).rejects.toThrow('strict');
});

describe('a decision', () => {
  const decide = (company: Company, by: string) => {
    const decision = { kind: 'pursued', by, at } as const;
    const entry = {
      id: by,
      workspaceId: 'T1',
      at,
      by,
      action: 'company.decide',
      subject: `company:${company.id}`,
      before: null,
      after: decision,
    };
    return saveDecision(company, decision, entry);
  };

  test('of ten people at once one stands', async () => {
    await add('T1', 'domain\nacme.com\n');
    const company = await getCompany('T1', await idOf('T1', 'acme.com'));
    const saved = (await Promise.all(Array.from({ length: 10 }, (_, user) => decide(company, `U${user}`)))).filter(
      (result) => result !== null,
    );
    expect(saved.length).toBe(1);
    expect(await getCompany('T1', company.id)).toEqual(saved[0]);
  });

  test('can be taken back by who saw it', async () => {
    await add('T1', 'domain\nacme.com\n');
    const undecided = await getCompany('T1', await idOf('T1', 'acme.com'));
    const pursued = await decide(undecided, 'U1');
    const entry = {
      id: 'back',
      workspaceId: 'T1',
      at,
      by: 'U2',
      action: 'company.decide',
      subject: 'company:x',
      before: null,
      after: null,
    };
    expect(await saveDecision(undecided, null, entry)).toBeNull();
    expect(await saveDecision(pursued ?? undecided, null, entry)).toMatchObject({ decision: null, updatedAt: undecided.updatedAt });
  });
});

test('companies imported before the first workspace move to it once; what it has already stays as it is', async () => {
  await add('none', `domain,name\nacme.com,Old\n${Array.from({ length: 1_500 }, (_, row) => `c${row}.io,C`).join('\n')}\n`);
  await add('T1', 'domain,name\nacme.com,New\n');
  expect(await adoptCompanies('none', 'T1')).toEqual({ moved: 1_500, left: 1 });
  expect(await adoptCompanies('none', 'T1')).toEqual({ moved: 0, left: 1 });
  expect(await adoptCompanies('T1', 'T1')).toEqual({ moved: 0, left: 0 });
  expect([await countCompanies('T1'), await countCompanies('none')]).toEqual([1_501, 1]);
  expect(await findCompanyByDomain('T1', 'acme.com')).toMatchObject({ name: 'New' });
});
