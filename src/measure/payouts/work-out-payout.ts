import { findPartnerNow } from '../../onboard/partners/merge-partners.ts';
import type { PaymentEntry } from '../../onboard/payment-details/payment-details.ts';
import { findPayment } from '../../onboard/payment-details/payment-repository.ts';
import { sumOf } from '../commissions/exact.ts';
import { listPlanVersions } from '../commissions/plan-repository.ts';
import type { Transaction } from '../ledger/transaction.ts';
import { idsToAccrue, idsToDecide } from '../sales/sale-repository.ts';
import { netPayout } from './net-payout.ts';
import type { LeftOut, PayoutLine, Statement } from './payout.ts';
import { listFree, listUnpaidPartners, sumFree } from './payout-line-repository.ts';
import { findLastPaid } from './payout-repository.ts';

/** Lines that one payout has at most, so that it stays one document; partners beyond it are left for the next. */
const MOST_LINES = 20_000;

/** What a payout of one currency would come to now. */
export type Owed = { currency: string; statements: Statement[]; leftOut: LeftOut[] };
/** A line with whose it is by the record of now; `leastMinor`: of its plan. */
type Free = {
  partnerId: string;
  isKnown: boolean;
  currency: string;
  line: PayoutLine;
  holdUntil: Date | null;
  /** What has to happen to its sale first. */
  waits: 'to-decide' | 'not-worked-out' | null;
  leastMinor: number;
};

/** What is owed to partners and in no payout yet, by currency, and what of it would be left out and why. */
export async function workOutOwed(workspaceId: string, at: Date, mostLines = MOST_LINES): Promise<Owed[]> {
  const { all, beyond } = await readFree(workspaceId, mostLines);
  const currencies = [...new Set(all.map(({ currency }) => currency))].sort();
  return Promise.all(
    currencies.map(async (currency) => {
      const carried = await carriedIn(workspaceId, currency);
      const lines = all.filter((one) => one.currency === currency);
      const partners = [...new Set(lines.map(({ partnerId }) => partnerId))];
      const entries = new Map(
        await Promise.all(partners.map(async (id) => [id, (await findPayment(workspaceId, id))?.current ?? null] as const)),
      );
      const { statements, leftOut } = sortedOut(lines, { currency, carried, entries, at });
      return { currency, statements, leftOut: [...leftOut, ...beyond.filter((one) => one.currency === currency).map(({ left }) => left)] };
    }),
  );
}

/** What is beyond the lines that one payout has of a partner. */
type Beyond = { currency: string; left: LeftOut };

/** Partner by partner; of one with more lines than a payout has, those that are left for the next are said. */
async function readFree(workspaceId: string, most: number): Promise<{ all: Free[]; beyond: Beyond[] }> {
  const versions = await listPlanVersions(workspaceId);
  const found: Transaction[] = [];
  const beyond: Beyond[] = [];
  for (const partnerId of await listUnpaidPartners(workspaceId)) {
    const some = await listFree(workspaceId, partnerId, most + 1);
    const theirs = some.slice(0, most);
    found.push(...theirs);
    if (some.length > most) beyond.push(...(await beyondOf(workspaceId, partnerId, theirs.map(payableOf))));
  }
  const waits = await waitsOf(workspaceId, found);
  const least = new Map(versions.map(({ planId, version, leastPayoutMinor }) => [`${planId}|${version}`, leastPayoutMinor]));
  const names = [...new Set(found.map((one) => payableOf(one).partnerId))];
  const now = new Map(await Promise.all(names.map(async (id) => [id, await idNow(workspaceId, id)] as const)));
  const all = found.map((one): Free => {
    const { partnerId, minor, currency } = payableOf(one);
    const { source, day, saleId, product, holdUntil, working } = one;
    const known = now.get(partnerId) ?? null;
    const leastMinor = least.get(`${working?.planId}|${working?.planVersion}`) ?? 0;
    const line = { source, day, saleId, product, minor, carried: false };
    return {
      partnerId: known ?? partnerId,
      isKnown: known !== null,
      currency,
      line,
      holdUntil,
      waits: waits.get(saleId ?? '') ?? null,
      leastMinor,
    };
  });
  return { all, beyond };
}

/** What has to happen to the sales of some lines first, by their ids: to those that nothing has to, they are not in it. */
export async function waitsOf(
  workspaceId: string,
  lines: readonly { saleId: string | null }[],
): Promise<Map<string, NonNullable<Free['waits']>>> {
  const ids = [...new Set(lines.flatMap(({ saleId }) => saleId ?? []))];
  const [undecided, due] = await Promise.all([idsToDecide(workspaceId), idsToAccrue(workspaceId, ids)]);
  const late = ids.filter((id) => due.has(id)).map((id) => [id, 'not-worked-out'] as const);
  return new Map([...late, ...ids.filter((id) => undecided.has(id)).map((id) => [id, 'to-decide'] as const)]);
}

