import type { WebClient } from '@slack/web-api';
import { companyThread } from '../../../blocks/recruit/draft-card.ts';
import { Refusal } from '../../errors.ts';
import { getCompany } from '../../programme/companies/company-repository.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import { showOnce } from '../post-once.ts';
import { findPost, type Place } from '../post-repository.ts';

/** Where a company's own thread stands in the team channel; it is started when there is none. Refuses `setup-incomplete`, and what
 *  `showOnce` refuses. */
export async function companyThreadPlace(
  client: WebClient,
  { workspaceId, companyId, companyName }: { workspaceId: string; companyId: string; companyName: string },
): Promise<Place> {
  const { digest } = await getProgramme(workspaceId);
  if (!digest) throw new Refusal('setup-incomplete', { step: 'digest' });
  const key = `company:${companyId}`;
  const known = await findPost(workspaceId, key);
  if (known) return known;
  const { domain } = await getCompany(workspaceId, companyId);
  const head = companyThread(companyName, domain);
  return showOnce(client, { workspaceId, key, channel: digest.channel }, head.text, async () => head);
}
