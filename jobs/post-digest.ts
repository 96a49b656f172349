import { z } from 'zod';
import { section } from '../blocks/mrkdwn.ts';
import { refusalSentence } from '../blocks/refusals.ts';
import type { Deps } from '../src/deps.ts';
import { prepareDigest } from '../src/digest/prepare-digest.ts';
import { Refusal } from '../src/errors.ts';
import { showDigest } from '../src/slack/outbound/digests.ts';
import { showOnce } from '../src/slack/outbound/post-once.ts';
import { listRoles } from '../src/workspaces/role-repository.ts';
import { defineJob } from './job.ts';

/** Chooses and posts a workspace's digest of one day and round. When the rules forbid it, each admin hears why, once a day. */
export const postDigest = defineJob({
  name: 'post-digest',
  payload: z.object({ workspaceId: z.string(), day: z.string(), round: z.number().int(), by: z.string() }),
  once: true,
  run: async ({ workspaceId, day, round, by }, deps) => {
    try {
      const digest = await prepareDigest(workspaceId, { day, round, by }, deps.now());
      await showDigest(await deps.slackFor(workspaceId), workspaceId, digest.id, deps.now());
      deps.log.info({ workspace: workspaceId, day, round, companies: digest.items.length }, 'digest posted');
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      await tellAdmins(workspaceId, day, error, deps);
    }
  },
});

async function tellAdmins(workspaceId: string, day: string, refusal: Refusal, { log, slackFor }: Deps): Promise<void> {
  log.warn({ workspace: workspaceId, day, code: refusal.code }, 'digest refused');
  const client = await slackFor(workspaceId);
  const text = `Today’s digest was not posted. ${refusalSentence(refusal.code, refusal.details)}`;
  for (const { userId, role } of await listRoles(workspaceId)) {
    if (role !== 'admin') continue;
    const target = { workspaceId, key: `digest-refused:${day}:${userId}`, person: userId };
    await showOnce(client, target, 'Today’s digest was not posted', async () => ({ text, blocks: [section(`:warning: ${text}`)] }));
  }
}
