import { z } from 'zod';
import type { Deps } from '../../src/deps.ts';
import { type DraftRef, getDraft } from '../../src/recruit/outreach/draft-repository.ts';
import { isShown } from '../../src/slack/post-repository.ts';
import { showDraftOrTell } from '../../src/slack/recruit/drafts.ts';
import { defineJob } from '../job.ts';
import { noteStageJob } from './note-stage.ts';

/** Brings a draft's card up to date, and where its company stands. */
export const showDraftJob = defineJob({
  name: 'show-draft',
  payload: z.object({ workspaceId: z.string(), draftId: z.string() }),
  once: 'while-waiting',
  run: async ({ workspaceId, draftId }, { enqueue, now, slackFor }) => {
    const { companyId } = await getDraft(workspaceId, draftId);
    await enqueue(noteStageJob, { workspaceId, companyId, anew: false });
    await showDraftOrTell(await slackFor(workspaceId), workspaceId, draftId, now());
  },
});

/** Queues the card of a draft when it is missing or shows an older state. A text that is being written is shown when it is there. */
export async function showWhereStale(
  { workspaceId, id, status, updatedAt }: DraftRef & { status: string; updatedAt: Date },
  enqueue: Deps['enqueue'],
): Promise<void> {
  if (status === 'writing' || (await isShown(workspaceId, `draft:${id}`, updatedAt))) return;
  await enqueue(showDraftJob, { workspaceId, draftId: id });
}
