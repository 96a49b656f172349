import type { Deps } from '../../deps.ts';
import type { Installations } from '../installations.ts';
import { type SlackEvent, workspaceOf } from '../listener.ts';

/** The workspace removed the app, or revoked its bot token: the token is forgotten, the company's data stays its own. */
export const onUninstalled =
  ({ log }: Deps, { remove }: Installations) =>
  async ({ context }: SlackEvent<'app_uninstalled'>): Promise<void> => {
    const workspaceId = workspaceOf(context);
    await remove(workspaceId);
    log.info({ workspace: workspaceId }, 'app uninstalled');
  };

export const onTokensRevoked =
  ({ log }: Deps, { remove }: Installations) =>
  async ({ context, event }: SlackEvent<'tokens_revoked'>): Promise<void> => {
    if (!event.tokens.bot?.length) return;
    const workspaceId = workspaceOf(context);
    await remove(workspaceId);
    log.info({ workspace: workspaceId }, 'bot token revoked');
  };
