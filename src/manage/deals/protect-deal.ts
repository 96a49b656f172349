import { addHours } from 'date-fns';
import { Refusal } from '../../errors.ts';
import type { Partner } from '../../onboard/partners/partner.ts';
import { inRounds } from '../../platform/in-rounds.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { type DealRules, protectionDays } from '../deal-rules/deal-rules.ts';
import { type Deal, type DealMove, type DealNote, HOLDING_STATES } from './deal.ts';
import { changeDeal, type DealChange, getDeal } from './deal-repository.ts';
import { demandDeal } from './demand-deal.ts';
import { entryOf, type Moved, moveDeal, type Told } from './move-deal.ts';
import { endOf, extendedUntil, nextNoticeAt, whyNoExtension } from './protection.ts';

/** What an approval at this time sets: the account is the partner's from then on, for the days that the rules give its tier or types. Days are 24 hours
 *  each, so that no change of clocks makes one shorter. */
export function protectionFrom(
  rules: Pick<DealRules, 'protection'>,
  partner: Pick<Partner, 'types' | 'tier'>,
  at: Date,
): Pick<Deal, 'approvedAt' | 'protectedUntil' | 'noticeAt'> {
  // Whoever looks first finds when the first warning is due.
  return { approvedAt: at, protectedUntil: addHours(at, 24 * protectionDays(rules, partner)), noticeAt: at };
}

/** Says what was done for the customer: it shows that the account is worked on, and an extension rests on it. By the partner's people or a
 *  colleague. Refuses what `demandDeal` does, and `deal-moved-on` unless it is open or approved. */
export async function logActivity(actor: Actor, dealId: string, words: string, at: Date): Promise<Deal> {
  const { deal, side, by, byName } = await demandDeal(actor, dealId, { need: 'member', action: 'deal.log', at });
  const isTeam = side === 'team';
  const add = (seen: Deal): DealChange => ({ activities: [...seen.activities, { by, byName, at, words, isTeam }] });
  return changeOpen(deal, ['submitted', 'in-review', 'needs-info', 'approved'], { action: 'log', by, at }, add);
}

/** The partner asks for half of the window on top. Asked twice, the first stands. Refuses what `demandDeal` does, `extension-refused` with the reason. */
export async function askExtension(actor: Actor, dealId: string, at: Date): Promise<Deal> {
  const { deal, by, byName } = await demandDeal(actor, dealId, { need: 'manager', action: 'deal.ask-extension', at });
  if (deal.extension?.answer === 'open') return deal;
  return changeOpen(deal, ['approved'], { action: 'ask-extension', by, at }, (seen) => {
    const why = whyNoExtension(seen, at);
    if (why) throw new Refusal('extension-refused', { why });
    const asked: DealNote = { what: 'time-asked', by, byName, at, partnerId: null, role: null };
    return { extension: { answer: 'open', by, byName, at }, notes: [...seen.notes, asked], noticeAt: at };
  });
}

/** A manager answers: *Extend* moves the end once by half of the window, *Leave as it is* leaves it. The first answer stands, with `changed` false.
 *  Refuses what `demandDeal` does, and `deal-moved-on` when the protection is over. */
export async function answerExtension(actor: Actor, dealId: string, answer: 'granted' | 'left', at: Date): Promise<Moved> {
  const { deal, by, side } = await demandDeal(actor, dealId, { need: 'manager', action: 'deal.answer-extension', at });
  if (side !== 'team') throw new Refusal('internal-only');
  if (isAnswered(deal)) return { deal, changed: false };
  const granting = answer === 'granted' ? extend(deal, by, at) : leave(deal, by, at);
  return granting.catch(async (error: unknown) => {
    if (!(error instanceof Refusal)) throw error;
    const now = await getDeal(deal.workspaceId, dealId);
    if (isAnswered(now)) return { deal: now, changed: false };
    throw error;
  });
}

function isAnswered({ extension }: Deal): boolean {
  return extension !== null && extension.answer !== 'open';
}

/** Somebody else was first. */
function demandUnanswered(deal: Deal): void {
  if (isAnswered(deal)) throw new Refusal('deal-moved-on', { status: deal.status });
}

function extend({ workspaceId, id: dealId }: Deal, by: string, at: Date): Promise<Moved> {
  return moveDeal({ workspaceId, dealId }, 'extend', { by, at }, (seen) => {
    demandUnanswered(seen);
    // A manager may be early; the rest holds for everybody.
    const why = whyNoExtension({ ...seen, extension: null }, at);
    const protectedUntil = extendedUntil(seen);
    if (!protectedUntil || (why && why !== 'too-early')) throw new Refusal('extension-refused', { why: why ?? 'over' });
    return { protectedUntil, extension: { byName: '', ...seen.extension, answer: 'granted', by, at }, noticeAt: at };
  });
}

async function leave(deal: Deal, by: string, at: Date): Promise<Moved> {
  const left = await changeOpen(deal, ['approved'], { action: 'leave', by, at }, (seen) => {
    demandUnanswered(seen);
    return { extension: { byName: '', ...seen.extension, answer: 'left', by, at }, noticeAt: at };
  });
  return { deal: left, changed: true };
}

