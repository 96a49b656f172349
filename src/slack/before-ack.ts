import type { AllMiddlewareArgs } from '@slack/bolt';
import type { WebClient, WebClientOptions } from '@slack/web-api';

declare module '@slack/bolt' {
  interface Context {
    /** The workspace's client for questions before the acknowledgement, as `authorize` made it. */
    quickClient?: WebClient;
  }
}

/** Slack waits three seconds for the acknowledgement; two such questions, one after the other, fit. */
const QUICK_MS = 1200;

/** A client that gives up instead of trying again or waiting out a rate limit. */
export function quickOptions(options: WebClientOptions): WebClientOptions {
  return { ...options, timeout: QUICK_MS, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true };
}

/** A listener's arguments for what it must know of Slack before it acknowledges. */
export function beforeAck<Args extends AllMiddlewareArgs>(args: Args): Args {
  return { ...args, client: args.context.quickClient ?? args.client };
}
