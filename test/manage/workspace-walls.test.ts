import { beforeEach } from '@jest/globals';
import * as claims from '../../src/manage/conflicts/claim-repository.ts';
import { defaultRules } from '../../src/manage/deal-rules/deal-rules.ts';
import * as rules from '../../src/manage/deal-rules/deal-rules-repository.ts';
import type { Deal } from '../../src/manage/deals/deal.ts';
import * as deals from '../../src/manage/deals/deal-repository.ts';
import { keepTyped } from '../../src/manage/deals/register-deal.ts';
import type { Partner } from '../../src/onboard/partners/partner.ts';
import { aDeal } from '../support/a-deal.ts';
import { aPartner, piaOf } from '../support/a-partner.ts';
import { AT, aProgramme } from '../support/builders.ts';
import { useMongo } from '../support/mongo.ts';
import { type Calls, entry, OTHER, refusal, testWalls } from '../support/walls.ts';

useMongo();
let partner: Partner;
let deal: Deal;
let draftId: string;

beforeEach(async () => {
  await aProgramme();
  partner = await aPartner();
  deal = await aDeal(partner);
  draftId = '00000000-0000-4000-8000-000000000001';
  await keepTyped(piaOf(partner), { partnerId: partner.id, dealId: draftId }, { company: 'Saltmarsh' }, AT);
});

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
    listDeals: [() => deals.listDeals(OTHER, partner.id, 10), { deals: [], total: 0 }],
    countDeals: [() => deals.countDeals(OTHER, new Date(0), new Date('2099-01-01')), 0],
    moveDeals: [() => deals.moveDeals(OTHER, partner.id, 'another'), undefined],
    markAnnounced: [() => deals.markAnnounced(OTHER, deal.id, AT), undefined],
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
};

testWalls(calls, { deals, claims, rules });
