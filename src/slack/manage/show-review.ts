import type { WebClient } from '@slack/web-api';
import { REVIEW_NOTICE, reviewCard } from '../../../blocks/manage/review-card.ts';
import type { Deps } from '../../deps.ts';
import { Refusal } from '../../errors.ts';
import { getDealRules } from '../../manage/deal-rules/deal-rules-repository.ts';
import type { Deal } from '../../manage/deals/deal.ts';
import { getDeal } from '../../manage/deals/deal-repository.ts';
import { readReview } from '../../manage/deals/read-review.ts';
import type { Partner } from '../../onboard/partners/partner.ts';
import { tellOwner } from '../onboard/tell-owner.ts';
import { showOnce } from '../post-once.ts';
import { findPost, forgetPost } from '../post-repository.ts';

/** Names the card of a review. */
export function reviewKey(dealId: string): string {
  return `deal:${dealId}`;
}

/** Shows a review where the workspace wants it, or brings it up to date where it stands: in the deal channel, else to the partner's owner. A channel that
 *  is not the team's own any more gets nothing: then the owner is told. */
export async function showReview(
  client: WebClient,
  { workspaceId, id }: Deal,
  partner: Partner,
  { log, now }: Pick<Deps, 'log' | 'now'>,
): Promise<void> {
  const key = reviewKey(id);
  const render = async () => reviewCard(await readReview(await getDeal(workspaceId, id), now()));
  const known = await findPost(workspaceId, key);
  // Direct messages begin with a D: there it stays with whoever it was sent to.
  const channel = known ? (known.channel.startsWith('D') ? null : known.channel) : (await getDealRules(workspaceId)).channel;
  if (channel) {
    try {
      await showOnce(client, { workspaceId, key, to: { kind: 'internal-channel', channel } }, REVIEW_NOTICE, render);
      return;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      log.warn({ workspace: workspaceId, deal: id, code: error.code }, 'a review goes to the owner instead of its channel');
      if (known) await forgetPost(workspaceId, key, known);
    }
  }
  await tellOwner(client, partner, { key, title: REVIEW_NOTICE, message: render });
}
