/** A second process that runs the send job: says `ready`, reads a list of payloads as one line of JSON, runs them all at once.
 *  Environment: MONGODB_URI, SMTP_URL, and AT, the time it believes it is. */
import { createInterface } from 'node:readline';
import mongoose from 'mongoose';
import { z } from 'zod';
import { sendDraft } from '../../jobs/send-draft.ts';
import { mailTools } from './builders.ts';
import { someDeps } from './deps.ts';

const env = z.object({ MONGODB_URI: z.string(), SMTP_URL: z.string(), AT: z.coerce.date() }).parse(process.env);
const deps = someDeps({ now: () => env.AT, mailReady: true, ...mailTools(env.SMTP_URL) });

await mongoose.connect(env.MONGODB_URI);
process.stdout.write('ready\n');
for await (const line of createInterface({ input: process.stdin })) {
  const payloads = z.array(sendDraft.payload).parse(JSON.parse(line));
  await Promise.all(payloads.map((payload) => sendDraft.run(payload, deps)));
  process.stdout.write('done\n');
}
await mongoose.disconnect();
