import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ACTIONS } from '../../../blocks/ids.ts';
import { endPartner } from '../../../src/onboard/partners/move-partner.ts';
import type { Partner } from '../../../src/onboard/partners/partner.ts';
import { givePayment } from '../../../src/onboard/payment-details/give-payment.ts';
import { findPayment, listPaymentsWaiting } from '../../../src/onboard/payment-details/payment-repository.ts';
import { MILO, PARTNERSHIPS, PIA } from '../../sandbox/cast.ts';
import { aPartner } from '../../support/a-partner.ts';
import { HOME, milo } from '../../support/builders.ts';
import { forgedClick } from '../../support/forged-click.ts';
import { useMongo } from '../../support/mongo.ts';
import { type Product, startProduct } from '../../support/product.ts';
import { setUp } from '../../support/ready-workspace.ts';

const { uri } = useMongo();
let product: Product;
let partner: Partner;
beforeAll(async () => {
  product = await startProduct(uri, { env: { DATA_KEY: 'ab'.repeat(32) } });
});
afterAll(() => product.stop());
beforeEach(async () => {
  await product.installations.connectByToken(product.sandbox.cast.app.botToken);
  await setUp(product.deps.now());
  partner = await aPartner();
});

const shown = (who: string, words: string) =>
  product.sandbox.waitFor(() => {
    const view = product.sandbox.modal(who);
    return JSON.stringify(view ?? {}).includes(words) && view;
  });

test('what a partner has given is confirmed after the partnership has ended too: what they earned stays payable', async () => {
  const { sandbox, deps } = product;
  const said = { currency: 'EUR', method: 'paypal', reference: 'pay@quillmont.example' } as const;
  const { id: entryId } = await givePayment(
    { kind: 'partner', workspaceId: HOME, userId: PIA, teamId: 'T0QUILLMNT', partnerId: partner.id },
    partner.id,
    said,
    deps.dataKeys,
    deps.now(),
  );
  await endPartner(milo, partner.id, 'over', deps.now());
  const value = JSON.stringify({ partnerId: partner.id, entryId });
  await forgedClick(product, sandbox.sourceOf(MILO), { actionId: ACTIONS.paymentConfirm, value, channel: PARTNERSHIPS });
  await sandbox.waitFor(() =>
    sandbox
      .messages({ as: MILO, channel: PARTNERSHIPS })
      .find(({ text, blocks }) => `${text}${JSON.stringify(blocks)}`.includes('confirmed by')),
  );
  expect(await findPayment(HOME, partner.id)).toMatchObject({ current: { confirmedBy: MILO }, pending: null });
});

test('a partner says under Earnings how it is paid; a second person confirms on the card; both see it masked', async () => {
  const { sandbox } = product;
  await forgedClick(product, sandbox.sourceOf(PIA), { actionId: ACTIONS.earningsShow, value: partner.id });
  const earnings = await shown(PIA, 'Earnings start with the first approved deal');
  await sandbox.as(PIA).click(earnings, ACTIONS.paymentOpen);
  const form = await shown(PIA, 'Where the money goes');
  const filled = { currency: 'EUR', method: 'bank', reference: 'DE89 3704 0044 0532 0130 01' };
  expect(await sandbox.as(PIA).submit(form, filled)).toMatchObject({
    ok: false,
    errors: { reference: expect.stringContaining('check digits') },
  });
  expect(await sandbox.as(PIA).submit(form, { ...filled, reference: 'DE89 3704 0044 0532 0130 00' })).toMatchObject({ ok: true });
  await shown(PIA, 'Saved, and waiting');
  const card = await sandbox.waitFor(() =>
    sandbox.messages({ as: MILO, channel: PARTNERSHIPS }).find(({ blocks }) => JSON.stringify(blocks).includes(ACTIONS.paymentConfirm)),
  );
  expect(JSON.stringify(card)).toContain('•••• 3000');
  expect(JSON.stringify(card)).not.toMatch(/DE89|3704/);
  await sandbox.as(MILO).click(card, ACTIONS.paymentConfirm);
  await sandbox.waitFor(() =>
    sandbox.messages({ as: MILO, channel: PARTNERSHIPS }).find(({ ts, text }) => ts === card.ts && text.includes('confirmed by')),
  );
  expect(await findPayment(HOME, partner.id)).toMatchObject({ current: { confirmedBy: MILO }, pending: null });
  await forgedClick(product, sandbox.sourceOf(PIA), { actionId: ACTIONS.earningsShow, value: partner.id });
  await shown(PIA, 'Paid by Bank transfer, EUR, •••• 3000');
});

test('what waits for a second person stands in the inbox and on the partner’s card, and is confirmed from there', async () => {
  const { sandbox, deps } = product;
  const pia = { kind: 'partner', workspaceId: HOME, userId: PIA, teamId: 'T0QUILLMNT', partnerId: partner.id } as const;
  const said = { currency: 'EUR', method: 'paypal', reference: 'pay@quillmont.example' } as const;
  await givePayment(pia, partner.id, said, deps.dataKeys, deps.now());
  const answered = (words: string) =>
    sandbox.waitFor(() =>
      sandbox.messages({ as: MILO, channel: PARTNERSHIPS }).findLast(({ blocks }) => JSON.stringify(blocks ?? []).includes(words)),
    );
  await sandbox.as(MILO).command(PARTNERSHIPS, '/partners show Quillmont');
  await answered('Review Payment Details');
  await sandbox.as(MILO).command(PARTNERSHIPS, '/partners inbox');
  const inbox = await answered('payment details of 1 partner to confirm');
  expect(JSON.stringify(inbox.blocks)).toContain('Payment details of Quillmont');
  await sandbox.as(MILO).click(inbox, ACTIONS.paymentReview);
  await sandbox.as(MILO).click(await shown(MILO, 'wants to be paid by'), ACTIONS.paymentConfirm);
  await shown(MILO, 'confirmed by');
  expect(await findPayment(HOME, partner.id)).toMatchObject({ current: { confirmedBy: MILO }, pending: null });
  expect(await listPaymentsWaiting(HOME, { whose: null, count: 9 })).toEqual({ payments: [], total: 0 });
});
