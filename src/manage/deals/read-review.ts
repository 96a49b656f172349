import { subDays } from 'date-fns';
import { getPartnerOnceMerged } from '../../onboard/partners/merge-partners.ts';
import type { Partner } from '../../onboard/partners/partner.ts';
import { listPartnersByIds } from '../../onboard/partners/partner-repository.ts';
import type { Money } from '../../platform/money.ts';
import { findMirrorRecord, findOwner } from '../crm/mirror-repository.ts';
import { protectionDays } from '../deal-rules/deal-rules.ts';
import { getDealRules } from '../deal-rules/deal-rules-repository.ts';
import { type Deal, type DealState, TURNED_AWAY_DAYS } from './deal.ts';
import { countTurnedAway } from './deal-list-repository.ts';
import { findDeal } from './deal-repository.ts';
import { listDecidedSince } from './deal-review-repository.ts';
import { DECISION_DAYS, type DecisionTimes, decisionTimes } from './decision-times.ts';
import { readReviewWeek } from './review-clock.ts';

/** The record that a registration meets, as a reviewer sees it. `partner` and `state` are of another registration; `owner` looks after it here. */
export type MetRecord = {
  kind: 'deal' | 'opportunity' | 'account';
  name: string;
  domain: string;
  partner: string;
  owner: string;
  state: DealState | null;
  /** Of an opportunity or an account: its id in the CRM, who owns it there, its stage and sum, where there are any. */
  crm: { id: string; owner: string; stage: string; value: Money | null } | null;
};

/** All that the card of a review shows; `labels` of the workspace's own questions, by their id; `days` of protection that an approval
 *  gives. Internal. */
export type Review = {
  deal: Deal;
  partner: Partner;
  met: MetRecord | null;
  labels: Readonly<Record<string, string>>;
  days: number;
  /** Registrations of this partner that the check turned away lately. */
  turnedAway: number;
  at: Date;
};

/** What is to be decided, with what it meets. Refuses `partner-unknown`. */
export async function readReview(deal: Deal, at: Date): Promise<Review> {
  const { workspaceId, partnerId } = deal;
  const [partner, met, rules, turnedAway] = await Promise.all([
    getPartnerOnceMerged(workspaceId, partnerId),
    readMet(deal),
    getDealRules(workspaceId),
    countTurnedAway(workspaceId, partnerId, subDays(at, TURNED_AWAY_DAYS)),
  ]);
  return {
    deal,
    partner,
    met,
    labels: Object.fromEntries(rules.extraFields.map(({ id, label }) => [id, label])),
    days: protectionDays(rules, partner),
    turnedAway,
    at,
  };
}

async function readMet({ workspaceId, check }: Deal): Promise<MetRecord | null> {
  if (!check?.against) return null;
  const { kind, id, name, domain } = check.against;
  const nobody = { kind, name, domain, partner: '', owner: '', state: null, crm: null };
  if (kind !== 'deal') return { ...nobody, ...(await readMirrored(workspaceId, kind, id)) };
  const other = await findDeal(workspaceId, id);
  if (!other) return nobody;
  const [partner] = await listPartnersByIds(workspaceId, [other.partnerId]);
  return { ...nobody, partner: partner?.name ?? '', owner: partner?.owner ?? '', state: other.status };
}

async function readMirrored(workspaceId: string, kind: 'opportunity' | 'account', id: string): Promise<Pick<MetRecord, 'owner' | 'crm'>> {
  const found = await findMirrorRecord(workspaceId, kind, id);
  if (!found) return { owner: '', crm: null };
  const owner = found.ownerId ? await findOwner(workspaceId, found.source, found.ownerId) : null;
  const [stage, value] = 'stage' in found ? [found.stage, found.value] : ['', null];
  return { owner: owner?.slackUserId ?? '', crm: { id: found.sourceId, owner: owner?.name ?? found.ownerId ?? '', stage, value } };
}

/** How fast the programme has decided lately. */
export async function readDecisionTimes(workspaceId: string, at: Date): Promise<DecisionTimes> {
  const [deals, week] = await Promise.all([listDecidedSince(workspaceId, subDays(at, DECISION_DAYS)), readReviewWeek(workspaceId)]);
  return decisionTimes(deals, week, at);
}
