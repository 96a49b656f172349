import { Refusal } from '../../errors.ts';
import { CRM_SOURCES } from '../../manage/crm/crm-record.ts';
import { mirrorId } from '../../manage/crm/mirror-repository.ts';
import type { Money } from '../../platform/money.ts';
import { createPause } from '../../platform/slices.ts';
import { recordAudit } from '../../programme/audit/audit-repository.ts';
import { localDay, noonOfLocalDay } from '../../programme/setup/digest-clock.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import { listSalesByIds, listSalesOf, listSalesOfOpportunities } from '../sales/sale-repository.ts';
import { listAgainst, listTransactions } from './ledger-repository.ts';
import { type MoneyEntry, type MoneyProblem, type MoneyProblemCode, moneySource } from './money-entry.ts';
import { recordInvoice, recordPayment, recordRefund, revenueIn } from './record-money.ts';
import type { Transaction } from './transaction.ts';

/** Asked for in one go. */
const BATCH = 500;

/** An entry that can be recorded: of which sale, or of which revenue it is a refund. */
type Planned = { entry: MoneyEntry; target: string };
export type MoneyPlan = { planned: Planned[]; known: number; problems: MoneyProblem[] };

/** What would be recorded of these entries, which are on file already, and what is wrong with the others. Stores nothing. */
export async function planMoney(workspaceId: string, entries: readonly MoneyEntry[], at: Date): Promise<MoneyPlan> {
  const stored = await storedOf(workspaceId, entries);
  const saleOf = saleFinder(workspaceId);
  const today = localDay(at, await zoneOf(workspaceId));
  const plan: MoneyPlan = { planned: [], known: 0, problems: [] };
  const taken = new Set<string>();
  const sold = new Map<string, Money>();
  const left = new Map<string, Money>();
  const wrong = ({ line, sale, of, id, day }: MoneyEntry, code: MoneyProblemCode) => {
    const said = code.startsWith('sale') ? sale : code.startsWith('of') ? of : code === 'day-to-come' ? day : id;
    plan.problems.push({ line, code, said });
  };
  const pause = createPause();
  // What is refunded may stand below its refund.
  for (const entry of [...entries].sort((a, b) => Number(a.kind === 'refund') - Number(b.kind === 'refund'))) {
    const wait = pause();
    if (wait) await wait;
    const source = moneySource(entry);
    const known = stored.bySource.get(source);
    if (taken.has(source)) wrong(entry, 'id-twice');
    else if (known && (await isSame(known, entry, saleOf))) plan.known++;
    else if (known) wrong(entry, 'known-other');
    else if (entry.day > today) wrong(entry, 'day-to-come');
    else {
      const found = entry.kind === 'refund' ? refundedBy(entry, { ...stored, sold, left }) : await saleOf(entry.sale);
      if ('code' in found) wrong(entry, found.code);
      else {
        plan.planned.push({ entry, target: found.target });
        if (entry.kind !== 'refund') sold.set(source, entry.money);
      }
    }
    taken.add(source);
  }
  plan.problems.sort((a, b) => a.line - b.line);
  return plan;
}

async function zoneOf(workspaceId: string): Promise<string> {
  return (await getProgramme(workspaceId)).digest?.timeZone ?? 'UTC';
}

type Stored = { bySource: ReadonlyMap<string, Transaction>; back: ReadonlyMap<string, number> };

/** What is on file under the entries' own ids and those that they refund, and how much of each is refunded already. */
async function storedOf(workspaceId: string, entries: readonly MoneyEntry[]): Promise<Stored> {
  const sources = [...new Set(entries.flatMap((entry) => [moneySource(entry), ...candidatesOf(entry)]))];
  const bySource = new Map<string, Transaction>();
  const back = new Map<string, number>();
  for (let from = 0; from < sources.length; from += BATCH) {
    const batch = sources.slice(from, from + BATCH);
    for (const one of await listTransactions(workspaceId, batch)) bySource.set(one.source, one);
    for (const one of await listAgainst(workspaceId, batch)) back.set(one.of ?? '', (back.get(one.of ?? '') ?? 0) + revenueIn(one).minor);
  }
  return { bySource, back };
}

function candidatesOf({ kind, of }: Pick<MoneyEntry, 'kind' | 'of'>): string[] {
  return kind === 'refund' ? [of, `invoice:${of}`, `payment:${of}`] : [];
}

