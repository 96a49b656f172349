import { Refusal } from '../../errors.ts';
import { demandOwnOrTeam } from '../../onboard/partners/demand-partner.ts';
import type { Partner } from '../../onboard/partners/partner.ts';
import { getPartner } from '../../onboard/partners/partner-repository.ts';
import { personOf } from '../../onboard/partners/person-of.ts';
import { domainOf } from '../../programme/companies/domain-name.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { checkDeal } from '../conflicts/check-deal.ts';
import { claimAccount } from '../conflicts/claim-account.ts';
import { aliasesOf } from '../conflicts/known-companies.ts';
import { getDealRules } from '../deal-rules/deal-rules-repository.ts';
import { type Deal, isAllowed, type RejectionCode } from './deal.ts';
import { getDeal } from './deal-repository.ts';
import { type Moved, moveDeal } from './move-deal.ts';
import { protectionFrom } from './protect-deal.ts';
import { demandRoom } from './register-deal.ts';
import { readReviewTimes } from './review-clock.ts';

/** What a reviewer says to a registration; words reach the partner. */
export type Decision =
  | { move: 'take' }
  | { move: 'approve' }
  | { move: 'reject'; code: RejectionCode; words: string }
  | { move: 'ask'; words: string };

/** A manager's word on a registration. Whoever says the same second finds it done, with `changed` false. An approval begins the protection, on the
 *  programme's terms of that moment. Refuses `role-needed` and `internal-only`, which are recorded, `deal-unknown`, `deal-moved-on` with its state, and
 *  `partner-ended` for an approval after the partnership,
 *  and `account-held` while another registration has the account. */
export async function decideDeal(
  actor: Actor,
  dealId: string,
  decision: Decision,
  { byName, at }: { byName: string; at: Date },
): Promise<Moved> {
  const { workspaceId, userId: by } = actor;
  const { move } = decision;
  await authorise(actor, 'manager', { action: `deal.${move}`, subject: `deal:${dealId}`, at });
  const ref = { workspaceId, dealId };
  const told = { by, byName, at };
  switch (move) {
    case 'take':
      return moveDeal(ref, move, told, (deal) => ({ reviewer: untaken(deal, by) }));
    case 'approve': {
      const deal = await getDeal(workspaceId, dealId);
      const protection = await protectionOf(deal, at);
      if (isAllowed(deal.status, move)) await demandAccount(deal);
      return moveDeal(ref, move, told, () => ({ reviewer: by, ...protection }));
    }
    case 'reject':
      return moveDeal(ref, move, { ...told, code: decision.code, words: decision.words }, () => ({ reviewer: by }));
    case 'ask':
      return moveDeal(ref, move, { ...told, words: decision.words }, () => ({ reviewer: by }));
  }
}

/** One account is one deal's at a time, whoever decides: what holds it is to be decided on first. Takes the account for this deal. */
async function demandAccount(deal: Deal): Promise<void> {
  const holder = await claimAccount(deal);
  if (!holder) return;
  const { name } = await getPartner(deal.workspaceId, holder.partnerId);
  throw new Refusal('account-held', { company: holder.company, name, status: holder.status });
}

/** Nobody takes what somebody has. */
function untaken({ reviewer, status }: Deal, by: string): string {
  if (reviewer) throw new Refusal('deal-moved-on', { status });
  return by;
}

async function protectionOf({ workspaceId, partnerId }: Deal, at: Date): Promise<ReturnType<typeof protectionFrom>> {
  const [partner, rules] = await Promise.all([getPartner(workspaceId, partnerId), getDealRules(workspaceId)]);
  if (partner.status === 'ended') throw new Refusal('partner-ended', { name: partner.name });
  return protectionFrom(rules, partner, at);
}

/** What a partner's people say to theirs. `website`: the customer's, where that was asked for. */
export type Reply =
  | { move: 'answer'; words: string; website: string | null }
  | { move: 'appeal'; words: string }
  | { move: 'withdraw'; words: string };

