import type {
  AllMiddlewareArgs,
  BlockAction,
  ButtonAction,
  Context,
  SlackActionMiddlewareArgs,
  SlackCommandMiddlewareArgs,
  SlackEventMiddlewareArgs,
  SlackViewMiddlewareArgs,
  ViewSubmitAction,
} from '@slack/bolt';
import type { WebClient, WebClientOptions } from '@slack/web-api';
import { Refusal } from '../errors.ts';

/** Short names for what Bolt hands to a listener. */
export type Command = SlackCommandMiddlewareArgs & AllMiddlewareArgs;
export type ButtonClick = SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & AllMiddlewareArgs;
export type ViewSubmission = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs;
export type SlackEvent<Name extends string> = SlackEventMiddlewareArgs<Name> & AllMiddlewareArgs;

/** What a use of Slack needs of whoever called us: the workspace's client, and who it was. */
export type Caller = Pick<AllMiddlewareArgs, 'client' | 'context'> & { body: object };

/** The workspace the app is installed in, whoever acts: the organisation for an org-wide install, else the team. */
export function workspaceOf(context: Context): string {
  const id: unknown = context.isEnterpriseInstall ? context.enterpriseId : context.teamId;
  // Bolt hands on what the payload holds, of whatever type.
  if (typeof id !== 'string' || !id) throw new Refusal('workspace-unknown');
  return id;
}

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
