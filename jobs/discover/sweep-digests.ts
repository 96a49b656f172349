import { digestDueDay, nextDigestAt } from '../../src/programme/setup/digest-clock.ts';
import { setupGaps } from '../../src/programme/setup/programme.ts';
import { getProgramme, listDueProgrammes, setNextDigest } from '../../src/programme/setup/programme-repository.ts';
import { defineSweep } from '../job.ts';
import { postSummaries } from '../measure/post-summaries.ts';
import { postWeeklyNote } from '../recruit/post-weekly-note.ts';
import { postDigest } from './post-digest.ts';
import { readCandidatesJob } from './read-candidates.ts';

const AT_ONCE = 2000;

/** Finds the workspaces whose hour has come and queues their digest. */
export const sweepDigests = defineSweep({
  name: 'sweep-digests',
  every: '20 seconds',
  find: (at) => listDueProgrammes(at, AT_ONCE),
  act: async ({ workspaceId }, { ask, enqueue, log, now }) => {
    const at = now();
    const programme = await getProgramme(workspaceId);
    const { digest, nextDigestAt: planned } = programme;
    // Another process has queued it meanwhile.
    if (!digest || !planned || planned > at) return;
    const day = setupGaps(programme).includes('company') ? null : digestDueDay(digest, at);
    // Queued before the clock moves on: a crash in between queues it again, and the day's digest is one all the same.
    if (day) {
      await enqueue(postDigest, { workspaceId, day, round: 0, by: 'schedule' });
      await enqueue(postWeeklyNote, { workspaceId });
      await enqueue(postSummaries, { workspaceId });
      if (ask) await enqueue(readCandidatesJob, { workspaceId });
    } else log.info({ workspace: workspaceId }, 'digest missed its day or set-up is not finished');
    await setNextDigest(workspaceId, planned, nextDigestAt(digest, at));
  },
});
