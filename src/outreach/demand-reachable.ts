import type { Company } from '../companies/company.ts';
import { findCompanyByDomain } from '../companies/company-repository.ts';
import { registrableDomain } from '../companies/domain-name.ts';
import { Refusal } from '../errors.ts';
import { fitProfile } from '../fit/fit-profile.ts';
import { gateOf } from '../fit/gates.ts';
import type { Programme } from '../programme/programme.ts';

type Known = Pick<Company, 'name' | 'domain' | 'website' | 'aliases' | 'status' | 'decision'>;

/** Refuses `company-gated` for competitors, customers, partners and closed companies, and `company-decided` for one a person
 *  turned down: neither is ever written to, whatever was approved before. */
export function demandReachable(programme: Programme, company: Known): void {
  const profile = fitProfile(programme);
  const gate = profile && gateOf(profile, company);
  if (gate) throw new Refusal('company-gated', { company: company.name, why: gate.text });
  if (company.decision?.kind === 'not-fit') throw new Refusal('company-decided', { company: company.name });
}

/** Refuses `address-closed` when the person is at a company that is left out or turned down, on file or not: a draft may name
 *  anybody, so a closed company must be closed by this way too. */
export async function demandAddressReachable(programme: Programme, email: string): Promise<void> {
  const company = await companyOfAddress(programme, email);
  try {
    if (company) demandReachable(programme, company);
  } catch (cause) {
    if (cause instanceof Refusal) throw new Refusal('address-closed', { email }, { cause });
    throw cause;
  }
}

/** The company an address belongs to, by its domain; null for our own. */
async function companyOfAddress(programme: Programme, email: string): Promise<Known | null> {
  const found = registrableDomain(email.slice(email.lastIndexOf('@') + 1));
  if (!('domain' in found) || found.domain === programme.company?.website) return null;
  const { domain } = found;
  const onFile = await findCompanyByDomain(programme.workspaceId, domain);
  return onFile ?? { name: domain, domain, website: '', aliases: [], status: null, decision: null };
}
