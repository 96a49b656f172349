import { addDays } from 'date-fns';
import { Refusal } from '../../errors.ts';
import { getPartnerOnceMerged, subjectsOf } from '../../onboard/partners/merge-partners.ts';
import { findAbsorbing } from '../../onboard/partners/partner-merge-repository.ts';
import { listPartnersByIds } from '../../onboard/partners/partner-repository.ts';
import { inRounds } from '../../platform/in-rounds.ts';
import { appendInTurn, listAgainst, listEarnedBetween, listOfSale } from '../ledger/ledger-repository.ts';
import { dayIn, ownLike, ownValue } from '../ledger/record-revenue.ts';
import { moved, type Transaction } from '../ledger/transaction.ts';
import type { MeasureRules } from '../measure-rules/measure-rules.ts';
import { getMeasureRules } from '../measure-rules/measure-rules-repository.ts';
import { findRate } from '../rates/rate-repository.ts';
import type { Sale } from '../sales/sale.ts';
import { findSale } from '../sales/sale-repository.ts';
import { commissionsOn, type Line, type Part, removedFrom, type Sold, type Standing, takenBack } from './commission-on.ts';
import { type Plan, periodOf } from './plan.ts';
import { listPlanVersions } from './plan-repository.ts';
import { type Has, unearned } from './replay.ts';
import { type Happened, happenedOf, standingAmong } from './standing.ts';

/** A rate that is missing, and of which day. */
export type WaitsFor = { from: string; to: string; day: string };
type Around = { sale: Sale; parts: readonly Has[]; versions: readonly Plan[]; rules: MeasureRules; now: Date };

