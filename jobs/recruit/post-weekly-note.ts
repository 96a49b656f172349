import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { weeklyNote, weeklyTitle } from '../../blocks/recruit/weekly-note.ts';
import { Refusal } from '../../src/errors.ts';
import { getProgramme } from '../../src/programme/setup/programme-repository.ts';
import { weekBefore, weeklyResults } from '../../src/recruit/records/weekly-results.ts';
import { showOnce } from '../../src/slack/post-once.ts';
import { isShown } from '../../src/slack/post-repository.ts';
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

/** Posts how the suggestions of the last week fared, once; nothing when none was shown. True when it was posted now. */
export async function showWeeklyNote(client: WebClient, workspaceId: string, at: Date): Promise<boolean> {
  const { digest } = await getProgramme(workspaceId);
  if (!digest) throw new Refusal('setup-incomplete', { step: 'digest' });
  const week = weekBefore(at, digest.timeZone);
  const key = `week:${week.name}`;
  if (await isShown(workspaceId, key, new Date(0))) return false;
  const bands = await weeklyResults(workspaceId, week);
  if (bands.length === 0) return false;
  const note = { text: weeklyTitle(week), blocks: weeklyNote(week, bands) };
  const to = { kind: 'internal-channel', channel: digest.channel } as const;
  await showOnce(client, { workspaceId, key, to }, note.text, async () => note);
  return true;
}
