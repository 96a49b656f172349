import { fromUnixTime } from 'date-fns';
import type { Deps } from '../deps.ts';
import type { Installations } from './installations.ts';
import { type SlackEvent, workspaceOf } from './listener.ts';

/** The workspace removed the app, or revoked its bot token: the token is forgotten, the company's data stays its own. Slack may
 *  repeat an event for an hour; one from before the app was installed again is none of the new token's business. */
export const onUninstalled =
  ({ log }: Deps, { remove }: Installations) =>
  async ({ body, context }: SlackEvent<'app_uninstalled'>): Promise<void> => {
    const workspaceId = workspaceOf(context);
    if (await remove(workspaceId, fromUnixTime(body.event_time))) log.info({ workspace: workspaceId }, 'app uninstalled');
  };

export const onTokensRevoked =
  ({ log }: Deps, { remove }: Installations) =>
  async ({ body, context, event }: SlackEvent<'tokens_revoked'>): Promise<void> => {
    if (!event.tokens.bot?.length) return;
    const workspaceId = workspaceOf(context);
    if (await remove(workspaceId, fromUnixTime(body.event_time))) log.info({ workspace: workspaceId }, 'bot token revoked');
  };
