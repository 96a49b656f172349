import type { Company, Snapshot } from '../../programme/companies/company.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import type { Reason } from '../fit/fit.ts';
import { findDigestOf } from './digest-repository.ts';
import { fitAmongOthers } from './rank-candidates.ts';

/** How a company stood when the team was last shown it, else how the list and its details show it at this moment; null until set-up
 *  says whom we look for. */
export async function takeSnapshot(company: Company, at: Date): Promise<Snapshot | null> {
  const { workspaceId, id } = company;
  const shown = (await findDigestOf(workspaceId, id))?.items.find(({ companyId }) => companyId === id);
  if (shown?.shares) return { type: shown.type, shares: shown.shares };
  const { company: own } = await getProgramme(workspaceId);
  if (!own) return null;
  const { type, reasons } = await fitAmongOthers(workspaceId, company, at);
  return { type, shares: sharesOf(reasons) };
}

/** The share (0–1) of every criterion that is known and counts. */
export function sharesOf(reasons: readonly Reason[]): Record<string, number> {
  return Object.fromEntries(reasons.flatMap(({ criterion, points, max }) => (max > 0 ? [[criterion, points / max]] : [])));
}
