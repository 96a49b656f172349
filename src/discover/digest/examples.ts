import { inSlices } from '../../platform/slices.ts';
import type { CompanyDecision } from '../../programme/companies/company.ts';
import { idsByDomain, listCompaniesByIds } from '../../programme/companies/company-repository.ts';
import { domainOf } from '../../programme/companies/domain-name.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import type { FitProfile } from '../fit/fit.ts';
import { getFitProfile } from '../fit/fit-profile.ts';
import { gateKeeper } from '../fit/gates.ts';
import type { KeptReading } from '../fit/kept-reading.ts';
import { exampleOf, type Known, type Likeness, measureLikeness } from '../fit/like-examples.ts';

/** Companies as they were read: `changes` is another number after each change, `likeness` what was last measured. */
type Read = {
  rows: readonly { id: string; decision: CompanyDecision | null; reading: KeptReading }[];
  changes: number;
  profile: FitProfile;
  likeness: Likeness | undefined;
};

/** Partners before companies that the team went for, and the newest of each first. */
const MOST_EXAMPLES = 30;

/** How like the workspace's good examples its companies are: partners, by decision or by the list of set-up, and those the team went for. What
 *  was measured stays until an example, a company or a list changes. Undefined where there is no example. */
export async function likenessIn(workspaceId: string, kept: Read): Promise<Likeness | undefined> {
  const [known, profile] = await Promise.all([examplesIn(workspaceId, kept), getFitProfile(workspaceId)]);
  if (!profile) return undefined;
  const { competitors, leaveOut, suppressed } = profile;
  if (known.size === 0) return undefined;
  const key = JSON.stringify([
    kept.changes,
    competitors,
    leaveOut,
    suppressed,
    [...known].map(([id, { kind, since }]) => [id, kind, since?.getTime()]),
  ]);
  if (kept.likeness?.key === key) return kept.likeness;
  const gate = gateKeeper(profile);
  const stored = await listCompaniesByIds(workspaceId, [...known.keys()]);
  // Of those left out only partners are named.
  const companies = stored.filter((company) => known.get(company.id)?.kind === 'partner' || !gate(company));
  if (companies.length === 0) return undefined;
  const examples = companies.map((company) => exampleOf(company, known.get(company.id) ?? { kind: 'partner', since: null }));
  return await inSlices(measureLikeness(kept.rows, examples, kept.profile.partnerTypesWanted, key));
}

async function examplesIn(workspaceId: string, { rows }: Read): Promise<Map<string, Known>> {
  const { leaveOut } = await getProgramme(workspaceId);
  const domains = leaveOut.existing.flatMap((entry) => domainOf(entry) ?? []);
  const listed = domains.length > 0 ? await idsByDomain(workspaceId, domains) : new Map<string, string>();
  const decided: [string, Known & { since: Date }][] = [];
  for (const { id, decision } of rows)
    if (decision?.kind === 'partner' || decision?.kind === 'pursued') decided.push([id, { kind: decision.kind, since: decision.at }]);
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
