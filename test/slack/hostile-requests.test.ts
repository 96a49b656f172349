import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ANA, GENERAL } from '../sandbox/cast.ts';
import { useMongo } from '../support/mongo.ts';
import { type Product, startProduct } from '../support/product.ts';
import { asRequest, type RawRequest, RECORDED, recorded } from '../support/recorded.ts';

const { uri } = useMongo();
let product: Product;
beforeAll(async () => {
  product = await startProduct(uri, { workers: false });
});
// The database is emptied after each test, and with it the installation.
beforeEach(async () => {
  await product.installations.connectByToken(product.sandbox.cast.app.botToken);
});
afterAll(() => product.stop());

const signed = ({ body, type }: RawRequest) => product.sandbox.post(body, { ...type, ...product.sandbox.sign(body) });
const request = (name: string) => asRequest(name, recorded(name, product.sandbox.url));
const stillAnswers = async () => {
  const before = product.sandbox.messages({ as: ANA, channel: GENERAL }).length;
  expect(await product.sandbox.as(ANA).command(GENERAL, '/partners help')).toEqual({ ok: true });
  const since = () => product.sandbox.messages({ as: ANA, channel: GENERAL }).slice(before);
  await product.sandbox.waitFor(() => since().some(({ blocks }) => JSON.stringify(blocks).includes('What you can type')));
};

describe('the signature', () => {
  test.each(RECORDED)('%s is taken only as Slack signed it', async (name) => {
    const { sandbox } = product;
    const { body, type } = request(name);
    const now = Math.floor(Date.now() / 1000);
    const good = sandbox.sign(body);
    const wrong: [string, Record<string, string>, string][] = [
      ['missing', {}, body],
      ['timestamp missing', { 'x-slack-signature': good['x-slack-signature'] ?? '' }, body],
      ['signature missing', { 'x-slack-request-timestamp': String(now) }, body],
      ['another secret', sandbox.sign(body, { secret: 'another' }), body],
      ['old', sandbox.sign(body, { timestamp: now - 301 }), body],
      ['from the future', sandbox.sign(body, { timestamp: now + 330 }), body],
      ['from the far future', sandbox.sign(body, { timestamp: now + 3_600 }), body],
      ['timestamp moved', { ...good, 'x-slack-request-timestamp': String(now - 1) }, body],
      ['timestamp no number', { ...good, 'x-slack-request-timestamp': 'NaN' }, body],
      ['cut', { ...good, 'x-slack-signature': (good['x-slack-signature'] ?? '').slice(0, -2) }, body],
      ['version', { ...good, 'x-slack-signature': (good['x-slack-signature'] ?? '').replace('v0=', 'v1=') }, body],
      ['body changed', good, body.replace('T0LARKSPUR', 'T0LARKSPUX')],
      ['body longer', good, `${body}&x=1`],
    ];
    for (const [why, headers, sent] of wrong) {
      const { status } = await sandbox.post(sent, { ...type, ...headers });
      expect([why, status >= 400 && status < 500]).toEqual([why, true]);
    }
    expect((await signed({ body, type })).status).toBe(200);
  });

  test('a clock that is two minutes ahead is no forgery', async () => {
    const { body, type } = request('command');
    const ahead = product.sandbox.sign(body, { timestamp: Math.floor(Date.now() / 1000) + 120 });
    expect((await product.sandbox.post(body, { ...type, ...ahead })).status).toBe(200);
  });
});

