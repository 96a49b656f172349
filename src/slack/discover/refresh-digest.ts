import { learnWeightsJob } from '../../../jobs/discover/learn-weights.ts';
import { showDigestJob } from '../../../jobs/discover/show-digest.ts';
import type { Deps } from '../../deps.ts';
import { findDigestOf } from '../../discover/digest/digest-repository.ts';

/** After a decision: brings the line of a company in its digest up to date, if it was ever in one, and lets the weights learn. */
export async function refreshDigestOf(workspaceId: string, companyId: string, { enqueue }: Pick<Deps, 'enqueue'>): Promise<void> {
  const digest = await findDigestOf(workspaceId, companyId);
  if (digest) await enqueue(showDigestJob, { workspaceId, digestId: digest.id });
  await enqueue(learnWeightsJob, { workspaceId });
}
