import { beforeEach } from 'vitest';
import * as credits from '../../src/measure/attribution/credit-repository.ts';
import * as plans from '../../src/measure/commissions/plan-repository.ts';
import { type Conversion, UNSAID } from '../../src/measure/conversions/conversion.ts';
import * as conversions from '../../src/measure/conversions/conversion-repository.ts';
import { type Cost, costTransaction } from '../../src/measure/costs/cost.ts';
import * as costs from '../../src/measure/costs/cost-repository.ts';
import * as ledger from '../../src/measure/ledger/ledger-repository.ts';
import { recordRevenue } from '../../src/measure/ledger/record-revenue.ts';
import { moved, type Transaction } from '../../src/measure/ledger/transaction.ts';
import * as clicks from '../../src/measure/links/click-repository.ts';
import type { Link } from '../../src/measure/links/link.ts';
import * as links from '../../src/measure/links/link-repository.ts';
import { defaultLinkRules } from '../../src/measure/links/link-rules.ts';
import * as linkRules from '../../src/measure/links/link-rules-repository.ts';
import { defaultMeasureRules } from '../../src/measure/measure-rules/measure-rules.ts';
import * as rules from '../../src/measure/measure-rules/measure-rules-repository.ts';
import type { Payout } from '../../src/measure/payouts/payout.ts';
import * as payoutLines from '../../src/measure/payouts/payout-line-repository.ts';
import * as payouts from '../../src/measure/payouts/payout-repository.ts';
import * as goals from '../../src/measure/qbr/goal-repository.ts';
import * as rates from '../../src/measure/rates/rate-repository.ts';
import * as rollups from '../../src/measure/revenue/rollup-repository.ts';
import * as closedSales from '../../src/measure/sales/closed-sale-repository.ts';
import type { Sale } from '../../src/measure/sales/sale.ts';
import * as sales from '../../src/measure/sales/sale-repository.ts';
import * as touches from '../../src/measure/touches/touch-repository.ts';
import { aPlan, keptPlan } from '../support/a-plan.ts';
import { aSale, aTouch, revenue } from '../support/a-sale.ts';
import { AT, HOME } from '../support/builders.ts';
import { useMongo } from '../support/mongo.ts';
import { type Calls, entry, OTHER, refusal, testWalls } from '../support/walls.ts';

useMongo();
let sale: Sale;
const LATER = new Date(AT.getTime() + 60_000);

beforeEach(async () => {
  sale = await aSale({ state: 'won', closedAt: AT, referral });
  await touches.appendTouch(aTouch());
  await recordRevenue(revenue(), AT);
  await keptPlan();
  await goals.saveGoal(goal);
  await ledger.appendInTurn(aLine(HOME), ['sale:crm:1:0']);
  await ledger.appendTransaction(
    costTransaction(aCost, { ...told, source: 'cost:1', own: { ...aCost.money, rate: '1', rateDay: aCost.day } }),
  );
  await sales.waitForRate(HOME, sale.id, { since: AT, until: AT, rate: { from: 'USD', to: 'EUR', day: '2026-11-23' } });
  await rules.saveMeasureRules(defaultMeasureRules(HOME), { claimDays: 7 }, { ...entry, workspaceId: HOME });
  await credits.keepSaleCredit(credit, null);
  await rollups.askRollups([rollup], AT);
  await payouts.insertPayout(payout, { ...entry, workspaceId: HOME });
  await payoutLines.holdLines(payout);
  await links.insertLink(link, { ...entry, workspaceId: HOME });
  await clicks.saveClicks([{ id: 'click', workspaceId: HOME, code: link.code, day: '2026-11-23', at: AT }]);
  await clicks.keepDayCounts('2026-11-23');
  await linkRules.saveLinkRules(defaultLinkRules(HOME), { secret: { sealed: 's', by: 'U1', at: AT } }, { ...entry, workspaceId: HOME });
  await conversions.insertConversion(conversion);
  await rates.keepRates(HOME, [{ day: '2026-11-27', perEuro: { USD: '1.1' } }]);
});

