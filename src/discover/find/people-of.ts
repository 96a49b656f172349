import type { Company } from '../../programme/companies/company.ts';

/** The fewest and the most people of each band. */
const PEOPLE_IN = {
  '1-10': { min: 1, max: 10 },
  '11-50': { min: 11, max: 50 },
  '51-500': { min: 51, max: 500 },
  '500+': { min: 501, max: Number.POSITIVE_INFINITY },
} as const;

/** How many people a company has, as far as it is known: the head count, or else the bounds of its band; null when neither is. */
export function peopleOf({ teamSize, sizeBand }: Pick<Company, 'teamSize' | 'sizeBand'>) {
  if (teamSize !== null && teamSize > 0) return { min: teamSize, max: teamSize, field: 'teamSize' as const };
  return sizeBand === null ? null : { ...PEOPLE_IN[sizeBand], field: 'sizeBand' as const };
}
