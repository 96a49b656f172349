import { createHmac } from 'node:crypto';
import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { RawRequest } from '../support/recorded.ts';

/** What the parent process asks for: the requests in turn, `perSecond` for `seconds`, whether or not earlier ones were answered. */
export type Load = { url: string; signingSecret: string; requests: RawRequest[]; perSecond: number; seconds: number };
/** Milliseconds until each answer was complete, and how many were no plain 200. */
export type LoadResult = { waits: number[]; failures: number };

const agent = new Agent({ keepAlive: true, maxSockets: 200 });

async function run({ url, signingSecret, requests, perSecond, seconds }: Load): Promise<LoadResult> {
  const waits: number[] = [];
  let failures = 0;
  const sent: Promise<void>[] = [];
  const start = performance.now();
  for (let number = 0; number < perSecond * seconds; number++) {
    const ahead = start + (number * 1000) / perSecond - performance.now();
    if (ahead > 0) await pause(ahead);
    const raw = requests[number % requests.length];
    if (!raw) continue;
    const from = performance.now();
    const answered = send(url, signingSecret, raw).then((status) => {
      waits.push(performance.now() - from);
      if (status !== 200) failures++;
    });
    sent.push(answered);
  }
  await Promise.all(sent);
  return { waits, failures };
}

/** The status, once the answer is complete; 0 when there was none. Source of the signature: docs.slack.dev, "Verifying requests". */
function send(url: string, signingSecret: string, { body, type }: RawRequest): Promise<number> {
  const at = String(Math.floor(Date.now() / 1000));
  const signature = `v0=${createHmac('sha256', signingSecret).update(`v0:${at}:${body}`).digest('hex')}`;
  const headers = { ...type, 'x-slack-request-timestamp': at, 'x-slack-signature': signature, 'content-length': Buffer.byteLength(body) };
  return new Promise((resolve) => {
    const sending = request(`${url}/slack/events`, { method: 'POST', agent, headers }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode ?? 0));
    });
    sending.once('error', () => resolve(0));
    sending.end(body);
  });
}

process.on('message', (load: Load) => void run(load).then((result) => process.send?.(result)));
