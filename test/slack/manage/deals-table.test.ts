import { addDays } from 'date-fns';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ACTIONS } from '../../../blocks/ids.ts';
import { listDealPage } from '../../../src/manage/deals/deal-list-repository.ts';
import { DealModel } from '../../../src/manage/deals/deal-repository.ts';
import { decideDeal } from '../../../src/manage/deals/decide-deal.ts';
import type { Partner } from '../../../src/onboard/partners/partner.ts';
import { listAudit } from '../../../src/programme/audit/audit-repository.ts';
import { GENERAL, MIA, MILO, PIA } from '../../sandbox/cast.ts';
import type { SandboxMessage } from '../../sandbox/contract.ts';
import { aDeal } from '../../support/a-deal.ts';
import { aPartner } from '../../support/a-partner.ts';
import { AT, HOME, milo } from '../../support/builders.ts';
import { forgedClick } from '../../support/forged-click.ts';
import { useMongo } from '../../support/mongo.ts';
import { type Product, startProduct } from '../../support/product.ts';
import { setUp } from '../../support/ready-workspace.ts';

const { uri } = useMongo();
let clock = AT;
let product: Product;
let partner: Partner;
beforeAll(async () => {
  product = await startProduct(uri, { now: () => clock, workers: false });
});
afterAll(() => product.stop());
beforeEach(async () => {
  clock = AT;
  await product.installations.connectByToken(product.sandbox.cast.app.botToken);
  await setUp(AT);
  partner = await aPartner();
});

/** The newest answer of the bot, once there is one more. */
async function answer(who: string, act: () => Promise<unknown>): Promise<SandboxMessage> {
  const { sandbox } = product;
  const fromBot = () => sandbox.messages({ as: who }).filter(({ userId }) => userId === sandbox.cast.app.botUserId);
  const before = JSON.stringify(fromBot());
  await act();
  await sandbox.waitFor(() => JSON.stringify(fromBot()) !== before);
  return sandbox.waitFor(() => fromBot().findLast(({ text }) => text === 'Deals' || text.includes('Deals')));
}
const typed = (words: string, who = MIA) => answer(who, () => product.sandbox.as(who).command(GENERAL, `/partners ${words}`));
const json = (message: SandboxMessage) => JSON.stringify(message.blocks);
const many = async (count: number) => {
  for (let n = 0; n < count; n++) await aDeal(partner, { company: `Customer ${n}`, website: `customer${n}.example` });
};

test('without a deal it says how the first one comes', async () => {
  expect(json(await typed('deals'))).toMatch(/none.*Register a Deal.*All Partners/);
  expect(json(await typed('deals expiring'))).toContain('No protection ends within 14 days');
  expect(json(await typed('deals Quillmont'))).toContain('It has registered nothing yet');
});

test('lists are paged, narrowed by their buttons, and lead to each deal', async () => {
  await many(17);
  const first = await typed('deals');
  expect(json(first)).toContain('1–15 of 17 deals');
  const second = await answer(MIA, () => product.sandbox.as(MIA).click(first, ACTIONS.dealsNext));
  expect(json(second)).toContain('16–17 of 17 deals');
  expect(json(second)).not.toContain('1–15');
  const review = await answer(MIA, () => product.sandbox.as(MIA).click(second, ACTIONS.dealsReview));
  expect(json(review)).toContain('to review, the first due first');
  const { deals } = await listDealPage(HOME, { view: 'review', partnerId: null, me: MIA, at: AT }, { from: 0, count: 20 });
  expect(deals).toHaveLength(17);
  await product.sandbox.as(MIA).click(review, ACTIONS.dealShow, { value: deals[0]?.id });
  await product.sandbox.waitFor(() => JSON.stringify(product.sandbox.modal(MIA) ?? {}).includes('History'));
});

test('expiring, mine and one partner’s: only what they say, with the share that stands still', async () => {
  const [kept, other] = [await aDeal(partner), await aDeal(partner, { company: 'Second Clinic', website: 'second.example' })];
  await decideDeal(milo, kept.id, { move: 'approve' }, { byName: 'Milo', at: AT });
  expect(json(await typed('deals expiring'))).toContain('No protection ends');
  expect(json(await typed('deals mine', MILO))).toContain('1–2 of 2 deals');
  expect(json(await typed('deals mine', MIA))).toContain('Nothing is open or protected');
  clock = addDays(AT, 80);
  const expiring = json(await typed('deals expiring'));
  expect(expiring).toContain('1 of 1 deal');
  expect(expiring).not.toContain(other.company);
  const theirs = json(await typed('deals quillmont'));
  expect(theirs).toContain('Of 1 account under protection 1 (100 %) stand still');
  expect(json(await typed('deals open quillmont'))).toContain('1 of 1 deal');
});

test('the file comes by direct message, whole, and no cell of it is a formula', async () => {
  await many(16);
  await aDeal(partner, { company: '=HYPERLINK("http://evil.example")', website: 'evil.example' });
  const shown = await typed('deals');
  await product.sandbox.as(MIA).click(shown, ACTIONS.dealsExport);
  const files = await product.sandbox.waitFor(
    () =>
      product.sandbox.messages({ as: MIA, channel: product.sandbox.dmWith(MIA) }).findLast(({ files: own }) => own && own.length > 0)
        ?.files,
  );
  const csv = (await product.sandbox.download(MIA, String((files[0] as { id: string }).id)))?.toString() ?? '';
  expect(csv.trim().split('\r\n')).toHaveLength(18);
  expect(csv).toContain('"\'=HYPERLINK');
  expect(csv).toContain('Quillmont,Customer 3,customer3.example,GB,12000,EUR');
});

test('nobody of a partner gets a list or a file of it', async () => {
  await many(1);
  const value = JSON.stringify({ view: 'all', partnerId: null, from: 0 });
  for (const actionId of [ACTIONS.dealsAll, ACTIONS.dealsNext, ACTIONS.dealsExport])
    await forgedClick(product, product.sandbox.sourceOf(PIA), { actionId, value });
  const told = () => product.sandbox.messages({ as: PIA }).filter(({ text }) => text.includes('This is for the team'));
  await product.sandbox.waitFor(() => told().length >= 3);
  const refused = [
    ...(await listAudit(HOME, { action: 'deal.list-refused' })),
    ...(await listAudit(HOME, { action: 'deal.export-refused' })),
  ];
  expect(refused).toHaveLength(3);
  expect(JSON.stringify(product.sandbox.messages({ as: PIA }))).not.toContain('Customer 0');
});

test('a page of all deals is read by an index, in its order', async () => {
  await many(3);
  const plan = await DealModel.find({ workspaceId: HOME, status: { $in: ['submitted', 'approved', 'won'] } })
    .sort({ submittedAt: -1, _id: 1 })
    .limit(2)
    .explain('queryPlanner');
  const stages = JSON.stringify((plan as unknown as { queryPlanner: { winningPlan: unknown } }).queryPlanner.winningPlan);
  expect(stages).not.toMatch(/"COLLSCAN"|"SORT"/);
});