describe('bodies that nobody can read', () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const json = { 'content-type': 'application/json' };
  const cases: [string, RawRequest][] = [
    ['empty', { body: '', type: json }],
    ['empty form', { body: '', type: form }],
    ['JSON cut off', { body: '{"type":"event_callback","event":{', type: json }],
    ['not JSON', { body: 'hello', type: json }],
    ['a number', { body: '7', type: json }],
    ['null', { body: 'null', type: json }],
    ['a list', { body: '[]', type: json }],
    ['a payload cut off', { body: 'payload=%7B%22type%22%3A', type: form }],
    ['a payload of null', { body: 'payload=null', type: form }],
    ['a payload of null beside an object', { body: 'payload=null&x=%7B', type: form }],
    ['a payload of a list', { body: 'payload=%5B%5D', type: form }],
    ['percent signs', { body: 'payload=%%%', type: form }],
    ['no content type', { body: '{"type":"event_callback"}', type: {} }],
    ['a picture', { body: '{"type":"event_callback"}', type: { 'content-type': 'image/png' } }],
    ['deep', { body: `${'['.repeat(50_000)}${']'.repeat(50_000)}`, type: json }],
    ['5 MB', { body: JSON.stringify({ type: 'event_callback', event: { type: 'message', text: 'x'.repeat(5_000_000) } }), type: json }],
  ];
  test.each(cases)('%s', async (_name, request) => {
    const { status, failure } = await signed(request);
    expect(failure).not.toBe('operation_timeout');
    expect(status).toBeGreaterThanOrEqual(200);
    expect(status).toBeLessThan(500);
    await stillAnswers();
  });
});

describe('kinds that are no kinds', () => {
  const odd: unknown[] = [{}, [], null, 7, true, { toString: 'x' }, ['block_actions']];
  test.each(odd.map((kind) => [JSON.stringify(kind), kind]))(
    '%s as the kind of a payload: 400, and Slack need not try again',
    async (_, type) => {
      for (const name of ['click-in-message', 'submit-setup', 'event-mention']) {
        const { status, noRetry } = await signed(asRequest(name, { ...recorded(name, product.sandbox.url), type }));
        expect([name, status, noRetry]).toEqual([name, 400, true]);
      }
      for (const field of ['event', 'command']) {
        const event = {
          ...recorded('event-mention', product.sandbox.url),
          [field]: field === 'event' && !Array.isArray(type) && type ? 7 : type,
        };
        expect([field, (await signed(asRequest('event-mention', event))).status]).toEqual([field, 400]);
      }
    },
  );

  test('a command named twice', async () => {
    const { body, type } = asRequest('command', recorded('command', product.sandbox.url));
    expect((await signed({ body: `${body}&command=%2Fpartners`, type })).status).toBe(400);
  });

  test('bodies of any shape, rightly signed: a clear status, and nothing ends', async () => {
    const crashes: unknown[] = [];
    const crashed = (error: unknown) => void crashes.push(error);
    process.on('unhandledRejection', crashed);
    const value = fc.jsonValue({ maxDepth: 2 });
    const type = fc.oneof(fc.constantFrom('event_callback', 'block_actions', 'view_submission', 'shortcut', 'app_rate_limited'), value);
    const fields = { type, event: value, command: value, team: value, user: value, view: value, actions: value, response_url: value };
    const payload = fc.oneof(fc.record(fields, { requiredKeys: [] }), value);
    const form = fc.webQueryParameters();
    await fc.assert(
      fc.asyncProperty(payload, form, fc.constantFrom('event', 'click', 'form'), async (body, query, how) => {
        const content = { 'content-type': 'application/x-www-form-urlencoded' };
        const { status } = await signed(how === 'form' ? { body: query, type: content } : asRequest(how, body));
        expect(status === 200 || (status >= 400 && status < 500)).toBe(true);
      }),
      { numRuns: 150 },
    );
    process.off('unhandledRejection', crashed);
    expect(crashes).toEqual([]);
    await stillAnswers();
  });
});

