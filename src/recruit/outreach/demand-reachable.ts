import { fitProfile } from '../../discover/fit/fit-profile.ts';
import { gateOf } from '../../discover/fit/gates.ts';
import { Refusal } from '../../errors.ts';
import type { Company } from '../../programme/companies/company.ts';
import { findCompanyByDomain } from '../../programme/companies/company-repository.ts';
import { registrableDomain } from '../../programme/companies/domain-name.ts';
import { listPartners } from '../../programme/companies/save-decision.ts';
import type { Programme } from '../../programme/setup/programme.ts';
import { keysOfAddress } from '../../programme/suppression/suppression.ts';
import { findSuppression, listGatedHashes } from '../../programme/suppression/suppression-repository.ts';

type Known = Pick<Company, 'name' | 'domain' | 'website' | 'aliases' | 'status' | 'decision'>;

/** Refuses `company-gated` for competitors, customers, partners, closed and suppressed companies, and `company-decided` for one a person
 *  turned down: neither is ever written to, whatever was approved before. */
export async function demandReachable(programme: Programme, company: Known): Promise<void> {
  const { workspaceId } = programme;
  const [suppressed, partners] = await Promise.all([listGatedHashes(workspaceId), listPartners(workspaceId)]);
  const profile = fitProfile(programme, suppressed, partners);
  const gate = profile && gateOf(profile, company);
  if (gate) throw new Refusal('company-gated', { company: company.name, why: gate.text });
  if (company.decision?.kind === 'not-fit') throw new Refusal('company-decided', { company: company.name });
}

/** Refuses `address-suppressed` when the person, their domain or their company asked for silence or does not exist, and `address-closed`
 *  when they are at a company that is left out or turned down, on file or not: a draft may name anybody, so a closed company must be
 *  closed by this way too. */
export async function demandAddressReachable(programme: Programme, email: string): Promise<void> {
  await demandUnsuppressed(programme.workspaceId, email);
  const company = await companyOfAddress(programme, email);
  try {
    if (company) await demandReachable(programme, company);
  } catch (cause) {
    if (cause instanceof Refusal) throw new Refusal('address-closed', { email }, { cause });
    throw cause;
  }
}

async function demandUnsuppressed(workspaceId: string, email: string): Promise<void> {
  const suppression = await findSuppression(workspaceId, keysOfAddress(email));
  if (!suppression) return;
  const { reason, kind, at } = suppression;
  throw new Refusal('address-suppressed', { email, reason, kind, day: at.toISOString().slice(0, 10) });
}

/** The company an address belongs to, by its domain; null for our own. */
async function companyOfAddress(programme: Programme, email: string): Promise<Known | null> {
  const found = registrableDomain(email.slice(email.lastIndexOf('@') + 1));
  if (!('domain' in found) || found.domain === programme.company?.website) return null;
  const { domain } = found;
  const onFile = await findCompanyByDomain(programme.workspaceId, domain);
  return onFile ?? { name: domain, domain, website: '', aliases: [], status: null, decision: null };
}
