import { z } from 'zod';
import { askSecondReader } from '../../src/discover/reviews/ask-second-reader.ts';
import { ModelBusy } from '../../src/errors.ts';
import { defineJob } from '../job.ts';

const Payload = z.object({ workspaceId: z.string() });

/** Has the second reader read a candidate, and queues itself for the next one, later where the model is busy: a process that dies loses one
 *  question at most. Without a model it does nothing. */
export const readCandidatesJob = defineJob({
  name: 'read-candidates',
  payload: Payload,
  once: 'while-waiting',
  run: async (payload, { ask, research, now, enqueue, log }) => {
    if (!ask || !research) return;
    const again = (waitMs = 0): Promise<void> => enqueue(readCandidatesJob, payload, waitMs);
    try {
      const { more, ...done } = await askSecondReader(payload.workspaceId, { ask, research, now });
      if (more) await again();
      if (done.read > 0 || done.isStopped) log.info({ workspace: payload.workspaceId, ...done }, 'the second reader read a candidate');
    } catch (error) {
      if (!(error instanceof ModelBusy)) throw error;
      await again(error.waitMs);
    }
  },
});
