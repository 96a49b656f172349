import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findCompanyByDomain } from '../../../src/programme/companies/company-repository.ts';
import { ANA, GENERAL } from '../../sandbox/cast.ts';
import { AT, HOME } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';
import { type Product, startProduct } from '../../support/product.ts';
import { setUp } from '../../support/ready-workspace.ts';

/** Titles F1 to F4: names, a letter, the companies' domains, and those of their suppliers. */
const OPAQUE = 'test/programme/companies/cases/files/s23-opaque-headings.csv';

const { uri } = useMongo();
let product: Product;
beforeEach(async () => {
  product = await startProduct(uri);
  await setUp(AT);
});
afterEach(() => product.stop());

const modal = (words: string) =>
  product.sandbox.waitFor(() => {
    const open = product.sandbox.modal(ANA);
    return JSON.stringify(open?.blocks ?? []).includes(words) ? open : null;
  });

async function choose(bytes: Buffer): Promise<void> {
  const ana = product.sandbox.as(ANA);
  const file = await ana.upload('list.csv', bytes);
  await ana.command(GENERAL, '/partners import');
  await ana.submit(await modal('Or paste'), { file: [file] });
}

test('a file whose titles say nothing: asked what each column is, imported as answered, and remembered', async () => {
  const ana = product.sandbox.as(ANA);
  const bytes = await readFile(OPAQUE);
  await choose(bytes);
  const form = await modal('say which column is which');
  expect(JSON.stringify(form.blocks)).toContain('bunfoundry.example');
  expect((await ana.submit(form, { 'column-0': 'name' })).errors).toEqual({ 'column-0': expect.stringContaining('web domain') });
  const twice = await ana.submit(form, { 'column-0': 'name', 'column-2': 'domain', 'column-3': 'domain' });
  expect(twice.errors).toEqual({ 'column-3': expect.stringContaining('Another column') });
  await ana.submit(form, { 'column-0': 'name', 'column-2': 'domain' });
  await ana.submit(await modal('“F3” is read as web domain'), {});
  await product.sandbox.waitFor(() =>
    product.sandbox
      .messages({ as: ANA, channel: product.sandbox.dmWith(ANA) })
      .find(({ blocks }) => JSON.stringify(blocks).includes('*3* new')),
  );
  expect(await findCompanyByDomain(HOME, 'bunfoundry.example')).toMatchObject({ name: 'Bun Foundry' });
  expect(await findCompanyByDomain(HOME, 'bunsupply.example')).toBeNull();

  await ana.close(await modal('Importing'));
  await choose(bytes);
  await modal('“F3” is read as web domain');
});

test('what was understood can be changed before anything is stored', async () => {
  const ana = product.sandbox.as(ANA);
  await choose(Buffer.from('Company,Website,Web Domain\nBun Foundry,supplier.example,bunfoundry.example\n'));
  const confirm = await modal('is read as');
  await ana.click(confirm, 'import.map');
  await ana.submit(await modal('say which column is which'), { 'column-1': 'not-read', 'column-2': 'domain' });
  await modal('Not read: “Website”');
});
