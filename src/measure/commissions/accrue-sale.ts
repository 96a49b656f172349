import { createHash } from 'node:crypto';
import { addDays } from 'date-fns';
import { findPartnerNow, subjectsOf } from '../../onboard/partners/merge-partners.ts';
import { inRounds } from '../../platform/in-rounds.ts';
import { appendInTurn, listAgainst, listEarnedBetween, listOfSale, listOfSales } from '../ledger/ledger-repository.ts';
import { dayIn, ownLike, ownValue } from '../ledger/record-revenue.ts';
import { moved, type Transaction } from '../ledger/transaction.ts';
import type { MeasureRules } from '../measure-rules/measure-rules.ts';
import { getMeasureRules } from '../measure-rules/measure-rules-repository.ts';
import { findRate } from '../rates/rate-repository.ts';
import type { Sale } from '../sales/sale.ts';
import { findSale } from '../sales/sale-repository.ts';
import { hasRule, type Line, type Part, type Sold, type Standing, standingOf } from './commission-line.ts';
import { commissionsOn } from './commission-on.ts';
import { type Plan, periodOf } from './plan.ts';
import { listPlanVersions } from './plan-repository.ts';
import { type Has, unearned } from './replay.ts';
import { type Happened, happenedOf, standingAmong } from './standing.ts';
import { removedFrom, type TakenBack, takenBackBy } from './take-back.ts';
import { type Raise, raised, raiseSource, raisesBy } from './tier-period.ts';

/** A rate that is missing, and of which day. */
export type WaitsFor = { from: string; to: string; day: string };
type Around = { sale: Sale; parts: readonly Has[]; versions: readonly Plan[]; rules: MeasureRules; now: Date };

/** Brings the commissions of a sale to what its revenue and its parts say: a line for each partner's part in each revenue that its plan counts, and one for
 *  each refund of it. What was earned by a part that was taken away is taken back; given again, it is earned again. What others earned stays as it is.
 *  Safe to repeat and to run twice at once: a line stands once by its source, and is worked out anew where another one that it depends on came in
 *  between, which the places it takes in the ledger tell. Null when all is done; else the first rate that is missing, and what needs it waits. */
export async function accrueSale(workspaceId: string, saleId: string, now: Date): Promise<WaitsFor | null> {
  const sale = await findSale(workspaceId, saleId);
  if (!sale) return null;
  const [versions, rules, parts] = await Promise.all([listPlanVersions(workspaceId), getMeasureRules(workspaceId), partsOf(sale)]);
  const around: Around = { sale, parts, versions, rules, now };
  await inRounds(`parts of ${saleId}`, () => takeAway(around));
  let waits: WaitsFor | null = null;
  for (const happened of happenedOf(await listOfSale(workspaceId, saleId))) {
    const missing = await inRounds(`commissions of ${saleId}`, () =>
      happened.kind === 'sold' ? earn(around, happened) : takeBack(around, happened),
    );
    waits ??= missing;
  }
  return waits;
}

/** Who has which part, by the record that each partner has now. A partner that is no more earns nothing. */
export async function partsOf({ workspaceId, partners }: Sale): Promise<Has[]> {
  const found = await Promise.all(
    partners.map(async ({ partnerId, role }): Promise<Has[]> => {
      const partner = await findPartnerNow(workspaceId, partnerId);
      if (!partner) return [];
      const { id, types, tier } = partner;
      return [{ id, role, whom: { types, tier, ids: [...new Set([...(await idsOf(workspaceId, id)), partnerId])] } }];
    }),
  );
  return [...new Map(found.flat().map((part) => [`${part.id}:${part.role}`, part])).values()];
}

/** A partner's id and those of records that were merged into it: the ledger goes on naming them. */
export async function idsOf(workspaceId: string, partnerId: string): Promise<string[]> {
  return (await subjectsOf(workspaceId, partnerId)).map((subject) => subject.replace(/^partner:/, ''));
}

type Round = { done: WaitsFor | null } | null;

