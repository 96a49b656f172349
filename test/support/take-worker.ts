/** A second process that takes one mail and kills itself at a step. Environment: MONGODB_URI, AT, STEP, and MAIL in base64. */
import { subscribe } from 'node:diagnostics_channel';
import mongoose from 'mongoose';
import { z } from 'zod';
import { takeMail } from '../../src/recruit/replies/take-mail.ts';

const env = z.object({ MONGODB_URI: z.string(), AT: z.coerce.date(), STEP: z.string(), MAIL: z.string() }).parse(process.env);
subscribe('replies.take', (step) => {
  // SIGKILL: no handler runs, nothing is flushed.
  if (step === env.STEP) process.kill(process.pid, 'SIGKILL');
});
await mongoose.connect(env.MONGODB_URI);
await takeMail(
  Buffer.from(env.MAIL, 'base64'),
  env.AT,
  () => env.AT,
  () => undefined,
);
await mongoose.disconnect();