/** A manager takes the protection back, with a reason that the partner reads. Refuses what `demandDeal` and `moveDeal` do. */
export async function revokeDeal(actor: Actor, dealId: string, because: { code: string; words: string }, at: Date): Promise<Moved> {
  return endBy(actor, dealId, 'revoke', because, at);
}

/** The partner takes its registration back, or a manager for it: the account is free again. Refuses what `demandDeal` and `moveDeal` do. */
export async function withdrawDeal(actor: Actor, dealId: string, at: Date): Promise<Moved> {
  return endBy(actor, dealId, 'withdraw', { code: '', words: '' }, at);
}

/** How a sale ended: what it was worth, null where nobody knows, and the day. */
export type Closing = Pick<Deal, 'value' | 'closedOn'>;

/** A manager closes it by hand, won or lost, and says what it was worth in the end and on which day. Refuses what `demandDeal` and
 *  `moveDeal` do, and `internal-only` to the partner's people. */
export async function closeByHand(actor: Actor, dealId: string, outcome: 'win' | 'lose', at: Date, closing?: Closing): Promise<Moved> {
  return endBy(actor, dealId, outcome, { code: '', words: '' }, at, closing);
}

async function endBy(
  actor: Actor,
  dealId: string,
  move: DealMove,
  because: { code: string; words: string },
  at: Date,
  closing?: Closing,
): Promise<Moved> {
  const { deal, side, by, byName } = await demandDeal(actor, dealId, { need: 'manager', action: `deal.${move}`, at });
  // Their own people may take it back and nothing else.
  if (side !== 'team' && move !== 'withdraw') throw new Refusal('internal-only');
  return endDeal(deal, move, { by, byName, at, ...because }, closing);
}

/** Ends it, and has both sides told. A value that nobody knows leaves the one that was expected. */
export async function endDeal(
  { workspaceId, id: dealId }: Pick<Deal, 'workspaceId' | 'id'>,
  move: DealMove,
  told: Told,
  { value = null, closedOn = null }: Partial<Closing> = {},
): Promise<Moved> {
  return moveDeal({ workspaceId, dealId }, move, told, (seen) => ({
    value: value ?? seen.value,
    closedOn,
    noticeAt: told.at,
    dueAt: null,
  }));
}

/** Ends what cannot go on: a protection whose last day is over, a registration with a question that nobody answered, and all that a
 *  partner holds that is one no more. The others stay as they are. */
export async function endWhenOver(deal: Deal, { status }: Pick<Partner, 'status'>, at: Date): Promise<Deal> {
  const isHolding = HOLDING_STATES.some((state) => state === deal.status);
  const end = async (move: DealMove, code: string) => {
    const moved = await moveDeal({ workspaceId: deal.workspaceId, dealId: deal.id }, move, { by: 'system', at, code }, (seen) => {
      // It was extended at the last moment: the next look finds it so.
      if (move === 'expire' && seen.protectedUntil && seen.protectedUntil > at) throw new Refusal('deal-moved-on', { status: seen.status });
      return { noticeAt: at, dueAt: null };
    });
    return moved.deal;
  };
  if (isHolding && status === 'ended') return end(deal.status === 'approved' ? 'revoke' : 'withdraw', 'partnership-ended');
  const over = endOf(deal);
  if (over && over <= at) return deal.status === 'approved' ? end('expire', '') : end('withdraw', 'no-answer');
  return deal;
}

/** Both sides know of these notices: what is to come next is worked out anew. Safe to repeat. */
export async function markTold(ref: Pick<Deal, 'workspaceId' | 'id'>, ids: readonly string[], at: Date): Promise<Deal> {
  const { workspaceId, id } = ref;
  return inRounds<Deal>(`deal ${id}: notices`, async () => {
    const seen = await getDeal(workspaceId, id);
    const notices = [...new Set([...seen.notices, ...ids])];
    const next = { notices, noticeAt: nextNoticeAt({ ...seen, notices }) };
    const isSettled = notices.length === seen.notices.length && next.noticeAt?.getTime() === seen.noticeAt?.getTime();
    if (isSettled) return { done: seen };
    const saved = await changeDeal(seen, next, { entry: entryOf(seen, 'notice', { by: 'system', at }, { notices: [...ids] }) });
    return saved && { done: saved };
  });
}

type Change = { action: string; by: string; at: Date };

/** A change that is no move, as long as the deal is in one of these states. */
async function changeOpen(
  { workspaceId, id }: Deal,
  states: readonly Deal['status'][],
  { action, by, at }: Change,
  change: (seen: Deal) => DealChange,
): Promise<Deal> {
  return inRounds<Deal>(`deal ${id}: ${action}`, async () => {
    const seen = await getDeal(workspaceId, id);
    if (!states.includes(seen.status)) throw new Refusal('deal-moved-on', { status: seen.status });
    const changed = change(seen);
    const next = { noticeAt: nextNoticeAt({ ...seen, ...changed }), ...changed };
    const saved = await changeDeal(seen, next, { entry: entryOf(seen, action, { by, at }) });
    return saved && { done: saved };
  });
}
