import { z } from 'zod';
import type { Deps } from '../../src/deps.ts';
import { prepareDigest } from '../../src/discover/digest/prepare-digest.ts';
import { learnWeights } from '../../src/discover/learning/learn-weights.ts';
import { Refusal } from '../../src/errors.ts';
import { getProgramme } from '../../src/programme/setup/programme-repository.ts';
import { listRoles } from '../../src/programme/workspaces/role-repository.ts';
import { tellRefusal } from '../../src/slack/answer-error.ts';
import { showDigest } from '../../src/slack/discover/show-digest.ts';
import { demandInternalChannel } from '../../src/slack/internal-channel.ts';
import { defineJob } from '../job.ts';

/** Chooses and posts a workspace's digest of one day and round. When the rules forbid it, each admin hears why, once a day. */
export const postDigest = defineJob({
  name: 'post-digest',
  payload: z.object({ workspaceId: z.string(), day: z.string(), round: z.number().int(), by: z.string() }),
  once: true,
  run: async ({ workspaceId, day, round, by }, deps) => {
    try {
      const client = await deps.slackFor(workspaceId);
      const { digest: settings } = await getProgramme(workspaceId);
      // Looked at before the choice, so that a day whose channel is closed to us uses up no candidates.
      if (settings) await demandInternalChannel(client, settings.channel);
      // Once more before they rank: a process may have died between a decision and its lesson.
      await learnWeights(workspaceId, deps.now());
      const digest = await prepareDigest(workspaceId, { day, round, by }, deps.now());
      await showDigest(client, workspaceId, digest.id, deps.now());
      deps.log.info({ workspace: workspaceId, day, round, companies: digest.items.length }, 'digest posted');
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      await tellAdmins(workspaceId, day, error, deps);
    }
  },
});

async function tellAdmins(workspaceId: string, day: string, refusal: Refusal, { log, slackFor }: Deps): Promise<void> {
  log.warn({ workspace: workspaceId, day, code: refusal.code }, 'digest refused');
  // Nobody to tell: the workspace has removed the app.
  if (refusal.code === 'workspace-unknown') return;
  const client = await slackFor(workspaceId);
  for (const { userId, role } of await listRoles(workspaceId)) {
    if (role !== 'admin') continue;
    const target = { workspaceId, key: `digest-refused:${day}`, people: [userId] };
    // One admin who cannot be reached must not keep the news from the others.
    await tellRefusal(client, target, 'Today’s digest was not posted.', refusal).catch((err: unknown) =>
      log.warn({ err, user: userId }, 'admin not told'),
    );
  }
}
