import type { Company } from '../companies/company.ts';
import { Refusal } from '../errors.ts';
import { fitProfile } from '../fit/fit-profile.ts';
import { gateOf } from '../fit/gates.ts';
import type { Programme } from '../programme/programme.ts';

/** Refuses `company-gated` for competitors, customers, partners and closed companies, and `company-decided` for one a person
 *  turned down: neither is ever written to, whatever was approved before. */
export function demandReachable(programme: Programme, company: Company): void {
  const profile = fitProfile(programme);
  const gate = profile && gateOf(profile, company);
  if (gate) throw new Refusal('company-gated', { company: company.name, why: gate.text });
  if (company.decision?.kind === 'not-fit') throw new Refusal('company-decided', { company: company.name, decision: 'not-fit' });
}
