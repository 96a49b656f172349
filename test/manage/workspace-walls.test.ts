import { beforeEach } from 'vitest';
import * as claims from '../../src/manage/conflicts/claim-repository.ts';
import { matchKeys } from '../../src/manage/conflicts/match-keys.ts';
import type { Push } from '../../src/manage/crm/crm-push.ts';
import type { CrmOpportunity } from '../../src/manage/crm/crm-record.ts';
import { NO_TOTALS } from '../../src/manage/crm/crm-sync.ts';
import * as meets from '../../src/manage/crm/meet-repository.ts';
import * as crm from '../../src/manage/crm/mirror-repository.ts';
import * as pushes from '../../src/manage/crm/push-repository.ts';
import * as syncs from '../../src/manage/crm/sync-repository.ts';
import { defaultRules } from '../../src/manage/deal-rules/deal-rules.ts';
import * as rules from '../../src/manage/deal-rules/deal-rules-repository.ts';
import type { Deal } from '../../src/manage/deals/deal.ts';
import * as lists from '../../src/manage/deals/deal-list-repository.ts';
import * as deals from '../../src/manage/deals/deal-repository.ts';
import * as reviews from '../../src/manage/deals/deal-review-repository.ts';
import * as protection from '../../src/manage/deals/protection-repository.ts';
import { keepTyped } from '../../src/manage/deals/register-deal.ts';
import type { Partner } from '../../src/onboard/partners/partner.ts';
import { foundAccount, foundOpportunity, foundOwner, take } from '../support/a-crm.ts';
import { aDeal } from '../support/a-deal.ts';
import { aPartner, piaOf } from '../support/a-partner.ts';
import { AT, aProgramme, HOME } from '../support/builders.ts';
import { useMongo } from '../support/mongo.ts';
import { type Calls, entry, OTHER, refusal, testWalls } from '../support/walls.ts';

useMongo();
let partner: Partner;
let deal: Deal;
let draftId: string;
const push = {
  ...({ dealId: 'deal-1', source: 'hubspot', opportunityId: 'd1', hash: 'h', written: {}, conflicts: [], at: AT } as const),
  ...({ conflicts: [], problem: { code: 'fields', fields: ['region'] } } as const),
} satisfies Omit<Push, 'workspaceId'>;
const HUBSPOT = `${HOME}:hubspot:`;

beforeEach(async () => {
  await aProgramme();
  partner = await aPartner();
  deal = await aDeal(partner);
  draftId = '00000000-0000-4000-8000-000000000001';
  await take('owners', { records: [foundOwner()] });
  await take('accounts', { records: [foundAccount()] });
  await take('opportunities', { records: [foundOpportunity()] });
  await pushes.savePush(HOME, push);
  await syncs.watchSync(HOME, 'hubspot', { userId: 'U1', key: 'k1' });
  await keepTyped(piaOf(partner), { partnerId: partner.id, dealId: draftId }, { company: 'Saltmarsh' }, AT);
});

/** Their own; with our fence it changes nothing of ours. */
async function claimed(): Promise<syncs.SyncClaim> {
  const claim = await syncs.claimSync(OTHER, 'hubspot', AT, AT);
  if (!claim) throw new Error('somebody has it');
  return claim;
}

async function ours(): Promise<CrmOpportunity> {
  const found = await crm.findOpportunity(HOME, 'hubspot', 'd1');
  if (!found) throw new Error('it is not on file');
  return found;
}

const KEYS = matchKeys({ names: ['Saltmarsh Clinics'], domains: ['saltmarsh.example'] });

const ALL_DEALS: lists.DealsWanted = { view: 'all', partnerId: null, me: 'U0MILOMRSH', at: AT };

