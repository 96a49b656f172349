import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { SHORTCUTS } from '../../../blocks/ids.ts';
import { listDeals } from '../../../src/manage/deals/deal-repository.ts';
import type { Partner } from '../../../src/onboard/partners/partner.ts';
import { EXT_QUILLMONT, MIA, PARTNERSHIPS } from '../../sandbox/cast.ts';
import type { Json } from '../../sandbox/json.ts';
import { messageAction } from '../../sandbox/payloads.ts';
import { aPartner } from '../../support/a-partner.ts';
import { HOME } from '../../support/builders.ts';
import { startModelServer } from '../../support/model-server.ts';
import { useMongo } from '../../support/mongo.ts';
import { type Product, startProduct } from '../../support/product.ts';
import { setUp } from '../../support/ready-workspace.ts';

const { uri } = useMongo();
const TEXT = 'Saltmarsh Clinics would pay 12,000 EUR, says dana@saltmarsh.example.';
const nothing = { value: '', words: '' };
const ANSWER = { company: { value: 'Saltmarsh Clinics', words: 'Saltmarsh Clinics' }, website: nothing, country: nothing, value: nothing };
let product: Product;
let model: Awaited<ReturnType<typeof startModelServer>>;
let partner: Partner;
beforeAll(async () => {
  model = await startModelServer({ content: JSON.stringify({ ...ANSWER, closeOn: { value: '2027-03-31', words: 'not in the text' } }) });
  product = await startProduct(uri, { env: model.config });
});
afterAll(async () => {
  await product.stop();
  await model.close();
});
beforeEach(async () => {
  await product.installations.connectByToken(product.sandbox.cast.app.botToken);
  await setUp(product.deps.now());
  partner = await aPartner();
  const open = product.sandbox.modal(MIA);
  if (open) await product.sandbox.as(MIA).close(open);
});

const modalWith = (words: string) =>
  product.sandbox.waitFor(() => {
    const view = product.sandbox.modal(MIA);
    return view && JSON.stringify(view).includes(words) ? view : null;
  }, 15_000);
const shortcut = (channel: string, message: Json) => {
  const { sandbox } = product;
  return sandbox.postPayload(
    messageAction(sandbox.sourceOf(MIA), {
      ...{ callbackId: SHORTCUTS.dealFromMessage, triggerId: sandbox.trigger(MIA), channel: { id: channel, name: 'somewhere' } },
      ...{ message: { type: 'message', ts: '1700000000.000100', ...message }, responseUrl: sandbox.responseUrl(channel, MIA) },
    }),
  );
};

test('text behind the partner’s name fills the form, each field with its words; what is not borne out stays empty', async () => {
  const { sandbox } = product;
  await sandbox.as(MIA).command(PARTNERSHIPS, `/partners deal Quillmont ${TEXT}`);
  const form = await modalWith('Read from: “Saltmarsh Clinics”');
  const shown = JSON.stringify(form);
  for (const words of ['"initial_value":"saltmarsh.example"', 'Read from: “12,000 EUR”']) expect(shown).toContain(words);
  expect(shown).not.toContain('initial_date');
  expect(await sandbox.as(MIA).submit(form, { country: 'GB', closeOn: '2027-03-31' })).toMatchObject({ ok: true });
  await modalWith('What happens next');
  const { deals } = await listDeals(HOME, partner.id, 1);
  expect(deals).toMatchObject([
    { company: 'Saltmarsh Clinics', domain: 'saltmarsh.example', value: { minor: 1_200_000, currency: 'EUR' }, by: MIA },
  ]);
});

test('a message in the partner’s channel is for that partner', async () => {
  await shortcut(EXT_QUILLMONT, { text: TEXT });
  await modalWith('Read from: “12,000 EUR”');
  await modalWith('A customer that *Quillmont* brings');
});

test('elsewhere the partner is chosen first, and a mail that came into Slack is read too', async () => {
  const { sandbox } = product;
  const mail = { filetype: 'email', subject: 'Go ahead', from: [{ address: 'dana@saltmarsh.example' }], plain_text: 'We pay 9,000 EUR.' };
  await shortcut(PARTNERSHIPS, { text: '', files: [mail] });
  await sandbox.as(MIA).submit(await modalWith('Which partner brings this deal?'), { partner: partner.id });
  const form = JSON.stringify(await modalWith('A customer that *Quillmont* brings'));
  for (const words of ['"initial_value":"saltmarsh.example"', 'Read from: “9,000 EUR”']) expect(form).toContain(words);
  expect(form).not.toContain('Saltmarsh Clinics');
});
