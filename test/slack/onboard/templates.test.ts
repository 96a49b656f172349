import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ACTIONS } from '../../../blocks/ids.ts';
import { findChecklist } from '../../../src/onboard/checklists/checklist-repository.ts';
import { getTemplate } from '../../../src/onboard/checklists/template-repository.ts';
import { GENERAL, MILO } from '../../sandbox/cast.ts';
import type { SandboxView } from '../../sandbox/contract.ts';
import { aPartner } from '../../support/a-partner.ts';
import { AT, aProgramme, HOME } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';
import { type Product, startProduct } from '../../support/product.ts';

const { uri } = useMongo();
let product: Product;
beforeAll(async () => {
  product = await startProduct(uri, { now: () => AT });
});
afterAll(() => product.stop());
beforeEach(async () => {
  for (let open = product.sandbox.modal(MILO); open; open = product.sandbox.modal(MILO)) await product.sandbox.as(MILO).close(open);
  await product.installations.connectByToken(product.sandbox.cast.app.botToken);
  await aProgramme();
});

const words = (shown: object | null) => JSON.stringify(shown ?? {});
const modal = (part: string): Promise<SandboxView> =>
  product.sandbox.waitFor(() => (words(product.sandbox.modal(MILO)).includes(part) ? product.sandbox.modal(MILO) : null), 20_000);
async function click(view: SandboxView, action: string, value: string, then: string): Promise<SandboxView> {
  await product.sandbox.as(MILO).click(view, action, { value });
  return modal(then);
}
const place = (rev: number, stepId: string | null) => JSON.stringify({ type: 'affiliate', rev, stepId });
async function openAffiliate(): Promise<SandboxView> {
  await product.sandbox.as(MILO).command(GENERAL, '/partners templates');
  return click(await modal('Affiliate'), ACTIONS.templateOpen, 'affiliate', 'Send the referral link');
}

test('a circle is refused beside the field, with what was typed still there; without it the step is saved', async () => {
  const form = await click(await openAffiliate(), ACTIONS.templateStep, place(0, 'agreement'), 'What it waits for');
  const refused = await product.sandbox.as(MILO).submit(form, { title: 'Accept our terms', dependsOn: ['claims'] });
  expect(refused).toMatchObject({ errors: { dependsOn: expect.stringContaining('wait for each other') } });
  expect((await getTemplate(HOME, 'affiliate')).rev).toBe(0);
  expect(await product.sandbox.as(MILO).submit(form, { title: 'No', dueDays: '0' })).toMatchObject({ ok: false });
  await product.sandbox.as(MILO).submit(form, { title: 'Accept our terms', dueDays: '7' });
  await modal('Saved');
  const { steps } = await getTemplate(HOME, 'affiliate');
  expect(steps.find(({ id }) => id === 'agreement')).toMatchObject({ title: 'Accept our terms', dueDays: 7, dependsOn: [] });
});

test('a step is added, moved and removed; running checklists follow when asked to', async () => {
  const partner = await aPartner({ types: ['affiliate'] });
  const form = await click(await openAffiliate(), ACTIONS.templateStep, place(0, null), 'What is to be done');
  await product.sandbox
    .as(MILO)
    .submit(form, { title: 'Send the logo', side: 'theirs', dueDays: '3', evidence: 'file', dependsOn: ['channel'] });
  const saved = await modal('1 running checklist');
  const [first] = (await getTemplate(HOME, 'affiliate')).steps;
  const moving = await click(saved, ACTIONS.templateStep, place(1, first?.id ?? ''), 'Move Down');
  const moved = await click(moving, ACTIONS.templateDown, place(1, first?.id ?? ''), 'Saved');
  expect((await getTemplate(HOME, 'affiliate')).steps[1]?.id).toBe(first?.id);
  const removing = await click(moved, ACTIONS.templateStep, place(2, 'claims'), 'Remove Step');
  const page = await click(removing, ACTIONS.templateRemove, place(2, 'claims'), 'Saved');
  await click(page, ACTIONS.templateFollow, 'affiliate', '1 checklist will follow');
  const titles = async () => (await findChecklist(HOME, partner.id))?.steps.map(({ title }) => title) ?? [];
  for (let tries = 0; tries < 100 && !(await titles()).includes('Send the logo'); tries++)
    await new Promise((done) => setTimeout(done, 100));
  expect(await titles()).toContain('Send the logo');
  expect(await titles()).not.toContain('Read what may be said about the product');
});

test('an old page changes nothing', async () => {
  const page = await openAffiliate();
  const form = await click(page, ACTIONS.templateStep, place(0, 'link'), 'Move Up');
  await click(form, ACTIONS.templateUp, place(0, 'link'), 'Saved');
  await product.sandbox.as(MILO).click(form, ACTIONS.templateUp, { value: place(0, 'link'), stale: true });
  await modal('Somebody changed these steps');
  expect((await getTemplate(HOME, 'affiliate')).rev).toBe(1);
});