const calls: Calls = {
  deals: {
    keepDraft: [
      () => deals.keepDraft({ ...deal, id: draftId, workspaceId: OTHER, status: 'draft', typed: { company: 'Taken over' } }),
      null,
    ],
    findDraft: [() => deals.findDraft(OTHER, { partnerId: partner.id, by: deal.by }), null],
    submitDeal: [() => deals.submitDeal({ ...deal, id: draftId, workspaceId: OTHER }, entry), null],
    changeDeal: [() => deals.changeDeal({ ...deal, workspaceId: OTHER }, { note: 'Taken over' }, { entry }), null],
    getDeal: [() => deals.getDeal(OTHER, deal.id).catch((error: unknown) => error), refusal],
    findDeal: [() => deals.findDeal(OTHER, deal.id), null],
    listOpenAgainst: [() => deals.listOpenAgainst(OTHER, [`${HUBSPOT}d1`]), []],
    listDeals: [() => deals.listDeals(OTHER, partner.id, 10), { deals: [], total: 0 }],
    listSharedDeals: [() => deals.listSharedDeals(OTHER, partner.id, 10), { deals: [], total: 0 }],
    countDeals: [() => deals.countDeals(OTHER, { from: new Date(0), to: new Date('2099-01-01') }), 0],
    moveDeals: [() => deals.moveDeals(OTHER, partner.id, 'another'), undefined],
    markAnnounced: [() => deals.markAnnounced(OTHER, deal.id, AT), undefined],
  },
  lists: {
    listDealPage: [() => lists.listDealPage(OTHER, ALL_DEALS, { from: 0, count: 10 }), { deals: [], total: 0 }],
    eachDeal: [async () => (await lists.eachDeal(OTHER, ALL_DEALS).next()).done, true],
    markDealMeasured: [() => lists.markDealMeasured(OTHER, deal.id, AT), undefined],
    listRegistered: [() => lists.listRegistered(OTHER, { from: new Date(0), before: new Date('2099-01-01') }), []],
    countTurnedAway: [() => lists.countTurnedAway(OTHER, partner.id, new Date(0)), 0],
    countStalled: [() => lists.countStalled(OTHER, partner.id, AT), { held: 0, stalled: 0 }],
  },
  protection: { listHeld: [() => protection.listHeld(OTHER, partner.id), []] },
  reviews: {
    listInReview: [() => reviews.listInReview(OTHER, { whose: null, count: 10 }), { deals: [], total: 0 }],
    countOverdue: [() => reviews.countOverdue(OTHER, new Date('2099-01-01')), 0],
    listDecidedSince: [() => reviews.listDecidedSince(OTHER, new Date(0)), []],
    markDealEscalated: [() => reviews.markDealEscalated({ ...deal, workspaceId: OTHER }, AT), undefined],
    markDealShown: [() => reviews.markDealShown({ ...deal, workspaceId: OTHER }), undefined],
  },
  claims: {
    claimKey: [() => claims.claimKey(OTHER, 'd:saltmarsh.example', 'another'), 'another'],
    takeOverClaim: [() => claims.takeOverClaim(OTHER, 'd:saltmarsh.example', { from: deal.id, to: 'another' }), false],
    releaseClaims: [() => claims.releaseClaims(OTHER, deal.id), undefined],
  },
  rules: {
    getDealRules: [() => rules.getDealRules(OTHER), defaultRules(OTHER)],
    saveDealRules: [() => rules.saveDealRules(defaultRules(OTHER), { reviewDays: 2 }, entry), { workspaceId: OTHER }],
  },
  crm: {
    mirrorId: [async () => crm.mirrorId({ workspaceId: OTHER, source: 'hubspot' }, 'd1'), `${OTHER}:hubspot:d1`],
    saveRecords: [
      () => crm.saveRecords(OTHER, { source: 'hubspot', object: 'owners' }, [foundOwner({ name: 'Taken over' })], { dry: false }),
      { added: 1, changed: 0 },
    ],
    markGone: [
      () => crm.markGone(OTHER, { source: 'hubspot', object: 'opportunities' }, [{ sourceId: 'd1', at: AT }], { dry: false }),
      { deleted: 0 },
    ],
    listAccounts: [() => crm.listAccounts(OTHER, 'hubspot', ['a1']), []],
    listErasedAccounts: [() => crm.listErasedAccounts(OTHER, 'hubspot', ['a1']), new Set()],
    listAccountsByKeys: [() => crm.listAccountsByKeys(OTHER, KEYS, 10), []],
    findMirrorRecord: [() => crm.findMirrorRecord(OTHER, 'account', 'any'), null],
    findOpportunity: [() => crm.findOpportunity(OTHER, 'hubspot', 'd1'), null],
    eachOpportunityOf: [async () => (await crm.eachOpportunityOf(OTHER, 'hubspot', ['a1']).next()).done, true],
    saveAccountFacts: [() => crm.saveAccountFacts(OTHER, [{ id: `${HUBSPOT}d1`, accountName: 'Taken over' }]), undefined],
    noteDeal: [() => crm.noteDeal(OTHER, 'hubspot', 'd1', 'taken-over'), undefined],
    countMirror: [() => crm.countMirror(OTHER, 'hubspot'), { accounts: 0, opportunities: 0 }],
    listOwners: [async () => (await crm.listOwners(OTHER, 0, 10)).owners.filter(({ name }) => name !== 'Taken over'), []],
    findOwner: [() => crm.findOwner(OTHER, 'hubspot', 'o2'), null],
    nameOwner: [() => crm.nameOwner(OTHER, `${HUBSPOT}o1`, 'U0EVE'), null],
  },
  meets: {
    listToMeet: [() => meets.listToMeet(OTHER, AT, 10), []],
    markMet: [async () => meets.markMet(OTHER, await ours(), null), undefined],
    listOpportunitiesByIds: [() => meets.listOpportunitiesByIds(OTHER, [`${HUBSPOT}d1`]), []],
    listOpportunitiesOfDeal: [() => meets.listOpportunitiesOfDeal(OTHER, deal.id), []],
    tieToDeal: [() => meets.tieToDeal(OTHER, `${HUBSPOT}d1`, 'taken-over', AT), undefined],
    markSalesOf: [() => meets.markSalesOf(OTHER, { source: 'hubspot', sourceId: 'o1' }, AT), undefined],
    markOpportunityMeasured: [async () => meets.markOpportunityMeasured({ ...(await ours()), workspaceId: OTHER }), undefined],
  },
  pushes: {
    keepTie: [() => pushes.keepTie(OTHER, { dealId: 'another', source: 'hubspot', opportunityId: 'd7' }, AT), undefined],
    findPush: [() => pushes.findPush(OTHER, 'deal-1'), null],
    savePush: [() => pushes.savePush(OTHER, { ...push, opportunityId: 'taken over', problem: null }), undefined],
    dealsOfOpportunities: [() => pushes.dealsOfOpportunities(OTHER, 'hubspot', ['d1']), new Map()],
    movePushes: [() => pushes.movePushes(OTHER, 'hubspot', 'd1', 'd2'), undefined],
    listPushTroubles: [() => pushes.listPushTroubles(OTHER, 10), { pushes: [], total: 0 }],
  },
  syncs: {
    findSync: [() => syncs.findSync(OTHER, 'hubspot'), null],
    forgetWatchers: [() => syncs.forgetWatchers(OTHER, 'hubspot', ['k1']), undefined],
    saveSync: [async () => syncs.saveSync({ ...(await claimed()), workspaceId: OTHER, fence: 1 }, { failures: 9 }, AT), true],
    claimSync: [() => syncs.claimSync(OTHER, 'salesforce', AT, AT), { workspaceId: OTHER }],
    watchSync: [() => syncs.watchSync(OTHER, 'hubspot', { userId: 'U0EVE', key: 'k2' }), undefined],
    noteFile: [() => syncs.noteFile(OTHER, 'accounts', NO_TOTALS, AT), undefined],
  },
};

testWalls(calls, { deals, reviews, lists, protection, claims, rules, crm, meets, pushes, syncs });
