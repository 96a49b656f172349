import { addDays } from 'date-fns';
import mongoose from 'mongoose';
import { SaleCreditModel } from '../../src/measure/attribution/credit-repository.ts';
import { workOutCredit } from '../../src/measure/attribution/credit-sale.ts';
import { findTransaction } from '../../src/measure/ledger/ledger-repository.ts';
import { recordRevenue } from '../../src/measure/ledger/record-revenue.ts';
import { defaultMeasureRules } from '../../src/measure/measure-rules/measure-rules.ts';
import { readRevenueAsk } from '../../src/measure/revenue/ask.ts';
import { checkRevenue } from '../../src/measure/revenue/check-revenue.ts';
import type { Span } from '../../src/measure/revenue/period.ts';
import { revenueReport } from '../../src/measure/revenue/report.ts';
import { rollUp } from '../../src/measure/revenue/roll-up.ts';
import { RollupModel } from '../../src/measure/revenue/rollup-repository.ts';
import { SaleModel } from '../../src/measure/sales/sale-repository.ts';
import { ORIGINS } from '../../src/measure/touches/touch.ts';
import { appendTouch, TouchModel } from '../../src/measure/touches/touch-repository.ts';
import { PartnerModel } from '../../src/onboard/partners/partner-model.ts';
import { databaseUri } from '../support/database-uri.ts';
import { chooseTestServer } from '../support/mongo-server.ts';
import { type BenchRow, lessIsBetter, median } from './bench-row.ts';
import { fillHistory, madeUpSale, WORKSPACE } from './revenue-history.ts';

/** `REVENUE_SIZE=100000` touches is a shorter run. */
const SIZE = Number(process.env.REVENUE_SIZE ?? 1_000_000);
const PARTNERS = 300;
const READS = 200;
const PLAIN_READS = 3;
/** Sales that something happens to after all else: a late touch, a correction, a refund. */
const LATE = 40;
const GOAL_MS = 100;
const NOW = new Date('2026-11-29T09:00:00Z');
const CALENDAR = { today: '2026-11-29', fiscalYearStart: 1 };
const ASKS = [
  'last quarter by partner',
  'last 12 months by partner compare',
  '2026-q2 by month',
  'last quarter by product',
  'last 90 days by type model linear',
];

/** The report of `/partners revenue` over a history of touches, beside the plain aggregation over ledger and touches for the same partners and the same period;
 *  both to the cent the same, also after late, corrected and refunded entries. */
export async function measureRevenueSpeed(): Promise<BenchRow[]> {
  const mongo = await chooseTestServer(process.env);
  try {
    await mongoose.connect(databaseUri(mongo.uri, 'bench'));
    await Promise.all([SaleModel, TouchModel, SaleCreditModel, RollupModel, PartnerModel].map((model) => model.init()));
    await mongoose.model('Ledger').init();
    const partnerIds = await addPartners();
    const sales = await fillHistory(SIZE, partnerIds);
    await happenLate(partnerIds, sales);
    const took = await timedReads();
    const p95 = took[Math.floor(took.length * 0.95)] ?? Number.NaN;
    const plain = await timedPlain();
    const wrong = await checkRevenue(WORKSPACE, NOW);
    if (wrong?.length !== 0) throw new Error(`${wrong?.length ?? 'not compared:'} figures are not what the ledger says`);
    process.stderr.write(`${SIZE} touches, ${sales} sales, ${mongo.from}; report middle ${median(took).toFixed(1)} ms\n`);
    const unit = `ms p95, at most ${GOAL_MS}, beside the plain aggregation`;
    return [lessIsBetter({ name: 'revenue-speed', ours: p95, peer: plain, unit, n: SIZE })];
  } finally {
    await mongoose.disconnect();
    await mongo.stop();
  }
}

async function addPartners(): Promise<string[]> {
  const types = ['agency', 'reseller', 'technology'];
  const made = Array.from({ length: PARTNERS }, (_, number) => ({
    ...{
      workspaceId: WORKSPACE,
      companyId: `c${number}`,
      name: `Partner ${number}`,
      nameKey: `partner${number}`,
      domains: [`p${number}.example`],
    },
    ...{
      aliases: [],
      types: [types[number % 3]],
      status: 'active',
      tier: number % 2 ? 'Gold' : 'Silver',
      countries: [],
      owner: 'U0BENCH',
      people: [],
    },
    ...{
      teamIds: [],
      channel: null,
      notes: [],
      firstRegistrationAt: null,
      statusAt: NOW,
      createdAt: NOW,
      createdBy: 'U0BENCH',
      endedBecause: '',
      rev: 1,
    },
  }));
  const { insertedIds } = await PartnerModel.collection.insertMany(made);
  return Object.values(insertedIds).map(String);
}

