import type { Programme } from '../programme/programme.ts';
import type { FitProfile } from './fit.ts';

/** What the fit score reads of the settings; null until the company part of set-up is done. */
export function fitProfile({ company, leaveOut, corrected }: Programme): FitProfile | null {
  if (!company) return null;
  return {
    name: company.name,
    sells: company.sells,
    customers: company.customers,
    geography: company.regions,
    partnerTypesWanted: company.partnerTypes,
    competitors: leaveOut.competitors,
    existing: [...leaveOut.existing, company.website],
    leaveOut: leaveOut.customers,
    ...(corrected ? { corrected } : {}),
  };
}
