import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ACTIONS } from '../../../blocks/ids.ts';
import { announceDeal } from '../../../jobs/manage/announce-deal.ts';
import { mergePartnersJob } from '../../../jobs/onboard/merge-partners.ts';
import { listDeals, submitDeal } from '../../../src/manage/deals/deal-repository.ts';
import { registerDeal } from '../../../src/manage/deals/register-deal.ts';
import { startMerge } from '../../../src/onboard/partners/merge-partners.ts';
import type { Partner } from '../../../src/onboard/partners/partner.ts';
import { getPartner } from '../../../src/onboard/partners/partner-repository.ts';
import { auditEntry } from '../../../src/programme/audit/audit.ts';
import { listAudit } from '../../../src/programme/audit/audit-repository.ts';
import { ANA, EXT_QUILLMONT, MIA, MILO, PARTNERSHIPS, PIA } from '../../sandbox/cast.ts';
import { aDeal, SAID } from '../../support/a-deal.ts';
import { aPartner } from '../../support/a-partner.ts';
import { AT, HOME, milo } from '../../support/builders.ts';
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

test('a registration that the rule turns away is appealed from the modal that says so, and a question is answered there', async () => {
  const { sandbox } = product;
  const first = await aPartner({ name: 'Brindle', domains: ['brindle.example'], people: [] });
  await registerDeal(milo, { partnerId: first.id, dealId: randomUUID() }, SAID, AT);
  for (const [filled, action, title] of [
    [FILLED, ACTIONS.dealAppeal, 'Appeal'],
    [{ ...FILLED, company: 'Fenwick Yards', website: '' }, ACTIONS.dealAnswer, 'Answer'],
  ] as const) {
    await press(PIA, ACTIONS.dealOpen);
    await sandbox.as(PIA).submit(await form(PIA), filled);
    await shown(PIA, 'What happens next');
    const done = sandbox.modal(PIA);
    if (!done) throw new Error('Nothing says what came of it');
    expect(JSON.stringify(done)).toContain(action);
    await sandbox.as(PIA).click(done, action, { blockId: done.blocks.find(({ type }) => type === 'actions')?.block_id });
    expect(JSON.stringify(await form(PIA))).toContain(title);
    for (let view = sandbox.modal(PIA); view; view = sandbox.modal(PIA)) await sandbox.as(PIA).close(view);
  }
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

test('another partner’s id in the button opens nothing of that partner', async () => {
  const { sandbox } = product;
  const other = await aPartner({ name: 'Brindle', domains: ['brindle.example'] });
  await forgedClick(product, sandbox.sourceOf(PIA), { actionId: ACTIONS.dealMine, value: other.id });
  await shown(PIA, 'for the partner’s own people');
  await forgedClick(product, sandbox.sourceOf(PIA), { actionId: ACTIONS.dealOpen, value: other.id });
  await shown(PIA, 'A customer that *Quillmont* brings');
  expect(await listAudit(HOME, { action: 'deal.register' })).toEqual([]);
  // What is told of deals that others here registered may still come in; nothing of Brindle's does.
  const told = sandbox.messages({ as: ANA, channel: EXT_QUILLMONT }).map((message) => JSON.stringify(message));
  expect(told.filter((message) => message.includes('Brindle'))).toEqual([]);
});

test('a deal that was sent while the record of its partner was merged with another belongs to the one that stays, and its owner hears', async () => {
  const { sandbox, deps } = product;
  const deal = { ...(await aDeal(partner, { company: 'Late Clinics' })), id: randomUUID() };
  const stays = await aPartner({ name: 'Quill Ltd', domains: ['quill.test'], people: [] });
  await startMerge(milo, stays, await getPartner(HOME, partner.id), AT);
  await mergePartnersJob.run({ workspaceId: HOME, partnerId: stays.id }, deps);
  await submitDeal(deal, auditEntry({ workspaceId: HOME, by: PIA, at: AT, action: 'deal.register', subject: `deal:${deal.id}` }));
  await announceDeal.run({ workspaceId: HOME, dealId: deal.id }, deps);
  expect(await listDeals(HOME, stays.id, 10)).toMatchObject({ total: 2 });
  await sandbox.waitFor(() =>
    sandbox.messages({ as: MILO, channel: sandbox.dmWith(MILO) }).find(({ text }) => text.includes('Quill Ltd registered a deal: Late')),
  );
  expect((await getPartner(HOME, stays.id)).status).toBe('active');
});
