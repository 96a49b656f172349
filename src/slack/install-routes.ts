import type { Logger } from '@slack/bolt';
import { InstallProvider } from '@slack/oauth';
import type { WebClientOptions } from '@slack/web-api';
import type { Config } from '../config.ts';
import type { Route } from '../platform/http-route.ts';
import type { Installations } from './installations.ts';

/** Installing by OAuth at `/slack/install`, when the client id and its secrets are set. As routes of our own, because Bolt takes
 *  either its built-in OAuth or an `authorize`, and ours looks tokens up by team id alone (see `installations.ts`). */
export function installRoutes(
  config: Config,
  { installationStore }: Pick<Installations, 'installationStore'>,
  { scopes, clientOptions, logger }: { scopes: string[]; clientOptions: WebClientOptions; logger: Logger },
): Route[] {
  const { SLACK_CLIENT_ID: clientId, SLACK_CLIENT_SECRET: clientSecret, SLACK_STATE_SECRET: stateSecret } = config;
  if (!clientId || !clientSecret || !stateSecret) return [];
  const installer = new InstallProvider({ clientId, clientSecret, stateSecret, installationStore, clientOptions, logger });
  return [
    {
      path: '/slack/install',
      method: ['GET'],
      handler: (request, response) => installer.handleInstallPath(request, response, {}, { scopes }),
    },
    { path: '/slack/oauth_redirect', method: ['GET'], handler: (request, response) => installer.handleCallback(request, response) },
  ];
}
