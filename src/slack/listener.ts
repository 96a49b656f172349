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
import { Refusal } from '../errors.ts';

/** Short names for what Bolt hands to a listener. */
export type Command = SlackCommandMiddlewareArgs & AllMiddlewareArgs;
export type ButtonClick = SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & AllMiddlewareArgs;
export type ViewSubmission = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs;
export type SlackEvent<Name extends string> = SlackEventMiddlewareArgs<Name> & AllMiddlewareArgs;

/** The workspace the app is installed in, whoever acts: the organisation for an org-wide install, else the team. */
export function workspaceOf(context: Context): string {
  const id = context.isEnterpriseInstall ? context.enterpriseId : context.teamId;
  if (!id) throw new Refusal('workspace-unknown');
  return id;
}
