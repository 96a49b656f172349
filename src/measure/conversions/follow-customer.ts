import { subDays } from 'date-fns';
import { matchKeys } from '../../manage/conflicts/match-keys.ts';
import { listAccountsByKeys } from '../../manage/crm/mirror-repository.ts';
import { findPartnerNow } from '../../onboard/partners/merge-partners.ts';
import { inRounds } from '../../platform/in-rounds.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import { findClick } from '../links/click-repository.ts';
import { findLink, findLinkOfCoupon } from '../links/link-repository.ts';
import { getLinkRules } from '../links/link-rules-repository.ts';
import { getMeasureRules } from '../measure-rules/measure-rules-repository.ts';
import { type Referral, referralState, type Sale } from '../sales/sale.ts';
import { findSale, listSalesOfDomain, saveSale } from '../sales/sale-repository.ts';
import type { Touch } from '../touches/touch.ts';
import { appendTouch } from '../touches/touch-repository.ts';
import { type Brought, type Claim, flagsOf, whoBrought } from './brought.ts';
import { type Conversion, saleIdOf } from './conversion.ts';
import { keepLed, listOfCustomer } from './conversion-repository.ts';

/** Sales of one domain that are looked through for one that was there before. */
const MOST_SALES = 50;

/** What all conversions of a customer say together: the same whatever came first, and however often. */
type Story = { workspaceId: string; customer: string; told: readonly [Conversion, ...Conversion[]]; firstSale: Conversion | null };

/** Brings the sale of a customer and its touches to what was told of them. Null for one that came by no partner. Safe to repeat and to run twice
 *  at once. */
export async function followCustomer(workspaceId: string, customer: string, now: Date): Promise<Sale | null> {
  const [first, ...rest] = await listOfCustomer(workspaceId, customer);
  if (!first) return null;
  const told = [first, ...rest] as const;
  const story: Story = { workspaceId, customer, told, firstSale: told.find(({ kind }) => kind === 'sale') ?? null };
  const claims = (await Promise.all(told.map((one) => claimsOf(one)))).flat();
  const sale = await keepCustomer(story, claims, now);
  if (!sale) return null;
  for (const touch of claims.flatMap((claim) => touchesOf(claim, sale))) await appendTouch(touch);
  return sale;
}

/** Of one conversion: the link that its click went to, and the link that its coupon is bound to. What leads to no partner claims nothing. */
async function claimsOf(told: Conversion): Promise<Claim[]> {
  const { workspaceId, id: conversion, coupon, at } = told;
  const { clicked, boundTo } = await ledTo(told);
  const [link, bound] = await Promise.all([clicked && findLink(workspaceId, clicked.code), boundTo && findLink(workspaceId, boundTo)]);
  const [ofLink, ofCoupon] = await Promise.all([
    link && partnerIdNow(workspaceId, link.partnerId),
    bound && partnerIdNow(workspaceId, bound.partnerId),
  ]);
  const named = { conversion, toldAt: at };
  return [
    ...(link && ofLink && clicked
      ? [{ ...named, by: 'link' as const, partnerId: ofLink, code: link.code, coupon: null, at: clicked.at }]
      : []),
    ...(bound && ofCoupon && coupon ? [{ ...named, by: 'coupon' as const, partnerId: ofCoupon, code: bound.code, coupon, at }] : []),
  ];
}

/** What a conversion's click and coupon led to when they were first looked up: what is told later of click, link or partner does not change it. */
async function ledTo(told: Conversion): Promise<Pick<Conversion, 'clicked' | 'boundTo'>> {
  const { workspaceId, id, click, coupon, at } = told;
  const [found, bound, { lookBackDays }] = await Promise.all([
    click && !told.clicked ? findClick(workspaceId, click) : null,
    coupon && !told.boundTo ? findLinkOfCoupon(workspaceId, coupon, at) : null,
    getMeasureRules(workspaceId),
  ]);
  const isInTime = found && found.at <= at && found.at >= subDays(at, lookBackDays);
  const clicked = isInTime ? { code: found.code, at: found.at } : null;
  const partner = bound && (await findPartnerNow(workspaceId, bound.partnerId));
  const boundTo = bound && partner && partner.status !== 'ended' ? bound.code : null;
  return clicked || boundTo ? keepLed(workspaceId, id, { clicked, boundTo }) : told;
}

async function partnerIdNow(workspaceId: string, partnerId: string): Promise<string | null> {
  return (await findPartnerNow(workspaceId, partnerId))?.id ?? null;
}

