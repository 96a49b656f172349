import { randomUUID } from 'node:crypto';
import { subDays } from 'date-fns';
import { Refusal } from '../../errors.ts';
import { demandOwnOrTeam } from '../../onboard/partners/demand-partner.ts';
import type { Partner } from '../../onboard/partners/partner.ts';
import { personOf } from '../../onboard/partners/person-of.ts';
import { auditEntry } from '../../programme/audit/audit.ts';
import { domainOf } from '../../programme/companies/domain-name.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { checkDeal } from '../conflicts/check-deal.ts';
import { aliasesOf } from '../conflicts/known-companies.ts';
import { meetDeals, saidOf } from '../conflicts/meet-deals.ts';
import { type DealQuestion, questionsOf } from '../deal-rules/deal-questions.ts';
import { getDealRules } from '../deal-rules/deal-rules-repository.ts';
import { Deal, type DealDraft, type DealEvent, HOLDING_STATES, MOST_TURNED_AWAY, TURNED_AWAY_DAYS, type TypedDeal } from './deal.ts';
import { countTurnedAway } from './deal-list-repository.ts';
import { findDraft, keepDraft, listDeals, submitDeal } from './deal-repository.ts';
import { moveDeal } from './move-deal.ts';
import { listHeld } from './protection-repository.ts';
import type { Heard } from './read-deal-text.ts';
import { readReviewTimes } from './review-clock.ts';
import type { NewDeal } from './typed-deal.ts';

const NO_EVENT = { code: '', words: '', protectedBefore: null, protectedUntil: null };

/** Which deal a form is about. The id is made when the form is opened, so that sending it twice registers one deal. */
export type DealRef = { partnerId: string; dealId: string };

/** Begins a deal, or goes on with what this person left unfinished; `questions` are those for this partner. Stores nothing. Refuses what
 *  `demandOwnOrTeam` does. */
export async function beginDeal(
  actor: Actor,
  partnerId: string,
  at: Date,
): Promise<{ partner: Partner; dealId: string; typed: TypedDeal; questions: DealQuestion[] }> {
  const partner = await demandDealer(actor, partnerId, 'deal.begin', at);
  const [draft, rules] = await Promise.all([
    findDraft(actor.workspaceId, { partnerId, by: actor.userId }),
    getDealRules(actor.workspaceId),
  ]);
  return { partner, dealId: draft?.id ?? randomUUID(), typed: draft?.typed ?? {}, questions: questionsOf(rules, partner.types[0]) };
}

/** Begins a deal with what a text says, as a draft of its own beside what this person left unfinished. `words`: by field, those that its answer rests on;
 *  what this partner is not asked is left out, and so is the partner itself. Refuses what `demandOwnOrTeam` does. */
export async function beginDealHeard(
  actor: Actor,
  partnerId: string,
  heard: Record<string, Heard>,
  at: Date,
): Promise<{ partner: Partner; dealId: string; typed: TypedDeal; questions: DealQuestion[]; words: Record<string, string> }> {
  const { partner, questions } = await beginDeal(actor, partnerId, at);
  const dealId = randomUUID();
  const isOwn = (value: string) => partner.domains.includes(value) || value === partner.name;
  const used = questions.flatMap(({ name }) => {
    const found = heard[name];
    return found && !isOwn(found.value) ? [[name, found] as const] : [];
  });
  const typed = Object.fromEntries(used.map(([name, { value }]) => [name, value]));
  await keepTyped(actor, { partnerId, dealId }, typed, at);
  return { partner, dealId, typed, questions, words: Object.fromEntries(used.map(([name, { words }]) => [name, words])) };
}

/** Keeps what was typed for the next time; null when there is nothing to keep, or the deal is registered already. */
export async function keepTyped(actor: Actor, { partnerId, dealId }: DealRef, typed: TypedDeal, at: Date): Promise<DealDraft | null> {
  const { workspaceId, userId: by } = actor;
  await demandDealer(actor, partnerId, 'deal.keep', at);
  if (Object.values(typed).every((words) => words.trim() === '')) return null;
  return keepDraft({ id: dealId, workspaceId, partnerId, by, createdAt: at, status: 'draft', typed });
}

