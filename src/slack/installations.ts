import type { Authorize, Installation, InstallationStore, Logger } from '@slack/bolt';
import { InstallProvider } from '@slack/oauth';
import { WebClient, type WebClientOptions } from '@slack/web-api';
import { fromUnixTime } from 'date-fns';
import type { Config } from '../config.ts';
import type { Deps, Route } from '../deps.ts';
import { Refusal } from '../errors.ts';
import { seal, unseal } from '../platform/seal.ts';
import { adoptCompanies } from '../programme/companies/adopt-companies.ts';
import { grantFirstAdmin } from '../programme/workspaces/change-role.ts';
import { UNCONNECTED, type Workspace } from '../programme/workspaces/workspace.ts';
import { findWorkspace, listWorkspaceIds, removeWorkspace, saveWorkspace } from '../programme/workspaces/workspace-repository.ts';
import { quickOptions, type SlackEvent, workspaceOf } from './listener.ts';

/** How long an installation is remembered in memory; another process may remove it meanwhile. */
const KEPT_MS = 60_000;

type Connected = { workspace: Workspace; client: WebClient; quickClient: WebClient };
export type Installations = ReturnType<typeof createInstallations>;

/** Who has installed the app: tokens sealed in the database, looked up by team id alone. A submission from a shared channel names
 *  the other company's enterprise, so matching both ids would fail (docs.slack.dev/apis/slack-connect). */
export function createInstallations(config: Config, clientOptions: WebClientOptions, now: Deps['now']) {
  const { find, forget } = createLookUp(config, clientOptions);

  async function save(workspace: Workspace): Promise<void> {
    await saveWorkspace({ ...workspace, botToken: stored(workspace.botToken, config) });
    forget(workspace.id);
    // Whenever it is the only one, not when it is new: a process that died after saving has not adopted yet.
    if ((await listWorkspaceIds()).length === 1) await adoptCompanies(UNCONNECTED, workspace.id);
    if (workspace.installedBy) await grantFirstAdmin(workspace.id, workspace.installedBy, now());
  }

  /** Forgets what was installed up to `at`; false when the app is not there, or was installed again since. */
  async function remove(workspaceId: string, at: Date): Promise<boolean> {
    forget(workspaceId);
    return removeWorkspace(workspaceId, at);
  }

  async function connectByToken(token: string): Promise<Workspace> {
    const workspace = await workspaceOfToken(token, clientOptions, now());
    await save(workspace);
    return workspace;
  }

  const slackFor: Deps['slackFor'] = async (workspaceId) => {
    const found = await find(workspaceId);
    if (!found) throw new Refusal('workspace-unknown', { workspace: workspaceId });
    return found.client;
  };

  const installationStore = storeOf(save, remove, now);
  return { authorize: authorizeBy(find), connectByToken, installationStore, slackFor, remove };
}

/** Finds an installation and remembers it for a while. */
function createLookUp(config: Config, clientOptions: WebClientOptions) {
  const kept = new Map<string, Connected & { until: number }>();

  async function find(workspaceId: string): Promise<Connected | null> {
    const known = kept.get(workspaceId);
    if (known && known.until > Date.now()) return known;
    const workspace = await findWorkspace(workspaceId);
    if (!workspace) return null;
    const token = opened(workspace.botToken, config);
    const options = { ...clientOptions, teamId: workspace.id };
    const clients = { client: new WebClient(token, options), quickClient: new WebClient(token, quickOptions(options)) };
    const entry = { workspace, ...clients, until: Date.now() + KEPT_MS };
    kept.set(workspaceId, entry);
    return entry;
  }

  return { find, forget: (workspaceId: string) => void kept.delete(workspaceId) };
}

/** A single workspace connected by its bot token needs no TOKEN_KEY: the token stands in the environment anyway. */
function stored(token: string, { TOKEN_KEY }: Config): string {
  return TOKEN_KEY ? seal(token, TOKEN_KEY) : 'environment';
}

function opened(token: string, { SLACK_BOT_TOKEN, TOKEN_KEY }: Config): string {
  return token === 'environment' ? (SLACK_BOT_TOKEN ?? '') : unseal(token, TOKEN_KEY ? [TOKEN_KEY] : []);
}

const authorizeBy =
  (find: (workspaceId: string) => Promise<Connected | null>): Authorize<boolean> =>
  async ({ teamId, enterpriseId, isEnterpriseInstall }) => {
    const id: unknown = isEnterpriseInstall ? enterpriseId : teamId;
    // Bolt hands on what the payload holds: an object here would be a query of its own.
    const found = typeof id === 'string' && id ? await find(id) : null;
    if (!found) throw new Refusal('workspace-unknown');
    const { workspace, client, quickClient } = found;
    return {
      botToken: client.token,
      botUserId: workspace.botUserId,
      ...(workspace.botId ? { botId: workspace.botId } : {}),
      ...(teamId ? { teamId } : {}),
      ...(workspace.enterpriseId ? { enterpriseId: workspace.enterpriseId } : {}),
      home: { id: workspace.id, enterpriseId: workspace.enterpriseId },
      quickClient,
    };
  };

/** The single workspace of SLACK_BOT_TOKEN, as Slack names it. */
async function workspaceOfToken(token: string, clientOptions: WebClientOptions, at: Date): Promise<Workspace> {
  const client = new WebClient(token, clientOptions);
  const { team_id, team, enterprise_id, user_id, bot_id } = await client.auth.test();
  if (!team_id || !user_id) throw new Error('Slack did not name the workspace of SLACK_BOT_TOKEN');
  const known = await findWorkspace(team_id);
  return {
    id: team_id,
    enterpriseId: enterprise_id ?? null,
    name: team ?? team_id,
    botToken: token,
    botUserId: user_id,
    botId: bot_id ?? null,
    installedBy: known?.installedBy ?? null,
    installedAt: known?.installedAt ?? at,
  };
}

function storeOf(
  save: (workspace: Workspace) => Promise<void>,
  remove: (workspaceId: string, at: Date) => Promise<boolean>,
  now: Deps['now'],
): InstallationStore {
  return {
    storeInstallation: async (installation) => save(fromInstallation(installation, now())),
    fetchInstallation: async () => {
      throw new Error('tokens are looked up by `authorize`');
    },
    deleteInstallation: async ({ teamId, enterpriseId, isEnterpriseInstall }) => {
      const id = isEnterpriseInstall ? enterpriseId : teamId;
      if (id) await remove(id, now());
    },
  };
}

function fromInstallation(installation: Installation, at: Date): Workspace {
  const { team, enterprise, bot, user, isEnterpriseInstall } = installation;
  const id = isEnterpriseInstall ? enterprise?.id : team?.id;
  if (!id || !bot) throw new Error('Slack sent an installation without a workspace or a bot');
  const name = (isEnterpriseInstall ? enterprise?.name : team?.name) ?? id;
  return {
    id,
    enterpriseId: enterprise?.id ?? null,
    name,
    botToken: bot.token,
    botUserId: bot.userId,
    botId: bot.id,
    installedBy: user.id,
    installedAt: at,
  };
}

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
