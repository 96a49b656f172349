import fc from 'fast-check';
import mongoose from 'mongoose';
import { describe, expect, test } from 'vitest';
import { prepareDigest } from '../../../src/discover/digest/prepare-digest.ts';
import { findCompanyByDomain } from '../../../src/programme/companies/company-repository.ts';
import { importCompanies } from '../../../src/programme/companies/import-companies.ts';
import { suppress } from '../../../src/programme/suppression/suppress.ts';
import { keysOfAddress, plainAddress, type SuppressionKey } from '../../../src/programme/suppression/suppression.ts';
import { findSuppression } from '../../../src/programme/suppression/suppression-repository.ts';
import { startDraft } from '../../../src/recruit/outreach/start-draft.ts';
import { companyPage, findPage, listPage, showCompany } from '../../../src/slack/discover/company-pages.ts';
import { whyPage } from '../../../src/slack/discover/why-page.ts';
import { ANA } from '../../sandbox/cast.ts';
import { AT, aCompany, aContact, ana, aProgramme, HOME } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';
import { bringCompanies } from '../../support/ready-workspace.ts';

useMongo();

const silence = (key: SuppressionKey) => suppress(HOME, key, { reason: 'asked-us', via: 'command', by: ANA, at: AT });
const company = { kind: 'company', value: 'peatworks.example' } as const;
const domain = { kind: 'domain', value: 'peatworks.example' } as const;
const words = (page: { blocks: unknown[] }) => JSON.stringify(page.blocks);
const bring = (rows: string) =>
  importCompanies(HOME, { name: 'list.csv', bytes: Buffer.from(`Company,Website,Tagline\n${rows}\n`) }, { by: ANA, at: AT });

describe.each([
  ['company', company],
  ['domain', domain],
])('a suppressed %s', (_kind, key) => {
  test('is in no list, digest or search; Details and Why say so when somebody names it', async () => {
    await aProgramme();
    await aCompany();
    await bringCompanies(3, AT);
    expect(words(await listPage(HOME, { from: 0, held: false }, AT))).toContain('Peatworks');
    await silence(key);
    expect(words(await listPage(HOME, { from: 0, held: false }, AT))).not.toContain('Peatworks');
    for (const asked of ['clinics', 'companies in United Kingdom', 'Peatworks'])
      expect(words(await findPage(HOME, { from: 0, words: asked }, AT))).not.toContain('"Peatworks');
    expect(words(await findPage(HOME, { from: 0, words: 'clinics' }, AT))).not.toContain('peatworks.example');
    const digest = await prepareDigest(HOME, { day: '2026-11-23', round: 0, by: 'schedule' }, AT);
    expect(JSON.stringify(digest)).not.toContain('Peatworks');
    expect(words(await showCompany(HOME, 'Peatworks', AT))).toContain('Asked for silence');
    expect(words(await whyPage(HOME, 'Peatworks', { digestId: null, at: AT }))).toContain('Asked for silence');
    // Among the other matches of a name it is not named.
    await aCompany({ name: 'Peatworks Moor', domain: 'peatworksmoor.example' });
    expect(words(await showCompany(HOME, 'Peatworks Moor', AT))).not.toContain('"Peatworks (');
  });

  test('no import brings it back, and no draft can be started to it', async () => {
    await aProgramme();
    await aCompany();
    await silence(key);
    await bring('Peatworks,https://www.PEATWORKS.example/about,Booking\nPeatworks Ltd,shop.peatworks.example,Booking again');
    expect(words(await listPage(HOME, { from: 0, held: false }, AT))).not.toMatch(/peatworks/i);
    const onFile = await findCompanyByDomain(HOME, 'peatworks.example');
    if (!onFile) throw new Error('it is on file');
    expect(words(await companyPage(HOME, onFile, AT))).toContain('Asked for silence');
    await expect(startDraft(ana, onFile.id, aContact(), AT)).rejects.toMatchObject({ code: 'company-gated' });
    // Another company's draft to somebody there.
    const other = await aCompany({ name: 'Mossbank', domain: 'mossbank.example' });
    for (const email of ['sam@peatworks.example', 'Sam+x@Peatworks.example', 'sam@mail.peatworks.example'])
      await expect(startDraft(ana, other.id, aContact({ email: email.toLowerCase() }), AT)).rejects.toMatchObject({
        code: 'address-suppressed',
      });
  });

  test('stays after the company and its drafts are deleted, and meets it again when it comes back', async () => {
    await aProgramme();
    await aCompany();
    await silence(key);
    for (const name of ['companies', 'drafts', 'threads']) await mongoose.connection.collection(name).deleteMany({});
    await bring('Peatworks,peatworks.example,Booking');
    expect(words(await listPage(HOME, { from: 0, held: false }, AT))).not.toMatch(/peatworks/i);
    expect(await findSuppression(HOME, keysOfAddress('anybody@peatworks.example'))).not.toBeNull();
  });
});

test('an address under silence stays so in every spelling that reaches its mailbox, and nobody else with it', async () => {
  await silence({ kind: 'address', value: plainAddress('Dana@Peatworks.example') });
  const isSilent = async (email: string) => (await findSuppression(HOME, keysOfAddress(email))) !== null;
  const tag = fc.string({ unit: fc.constantFrom(...'abcXYZ019._-+'), maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(tag, fc.boolean(), async (extra, loud) => {
      const email = `dana${extra ? `+${extra}` : ''}@peatworks.example`;
      expect(await isSilent(loud ? email.toUpperCase() : email)).toBe(true);
    }),
    { numRuns: 30 },
  );
  for (const other of ['dan@peatworks.example', 'danae@peatworks.example', 'dana@peatworks.example.org', 'dana@mail.peatworks.example'])
    expect([other, await isSilent(other)]).toEqual([other, false]);
});

test('the silence of a domain holds for names below it, not for its neighbours', async () => {
  await silence({ kind: 'domain', value: 'sales.peatworks.example' });
  const isSilent = async (email: string) => (await findSuppression(HOME, keysOfAddress(email))) !== null;
  expect(await isSilent('dana@sales.peatworks.example')).toBe(true);
  expect(await isSilent('dana@eu.sales.peatworks.example')).toBe(true);
  expect(await isSilent('dana@peatworks.example')).toBe(false);
  expect(await isSilent('dana@presales.peatworks.example')).toBe(false);
});

test('another spelling of the same letters is the same domain', async () => {
  await silence({ kind: 'domain', value: 'xn--mller-kva.example' });
  expect(await findSuppression(HOME, keysOfAddress('dana@müller.example'))).not.toBeNull();
});
