/** A second process that runs the send job: says `ready`, reads a list of payloads as one line of JSON, runs them all at once.
 *  Environment: MONGODB_URI, SMTP_URL, and AT, the time it believes it is. A line may name a step of sending: the process kills itself when
 *  it has come to it for the `nth` time. */
import { subscribe } from 'node:diagnostics_channel';
import { createInterface } from 'node:readline';
import mongoose from 'mongoose';
import { z } from 'zod';
import { sendDraft } from '../../jobs/recruit/send-draft.ts';
import { mailTools } from './builders.ts';
import { someDeps } from './deps.ts';

const env = z.object({ MONGODB_URI: z.string(), SMTP_URL: z.string(), AT: z.coerce.date() }).parse(process.env);
const Line = z.object({ jobs: z.array(sendDraft.payload), dieAt: z.object({ step: z.string(), nth: z.number() }).nullable() });
const deps = someDeps({ now: () => env.AT, mailReady: true, ...mailTools(env.SMTP_URL) });

let dieAt: z.infer<typeof Line>['dieAt'] = null;
subscribe('outreach.send', (step) => {
  if (!dieAt || step !== dieAt.step) return;
  dieAt.nth -= 1;
  // SIGKILL: no handler runs, nothing is flushed.
  if (dieAt.nth === 0) process.kill(process.pid, 'SIGKILL');
});

await mongoose.connect(env.MONGODB_URI);
process.stdout.write('ready\n');
for await (const line of createInterface({ input: process.stdin })) {
  const round = Line.parse(JSON.parse(line));
  dieAt = round.dieAt;
  await Promise.all(round.jobs.map((payload) => sendDraft.run(payload, deps)));
  process.stdout.write('done\n');
}
await mongoose.disconnect();
