import { z } from 'zod';
import { dryRunMessage } from '../../blocks/manage/crm-messages.ts';
import { crmOf } from '../../src/manage/crm/connect-crm.ts';
import { dryRunCrm } from '../../src/manage/crm/sync-crm.ts';
import { showOnce } from '../../src/slack/post-once.ts';
import { defineJob } from '../job.ts';

/** Tells one person what the next run would change. Stores nothing of the CRM. */
export const dryRunCrmJob = defineJob({
  name: 'dry-run-crm',
  payload: z.object({ workspaceId: z.string(), userId: z.string(), key: z.string() }),
  once: true,
  run: async ({ workspaceId, userId, key }, deps) => {
    const adapter = await crmOf(workspaceId, deps);
    if (!adapter) return;
    const client = await deps.slackFor(workspaceId);
    const outcome = await dryRunCrm(workspaceId, adapter, deps.now());
    const target = { workspaceId, key, to: { kind: 'person', userId } } as const;
    await showOnce(client, target, 'Dry run of the CRM', async () => dryRunMessage(outcome));
  },
});
