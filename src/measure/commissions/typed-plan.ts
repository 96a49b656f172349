import { DealRole } from '../../manage/deals/deal.ts';
import { amountText, isCurrency, readMoney } from '../../platform/money.ts';
import { PARTNER_TYPES } from '../../programme/setup/programme.ts';
import { WHOLE_BP } from './exact.ts';
import { type Audience, BASES, DEFAULT_SHARES, mostBp, type Pay, Period, type PlanTerms } from './plan.ts';

export const PLAN_FIELDS = ['name', 'whom', 'base', 'currency', 'pay', 'limits', 'startsOn', 'endsOn'] as const;
export type PlanField = (typeof PLAN_FIELDS)[number];
export type TypedPlan = Partial<Record<PlanField, string>>;
/** Why a line cannot be read; the words for it are written where people read them. */
export type BadPlanLine = {
  field: PlanField;
  line: string;
  why:
    | 'missing'
    | 'not-a-currency'
    | 'not-read'
    | 'several-kinds'
    | 'unknown-partner'
    | 'two-rates'
    | 'ends-before'
    | 'above-cap'
    | 'too-long';
};

/** How many lines each list has at most. */
const MOST_LINES = 30;
type Names = { idOf: (name: string) => string | null; totalCapBp: number | null };
type Wrong = (field: PlanField, line: string, why: BadPlanLine['why']) => void;

/** Reads the form of a plan; each line that cannot be read is named. Terms are null as long as there is one. */
export function readPlan(typed: TypedPlan, { idOf, totalCapBp }: Names): { terms: PlanTerms | null; bad: BadPlanLine[] } {
  const bad: BadPlanLine[] = [];
  const wrong: Wrong = (field, line, why) => void bad.push({ field, line, why });
  const name = (typed.name ?? '').trim().slice(0, 80);
  if (!name) wrong('name', '', 'missing');
  const currency = (typed.currency ?? '').trim().toUpperCase();
  if (!isCurrency(currency)) wrong('currency', currency, 'not-a-currency');
  for (const field of ['whom', 'pay', 'limits'] as const)
    if (linesOf(typed[field]).length > MOST_LINES) wrong(field, String(MOST_LINES), 'too-long');
  const audience = readAudience(typed.whom, idOf, wrong);
  const { pay, products } = readPay(typed.pay, currency, wrong);
  const limits = readLimits(typed.limits, currency, wrong);
  const startsOn = typed.startsOn ?? '';
  const endsOn = typed.endsOn || null;
  if (!startsOn) wrong('startsOn', '', 'missing');
  if (endsOn && endsOn < startsOn) wrong('endsOn', endsOn, 'ends-before');
  const base = BASES.find((one) => one === typed.base) ?? 'invoiced';
  if (bad.length > 0 || !pay) return { terms: null, bad };
  const terms: PlanTerms = { name, audience, base, pay, products, ...limits, currency, startsOn, endsOn };
  const most = mostBp(terms);
  if (totalCapBp !== null && most !== null && most > totalCapBp) wrong('pay', percentText(totalCapBp), 'above-cap');
  return bad.length > 0 ? { terms: null, bad } : { terms, bad };
}

function readAudience(typed: string | undefined, idOf: Names['idOf'], wrong: Wrong): Audience {
  const named = linesOf(typed).map((line): [Audience['kind'], string] => {
    if (/^everybody$/i.test(line)) return ['everybody', ''];
    const type = PARTNER_TYPES.find((one) => one === line.toLowerCase());
    if (type) return ['types', type];
    const [, kind = '', said = line] = /^(partner|tier)\s*:\s*(.+)$/i.exec(line) ?? [];
    if (kind.toLowerCase() !== 'partner') return ['tiers', said];
    const id = idOf(said);
    if (!id) wrong('whom', said, 'unknown-partner');
    return ['partners', id ?? ''];
  });
  const [kind = 'everybody'] = named.map(([one]) => one);
  if (named.some(([one]) => one !== kind)) wrong('whom', typed ?? '', 'several-kinds');
  return { kind, names: [...new Set(named.map(([, said]) => said))].filter(Boolean) };
}

function readPay(typed: string | undefined, currency: string, wrong: Wrong): { pay: Pay | null; products: PlanTerms['products'] } {
  const products: PlanTerms['products'] = [];
  const tiers: Extract<Pay, { kind: 'tiered' }>['tiers'] = [];
  const single: Pay[] = [];
  let [per, whole]: [Period, boolean] = ['quarter', false];
  for (const line of linesOf(typed?.replace(/^\s*tiers?\s*:/i, '').replace(/[,;]\s+(?=(?:from|per|each|product)\b)/gi, '\n'))) {
    const [, product, productRate] = /^product\s+(.{1,60}?)\s*:\s*(.+)$/i.exec(line) ?? [];
    const [, from, tierRate] = /^from\s+(.+?)\s*:\s*(.+)$/i.exec(line) ?? [];
    const [, period, all] = /^(?:per|each)\s+(month|quarter|year)(?:\s*,?\s*(whole))?$/i.exec(line) ?? [];
    const rateBp = readPercent(productRate ?? tierRate ?? line);
    const minor = readSum(from ?? line, currency);
    if (period) [per, whole] = [Period.parse(period.toLowerCase()), all !== undefined];
    else if (product && rateBp !== null) products.push({ product, rateBp });
    else if (from && rateBp !== null && minor !== null) tiers.push({ fromMinor: minor, rateBp });
    else if (!product && !from && rateBp !== null) single.push({ kind: 'percent', rateBp });
    else if (!product && !from && minor !== null) single.push({ kind: 'flat', minor });
    else wrong('pay', line, 'not-read');
  }
  const all: Pay[] = [
    ...single,
    ...(tiers.length > 0 ? [{ kind: 'tiered' as const, per, whole, tiers: tiers.sort((a, b) => a.fromMinor - b.fromMinor) }] : []),
  ];
  if (all.length > 1 || new Set(tiers.map(({ fromMinor }) => fromMinor)).size < tiers.length) wrong('pay', '', 'two-rates');
  else if (all.length === 0) wrong('pay', '', 'missing');
  return { pay: all[0] ?? null, products };
}