describe('of a workspace that has not installed the app', () => {
  const T = { id: 'T0STRANGE', domain: 'strange' };
  const away = (name: string) => ({
    ...recorded(name, product.sandbox.url),
    team: T,
    team_id: T.id,
    user: { id: 'U0STRANGE', team_id: T.id },
  });

  test('a command is answered with what to do', async () => {
    const answer = await signed(asRequest('command', { ...away('command'), user: undefined }));
    expect([answer.status, JSON.parse(answer.body)]).toEqual([
      200,
      { response_type: 'ephemeral', text: expect.stringContaining('not installed in this workspace') },
    ]);
  });

  test('a click is acknowledged and answered where it was made', async () => {
    const { sandbox } = product;
    const click = { ...away('click-in-message'), response_url: sandbox.responseUrl(GENERAL, ANA) };
    expect((await signed(asRequest('click-in-message', click))).status).toBe(200);
    await sandbox.waitFor(() => sandbox.messages({ as: ANA, channel: GENERAL }).find(({ text }) => text.includes('not installed')));
  });

  test('a form keeps what was typed', async () => {
    const { view } = recorded('submit-setup', product.sandbox.url);
    const stranger = { ...Object(view), app_installed_team_id: T.id, team_id: T.id };
    const blocks = [{ type: 'input', block_id: 'name', element: {}, label: {} }];
    const withField = await signed(asRequest('submit-setup', { ...away('submit-setup'), view: { ...stranger, blocks } }));
    expect(JSON.parse(withField.body)).toEqual({ response_action: 'errors', errors: { name: expect.stringContaining('not installed') } });
    const without = await signed(asRequest('submit-setup', { ...away('submit-setup'), view: { ...stranger, blocks: [] } }));
    expect(JSON.parse(without.body)).toMatchObject({ response_action: 'push' });
  });

  test('an event is taken and dropped', async () => {
    const event = { ...recorded('event-mention', product.sandbox.url), team_id: T.id, authorizations: [{ team_id: T.id }] };
    expect((await signed(asRequest('event-mention', event))).status).toBe(200);
  });
});

describe('what nobody listens to is answered at once', () => {
  const with_ = (name: string, change: object) => asRequest(name, { ...recorded(name, product.sandbox.url), ...change });
  test.each<[string, () => RawRequest]>([
    ['a kind of payload from the future', () => with_('click-in-message', { type: 'hologram_gesture' })],
    ['a message shortcut', () => with_('click-in-message', { type: 'message_action', callback_id: 'nothing' })],
    ['a global shortcut', () => with_('click-in-message', { type: 'shortcut', callback_id: 'nothing' })],
    ['a request for options', () => with_('click-in-message', { type: 'block_suggestion', action_id: 'nothing', value: '' })],
    [
      'an unknown action',
      () => with_('click-in-message', { actions: [{ type: 'button', action_id: 'nothing', block_id: 'b', value: '' }] }),
    ],
    ['no action at all', () => with_('click-in-message', { actions: [] })],
    ['an unknown view', () => with_('submit-setup', { view: { type: 'modal', callback_id: 'nothing', state: { values: {} } } })],
    ['a closed view', () => asRequest('view-closed', recorded('view-closed', product.sandbox.url))],
    ['an unknown event', () => with_('event-mention', { event: { type: 'moon_phase' } })],
    ['an event without its type', () => with_('event-mention', { event: {} })],
  ])('%s', async (_name, make) => {
    expect((await signed(make())).status).toBe(200);
    await stillAnswers();
  });

  test('an unknown command gets a sentence with the next step', async () => {
    const answer = await signed(with_('command', { command: '/partnerz' }));
    expect(answer.status).toBe(200);
    expect(answer.body).toContain('/partners help');
  });

  test('an unknown word too', async () => {
    await product.sandbox.as(ANA).command(GENERAL, '/partners dance <!channel>');
    const seen = await product.sandbox.waitFor(() =>
      product.sandbox.messages({ as: ANA, channel: GENERAL }).find(({ text }) => text.includes('do not know that word')),
    );
    expect(JSON.stringify(seen.blocks)).not.toContain('<!channel>');
  });
});

test('another path and another method are no door', async () => {
  expect((await fetch(`${product.url}/slack/other`, { method: 'POST', body: '{}' })).status).toBe(404);
  expect((await fetch(`${product.url}/slack/events`)).status).toBe(404);
  expect((await fetch(`${product.url}/healthz`)).status).toBe(200);
});
