import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { summaryMessage } from '../../blocks/measure/summary.ts';
import { Refusal } from '../../src/errors.ts';
import { readSummary, summariesOf } from '../../src/measure/revenue/summary.ts';
import { getProgramme } from '../../src/programme/setup/programme-repository.ts';
import { showOnce } from '../../src/slack/post-once.ts';
import { isShown } from '../../src/slack/post-repository.ts';
import { defineJob } from '../job.ts';

/** Tells the team what partners brought in, after each week and each quarter. Queued on every day of a digest, so that a missed Monday is made up for. */
export const postSummaries = defineJob({
  name: 'post-summaries',
  payload: z.object({ workspaceId: z.string() }),
  once: true,
  run: async ({ workspaceId }, { log, now, slackFor }) => {
    try {
      const posted = await showSummaries(await slackFor(workspaceId), workspaceId, now());
      if (posted.length > 0) log.info({ workspace: workspaceId, posted }, 'summaries posted');
    } catch (error) {
      // The day's digest has told the admins what keeps us from posting; tomorrow's tries again.
      if (!(error instanceof Refusal)) throw error;
      log.warn({ workspace: workspaceId, code: error.code }, 'summaries not posted');
    }
  },
});

/** Posts those that are due and not there yet, each once, whoever runs it and however often. Returns the keys of those posted now. */
export async function showSummaries(client: WebClient, workspaceId: string, at: Date): Promise<string[]> {
  const { digest } = await getProgramme(workspaceId);
  if (!digest) throw new Refusal('setup-incomplete', { step: 'digest' });
  const posted: string[] = [];
  for (const due of await summariesOf(workspaceId, digest, at)) {
    if (await isShown(workspaceId, due.key, new Date(0))) continue;
    const summary = await readSummary(workspaceId, due, at);
    if (!summary) continue;
    const message = summaryMessage(summary);
    const to = { kind: 'internal-channel', channel: digest.channel } as const;
    await showOnce(client, { workspaceId, key: due.key, to }, message.text, async () => message);
    posted.push(due.key);
  }
  return posted;
}