type Limits = Pick<PlanTerms, 'months' | 'leastSaleMinor' | 'capDealMinor' | 'capPeriod' | 'shares' | 'holdDays' | 'leastPayoutMinor'>;

function readLimits(typed: string | undefined, currency: string, wrong: Wrong): Limits {
  const limits: Limits = {
    ...{ months: null, leastSaleMinor: 0, capDealMinor: null, capPeriod: null, holdDays: 30, leastPayoutMinor: 0 },
    shares: { ...DEFAULT_SHARES },
  };
  for (const line of linesOf(typed?.replace(/[,;]\s+(?=(?:months|hold|least|cap|role)\b)/gi, '\n'))) {
    const [, key = '', said = ''] = /^([^:]{1,40}?)\s*:\s*(.+)$/.exec(line) ?? [];
    if (!takeLimit(limits, key.toLowerCase().replace(/\s+/g, ' '), said, currency)) wrong('limits', line, 'not-read');
  }
  return limits;
}

function takeLimit(limits: Limits, key: string, said: string, currency: string): boolean {
  const number = /^\d{1,3}(?= *(?:days?|months?)?$)/.exec(said)?.[0];
  const minor = readSum(said, currency);
  const rateBp = readPercent(said);
  const role = DealRole.safeParse(key.replace(/^role /, ''));
  const period = Period.safeParse(key.replace(/^cap per /, ''));
  if (key === 'months' && number && Number(number) <= 120) limits.months = Number(number);
  else if (key === 'hold' && number && Number(number) <= 365) limits.holdDays = Number(number);
  else if (key === 'least sale' && minor !== null) limits.leastSaleMinor = minor;
  else if (key === 'least payout' && minor !== null) limits.leastPayoutMinor = minor;
  else if (key === 'cap per deal' && minor !== null) limits.capDealMinor = minor;
  else if (key.startsWith('cap per ') && period.success && minor !== null) limits.capPeriod = { per: period.data, minor };
  else if (key.startsWith('role ') && role.success && rateBp !== null) limits.shares[role.data] = rateBp;
  else return false;
  return true;
}

/** A plan as it is typed. `nameOf`: of a partner by its id. */
export function typedPlan(terms: PlanTerms, nameOf: (partnerId: string) => string): Required<TypedPlan> {
  const { audience, pay, products, currency, shares, capPeriod } = terms;
  const sum = (minor: number) => amountText({ minor, currency });
  const whom = {
    everybody: ['Everybody'],
    types: audience.names,
    tiers: audience.names.map((name) => `Tier: ${name}`),
    partners: audience.names.map((id) => `Partner: ${nameOf(id)}`),
  };
  const limits = [
    ...(terms.months === null ? [] : [`months: ${terms.months}`]),
    `hold: ${terms.holdDays} days`,
    ...(terms.leastSaleMinor ? [`least sale: ${sum(terms.leastSaleMinor)}`] : []),
    ...(terms.capDealMinor === null ? [] : [`cap per deal: ${sum(terms.capDealMinor)}`]),
    ...(capPeriod ? [`cap per ${capPeriod.per}: ${sum(capPeriod.minor)}`] : []),
    ...(terms.leastPayoutMinor ? [`least payout: ${sum(terms.leastPayoutMinor)}`] : []),
    ...DealRole.options.filter((role) => shares[role] !== DEFAULT_SHARES[role]).map((role) => `role ${role}: ${percentText(shares[role])}`),
  ];
  return {
    ...{ name: terms.name, whom: whom[audience.kind].join('\n'), base: terms.base, currency, limits: limits.join('\n') },
    pay: [...payLines(pay, sum), ...products.map(({ product, rateBp }) => `product ${product}: ${percentText(rateBp)}`)].join('\n'),
    ...{ startsOn: terms.startsOn, endsOn: terms.endsOn ?? '' },
  };
}

function payLines(pay: Pay, sum: (minor: number) => string): string[] {
  if (pay.kind === 'percent') return [percentText(pay.rateBp)];
  if (pay.kind === 'flat') return [sum(pay.minor)];
  const tiers = pay.tiers.map(({ fromMinor, rateBp }) => `from ${sum(fromMinor)}: ${percentText(rateBp)}`);
  return [...tiers, `per ${pay.per}${pay.whole ? ', whole' : ''}`];
}

/** `12.5 %`, of basis points. */
export function percentText(rateBp: number): string {
  return `${rateBp / 100} %`;
}

/** Basis points of `12.5 %`; null where it is no percentage up to a hundred. */
export function readPercent(said: string): number | null {
  const [, whole, fraction = ''] = /^(\d{1,3})(?:[.,](\d{1,2}))?\s*%$/.exec(said.trim()) ?? [];
  const rateBp = Number(`${whole}${fraction.padEnd(2, '0')}`);
  return whole && rateBp <= WHOLE_BP ? rateBp : null;
}

/** A sum with the plan's currency behind it or without. */
function readSum(said: string, currency: string): number | null {
  const money = readMoney(/[\p{L}€$£¥]/u.test(said) ? said : `${said} ${currency}`);
  return money?.currency === currency ? money.minor : null;
}

function linesOf(typed = ''): string[] {
  return typed
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
}
