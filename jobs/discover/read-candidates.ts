import { z } from 'zod';
import type { Deps } from '../../src/deps.ts';
import { askSecondReader } from '../../src/discover/reviews/ask-second-reader.ts';
import { defineJob } from '../job.ts';

const Payload = z.object({ workspaceId: z.string() });

/** Has the second reader read a few candidates, and queues itself for the next ones: a process that dies loses one question at most. Without a
 *  model it does nothing. */
export const readCandidatesJob = defineJob({
  name: 'read-candidates',
  payload: Payload,
  once: 'while-waiting',
  run: async (payload, deps) => {
    if (!deps.ask || !deps.research) return;
    const { more, ...done } = await askSecondReader(payload.workspaceId, { ...deps, ask: deps.ask, research: deps.research });
    if (more) await again(payload, deps);
    if (done.read > 0 || done.isStopped) deps.log.info({ workspace: payload.workspaceId, ...done }, 'the second reader read candidates');
  },
});

async function again(payload: z.infer<typeof Payload>, { enqueue }: Deps): Promise<void> {
  await enqueue(readCandidatesJob, payload);
}