const aCost: Cost = {
  ...{ day: '2026-11-23', money: { minor: 500, currency: 'EUR' }, partnerId: 'p1', words: '' },
  ...{ kind: 'tools', scope: 'partner', hours: null },
};
const told = { workspaceId: HOME, at: AT, by: 'U1', recordedAt: AT, evidence: 'person' } as const;
const referral = {
  ...{ partnerId: 'p1', by: 'link' as const, code: 'quill', coupon: null, against: null, decision: null, state: 'to-decide' as const },
  flags: [{ flag: 'self-referral' as const, words: '' }],
};
const link: Link = {
  ...{
    code: 'quill',
    workspaceId: HOME,
    partnerId: 'p1',
    campaign: '',
    personId: null,
    target: 'https://larkspur.example',
    coupon: 'SPRING',
  },
  ...{ by: 'U1', at: AT, endedAt: null },
};
const conversion: Conversion = {
  ...{
    ...UNSAID,
    workspaceId: HOME,
    id: 'e1',
    kind: 'refund',
    at: AT,
    customer: 'C1',
    refs: ['e0'],
    receivedAt: AT,
    state: 'lost',
    due: AT,
  },
};
const credit = {
  workspaceId: HOME,
  saleId: 'crm:1',
  credits: [],
  uncounted: [],
  lines: [{ day: '2026-11-23', of: 'all', stage: 'invoiced' as const, sums: {} }],
};
const payout: Payout = {
  ...{ id: 'payout-1', workspaceId: HOME, currency: 'EUR', status: 'draft', leftOut: [], by: 'U1', at: AT, needs: 1, approvals: [] },
  statements: [
    {
      ...{ partnerId: 'p1', entryId: 'e1', carriedInMinor: 0, leastMinor: 0, netMinor: 5, payoutMinor: 5, carriedOutMinor: 0 },
      lines: [{ source: 'earned:x', day: '2026-11-23', saleId: null, product: '', minor: 5, carried: false }],
    },
  ],
  ...{ reference: '', handedOut: null, limit: null, paid: null, takenBack: null, due: AT, rev: 0 },
};
const rollup = { workspaceId: HOME, grain: 'day' as const, at: '2026-11-23', of: 'all' };
function aLine(workspaceId: string): Transaction {
  return {
    ...{
      workspaceId,
      source: 'earned:invoice-1:p1:source',
      kind: 'earned',
      at: AT,
      day: '2026-11-23',
      recordedAt: AT,
      by: 'system',
      of: null,
    },
    ...{ evidence: { kind: 'plan', ref: 'invoice-1', words: '' }, saleId: 'crm:1', product: '', own: null, holdUntil: AT, working: null },
    postings: moved({ minor: 100, currency: 'EUR' }, { to: 'payable', from: 'commission', partnerId: 'p1' }),
  };
}
const theirs = () => ({ ...revenue(), workspaceId: OTHER });
const goal = {
  ...{ workspaceId: HOME, partnerId: 'p1', quarter: '2026-10-01', sourcedMinor: 5, currency: 'EUR', registrations: 2, by: 'U1', at: AT },
};
const DAYS = { from: '2020-01-01', to: '2030-01-01' };
const calls: Calls = {
  closedSales: {
    listSalesClosed: [() => closedSales.listSalesClosed('T0THIRD', { from: new Date(0), before: LATER }), []],
    listDomainsWonBefore: [() => closedSales.listDomainsWonBefore('T0THIRD', ['saltmarsh.example'], LATER), new Set()],
  },
  goals: {
    findGoal: [() => goals.findGoal('T0THIRD', ['p1'], '2026-10-01'), null],
    saveGoal: [() => goals.saveGoal({ ...goal, workspaceId: OTHER, sourcedMinor: 1 }), undefined],
  },
  costs: {
    sumCosts: [() => costs.sumCosts('T0THIRD', DAYS, ['p1']), []],
    listCosts: [() => costs.listCosts('T0THIRD', DAYS, 9), []],
    eachCost: [async () => (await costs.eachCost('T0THIRD', DAYS).next()).value, undefined],
    listKnownSources: [() => costs.listKnownSources('T0THIRD', ['cost:1']), new Set()],
    sumCommissions: [() => costs.sumCommissions('T0THIRD', DAYS), []],
    listCommissions: [() => costs.listCommissions('T0THIRD', DAYS, 9), []],
  },
  ledger: {
    appendTransaction: [async () => (await recordRevenue(theirs(), AT)).changed, true],
    findTransaction: [() => ledger.findTransaction('T0THIRD', 'invoice-1'), null],
    listTransactions: [() => ledger.listTransactions('T0THIRD', ['invoice-1']), []],
    listOfSale: [() => ledger.listOfSale('T0THIRD', sale.id), []],
    appendInTurn: [() => ledger.appendInTurn(aLine(OTHER), ['sale:crm:1:0']), true],
    listOfSales: [() => ledger.listOfSales('T0THIRD', [sale.id]), []],
    listSalesSince: [() => ledger.listSalesSince('T0THIRD', '2020-01-01'), []],
    listEarnedBetween: [() => ledger.listEarnedBetween('T0THIRD', ['p1'], { from: '2020-01-01', before: '2030-01-01' }), []],
    listAgainst: [() => ledger.listAgainst(OTHER, ['invoice-1']), []],
    sumRevenueByDay: [() => ledger.sumRevenueByDay('T0THIRD', ['invoiced']), []],
    listUnratedSales: [() => ledger.listUnratedSales('T0THIRD'), []],
    listSalesOfDay: [() => ledger.listSalesOfDay('T0THIRD', '2026-11-23'), []],
    listOfPartner: [() => ledger.listOfPartner('T0THIRD', 'p1', ['earned']), []],
  },
  credits: {
    listSourcing: [() => credits.listSourcing('T0THIRD', [sale.id]), new Map()],
    findSaleCredit: [() => credits.findSaleCredit('T0THIRD', sale.id), null],
    keepSaleCredit: [
      async () => credits.keepSaleCredit({ ...credit, workspaceId: OTHER }, await credits.findSaleCredit(HOME, sale.id)),
      false,
    ],
    listSalesAdding: [
      () => credits.listSalesAdding(OTHER, { of: 'all', from: '2026-01-01', to: '2027-01-01', stage: 'invoiced', key: 'all' }, 9),
      [],
    ],
    deleteCredits: [() => credits.deleteCredits('T0THIRD'), undefined],
    hasOtherModels: [() => credits.hasOtherModels('T0THIRD'), false],
    settleMarked: [() => credits.settleMarked({ workspaceId: OTHER, saleId: sale.id, rev: 1 }), undefined],
    contributionsTo: [async () => (await credits.contributionsTo(OTHER, { of: 'all', day: '2026-11-23' }).next()).value, undefined],
  },
  rollups: {
    askRollups: [() => rollups.askRollups([{ ...rollup, workspaceId: OTHER }], AT), undefined],
    keepRollup: [() => rollups.keepRollup({ ...rollup, workspaceId: 'T0THIRD', asked: 1 }, {}), false],
    settleRollup: [() => rollups.settleRollup({ ...rollup, workspaceId: OTHER, asked: 1 }), undefined],
    listRollups: [() => rollups.listRollups([{ ...rollup, workspaceId: 'T0THIRD' }]), []],
    askAllRollups: [() => rollups.askAllRollups(OTHER, AT), undefined],
    listFirstDays: [() => rollups.listFirstDays('T0THIRD', { dimension: 'partner', stage: 'booked', key: 'sourced' }), []],
    isRollupDue: [() => rollups.isRollupDue('T0THIRD'), false],
    sumRollups: [
      () =>
        rollups.sumRollups('T0THIRD', [{ grain: 'day', from: '2026-01-01', to: '2027-01-01', sign: 1 }], {
          dimension: 'all',
          stage: 'invoiced',
          keys: ['all'],
          by: 'of',
        }),
      [],
    ],
    deleteRollups: [() => rollups.deleteRollups('T0THIRD'), undefined],
    listRolledUp: [() => rollups.listRolledUp('T0THIRD'), []],
    listFigures: [() => rollups.listFigures('T0THIRD', 'all'), []],
  },
  touches: {
    listTouchedSales: [() => touches.listTouchedSales(OTHER, 'p1'), []],
    appendTouch: [() => touches.appendTouch(aTouch({ workspaceId: OTHER, source: 'another' })), true],
    findTouch: [() => touches.findTouch('T0THIRD', 'touch-1'), null],
    listTouches: [() => touches.listTouches('T0THIRD', sale.id), []],
    overrideLate: [() => touches.overrideLate(OTHER, 'touch-1', { by: 'U0EVE', because: 'x', at: AT }), false],
  },
  sales: {
    findSale: [() => sales.findSale('T0THIRD', sale.id), null],
    listSalesByIds: [() => sales.listSalesByIds('T0THIRD', [sale.id]), []],
    listSalesOfOpportunities: [() => sales.listSalesOfOpportunities('T0THIRD', ['1']), []],
    listSalesOf: [() => sales.listSalesOf('T0THIRD', '', 9), []],
    putOffSale: [() => sales.putOffSale('T0THIRD', sale.id, 'creditDue', { since: AT, until: AT }), undefined],
    changingSales: [() => sales.changingSales(OTHER, { duty: 'creditDue', at: AT }, async () => true), true],
    changingSale: [() => sales.changingSale({ ...sale, workspaceId: OTHER }, LATER, async () => 'done'), 'done'],
    saveSale: [() => sales.saveSale({ ...sale, workspaceId: OTHER }, sale, AT), null],
    markSaleDue: [() => sales.markSaleDue(OTHER, sale.id, LATER), undefined],
    markAllSalesDue: [() => sales.markAllSalesDue(OTHER, 'creditDue', LATER), 0],
    isAnyDue: [() => sales.isAnyDue('T0THIRD', 'creditDue'), false],
    dueSince: [() => sales.dueSince(OTHER, sale.id, 'creditDue'), null],
    waitForRate: [
      () => sales.waitForRate(OTHER, sale.id, { since: AT, until: LATER, rate: { from: 'USD', to: 'EUR', day: '2026-11-23' } }),
      undefined,
    ],
    countWaitingForRates: [() => sales.countWaitingForRates(OTHER), []],
    endWaitForRates: [() => sales.endWaitForRates(OTHER, LATER), undefined],
    listSalesOfDomain: [() => sales.listSalesOfDomain('T0THIRD', 'saltmarsh.example', 9), []],
    listFlagged: [() => sales.listFlagged('T0THIRD', 9), []],
    idsToDecide: [async () => [...(await sales.idsToDecide('T0THIRD'))], []],
    idsToAccrue: [async () => [...(await sales.idsToAccrue('T0THIRD', [sale.id]))], []],
    countReferred: [async () => [...(await sales.countReferred('T0THIRD', ['quill']))], []],
    settleSale: [() => sales.settleSale(OTHER, sale.id, 'creditDue', AT), undefined],
  },
  links: {
    insertLink: [() => links.insertLink({ ...link, code: 'other', workspaceId: OTHER }, entry), true],
    findLink: [() => links.findLink(OTHER, link.code), null],
    findLinkOfCoupon: [() => links.findLinkOfCoupon('T0THIRD', 'SPRING', AT), null],
    listLinks: [() => links.listLinks('T0THIRD', ['p1'], 9), { links: [], total: 0 }],
    endLink: [() => links.endLink(OTHER, link.code, AT, entry), false],
  },
  clicks: {
    findClick: [() => clicks.findClick(OTHER, 'click'), null],
    dropClicks: [() => clicks.dropClicks(OTHER, '2026-11-23'), undefined],
    countPeople: [async () => [...(await clicks.countPeople(OTHER, [link.code], ['2026-11-23']))], []],
  },
  linkRules: {
    getLinkRules: [() => linkRules.getLinkRules('T0THIRD'), { secret: null, rev: 0 }],
    saveLinkRules: [async () => (await linkRules.saveLinkRules(defaultLinkRules(OTHER), { domains: ['x.example'] }, entry))?.secret, null],
    replaceSecret: [() => linkRules.replaceSecret('T0THIRD', 'secret', { from: 's', to: 't' }), false],
  },
  conversions: {
    insertConversion: [() => conversions.insertConversion({ ...conversion, workspaceId: OTHER }), true],
    findConversion: [() => conversions.findConversion('T0THIRD', 'e1'), null],
    listOfCustomer: [() => conversions.listOfCustomer('T0THIRD', 'C1'), []],
    listNaming: [() => conversions.listNaming('T0THIRD', ['e0']), []],
    settleConversions: [() => conversions.settleConversions(OTHER, ['e1'], { state: 'counted' }), undefined],
    putOffConversion: [() => conversions.putOffConversion(OTHER, 'e1', LATER), undefined],
    keepLed: [() => conversions.keepLed('T0THIRD', 'e1', { clicked: null, boundTo: 'x' }), { boundTo: 'x' }],
    hurryConversions: [() => conversions.hurryConversions(OTHER, ['e0'], LATER), undefined],
    listTroubled: [() => conversions.listTroubled('T0THIRD', 9), []],
    countTroubled: [() => conversions.countTroubled('T0THIRD'), 0],
    putAside: [() => conversions.putAside('T0THIRD', 'e1', entry), false],
  },
  payouts: {
    insertPayout: [() => payouts.insertPayout({ ...payout, id: 'payout-2', workspaceId: OTHER }, entry), true],
    getPayout: [() => payouts.getPayout(OTHER, payout.id).catch((error: unknown) => error), refusal],
    getPayoutHead: [() => payouts.getPayoutHead(OTHER, payout.id).catch((error: unknown) => error), refusal],
    findOpenPayout: [() => payouts.findOpenPayout('T0THIRD', 'EUR'), null],
    findLastPaid: [() => payouts.findLastPaid(OTHER, 'EUR'), null],
    listPaidAndTakenBack: [() => payouts.listPaidAndTakenBack('T0THIRD'), []],
    listPayouts: [() => payouts.listPayouts('T0THIRD', 9), []],
    noteHandedOut: [() => payouts.noteHandedOut({ ...payout, workspaceId: OTHER }, { by: 'U1', at: AT }, entry), null],
    movePayout: [() => payouts.movePayout({ ...payout, workspaceId: OTHER }, { status: 'approved' }, entry), null],
    claimFiledStatement: [() => payouts.claimFiledStatement(OTHER, payout.id, 'p1'), false],
    settleDue: [() => payouts.settleDue({ ...payout, workspaceId: OTHER }), undefined],
    putOffPayout: [() => payouts.putOffPayout(OTHER, payout.id, { since: AT, until: LATER }), undefined],
  },
  payoutLines: {
    sumBackOf: [() => payoutLines.sumBackOf('T0THIRD', ['earned:x']), { count: 0, minor: 0 }],
    holdLines: [() => payoutLines.holdLines({ ...payout, workspaceId: OTHER }), true],
    findPayoutOfLine: [() => payoutLines.findPayoutOfLine('T0THIRD', 'earned:invoice-1:p1:source'), null],
    freeLines: [() => payoutLines.freeLines(OTHER, payout.id), undefined],
    listFree: [() => payoutLines.listFree('T0THIRD', 'p1', 9), []],
    sumFree: [() => payoutLines.sumFree('T0THIRD', 'p1'), []],
    listUnpaidPartners: [() => payoutLines.listUnpaidPartners('T0THIRD'), []],
    markSettled: [() => payoutLines.markSettled({ ...payout, workspaceId: OTHER }), undefined],
  },
  plans: {
    insertPlan: [() => plans.insertPlan(aPlan({ workspaceId: OTHER }), entry), true],
    listPlanVersions: [() => plans.listPlanVersions('T0THIRD'), []],
  },
  rules: {
    getMeasureRules: [() => rules.getMeasureRules(OTHER), { claimDays: 14, rev: 0 }],
    saveMeasureRules: [async () => (await rules.saveMeasureRules(defaultMeasureRules(OTHER), { claimDays: 1 }, entry))?.claimDays, 1],
  },
  rates: {
    keepRates: [() => rates.keepRates(OTHER, [{ day: '2026-11-26', perEuro: { USD: '9' } }]), 1],
    findRate: [() => rates.findRate('T0THIRD', 'EUR', 'USD', '2026-11-27'), null],
    findLastBankRate: [() => rates.findLastBankRate('T0THIRD', 'EUR', 'USD', '2026-11-27'), null],
    isPublished: [() => rates.isPublished('T0THIRD', 'USD', '2026-11-27'), false],
    lastRateDay: [() => rates.lastRateDay('T0THIRD'), null],
  },
};
testWalls(calls, {
  closedSales,
  goals,
  links,
  clicks,
  linkRules,
  conversions,
  costs,
  credits,
  rollups,
  ledger,
  touches,
  sales,
  plans,
  payouts,
  payoutLines,
  rules,
  rates,
});
