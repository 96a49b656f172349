import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { ACTIONS } from '../../../blocks/ids.ts';
import type { Partner } from '../../../src/onboard/partners/partner.ts';
import { getPartner } from '../../../src/onboard/partners/partner-repository.ts';
import { listAudit } from '../../../src/programme/audit/audit-repository.ts';
import { ANA, EXT_QUILLMONT, MIA, MILO, PARTNERSHIPS, PIA } from '../../sandbox/cast.ts';
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
});

const FILLED = {
  company: 'Saltmarsh Clinics',
  website: 'saltmarsh.example',
  country: 'GB',
  value: '12,000 EUR',
  closeOn: '2027-03-31',
};
const press = (who: string, actionId: string) => forgedClick(product, product.sandbox.sourceOf(who), { actionId, value: partner.id });
const form = (who: string) =>
  product.sandbox.waitFor(() => product.sandbox.modal(who)?.blocks.some(({ type }) => type === 'input') && product.sandbox.modal(who));
const shown = (who: string, words: string) =>
  product.sandbox.waitFor(() => JSON.stringify(product.sandbox.modal(who) ?? {}).includes(words));

test('a partner’s person registers a deal by the button: the owner hears of it, and the partner is active', async () => {
  const { sandbox } = product;
  await press(PIA, ACTIONS.dealOpen);
  const view = await form(PIA);
  expect(view.blocks.filter(({ type }) => type === 'input')).toHaveLength(6);
  expect(await sandbox.as(PIA).submit(view, { ...FILLED, value: 'a lot' })).toMatchObject({
    ok: false,
    errors: { value: expect.stringContaining('12,000 EUR') },
  });
  expect(await sandbox.as(PIA).submit(view, FILLED)).toMatchObject({ ok: true });
  await shown(PIA, 'What happens next');
  const notice = await sandbox.waitFor(() =>
    sandbox.messages({ as: MILO, channel: sandbox.dmWith(MILO) }).find(({ text }) => text.includes('registered a deal: Saltmarsh')),
  );
  expect(JSON.stringify(notice.blocks)).toContain('12,000 EUR');
  expect(await getPartner(HOME, partner.id)).toMatchObject({ status: 'active', firstRegistrationAt: expect.any(Date) });
  await press(PIA, ACTIONS.dealMine);
  await shown(PIA, 'Saltmarsh Clinics');
});

test('what was typed is kept when the form is closed, and opened again', async () => {
  const { sandbox } = product;
  await press(PIA, ACTIONS.dealOpen);
  const view = await form(PIA);
  const { company, website } = FILLED;
  await sandbox.as(PIA).click(view, ACTIONS.dealKeep, { value: 'GB', blockId: 'country', filled: { company, website, country: 'GB' } });
  await sandbox.as(PIA).close(view);
  await sandbox.waitFor(() =>
    sandbox.messages({ as: PIA, channel: sandbox.dmWith(PIA) }).some(({ text }) => text.includes('I kept what you typed')),
  );
  await press(PIA, ACTIONS.dealOpen);
  const again = JSON.stringify(await form(PIA));
  expect(again).toContain('Saltmarsh Clinics');
  expect(again).toContain('"initial_option"');
});

test('a colleague registers for a partner by its name', async () => {
  const { sandbox } = product;
  await sandbox.as(MIA).command(PARTNERSHIPS, '/partners deal Quillmont');
  const view = await form(MIA);
  expect(await sandbox.as(MIA).submit(view, FILLED)).toMatchObject({ ok: true });
  await shown(MIA, 'Registered');
});

test('another partner’s id in the button or the form opens nothing', async () => {
  const { sandbox } = product;
  const other = await aPartner({ name: 'Brindle', domains: ['brindle.example'] });
  for (const actionId of [ACTIONS.dealOpen, ACTIONS.dealMine]) {
    await forgedClick(product, sandbox.sourceOf(PIA), { actionId, value: other.id });
    await shown(PIA, 'for the partner’s own people');
  }
  expect(await listAudit(HOME, { action: 'deal.register' })).toEqual([]);
  expect(sandbox.messages({ as: ANA, channel: EXT_QUILLMONT })).toEqual([]);
});
