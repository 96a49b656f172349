import { inSlices } from '../../platform/slices.ts';
import type { Company, CompanyDecision } from '../../programme/companies/company.ts';
import { nothingRead, readChanges, shareRuns } from '../../programme/companies/company-changes.ts';
import { namesOf } from '../../programme/companies/company-names.ts';
import { toCompany } from '../../programme/companies/company-repository.ts';
import type { FitProfile } from '../fit/fit.ts';
import { type KeptReading, keepReading } from '../fit/kept-reading.ts';
import { createRanking, type Ranking } from '../fit/rank-companies.ts';

/** What is kept of a company beside its row in the ranking. */
export type OnFile = { id: string; decision: CompanyDecision | null; reading: KeptReading };

/** What was read of a workspace's companies for its profile, as they are now. */
export type KeptRanking = { ranking: Ranking; companies: ReadonlyMap<string, OnFile> };

type Kept = {
  ranking: Ranking;
  companies: Map<string, OnFile & { facts: string }>;
  /** Of the settings, what each company is read for; another needs another ranking. */
  target: string;
  /** Whom it leaves out; another only opens and closes gates. */
  profile: FitProfile;
  refresh: () => Promise<void>;
  /** The end of all that was asked so far. */
  busy: Promise<unknown>;
};

/** Companies kept, of all workspaces together: those asked for last, about 2 kB each. A restart loses nothing but the time to read them. */
const MOST_KEPT = 250_000;
/** What a workspace takes beside its companies, in companies. */
const EACH_TAKES = 2_500;
const kept = new Map<string, Kept>();

/** Calls `work` with the workspace's ranking for the profile, brought up to date with what has changed: whoever asks while that is being
 *  done shares the next time it is. `work` is done by one at a time for each workspace. */
export async function withRanking<Result>(
  workspaceId: string,
  profile: FitProfile,
  work: (kept: KeptRanking) => Promise<Result>,
): Promise<Result> {
  const target = targetOf(profile);
  const known = kept.get(workspaceId);
  const entry = known?.target === target ? known : newRanking(workspaceId, profile, target);
  kept.delete(workspaceId);
  kept.set(workspaceId, entry);
  entry.profile = profile;
  await entry.refresh();
  forgetOldest();
  return await inTurn(entry, () => work(entry));
}

function inTurn<Result>(entry: Kept, work: () => Promise<Result>): Promise<Result> {
  const done = entry.busy.then(work);
  // Whoever comes next waits for the end of this, however it ends.
  entry.busy = done.catch(() => {});
  return done;
}

function newRanking(workspaceId: string, profile: FitProfile, target: string): Kept {
  const ranking = createRanking(profile);
  const companies: Kept['companies'] = new Map();
  const readSoFar = nothingRead();
  let gates = gatesOf(profile);
  const take = async (anew: boolean, batch: Company[]) => {
    if (anew) companies.clear();
    if (anew) ranking.drop(() => true);
    await inSlices(readBatch(ranking, companies, batch));
  };
  const bringUpToDate = async () => {
    const { profile: now } = entry;
    const changed = gatesOf(now);
    if (changed !== gates) {
      // The names may be a moment newer or older than what is read here; what follows is read with the new gates anyway.
      await inSlices(ranking.regate(now, (await namesOf(workspaceId)).values()));
      gates = changed;
    }
    for await (const { anew, companies: stored } of readChanges(workspaceId, readSoFar)) await take(anew, stored.map(toCompany));
  };
  const entry: Kept = {
    ranking,
    companies,
    target,
    profile,
    refresh: shareRuns(() => inTurn(entry, bringUpToDate)),
    busy: Promise.resolve(),
  };
  return entry;
}

function* readBatch(ranking: Ranking, companies: Kept['companies'], batch: readonly Company[]) {
  for (const company of batch) {
    const { id, decision } = company;
    const facts = stateOf(company);
    const known = companies.get(id);
    if (known?.facts === facts) known.decision = decision;
    else companies.set(id, { id, decision, facts, reading: keepReading(company, ranking.add(company)) });
    yield;
  }
}

/** Changes with the facts, also when two changes bear the same time, and when one was only read again. */
function stateOf({ updatedAt, origin, origins, teamSize, sizeBand, ...facts }: Company): string {
  const { name, oneLiner, description, industries, tags, locations, integrations = [] } = facts;
  const sizes = [name, oneLiner, description, ...[industries, tags, locations, integrations].map((list) => list.join())].map(
    ({ length }) => length,
  );
  const read = [origin, ...Object.values(origins)].map(({ at }) => at.getTime());
  return [updatedAt.getTime(), ...sizes, teamSize, sizeBand, ...read].join();
}

function targetOf({ sells, customers, geography, partnerTypesWanted, corrected }: FitProfile): string {
  return JSON.stringify([sells, customers, geography, partnerTypesWanted, corrected]);
}

function gatesOf({ name, competitors, existing, leaveOut, suppressed }: FitProfile): string {
  return JSON.stringify([name, competitors, existing, leaveOut, suppressed]);
}

function forgetOldest(): void {
  const weight = ({ companies }: Kept) => companies.size + EACH_TAKES;
  let all = [...kept.values()].reduce((sum, one) => sum + weight(one), 0);
  for (const [workspaceId, one] of [...kept].slice(0, -1)) {
    if (all <= MOST_KEPT) return;
    all -= weight(one);
    kept.delete(workspaceId);
  }
}