async function beyondOf(workspaceId: string, partnerId: string, read: readonly { minor: number; currency: string }[]): Promise<Beyond[]> {
  const sums = await sumFree(workspaceId, partnerId);
  return sums.flatMap(({ currency, count, minor }) => {
    const here = read.filter((one) => one.currency === currency).map((one) => one.minor);
    const left = { partnerId, why: 'no-room', count: count - here.length, minor: minor - sumOf(here), until: null } as const;
    return left.count > 0 ? [{ currency, left }] : [];
  });
}

function payableOf({ source, postings }: Transaction) {
  const posting = postings.find(({ account }) => account === 'payable');
  if (!posting?.partnerId) throw new Error(`the commission ${source} is no partner's`);
  return { ...posting, partnerId: posting.partnerId };
}

/** By the record that the partner has now; null when there is none. */
async function idNow(workspaceId: string, partnerId: string): Promise<string | null> {
  return (await findPartnerNow(workspaceId, partnerId))?.id ?? null;
}

/** The sources of what the last paid payout carried out. */
async function carriedIn(workspaceId: string, currency: string): Promise<Set<string>> {
  const last = await findLastPaid(workspaceId, currency);
  const carried = last?.statements.filter(({ payoutMinor }) => payoutMinor === 0) ?? [];
  return new Set(carried.flatMap(({ lines }) => lines.map(({ source }) => source)));
}

type Facts = {
  currency: string;
  carried: ReadonlySet<string>;
  /** By partner, the payment details that are confirmed. */
  entries: ReadonlyMap<string, Pick<PaymentEntry, 'id' | 'currency'> | null>;
  at: Date;
};

/** A statement for each partner that can be paid, of the lines whose hold is over; all else with the reason why not. All lines are of one currency. */
export function sortedOut(lines: readonly Free[], facts: Facts): Pick<Owed, 'statements' | 'leftOut'> {
  const statements: Statement[] = [];
  const leftOut: LeftOut[] = [];
  let taken = 0;
  for (const partnerId of new Set(lines.map((line) => line.partnerId))) {
    const theirs = lines.filter((line) => line.partnerId === partnerId);
    const whyOf = ({ waits, holdUntil }: Free) => (waits !== 'to-decide' && holdUntil !== null && holdUntil > facts.at ? 'on-hold' : waits);
    for (const why of ['to-decide', 'on-hold', 'not-worked-out'] as const) {
      const held = theirs.filter((line) => whyOf(line) === why);
      if (held.length > 0) leftOut.push(leftOf(partnerId, why, held));
    }
    const due = theirs.filter((line) => whyOf(line) === null);
    if (due.length === 0) continue;
    const entry = facts.entries.get(partnerId) ?? null;
    const why = whyNot(due, entry, { ...facts, taken });
    if (why || !entry) leftOut.push(leftOf(partnerId, why ?? 'no-details', due));
    else statements.push(statementOf(partnerId, entry.id, due, facts.carried));
    if (!why) taken += due.length;
  }
  return { statements, leftOut };
}

function whyNot(
  due: readonly Free[],
  entry: Pick<PaymentEntry, 'currency'> | null,
  { currency, taken }: { currency: string; taken: number },
): LeftOut['why'] | null {
  if (due.some(({ isKnown }) => !isKnown)) return 'partner-gone';
  if (!entry) return 'no-details';
  if (entry.currency !== currency) return 'other-currency';
  return taken > 0 && taken + due.length > MOST_LINES ? 'no-room' : null;
}

function leftOf(partnerId: string, why: LeftOut['why'], lines: readonly Free[]): LeftOut {
  const ends = why === 'on-hold' ? lines.flatMap(({ holdUntil }) => (holdUntil ? [holdUntil.getTime()] : [])) : [];
  const until = ends.length > 0 ? new Date(Math.min(...ends)) : null;
  return { partnerId, why, count: lines.length, minor: sumOf(lines.map(({ line }) => line.minor)), until };
}

function statementOf(partnerId: string, entryId: string, due: readonly Free[], carried: ReadonlySet<string>): Statement {
  const lines = due
    .map(({ line }) => ({ ...line, carried: carried.has(line.source) }))
    .sort((a, b) => a.day.localeCompare(b.day) || (a.source < b.source ? -1 : 1));
  const sums = (isCarried: boolean) => lines.filter((line) => line.carried === isCarried).map(({ minor }) => minor);
  const carriedInMinor = sumOf(sums(true));
  const leastMinor = Math.max(0, ...due.map((line) => line.leastMinor));
  return { partnerId, entryId, lines, carriedInMinor, leastMinor, ...netPayout(sums(false), leastMinor, carriedInMinor) };
}
