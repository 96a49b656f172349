import type { Deps } from '../../deps.ts';
import { listWorkspaceIds } from '../../programme/workspaces/workspace-repository.ts';
import type { CrmAdapter } from './crm-adapter.ts';
import { createHubspot } from './hubspot.ts';
import { createSalesforce } from './salesforce.ts';
import { listWorkspacesRead } from './sync-repository.ts';

type Settings = { HUBSPOT_TOKEN?: string | undefined; HUBSPOT_API_URL: string; CRM_WORKSPACE?: string | undefined } & {
  [Name in 'SALESFORCE_URL' | 'SALESFORCE_CLIENT_ID' | 'SALESFORCE_CLIENT_SECRET' | 'SALESFORCE_CURRENCY']?: string | undefined;
};

/** The CRM that the environment names, HubSpot or Salesforce; null when it names none. */
export function createCrm(config: Settings): CrmAdapter | null {
  const workspaceId = config.CRM_WORKSPACE;
  if (config.HUBSPOT_TOKEN) return { ...createHubspot({ token: config.HUBSPOT_TOKEN, apiUrl: config.HUBSPOT_API_URL }), workspaceId };
  const { SALESFORCE_URL: url, SALESFORCE_CLIENT_ID: clientId, SALESFORCE_CLIENT_SECRET: clientSecret } = config;
  if (!url || !clientId || !clientSecret) return null;
  return { ...createSalesforce({ url, clientId, clientSecret, currency: config.SALESFORCE_CURRENCY }), workspaceId };
}

/** The workspace that the CRM of the environment belongs to: the one that `CRM_WORKSPACE` names, while it has the app. Without that, the only one that has
 *  installed the app, unless the CRM was read for another before, which may have left. Else it is nobody's, because nothing says whose it is, and no
 *  workspace sees another's data. */
export async function workspaceOfCrm({ workspaceId }: Pick<CrmAdapter, 'workspaceId'>): Promise<string | null> {
  const installed = await listWorkspaceIds();
  if (workspaceId) return installed.includes(workspaceId) ? workspaceId : null;
  const [only, ...others] = installed;
  if (!only || others.length > 0) return null;
  return (await listWorkspacesRead()).every((id) => id === only) ? only : null;
}

/** The CRM of this workspace; null when there is none. */
export async function crmOf(workspaceId: string, { crm }: Pick<Deps, 'crm'>): Promise<CrmAdapter | null> {
  return crm && (await workspaceOfCrm(crm)) === workspaceId ? crm : null;
}
