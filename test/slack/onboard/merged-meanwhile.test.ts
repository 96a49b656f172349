import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ACTIONS } from '../../../blocks/ids.ts';
import { askPayment } from '../../../jobs/onboard/ask-payment.ts';
import { clearPosts } from '../../../jobs/onboard/clear-posts.ts';
import { fileAcceptance } from '../../../jobs/onboard/file-acceptance.ts';
import { mergePartnersJob } from '../../../jobs/onboard/merge-partners.ts';
import { sweepFilings } from '../../../jobs/onboard/sweep-filings.ts';
import { acceptAgreement } from '../../../src/onboard/agreements/accept-agreement.ts';
import { listAcceptances } from '../../../src/onboard/agreements/acceptance-repository.ts';
import { publishAgreement } from '../../../src/onboard/agreements/publish-agreement.ts';
import { finishMerge, startMerge } from '../../../src/onboard/partners/merge-partners.ts';
import type { Partner } from '../../../src/onboard/partners/partner.ts';
import { getPartner } from '../../../src/onboard/partners/partner-repository.ts';
import { givePayment } from '../../../src/onboard/payment-details/give-payment.ts';
import { findPayment, listPaymentsDue } from '../../../src/onboard/payment-details/payment-repository.ts';
import { showDesk } from '../../../src/slack/onboard/partner-desk.ts';
import { showOnce } from '../../../src/slack/post-once.ts';
import { findPost } from '../../../src/slack/post-repository.ts';
import { EXT_QUILLMONT, GENERAL, MILO, PARTNERSHIPS, PIA } from '../../sandbox/cast.ts';
import { aPartner, piaOf } from '../../support/a-partner.ts';
import { AT, ana, HOME, milo } from '../../support/builders.ts';
import { forgedClick } from '../../support/forged-click.ts';
import { useMongo } from '../../support/mongo.ts';
import { type Product, startProduct } from '../../support/product.ts';
import { setUp } from '../../support/ready-workspace.ts';

/** What happens to somebody's record while it becomes part of another: what they did meanwhile is not lost, and what they press still leads on. */
const { uri } = useMongo();
let product: Product;
let stays: Partner;
let goes: Partner;
beforeAll(async () => {
  product = await startProduct(uri, { workers: false, now: () => AT, env: { DATA_KEY: 'ab'.repeat(32) } });
});
afterAll(() => product.stop());
beforeEach(async () => {
  await product.installations.connectByToken(product.sandbox.cast.app.botToken);
  await setUp(AT);
  goes = await aPartner();
  stays = await aPartner({ name: 'Quillmont Ltd', domains: ['quillmont.test'], people: [] });
});
/** As long as the records of other collections have not moved, or come once more under the old id. */
async function merged(): Promise<void> {
  await startMerge(milo, stays, await getPartner(HOME, goes.id), AT);
  await finishMerge(HOME, stays.id, []);
}
const said = (id: string) => product.sandbox.messages({ as: id }).map(({ text, blocks }) => `${text}${JSON.stringify(blocks)}`);

test('the team hears of payment details that came meanwhile, and they are those of the record that stays', async () => {
  const { id: entryId } = await givePayment(
    piaOf(goes),
    goes.id,
    { currency: 'EUR', method: 'paypal', reference: 'pay@quillmont.example' },
    product.deps.dataKeys,
    AT,
  );
  await merged();
  await askPayment.run({ workspaceId: HOME, partnerId: goes.id, entryId }, product.deps);
  const cards = product.sandbox.messages({ as: MILO, channel: PARTNERSHIPS });
  expect(cards.filter(({ blocks }) => JSON.stringify(blocks).includes(ACTIONS.paymentConfirm))).toHaveLength(1);
  expect(JSON.stringify(cards)).toContain('Quillmont Ltd');
  expect(await findPayment(HOME, stays.id)).toMatchObject({ pending: { id: entryId } });
  expect([await findPayment(HOME, goes.id), await listPaymentsDue()]).toEqual([null, []]);
});

test('an agreement that they accepted meanwhile is filed in the channel of the record that stays; the sweep finds it', async () => {
  const given = { title: 'Terms', types: [], fileName: null, bytes: Buffer.from('terms'), askBy: null };
  const { version } = await publishAgreement(ana, given, AT);
  const { acceptance } = await acceptAgreement(piaOf(goes), { versionId: version.id, name: 'Pia Pine', jobTitle: 'Sales' }, AT);
  await merged();
  const found: unknown[] = [];
  const enqueue = async (_job: unknown, payload: unknown) => void found.push(payload);
  await sweepFilings.run({}, { ...product.deps, enqueue });
  expect(found).toEqual([{ workspaceId: HOME, acceptanceId: acceptance.id }]);
  await fileAcceptance.run({ workspaceId: HOME, acceptanceId: acceptance.id }, product.deps);
  expect(await listAcceptances(HOME, stays.id)).toMatchObject([{ id: acceptance.id, filedAt: AT }]);
  const files = product.sandbox.messages({ as: PIA, channel: EXT_QUILLMONT }).flatMap((message) => message.files);
  expect(files).toHaveLength(1);
});

test('*Register a Deal* in a message of before opens the form for the record that stays', async () => {
  await merged();
  await forgedClick(product, product.sandbox.sourceOf(PIA), { actionId: ACTIONS.dealOpen, value: goes.id });
  await product.settled(20_000);
  const form = JSON.stringify(product.sandbox.modal(PIA));
  expect(form).toContain('Quillmont Ltd');
  expect(form).toContain(stays.id);
});

test('the desk and the checklist of the record that goes are taken away where the other has its own', async () => {
  const client = await product.deps.slackFor(HOME);
  await showDesk(client, HOME, goes.id);
  const to = { kind: 'internal-channel', channel: GENERAL } as const;
  const say = (key: string, words: string) =>
    showOnce(client, { workspaceId: HOME, key, to }, words, async () => ({ text: words, blocks: [] }));
  await say(`checklist:${goes.id}`, 'their old checklist');
  await say(`desk:${stays.id}`, 'the desk that stays');
  await say(`checklist:${stays.id}`, 'the checklist that stays');
  expect(said(MILO).filter((words) => words.includes('Partner desk of Quillmont'))).toHaveLength(1);
  await startMerge(milo, stays, await getPartner(HOME, goes.id), AT);
  const cleared: unknown[] = [];
  const enqueue = async ({ name }: { name: string }, payload: unknown) => {
    if (name === clearPosts.name) cleared.push(payload);
  };
  await mergePartnersJob.run({ workspaceId: HOME, partnerId: stays.id }, { ...product.deps, enqueue });
  expect(cleared).toEqual([{ workspaceId: HOME, partnerId: goes.id }]);
  for (let round = 0; round < 2; round++) await clearPosts.run({ workspaceId: HOME, partnerId: goes.id }, product.deps);
  const left = said(MILO).filter((words) => /Partner desk of|their old checklist/.test(words));
  expect(left).toEqual([]);
  expect(said(MILO).filter((words) => words.includes('that stays'))).toHaveLength(2);
  expect([await findPost(HOME, `desk:${goes.id}`), await findPost(HOME, `checklist:${goes.id}`)]).toEqual([null, null]);
});