/** Brings the commissions of a sale to what its revenue and its parts say: a line for each partner's part in each revenue that its plan counts, and one for each refund
 *  of it. What was earned by a part that was taken away is taken back; given again, it is earned again. What others earned stays as it is. Safe to repeat and to run twice at once: a line stands once by its source, and is worked out anew where another one that it depends on came in
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
      const partner = await getPartnerOnceMerged(workspaceId, partnerId).catch(async (error: unknown) => {
        if (!(error instanceof Refusal && error.code === 'partner-unknown')) throw error;
        // Its record is being merged into another at this moment, or is gone.
        const absorbing = await findAbsorbing(workspaceId, partnerId);
        return absorbing ? ((await listPartnersByIds(workspaceId, [absorbing]))[0] ?? null) : null;
      });
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
  const rows = new Map<string, number>();
  const working = await Promise.all(
    planned.map(async ({ id, role, plan, whom }): Promise<Part> => {
      const inYear = await standingBetween(sale.workspaceId, whom.ids, year);
      rows.set(id, inYear.length);
      const stand = inYear.filter(({ isRemoved }) => !isRemoved);
      const theirs = [...stand, ...standing.filter((line) => line.partnerId === id)].map((line) => ({ ...line, partnerId: id }));
      return { partnerId: id, role, plan, before: [...new Map(theirs.map((line) => [line.source, line])).values()] };
    }),
  );
  const rates = await ratesOf(sale.workspaceId, sold, working);
  const { totalCapBp, fiscalYearStart } = rules;
  const rateOf = (_from: string, to: string) => rates.get(to) ?? null;
  const { lines, waitsFor } = commissionsOn(sold, working, { totalCapBp, fiscalYearStart, others, rateOf });
  if (waitsFor) return { done: { from: waitsFor[0], to: waitsFor[1], day: sold.day } };
  let place = linesAmong(all);
  for (const line of lines) {
    const inRow = rows.get(line.partnerId) ?? 0;
    rows.set(line.partnerId, inRow + 1);
    const turns = [`sale:${sale.id}:${place++}`, `partner:${line.partnerId}:${year.from}:${inRow}`];
    const again = ofSale.filter((one) => one.sold === sold.source && one.partnerId === line.partnerId && one.working.role === line.role);
    if (!(await appendInTurn(await earnedOf(around, { sold, line, at, again: again.length }), turns))) return null;
  }
  return { done: null };
}

/** Takes back what was earned by parts that are in the sale no more. A partner that is on file no longer keeps what it has. */
async function takeAway({ sale, parts, now }: Around): Promise<Round> {
  const { workspaceId, id: saleId } = sale;
  const all = await listOfSale(workspaceId, saleId);
  const stands = ({ partnerId, working: { role } }: Standing) =>
    parts.some((part) => part.role === role && part.whom.ids.includes(partnerId)) ||
    sale.partners.some((part) => part.role === role && part.partnerId === partnerId);
  const gone = standingAmong(all).filter((line) => !line.isRemoved && line.keptBaseMinor > 0 && !stands(line));
  if (gone.length === 0) return { done: null };
  const day = await dayIn(workspaceId, now);
  const bySource = new Map(all.map((transaction) => [transaction.source, transaction]));
  let place = linesAmong(all);
  for (const line of gone) {
    const earned = bySource.get(line.source);
    if (!earned) continue;
    const evidence = { kind: 'deal', ref: sale.dealId ?? saleId, words: '' } as const;
    const back = { source: `clawback:removed:${line.source}`, at: now, day, recordedAt: now, evidence, ...removedFrom(line) };
    if (!(await appendInTurn(clawbackOf(earned, line, back), [`sale:${saleId}:${place++}`]))) return null;
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

/** `again`: how often this part has earned of this revenue before, each time until it was taken away. */
async function earnedOf(
  { sale, now }: Around,
  { sold, line, at, again }: { sold: Sold; line: Line; at: Date; again: number },
): Promise<Transaction> {
  const { workspaceId, id: saleId } = sale;
  const { partnerId, role, plan, working, ...money } = line;
  const source = `${earnedSource(sold.source, partnerId, role)}${again > 0 ? `:again:${again}` : ''}`;
  return {
    ...{ workspaceId, saleId, source, kind: 'earned', of: null, product: sold.product },
    ...{ at, day: sold.day, recordedAt: now, by: 'system', evidence: { kind: 'plan', ref: sold.source, words: plan.name } },
    own: await ownValue(workspaceId, money, sold.day),
    holdUntil: addDays(at, plan.holdDays),
    working,
    postings: moved({ minor: money.minor, currency: money.currency }, { to: 'payable', from: 'commission', partnerId }),
  };
}

/** A line for each commission that stands on what is refunded. */
async function takeBack({ sale, now }: Around, refund: Extract<Happened, { kind: 'back' }>): Promise<Round> {
  const { workspaceId, id: saleId } = sale;
  const all = await listOfSale(workspaceId, saleId);
  const bySource = new Map(all.map((transaction) => [transaction.source, transaction]));
  let place = linesAmong(all);
  for (const line of standingAmong(all).filter(({ sold, isRemoved }) => sold === refund.of && !isRemoved)) {
    const { partnerId, working } = line;
    const earned = bySource.get(line.source);
    const again = line.source.slice(earnedSource(line.sold, partnerId, working.role).length);
    const source = `clawback:${refund.source}:${partnerId}:${working.role}${again}`;
    if (!earned || bySource.has(source)) continue;
    const { at, day } = refund;
    const evidence = { kind: 'plan', ref: refund.source, words: '' } as const;
    const back = { source, at, day, recordedAt: now, evidence, ...takenBack(line, refund.minor) };
    if (!(await appendInTurn(clawbackOf(earned, line, back), [`sale:${saleId}:${place++}`]))) return null;
  }
  return { done: null };
}

/** What is still held when it is taken back is held as long: both go into one payout. */
function clawbackOf(
  earned: Transaction,
  { partnerId, currency }: Standing,
  { minor, ...back }: Pick<Transaction, 'source' | 'at' | 'day' | 'recordedAt' | 'evidence'> & ReturnType<typeof takenBack>,
): Transaction {
  const { workspaceId, saleId, product, holdUntil, source: of } = earned;
  return {
    ...{ workspaceId, saleId, kind: 'clawback', of, product, holdUntil, by: 'system', ...back },
    own: ownLike(earned, { minor, currency }),
    postings: moved({ minor, currency }, { to: 'payable', from: 'commission', partnerId }),
  };
}

const earnedSource = (sold: string, partnerId: string, role: string) => `earned:${sold}:${partnerId}:${role}`;
