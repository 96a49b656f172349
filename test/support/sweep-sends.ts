import { sendDraft } from '../../jobs/recruit/send-draft.ts';
import type { Deps } from '../../src/deps.ts';
import { mailTools } from './builders.ts';
import { someDeps } from './deps.ts';
import type { SendJob } from './spawn-worker.ts';
import { sweepAll } from './sweep-all.ts';

/** What the queue of a worker that lives would do at a moment, after others have died. */
export async function sweepSends(smtpUrl: string, now: Date): Promise<void> {
  const queue: SendJob[] = [];
  const enqueue: Deps['enqueue'] = async (job, payload) => {
    if (job.name === sendDraft.name) queue.push(sendDraft.payload.parse(payload));
  };
  const deps = someDeps({ now: () => now, enqueue, mailReady: true, ...mailTools(smtpUrl) });
  await sweepAll(deps);
  await Promise.all(queue.map((job) => sendDraft.run(job, deps)));
}
