import { setTimeout as pause } from 'node:timers/promises';
import type { Company } from '../companies/company.ts';
import { eachCompany } from '../companies/company-repository.ts';
import { Refusal } from '../errors.ts';
import { fitProfile } from '../fit/fit-profile.ts';
import { createRanking, type RankedCompany } from '../fit/rank-companies.ts';
import { getProgramme } from '../programme/programme-repository.ts';

/** Ranks the workspace's companies that pass `include`, by default all that were not turned down, and whose text has every word.
 *  `candidates` counts those that were ranked: gated companies are not among them. Refuses `setup-incomplete`. */
export async function rankCandidates(
  workspaceId: string,
  { top, words = '', include = isOpen }: { top: number; words?: string; include?: (company: Company) => boolean },
): Promise<{ candidates: number; ranked: RankedCompany[] }> {
  const profile = fitProfile(await getProgramme(workspaceId));
  if (!profile) throw new Refusal('setup-incomplete', { step: 'company' });
  const ranking = createRanking(profile, { top });
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  for await (const batch of eachCompany(workspaceId)) {
    for (const company of batch) if (include(company) && hasWords(company, wanted)) ranking.add(company);
    // Lets Slack's requests through between batches: acknowledging comes before ranking.
    await pause(0);
  }
  const { candidates, gated, ranked } = ranking.result();
  return { candidates: candidates - gated, ranked };
}

function isOpen({ decision }: Company): boolean {
  return decision?.kind !== 'not-fit';
}

function hasWords(company: Company, wanted: string[]): boolean {
  if (wanted.length === 0) return true;
  const { name, domain, oneLiner, description, industries, tags, locations, aliases } = company;
  const text = [name, domain, oneLiner, description, ...industries, ...tags, ...locations, ...aliases].join('\n').toLowerCase();
  return wanted.every((word) => text.includes(word));
}
