import type { KnownBlock } from '@slack/types';
import { alsoMatching, unknownCompany, whyNotBlocks } from '../../../blocks/discover/why-not.ts';
import { escaped } from '../../../blocks/mrkdwn.ts';
import { whyNot } from '../../discover/digest/why-not.ts';
import { getFitProfile } from '../../discover/fit/fit-profile.ts';
import { gateKeeper } from '../../discover/fit/gates.ts';
import { Refusal } from '../../errors.ts';
import { findCompaniesByName } from '../../programme/companies/company-repository.ts';
import { findNearNames } from '../../programme/companies/near-names.ts';

const MOST_NAMES = 5;

/** Why the company a person means is not in a digest, by default the latest; one that is not on file is answered with the nearest
 *  names. Gated companies are named only to who asks for them by name. Refuses `setup-incomplete`. */
export async function whyPage(
  workspaceId: string,
  words: string,
  { digestId, at }: { digestId: string | null; at: Date },
): Promise<{ text: string; blocks: KnownBlock[] }> {
  const profile = await getFitProfile(workspaceId);
  if (!profile) throw new Refusal('setup-incomplete', { step: 'company' });
  const gate = gateKeeper(profile);
  const [company, ...others] = await findCompaniesByName(workspaceId, words, MOST_NAMES + 1);
  const text = `Why not ${escaped(company?.name ?? words)}?`;
  if (!company) {
    const near = await findNearNames(workspaceId, words, MOST_NAMES, (named) => gate(named) === null);
    return { text, blocks: unknownCompany(words, near) };
  }
  const blocks = whyNotBlocks(await whyNot(company, digestId, at));
  return { text, blocks: [...blocks, ...alsoMatching(others.filter((other) => gate(other) === null))] };
}
