import { z } from 'zod';
import type { Deps } from '../../src/deps.ts';
import { prepareDigest } from '../../src/discover/digest/prepare-digest.ts';
import { learnWeights } from '../../src/discover/learning/learn-weights.ts';
import { Refusal } from '../../src/errors.ts';
import { getProgramme } from '../../src/programme/setup/programme-repository.ts';
import { listRoles } from '../../src/programme/workspaces/role-repository.ts';
import { tellRefusal } from '../../src/slack/answer-error.ts';
import { demandInternalChannel } from '../../src/slack/audience.ts';
import { showDigest } from '../../src/slack/discover/show-digest.ts';
import { defineJob } from '../job.ts';

const Asked = z.object({ workspaceId: z.string(), day: z.string(), round: z.number().int(), by: z.string() });
type Asked = z.infer<typeof Asked>;

/** Chooses and posts a workspace's digest of one day and round. When the rules forbid it, whoever asked and each admin hear why. */
export const postDigest = defineJob({
  name: 'post-digest',
  payload: Asked,
  once: true,
  run: async ({ workspaceId, day, round, by }, deps) => {
    try {
      const client = await deps.slackFor(workspaceId);
      const { digest: settings } = await getProgramme(workspaceId);
      // Looked at before the choice, so that a day whose channel is closed to us uses up no candidates.
      if (settings) await demandInternalChannel(client, workspaceId, settings.channel);
      // Once more before they rank: a process may have died between a decision and its lesson.
      await learnWeights(workspaceId, deps.now());
      const digest = await prepareDigest(workspaceId, { day, round, by }, deps.now());
      await showDigest(client, workspaceId, digest.id, deps.now());
      deps.log.info({ workspace: workspaceId, day, round, companies: digest.items.length }, 'digest posted');
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      deps.log.warn({ workspace: workspaceId, day, code: error.code }, 'digest refused');
      // Nobody to tell: the workspace has removed the app.
      if (error.code === 'workspace-unknown') return;
      await tellAdmins({ workspaceId, day, round, by }, error, deps);
    }
  },
});

/** Whoever asked for it was promised it and hears of each refusal; the admins, who can mend it, once a day. */
async function tellAdmins({ workspaceId, day, round, by }: Asked, refusal: Refusal, { log, slackFor }: Deps): Promise<void> {
  const client = await slackFor(workspaceId);
  const admins = (await listRoles(workspaceId)).filter(({ role, userId }) => role === 'admin' && userId !== by);
  const people = [
    { userId: by, key: `digest-refused:${day}:${round}:${refusal.code}` },
    ...admins.map(({ userId }) => ({ userId, key: `digest-refused:${day}` })),
  ];
  for (const { userId, key } of people) {
    // One who cannot be reached must not keep the news from the others.
    await tellRefusal(client, { workspaceId, key, people: [userId] }, 'Today’s digest was not posted.', refusal).catch((err: unknown) =>
      log.warn({ err, user: userId }, 'nobody could be told of a digest that was refused'),
    );
  }
}
