import { z } from 'zod';
import { crmSyncMessage } from '../../blocks/manage/crm-messages.ts';
import type { Deps } from '../../src/deps.ts';
import { Refusal } from '../../src/errors.ts';
import { crmOf } from '../../src/manage/crm/connect-crm.ts';
import type { CrmAdapter } from '../../src/manage/crm/crm-adapter.ts';
import { type Synced, syncCrm } from '../../src/manage/crm/sync-crm.ts';
import { findSync, forgetWatchers } from '../../src/manage/crm/sync-repository.ts';
import { showOnce } from '../../src/slack/post-once.ts';
import { defineJob } from '../job.ts';
import { meetOpportunities } from './meet-opportunities.ts';

/** Failures in a row after which the CRM is left to the next sweep. */
const MOST_FAILURES = 6;
/** Another worker is at it, and somebody waits to be told. */
const TAKEN_WAIT_MS = 10_000;
/** Two seconds between progress updates: Slack takes about one a second. */
const PROGRESS_MS = 2000;

/** Reads what changed in the CRM, some pages at a time, and shows whoever asked how it goes. Comes again by itself until it is done; a CRM that wants to be
 *  left alone is, and after six failures in a row the next sweep tries. */
export const syncCrmJob = defineJob({
  name: 'sync-crm',
  payload: z.object({ workspaceId: z.string() }),
  once: 'while-waiting',
  run: async ({ workspaceId }, deps) => {
    const adapter = await crmOf(workspaceId, deps);
    if (!adapter) return;
    let shownAt = Date.now();
    const onPage = async () => {
      await deps.enqueue(meetOpportunities, { workspaceId });
      if (Date.now() - shownAt < PROGRESS_MS) return;
      shownAt = Date.now();
      await showWatchers(workspaceId, adapter, null, deps);
    };
    const synced = await syncCrm(workspaceId, adapter, { now: deps.now, onPage });
    const isOver = synced.state === 'done' || (synced.state === 'waits' && synced.failures >= MOST_FAILURES);
    const isWatched = await showWatchers(workspaceId, adapter, isOver ? synced : null, deps);
    if (synced.state === 'done') deps.log.info({ workspace: workspaceId }, 'CRM read');
    if (synced.state === 'waits') deps.log.warn({ workspace: workspaceId, failures: synced.failures, waitMs: synced.waitMs }, 'CRM waits');
    if (synced.state === 'more') await deps.enqueue(syncCrmJob, { workspaceId });
    if (synced.state === 'waits' && !isOver) await deps.enqueue(syncCrmJob, { workspaceId }, synced.waitMs);
    if (synced.state === 'taken' && isWatched) await deps.enqueue(syncCrmJob, { workspaceId }, TAKEN_WAIT_MS);
  },
});

/** False when nobody watches. With `over` they are told for the last time. */
async function showWatchers(workspaceId: string, { source }: CrmAdapter, over: Synced | null, { log, slackFor }: Deps): Promise<boolean> {
  const sync = await findSync(workspaceId, source);
  if (!sync || sync.watchers.length === 0) return false;
  const client = await slackFor(workspaceId);
  for (const { userId, key } of sync.watchers) {
    const target = { workspaceId, key, to: { kind: 'person', userId } } as const;
    await showOnce(client, target, 'Reading the CRM', async () => crmSyncMessage(sync, over !== null)).catch((error: unknown) => {
      // Whoever asked may have left the company since.
      if (!(error instanceof Refusal)) throw error;
      log.warn({ workspace: workspaceId, user: userId, code: error.code }, 'CRM progress not shown');
    });
  }
  if (over)
    await forgetWatchers(
      workspaceId,
      source,
      sync.watchers.map(({ key }) => key),
    );
  return true;
}
