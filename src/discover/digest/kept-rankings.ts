import type { FitProfile } from '../fit/fit.ts';
import { createRanking, type Ranking } from '../fit/rank-companies.ts';

/** What was read of a workspace's companies for its profile; `versions` tells by id in which state each
 *  was read. */
export type KeptRanking = { ranking: Ranking; versions: Map<string, string> };

type Kept = KeptRanking & { profile: string; busy: Promise<unknown> };

/** Of the workspaces asked for last: some hundred bytes a company each. A restart loses nothing but the time to read them again. */
const MOST_KEPT = 4;
const kept = new Map<string, Kept>();

/** Calls `work` with what was read before for the same profile, or with nothing read yet; one call at a time for each workspace. */
export async function withRanking<Result>(
  workspaceId: string,
  profile: FitProfile,
  work: (kept: KeptRanking) => Promise<Result>,
): Promise<Result> {
  const key = JSON.stringify(profile);
  const known = kept.get(workspaceId);
  const entry: Kept =
    known?.profile === key ? known : { ranking: createRanking(profile), versions: new Map(), profile: key, busy: Promise.resolve() };
  kept.delete(workspaceId);
  kept.set(workspaceId, entry);
  for (const oldest of [...kept.keys()].slice(0, -MOST_KEPT)) kept.delete(oldest);
  const done = entry.busy.then(() => work(entry));
  // Whoever comes next waits for the end of this, however it ends.
  entry.busy = done.catch(() => {});
  return await done;
}
