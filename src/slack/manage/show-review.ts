import type { WebClient } from '@slack/web-api';
import { REVIEW_NOTICE, reviewCard } from '../../../blocks/manage/review-card.ts';
import { OUTCOME_TITLE, outcomeMessage, TOLD_MOVES } from '../../../blocks/manage/review-outcome.ts';
import { mailDeal } from '../../../jobs/manage/mail-deal.ts';
import type { Deps } from '../../deps.ts';
import { Refusal } from '../../errors.ts';
import { getDealRules } from '../../manage/deal-rules/deal-rules-repository.ts';
import type { Deal, DealEvent } from '../../manage/deals/deal.ts';
import { getDeal } from '../../manage/deals/deal-repository.ts';
import { readReview } from '../../manage/deals/read-review.ts';
import { type Partner, presentPeople } from '../../onboard/partners/partner.ts';
import { userIdOfContact } from '../../onboard/partners/person-of.ts';
import { isShowable } from '../onboard/show-checklist.ts';
import { tellOwner } from '../onboard/tell-owner.ts';
import { showOnce } from '../post-once.ts';
import { findPost, forgetPost } from '../post-repository.ts';
import { toldBy } from './tell-partner.ts';

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

type Told = { deal: Deal; partner: Partner };
type Tools = Pick<Deps, 'enqueue' | 'log' | 'mailReady' | 'publicUrl'>;

/** Tells the partner each question and each decision once, in its channel, or by mail where it has none with us, whatever becomes of the channel later;
 *  what stands there already goes with the state of the deal. Nobody is told once the partnership is over. */
export async function tellPartner(client: WebClient, { deal, partner }: Told, tools: Tools): Promise<void> {
  const { workspaceId } = deal;
  for (const [index, event] of deal.history.entries()) {
    if (!TOLD_MOVES.some((move) => move === event.move)) continue;
    const key = `deal-told:${deal.id}:${index}`;
    const told = await toldBy(workspaceId, key);
    if (told === 'mail') continue;
    // In a channel that is theirs no more it stays as it was.
    if (told === 'channel' && (await findPost(workspaceId, key))?.channel !== partner.channel) continue;
    const isInChannel = await tellInChannel(client, { deal, partner }, { key, index }, tools);
    if (!isInChannel && told === null) await tellByMail({ deal, partner }, event, key, tools);
  }
}

async function tellInChannel(
  client: WebClient,
  { deal, partner }: Told,
  { key, index }: { key: string; index: number },
  { log }: Tools,
): Promise<boolean> {
  const { workspaceId, id: partnerId, channel } = partner;
  if (!channel || !isShowable(partner)) return false;
  const to = { kind: 'partner-channel', channel, shown: { object: 'deal', partnerId } } as const;
  try {
    await showOnce(client, { workspaceId, key, to }, OUTCOME_TITLE, async () => {
      const now = await getDeal(workspaceId, deal.id);
      const event = now.history[index];
      if (!event) throw new Error('a deal lost a step of its history');
      return outcomeMessage(now, event);
    });
    return true;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    log.warn({ workspace: workspaceId, deal: deal.id, code: error.code }, 'a partner was not told in its channel');
    return false;
  }
}

/** To whoever registered it, when they came by mail, else to the main contact. */
async function tellByMail(
  { deal, partner }: Told,
  { move }: DealEvent,
  key: string,
  { enqueue, mailReady, publicUrl }: Tools,
): Promise<void> {
  const people = presentPeople(partner);
  const contact = people.find(({ id }) => userIdOfContact(id) === deal.by) ?? people[0];
  const outcome = move === 'ask' || move === 'approve' || move === 'reject' ? move : null;
  if (!contact?.email || !mailReady || !publicUrl || !outcome || partner.status === 'ended') return;
  const { workspaceId, id: partnerId } = partner;
  await enqueue(mailDeal, { workspaceId, partnerId, contactId: contact.id, key, dealId: deal.id, outcome });
}
