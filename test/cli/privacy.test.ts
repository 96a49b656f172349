import { beforeEach, expect, test } from 'vitest';
import { listAudit } from '../../src/programme/audit/audit-repository.ts';
import { saveWorkspace } from '../../src/programme/workspaces/workspace-repository.ts';
import { AT, aProgramme, aWaitingDraft, HOME } from '../support/builders.ts';
import { runCli } from '../support/child.ts';
import { useMongo } from '../support/mongo.ts';

const { uri } = useMongo();
const cli = (...args: string[]) => runCli(['privacy', 'export', ...args], { MONGODB_URI: uri });

beforeEach(() =>
  saveWorkspace({
    ...{ id: HOME, enterpriseId: null, name: 'Larkspur', botToken: 'environment' },
    ...{ botUserId: 'U0BOT', botId: null, installedBy: null, installedAt: AT },
  }),
);

test('all that is kept of one person, as JSON, and on record; what cannot be read is said', async () => {
  await aProgramme();
  const draft = await aWaitingDraft();
  const { code, out, err } = await cli('dana@peatworks.example');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(JSON.parse(out)).toMatchObject({ about: 'dana@peatworks.example', records: { draft: [{ _id: draft.id, body: draft.body }] } });
  expect(await listAudit(HOME, { action: 'privacy.export' })).toMatchObject([{ by: expect.stringMatching(/^cli:/) }]);
  expect(await cli('peatwork')).toMatchObject({ code: 2, err: expect.stringContaining('Close to it: Peatworks') });
});
