import mongoose from 'mongoose';
import { describe, expect, test } from 'vitest';
import { adoptCompanies } from '../../../src/programme/companies/adopt-companies.ts';
import { findCompanyByDomain } from '../../../src/programme/companies/company-repository.ts';
import { importCompanies } from '../../../src/programme/companies/import-companies.ts';
import { type NewContact, readContact } from '../../../src/programme/contacts/contact.ts';
import { listContacts, saveContacts } from '../../../src/programme/contacts/contact-repository.ts';
import { liftSuppression, suppress } from '../../../src/programme/suppression/suppress.ts';
import type { SuppressionKey } from '../../../src/programme/suppression/suppression.ts';
import { ANA } from '../../sandbox/cast.ts';
import { AT, ana, HOME } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';
import { toldProblems } from '../../support/told.ts';

useMongo();
const COMPANY = '65f000000000000000000001';
const later = new Date(AT.getTime() + 60_000);

function person(given: Partial<NewContact> = {}): NewContact {
  return {
    email: 'dana@peatworks.example',
    name: 'Dana Ito',
    role: '',
    country: '',
    source: { kind: 'import', file: 'a.csv', line: 2 },
    at: AT,
    ...given,
  };
}

const addressesKept = async () => {
  const found = await mongoose.connection.collection('contacts').find().sort({ email: 1 }).toArray();
  return found.map(({ email }) => email);
};

describe('people of a company', () => {
  test('are kept once by their address; news replaces, what is empty erases nothing, the first source stays', async () => {
    await saveContacts(HOME, COMPANY, [person()]);
    await saveContacts(HOME, COMPANY, [person({ name: '', role: 'Head of Sales', source: { kind: 'typed', by: ANA }, at: later })]);
    const expected = { ...person({ role: 'Head of Sales' }), workspaceId: HOME, companyId: COMPANY };
    expect(await listContacts(HOME, COMPANY)).toEqual([expected]);
  });

  test('saved by ten at once, each is there once', async () => {
    const two = [person(), person({ email: 'omar@peatworks.example', name: 'Omar' })];
    await Promise.all(Array.from({ length: 10 }, () => saveContacts(HOME, COMPANY, two)));
    expect((await listContacts(HOME, COMPANY)).map(({ name }) => name).sort()).toEqual(['Dana Ito', 'Omar']);
  });

  test('are written a hundred at a time, however many there are', async () => {
    const written: number[] = [];
    mongoose.set('debug', (collection: string, method: string, writes: unknown) => {
      if (collection === 'contacts' && method === 'bulkWrite' && Array.isArray(writes)) written.push(writes.length);
    });
    const people = Array.from({ length: 250 }, (_, n) => person({ email: `p${n}@peatworks.example` }));
    await saveContacts(HOME, COMPANY, people).finally(() => mongoose.set('debug', false));
    expect(written).toEqual([100, 100, 50]);
    expect(await addressesKept()).toHaveLength(250);
  });

  const closing: SuppressionKey[] = [
    { kind: 'address', value: 'dana@peatworks.example' },
    { kind: 'domain', value: 'peatworks.example' },
    { kind: 'company', value: 'peatworks.example' },
  ];
  test.each(closing)('who is silenced by $kind is not offered if on file before, and not taken in after', async (key) => {
    const other = person({ email: 'omar@other.example', name: 'Omar' });
    await saveContacts(HOME, COMPANY, [person(), other]);
    await suppress(HOME, key, { reason: 'opt-out', via: 'page', by: 'recipient', at: AT });
    expect(await saveContacts(HOME, COMPANY, [person({ email: 'dana+sales@peatworks.example' }), other])).toBe(1);
    expect(await addressesKept()).toEqual(['dana@peatworks.example', other.email]);
    expect((await listContacts(HOME, COMPANY)).map(({ email }) => email)).toEqual([other.email]);
  });

  test('move with their company to the first workspace that connects', async () => {
    await importCompanies('T0NONE', { pastedDomains: 'peatworks.example' }, { by: ANA, at: AT });
    const id = (await findCompanyByDomain('T0NONE', 'peatworks.example'))?.id ?? '';
    await saveContacts('T0NONE', id, [person()]);
    await adoptCompanies('T0NONE', HOME);
    expect([(await listContacts('T0NONE', id)).length, (await listContacts(HOME, id)).length]).toEqual([0, 1]);
  });
});