/** The same sum, of the same sale or of the same revenue. */
async function isSame(known: Transaction, entry: MoneyEntry, saleOf: (said: string) => Promise<Found>): Promise<boolean> {
  const { kind, money, sale } = entry;
  const { minor, currency } = revenueIn(known);
  if (currency !== money.currency || minor !== (kind === 'refund' ? -money.minor : money.minor)) return false;
  if (kind === 'refund') return candidatesOf(entry).includes(known.of ?? '');
  const found = await saleOf(sale);
  return 'target' in found && found.target === known.saleId;
}

type Found = { target: string } | { code: MoneyProblemCode };

/** `sold`: by source, what the file brings; `left`: what refunds above left of what they refund. */
function refundedBy(
  entry: MoneyEntry,
  { bySource, back, sold: brought, left }: Stored & { sold: ReadonlyMap<string, Money>; left: Map<string, Money> },
): Found {
  const refundable = (source: string): Money | null => {
    const known = bySource.get(source);
    const sold = known ? revenueIn(known) : brought.get(source);
    if (!sold || sold.minor <= 0 || source.startsWith('refund:')) return null;
    return left.get(source) ?? { ...sold, minor: sold.minor + (back.get(source) ?? 0) };
  };
  const found = candidatesOf(entry).flatMap((source) => {
    const money = refundable(source);
    return money ? [{ source, money }] : [];
  });
  const [one, ...others] = found;
  if (!one) return { code: 'of-none' };
  if (others.length > 0) return { code: 'of-several' };
  if (one.money.currency !== entry.money.currency) return { code: 'of-currency' };
  if (one.money.minor < entry.money.minor) return { code: 'of-left' };
  left.set(one.source, { ...one.money, minor: one.money.minor - entry.money.minor });
  return { target: one.source };
}

/** By a deal's id, an opportunity's in the CRM, or the one customer of that name or domain. Each name is looked up once. */
function saleFinder(workspaceId: string): (said: string) => Promise<Found> {
  const known = new Map<string, Promise<Found>>();
  const find = async (said: string): Promise<Found> => {
    const opportunities = CRM_SOURCES.map((source) => mirrorId({ workspaceId, source }, said));
    const byId = await listSalesByIds(workspaceId, [said, `deal:${said}`]);
    const ids = [...byId, ...(await listSalesOfOpportunities(workspaceId, opportunities))];
    // An opportunity that is a partner's deal was a sale of our own before.
    const named = ids.find(({ state }) => state !== 'lost') ?? ids[0];
    if (named) return { target: named.id };
    const words = said.toLowerCase();
    const all = await listSalesOf(workspaceId, said, BATCH);
    const [one, ...others] = all.filter(({ customer, domain }) => customer.toLowerCase() === words || domain === words);
    if (!one) return { code: 'sale-none' };
    return others.length > 0 ? { code: 'sale-several' } : { target: one.id };
  };
  return (said) => {
    const found = known.get(said) ?? find(said);
    known.set(said, found);
    return found;
  };
}

/** Records what was planned. Done twice, each entry stands once. An entry that something else came before is among the problems. `by`: a Slack user id, or whoever
 *  runs it. `from`: a file, or a person who typed it. */
export async function bringMoney(
  workspaceId: string,
  { planned }: Pick<MoneyPlan, 'planned'>,
  { by, at, from }: { by: string; at: Date; from: 'file' | 'person' },
): Promise<{ recorded: number; problems: MoneyProblem[] }> {
  const zone = await zoneOf(workspaceId);
  const problems: MoneyProblem[] = [];
  let recorded = 0;
  for (const { entry, target } of planned) {
    const { line, kind, id, day, money, product } = entry;
    const noon = noonOfLocalDay(day, zone);
    const evidence = { kind: from, ref: id, words: `${kind} ${id}` };
    const told = { workspaceId, source: moneySource(entry), at: noon < at ? noon : at, by, evidence };
    const record =
      kind === 'refund'
        ? recordRefund({ ...told, of: target, minor: money.minor }, at)
        : (kind === 'invoice' ? recordInvoice : recordPayment)({ ...told, saleId: target, product, money }, at);
    const { changed } = await record.catch((error: unknown) => {
      if (!(error instanceof Refusal)) throw error;
      problems.push({ line, code: error.code === 'refund-too-large' ? 'of-left' : 'of-none', said: entry.of });
      return { changed: false };
    });
    if (changed) recorded++;
  }
  const after = { recorded, problems: problems.length };
  if (planned.length > 0) await recordAudit({ workspaceId, by, at, action: 'revenue.bring', subject: `revenue:${from}`, after });
  return { recorded, problems };
}
