/** A second process that runs the send job: says `ready`, reads a list of payloads as one line of JSON, runs them all at once.
 *  Environment: MONGODB_URI, SMTP_URL, and AT, the time it believes it is. */
import { createInterface } from 'node:readline';
import mongoose from 'mongoose';
import { z } from 'zod';
import { sendDraft } from '../../jobs/send-draft.ts';
import type { Deps } from '../../src/deps.ts';
import { createLog } from '../../src/log.ts';
import { createSendMail } from '../../src/smtp.ts';
import { internet } from '../../src/website/network.ts';

const env = z.object({ MONGODB_URI: z.string(), SMTP_URL: z.string(), AT: z.coerce.date() }).parse(process.env);
const deps: Deps = {
  log: createLog('silent'),
  now: () => env.AT,
  enqueue: async () => undefined,
  ask: null,
  research: null,
  network: internet,
  mailReady: true,
  sendMail: createSendMail(env.SMTP_URL),
  slackFor: () => Promise.reject(new Error('this worker has no Slack')),
};

await mongoose.connect(env.MONGODB_URI);
process.stdout.write('ready\n');
for await (const line of createInterface({ input: process.stdin })) {
  const payloads = z.array(sendDraft.payload).parse(JSON.parse(line));
  await Promise.all(payloads.map((payload) => sendDraft.run(payload, deps)));
  process.stdout.write('done\n');
}
await mongoose.disconnect();