test('an import brings the people that it names, again without doubling them, and the silenced not before the silence is lifted', async () => {
  const omar = { kind: 'address', value: 'omar@peatworks.example' } as const;
  await suppress(HOME, omar, { reason: 'opt-out', via: 'page', by: 'recipient', at: AT });
  const csv = [
    'Company,Website,Contact,Contact E-mail,Job Title,Country,Source',
    'Peatworks,peatworks.example,Dana Ito,Dana@peatworks.example,Head of Sales,Ireland,Fair in Cork',
    'Peatworks,peatworks.example,Omar,omar@peatworks.example,,,',
    'Mossline,,,Kim <kim@mossline.example>,,,',
  ].join('\n');
  const bring = () => importCompanies(HOME, { bytes: Buffer.from(csv), name: 'people.csv' }, { by: ANA, at: AT });
  expect(await bring()).toMatchObject({ rows: 3, added: 2, merged: 1, people: 2, silenced: 1 });
  expect(await bring()).toMatchObject({ unchanged: 2, people: 2, silenced: 1 });
  expect(await addressesKept()).toEqual(['dana@peatworks.example', 'kim@mossline.example']);
  const idOf = async (domain: string) => (await findCompanyByDomain(HOME, domain))?.id ?? '';
  const source = { kind: 'import', file: 'people.csv', line: 2, said: 'Fair in Cork' };
  expect(await listContacts(HOME, await idOf('peatworks.example'))).toEqual([
    expect.objectContaining({ email: 'dana@peatworks.example', name: 'Dana Ito', role: 'Head of Sales', country: 'Ireland', source }),
  ]);
  expect((await listContacts(HOME, await idOf('mossline.example'))).map(({ email }) => email)).toEqual(['kim@mossline.example']);
  await liftSuppression(ana, omar, 'They wrote to us', AT);
  expect(await bring()).toMatchObject({ people: 3, silenced: 0 });
});

test('of a directory of people at one company the first hundred are kept, each once, and the report says how many were left out', async () => {
  const people = Array.from({ length: 250 }, (_, n) => `peatworks.example,Person ${n},p${n}@peatworks.example`);
  const again = 'peatworks.example,Dana Ito,p0@peatworks.example';
  const csv = ['Website,Contact,Contact E-mail', ...people, again, 'mossline.example,Kim,kim@mossline.example'].join('\n');
  const report = await importCompanies(HOME, { bytes: Buffer.from(csv), name: 'people.csv' }, { by: ANA, at: AT });
  expect(report).toMatchObject({ rows: 252, added: 2, merged: 250, skipped: 0, people: 101 });
  const { line, reason } = toldProblems(report.problems.filter(({ code }) => code === 'people-left-out'))[0] ?? {};
  expect({ line, reason }).toEqual({ line: 102, reason: expect.stringContaining('250 people at peatworks.example') });
  const company = await findCompanyByDomain(HOME, 'peatworks.example');
  const listed = await listContacts(HOME, company?.id ?? '');
  expect(new Set(listed.map(({ email }) => email))).toEqual(new Set(Array.from({ length: 100 }, (_, n) => `p${n}@peatworks.example`)));
  expect(listed.find(({ email }) => email === 'p0@peatworks.example')).toMatchObject({ name: 'Dana Ito', source: { line: 2 } });
  expect(await addressesKept()).toHaveLength(101);
});

test.each([
  ['  Dana@Peatworks.Example ', 'dana@peatworks.example'],
  ['mailto:dana@peatworks.example', 'dana@peatworks.example'],
  ['Dana <dana@peatworks.example>', null],
  ['dana@a.example, omar@a.example', null],
  ['', null],
])('the address in %j is %j', (email, expected) => {
  const read = readContact({ email, name: ' Dana\n Ito ', role: 'x'.repeat(200), country: 'DE' }, { kind: 'typed', by: ANA }, AT);
  expect(read).toEqual(
    expected && { email: expected, name: 'Dana Ito', role: '', country: 'DE', source: { kind: 'typed', by: ANA }, at: AT },
  );
});