/** By the way that the product goes: recorded, worked out, added up. */
async function happenLate(partnerIds: readonly string[], sales: number): Promise<void> {
  for (let number = 0; number < LATE; number++) {
    const of = (number * 977) % sales;
    const { touches, transactions } = madeUpSale(of, partnerIds);
    const [touch] = touches;
    const [booked] = transactions;
    if (!touch || !booked) continue;
    const saleId = `crm:${of}`;
    const like = await findTransaction(WORKSPACE, booked.source);
    const partnerId = partnerIds[number] ?? '';
    // Earlier than all others: from now on this partner sourced it.
    await appendTouch({ ...touch, source: `${saleId}:late`, partnerId, at: addDays(touch.at, -3), recordedAt: addDays(touch.at, -1) });
    const said = {
      workspaceId: WORKSPACE,
      saleId,
      stage: 'booked',
      product: booked.product,
      by: 'crm',
      evidence: booked.evidence,
    } as const;
    const back = { minor: -Math.floor((booked.own?.minor ?? 0) / 7), currency: 'EUR' };
    await recordRevenue(
      { ...said, source: `${saleId}:late`, kind: 'refunded', of: booked.source, like, at: addDays(booked.at, 2), money: back },
      NOW,
    );
    await workOutCredit(WORKSPACE, saleId, NOW);
  }
  while ((await rollUp(NOW)).done > 0);
}

/** Milliseconds of each report, sorted. */
async function timedReads(): Promise<number[]> {
  const took: number[] = [];
  for (let number = 0; number < READS; number++) {
    // Asked on each day of a month in turn: the days at both ends of a period are what takes longest.
    const today = addDays(NOW, -(number % 31))
      .toISOString()
      .slice(0, 10);
    const { ask } = readRevenueAsk(ASKS[number % ASKS.length] ?? '', { ...CALENDAR, today });
    const start = performance.now();
    await revenueReport(WORKSPACE, ask);
    took.push(performance.now() - start);
  }
  return took.sort((a, b) => a - b);
}

/** Milliseconds of the plain way, the middle of a few; throws when it comes to another figure of any partner. */
async function timedPlain(): Promise<number> {
  const { ask } = readRevenueAsk('last quarter by partner', CALENDAR);
  const { rows } = await revenueReport(WORKSPACE, ask);
  const took: number[] = [];
  for (let number = 0; number < PLAIN_READS; number++) {
    const start = performance.now();
    const plain = await sourcedPlainly(ask.period);
    took.push(performance.now() - start);
    const ours = new Map(rows.flatMap(({ key, now }) => (now === 0 ? [] : [[key, now] as const])));
    const same = plain.length === ours.size && plain.every(({ _id, minor }) => ours.get(_id) === minor);
    if (!same) throw new Error('the report is not what the plain aggregation comes to');
  }
  return median(took);
}

/** What each partner sourced of what is booked in a period, from the ledger, the sales and the touches alone. */
async function sourcedPlainly({ from, to }: Span): Promise<{ _id: string; minor: number }[]> {
  const { claimDays, lookBackDays } = defaultMeasureRules(WORKSPACE);
  const dayMs = 86_400_000;
  const counts = [
    { $gte: ['$at', { $subtract: ['$$createdAt', lookBackDays * dayMs] }] },
    { $lte: ['$at', '$$closedAt'] },
    { $lte: ['$recordedAt', { $add: ['$$createdAt', claimDays * dayMs] }] },
  ];
  return mongoose.connection
    .collection('ledger')
    .aggregate<{ _id: string; minor: number }>(
      [
        { $match: { workspaceId: WORKSPACE, day: { $gte: from, $lt: to }, saleId: { $type: 'string' } } },
        { $unwind: '$postings' },
        { $match: { 'postings.account': 'booked' } },
        { $group: { _id: '$saleId', minor: { $sum: '$own.minor' } } },
        { $addFields: { key: { $concat: [`${WORKSPACE}|`, '$_id'] } } },
        { $lookup: { from: SaleModel.collection.name, localField: 'key', foreignField: '_id', as: 'sale' } },
        { $unwind: '$sale' },
        {
          $lookup: {
            from: TouchModel.collection.name,
            let: { saleId: '$_id', createdAt: '$sale.createdAt', closedAt: '$sale.closedAt' },
            pipeline: [
              {
                $match: {
                  workspaceId: WORKSPACE,
                  type: { $in: [...ORIGINS] },
                  $expr: { $and: [{ $eq: ['$saleId', '$$saleId'] }, ...counts] },
                },
              },
              { $sort: { recordedAt: 1, source: 1 } },
              { $limit: 1 },
            ],
            as: 'first',
          },
        },
        { $unwind: '$first' },
        { $group: { _id: '$first.partnerId', minor: { $sum: '$minor' } } },
        { $match: { minor: { $ne: 0 } } },
      ],
      { allowDiskUse: true },
    )
    .toArray();
}
