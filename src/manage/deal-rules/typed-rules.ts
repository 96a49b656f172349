import { PARTNER_TYPES, type PartnerType } from '../../programme/setup/programme.ts';
import { COUNTRIES, countryName, countryOf } from '../../recruit/policy/countries.ts';
import type { DealRules } from './deal-rules.ts';

/** What stands in the form of the rules, line by line. */
export const RULE_FIELDS = ['reviewDays', 'holidays', 'protection', 'openLimit', 'territories'] as const;
export type RuleField = (typeof RULE_FIELDS)[number];
export type TypedRules = Partial<Record<RuleField, string>>;

/** Why a line cannot be read; the words for it are written where people read them. */
export type BadLine = {
  field: RuleField;
  line: string;
  why: 'not-a-number' | 'not-a-day' | 'not-a-pair' | 'unknown-name' | 'unknown-country' | 'twice' | 'too-many';
};
export type ReadRules = Pick<DealRules, 'reviewDays' | 'holidays' | 'protection' | 'openLimit' | 'territories'>;

/** Holidays of some twenty years; nobody pastes more by intent. */
const MOST_HOLIDAYS = 300;
const MOST_REVIEW_DAYS = 30;
const MOST_DAYS = 730;
const MOST_OPEN = 10_000;
/** The line that is for all who have none of their own. */
export const EVERYBODY = 'Everybody';

/** Reads all fields; each line that cannot be read is named. Lines are `NAME: NUMBER`, a name being a type of partner, a tier, or everybody.
 *  `tiers`: those that partners have; one that the rules name already stays known. */
export function readRules(typed: TypedRules, before: DealRules, tiers: readonly string[]): { rules: ReadRules; bad: BadLine[] } {
  const bad: BadLine[] = [];
  const wrong = (field: RuleField, line: string, why: BadLine['why']) => void bad.push({ field, line, why });
  const reviewDays = wholeNumber(typed.reviewDays ?? '', 1, MOST_REVIEW_DAYS);
  if (reviewDays === null) wrong('reviewDays', typed.reviewDays ?? '', 'not-a-number');
  const holidays = linesOf(typed.holidays).flatMap((line) => {
    if (isDay(line)) return [line];
    wrong('holidays', line, 'not-a-day');
    return [];
  });
  if (holidays.length > MOST_HOLIDAYS) wrong('holidays', String(holidays.length), 'too-many');
  const { protection, openLimit } = before;
  const known = new Set([...tiers, ...Object.keys(protection.byTier), ...Object.keys(openLimit.byTier)]);
  const days = pairsOf('protection', typed.protection, { most: MOST_DAYS, known: new Set([...known, ...PARTNER_TYPES]) }, wrong);
  const limits = pairsOf('openLimit', typed.openLimit, { most: MOST_OPEN, known }, wrong);
  const territories = linesOf(typed.territories?.replaceAll(',', '\n')).flatMap((line) => {
    const code = codeOf(line);
    if (!code) wrong('territories', line, 'unknown-country');
    return code ? [code] : [];
  });
  const byType = [...days].flatMap(([name, count]) => (typeOf(name) ? [[typeOf(name), count]] : []));
  const rules = {
    reviewDays: reviewDays ?? before.reviewDays,
    holidays: [...new Set(holidays)].sort(),
    protection: {
      days: days.get(EVERYBODY) ?? before.protection.days,
      byType: Object.fromEntries(byType),
      byTier: Object.fromEntries([...days].filter(([name]) => isTier(name))),
    },
    openLimit: { deals: limits.get(EVERYBODY) ?? null, byTier: Object.fromEntries([...limits].filter(([name]) => name !== EVERYBODY)) },
    territories: [...new Set(territories)],
  };
  return { rules, bad };
}

/** The rules as they are typed. */
export function typedRules({ reviewDays, holidays, protection, openLimit, territories }: ReadRules): Required<TypedRules> {
  const pairs = (all: Record<string, number | undefined>) => Object.entries(all).map(([name, count]) => `${name}: ${count}`);
  return {
    reviewDays: String(reviewDays),
    holidays: holidays.join('\n'),
    protection: [`${EVERYBODY}: ${protection.days}`, ...pairs(protection.byType), ...pairs(protection.byTier)].join('\n'),
    openLimit: [...(openLimit.deals === null ? [] : [`${EVERYBODY}: ${openLimit.deals}`]), ...pairs(openLimit.byTier)].join('\n'),
    territories: territories.map(countryName).join('\n'),
  };
}

function pairsOf(
  field: RuleField,
  typed: string | undefined,
  { most, known }: { most: number; known: ReadonlySet<string> },
  wrong: (field: RuleField, line: string, why: BadLine['why']) => void,
): Map<string, number> {
  const pairs = new Map<string, number>();
  for (const line of linesOf(typed)) {
    const [, said = '', digits = ''] = /^(?:([^.$]{1,60}?)\s*[:=]\s*)?(\d+)$/.exec(line) ?? [];
    const count = wholeNumber(digits, 1, most);
    const name = nameOf(said, known);
    if (count === null) wrong(field, line, 'not-a-pair');
    else if (name === null) wrong(field, line, 'unknown-name');
    else if (pairs.has(name)) wrong(field, line, 'twice');
    else pairs.set(name, count);
  }
  return pairs;
}

/** Everybody, or a name that is known, as it is written there, whatever its capitals; null for another. */
function nameOf(said: string, known: ReadonlySet<string>): string | null {
  const word = said.trim().toLowerCase();
  if (word === '' || word === EVERYBODY.toLowerCase()) return EVERYBODY;
  return known.has(said.trim()) ? said.trim() : ([...known].find((name) => name.toLowerCase() === word) ?? null);
}

function typeOf(name: string): PartnerType | null {
  return PARTNER_TYPES.find((type) => type === name) ?? null;
}

function isTier(name: string): boolean {
  return name !== EVERYBODY && typeOf(name) === null;
}

function linesOf(typed = ''): string[] {
  return typed
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
}

function wholeNumber(typed: string, least: number, most: number): number | null {
  const number = /^\d{1,6}$/.test(typed.trim()) ? Number(typed) : Number.NaN;
  return number >= least && number <= most ? number : null;
}

function isDay(line: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(line) && !Number.isNaN(Date.parse(line)) && new Date(Date.parse(line)).toISOString().startsWith(line);
}

function codeOf(line: string): string | null {
  return COUNTRIES.find(({ code }) => code === line.toUpperCase())?.code ?? countryOf([line]);
}
