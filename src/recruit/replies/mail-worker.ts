import { parentPort } from 'node:worker_threads';
import { classifyReply, type Readable } from './classify-reply.ts';
import { dayBack, type Moment } from './day-back.ts';
import type { MailHead } from './mail-head.ts';
import { type IncomingMail, parseHead, parseMail } from './parse-mail.ts';
import type { Reading } from './reply.ts';

/** The thread in which `mail-reader.ts` has mails read. */

export type MailQuestion =
  | { kind: 'mail' | 'head'; bytes: Uint8Array }
  | { kind: 'day'; text: string; now: Moment }
  | { kind: 'reply'; mail: Readable; around: Parameters<typeof classifyReply>[1] };
export type MailAnswer = { mail?: IncomingMail | null; head?: MailHead | null; reading?: Reading; day?: Date | null };

async function answer(question: MailQuestion): Promise<MailAnswer> {
  switch (question.kind) {
    case 'mail':
      return { mail: await parseMail(Buffer.from(question.bytes.buffer)) };
    case 'head':
      return { head: await parseHead(Buffer.from(question.bytes.buffer)) };
    case 'day':
      return { day: dayBack(question.text, question.now) };
    case 'reply':
      return { reading: classifyReply(question.mail, question.around) };
  }
}

// An error ends the thread, and whoever asked hears of it.
parentPort?.on('message', async (question: MailQuestion) => parentPort?.postMessage(await answer(question)));
const ready: MailAnswer = {};
parentPort?.postMessage(ready);
