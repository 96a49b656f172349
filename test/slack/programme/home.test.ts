import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ANA, GENERAL } from '../../sandbox/cast.ts';
import { aCompany, aWaitingDraft, HOME } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';
import { type Product, startProduct } from '../../support/product.ts';
import { setUp } from '../../support/ready-workspace.ts';
import { asRequest, recorded } from '../../support/recorded.ts';

const { uri } = useMongo();
let product: Product;
beforeAll(async () => {
  product = await startProduct(uri, { workers: false });
});
afterAll(() => product.stop());
beforeEach(async () => {
  await product.installations.connectByToken(product.sandbox.cast.app.botToken);
  await setUp(new Date());
});

test('the Home tab says how many drafts wait, however many', async () => {
  for (let n = 1; n <= 53; n++)
    await aWaitingDraft({ company: await aCompany({ domain: `oak${n}.example`, name: `Oak ${n}` }), workspaceId: HOME });
  await product.sandbox.as(ANA).openHome();
  await product.sandbox.waitFor(() => JSON.stringify(product.sandbox.home(ANA)).includes('53 drafts'));
});

test('a command’s word in any case', async () => {
  await product.sandbox.as(ANA).command(GENERAL, '/partners HELP');
  const words = () => product.sandbox.messages({ as: ANA, channel: GENERAL }).at(-1);
  expect((await product.sandbox.waitFor(words)).text).toBe('What Partnerships can do');
});

test('a bot that mentions ours is not answered', async () => {
  const { sandbox } = product;
  const payload = recorded('event-mention', sandbox.url);
  const mention = async (more: object) => {
    const { body, type } = asRequest('event-mention', {
      ...payload,
      event_id: `Ev${randomUUID()}`,
      event: { ...Object(payload.event), ...more },
    });
    expect((await sandbox.post(body, { ...type, ...sandbox.sign(body) })).status).toBe(200);
  };
  const answers = () => sandbox.calls.filter(({ method }) => method === 'chat.postEphemeral' || method === 'chat.postMessage').length;
  const before = answers();
  await mention({ bot_id: 'B0OTHER' });
  await mention({});
  await sandbox.waitFor(() => answers() > before);
  await new Promise((done) => setTimeout(done, 300));
  expect(answers()).toBe(before + 1);
});
