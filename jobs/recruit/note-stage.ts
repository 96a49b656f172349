import { z } from 'zod';
import { findDigestOf } from '../../src/discover/digest/digest-repository.ts';
import { Refusal } from '../../src/errors.ts';
import { noteStage } from '../../src/recruit/pipeline/note-stage.ts';
import { showThreadHead } from '../../src/slack/recruit/thread-head.ts';
import { showDigestJob } from '../discover/show-digest.ts';
import { defineJob } from '../job.ts';

/** Writes where a company stands, and shows it at the head of its thread and in its digest. `anew`: also when it stands there already, because a
 *  process that died may not have shown it. */
export const noteStageJob = defineJob({
  name: 'note-stage',
  payload: z.object({ workspaceId: z.string(), companyId: z.string(), anew: z.boolean() }),
  once: 'while-waiting',
  run: async ({ workspaceId, companyId, anew }, { enqueue, log, now, slackFor }) => {
    const { changed, settle } = await noteStage(workspaceId, companyId, now());
    if (changed || anew) {
      const digest = await findDigestOf(workspaceId, companyId);
      if (digest) await enqueue(showDigestJob, { workspaceId, digestId: digest.id });
      try {
        await showThreadHead(await slackFor(workspaceId), workspaceId, companyId);
      } catch (error) {
        // The team hears why from the cards in the thread.
        if (!(error instanceof Refusal)) throw error;
        log.warn({ workspace: workspaceId, company: companyId, code: error.code }, 'head of a thread not shown');
      }
    }
    await settle();
  },
});
