import type { WebClient } from '@slack/web-api';
import { weeklyNote, weeklyTitle } from '../../../blocks/discover/weekly-note.ts';
import { weekBefore, weeklyResults } from '../../discover/digest/weekly-results.ts';
import { Refusal } from '../../errors.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import { showOnce } from '../post-once.ts';
import { isShown } from '../post-repository.ts';

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
  await showOnce(client, { workspaceId, key, channel: digest.channel }, note.text, async () => note);
  return true;
}