/** A partner's word on its own registration, or a manager's for it: the answer to a question, the one appeal, or that it is taken back. An answer and an
 *  appeal begin the time for the review anew; a website that was missing is checked against what is on record. Refuses what `demandOwnOrTeam` does,
 *  `deal-unknown`, `deal-moved-on`, `deal-appealed` a second time, `deal-limit` for an appeal beyond what the partner may hold, and `deal-unasked` where no question waits. */
export async function replyToReview(actor: Actor, dealId: string, reply: Reply, at: Date): Promise<Moved & { partner: Partner }> {
  const { partner, deal: seen } = await lookAtOwnDeal(actor, dealId, `deal.${reply.move}`, at);
  const { workspaceId, userId: by } = actor;
  const ref = { workspaceId, dealId };
  const told = { by, byName: actor.kind === 'partner' ? personOf(partner, actor).name : '', at, words: reply.words };
  const times = await readReviewTimes(workspaceId, at);
  if (reply.move === 'withdraw') return { ...(await moveDeal(ref, reply.move, told, () => ({ noticeAt: at }))), partner };
  if (reply.move === 'appeal') {
    if (seen.status === 'rejected' && !seen.appealedAt) await demandRoom(partner, dealId);
    return { ...(await moveDeal(ref, reply.move, told, (deal) => ({ ...firstAppeal(deal, at), ...times }))), partner };
  }
  // A form that did not ask for the website cannot change it.
  const website = seen.check?.code === 'domain-missing' ? reply.website : null;
  if (website === null && reply.words === '') throw new Refusal('deal-unasked');
  const given = website && { names: [(await getDeal(workspaceId, dealId)).company], sites: [website], country: null, city: null };
  const aliases = given ? await aliasesOf(workspaceId, given) : [];
  const site = website === null ? {} : { domain: domainOf(website), site: website, aliases, check: null };
  const moved = await moveDeal(ref, reply.move, told, () => ({ ...site, ...times })).catch(unasked);
  const { deal } = await checkDeal(moved.deal, at);
  return { deal, changed: moved.changed, partner };
}

/** The same for whoever typed it into a form: when somebody was first, the deal as it is, with `changed` false, so that their words can be given back.
 *  The same words sent twice by one person are theirs. */
export async function replied(actor: Actor, dealId: string, reply: Reply, at: Date): Promise<Moved> {
  const { deal, changed } = await replyToReview(actor, dealId, reply, at).catch(async (error: unknown): Promise<Moved> => {
    if (reply.move === 'withdraw' || !(error instanceof Refusal) || !OVERTAKEN.has(error.code)) throw error;
    return { deal: await getDeal(actor.workspaceId, dealId), changed: false };
  });
  const isOwn = deal.history.some(({ move, by, words }) => move === reply.move && by === actor.userId && words === reply.words);
  return { deal, changed: changed || isOwn };
}

const OVERTAKEN = new Set<string>(['deal-moved-on', 'deal-unasked']);

/** A deal to one of its partner's people, or a manager for them, before they say something to it. Refuses what `demandOwnOrTeam` does, and `deal-unknown`
 *  for one of another partner's. */
export async function lookAtOwnDeal(actor: Actor, dealId: string, action: string, at: Date): Promise<{ deal: Deal; partner: Partner }> {
  if (actor.kind === 'stranger') await authorise(actor, 'member', { action, subject: `deal:${dealId}`, at });
  const deal = await getDeal(actor.workspaceId, dealId);
  const partner = await demandOwnOrTeam(actor, deal.partnerId, { object: 'deal', need: 'manager', action, at });
  return { deal, partner };
}

function firstAppeal({ appealedAt }: Deal, at: Date): Pick<Deal, 'appealedAt' | 'reviewer'> {
  if (appealedAt) throw new Refusal('deal-appealed');
  return { appealedAt: at, reviewer: '' };
}

function unasked(error: unknown): never {
  const isOver = error instanceof Refusal && error.code === 'deal-moved-on';
  throw isOver ? new Refusal('deal-unasked', {}, { cause: error }) : error;
}
