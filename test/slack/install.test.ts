import { createServer, type Server } from 'node:http';
import mongoose from 'mongoose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SCOPES } from '../../src/app.ts';
import { countCompanies } from '../../src/programme/companies/company-names.ts';
import { importCompanies } from '../../src/programme/companies/import-companies.ts';
import { listRoles } from '../../src/programme/workspaces/role-repository.ts';
import { UNCONNECTED } from '../../src/programme/workspaces/workspace.ts';
import { listWorkspaceIds } from '../../src/programme/workspaces/workspace-repository.ts';
import { useMongo } from '../support/mongo.ts';
import { type Product, startProduct } from '../support/product.ts';

const { uri } = useMongo();
const TOKEN = 'xoxb-a-token-that-must-not-lie-around';
let slack: Server;
let product: Product;

/** Slack's side of an installation: the code is exchanged, then the token is tested. */
function answerOf(url: string): object {
  if (url.endsWith('oauth.v2.access')) {
    return {
      ok: true,
      access_token: TOKEN,
      token_type: 'bot',
      scope: SCOPES.join(','),
      bot_user_id: 'U0BOT',
      app_id: 'A1',
      team: { id: 'T0FERN', name: 'Fern' },
      enterprise: null,
      authed_user: { id: 'U0IRIS' },
      is_enterprise_install: false,
    };
  }
  return { ok: true, url: 'https://fern.example/', team: 'Fern', user: 'bot', team_id: 'T0FERN', user_id: 'U0BOT', bot_id: 'B0BOT' };
}

beforeAll(async () => {
  slack = createServer((request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answerOf(request.url ?? '')));
  }).listen(0, '127.0.0.1');
  await new Promise((done) => slack.once('listening', done));
  const address = slack.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  product = await startProduct(uri, {
    now: () => new Date(),
    workers: false,
    connect: false,
    env: {
      SLACK_API_URL: `http://127.0.0.1:${address.port}/api/`,
      SLACK_CLIENT_ID: '1.2',
      SLACK_CLIENT_SECRET: 'secret',
      SLACK_STATE_SECRET: 'state secret',
      TOKEN_KEY: 'ab'.repeat(32),
    },
  });
});
afterAll(async () => {
  await product.stop();
  slack.close();
});

test('an installation by OAuth stores a sealed token, makes the installer admin and adopts what was imported before', async () => {
  await importCompanies(UNCONNECTED, { pastedDomains: 'one.example\ntwo.example' }, { by: 'cli', at: new Date() });
  const page = await fetch(`${product.url}/slack/install`, { redirect: 'manual' });
  const cookie = (page.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const words = `${page.headers.get('location') ?? ''} ${await page.text()}`;
  const state = decodeURIComponent(/state=([^&"\s]+)/.exec(words)?.[1] ?? '');
  for (const scope of SCOPES) expect(decodeURIComponent(words)).toContain(scope);

  const done = await fetch(`${product.url}/slack/oauth_redirect?code=c&state=${encodeURIComponent(state)}`, {
    headers: { cookie },
    redirect: 'manual',
  });
  expect(done.status).toBeLessThan(400);
  expect(await listWorkspaceIds()).toEqual(['T0FERN']);
  expect(await listRoles('T0FERN')).toEqual([{ userId: 'U0IRIS', role: 'admin' }]);
  expect(await countCompanies('T0FERN')).toBe(2);
  const stored = JSON.stringify(await mongoose.connection.collection('workspaces').find().toArray());
  expect(stored).not.toContain(TOKEN);
  expect((await product.deps.slackFor('T0FERN')).token).toBe(TOKEN);
});

test('a redirect with a state that is not ours installs nothing', async () => {
  const done = await fetch(`${product.url}/slack/oauth_redirect?code=c&state=forged`, { redirect: 'manual' });
  expect(done.status).toBeGreaterThanOrEqual(400);
  expect(await listWorkspaceIds()).toEqual([]);
});

describe('after a process died, and after Slack repeats itself', () => {
  const team = { id: 'T0FERN', name: 'Fern' };
  const install = () =>
    product.installations.installationStore.storeInstallation({
      team,
      enterprise: undefined,
      isEnterpriseInstall: false,
      user: { id: 'U0IRIS', token: undefined, scopes: undefined },
      bot: { token: TOKEN, scopes: [], id: 'B0BOT', userId: 'U0BOT' },
    });

  test('saved and not yet adopted: the next start adopts', async () => {
    await install();
    await importCompanies(UNCONNECTED, { pastedDomains: 'one.example' }, { by: 'cli', at: new Date() });
    await install();
    expect(await countCompanies('T0FERN')).toBe(1);
  });

  test.each([
    ['app_uninstalled', { type: 'app_uninstalled' }],
    ['tokens_revoked', { type: 'tokens_revoked', tokens: { bot: ['U0BOT'] } }],
  ])('%s from before the app was installed again leaves the new token; a later one removes it', async (_name, event) => {
    const now = Math.floor(Date.now() / 1000);
    await install();
    for (const [at, left] of [
      [now - 60, ['T0FERN']],
      [now + 1, []],
    ] as const) {
      await product.sandbox.postEvent({
        type: 'event_callback',
        team_id: 'T0FERN',
        api_app_id: 'A1',
        event_id: `Ev${at}`,
        event_time: at,
        event,
      });
      for (let waited = 0; waited < 15 && (await listWorkspaceIds()).length !== left.length; waited++)
        await new Promise((done) => setTimeout(done, 20));
      await new Promise((done) => setTimeout(done, 200));
      expect(await listWorkspaceIds()).toEqual(left);
    }
  });
});
