import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { z } from 'zod';
import type { Job } from '../jobs/job.ts';
import type { Prompt } from '../prompts/prompt.ts';
import type { Mail, MailResult } from './outreach/mail.ts';

/** Everything that listeners and jobs may reach. */
export type Deps = {
  log: Logger;
  now: () => Date;
  /** Queues a job; it starts within milliseconds in this process, or within seconds in another. */
  enqueue: <Payload extends z.ZodType>(job: Job<Payload>, payload: z.infer<Payload>) => Promise<void>;
  /** Asks the language model; null when none is connected. Throws when it fails, times out or answers off the schema. */
  ask: (<Input, Answer extends z.ZodType>(prompt: Prompt<Input, Answer>, input: Input) => Promise<z.infer<Answer>>) | null;
  /** Whether a mail server is connected. */
  mailReady: boolean;
  /** Hands one mail to the mail server and says what became of it; never throws. */
  sendMail: (mail: Mail) => Promise<MailResult>;
  /** The Web API client of one workspace; refuses `workspace-unknown` when the app is not installed there. */
  slackFor: (workspaceId: string) => Promise<WebClient>;
};