async function earn(around: Around, { sold, at }: Extract<Happened, { kind: 'sold' }>): Promise<Round> {
  const { sale, parts, rules } = around;
  const all = await listOfSale(sale.workspaceId, sale.id);
  const ofSale = standingAmong(all).map((line) => underNow(line, parts));
  const standing = ofSale.filter(({ isRemoved }) => !isRemoved);
  const others = standing.filter((line) => line.sold === sold.source);
  const planned = unearned(sold, { parts, ofSale, versions: around.versions });
  if (planned.length === 0) return { done: null };
  const year = periodOf(sold.day, 'year', rules.fiscalYearStart);
  const rows: Rows = new Map([[saleRow(sale.id), linesAmong(all)]]);
  const working = await Promise.all(
    planned.map(async ({ id, role, plan, whom }): Promise<Part> => {
      const ofYear = hasPeriod(plan) ? await standingBetween(sale.workspaceId, whom.ids, year) : [];
      rows.set(periodRow(id, year), ofYear.filter(isOfPeriod).length);
      const stand = ofYear.filter(({ isRemoved }) => !isRemoved);
      const theirs = [...stand, ...standing.filter((line) => line.partnerId === id)].map((line) => ({ ...line, partnerId: id }));
      return { partnerId: id, role, plan, before: [...new Map(theirs.map((line) => [line.source, line])).values()] };
    }),
  );
  const rates = await ratesOf(sale.workspaceId, sold, working);
  const order = parts.map(({ id, role }) => `${id}:${role}`);
  const rateOf = (_from: string, to: string) => rates.get(to) ?? null;
  const { lines, waitsFor } = commissionsOn(sold, working, { ...rules, others, order, rateOf });
  if (waitsFor) return { done: { from: waitsFor[0], to: waitsFor[1], day: sold.day } };
  const beforeOf = ({ partnerId }: Pick<Line, 'partnerId'>) => working.find((part) => part.partnerId === partnerId)?.before ?? [];
  const raises = lines.flatMap((line) => raisesBy(sold, line, beforeOf(line), rules));
  if (raises.length > 0) {
    await raiseEarlier(around, { sold, at, raises, beforeOf, rows });
    // Caps have less left now.
    return null;
  }
  for (const line of lines) {
    const again = ofSale.filter((one) => isMainOf(one, { ...line, sold: sold.source }));
    const source = `${earnedSource(sold.source, line.partnerId, line.role)}${again.length > 0 ? `:again:${again.length}` : ''}`;
    if (!(await append(await earnedOf(around, sold, line, { source, at, day: sold.day }), line, { rows, year }))) return null;
  }
  return { done: null };
}

/** How many lines are in a row whose places are taken one by one. */
type Rows = Map<string, number>;
type Year = { from: string; before: string };
const saleRow = (saleId: string | null) => `sale:${saleId}`;
const periodRow = (partnerId: string, { from }: Pick<Year, 'from'>) => `period:${partnerId}:${from}`;
/** Whether what a partner earns of a sale depends on its other sales. */
const hasPeriod = ({ pay, capPeriod }: Plan) => pay.kind === 'tiered' || capPeriod !== null;
const isOfPeriod = (line: Pick<Standing, 'working'>) =>
  (['tier-marginal', 'tier-whole', 'tier-raise', 'cap-period'] as const).some((rule) => hasRule(line, rule));

/** Takes the next place in each row that the line was worked out of. False when somebody else has it. */
async function append(transaction: Transaction, line: Line, { rows, year }: { rows: Rows; year: Year }): Promise<boolean> {
  const taken = [saleRow(transaction.saleId), ...(isOfPeriod(line) ? [periodRow(line.partnerId, year)] : [])];
  const turns = taken.map((row) => `${row}:${rows.get(row) ?? 0}`);
  for (const row of taken) rows.set(row, (rows.get(row) ?? 0) + 1);
  return appendInTurn(transaction, turns);
}

type Raising = { sold: Sold; at: Date; raises: readonly Raise[]; beforeOf: (line: Raise) => readonly Standing[]; rows: Rows };

