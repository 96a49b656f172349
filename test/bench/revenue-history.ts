import { addDays } from 'date-fns';
import mongoose from 'mongoose';
import { contributionsOf, type Worth } from '../../src/measure/attribution/contributions.ts';
import { creditSale } from '../../src/measure/attribution/credit.ts';
import { keyOf, SaleCreditModel } from '../../src/measure/attribution/credit-repository.ts';
import { MODEL_VERSIONS } from '../../src/measure/attribution/models.ts';
import type { Transaction } from '../../src/measure/ledger/transaction.ts';
import { moved } from '../../src/measure/ledger/transaction.ts';
import { defaultMeasureRules } from '../../src/measure/measure-rules/measure-rules.ts';
import { addStages, type StageSums } from '../../src/measure/revenue/measures.ts';
import { dimensionOf, RollupModel, rollupId } from '../../src/measure/revenue/rollup-repository.ts';
import type { Grain } from '../../src/measure/revenue/stretches.ts';
import { SaleModel } from '../../src/measure/sales/sale-repository.ts';
import type { Touch } from '../../src/measure/touches/touch.ts';
import { TouchModel } from '../../src/measure/touches/touch-repository.ts';

export const WORKSPACE = 'T0BENCH';
const BEGIN = new Date('2025-01-01T09:00:00Z');
const DAYS = 690;
const TOUCHES_PER_SALE = 10;
const SLICE = 2_000;
const TYPES = ['event', 'demo', 'introduction', 'influence', 'co-sell-meeting'] as const;
const PRODUCTS = ['Suite', 'Edge', 'Care', ''] as const;

/** Knuth's multiplicative hash: neighbours have nothing in common. */
const mixed = (number: number, salt: number) => Math.floor(((number * 2_654_435_761 + salt * 40_503) % 2 ** 32) / 7);

type Made = { sale: Record<string, unknown> & { createdAt: Date; closedAt: Date }; touches: Touch[]; transactions: Transaction[] };

/** A sale with ten touches of three partners, one in nine claimed too late; booked on the day on which it was won, mostly invoiced, one in twenty refunded in part. */
export function madeUpSale(number: number, partnerIds: readonly string[]): Made {
  const id = `crm:${number}`;
  const createdAt = addDays(BEGIN, mixed(number, 1) % (DAYS - 60));
  const closedAt = addDays(createdAt, 10 + (mixed(number, 2) % 40));
  const whose = [3, 4, 5].map((salt) => partnerIds[mixed(number, salt) % partnerIds.length] ?? '');
  const touches = Array.from({ length: TOUCHES_PER_SALE }, (_, place): Touch => {
    const isFirst = place === 0;
    const at = isFirst ? addDays(createdAt, -1) : addDays(createdAt, -100 + (mixed(number * 10 + place, 6) % 108));
    const recordedAt = isFirst && number % 9 === 0 ? addDays(createdAt, 20) : at;
    const type = isFirst ? 'registration' : (TYPES[place % TYPES.length] ?? 'event');
    const base = { workspaceId: WORKSPACE, saleId: id, by: 'U0BENCH', evidence: 'Noted', lateOverride: null };
    return {
      ...base,
      source: `${id}:${place}`,
      partnerId: whose[place % 3] ?? '',
      type,
      role: isFirst ? 'source' : 'influence',
      at,
      recordedAt,
    };
  });
  const product = PRODUCTS[number % PRODUCTS.length] ?? '';
  const minor = 100_000 + (mixed(number, 7) % 9_900_001);
  const entry = (kind: Transaction['kind'], stage: 'booked' | 'invoiced', at: Date, sum: number): Transaction => ({
    ...{ workspaceId: WORKSPACE, source: `${id}:${kind}`, kind, at, day: at.toISOString().slice(0, 10), recordedAt: at, by: 'crm' },
    evidence: { kind: 'crm', ref: id, words: 'Won' },
    ...{ of: kind === 'refunded' ? `${id}:booked` : null, saleId: id, product, holdUntil: null, working: null },
    own: { minor: sum, currency: 'EUR', rate: '1', rateDay: at.toISOString().slice(0, 10) },
    postings: moved({ minor: sum, currency: 'EUR' }, { to: stage, from: 'customers' }),
  });
  const transactions = [
    entry('booked', 'booked', closedAt, minor),
    ...(number % 3 > 0 ? [entry('invoiced', 'invoiced', addDays(closedAt, 5), minor)] : []),
    ...(number % 20 === 0 ? [entry('refunded', 'booked', addDays(closedAt, 9), -Math.floor(minor / 3))] : []),
  ];
  const parts = [...new Set(whose)].map((partnerId) => ({ partnerId, role: 'source' }));
  const names = { id, workspaceId: WORKSPACE, customer: `Customer ${number}`, domain: null, dealId: null, opportunityId: String(number) };
  const sale = { _id: `${WORKSPACE}|${id}`, ...names, state: 'won', createdAt, closedAt, partners: parts, rev: 1 };
  return { sale, touches, transactions };
}

