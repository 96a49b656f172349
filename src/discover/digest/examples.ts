import { inSlices } from '../../platform/slices.ts';
import { idsByDomain, listCompaniesByIds } from '../../programme/companies/company-repository.ts';
import { registrableDomain } from '../../programme/companies/domain-name.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import { exampleOf, type Known, type Likeness, measureLikeness } from '../fit/like-examples.ts';
import type { KeptRanking } from './kept-ranking.ts';

/** Partners before companies that the team went for, and the newest of each first. */
const MOST_EXAMPLES = 30;

/** How like the workspace's good examples its companies are: partners, by decision or by the list of set-up, and those the team went for. What
 *  was measured is kept with the ranking until an example or a company changes. Undefined where there is no example. */
export async function likenessIn(workspaceId: string, kept: KeptRanking): Promise<Likeness | undefined> {
  const known = await examplesIn(workspaceId, kept);
  if (known.size === 0) return undefined;
  const key = JSON.stringify([kept.changes, [...known].map(([id, { kind, since }]) => [id, kind, since?.getTime()])]);
  if (kept.likeness?.key === key) return kept.likeness;
  const companies = await listCompaniesByIds(workspaceId, [...known.keys()]);
  const examples = companies.map((company) => exampleOf(company, known.get(company.id) ?? { kind: 'partner', since: null }));
  kept.likeness = await inSlices(measureLikeness(kept.rows, examples, kept.profile.partnerTypesWanted, key));
  return kept.likeness;
}

async function examplesIn(workspaceId: string, { rows, ranking }: KeptRanking): Promise<Map<string, Known>> {
  const { leaveOut } = await getProgramme(workspaceId);
  const domains = leaveOut.existing.flatMap((entry) => {
    const found = registrableDomain(entry);
    return 'domain' in found ? found.domain : [];
  });
  const listed = domains.length > 0 ? await idsByDomain(workspaceId, domains) : new Map<string, string>();
  const decided: [string, Known & { since: Date }][] = [];
  for (const [place, { id, decision }] of rows.entries()) {
    // Of those left out only partners are named.
    if (decision?.kind === 'partner' || (decision?.kind === 'pursued' && !ranking.isGated(place)))
      decided.push([id, { kind: decision.kind, since: decision.at }]);
  }
  decided.sort(([, a], [, b]) => Number(b.kind === 'partner') - Number(a.kind === 'partner') || b.since.getTime() - a.since.getTime());
  const partners = [...listed.values()].map((id): [string, Known] => [id, { kind: 'partner', since: null }]);
  // Who is on the list and was decided on too has a date.
  const withDate = new Set(decided.flatMap(([id, { kind }]) => (kind === 'partner' ? id : [])));
  const all = [
    ...decided.filter(([, { kind }]) => kind === 'partner'),
    ...partners.filter(([id]) => !withDate.has(id)),
    ...decided.filter(([id, { kind }]) => kind === 'pursued' && !partners.some(([listedId]) => listedId === id)),
  ];
  return new Map(all.slice(0, MOST_EXAMPLES));
}
