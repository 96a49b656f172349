import { subMinutes } from 'date-fns';
import { z } from 'zod';
import { listUnposted } from '../../src/discover/digest/digest-repository.ts';
import { digestDueDay, nextDigestAt } from '../../src/programme/setup/digest-clock.ts';
import { setupGaps } from '../../src/programme/setup/programme.ts';
import { listDueProgrammes, setNextDigest } from '../../src/programme/setup/programme-repository.ts';
import { defineJob } from '../job.ts';
import { postWeeklyNote } from '../recruit/post-weekly-note.ts';
import { postDigest } from './post-digest.ts';
import { showDigestJob } from './show-digest.ts';

const AT_ONCE = 2000;

/** Finds the workspaces whose hour has come, and digests that were made but never posted, and queues one job for each. */
export const sweepDigests = defineJob({
  name: 'sweep-digests',
  payload: z.object({}),
  every: '20 seconds',
  run: async (_payload, { enqueue, log, now }) => {
    const at = now();
    for (const programme of await listDueProgrammes(at, AT_ONCE)) {
      const { workspaceId, digest } = programme;
      if (!digest) continue;
      const day = setupGaps(programme).includes('company') ? null : digestDueDay(digest, at);
      // Queued before the clock moves on: a crash in between queues it again, and the day's digest is one all the same.
      if (day) {
        await enqueue(postDigest, { workspaceId, day, round: 0, by: 'schedule' });
        await enqueue(postWeeklyNote, { workspaceId });
      } else log.info({ workspace: workspaceId }, 'digest missed its day or set-up is not finished');
      await setNextDigest(workspaceId, programme.nextDigestAt, nextDigestAt(digest, at));
    }
    for (const { workspaceId, id } of await listUnposted(at, subMinutes(at, 2)))
      await enqueue(showDigestJob, { workspaceId, digestId: id });
  },
});
