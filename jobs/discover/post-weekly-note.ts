import { z } from 'zod';
import { Refusal } from '../../src/errors.ts';
import { showWeeklyNote } from '../../src/slack/discover/weekly-notes.ts';
import { defineJob } from '../job.ts';

/** Tells the team once a week how its suggestions fared. Queued on every day of a digest, so that a missed Monday is made up for. */
export const postWeeklyNote = defineJob({
  name: 'post-weekly-note',
  payload: z.object({ workspaceId: z.string() }),
  once: true,
  run: async ({ workspaceId }, { log, now, slackFor }) => {
    try {
      const posted = await showWeeklyNote(await slackFor(workspaceId), workspaceId, now());
      if (posted) log.info({ workspace: workspaceId }, 'weekly note posted');
    } catch (error) {
      // The day's digest has told the admins what keeps us from posting; tomorrow's tries again.
      if (!(error instanceof Refusal)) throw error;
      log.warn({ workspace: workspaceId, code: error.code }, 'weekly note not posted');
    }
  },
});
