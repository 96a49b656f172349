import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { findRole } from '../../src/programme/workspaces/role-repository.ts';
import { ANA, GENERAL, MIA } from '../sandbox/cast.ts';
import type { SandboxView } from '../sandbox/contract.ts';
import { HOME } from '../support/builders.ts';
import { useMongo } from '../support/mongo.ts';
import { type Product, startProduct } from '../support/product.ts';
import { EVERY_DAY, setUp } from '../support/ready-workspace.ts';
import { asRequest, recorded } from '../support/recorded.ts';

const { uri } = useMongo();
const SLOW = ['users.info', 'conversations.info'];
let product: Product;
beforeAll(async () => {
  product = await startProduct(uri, { workers: false });
});
afterAll(() => product.stop());
beforeEach(async () => {
  await product.installations.connectByToken(product.sandbox.cast.app.botToken);
  await setUp(new Date());
});
afterEach(() => {
  for (const method of SLOW) product.sandbox.answerWith(method, null);
});

async function opened(command: string, block: string): Promise<SandboxView> {
  const { sandbox } = product;
  await sandbox.as(ANA).command(GENERAL, command);
  return sandbox.waitFor(() => (JSON.stringify(sandbox.modal(ANA)).includes(`"${block}"`) ? sandbox.modal(ANA) : null));
}
/** Slack answers after longer than it waits for an acknowledgement. */
const slow = (method: string) =>
  product.sandbox.answerWith(method, async (_args, real) => {
    await new Promise((done) => setTimeout(done, 4000));
    return real();
  });

test('roles: Slack does not say who somebody is in time; the form is answered and nothing changes', async () => {
  const form = await opened('/partners roles', 'user');
  slow('users.info');
  const answer = await product.sandbox.as(ANA).submit(form, { user: MIA, role: 'manager' });
  expect(answer).toMatchObject({ errors: { user: expect.stringMatching(/./) } });
  expect(await findRole(HOME, MIA)).toBeNull();
});

test('set-up: Slack does not say who reads the channel in time; a sentence beside it, and what was typed stays', async () => {
  const { sandbox } = product;
  await sandbox.as(ANA).command(GENERAL, '/partners help');
  await sandbox.waitFor(() => sandbox.calls.some(({ method }) => method === 'users.info'));
  slow('conversations.info');
  const { channel, hour, timeZone, weekdays, count } = EVERY_DAY;
  const values = {
    channel: { type: 'conversations_select', selected_conversation: channel },
    hour: { type: 'static_select', selected_option: { value: String(hour) } },
    timeZone: { type: 'plain_text_input', value: timeZone },
    weekdays: { type: 'checkboxes', selected_options: weekdays.map((day) => ({ value: String(day) })) },
    count: { type: 'static_select', selected_option: { value: String(count) } },
  };
  const state = { values: Object.fromEntries(Object.entries(values).map(([field, value]) => [field, { digest: value }])) };
  const payload = recorded('submit-setup', sandbox.url);
  const { body, type } = asRequest('submit-setup', {
    ...payload,
    view: { ...Object(payload.view), private_metadata: JSON.stringify({ step: 'digest' }), state },
  });
  const answer = await sandbox.post(body, { ...type, ...sandbox.sign(body) });
  expect(JSON.parse(answer.body)).toEqual({ response_action: 'errors', errors: { channel: expect.stringContaining('Try again') } });
});
