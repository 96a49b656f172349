import { beforeEach, expect, test } from 'vitest';
import { saveProgramme } from '../../../src/programme/setup/save-programme.ts';
import { listPage } from '../../../src/slack/discover/company-pages.ts';
import { AT, aCompany, ana, aProgramme, HOME } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';

useMongo();
beforeEach(() => aProgramme());
const listed = async (held = false) => JSON.stringify((await listPage(HOME, { from: 0, held }, AT)).blocks);
const largest = (people: number) => saveProgramme(ana, 'leaveOut', { competitors: [], customers: [], existing: [], largest: people }, AT);

test('who is too large for a first mail is held back, with the reason, until the team writes to larger ones', async () => {
  await aCompany({ teamSize: 9_000 });
  expect(await listed()).toContain('None of your companies is such a partner');
  expect(await listed(true)).toMatch(/Peatworks.*too large for a first mail/);
  await largest(10_000);
  expect(await listed()).toContain('Peatworks');
  expect(await listed(true)).toContain('Nobody is held back');
  await largest(100);
  expect(await listed()).not.toContain('Peatworks');
});

test('of a company in a band the fewest people are known', async () => {
  await aCompany({ teamSize: null, sizeBand: '500+' });
  expect(await listed()).toContain('Peatworks');
  await largest(499);
  expect(await listed(true)).toContain('too large');
});

test('the list says how many are held back and leads there', async () => {
  await aCompany();
  await aCompany({ domain: 'mossworks.example', name: 'Mossworks', status: 'Acquired' });
  expect(await listed()).toContain('Held back: 1 company');
  expect(await listed()).toContain('"value":"held"');
  expect(await listed(true)).toMatch(/Mossworks.*bought by another/);
});
