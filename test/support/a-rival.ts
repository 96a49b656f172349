import type { Company } from '../../src/programme/companies/company.ts';
import { aCompany } from './builders.ts';

/** A company that sells what the workspace of `aProgramme` sells, to those it sells to; held back for this alone. */
export function aRival(n = 0): Promise<Company> {
  const name = n === 0 ? 'Fernmetrics' : `Fernmetrics ${n}`;
  const oneLiner = 'Business intelligence dashboards and reporting for hospitals';
  return aCompany({ domain: `${name.toLowerCase().replace(' ', '')}.example`, name, oneLiner, industries: ['Analytics', 'Healthcare'] });
}