/** Appends what earlier revenue of the period earns more, as far as nothing has changed meanwhile. */
async function raiseEarlier(around: Around, { sold, at, raises, beforeOf, rows }: Raising): Promise<void> {
  const { sale, rules, parts } = around;
  const year = periodOf(sold.day, 'year', rules.fiscalYearStart);
  const ids = [...new Set(raises.map(({ line }) => line.saleId))];
  const found = await listOfSales(sale.workspaceId, ids);
  const bySale = new Map(ids.map((id) => [id, found.filter(({ saleId }) => saleId === id)]));
  for (const [saleId, transactions] of bySale) rows.set(saleRow(saleId), linesAmong(transactions));
  const now: Standing[] = [];
  for (const raise of raises) {
    const { saleId, sold: of } = raise.line;
    const transactions = bySale.get(saleId) ?? [];
    const there = standingAmong(transactions).filter(({ isRemoved }) => !isRemoved);
    const ofSale = [...there.map((line) => underNow(line, parts)), ...now.filter((line) => line.saleId === saleId)];
    const seen = ofSale.find(({ source }) => source === raise.line.source);
    if (seen?.keptBaseMinor !== raise.line.keptBaseMinor) return;
    const line = raised(raise, sold.day, { ofSale, before: [...beforeOf(raise), ...now] }, rules);
    const revenue = { source: of, saleId, day: sold.day, product: transactions.find(({ source }) => source === of)?.product ?? '' };
    const transaction = await earnedOf(around, revenue, line, { source: raiseSource(raise), at, day: sold.day });
    if (!(await append(transaction, line, { rows, year }))) return;
    now.push(standingOf(revenue, line, transaction.source));
  }
}

/** Takes back what was earned by parts that are in the sale no more. A partner that is on file no longer keeps what it has. What was refunded as a whole goes
 *  too, for nothing: when the part is given again all of its sale is worked out again. */
async function takeAway({ sale, parts, now }: Around): Promise<Round> {
  const { workspaceId, id: saleId } = sale;
  const all = await listOfSale(workspaceId, saleId);
  const stands = ({ partnerId, working: { role } }: Standing) =>
    parts.some((part) => part.role === role && part.whom.ids.includes(partnerId)) ||
    sale.partners.some((part) => part.role === role && part.partnerId === partnerId);
  const gone = standingAmong(all).filter((line) => !line.isRemoved && !stands(line));
  if (gone.length === 0) return { done: null };
  const day = await dayIn(workspaceId, now);
  const bySource = new Map(all.map((transaction) => [transaction.source, transaction]));
  let place = linesAmong(all);
  for (const line of gone) {
    const earned = bySource.get(line.source);
    if (!earned) continue;
    const evidence = { kind: 'deal', ref: sale.dealId ?? saleId, words: '' } as const;
    const back = { source: `clawback:removed:${line.source}`, at: now, day, recordedAt: now, evidence, ...removedFrom(line) };
    if (!(await appendInTurn(clawbackOf(earned, line, back), [`${saleRow(saleId)}:${place++}`]))) return null;
  }
  return { done: null };
}

async function standingBetween(workspaceId: string, ids: readonly string[], days: { from: string; before: string }): Promise<Standing[]> {
  const earned = await listEarnedBetween(workspaceId, ids, days);
  const against = await listAgainst(
    workspaceId,
    earned.map(({ source }) => source),
  );
  return standingAmong([...earned, ...against]);
}

function underNow(line: Standing, parts: readonly Has[]): Standing {
  const has = parts.find(({ whom }) => whom.ids.includes(line.partnerId));
  return has ? { ...line, partnerId: has.id } : line;
}

async function ratesOf(workspaceId: string, { currency, day }: Sold, parts: readonly Part[]) {
  const wanted = [...new Set(parts.map(({ plan }) => plan.currency))];
  const found = await Promise.all(wanted.map(async (to) => [to, await findRate(workspaceId, currency, to, day)] as const));
  return new Map(found.flatMap(([to, rate]) => (rate ? [[to, rate] as const] : [])));
}

