import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { MOST_BYTES } from '../mail/mail.ts';
import type { classifyReply, Readable } from './classify-reply.ts';
import type { Moment } from './day-back.ts';
import type { MailHead } from './mail-head.ts';
import type { MailAnswer, MailQuestion } from './mail-worker.ts';
import type { IncomingMail } from './parse-mail.ts';
import type { Reading } from './reply.ts';

/** Mails are read in a thread of their own: whatever somebody sends, and however long it takes, nobody else waits for it. One at a time. */

/** A question that takes longer is given up, and the thread with it. The slowest mail of `MOST_BYTES` takes a few seconds on a busy machine. What
 *  the thread needs to start is not counted. */
const TIMEOUT_MS = 10_000;
const MOST_MEMORY_MB = 512;
/** Built, this file is part of a chunk at the top of `dist/`. */
const IS_BUILT = import.meta.url.endsWith('.js');
const FILE = new URL(IS_BUILT ? './recruit/replies/mail-worker.js' : './mail-worker.ts', import.meta.url);
/** In development and tests the file is TypeScript, and threads do not inherit what reads it. */
const FROM_SOURCE = `import('tsx/esm/api').then(({ register }) => register()).then(() => import(${JSON.stringify(FILE.href)}));`;

let worker: Worker | null = null;
let last: Promise<unknown> = Promise.resolve();

/** Reads any bytes as a mail; null when they are none. */
export async function readMail(bytes: Buffer): Promise<IncomingMail | null> {
  // One more than is read, so that the cut is said.
  return (await ask({ kind: 'mail', bytes: new Uint8Array(bytes.subarray(0, MOST_BYTES + 1)) })).mail ?? null;
}

/** The head alone, from the header lines of a mail; null when they are none. */
export async function readHead(headers: Buffer): Promise<MailHead | null> {
  return (await ask({ kind: 'head', bytes: new Uint8Array(headers) })).head ?? null;
}

/** What a mail wants, by rules alone. */
export async function understandMail(mail: Readable, around: Parameters<typeof classifyReply>[1]): Promise<Reading> {
  const { text, subject, isAutomatic, isUnsubscribe, away, report } = mail;
  const { reading } = await ask({ kind: 'reply', mail: { text, subject, isAutomatic, isUnsubscribe, away, report }, around });
  if (!reading) throw new Error('the reader of mails gave no answer');
  return reading;
}

/** The day on which somebody is back, as a text says; null when it names none. */
export async function readDay(text: string, now: Moment): Promise<Date | null> {
  return (await ask({ kind: 'day', text, now })).day ?? null;
}

/** Throws when the thread fails or takes too long; the next question gets a new one. */
function ask(question: MailQuestion): Promise<MailAnswer> {
  const answer = last.then(() => answerOf(question));
  last = answer.catch(() => undefined);
  return answer;
}

async function answerOf(question: MailQuestion): Promise<MailAnswer> {
  worker ??= await startWorker();
  const asked = worker;
  // Only while it is asked does it keep the process alive.
  asked.ref();
  const over = new AbortController();
  try {
    return await Promise.race([
      answered(asked, over.signal, question),
      setTimeout(TIMEOUT_MS, null, { signal: over.signal }).then(() => Promise.reject(new Error('reading a mail took too long'))),
    ]);
  } catch (error) {
    worker = null;
    await asked.terminate();
    throw error;
  } finally {
    over.abort();
    asked.unref();
  }
}

/** What the thread says next, to a question or, without one, when it is ready. */
async function answered(asked: Worker, signal: AbortSignal, question?: MailQuestion): Promise<MailAnswer> {
  const message = once(asked, 'message', { signal });
  const exit = once(asked, 'exit', { signal }).then(() => Promise.reject(new Error('the reader of mails ended')));
  if (question) asked.postMessage(question);
  const [answer] = await Promise.race([message, exit]);
  return answer;
}

async function startWorker(): Promise<Worker> {
  const resourceLimits = { maxOldGenerationSizeMb: MOST_MEMORY_MB };
  const started = IS_BUILT ? new Worker(FILE, { resourceLimits }) : new Worker(FROM_SOURCE, { eval: true, execArgv: [], resourceLimits });
  // One that ends while nobody asks is replaced with the next question.
  started.on('error', () => undefined);
  started.on('exit', () => {
    if (worker === started) worker = null;
  });
  const ready = new AbortController();
  await answered(started, ready.signal).finally(() => ready.abort());
  return started;
}
