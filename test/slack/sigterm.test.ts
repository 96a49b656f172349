import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { VIEWS } from '../../blocks/ids.ts';
import { postDigest } from '../../jobs/discover/post-digest.ts';
import { buildApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { findCompaniesByName } from '../../src/programme/companies/company-names.ts';
import { MILO } from '../sandbox/cast.ts';
import { viewSubmission } from '../sandbox/payloads.ts';
import { type Sandbox, startSandbox } from '../sandbox/server.ts';
import { HOME } from '../support/builders.ts';
import { startMain } from '../support/child.ts';
import { useMongo } from '../support/mongo.ts';
import { bringCompanies, setUp } from '../support/ready-workspace.ts';

const { uri } = useMongo();
const AT = new Date();
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

test('SIGTERM between the acknowledgement of a form and its effect: the decision is saved, the process ends by itself', async () => {
  await setUp(AT);
  await bringCompanies(1, AT);
  const main = await startMain(uri, sandbox);
  sandbox.setAppUrl(main.url);
  const { botToken: SLACK_BOT_TOKEN, signingSecret: SLACK_SIGNING_SECRET } = sandbox.cast.app;
  const config = readConfig({ MONGODB_URI: uri, SLACK_API_URL: sandbox.apiUrl, SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET });
  const { deps, stopJobs } = buildApp(config, createLog('silent'));
  await postDigest.run({ workspaceId: HOME, day: '2026-11-23', round: 0, by: 'schedule' }, deps).finally(stopJobs);

  let asked = false;
  sandbox.answerWith('users.info', async (_args, real) => {
    asked = true;
    await new Promise((done) => setTimeout(done, 1500));
    return real();
  });
  const [company] = await findCompaniesByName(HOME, 'Oakfield 1', 1);
  const view = { id: 'V0', type: 'modal', callback_id: VIEWS.companyLater, private_metadata: JSON.stringify({ companyId: company?.id }) };
  const values = { until: { value: { type: 'datepicker', selected_date: '2099-01-01' } } };
  const form = viewSubmission(sandbox.sourceOf(MILO), { view, values, triggerId: sandbox.trigger(MILO) });
  expect((await sandbox.postPayload(form)).status).toBe(200);
  await sandbox.waitFor(() => asked);
  main.child.kill('SIGTERM');
  await once(main.child, 'exit');
  expect([main.child.exitCode, main.errors()]).toEqual([0, '']);
  expect((await findCompaniesByName(HOME, 'Oakfield 1', 1))[0]?.decision).toMatchObject({ kind: 'later', by: MILO });
});
