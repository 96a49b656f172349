import { type Company, type CompanyFacts, isStale, NOTHING_KNOWN, type Origin } from './company.ts';
import { CompanyModel, findCompanyByDomain, STAMPED } from './company-repository.ts';
import { changedFacts, FACT_NAMES, type ImportedCompany, originsOf } from './merge-facts.ts';
import { type SaveResult, saveImported } from './save-imported.ts';

/** Each round loses only to somebody who changed the same company in that very moment. */
const MAX_ROUNDS = 10;

/** Takes facts that were read on the web into a company. A new company is inserted as an import would. Of a known one they fill what is
 *  unknown, replace what was read on the web before or has grown stale, and confirm what they repeat: its origin becomes the page and
 *  its date. A fresh fact that a person brought stays. */
export async function saveReadFacts(workspaceId: string, read: ImportedCompany, at: Date): Promise<SaveResult> {
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const company = await findCompanyByDomain(workspaceId, read.domain);
    if (!company) {
      const [inserted = 'unchanged'] = await saveImported(workspaceId, [read], at);
      if (inserted === 'added') return inserted;
      continue;
    }
    const taken = takenFacts(company, read, at);
    if (Object.keys(taken).length === 0) return 'unchanged';
    const changed = changedFacts(company, { ...NOTHING_KNOWN, ...taken });
    const origins = Object.fromEntries(Object.entries(originsOf(taken, read)).map(([fact, origin]) => [`origins.${fact}`, origin]));
    const change = Object.keys(changed).length > 0 ? { ...changed, updatedAt: at } : {};
    const filter = { workspaceId, domain: read.domain, updatedAt: company.updatedAt };
    const saved = await CompanyModel.updateOne(filter, { $set: { ...change, ...origins }, ...STAMPED });
    if (saved.matchedCount === 1) return Object.keys(changed).length > 0 ? 'updated' : 'unchanged';
  }
  throw new Error('the company keeps changing while facts are read');
}

/** The read facts that a known company takes over, also those it has word for word. */
function takenFacts(company: Company, { facts, origin, origins }: ImportedCompany, now: Date): Partial<CompanyFacts> {
  const news = changedFacts(company, facts);
  const taken = FACT_NAMES.filter((fact) => {
    if (!isGiven(facts[fact])) return false;
    const known = company.origins[fact] ?? company.origin;
    const reading = origins[fact] ?? origin;
    if (!(fact in news)) return reading.at > known.at;
    const isUnknown = !isGiven(company[fact]) || (fact === 'name' && company.name === company.domain);
    return isUnknown || isStale(known, now) || (isFromWeb(known) && reading.at >= known.at);
  });
  return Object.fromEntries(taken.map((fact) => [fact, facts[fact]]));
}

function isFromWeb({ source }: Origin): boolean {
  return /^https?:\/\//i.test(source);
}

function isGiven(fact: CompanyFacts[keyof CompanyFacts]): boolean {
  return fact !== undefined && fact !== null && fact.toString() !== '';
}
