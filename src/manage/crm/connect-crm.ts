import type { Deps } from '../../deps.ts';
import { listWorkspaceIds } from '../../programme/workspaces/workspace-repository.ts';
import type { CrmAdapter } from './crm-adapter.ts';
import { createHubspot } from './hubspot.ts';
import { createSalesforce } from './salesforce.ts';

type Settings = { HUBSPOT_TOKEN?: string | undefined; HUBSPOT_API_URL: string } & {
  [Name in 'SALESFORCE_URL' | 'SALESFORCE_CLIENT_ID' | 'SALESFORCE_CLIENT_SECRET' | 'SALESFORCE_CURRENCY']?: string | undefined;
};

/** The CRM that the environment names, HubSpot or Salesforce; null when it names none. */
export function createCrm(config: Settings): CrmAdapter | null {
  if (config.HUBSPOT_TOKEN) return createHubspot({ token: config.HUBSPOT_TOKEN, apiUrl: config.HUBSPOT_API_URL });
  const { SALESFORCE_URL: url, SALESFORCE_CLIENT_ID: clientId, SALESFORCE_CLIENT_SECRET: clientSecret } = config;
  if (!url || !clientId || !clientSecret) return null;
  return createSalesforce({ url, clientId, clientSecret, currency: config.SALESFORCE_CURRENCY });
}

/** The workspace that the CRM of the environment belongs to: the only one that has installed the app. With several it is nobody's, because nothing says
 *  whose it is, and no workspace sees another's data. */
export async function workspaceOfCrm(): Promise<string | null> {
  const [first, ...others] = await listWorkspaceIds();
  return first && others.length === 0 ? first : null;
}

/** The CRM of this workspace; null when there is none. */
export async function crmOf(workspaceId: string, { crm }: Pick<Deps, 'crm'>): Promise<CrmAdapter | null> {
  return crm && (await workspaceOfCrm()) === workspaceId ? crm : null;
}
