import type { Evidence } from '../../discover/fit/fit.ts';
import type { Company, FactName } from '../../programme/companies/company.ts';

const CITABLE = ['oneLiner', 'description', 'industries', 'tags', 'locations', 'founded', 'teamSize'] as const satisfies FactName[];

/** The stored facts a draft may rest a claim on, by field. Unknown facts are absent. */
export function companyEvidence(company: Company): Evidence[] {
  return CITABLE.flatMap((field) => {
    const value = company[field];
    const text = Array.isArray(value) ? value.join(', ') : String(value ?? '');
    return text ? [{ field, value: text, ...(company.origins[field] ?? company.origin) }] : [];
  });
}
