import { randomUUID } from 'node:crypto';
import { addDays, subDays } from 'date-fns';
import mongoose from 'mongoose';
import { applyPage } from '../../src/manage/crm/apply-page.ts';
import type { FoundOpportunity } from '../../src/manage/crm/crm-record.ts';
import { markAnnounced } from '../../src/manage/deals/deal-repository.ts';
import { decideDeal } from '../../src/manage/deals/decide-deal.ts';
import { endDeal } from '../../src/manage/deals/protect-deal.ts';
import { registerDeal } from '../../src/manage/deals/register-deal.ts';
import { DEFAULT_SHARES, type Plan } from '../../src/measure/commissions/plan.ts';
import { insertPlan } from '../../src/measure/commissions/plan-repository.ts';
import { addCost } from '../../src/measure/costs/record-costs.ts';
import type { TypedCost } from '../../src/measure/costs/typed-cost.ts';
import { recordRevenue } from '../../src/measure/ledger/record-revenue.ts';
import { defaultMeasureRules } from '../../src/measure/measure-rules/measure-rules.ts';
import { saveMeasureRules } from '../../src/measure/measure-rules/measure-rules-repository.ts';
import { followDeal } from '../../src/measure/sales/follow-deal.ts';
import { markSaleDue } from '../../src/measure/sales/sale-repository.ts';
import { addPartner } from '../../src/onboard/partners/add-partner.ts';
import type { Partner } from '../../src/onboard/partners/partner.ts';
import { changePartner } from '../../src/onboard/partners/partner-repository.ts';
import { auditEntry } from '../../src/programme/audit/audit.ts';
import type { PartnerType } from '../../src/programme/setup/programme.ts';
import type { Member } from '../../src/programme/workspaces/role.ts';
import { ANA, defaultCast, MILO } from './cast.ts';
import { playLinks } from './first-links.ts';

const workspaceId = defaultCast.team.id;
const ana: Member = { kind: 'member', workspaceId, userId: ANA, role: 'admin' };
const milo: Member = { ...ana, userId: MILO, role: 'manager' };
const told = (action: string, subject: string, at: Date) => auditEntry({ workspaceId, by: ANA, at, action, subject });

/** Partners of last year, how good they are at closing, and what they sell at most. */
const PARTNERS: { name: string; types: PartnerType[]; tier: string; wins: number; most: number }[] = [
  { name: 'Fernhill Digital', types: ['reseller'], tier: 'Gold', wins: 4, most: 48_000 },
  { name: 'Stonecrop Advisory', types: ['consultant'], tier: 'Gold', wins: 3, most: 30_000 },
  { name: 'Brackenridge', types: ['agency'], tier: 'Silver', wins: 3, most: 22_000 },
  { name: 'Peregrine Health IT', types: ['technology'], tier: 'Silver', wins: 2, most: 36_000 },
  { name: 'Oakvale Partners', types: ['referral'], tier: '', wins: 2, most: 12_000 },
];
const PLACES = [
  'Alder',
  'Birch',
  'Cedar',
  'Dale',
  'Elm',
  'Fell',
  'Glen',
  'Holly',
  'Ivy',
  'Juniper',
  'Kelp',
  'Linden',
  'Maple',
  'Nettle',
  'Otter',
  'Pine',
];
const KINDS = ['Dental', 'Clinics', 'Eye Care', 'Physio', 'Skin Clinic'];
/** Each pair once: a customer has one name and one website. */
const CUSTOMERS = KINDS.flatMap((kind) => PLACES.map((place) => `${place}mere ${kind}`));
const siteOf = (customer: string) => `${customer.toLowerCase().replaceAll(' ', '')}.example`;

const DEALS = 40;
const DIRECT = 24;

/** A year that the programme has behind it: partners, what they registered, won and lost, what customers paid, and what our own sales sold meanwhile. All of it
 *  goes through the use cases, at times past; what would have been announced then is marked as announced. mongoose
 *  is connected to the app’s database. Everybody and everything is invented. */
export async function playFirstYear(now = new Date()): Promise<void> {
  const began = subDays(now, 365);
  await saveMeasureRules(defaultMeasureRules(workspaceId), { currency: 'GBP' }, told('measure-rules.change', 'measure-rules:all', began));
  await insertPlan(standardPlan(began), told('plan.save', 'plan:standard', began));
  const partners: Partner[] = [];
  for (const [place, given] of PARTNERS.entries()) partners.push(await aPartnerOf(given, addDays(began, place * 20)));
  for (let count = 0; count < DEALS; count++) await playDeal(partners, count, addDays(began, 20 + Math.floor((count * 340) / DEALS)), now);
  await playDirect(began, now);
  await playCosts(partners, began, now);
  const affiliate = { name: 'Bluebell Reviews', types: ['affiliate' as const], tier: '', wins: 0, most: 0 };
  await playLinks(milo, await aPartnerOf(affiliate, addDays(began, 250)), now);
}

async function aPartnerOf({ name, types, tier }: (typeof PARTNERS)[number], at: Date): Promise<Partner> {
  const domains = [siteOf(name)];
  const partner = await addPartner(milo, { name, domains, types, tier, owner: MILO, countries: ['United Kingdom'] }, at);
  // They are long past their first steps.
  await mongoose.connection.collection('checklists').deleteMany({ partnerId: partner.id });
  const active = await changePartner(
    partner,
    { status: 'active', statusAt: addDays(at, 30), firstRegistrationAt: addDays(at, 30) },
    told('partner.edit', `partner:${partner.id}`, at),
  );
  if (!active) throw new Error('somebody else changed the partner');
  return active;
}

