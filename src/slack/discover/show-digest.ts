import type { WebClient } from '@slack/web-api';
import { digestCard, digestTitle } from '../../../blocks/discover/digest-card.ts';
import type { Digest } from '../../discover/digest/digest.ts';
import { getDigest, markPosted } from '../../discover/digest/digest-repository.ts';
import { getFitProfile } from '../../discover/fit/fit-profile.ts';
import { gateKeeper } from '../../discover/fit/gates.ts';
import { isGone } from '../../discover/fit/holds.ts';
import { Refusal } from '../../errors.ts';
import type { CompanyDecision } from '../../programme/companies/company.ts';
import { listCompaniesByIds } from '../../programme/companies/company-repository.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import { type Message, showOnce } from '../post-once.ts';

/** Posts a digest into the team channel, or brings its message up to date with what has been decided. */
export async function showDigest(client: WebClient, workspaceId: string, digestId: string, at: Date): Promise<void> {
  const digest = await getDigest(workspaceId, digestId);
  const { digest: settings } = await getProgramme(workspaceId);
  if (!settings) throw new Refusal('setup-incomplete', { step: 'digest' });
  const companyIds = digest.items.map(({ companyId }) => companyId);
  const render = async (): Promise<Message> => {
    const [companies, profile] = await Promise.all([listCompaniesByIds(workspaceId, companyIds), getFitProfile(workspaceId)]);
    const gate = profile ? gateKeeper(profile) : () => null;
    const decisions = new Map(companies.map(({ id, decision }) => [id, isLapsed(decision, digest) ? null : decision]));
    const stages = new Map(companies.flatMap(({ id, stage }) => (stage ? [[id, stage] as const] : [])));
    // Chosen before it was named a competitor, say, or asked for silence. What the team decided on stays, with the decision.
    const closed = new Set(
      companies.flatMap((company) => (decisions.get(company.id) === null && (gate(company) || isGone(company)) ? company.id : [])),
    );
    const open = { ...digest, items: digest.items.filter(({ companyId }) => !closed.has(companyId)) };
    return { text: digestTitle(open), blocks: digestCard(open, decisions, stages) };
  };
  const to = { kind: 'internal-channel', channel: settings.channel } as const;
  await showOnce(client, { workspaceId, key: `digest:${digestId}`, to }, digestTitle(digest), render);
  await markPosted(workspaceId, digestId, at);
}

/** Put off until a day before this digest: that is why it is in it, and it waits for a new decision. */
function isLapsed(decision: CompanyDecision | null, { createdAt }: Digest): boolean {
  return decision?.kind === 'later' && decision.until <= createdAt;
}
