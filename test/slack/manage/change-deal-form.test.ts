import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ACTIONS } from '../../../blocks/ids.ts';
import { findDeal, listDeals } from '../../../src/manage/deals/deal-repository.ts';
import type { Partner } from '../../../src/onboard/partners/partner.ts';
import { MIA, MILO, PARTNERSHIPS, PIA } from '../../sandbox/cast.ts';
import { aPartner } from '../../support/a-partner.ts';
import { HOME } from '../../support/builders.ts';
import { forgedClick } from '../../support/forged-click.ts';
import { useMongo } from '../../support/mongo.ts';
import { type Product, startProduct } from '../../support/product.ts';
import { setUp } from '../../support/ready-workspace.ts';

const { uri } = useMongo();
let product: Product;
let partner: Partner;
beforeAll(async () => {
  product = await startProduct(uri);
});
afterAll(() => product.stop());
beforeEach(async () => {
  await product.installations.connectByToken(product.sandbox.cast.app.botToken);
  await setUp(product.deps.now());
  partner = await aPartner();
  for (const who of [MILO, MIA, PIA]) {
    const open = product.sandbox.modal(who);
    if (open) await product.sandbox.as(who).close(open);
  }
});

const modalWith = (who: string, words: string) =>
  product.sandbox.waitFor(() => {
    const view = product.sandbox.modal(who);
    return view && JSON.stringify(view).includes(words) ? view : null;
  });

test('a manager makes room on the form of agencies and asks for seats; the partner is asked, and the answer stands with the deal', async () => {
  const { sandbox } = product;
  const milo = sandbox.as(MILO);
  await milo.command(PARTNERSHIPS, '/partners fields');
  await milo.click(await modalWith(MILO, 'What is asked of whom'), ACTIONS.fieldOpen);
  const seats = { label: 'How many seats?', kind: 'select', options: 'Up to 10\nMore', required: 'yes', types: ['agency'] };
  expect(await milo.submit(await modalWith(MILO, 'Asked of'), seats)).toMatchObject({
    ok: false,
    errors: { types: expect.stringContaining('7 questions for agencies, and 6 is the most') },
  });
  await milo.close(await modalWith(MILO, 'Asked of'));
  await milo.command(PARTNERSHIPS, '/partners fields');
  await milo.click(await modalWith(MILO, 'What is asked of whom'), ACTIONS.fieldAsked, {
    value: JSON.stringify({ rev: 0, type: 'agency' }),
  });
  await milo.submit(await modalWith(MILO, 'What agencies are asked'), { fields: ['lines', 'value'] });
  await milo.click(await modalWith(MILO, 'Saved'), ACTIONS.fieldOpen);
  expect(await milo.submit(await modalWith(MILO, 'Asked of'), seats)).toMatchObject({ ok: true });
  await modalWith(MILO, 'One of a list: Up to 10, More');

  await forgedClick(product, sandbox.sourceOf(PIA), { actionId: ACTIONS.dealOpen, value: partner.id });
  const form = await modalWith(PIA, 'How many seats?');
  expect(form.blocks.flatMap(({ type, block_id }) => (type === 'input' ? [block_id] : []))).toEqual([
    ...['company', 'website', 'value', 'lines', 'x-how-many-seats'],
  ]);
  const filled = { company: 'Saltmarsh', website: 'saltmarsh.example', value: '12.000 EUR', lines: '3 x Widget 1,2,3 EUR' };
  expect(await sandbox.as(PIA).submit(form, { ...filled, 'x-how-many-seats': 'More' })).toMatchObject({
    errors: { lines: expect.stringContaining('Line 1') },
  });
  const right = { ...filled, lines: '3 x Widget 1,200 EUR', 'x-how-many-seats': 'More' };
  expect(await sandbox.as(PIA).submit(form, right)).toMatchObject({ ok: true });
  const done = JSON.stringify(await modalWith(PIA, 'What happens next'));
  for (const words of ['3 × Widget, 1,200 EUR', 'How many seats?: More', 'Registered']) expect(done).toContain(words);
  const { deals } = await listDeals(HOME, partner.id, 1);
  expect(await findDeal(HOME, deals[0]?.id ?? '')).toMatchObject({
    partnerType: 'agency',
    extra: { 'x-how-many-seats': 'More' },
    country: null,
  });
});

test('two managers at once: the later one hears it and nothing is lost', async () => {
  const { sandbox } = product;
  const milo = sandbox.as(MILO);
  await milo.command(PARTNERSHIPS, '/partners fields');
  const page = await modalWith(MILO, 'What is asked of whom');
  await milo.click(page, ACTIONS.fieldAsked, { value: JSON.stringify({ rev: 0, type: 'agency' }) });
  const form = await modalWith(MILO, 'What agencies are asked');
  await milo.submit(form, { fields: ['value'] });
  const stale = { actionId: ACTIONS.fieldRemove, value: JSON.stringify({ rev: 0, fieldId: 'x-gone' }) };
  await forgedClick(product, sandbox.sourceOf(MILO), { ...stale, channel: PARTNERSHIPS });
  await modalWith(MILO, 'Somebody changed these rules');
});

test('a colleague without the role is told which one it needs', async () => {
  await product.sandbox.as(MIA).command(PARTNERSHIPS, '/partners fields');
  await modalWith(MIA, 'You need the role');
});
