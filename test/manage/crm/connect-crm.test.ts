import { expect, test } from 'vitest';
import { createCrm, crmOf } from '../../../src/manage/crm/connect-crm.ts';
import { NO_TOTALS } from '../../../src/manage/crm/crm-sync.ts';
import { claimSync, noteFile } from '../../../src/manage/crm/sync-repository.ts';
import { removeWorkspace, saveWorkspace } from '../../../src/programme/workspaces/workspace-repository.ts';
import { AT } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';

useMongo();
const [A, B] = ['T0A', 'T0B'];
const install = (id: string) =>
  saveWorkspace({
    id,
    enterpriseId: null,
    name: id,
    botToken: 'v1:x',
    botUserId: 'U0BOT',
    botId: null,
    installedBy: null,
    installedAt: AT,
  });

/** Those of the two whose CRM it is. */
async function owners(settings: { CRM_WORKSPACE?: string } = {}): Promise<string[]> {
  const crm = createCrm({ HUBSPOT_TOKEN: 'pat-test', HUBSPOT_API_URL: 'https://hubspot.example', ...settings });
  const found = await Promise.all([A, B].map(async (id) => ((await crmOf(id, { crm })) ? [id] : [])));
  return found.flat();
}

test('the CRM of the environment is the only workspace’s, and with two nobody’s', async () => {
  expect(await owners()).toEqual([]);
  await install(A);
  await claimSync(A, 'hubspot', AT, AT);
  expect(await owners()).toEqual([A]);
  await install(B);
  expect(await owners()).toEqual([]);
});

test('one that was read for a workspace is never read into the next that installs the app', async () => {
  await install(A);
  await claimSync(A, 'hubspot', AT, AT);
  await removeWorkspace(A, AT);
  await install(B);
  expect(await owners()).toEqual([]);
});

test('a file that somebody uploaded does not say whose the CRM is', async () => {
  await noteFile(A, 'accounts', NO_TOTALS, AT);
  await install(B);
  expect(await owners()).toEqual([B]);
});

test('CRM_WORKSPACE says whose it is, while that workspace has the app', async () => {
  await install(A);
  await claimSync(A, 'hubspot', AT, AT);
  await install(B);
  expect(await owners({ CRM_WORKSPACE: B })).toEqual([B]);
  await removeWorkspace(B, AT);
  expect(await owners({ CRM_WORKSPACE: B })).toEqual([]);
});
