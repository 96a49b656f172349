import { afterEach, beforeEach, expect, test } from 'vitest';
import { listPartnerRecords } from '../../../src/onboard/partners/partner-repository.ts';
import { listPartners } from '../../../src/programme/companies/company-repository.ts';
import { ANA, GENERAL } from '../../sandbox/cast.ts';
import { aPartner } from '../../support/a-partner.ts';
import { AT, HOME } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';
import { type Product, startProduct } from '../../support/product.ts';
import { setUp } from '../../support/ready-workspace.ts';

const LIST = `Company,Website,Contact Name,Contact Email,Country
Brindle,brindle.example,Dana Reed,dana@brindle.example,Poland
Quillmont,quillmont.example,Pia Pine,pia.pine@quillmont.example,United Kingdom
Oakfield,oakfield.example,,,
Nowhere,not a domain,,,
`;

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
const report = (words: string, n = 1) =>
  product.sandbox.waitFor(() => {
    const told = product.sandbox.messages({ as: ANA, channel: product.sandbox.dmWith(ANA) });
    return told.filter(({ blocks }) => JSON.stringify(blocks).includes(words))[n - 1];
  });
const records = async () => (await listPartnerRecords(HOME, {}, { from: 0, count: 10 })).partners;

async function bring(): Promise<void> {
  const ana = product.sandbox.as(ANA);
  const file = await ana.upload('partners.csv', Buffer.from(LIST));
  await ana.command(GENERAL, '/partners import');
  await ana.submit(await modal('Or paste'), { file: [file], as: 'reseller' });
  const confirm = await modal('is read as');
  expect(JSON.stringify(confirm.blocks)).toContain('Our partners: resellers');
  await ana.submit(confirm, {});
  await ana.close(await modal('Importing'));
}

test('a list of partners: a record for each, with its person; those on file are named, and done again nobody is doubled', async () => {
  await aPartner();
  await bring();
  const told = JSON.stringify(await report('*2 partner records* made'));
  expect(told).toContain('quillmont.example is a partner already: Quillmont');
  const made = (await records()).filter(({ name }) => name !== 'Quillmont').sort((a, b) => a.name.localeCompare(b.name));
  expect(made).toMatchObject([
    {
      ...{ name: 'Brindle', domains: ['brindle.example'], types: ['reseller'], owner: ANA, status: 'invited' },
      people: [{ name: 'Dana Reed', email: 'dana@brindle.example' }],
    },
    { name: 'Oakfield', people: [] },
  ]);
  expect(await listPartners(HOME)).toEqual(expect.arrayContaining(['brindle.example', 'oakfield.example', 'quillmont.example']));
  await bring();
  await report('*0 partner records* made');
  expect(await records()).toHaveLength(3);
});

test('pasted domains of partners', async () => {
  const ana = product.sandbox.as(ANA);
  await ana.command(GENERAL, '/partners import');
  await ana.submit(await modal('Or paste'), { domains: 'brindle.example', as: 'agency' });
  await report('*1 partner record* made');
  expect(await records()).toMatchObject([{ name: 'brindle.example', types: ['agency'], owner: ANA }]);
});
