import { CompanyFacts, type FactName, type Origin, SIZE_BANDS } from './company.ts';

/** Facts as one file or one paste tells them. An empty `name` is unknown: only a new company takes its domain for a name. */
export type ImportedCompany = {
  domain: string;
  facts: CompanyFacts;
  /** Origin of every fact that `origins` does not name. */
  origin: Origin;
  origins: Partial<Record<FactName, Origin>>;
};

export const FACT_NAMES = CompanyFacts.keyof().options;

/** The facts that change when `newer` is laid over `known`: what is empty in `newer` erases nothing. */
export function changedFacts(known: CompanyFacts, newer: CompanyFacts): Partial<CompanyFacts> {
  const changed = FACT_NAMES.filter((fact) => !isEmpty(newer[fact]) && !isSame(known[fact], newer[fact]));
  return { ...Object.fromEntries(changed.map((fact) => [fact, newer[fact]])), ...replacedSize(known, newer) };
}

/** Two rows of one domain as one: the later row wins wherever it says something, and those facts point at the later row. The name stays:
 *  what a list calls a company first is how it is found again, and the report names both lines. */
export function mergeImported(earlier: ImportedCompany, later: ImportedCompany): ImportedCompany {
  const name = earlier.facts.name || later.facts.name;
  const changed = changedFacts(earlier.facts, { ...later.facts, name });
  return { ...earlier, facts: { ...earlier.facts, ...changed }, origins: { ...earlier.origins, ...originsOf(changed, later) } };
}

/** The origin each changed fact takes from the row that changed it. */
export function originsOf(changed: Partial<CompanyFacts>, from: ImportedCompany): Partial<Record<FactName, Origin>> {
  return Object.fromEntries(FACT_NAMES.filter((fact) => fact in changed).map((fact) => [fact, from.origins[fact] ?? from.origin]));
}

/** The band a number of people falls into. */
export function bandOf(people: number): (typeof SIZE_BANDS)[number] {
  return SIZE_BANDS[people <= 10 ? 0 : people <= 50 ? 1 : people <= 500 ? 2 : 3];
}

/** Head count and band are one fact in two spellings: when the newer row gives one that the known other contradicts, the other goes. */
function replacedSize(known: CompanyFacts, newer: CompanyFacts): Partial<CompanyFacts> {
  if (newer.teamSize !== null && newer.sizeBand === null && known.sizeBand !== null) {
    return bandOf(newer.teamSize) === known.sizeBand ? {} : { sizeBand: null };
  }
  if (newer.sizeBand !== null && newer.teamSize === null && known.teamSize !== null) {
    return bandOf(known.teamSize) === newer.sizeBand ? {} : { teamSize: null };
  }
  return {};
}

type Fact = CompanyFacts[FactName];

function isEmpty(fact: Fact): boolean {
  return fact === undefined || fact === null || fact === '' || (Array.isArray(fact) && fact.length === 0);
}

function isSame(a: Fact, b: Fact): boolean {
  if (!Array.isArray(a) || !Array.isArray(b)) return a === b;
  return a.length === b.length && a.every((item, index) => item === b[index]);
}