/** Who brought them is decided by what was told up to their first purchase: what they use later changes nothing. */
async function keepCustomer(story: Story, claims: readonly Claim[], now: Date): Promise<Sale | null> {
  const { workspaceId, customer, told, firstSale } = story;
  const until = new Set(told.filter(({ at }) => !firstSale || at <= firstSale.at).map(({ id }) => id));
  const rules = await getLinkRules(workspaceId);
  const brought = whoBrought(
    claims.filter(({ conversion }) => until.has(conversion)),
    rules,
  );
  const id = saleIdOf(customer);
  return inRounds(`sale ${id}`, async () => {
    const seen = await findSale(workspaceId, id);
    const referral = brought ? await referralOf(story, brought, seen) : (seen?.referral ?? null);
    if (!referral) return { done: null };
    const company = told.findLast((one) => one.company)?.company;
    const sale = {
      ...{ id, workspaceId, customer: company || `Customer ${customer.replace(/^stripe:/, '')}`, dealId: null, opportunityId: null },
      ...{ domain: told.find((one) => one.domain)?.domain ?? null, createdAt: told[0].at, closedAt: firstSale?.at ?? null },
      ...{ state: firstSale ? ('won' as const) : ('open' as const), referral, partners: partnersIn(referral), rev: 0 },
    };
    const saved = await saveSale(sale, seen, now);
    return saved && { done: saved };
  });
}

/** A referral that does not count has no partner: nothing is earned by it, and what was is taken back. */
export function partnersIn({ state, partnerId }: Referral): Sale['partners'] {
  return state === 'not-counted' ? [] : [{ partnerId, role: 'refer' }];
}

async function referralOf(story: Story, brought: Brought, seen: Sale | null): Promise<Referral> {
  const before = seen?.referral;
  const isSame = before !== undefined && (await partnerIdNow(story.workspaceId, before.partnerId)) === brought.partnerId;
  const partner = await findPartnerNow(story.workspaceId, brought.partnerId);
  const found = partner ? flagsOf(await customerOf(story, brought, seen), partner) : [];
  // What was found once stays: whoever bought here is a known customer from then on, and that is no reason.
  const kept = isSame ? before.flags : [];
  const flags = [...kept, ...found.filter(({ flag }) => !kept.some((one) => one.flag === flag))];
  const decision = isSame ? before.decision : null;
  return { ...brought, flags, decision, state: referralState({ flags, decision }) };
}

async function customerOf({ workspaceId, customer, told }: Story, { partnerId }: Brought, seen: Sale | null) {
  const domains = [...new Set(told.flatMap(({ domain }) => domain ?? []))];
  const emailHashes = [...new Set(told.flatMap(({ emailHash }) => emailHash ?? []))];
  const none = { domains, emailHashes, broughtBefore: null, known: null };
  const [domain] = domains;
  if (!domain || seen?.state === 'won') return none;
  const others = (await listSalesOfDomain(workspaceId, domain, MOST_SALES)).filter(
    ({ id, createdAt }) => id !== saleIdOf(customer) && createdAt < told[0].at,
  );
  const earlier = await Promise.all(
    others.map(async ({ id, referral }) => ({ id, whose: referral ? await partnerIdNow(workspaceId, referral.partnerId) : null })),
  );
  const brought = earlier.find(({ whose }) => whose === partnerId);
  const bought = others.find(({ state, closedAt }) => state === 'won' && closedAt && closedAt < told[0].at);
  return { ...none, broughtBefore: brought?.id ?? null, known: bought?.id ?? (await knownBy(workspaceId, domain)) };
}

/** The list of customers of set-up, or an account of the CRM. */
async function knownBy(workspaceId: string, domain: string): Promise<string | null> {
  const { leaveOut } = await getProgramme(workspaceId);
  if (leaveOut?.customers.some((entry) => entry.toLowerCase() === domain)) return `${domain} in the list of customers`;
  const accounts = await listAccountsByKeys(workspaceId, matchKeys({ names: [], domains: [domain] }), MOST_SALES);
  const account = accounts.find(({ isCustomer, domains }) => isCustomer && domains.includes(domain));
  return account ? `${account.name} in the CRM` : null;
}

/** The click, and that it led to a customer. Of a partner whom the rule left out, the second counts for nothing (`creditsOf`). */
function touchesOf({ by, conversion, partnerId, code, coupon, at, toldAt }: Claim, { workspaceId, id: saleId }: Sale): Touch[] {
  const base = { workspaceId, saleId, partnerId, role: 'refer', by: 'link', lateOverride: null } as const;
  const source = `conversion:${conversion}:${by}`;
  const evidence = by === 'link' ? `Link ${code}` : `Coupon ${coupon}`;
  const accepted: Touch = { ...base, source, type: 'referral-accepted', evidence, at: toldAt, recordedAt: toldAt };
  if (by === 'coupon') return [accepted];
  return [{ ...base, source: `${source}:click`, type: 'referral-click', evidence, at, recordedAt: at }, accepted];
}
