import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findCompaniesByName } from '../../../src/programme/companies/company-names.ts';
import { readContact } from '../../../src/programme/contacts/contact.ts';
import { saveContacts } from '../../../src/programme/contacts/contact-repository.ts';
import { ANA, GENERAL, MILO } from '../../sandbox/cast.ts';
import { AT, HOME } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';
import { type Product, startProduct } from '../../support/product.ts';
import { bringCompanies, setUp } from '../../support/ready-workspace.ts';

const { uri } = useMongo();
let product: Product;
beforeEach(async () => {
  product = await startProduct(uri);
  await setUp(AT);
  await bringCompanies(2, AT);
});
afterEach(() => product.stop());

const decision = async () => (await findCompaniesByName(HOME, 'Oakfield 1', 1))[0]?.decision;
const modal = (words: string) =>
  product.sandbox.waitFor(() => {
    const open = product.sandbox.modal(MILO);
    return JSON.stringify(open?.blocks ?? []).includes(words) ? open : null;
  });
const privateCard = (words: string) =>
  product.sandbox.waitFor(() =>
    product.sandbox
      .messages({ as: MILO, channel: GENERAL })
      .find(({ onlyFor, blocks }) => onlyFor && JSON.stringify(blocks).includes(words)),
  );

describe('a decision from a card that one person sees', () => {
  test('*Later* asks until when, and the card then says so', async () => {
    const milo = product.sandbox.as(MILO);
    await milo.command(GENERAL, '/partners show Oakfield 1');
    await milo.click(await privateCard('company.later'), 'company.later');
    const form = await modal('Until when?');
    const past = await milo.submit(form, { until: '2020-01-01' });
    expect(past.errors).toEqual({ until: 'Choose a day after today.' });
    expect(await milo.submit(form, { until: '2099-03-01' })).toEqual({ ok: true });
    await privateCard('Put off by');
    expect(await decision()).toMatchObject({ kind: 'later', by: MILO, until: new Date('2099-03-01T00:00:00Z') });
  });

  test('*Not a Fit* shows on the card what was decided, with the way back', async () => {
    const milo = product.sandbox.as(MILO);
    await milo.command(GENERAL, '/partners show Oakfield 1');
    await milo.click(await privateCard('company.reject'), 'company.reject');
    await milo.submit(await modal('Why is'), { reason: 'too-small' });
    await milo.click(await privateCard('company.reconsider'), 'company.reconsider');
    await privateCard('company.later');
    expect(await decision()).toBeNull();
  });
});

test('*Details* decides too: the page below a form shows what was decided, and takes it back', async () => {
  const milo = product.sandbox.as(MILO);
  await milo.command(GENERAL, '/partners list');
  const [company] = await findCompaniesByName(HOME, 'Oakfield 1', 1);
  await milo.click(await privateCard('company.details'), 'company.details', { value: company?.id });
  const details = await modal('The score is the points below');
  await milo.click(details, 'company.later');
  await milo.submit(await modal('Until when?'), { until: '2099-03-01' });
  const decided = await modal('Put off by');
  await milo.click(decided, 'company.reconsider');
  await modal('company.draft');
  // The list behind it is left as it was.
  await privateCard('Candidates, best first');
  expect(product.sandbox.messages({ as: ANA, channel: GENERAL }).some(({ onlyFor }) => onlyFor === MILO)).toBe(false);
});

test('*Draft Outreach* leaves no modal behind: a message with the way to the draft', async () => {
  const milo = product.sandbox.as(MILO);
  await milo.command(GENERAL, '/partners show Oakfield 1');
  await milo.click(await privateCard('company.draft'), 'company.draft');
  const answer = await milo.submit(await modal('Where is the address from'), {
    name: 'Dana Reed',
    email: 'dana@oakfield-1.example',
    country: 'GB',
    basis: 'published',
    recipient: 'company',
    origin: 'website',
    source: 'https://oakfield-1.example/contact',
  });
  expect(answer).toEqual({ ok: true });
  await privateCard('Writing to Dana Reed');
  expect(product.sandbox.modal(MILO)).toBeNull();
});

test('*Draft Outreach* offers the people on file; a click fills in another, and errors stand beside the fields', async () => {
  const [company] = await findCompaniesByName(HOME, 'Oakfield 1', 1);
  const people = ['dana', 'omar'].flatMap((name) => {
    const given = { name, email: `${name}@oakfield1.example`, role: '', country: '' };
    return readContact(given, { kind: 'import', file: 'people.csv', line: 2 }, AT) ?? [];
  });
  await saveContacts(HOME, company?.id ?? '', people);
  const milo = product.sandbox.as(MILO);
  await milo.command(GENERAL, '/partners show Oakfield 1');
  await milo.click(await privateCard('company.draft'), 'company.draft');
  const first = await modal('dana@oakfield1.example');
  await milo.click(first, 'contact.pick', { value: '1' });
  const second = await modal('omar@oakfield1.example');
  expect(JSON.stringify(second.blocks)).toContain('your file people.csv, line 2');
  const wrong = await milo.submit(second, { source: 'x', 'email#1': 'nonsense', basis: 'given' });
  expect(Object.keys(wrong.errors ?? {})).toContain('email#1');
  const published = { basis: 'published', recipient: 'company' };
  const unnamed = [
    [{ origin: 'website', source: 'their contact page' }, 'Give the web address of the page'],
    [{ origin: 'event', source: 'agreed at our stand, by Ben' }, 'Give its name alone, or its web address: the message says it'],
  ] as const;
  for (const [given, source] of unnamed) expect((await milo.submit(second, { ...published, ...given })).errors).toEqual({ source });
  expect((await milo.submit(second, { ...published, source: 'Rivermead Fair' })).errors).toEqual({ origin: expect.any(String) });
  await milo.submit(second, { ...published, origin: 'event', source: 'Rivermead Fair 2026' });
  await privateCard('Writing to omar');
});
