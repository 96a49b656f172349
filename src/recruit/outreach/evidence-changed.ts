import type { Company } from '../../programme/companies/company.ts';
import { companyEvidence } from '../writing/company-evidence.ts';
import type { Draft } from './draft.ts';

/** The first claim whose stored fact is no longer what it was; null when all still stand. */
export function evidenceChanged({ claims }: Pick<Draft, 'claims'>, company: Company): string | null {
  const current = new Map(companyEvidence(company).map(({ field, value }) => [field, value]));
  const fallen = claims.find(({ evidence }) => evidence.some(({ field, value }) => current.get(field) !== value));
  return fallen?.text ?? null;
}