const COMMISSIONS: readonly Transaction['kind'][] = ['earned', 'clawback'];
const linesAmong = (all: readonly Transaction[]) => all.filter(({ kind }) => COMMISSIONS.includes(kind)).length;

async function earnedOf(
  { sale: { workspaceId }, now }: Around,
  { source: ref, saleId, product }: Pick<Sold, 'source' | 'saleId' | 'product'>,
  { partnerId, plan, working, minor, currency }: Line,
  { source, at, day }: { source: string; at: Date; day: string },
): Promise<Transaction> {
  return {
    ...{ workspaceId, saleId, source, kind: 'earned', of: null, product, at, day, recordedAt: now, by: 'system' },
    evidence: { kind: 'plan', ref, words: plan.name },
    own: await ownValue(workspaceId, { minor, currency }, day),
    holdUntil: addDays(at, plan.holdDays),
    working,
    postings: moved({ minor, currency }, { to: 'payable', from: 'commission', partnerId }),
  };
}

/** A line for each commission that stands and that a refund makes smaller. */
async function takeBack({ sale, parts, now }: Around, refund: Extract<Happened, { kind: 'back' }>): Promise<Round> {
  const { workspaceId, id: saleId } = sale;
  const all = await listOfSale(workspaceId, saleId);
  const bySource = new Map(all.map((transaction) => [transaction.source, transaction]));
  // Partners are compared by the record of now.
  const standing = standingAmong(all).filter(({ isRemoved }) => !isRemoved);
  const ofSale = standing.map((line) => underNow(line, parts));
  const sourceOf = (line: Standing) => backSource(refund, line, whoseOf(bySource.get(line.source)));
  let place = linesAmong(all);
  for (const { line, ...taken } of takenBackBy(refund, ofSale, (one) => bySource.has(sourceOf(one)))) {
    const earned = bySource.get(line.source);
    if (!earned) continue;
    const { at, day } = refund;
    const evidence = { kind: 'plan', ref: refund.source, words: '' } as const;
    const back = { source: sourceOf(line), at, day, recordedAt: now, evidence, ...taken };
    if (!(await appendInTurn(clawbackOf(earned, line, back), [`${saleRow(saleId)}:${place++}`]))) return null;
  }
  return { done: null };
}

/** What is still held when it is taken back is held as long: both go into one payout. It is taken from whoever earned it, by the record of then. */
function clawbackOf(
  earned: Transaction,
  { currency }: Standing,
  { minor, ...back }: Pick<Transaction, 'source' | 'at' | 'day' | 'recordedAt' | 'evidence'> & Omit<TakenBack, 'line'>,
): Transaction {
  const { workspaceId, saleId, product, holdUntil, source: of } = earned;
  return {
    ...{ workspaceId, saleId, kind: 'clawback', of, product, holdUntil, by: 'system', ...back },
    own: ownLike(earned, { minor, currency }),
    postings: moved({ minor, currency }, { to: 'payable', from: 'commission', partnerId: whoseOf(earned) }),
  };
}

const whoseOf = (earned: Transaction | undefined) => earned?.postings.find(({ account }) => account === 'payable')?.partnerId ?? null;
const earnedSource = (sold: string, partnerId: string | null, role: string) => `earned:${sold}:${partnerId}:${role}`;

/** A refund takes from one commission once. Besides those on what is refunded it may take from others, which are told apart by their own sources. */
function backSource(refund: { source: string; of: string }, line: Standing, whose: string | null): string {
  const { role } = line.working;
  const own = earnedSource(refund.of, whose, role);
  const rest = line.source.startsWith(own)
    ? line.source.slice(own.length)
    : `:${createHash('sha256').update(line.source).digest('hex').slice(0, 12)}`;
  return `clawback:${refund.source}:${whose}:${role}${rest}`;
}

/** Whether it is a partner's commission in a role on a revenue, and no raise of one. */
function isMainOf(one: Standing, { sold, partnerId, role }: { sold: string; partnerId: string; role: string }): boolean {
  return one.sold === sold && one.partnerId === partnerId && one.working.role === role && !hasRule(one, 'tier-raise');
}
