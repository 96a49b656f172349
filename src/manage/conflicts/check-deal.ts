import { isDeepStrictEqual } from 'node:util';
import { inRounds } from '../../platform/in-rounds.ts';
import { findMirrored, type Mirrored } from '../crm/meet-mirror.ts';
import { getDealRules } from '../deal-rules/deal-rules-repository.ts';
import { type Deal, OPEN_STATES } from '../deals/deal.ts';
import { changeDeal, getDeal } from '../deals/deal-repository.ts';
import { entryOf, type Moved, moveDeal } from '../deals/move-deal.ts';
import { BLOCKING, type Check, type ConflictCode, RULES } from './check.ts';
import { claimAccount, keysToClaim } from './claim-account.ts';
import type { Found, Recorded } from './find-account.ts';
import { type FoundDeal, meetDeals, saidOf } from './meet-deals.ts';

/** Compares a registration with all that is on record and stores the answer with its weights. A rule that blocks rejects it, a missing website asks for it,
 *  all else goes on to a person. One that was checked stays as it is, and one that somebody has decided on: safe to repeat. */
export async function checkDeal(deal: Deal, at: Date): Promise<Moved> {
  if (deal.check || !OPEN_STATES.some((state) => state === deal.status)) return { deal, changed: false };
  const check = await lookUp(deal, at);
  const ref = { workspaceId: deal.workspaceId, dealId: deal.id };
  const told = { by: 'rule', at, code: check.code ?? '' };
  if (check.outcome === 'blocked') return moveDeal(ref, 'reject', told, () => ({ check }));
  if (check.code === 'domain-missing') return moveDeal(ref, 'ask', told, () => ({ check }));
  const kept = await changeDeal(deal, { check }, { entry: entryOf(deal, 'check', told, { outcome: check.outcome }) });
  return kept ? { deal: kept, changed: true } : { deal, changed: false };
}

/** Compares a registration that waits for a decision anew, because what is on record has changed, and stores the answer where it is another one; its card
 *  is then due. It never moves one that was checked: a person decides. One that is decided stays as it is. Safe to repeat.
 *  Refuses `deal-unknown`. */
export async function recheckDeal({ workspaceId, dealId }: { workspaceId: string; dealId: string }, at: Date): Promise<Moved> {
  return inRounds<Moved>(`deal ${dealId}: recheck`, async () => {
    const deal = await getDeal(workspaceId, dealId);
    const before = deal.check;
    const asItIs = { done: { deal, changed: false } };
    if (!OPEN_STATES.some((state) => state === deal.status)) return asItIs;
    if (!before) {
      // Its first check may be running, and may have looked before the record changed.
      const first = await checkDeal(deal, at);
      return first.changed ? { done: first } : null;
    }
    const check = await lookUp(deal, at);
    if (isDeepStrictEqual({ ...before, at }, check)) return asItIs;
    const told = { by: 'rule', at, code: check.code ?? '' };
    const kept = await changeDeal(deal, { check, showDue: at }, { entry: entryOf(deal, 'recheck', told, { outcome: check.outcome }) });
    return kept && { done: { deal: kept, changed: true } };
  });
}

/** In the order of the field's rules: what the partner has itself, another partner's claim, our own sales, a customer, a named account or a country that is
 *  kept, what is only alike, and last a missing website. Stores nothing but the claim. */
export async function lookUp(deal: Deal, at: Date): Promise<Check> {
  const { workspaceId } = deal;
  const first = await claimAccount(deal);
  const [deals, mirrored, rules] = await Promise.all([
    meetDeals(workspaceId, saidOf(deal)),
    findMirrored(workspaceId, saidOf(deal), at),
    getDealRules(workspaceId),
  ]);
  const others = deals.filter(({ record }) => record.id !== deal.id);
  // With those that come at this moment and share a domain or a name with it, the claim decides: the database, not clocks.
  const isClaimed = shares(deal);
  const same = others.filter(({ record: { id, deal: other }, verdict }) => {
    return id === first?.id || (verdict === 'same' && isBefore(other, deal) && !(other.check === null && isClaimed(other)));
  });
  const own = same.find(({ record }) => record.deal.partnerId === deal.partnerId);
  const theirs = same.find(({ record }) => record.deal.partnerId !== deal.partnerId);
  const [direct, customer, named] = (['opportunity', 'customer', 'named'] as const).map((kind) => sameOf(mirrored, kind));
  const territory = deal.country !== null && rules.territories.includes(deal.country);
  const [alike] = [...others, ...mirrored].sort((a, b) => b.score - a.score);
  const answer = (code: ConflictCode | null, found: Found<FoundDeal | Mirrored> | undefined) => checkOf(code, found, at);
  if (own) return answer('duplicate-own', own);
  if (theirs) return answer('conflict-partner', theirs);
  if (direct) return answer('conflict-direct', direct);
  if (customer) return answer('existing-customer', customer);
  if (named || territory) return answer('conflict-territory', named);
  if (alike) return answer('possible-duplicate', alike);
  return deal.domain ? answer(null, undefined) : answer('domain-missing', undefined);
}

function shares(deal: Deal): (other: Deal) => boolean {
  const keys = new Set(keysToClaim(deal));
  return (other) => keysToClaim(other).some((key) => keys.has(key));
}

/** Of two that came at one time, the order of their ids is the same for everybody. */
function isBefore(one: Deal, other: Deal): boolean {
  return one.submittedAt.getTime() === other.submittedAt.getTime() ? one.id < other.id : one.submittedAt < other.submittedAt;
}

function sameOf(mirrored: readonly Found<Mirrored>[], role: Mirrored['role']): Found<Mirrored> | undefined {
  return mirrored.find(({ verdict, record }) => verdict === 'same' && record.role === role);
}

function checkOf(code: ConflictCode | null, found: Found<FoundDeal | Mirrored> | undefined, at: Date): Check {
  const outcome = code === null ? 'clear' : BLOCKING.has(code) ? 'blocked' : 'ask';
  const { score = 0, weights = [] } = found ?? {};
  return { outcome, code, against: found ? againstOf(found) : null, score, weights, rules: RULES, at };
}

function againstOf({ record }: Found<FoundDeal | Mirrored>): Check['against'] {
  const { names, sites } = (record satisfies Recorded).said;
  return { kind: 'deal' in record ? 'deal' : record.kind, id: record.id, name: names[0] ?? '', domain: sites[0] ?? '' };
}
