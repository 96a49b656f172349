import { z } from 'zod';
import type { Deps } from '../../src/deps.ts';
import { firstDigestDay } from '../../src/discover/research/standing-research.ts';
import { workResearch } from '../../src/discover/research/work-research.ts';
import { showResearchOrTell } from '../../src/slack/discover/researches.ts';
import { defineJob } from '../job.ts';
import { postDigest } from './post-digest.ts';
import { readWebsiteJob } from './read-website.ts';

const Payload = z.object({ workspaceId: z.string(), researchId: z.string() });

/** Does the next thing of a research, shows how it stands, and queues itself for what comes after: a process that dies loses one
 *  question at most. The websites of companies it found are read by jobs of their own. The first digest of a workspace comes with the end of its
 *  first standing research. */
export const runResearch = defineJob({
  name: 'run-research',
  payload: Payload,
  once: 'while-waiting',
  run: async (payload, deps) => {
    const { workspaceId, researchId } = payload;
    const { more, found } = await workResearch(workspaceId, researchId, deps);
    // Queued before anything is shown: Slack in trouble stops no research.
    if (more) await again(payload, deps);
    for (const companyId of found) await deps.enqueue(readWebsiteJob, { workspaceId, companyId });
    const firstDay = more ? null : await firstDigestDay(workspaceId, researchId, deps.now());
    if (firstDay) await deps.enqueue(postDigest, { workspaceId, day: firstDay, round: 0, by: 'schedule' });
    deps.log.info({ workspace: workspaceId, research: researchId, found: found.length, more }, 'research worked on');
    await showResearchOrTell(await deps.slackFor(workspaceId), workspaceId, researchId, deps);
  },
});

async function again(payload: z.infer<typeof Payload>, { enqueue }: Deps): Promise<void> {
  await enqueue(runResearch, payload);
}