/** Fills the database with so many touches, and with what the product would have made of them. */
export async function fillHistory(touchCount: number, partnerIds: readonly string[]): Promise<number> {
  const rules = defaultMeasureRules(WORKSPACE);
  const days = new Map<string, StageSums[]>();
  const rows: Record<'sales' | 'touches' | 'ledger' | 'credits', Record<string, unknown>[]> = {
    sales: [],
    touches: [],
    ledger: [],
    credits: [],
  };
  const put = async (name: string, documents: Record<string, unknown>[]) => {
    for (let at = 0; at < documents.length; at += SLICE)
      await mongoose.connection.collection(name).insertMany(documents.slice(at, at + SLICE), { ordered: false });
  };
  const flush = async () => {
    await Promise.all([
      put(SaleModel.collection.name, rows.sales.splice(0)),
      put(TouchModel.collection.name, rows.touches.splice(0)),
      put('ledger', rows.ledger.splice(0)),
      put(SaleCreditModel.collection.name, rows.credits.splice(0)),
    ]);
  };
  const count = Math.ceil(touchCount / TOUCHES_PER_SALE);
  for (let number = 0; number < count; number++) {
    const { sale, touches, transactions } = madeUpSale(number, partnerIds);
    const { credits, uncounted } = creditSale(sale, touches, rules, sale.closedAt);
    const lines = contributionsOf(transactions.flatMap(worthOf), credits);
    for (const line of lines) {
      const key = keyOf(line);
      const known = days.get(key) ?? [];
      known.push({ [line.stage]: line.sums });
      days.set(key, known.length > 20 ? [addStages(known)] : known);
    }
    const saleId = String(sale.id);
    rows.sales.push(sale);
    for (const touch of touches) rows.touches.push({ _id: `${WORKSPACE}|${touch.source}`, ...touch });
    for (const entry of transactions) rows.ledger.push({ _id: `${WORKSPACE}|${entry.source}`, ...entry });
    const keys = [...new Set(lines.map(keyOf))];
    rows.credits.push({
      _id: `${WORKSPACE}|${saleId}`,
      workspaceId: WORKSPACE,
      saleId,
      credits,
      uncounted,
      lines,
      keys,
      models: MODEL_VERSIONS,
      unmarked: [],
      rev: 1,
    });
    if (rows.touches.length >= SLICE * 5) await flush();
  }
  await flush();
  await put(RollupModel.collection.name, rollupsOf(days));
  return count;
}

function worthOf({ day, product, own, postings }: Transaction): Worth[] {
  const account = postings[0]?.account;
  return account === 'booked' || account === 'invoiced' ? [{ day, product, stage: account, minor: own?.minor ?? null }] : [];
}

function rollupsOf(days: ReadonlyMap<string, StageSums[]>): Record<string, unknown>[] {
  const made: Record<string, unknown>[] = [];
  const months = new Map<string, StageSums[]>();
  const put = (grain: Grain, of: string, at: string, sums: StageSums) => {
    const key = { workspaceId: WORKSPACE, grain, at, of };
    made.push({ _id: rollupId(key), ...key, dimension: dimensionOf(of), sums, asked: 1 });
  };
  for (const [key, all] of days) {
    const [of = '', day = ''] = key.split('|');
    const sums = addStages(all);
    put('day', of, day, sums);
    const month = `${of}|${day.slice(0, 7)}`;
    months.set(month, [...(months.get(month) ?? []), sums]);
  }
  for (const [key, all] of months) {
    const [of = '', month = ''] = key.split('|');
    put('month', of, month, addStages(all));
  }
  return made;
}
