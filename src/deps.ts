import type { IncomingMessage, ServerResponse } from 'node:http';
import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { z } from 'zod';
import type { Prompt } from '../prompts/prompt.ts';
import type { Prices, Usage } from './discover/research/research.ts';
import type { Network } from './discover/website/network.ts';
import type { CrmAdapter } from './manage/crm/crm-adapter.ts';
import type { PersonalData } from './programme/privacy/kept-data.ts';
import type { Envelope, Mail, MailboxPlace, MailboxVisitor, MailResult } from './recruit/mail/mail.ts';

/** What came of a question that the model answers from the web. `answer` is null when it is off the schema; `sources` are the pages that
 *  its searches gave, that it opened and that it cites. `usage` is null when the endpoint does not tell. */
export type WebAnswer<Answer> = { answer: Answer | null; sources: string[]; usage: Usage | null };

/** Asks the model, with up to `most.searches` searches of the web. Throws `ModelBusy` when it must be left alone for a while, and
 *  otherwise when it fails or takes too long. */
export type AskWeb = <Input, Answer extends z.ZodType>(
  prompt: Prompt<Input, Answer>,
  input: Input,
  most: { searches: number; outputTokens: number; timeoutMs: number; signal: AbortSignal },
) => Promise<WebAnswer<z.infer<Answer>>>;

/** Everything that listeners and jobs may reach. */
export type Deps = {
  log: Logger;
  now: () => Date;
  /** Queues a job; it starts within milliseconds in this process, or within seconds in another, or after `waitMs`. */
  enqueue: <Payload extends z.ZodType>(job: Job<Payload>, payload: z.infer<Payload>, waitMs?: number) => Promise<void>;
  /** Asks the language model; null when none is connected. With `once` it is asked a single time, for an answer of at most so many tokens, and
   *  `hear` is told what the answer used, also of one off the schema, where the endpoint says it. Throws `ModelBusy` when the model must be left
   *  alone for a while, and otherwise when it fails, times out or answers off the schema. */
  ask:
    | (<Input, Answer extends z.ZodType>(
        prompt: Prompt<Input, Answer>,
        input: Input,
        once?: { outputTokens: number; hear: (usage: Usage) => unknown },
      ) => Promise<z.infer<Answer>>)
    | null;
  /** Research on the web; null when no model is connected. `perDayUsd` bounds each workspace. */
  research: { askWeb: AskWeb; prices: Prices; perDayUsd: number } | null;
  /** The way to companies' websites. */
  network: Network;
  /** Whether a mail server is connected. */
  mailReady: boolean;
  /** The exact bytes of a mail. */
  composeMail: (mail: Mail) => Promise<Buffer>;
  /** Hands one mail to the mail server and says what became of it; never throws. `beforeHandOver` is asked when the server is ready for
   *  the message: what it answers with false has not left. */
  sendMail: (envelope: Envelope, bytes: Buffer, beforeHandOver: () => Promise<boolean>) => Promise<MailResult>;
  /** The mailbox that answers come to, read from where the last visit ended; null when none is configured. */
  readMailbox: { name: string; read: (from: MailboxPlace | null, visitor: MailboxVisitor) => Promise<void> } | null;
  /** The CRM of the environment; null when none is configured. Whose it is, `crmOf` says. */
  crm: CrmAdapter | null;
  /** Where the recipients of mails reach this app, without a slash at the end; null when it has no public address. */
  publicUrl: string | null;
  /** What links to files are signed with; null when the app serves no Slack. */
  linkKey: string | null;
  /** What seals what only few may read, 64 hex digits; behind it those that sealed before it. Empty when there is none. */
  dataKeys: readonly string[];
  /** What every stage keeps of people and companies, for those who ask for it or want it deleted. */
  personalData: readonly PersonalData[];
  /** The Web API client of one workspace; refuses `workspace-unknown` when the app is not installed there. */
  slackFor: (workspaceId: string) => Promise<WebClient>;
};

/** One address that the app answers over HTTP beside Slack's. */
export type Route = {
  /** `:name` stands for any one part, such as `/optout/:token`. */
  path: string;
  method: string[];
  handler: (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;
};

/** One kind of background work. `run` may be called twice with the same payload: it claims, then acts. */
export type Job<Payload extends z.ZodType = z.ZodType> = {
  name: string;
  payload: Payload;
  /** A second one with the same payload is dropped while the first waits or runs. With `while-waiting`, for jobs that show how
   *  things stand, it brings the waiting one forward instead; while the first runs a second is queued all the same, because the
   *  first may have read what was true before. */
  once?: boolean | 'while-waiting';
  /** Cron-like interval for a job that nobody enqueues. */
  every?: string;
  run: (payload: z.infer<Payload>, deps: Deps) => Promise<void>;
};
