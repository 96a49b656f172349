import { createHmac } from 'node:crypto';
import type { Json } from './json.ts';
import type { World } from './world.ts';

/** What the app answered; `failure` is Slack's word for why there is no answer. */
export type Answer = { status: number; body: string; contentType: string; noRetry: boolean; failure: string | null };

const PATIENCE_MS = 3000;

/** Slack's signature over a raw body, as headers. `timestamp` in seconds. */
export function sign(secret: string, body: string, timestamp: number = Math.floor(Date.now() / 1000)): Record<string, string> {
  const digest = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': String(timestamp), 'x-slack-signature': `v0=${digest}` };
}

/** Sends bytes to the app as they are; the caller signs, or deliberately does not. Gives up after three seconds. */
export async function post(world: World, body: string, headers: Record<string, string>): Promise<Answer> {
  if (!world.appUrl) return failed('dispatch_failed');
  const signal = AbortSignal.timeout(PATIENCE_MS);
  try {
    const response = await fetch(`${world.appUrl}/slack/events`, {
      method: 'POST',
      body,
      headers,
      redirect: 'manual',
      signal,
    });
    return {
      status: response.status,
      body: await response.text(),
      contentType: response.headers.get('content-type') ?? '',
      noRetry: response.headers.get('x-slack-no-retry') === '1',
      failure: response.ok ? null : 'dispatch_failed',
    };
  } catch {
    return failed(signal.aborted ? 'operation_timeout' : 'dispatch_failed');
  }
}

const failed = (failure: string): Answer => ({ status: 0, body: '', contentType: '', noRetry: false, failure });

export function postForm(world: World, fields: Record<string, string>): Promise<Answer> {
  const body = new URLSearchParams(fields).toString();
  const headers = { 'content-type': 'application/x-www-form-urlencoded', ...sign(world.cast.app.signingSecret, body) };
  return post(world, body, headers);
}

/** Interactivity arrives as a form with the JSON in `payload`. */
export function postPayload(world: World, payload: Json): Promise<Answer> {
  return postForm(world, { payload: JSON.stringify(payload) });
}

/** Sends an event and, while it is not taken, tries again as Slack does: at once, after one minute, after five.
 *  Resolves with the first answer; later tries go on by themselves. */
export async function postEvent(world: World, envelope: Json, attempt = 0, reason = ''): Promise<Answer> {
  const body = JSON.stringify(envelope);
  const retry: Record<string, string> = attempt > 0 ? { 'x-slack-retry-num': String(attempt), 'x-slack-retry-reason': reason } : {};
  const headers = { 'content-type': 'application/json', ...retry, ...sign(world.cast.app.signingSecret, body) };
  const answer = await post(world, body, headers);
  const delay = world.retryDelaysMs[attempt];
  if (answer.failure && !answer.noRetry && delay !== undefined) {
    const timer = setTimeout(() => {
      world.timers.delete(timer);
      void postEvent(world, envelope, attempt + 1, retryReason(answer));
    }, delay);
    // A retry that is minutes away keeps no process alive.
    timer.unref();
    world.timers.add(timer);
  }
  return answer;
}

function retryReason({ failure, status }: Answer): string {
  if (failure === 'operation_timeout') return 'http_timeout';
  return status === 0 ? 'connection_failed' : 'http_error';
}