/** Stores a partner's registration, by its own people or by a colleague for them, under the server's time, and checks it against what is on record.
 *  Sent twice, or an account that the partner holds already, the first stands, with `changed` false, and nothing is stored. Refuses what
 *  `demandOwnOrTeam` does, `deal-unknown` for an id of somebody else's, `deal-limit` when the partner holds as many accounts as its tier may, and
 *  `deals-turned-away` to a partner of which the check turned ten away within 30 days. */
export async function registerDeal(
  actor: Actor,
  { partnerId, dealId }: DealRef,
  said: NewDeal,
  at: Date,
): Promise<{ deal: Deal; changed: boolean }> {
  const { workspaceId, userId: by } = actor;
  const partner = await demandDealer(actor, partnerId, 'deal.register', at);
  const { website, ...rest } = said;
  const domain = website && domainOf(website);
  const byName = actor.kind === 'partner' ? personOf(partner, actor).name : '';
  const submit: DealEvent = { ...NO_EVENT, move: 'submit', from: 'draft', to: 'submitted', by, byName, at };
  const whose = { id: dealId, workspaceId, partnerId, by, byName, createdAt: at };
  const times = await readReviewTimes(workspaceId, at);
  const state = { status: 'submitted', submittedAt: at, announcedAt: null, history: [submit], ...times };
  const aliases = await aliasesOf(workspaceId, { names: [said.company], sites: website ? [website] : [], country: null, city: null });
  const deal = Deal.parse({ ...whose, ...rest, domain, site: website ?? '', aliases, ...state, partnerType: partner.types[0] ?? null });
  const own = await findOwn(deal);
  if (own) return { deal: own, changed: false };
  if (actor.kind === 'partner') await demandNoProbing(partner, at);
  await demandRoom(partner, dealId);
  const subject = `deal:${dealId}`;
  const after = { partnerId, domain, value: deal.value };
  const submitted = await submitDeal(deal, auditEntry({ workspaceId, by, at, action: 'deal.register', subject, after }));
  if (!submitted) throw new Refusal('deal-unknown');
  const checked = await checkDeal(submitted.deal, at);
  if (submitted.changed && HOLDING_STATES.some((state) => state === checked.deal.status))
    await demandRoom(partner, dealId, true).catch(async (error: unknown) => {
      await moveDeal({ workspaceId, dealId }, 'withdraw', { by: 'system', at });
      throw error;
    });
  return { deal: checked.deal, changed: submitted.changed };
}

async function demandNoProbing({ workspaceId, id }: Partner, at: Date): Promise<void> {
  const turnedAway = await countTurnedAway(workspaceId, id, subDays(at, TURNED_AWAY_DAYS));
  if (turnedAway >= MOST_TURNED_AWAY) throw new Refusal('deals-turned-away', { count: turnedAway, days: TURNED_AWAY_DAYS });
}

/** What the partner itself has on this account, open or protected; null where nothing is surely the same. */
async function findOwn(deal: Deal): Promise<Deal | null> {
  const met = await meetDeals(deal.workspaceId, saidOf(deal));
  const own = met.find(({ record, verdict }) => verdict === 'same' && record.id !== deal.id && record.deal.partnerId === deal.partnerId);
  return own?.record.deal ?? null;
}

/** Registrations under protection count as well as those that wait: both keep an account from others. `isIn`: this one is written, and
 *  others that came at the same time may be too: the first have the room. */
export async function demandRoom({ workspaceId, id, tier }: Partner, dealId: string, isIn = false): Promise<void> {
  const { openLimit } = await getDealRules(workspaceId);
  const most = openLimit.byTier[tier] ?? openLimit.deals;
  if (most === null) return;
  const held = await listHeld(workspaceId, id);
  // Sent twice, it is one of them.
  if (isIn ? held.indexOf(dealId) >= most : held.length >= most && !held.includes(dealId)) throw new Refusal('deal-limit', { most });
}

/** What the partner has registered, all of its people's, newest first. Refuses what `demandOwnOrTeam` does. */
export async function dealsOf(
  actor: Actor,
  partnerId: string,
  count: number,
  at: Date,
): Promise<{ partner: Partner; deals: Deal[]; total: number }> {
  const partner = await demandDealer(actor, partnerId, 'deal.list', at);
  return { partner, ...(await listDeals(actor.workspaceId, partnerId, count)) };
}

function demandDealer(actor: Actor, partnerId: string, action: string, at: Date): Promise<Partner> {
  return demandOwnOrTeam(actor, partnerId, { object: 'deal', need: 'member', action, at });
}
