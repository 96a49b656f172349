import type { Authorize, Installation, InstallationStore } from '@slack/bolt';
import { WebClient, type WebClientOptions } from '@slack/web-api';
import { adoptCompanies } from '../companies/adopt-companies.ts';
import type { Config } from '../config.ts';
import type { Deps } from '../deps.ts';
import { Refusal } from '../errors.ts';
import { grantFirstAdmin } from '../workspaces/change-role.ts';
import { seal, unseal } from '../workspaces/seal.ts';
import { UNCONNECTED, type Workspace } from '../workspaces/workspace.ts';
import { findWorkspace, listWorkspaceIds, removeWorkspace, saveWorkspace } from '../workspaces/workspace-repository.ts';

/** How long an installation is remembered in memory; another process may remove it meanwhile. */
const KEPT_MS = 60_000;

export type Installations = ReturnType<typeof createInstallations>;

/** Who has installed the app: tokens sealed in the database, looked up by team id alone. A submission from a shared channel names
 *  the other company's enterprise, so matching both ids would fail (docs.slack.dev/apis/slack-connect). */
export function createInstallations(config: Config, clientOptions: WebClientOptions, now: Deps['now']) {
  const kept = new Map<string, { workspace: Workspace; client: WebClient; until: number }>();
  // A single workspace connected by its bot token needs no TOKEN_KEY: the token stands in the environment anyway.
  const protect = (token: string) => (config.TOKEN_KEY ? seal(token, config.TOKEN_KEY) : 'environment');
  const open = (stored: string) => (stored === 'environment' ? (config.SLACK_BOT_TOKEN ?? '') : unseal(stored, config.TOKEN_KEY ?? ''));

  async function find(workspaceId: string) {
    const known = kept.get(workspaceId);
    if (known && known.until > Date.now()) return known;
    const workspace = await findWorkspace(workspaceId);
    if (!workspace) return null;
    const client = new WebClient(open(workspace.botToken), { ...clientOptions, teamId: workspace.id });
    const entry = { workspace, client, until: Date.now() + KEPT_MS };
    kept.set(workspaceId, entry);
    return entry;
  }

  async function save(workspace: Workspace): Promise<void> {
    const isFirst = (await listWorkspaceIds()).length === 0;
    await saveWorkspace({ ...workspace, botToken: protect(workspace.botToken) });
    kept.delete(workspace.id);
    if (isFirst) await adoptCompanies(UNCONNECTED, workspace.id);
    if (workspace.installedBy) await grantFirstAdmin(workspace.id, workspace.installedBy, now());
  }

  async function remove(workspaceId: string): Promise<void> {
    kept.delete(workspaceId);
    await removeWorkspace(workspaceId);
  }

  const authorize: Authorize<boolean> = async ({ teamId, enterpriseId, isEnterpriseInstall }) => {
    const id = isEnterpriseInstall ? enterpriseId : teamId;
    const found = id ? await find(id) : null;
    if (!found) throw new Refusal('workspace-unknown');
    const { workspace, client } = found;
    return {
      botToken: client.token,
      botUserId: workspace.botUserId,
      ...(workspace.botId ? { botId: workspace.botId } : {}),
      ...(teamId ? { teamId } : {}),
      ...(workspace.enterpriseId ? { enterpriseId: workspace.enterpriseId } : {}),
      home: { id: workspace.id, enterpriseId: workspace.enterpriseId },
    };
  };

  /** The single workspace of SLACK_BOT_TOKEN, as Slack names it. */
  async function connectByToken(token: string): Promise<Workspace> {
    const client = new WebClient(token, clientOptions);
    const { team_id, team, enterprise_id, user_id, bot_id } = await client.auth.test();
    if (!team_id || !user_id) throw new Error('Slack did not name the workspace of SLACK_BOT_TOKEN');
    const known = await findWorkspace(team_id);
    const workspace: Workspace = {
      id: team_id,
      enterpriseId: enterprise_id ?? null,
      name: team ?? team_id,
      botToken: token,
      botUserId: user_id,
      botId: bot_id ?? null,
      installedBy: known?.installedBy ?? null,
      installedAt: known?.installedAt ?? now(),
    };
    await save(workspace);
    return workspace;
  }

  const installationStore: InstallationStore = {
    storeInstallation: async (installation) => save(fromInstallation(installation, now())),
    fetchInstallation: async () => {
      throw new Error('tokens are looked up by `authorize`');
    },
    deleteInstallation: async ({ teamId, enterpriseId, isEnterpriseInstall }) => {
      const id = isEnterpriseInstall ? enterpriseId : teamId;
      if (id) await remove(id);
    },
  };

  const slackFor: Deps['slackFor'] = async (workspaceId) => {
    const found = await find(workspaceId);
    if (!found) throw new Refusal('workspace-unknown', { workspace: workspaceId });
    return found.client;
  };

  return { authorize, connectByToken, installationStore, slackFor, remove };
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
