import { findPartnersByName } from '../../onboard/partners/partner-repository.ts';
import { isCurrency, readMoney } from '../../platform/money.ts';
import { localDay } from '../../programme/setup/digest-clock.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import { ownValue } from '../ledger/record-revenue.ts';
import { CostKind, CostScope, type Transaction } from '../ledger/transaction.ts';
import { getMeasureRules } from '../measure-rules/measure-rules-repository.ts';
import { type Cost, costOfHours, readHours } from './cost.ts';

/** A cost as somebody typed it, in a form or in a row of a file; empty for what they did not say. */
export const COST_FIELDS = ['day', 'kind', 'scope', 'partner', 'sum', 'hours', 'rate', 'words'] as const;
export type CostField = (typeof COST_FIELDS)[number];
export type TypedCost = Partial<Record<CostField, string>>;

/** What is wrong with a field, in words that go on without a full stop. */
export type CostProblem = { field: CostField; message: string };
type ReadCost = { cost: Cost; own: Transaction['own']; problems: [] } | { cost: null; own: null; problems: CostProblem[] };

/** What reading costs needs of the workspace; names and rates that were looked up once are kept in it. */
type CostReading = {
  workspaceId: string;
  today: string;
  currency: string;
  hourMinor: number | null;
  partners: Map<string, { id: string; several: boolean } | null>;
};

export async function costReading(workspaceId: string, at: Date): Promise<CostReading> {
  const [{ digest }, { currency, hourMinor }] = await Promise.all([getProgramme(workspaceId), getMeasureRules(workspaceId)]);
  return { workspaceId, today: localDay(at, digest?.timeZone ?? 'UTC'), currency, hourMinor, partners: new Map() };
}

const LONGEST = 200;
/** A cost of longer ago is a slip of the pen. */
const OLDEST = '2000-01-01';

/** Reads a cost. It needs a day, a kind and either a sum or hours; a sum without a currency is in the workspace's. One of
 *  another currency is kept without a worth while no rate of its day is on file. */
export async function readCost(reading: CostReading, typed: TypedCost): Promise<ReadCost> {
  const problems: CostProblem[] = [];
  const wrong = (field: CostField, message: string) => {
    problems.push({ field, message });
    return null;
  };
  const of = (field: CostField) => (typed[field] ?? '').trim();
  const day = readDay(of('day'), reading.today) ?? wrong('day', 'Give a day that is not in the future, such as 2026-03-31');
  const kind = kindOf(of('kind')) ?? wrong('kind', `Give a kind: ${CostKind.options.join(', ')}`);
  const scope = scopeOf(of('scope'), of('partner')) ?? wrong('scope', `Say for whom: ${CostScope.options.join(', ')}`);
  const money = readSum(reading, of, wrong);
  const partner = scope === 'partner' ? await findPartner(reading, of('partner')) : null;
  if (scope === 'partner' && !partner) wrong('partner', of('partner') ? 'No partner is called so' : 'Name the partner');
  if (partner?.several) wrong('partner', 'Several partners are called so: give the whole name');
  if (scope && scope !== 'partner' && of('partner')) wrong('partner', 'A partner is named, but it is not for one partner');
  if (of('words').length > LONGEST) wrong('words', `Shorten it to ${LONGEST} characters`);
  const own = money && day ? await ownValue(reading.workspaceId, money.money, day) : null;
  if (!day || !kind || !scope || !money || problems.length > 0) return { cost: null, own: null, problems };
  const cost = { day, kind, scope, partnerId: partner?.id ?? null, words: of('words'), ...money };
  return { cost, own, problems: [] };
}

function readDay(typed: string, today: string): string | null {
  const at = /^\d{4}-\d\d-\d\d$/.test(typed) ? new Date(typed) : null;
  const isDay = at && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(typed);
  return isDay && typed >= OLDEST && typed <= today ? typed : null;
}

/** Words that people use for a kind. */
const KIND_NAMES: ReadonlyMap<string, CostKind> = new Map([
  ...CostKind.options.map((kind) => [kind, kind] as const),
  ...(['hours', 'salary', 'salaries', 'staff', 'time'] as const).map((word) => [word, 'people'] as const),
  ...(['market development funds', 'marketing funds'] as const).map((word) => [word, 'mdf'] as const),
  ...(['tool', 'software'] as const).map((word) => [word, 'tools'] as const),
  ['event', 'events'],
  ['discount', 'discounts'],
]);

function kindOf(typed: string): CostKind | null {
  return KIND_NAMES.get(typed.toLowerCase()) ?? null;
}

/** Without a word for it, a partner that is named says it is for this one. */
function scopeOf(typed: string, partner: string): CostScope | null {
  const word = typed.toLowerCase();
  if (word === '') return partner ? 'partner' : 'programme';
  if (word === 'direct sales' || word === 'our own sales') return 'direct';
  return CostScope.safeParse(word).data ?? null;
}

type Summed = Pick<Cost, 'money' | 'hours'> | null;

function readSum(
  { currency, hourMinor }: CostReading,
  of: (field: CostField) => string,
  wrong: (field: CostField, message: string) => null,
): Summed {
  const [sum, hours, rate] = [of('sum'), of('hours'), of('rate')];
  const read = readHours(hours);
  if (hours && read === null) return wrong('hours', 'Give hours, such as 12 or 7.5');
  if (sum) {
    // Of both, the sum is what it cost, and the hours say what for.
    const money = moneyIn(sum, currency);
    return money?.minor ? { money, hours: read } : wrong('sum', 'Give a sum above zero, such as 1,200 EUR');
  }
  if (read === null) return wrong('sum', 'Give a sum, or hours');
  const perHour = rate ? moneyIn(rate, currency) : hourMinor === null ? null : { minor: hourMinor, currency };
  if (!perHour?.minor) return wrong('rate', rate ? 'Give what an hour costs, such as 80 EUR' : 'Say what an hour costs');
  const money = { minor: costOfHours(read, perHour.minor), currency: perHour.currency };
  return money.minor > 0 ? { money, hours: read } : wrong('hours', 'That comes to nothing');
}

const moneyIn = (typed: string, currency: string) => readMoney(typed) ?? (isCurrency(currency) ? readMoney(`${typed} ${currency}`) : null);

async function findPartner({ workspaceId, partners }: CostReading, words: string) {
  const known = partners.get(words);
  if (known !== undefined) return known;
  const [partner, ...others] = words ? await findPartnersByName(workspaceId, words, 2) : [];
  const found = partner ? { id: partner.id, several: others.length > 0 } : null;
  partners.set(words, found);
  return found;
}
