import type { Company, Snapshot } from '../companies/company.ts';
import { findDigestOf } from '../digest/digest-repository.ts';
import { fitProfile } from '../fit/fit-profile.ts';
import { scoreCompany } from '../fit/score-company.ts';
import { getProgramme } from '../programme/programme-repository.ts';
import { mapWeights } from './weight-bounds.ts';
import { customWeights } from './weights-repository.ts';

/** With the same weight for all, points are shares in whole thousandths, also for criteria that count little or nothing. */
const EVEN = mapWeights(() => 100);

/** How a company stood when the team was last shown it, else how it stands by itself at this moment; null until set-up says whom we look
 *  for. */
export async function takeSnapshot(company: Company): Promise<Snapshot | null> {
  const { workspaceId, id } = company;
  const shown = (await findDigestOf(workspaceId, id))?.items.find(({ companyId }) => companyId === id);
  if (shown?.shares) return { type: shown.type, shares: shown.shares };
  const [programme, weights] = await Promise.all([getProgramme(workspaceId), customWeights(workspaceId)]);
  const profile = fitProfile(programme);
  if (!profile) return null;
  const { type } = scoreCompany(profile, company, undefined, weights);
  const { reasons } = scoreCompany(profile, company, type, { [type]: EVEN });
  return {
    type,
    shares: Object.fromEntries(reasons.map(({ criterion, points, max }) => [criterion, Math.round((1000 * points) / max) / 1000])),
  };
}
