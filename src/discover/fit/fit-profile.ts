import { listPartners } from '../../programme/companies/save-decision.ts';
import type { Programme } from '../../programme/setup/programme.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import { listGatedHashes } from '../../programme/suppression/suppression-repository.ts';
import type { FitProfile } from './fit.ts';

/** What the fit score reads of the settings; null until the company part of set-up is done. `suppressed` are the hashes of companies and
 *  domains under silence, `partners` names and domains of those who became partners here. */
export function fitProfile(
  { workspaceId, company, leaveOut, corrected }: Programme,
  suppressed: string[],
  partners: string[] = [],
): FitProfile | null {
  if (!company) return null;
  return {
    name: company.name,
    sells: company.sells,
    customers: company.customers,
    geography: company.regions,
    partnerTypesWanted: company.partnerTypes,
    competitors: leaveOut.competitors,
    existing: [...leaveOut.existing, company.website, ...partners],
    leaveOut: leaveOut.customers,
    ...(suppressed.length > 0 ? { suppressed: { workspaceId, hashes: suppressed } } : {}),
    ...(corrected ? { corrected } : {}),
  };
}

export async function getFitProfile(workspaceId: string): Promise<FitProfile | null> {
  const [programme, suppressed, partners] = await Promise.all([
    getProgramme(workspaceId),
    listGatedHashes(workspaceId),
    listPartners(workspaceId),
  ]);
  return fitProfile(programme, suppressed, partners);
}