async function playDeal(partners: readonly Partner[], count: number, at: Date, now: Date): Promise<void> {
  const place = (count * 3) % partners.length;
  const [partner, habits, company = ''] = [partners[place], PARTNERS[place], CUSTOMERS[count]];
  if (!partner || !habits) return;
  const dealId = randomUUID();
  const value = { minor: Math.round((habits.most * (40 + ((count * 37) % 60))) / 100) * 100, currency: 'GBP' };
  const closeOn = addDays(at, 75).toISOString().slice(0, 10);
  const said = { company, website: siteOf(company), country: 'GB', value, closeOn, note: '' };
  await registerDeal(milo, { partnerId: partner.id, dealId }, said, at);
  await markAnnounced(workspaceId, dealId, at);
  await decideDeal(ana, dealId, { move: 'approve' }, { byName: 'Ana Alder', at: addDays(at, 1) });
  // Of five deals in a row of each partner.
  const isWon = Math.floor(count / PARTNERS.length) % 5 < habits.wins;
  const closedAt = addDays(at, 45 + ((count * 11) % 40));
  if (closedAt < now) await endDeal({ workspaceId, id: dealId }, isWon ? 'win' : 'lose', { by: MILO, byName: 'Milo Marsh', at: closedAt });
  const over = closedAt < now ? { noticeAt: null } : {};
  await mongoose.connection.collection<{ _id: string }>('deals').updateOne({ _id: dealId }, { $set: { showDue: null, ...over } });
  await followDeal(workspaceId, dealId, now);
  const paidAt = addDays(closedAt, 30);
  if (!isWon || paidAt > now) return;
  const saleId = `deal:${dealId}`;
  const evidence = { kind: 'file', ref: `INV-${1000 + count}`, words: `Invoice ${1000 + count} paid` } as const;
  const paid = { workspaceId, source: `invoice:${1000 + count}:paid`, kind: 'collected', stage: 'collected', at: paidAt, by: ANA } as const;
  await recordRevenue({ ...paid, saleId, evidence, of: null, product: '', money: value, like: null }, now);
  await markSaleDue(workspaceId, saleId, now);
}

/** What our own sales closed, for comparison. */
async function playDirect(began: Date, now: Date): Promise<void> {
  const records = Array.from({ length: DIRECT }, (_, count): FoundOpportunity => {
    const company = CUSTOMERS[DEALS + count] ?? '';
    const createdAt = addDays(began, 10 + count * 14);
    const closedAt = addDays(createdAt, 80);
    const state = closedAt > now ? 'open' : count % 4 === 0 ? 'won' : 'lost';
    return {
      ...{ sourceId: `OPP-${100 + count}`, accountId: null, accountName: company, name: company, domains: [siteOf(company)], aliases: [] },
      ...{ country: 'GB', city: null, ownerId: null, lastActivityAt: null, createdAt, changedAt: now, state },
      ...{ stage: state === 'open' ? 'Proposal' : state === 'won' ? 'Closed Won' : 'Closed Lost', closeOn: null },
      ...{ value: { minor: 900_000 + count * 65_000, currency: 'GBP' }, closedAt: state === 'open' ? null : closedAt },
    };
  });
  await applyPage({ workspaceId, source: 'csv' }, 'opportunities', { records, deleted: [], merged: [] }, { at: now });
}

/** What the year cost: hours and tools each month, an event and money for marketing each quarter, and what our own sales took. */
async function playCosts(partners: readonly Partner[], began: Date, now: Date): Promise<void> {
  for (let month = 0; month < 12; month++) {
    const day = addDays(began, 15 + month * 30);
    const hours = { kind: 'people', hours: String(24 + ((month * 7) % 20)), rate: '55 GBP', words: 'Partner manager' };
    const told: TypedCost[] = [hours, { kind: 'tools', sum: '180 GBP', words: 'Webinar rooms and this app' }];
    told.push({ kind: 'people', scope: 'direct', sum: `${2_400 + month * 50} GBP`, words: 'Our own sales team' });
    const partner = partners[(month * 2) % partners.length]?.name ?? '';
    if (month % 3 === 1) told.push({ kind: 'mdf', partner, sum: `${600 + month * 40} GBP`, words: 'Joint campaign' });
    if (month % 3 === 2) told.push({ kind: 'events', sum: '1,450 GBP', words: 'Stand at a trade fair' });
    for (const typed of told) {
      const { cost } = await addCost(milo, { id: randomUUID(), typed: { ...typed, day: day.toISOString().slice(0, 10) } }, now);
      if (!cost) throw new Error('a cost of the demo cannot be read');
    }
  }
}

function standardPlan(at: Date): Plan {
  const money = { leastSaleMinor: 0, capDealMinor: null, capPeriod: null, leastPayoutMinor: 5_000, currency: 'GBP' };
  const times = { months: 12, holdDays: 30, startsOn: at.toISOString().slice(0, 10), endsOn: null };
  const whose = { workspaceId, planId: 'standard', version: 1, by: ANA, at };
  const terms = { base: 'collected', pay: { kind: 'percent', rateBp: 1500 }, products: [], shares: DEFAULT_SHARES } as const;
  return { ...whose, name: 'Standard', audience: { kind: 'everybody', names: [] }, ...terms, products: [], ...money, ...times };
}
